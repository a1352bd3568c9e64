"""A case as a page lays it out: claim and answer side by side, and an empty box for each debt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from answerable.core.act_form import Part, Shape
from answerable.core.acts import By, PartyId
from answerable.core.case.act_codes import ACKNOWLEDGED
from answerable.core.case.acts.citing import acts_of
from answerable.core.case.acts.links import linked_cases
from answerable.core.case.acts.spoken import ANSWERING_ACTS, DRAFT_ACTS, is_spoken
from answerable.core.case.acts.table import ACTS
from answerable.core.case.acts.widened import WIDENED
from answerable.core.case.acts.windows import is_owed
from answerable.core.case.fields import WHO_REPORTS
from answerable.core.case.kinds import KINDS
from answerable.core.case.vocabulary import OTHER
from answerable.core.figures.described import described
from answerable.core.mechanism import HOST_IS_BODY
from answerable.core.owed import Owed
from answerable.core.procedure import Clock as Rule
from answerable.core.procedure import Procedure
from answerable.core.register.shown import ShownAct, ShownCase
from answerable.core.seats import COMPLAINANT
from answerable.locale.catalogue import capital
from answerable.locale.claim import Claim
from answerable.web.source import Due, at_turn, due_in, erased_at, is_for_answer, owing
from answerable.web.words import Cited, Words

UNDETERMINED = "und"
"""The tag of a language that is not told: another than those that mechanisms answer in."""


@dataclass(frozen=True, slots=True)
class Box:
    """An answer that is owed and not there: drawn at its full size, never left out."""

    head: str
    lines: tuple[str, ...]
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Something one side said: by which act, and part by part."""

    head: str
    sequence: int
    parts: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    quote: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A standing with its turn, and the act by which it came to be so."""

    code: str
    turn: str
    cause: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Claim left, answer right."""

    id: str
    title: str
    state: State | None
    left: tuple[Said | Box, ...]
    right: tuple[Said | Box, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Lodged, delivered or acknowledged: empty until its act is there."""

    name: str
    told: str
    sequence: int | None


@dataclass(frozen=True, slots=True)
class Clock:
    """A row of the clocks: what is owed, by whom, since when, by when, and what met it."""

    name: str
    owner: str
    since: int
    due: str
    met: int | None
    left: str
    is_late: bool
    box: str
    """What its empty box is called, where nothing met it."""


@dataclass(frozen=True)
class CasePage:
    """A case in one language, as far as its source shows it."""

    words: Words
    case: ShownCase

    @cached_property
    def state(self) -> State:
        standing, turn = self.case.summary()
        told = self.words.turn(turn, at_turn(self.case))
        return State(str(standing), told, self.case.cause())

    @property
    def _procedure(self) -> Procedure | None:
        return self.words.source.procedure(self.case)

    def _rule(self, code: str) -> Rule | None:
        """Return the clock of a code by the rules of the case, None where they are not there."""
        return None if self._procedure is None else self._procedure.clocks.get(code)

    @cached_property
    def due(self) -> tuple[Due, ...]:
        return due_in(self.words.source, self.case)

    def late(self) -> Iterator[str]:
        """Yield what is late, as lines that stand above all others."""
        for one in self.due:
            if one.is_late:
                yield capital(
                    self.words.say(
                        "page.late-line",
                        late=capital(self.words.left(one)),
                        owed=self._owed(one.item.code),
                        owner=self.words.by(one.owner),
                    )
                )

    def erased(self) -> str:
        """Return that the case was erased, and what that means for what was owed, "" if not."""
        at = erased_at(self.words.source, self.case)
        if at is None:
            return ""
        return self.words.say("page.erased-case", day=self.words.catalogue.day(f"{at:%Y-%m-%d}"))

    def rules(self) -> str:
        return str(self.case.first.envelope.facts.get("procedure"))

    def linked(self) -> Sequence[str]:
        return sorted(linked_cases(self.case.envelopes))

    def speaker(self) -> str:
        """Return who reports, as far as everyone may read it, "" where nobody may."""
        said = self.case.first.said
        return ", ".join(str(said[path]) for path in WHO_REPORTS if said.get(path))

    def moments(self) -> Iterator[Moment]:
        """Yield three acts, each empty until it happens."""
        first, say = self.case.first, self.words.say
        yield self._moment("page.lodged", first)
        if first.envelope.facts.get("host") == HOST_IS_BODY:
            yield Moment(_label(say("page.delivered")), capital(say("page.at-once")), 1)
        else:
            yield self._moment("page.delivered", self._first("delivered"))
        yield self._moment("page.acknowledged", self._first(ACKNOWLEDGED))

    def pairs(self) -> Iterator[Pair]:
        for number in self.case.now.allegations:
            yield self._allegation(number)
        for kind in ("concern", "request"):
            for number in self.case.matters(kind):
                yield self._matter(kind, number)

    def boxes(self, number: int | None = None) -> Iterator[tuple[Due, Box]]:
        """Yield what is owed for an allegation, or with None for the case as a whole."""
        for one in self.due:
            if number in one.item.allegations or (number is None and not one.item.allegations):
                yield one, self._box(one)

    def clocks(self) -> Iterator[Clock]:
        open_ = {one.item.key: one for one in self.due}
        for item in self.case.owed:
            due = open_.get(item.key)
            by = self.words.due_on(item.due_on) if item.due_on else self.words.say("web.no-date")
            yield Clock(
                self._owed(item.code),
                self._owner(item),
                item.started_by,
                by if item.confirmed else f"{by} - {self.words.say('web.period-not-confirmed')}",
                item.met_by,
                self._left(due),
                due is not None and due.is_late,
                self.words.box_of(self._owed(item.code)) if due is None else self._called(due),
            )

    def _owner(self, item: Owed) -> str:
        """Return who owes something, as nobody does where it is a right for some days."""
        if not is_owed(self._rule(item.code)):
            return self.words.turn(None)
        return self.words.by(By(PartyId(owing(self.case, item)), item.seat))

    def _left(self, due: Due | None) -> str:
        if due is None:
            return self.words.say("page.ended") if self.case.now.erased else ""
        return self.words.left_sentence(due)

    def entry(self, act: ShownAct) -> int | None:
        """Return the position of an act in the ledger, None where no entry commits to it."""
        return self.words.source.entry(act.commitment)

    # --- One allegation ---

    def _allegation(self, number: int) -> Pair:
        standing, turn = self.case.place(number)
        told = self.words.turn(turn, at_turn(self.case, number))
        state = State(str(standing), told, self.case.cause(number))
        spoken = [act for act in self.case.acts[1:] if self._speaks(act, number)]
        theirs = [act for act in spoken if act.envelope.by.seat == COMPLAINANT]
        ours = [act for act in spoken if act not in theirs]
        boxes = list(self.boxes(number))
        left = [box for due, box in boxes if due.item.seat == COMPLAINANT]
        right = [box for due, box in boxes if due.item.seat != COMPLAINANT]
        if not self.case.is_answered(number) and not any(
            is_for_answer(one, self._procedure) for one, _ in boxes
        ):
            right.append(Box(self.words.say("web.nothing-yet"), ()))
        claim = self._claim("allegations", number)
        title = self.words.say("web.allegation", number=number, title=claim[0] or None)
        return Pair(
            f"a{number}",
            title,
            state,
            (claim[1], *map(self._said, theirs), *left),
            (*map(self._said, ours), *right),
        )

    def _matter(self, kind: str, number: int) -> Pair:
        title, said = self._claim(f"{kind}s", number)
        given = self.case.disposition(kind, number)
        answer = Box(self.words.say("web.nothing-yet"), ()) if given is None else self._said(given)
        key = "web.concern" if kind == "concern" else "web.request"
        return Pair(
            f"{kind[0]}{number}",
            self.words.say(key, number=number, title=title or None),
            None,
            (said,),
            (answer,),
        )

    def _claim(self, matter: str, number: int) -> tuple[str, Said]:
        """Return the title of what was handed in, and as much of it as is public."""
        first = self.case.first
        words, path = self.words, f"{matter}/{number}"
        language = _language(first, path)
        claim = Claim(words.catalogue, first.said, path, words.source.place_names, language)
        what, *lines = claim.lines()
        entered = self.words.entered(first)
        public = f"{matter}/{number}/what" in first.said
        head = self.words.say(
            "web.act-head",
            act=capital(self.words.word("act", first.envelope.act)),
            who=self.words.who(first),
            day=self.words.day(first.envelope.at),
        )
        notes = () if public else tuple(self._unsaid(first))
        return claim.title() if first.said else "", Said(
            head,
            first.envelope.sequence,
            tuple(self._told(number)) if matter == "allegations" else (),
            (*notes, *lines, *([entered] if entered else [])),
            what if public else "",
            language,
        )

    def _told(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield the codes by which an allegation is counted, where its sender shows them."""
        one = described(self.case.envelopes).get(number)
        words = self.words
        if one is None:
            return
        if one.kind:
            names = (kind.label(words.language) for kind in KINDS if kind.code == one.kind)
            yield words.say("web.kind"), next(names, words.say("figures.other-kind"))
        # A place that is shown in its sender's words or levels is told there.
        shown = f"allegations/{number}/place/"
        if one.place and not any(path.startswith(shown) for path in self.case.first.said):
            names_of = words.source.place_names(one.place)
            yield words.say("page.where"), names_of.get(words.language) or one.place
        if one.accused:
            yield words.say("page.by-whom"), words.word("accused", one.accused)

    # --- What the sides say, and what they owe ---

    def _speaks(self, act: ShownAct, number: int) -> bool:
        # A draft stands in the record alone: no word of it is public.
        return is_spoken(act.envelope, number) and act.envelope.act not in DRAFT_ACTS

    def _said(self, act: ShownAct) -> Said:
        envelope, words = act.envelope, self.words
        lines = [] if act.said else list(self._unsaid(act))
        if (entered := words.entered(act)) is not None:
            lines.append(entered)
        lines += words.signed(envelope)
        if envelope.act in ANSWERING_ACTS:
            lines.append(self._statement())
        return Said(
            words.say(
                "web.act-head",
                act=capital(words.act(act)),
                who=words.who(act),
                day=words.day(envelope.at),
            ),
            envelope.sequence,
            tuple(self.parts(act)),
            tuple(lines),
        )

    def withholds(self, act: ShownAct) -> bool:
        """Return whether an act's words are kept from this page, until they are asked for."""
        return self.words.source.withholds(act)

    def _unsaid(self, act: ShownAct) -> Iterator[str]:
        if key := self.words.source.unsaid(act):
            yield self.words.say(key)

    def parts(self, act: ShownAct) -> Iterator[tuple[str, str]]:
        """Yield what an act says to everyone, part by part."""
        kind, procedure = ACTS.get(act.envelope.act), self._procedure
        for part in () if kind is None or self.withholds(act) else kind.parts:
            value = act.said.get(part.name)
            value = act.envelope.facts.get(part.fact) if part.fact and value is None else value
            if value is not None and not self._leads_nowhere(act, part):
                name, told = self.words.part(part, value, procedure)
                if isinstance(told, Cited):
                    told.shown = frozenset(filter(self.case.act, told.acts))
                yield name, told

    def _leads_nowhere(self, act: ShownAct, part: Part) -> bool:
        """Whether a part cites an asking that this page does not show: it is its sender's alone."""
        is_asking = act.envelope.act == WIDENED and part.shape is Shape.ACTS
        return is_asking and all(self.case.act(at) is None for at in acts_of(act.envelope))

    def _statement(self) -> str:
        procedure = self._procedure
        standard = "" if procedure is None else procedure.standard_of_proof
        return self.words.say(
            "page.statement",
            mechanism=self.words.source.title,
            procedure=self.rules(),
            standard=self.words.word("proof", standard or "balance-of-probabilities"),
        )

    def _box(self, due: Due) -> Box:
        item, say = due.item, self.words.say
        began = self.case.act(item.started_by)
        since = "" if began is None else self.words.day(began.envelope.at)
        lines = [
            say("page.owed-by", owner=self.words.by(due.owner)) if due.is_owed else "",
            self.words.by_when(due),
            self.words.left(due) if not due.is_late else "",
            say("page.since", since=since, act=item.started_by),
            say("page.binding" if item.binding else "page.indicative") if due.is_owed else "",
            "" if item.confirmed else say("web.period-not-confirmed"),
        ]
        return Box(self._called(due), tuple(line for line in lines if line), due.is_late)

    def _called(self, due: Due) -> str:
        """Return what the empty box of something owed is called."""
        return self.words.box(due, self._procedure)

    def _owed(self, code: str) -> str:
        return self.words.owed(code, self._procedure)

    def _first(self, code: str) -> ShownAct | None:
        return next((act for act in self.case.acts if act.envelope.act == code), None)

    def _moment(self, key: str, act: ShownAct | None) -> Moment:
        name = _label(self.words.say(key))
        if act is None:
            return Moment(name, self.words.say("web.not-yet"), None)
        at = self.words.instant(act.envelope.at)
        told = self.words.say("page.at-by", at=at, who=self.words.who(act))
        return Moment(name, told, act.envelope.sequence)


def _language(act: ShownAct, path: str) -> str:
    """Return in which language a matter is written, as far as that is told, "" where it is not."""
    told = act.said.get(f"{path}/language") or act.envelope.facts.get("language")
    return UNDETERMINED if told == OTHER else str(told or "")


def _label(text: str) -> str:
    # The catalogue's labels of a line end in a colon; in a table the cell says as much.
    return text.rstrip(" :៖\u00a0")
