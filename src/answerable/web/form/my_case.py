"""A case as its sender may read it today: a source of a page (web/source.py)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from answerable.casework.exposures import may_be_told
from answerable.casework.ports import ActOnFile
from answerable.casework.unread_answers import Last, Unread
from answerable.core.acts import By, Field, Json
from answerable.core.calendars import Calendar
from answerable.core.case.acts.answers import following
from answerable.core.case.acts.table import case_after
from answerable.core.case.attached import EXHIBITS
from answerable.core.case.exposure import Asking
from answerable.core.case.now import CaseNow
from answerable.core.case.submission import PROTECTED
from answerable.core.docket import Docket
from answerable.core.owed import Owed, owed_after
from answerable.core.procedure import Procedure
from answerable.core.register.shown import ShownAct, ShownCase
from answerable.core.seats import COMPLAINANT
from answerable.locale.due_words import left_in_words
from answerable.locale.visible import visible
from answerable.web.form.room import Host, Visit
from answerable.web.source import Due
from answerable.web.words import Words

IDENTITY = "/identity"
"""The path of what opens an exhibit's file: it is given with the file, and shown on no page."""


@dataclass(frozen=True, slots=True)
class SentExhibit:
    """A file of the case: with which act it came, and who may open it."""

    sequence: int
    name: str
    caption: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyCase:
    """A case as its sender may read it today: a source of a page (web/source.py)."""

    host: Host
    docket: Docket
    acts: Sequence[ActOnFile]
    rules: Procedure
    now: datetime
    unread: Sequence[Unread]
    last_days: Mapping[int, Last]
    follows: frozenset[int]
    """The acts that tell of an answer which was not read: they wait with it."""

    bodies: Mapping[str, str]
    """The names of the parties that are bodies, by their numbers: these everyone may read."""

    calendars: Mapping[str, Calendar]
    """Those by which its dates can have been counted, by their names."""

    shows: bool | None
    """Whether the return key shows what was sent, None where its sender chose neither."""

    @property
    def title(self) -> str:
        return self.host.title

    @property
    def zone(self) -> tzinfo:
        return self.host.zone

    @property
    def zone_name(self) -> str:
        return self.host.zone_name

    @property
    def place_names(self) -> Callable[[str], Mapping[str, str]]:
        return self._names_of

    def _names_of(self, code: str) -> Mapping[str, str]:
        found = self.host.application.gazetteer.resolve(code)
        return {} if found is None else found.names

    def unsaid(self, act: ShownAct) -> str:
        if act.envelope.sequence in self.follows:
            return "form.follows-unread"
        if self.withholds(act):
            return "form.answer-unread"
        is_hidden = act.envelope.sequence == 1 and self.hides_words
        return "form.words-hidden" if is_hidden else ""

    def withholds(self, act: ShownAct) -> bool:
        """Whether it is an answer whose reading begins days, or tells of one: nobody is unaware."""
        return self.is_unread(act.envelope.sequence)

    def keeps_back(self, sequence: int) -> bool:
        """Whether nothing of what an act says is given out: it is sent and hidden, or unread."""
        return (sequence == 1 and self.hides_words) or self.is_unread(sequence)

    def is_unread(self, sequence: int) -> bool:
        return sequence in self.follows or any(one.answer == sequence for one in self.unread)

    def procedure(self, _: ShownCase) -> Procedure:
        return self.rules

    def entry(self, commitment: bytes) -> int | None:
        found = (one.position for one in self.acts if one.commitment == commitment)
        return next(found, None)

    @property
    def asking(self) -> Asking | None:
        """What its sender asked that more people may read, and did not confirm."""
        return self.host.application.returned.asking(self.docket)

    @property
    def today(self) -> date:
        """The day where the procedure counts its days."""
        return self.host.application.ruling.day(self.rules)

    def calendar_of(self, item: Owed) -> Calendar | None:
        return self.calendars.get(item.calendar)

    @property
    def hides_words(self) -> bool:
        """Whether what was written is not shown again: others may have the key (ux.md F10)."""
        return not shown_again(self.docket.facts.get("level"), chosen=self.shows)

    @property
    def is_told(self) -> bool:
        """Whether the register may tell it act by act, and counts it among those that are late."""
        return may_be_told([act.kept.envelope for act in self.acts])

    def shown(self) -> ShownCase:
        """Return the case with what a complainant may read of each act."""
        case: CaseNow | None = None
        owed: tuple[Owed, ...] = ()
        shown, after = [], []
        for act in self.acts:
            envelope = act.kept.envelope
            case, owed = case_after(case, envelope), owed_after(owed, envelope)
            shown.append(ShownAct(envelope, self._said(act), act.commitment))
            after.append(case)
        if case is None:
            raise ValueError("a case has at least one act")
        for one in self.unread:
            # Where it leaves an allegation would tell what it says: it is answered, and no more.
            case = case.set(one.allegations, outcome="", actions=(), contest=0)
        owed = tuple(item for item in owed if not self.is_unread(item.started_by))
        return ShownCase(self.docket.number, tuple(shown), tuple(after), case, owed)

    def _said(self, act: ActOnFile) -> Mapping[str, Json]:
        if self.keeps_back(act.kept.envelope.sequence):
            return {}
        return {path: one.value for path, one in self._fields(act).items()}

    def _fields(self, act: ActOnFile) -> Mapping[str, Field]:
        returned = self.host.application.returned
        opened = returned.opening(self.docket, act.kept.envelope.sequence).opened()
        return {one.path: one for one in opened.content if not one.path.endswith(IDENTITY)}

    def files(self) -> Iterator[SentExhibit]:
        """Yield each file that was handed in with an act of this case and its sender may open."""
        widened = self.host.application.reading.widened(self.acts)
        for act in self.acts:
            sequence = act.kept.envelope.sequence
            said = {} if self.keeps_back(sequence) else self._fields(act)
            for path, name in said.items():
                at, _, last = path.rpartition("/")
                if at.startswith(f"{EXHIBITS}/") and last == "file":
                    caption = said.get(f"{at}/caption")
                    words = "" if caption is None else str(caption.value)
                    readers = widened.of(sequence, name).readers
                    yield SentExhibit(sequence, str(name.value), words, readers)


