"""Publishes the register: files that anyone can mirror, check and recount without the database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import cast

from answerable.casework.ports import ActOnFile, Clock, ContentErased, Dockets, Ledger
from answerable.casework.publish_proceedings import Proceedings, PublishProceedings
from answerable.casework.reading import MECHANISM_DOCKET, Reading, fields_of
from answerable.casework.register_ports import Given, NewRegister, RegisterPlaces
from answerable.casework.ruling import Ruling
from answerable.casework.tell_figures import seen_of, stated_figures
from answerable.casework.told_cases import ToldCases
from answerable.core.acts import Envelope, Json, instant_text
from answerable.core.canonical import decode, encode
from answerable.core.case.exposure import NOTHING_WIDENED, Widened
from answerable.core.commitment import disclosure_of
from answerable.core.docket import Kind
from answerable.core.figures.counting import count_case
from answerable.core.figures.judging import AsOf, add_case
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import csv_of, figures_of, file_of
from answerable.core.numbers import DocketNumber, docket_number, year_and_week
from answerable.core.register.accounts import (
    Seen,
    Weeks,
    claims_told,
    numbers_told,
    silhouettes_told,
    weeks_told,
    without_act,
)
from answerable.core.register.pages import (
    ACCOUNTS,
    CASES,
    FIGURES,
    FIGURES_TABLE,
    INDEX,
    MECHANISM,
    RULES,
    Index,
    acts_page,
    case_page,
    disclosed,
    page,
)
from answerable.core.register.showing import is_shown, told_of


@dataclass(frozen=True, slots=True)
class Published:
    """What a register holds, in counts: proceedings are those that it shows."""

    entries: int
    cases: int
    silhouettes: int
    proceedings: int
    files: int


@dataclass(slots=True)
class _Gathered:
    """What was gathered of the dockets so far."""

    tally: Tally = field(default_factory=Tally)
    seen: list[Seen] = field(default_factory=list)
    hidden: list[Sequence[Envelope]] = field(default_factory=list)
    listed: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishRegister:
    """Writes a new register, which takes the place of the old one once it is whole."""

    ledger: Ledger
    dockets: Dockets
    reading: Reading
    ruling: Ruling
    places: RegisterPlaces
    now: Clock

    def __call__(
        self, target: str, progress: Callable[[str, int, int], None] = lambda *_: None
    ) -> Published:
        """Publish what the ledger holds now.

        Raises:
            NotARegister: the folder holds something else; nothing was written.
        """
        with self.places.new(target) as new:
            ledgers, size = new.ledgers()
            at, given, gathered = self.now(), self.places.given(), _Gathered()
            self._mechanism(new, size, gathered)
            as_of = AsOf(at, self.places.day_of)
            told = ToldCases(self.dockets, given.protected, size)
            found = sorted(self.dockets.dockets(Kind.CASE), key=lambda docket: docket.number)
            for done, docket in enumerate(found, 1):
                acts = told.acts(docket.id)
                if acts:
                    self._case(new, acts, told=told, gathered=gathered, as_of=as_of)
                progress("cases", done, len(found))
            proceedings = PublishProceedings(self.dockets, self._public)(new, size)
            self._also(proceedings, gathered)
            self._rules(new, proceedings.shown.values())
            stated = self._accounts(
                new, given, gathered, size=size, weeks=Weeks(self.places.day_of, at)
            )
            self._figures(new, gathered, stated, at)
            files = new.files()
            text = instant_text(at)
            index = Index(self.ledger.origin, at, text, self.places.zone, ledgers, files)
            new.write(INDEX, index.encoded())
        count = len(proceedings.shown)
        shown = sum(gathered.listed.values()) - count
        return Published(size, shown, len(gathered.hidden), count, len(files) + 1)

    def _mechanism(self, new: NewRegister, size: int, gathered: _Gathered) -> None:
        acts = [act for act in self.dockets.acts(MECHANISM_DOCKET) if act.position < size]
        gathered.seen += [seen_of(act, is_shown=is_shown(act.kept.envelope)) for act in acts]
        shown = [act for act in acts if is_shown(act.kept.envelope)]
        new.write(MECHANISM, acts_page(disclosed(act.kept, self._public(act)) for act in shown))

    def _case(
        self,
        new: NewRegister,
        acts: Sequence[ActOnFile],
        *,
        told: ToldCases,
        gathered: _Gathered,
        as_of: AsOf,
    ) -> None:
        envelopes = [act.kept.envelope for act in acts]
        number = envelopes[0].docket
        known = [act for act in acts if told(number) and is_shown(act.kept.envelope, told)]
        places = {act.position for act in known}
        gathered.seen += [seen_of(act, is_shown=act.position in places) for act in acts]
        if not known:
            gathered.hidden.append(envelopes)
            return
        shown, widened = told_of(envelopes, told), self.reading.widened(acts)
        openings = [disclosed(act.kept, self._public(act, widened)) for act in known]
        new.write(f"{CASES}{number}.json", case_page(number, openings, shown))
        add_case(gathered.tally, count_case(shown), as_of)
        year = docket_number(number).year
        gathered.listed[year] = gathered.listed.get(year, 0) + 1

    def _also(self, proceedings: Proceedings, gathered: _Gathered) -> None:
        gathered.seen += proceedings.seen
        for number in proceedings.shown:
            year = docket_number(number).year
            gathered.listed[year] = gathered.listed.get(year, 0) + 1

    def _public(self, act: ActOnFile, widened: Widened = NOTHING_WIDENED) -> list[bytes]:
        """Return the disclosures of those content fields that the public reads, as on record."""
        try:
            plain = self.dockets.content(act)
        except ContentErased:
            return []
        at = act.kept.envelope.sequence
        is_public = ["public" in widened.of(at, item).readers for item in fields_of(plain)]
        listed = cast("list[Json]", decode(plain))
        return [disclosure_of(encode(item)) for item in compress(listed, is_public)]

    def _rules(self, new: NewRegister, requests: Iterable[Envelope]) -> None:
        mechanism, procedures = self.reading.mechanism(), self.ruling.procedures
        held = [self.ruling.in_force(mechanism)]
        held += [self.ruling.of_case(mechanism, [request]) for request in requests]
        texts = {self.ruling.name_of(text): text for text in mechanism.procedures}
        for procedure in held:
            if procedure.name not in texts:
                texts[procedure.name] = procedures.text(procedure)
        for name, text in texts.items():
            new.write(f"{RULES}procedures/{name}.yaml", text.encode())
        installed = {
            checked.value.name: text
            for text in mechanism.calendars
            if (checked := procedures.read_calendar(text.encode(), "installed.yaml")).value
        }
        for procedure in held:
            for calendar in self.ruling.calendars(mechanism, procedure).values():
                installed.setdefault(calendar.name, "")
        for name, text in installed.items():
            told = text or procedures.text(procedures.calendar(name))
            new.write(f"{RULES}calendars/{name}.yaml", told.encode())

    def _accounts(
        self, new: NewRegister, given: Given, gathered: _Gathered, *, size: int, weeks: Weeks
    ) -> dict[str, int]:
        silhouettes = silhouettes_told(gathered.hidden, weeks)
        claims = claims_told(gathered.seen, weeks)
        padding = without_act(gathered.seen, size)
        numbers = numbers_told(given.years, gathered.listed, _void(given, weeks))
        told: Mapping[str, Json] = {
            "claims": claims,
            "numbers": numbers,
            "prefix": given.prefix,
            "silhouettes": silhouettes,
            "weeks": weeks_told(gathered.seen, self.places.written(padding), weeks),
        }
        new.write(ACCOUNTS, page(told))
        hidden = [cast("dict[str, int]", one)["allegations"] for one in silhouettes]
        return stated_figures(hidden, claims)

    def _figures(
        self, new: NewRegister, gathered: _Gathered, stated: Mapping[str, int], at: int
    ) -> None:
        figures = figures_of(gathered.tally)
        new.write(FIGURES, b"".join(file_of(instant_text(at), figures, stated)))
        new.write(FIGURES_TABLE, csv_of(figures).encode())


def _void(given: Given, weeks: Weeks) -> dict[int, list[str]]:
    """Return the numbers that blocks of weeks that are over have left, by their year."""
    found: dict[int, list[str]] = {}
    for block in given.blocks:
        if (block.year, block.week) < _week_of(weeks):
            numbers = (str(DocketNumber(given.prefix, block.year, one)) for one in block.left)
            found.setdefault(block.year, []).extend(numbers)
    return {year: sorted(numbers) for year, numbers in found.items()}


def _week_of(weeks: Weeks) -> tuple[int, int]:
    return year_and_week(weeks.day_of(weeks.now))