def shown_again(level: Json, *, chosen: bool | None) -> bool:
    """Whether the return key shows what was sent: as was chosen, else by the level (ux.md F10)."""
    return level not in PROTECTED if chosen is None else chosen


def own_case(visit: Visit) -> MyCase:
    """Return the case that a return key opened in this visit, as it is now."""
    return my_case(visit.host, visit.state.case, shows=visit.state.shows)


def my_case(host: Host, number: str, *, shows: bool | None = False) -> MyCase:
    """Return the case of a number, as it is now: what was sent is shown only where it may be."""
    application = host.application
    docket = application.reading.docket(number)
    acts = application.dockets.acts(docket.id)
    envelopes = [act.kept.envelope for act in acts]
    rules = application.ruling.of_case(application.reading.mechanism(), envelopes)
    now = datetime.fromtimestamp(application.ruling.now() / 1000, UTC).astimezone(host.zone)
    returned = application.returned
    bodies = {
        str(one.id): one.name
        for one in application.reading.mechanism().parties.values()
        if one.is_body and one.name
    }
    unread = returned.unread(docket)
    follows = following(envelopes, {one.answer: one.allegations for one in unread})
    last_days = returned.last_days(docket)
    return MyCase(
        host,
        docket,
        acts,
        rules,
        now,
        unread,
        last_days,
        follows,
        bodies,
        application.ruling.by_name(application.reading.mechanism(), rules),
        shows,
    )


@dataclass(frozen=True, slots=True)
class OwnWords(Words):
    """The words of one's own case: bodies are named in it, as in the register."""

    source: MyCase

    def act(self, act: ShownAct) -> str:
        if act.envelope.sequence in self.source.follows:
            return self.say("form.follows-answer")
        return super(OwnWords, self).act(act)

    def left(self, due: Due) -> str:
        return left_in_words(self.catalogue, due.left, due.bound, names_off=True)

    def party(self, number: str) -> str:
        return visible(self.source.bodies.get(number, number))

    def by(self, by: By) -> str:
        if by.seat == COMPLAINANT or str(by.party) not in self.source.bodies:
            return super(OwnWords, self).by(by)
        return self.say("page.seat", seat=self.seat(by.seat), parties=self.party(str(by.party)))
