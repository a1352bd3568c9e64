"""A case as people read it: its head, and for each allegation claim and answer side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answerable.cli.case_words import CaseWords
from answerable.cli.columns import Piece, box, indented, pair, text, wrapped
from answerable.cli.rule_words import in_words
from answerable.core.acts import Envelope
from answerable.core.case.act_codes import ACKNOWLEDGED
from answerable.core.case.acts.citing import acts_of
from answerable.core.case.acts.links import linked_cases
from answerable.core.case.acts.parties import joined_parties
from answerable.core.case.acts.spoken import ANSWERING_ACTS, is_spoken
from answerable.core.case.acts.texts import REDACTED
from answerable.core.case.splits import count_in
from answerable.core.case.standings import Over, over
from answerable.core.mechanism import HOST_IS_BODY
from answerable.core.proceeding.acts.contribution import CITED_IN
from answerable.core.seats import COMPLAINANT
from answerable.locale.claim import Claim
from answerable.locale.visible import visible

if TYPE_CHECKING:
    from answerable.casework.case_view import OwedToday
    from answerable.casework.ports import ActOnFile

FINDING = "finding-issued"

_HIDDEN_OVER = {Over.DANGER: "danger-claimed", Over.REPRISAL: "reprisal-reported"}
_OF_DANGER = frozenset({"danger", "reprisal"})
_LEAST = 9
"""The lines of the smallest empty box."""

_KINDS = (("concern", "page.concern"), ("request", "page.request"))


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case laid out in so many columns."""

    words: CaseWords
    width: int

    def lines(self) -> Iterator[str]:
        yield from self._head()
        for owed in self._boxes(0):
            yield ""
            yield from box(self.words.box(owed))(self.width)
        for number in self.words.view.case.allegations:
            yield from self._allegation(number)
        for matter, key in _KINDS:
            count = count_in(self.words.view.envelopes[0], f"{matter}s")
            for number in range(1, count + 1):
                yield from self._matter(matter, key, number)
        yield ""
        yield from self._say("page.more", number=self.words.view.docket.number)

    def _say(self, key: str, **facts: str | int | None) -> list[str]:
        return wrapped(self.words.surface.say(key, **facts), self.width)

    # --- The head ---

    def _head(self) -> Iterator[str]:
        words, view = self.words, self.words.view
        yield view.docket.number
        yield from self._over()
        standing, seat = view.summary()
        yield from self._say(
            "page.standing",
            standing=words.surface.say(f"standing.{standing}"),
            turn=words.turn(seat),
        )
        yield from self._next()
        yield ""
        yield from self._moments()
        yield from self._company()
        yield ""
        yield from self._say("page.rules", rules=words.rules_name())
        yield from self._undertaking()
        yield from self._shown_to()

    def over(self) -> list[str]:
        """Return what lies over the case, as far as this reader is told of it."""
        told = [
            one
            for one in over(self.words.view.case)
            if one not in _HIDDEN_OVER or not self.words.is_hidden(_HIDDEN_OVER[one])
        ]
        return [str(one) for one in told]

    def _over(self) -> Iterator[str]:
        for one in self.over():
            yield from self._strip(self.words.surface.say(f"standing.{one}"))
        said = self.words.content(self.words.view.acts[0])
        if said.get("risk/harm") == "yes":
            yield from self._strip(self.words.surface.say("page.risk"))
        for owed in self.open():
            if owed.is_late:
                late = self.words.surface.say(
                    "page.late-line",
                    late=self.words.late(owed),
                    owed=self.words.owed(owed.item.code),
                    owner=self.words.named(owed.seat, owed.owners),
                )
                yield from self._strip(late)

    def _strip(self, said: str) -> list[str]:
        return indented(said[:1].upper() + said[1:], self.width, first="!! ", rest="   ")

    def open(self) -> "list[OwedToday]":
        """Return what is owed, as far as this reader is told of it."""
        hides = self.words.is_hidden("reprisal-reported")
        return [one for one in self.words.view.open if not (hides and one.item.code in _OF_DANGER)]

    def _boxes(self, number: int) -> "list[OwedToday]":
        view = self.words.view
        mine = view.owed_for(number)
        return [*(one for one in self.open() if one in mine), *view.windows_for(number)]

    def _next(self) -> Iterator[str]:
        dated = [one for one in self.open() if one.left is not None and not one.left.passed]
        if dated:
            soon = min(dated, key=lambda one: str(one.item.due_on))
            yield from self._say(
                "page.next",
                when=self.words.by_when(soon),
                left=self.words.left(soon),
                owed=self.words.owed(soon.item.code),
                owner=self.words.named(soon.seat, soon.owners),
            )

    def _moments(self) -> Iterator[str]:
        """Yield lodged, delivered and acknowledged: three acts, each empty until it happens."""
        view, say = self.words.view, self.words.surface.say
        first = view.envelopes[0]
        yield from self._moment("page.lodged", first)
        for line in self.words.entered(view.acts[0]):
            yield from indented(line, self.width, first="    ", rest="    ")
        if first.facts.get("host") == HOST_IS_BODY:
            yield from wrapped(say("page.delivered") + say("page.at-once"), self.width)
        else:
            yield from self._moment("page.delivered", view.first("delivered"))
        yield from self._moment("page.acknowledged", view.first(ACKNOWLEDGED))

    def _moment(self, key: str, act: Envelope | None) -> list[str]:
        say = self.words.surface.say
        if act is None:
            return wrapped(say(key) + say("page.not-yet"), self.width)
        at = self.words.surface.when(act.at)
        told = say("page.moment", at=at, who=self.words.who(act.by), act=act.sequence)
        return wrapped(say(key) + told, self.width)

    def _company(self) -> Iterator[str]:
        """Yield who else reports here, which cases are about the same, and which points cite it."""
        for party in sorted(joined_parties(self.words.view.envelopes)):
            yield from self._say("page.joined", party=self.words.party(party))
        for number in sorted(linked_cases(self.words.view.envelopes)):
            yield from self._say("page.linked", number=number)
        for act in self.words.view.envelopes:
            if act.act == CITED_IN:
                yield from self._say(
                    "page.cited-on-point",
                    number=str(act.facts.get("proceeding")),
                    point=str(act.facts.get("point")),
                )

    def _undertaking(self) -> list[str]:
        given = self.words.view.procedure.undertaking
        if given is None:
            return self._say("page.no-undertaking")
        return self._say(
            "page.undertaking",
            text=in_words(self.words.surface, given.text),
            by=given.signed_by,
            on=given.signed_on.isoformat(),
        )

    def _shown_to(self) -> list[str]:
        reader = self.words.reader
        if reader is None:
            return self._say("case.shown-to-operator")
        name = self.words.surface.catalogue.word("reader", reader)
        return self._say("case.shown-to-reader", reader=name)

    # --- An allegation ---

    def _allegation(self, number: int) -> Iterator[str]:
        words, view = self.words, self.words.view
        standing, seat = view.place(number)
        claim = self._claim(f"allegations/{number}")
        yield from self._title("page.allegation", number, claim.title())
        yield from self._say(
            "page.standing",
            standing=words.surface.say(f"standing.{standing}"),
            turn=words.turn(seat, (number,)),
        )
        spoken = [act for act in view.acts[1:] if self._speaks(act, number)]
        theirs = [act for act in spoken if act.kept.envelope.by.seat == COMPLAINANT]
        ours = [act for act in spoken if act not in theirs]
        boxes = self._boxes(number)
        mine = [one for one in boxes if one.seat == COMPLAINANT]
        redacted = _block(list(self._redactions(view.envelopes[0], number)))
        yield from self._pair(
            [*self._claimed(claim), *redacted, *map(self._piece, theirs), *map(self._box, mine)],
            [*map(self._piece, ours), *(self._box(one) for one in boxes if one not in mine)],
        )

    def _matter(self, matter: str, key: str, number: int) -> Iterator[str]:
        claim = self._claim(f"{matter}s/{number}")
        yield from self._title(key, number, claim.title())
        given = [
            act
            for act in self.words.view.acts
            if act.kept.envelope.act == "disposition-given"
            and act.kept.envelope.facts.get("matter") == matter
            and act.kept.envelope.facts.get("number") == number
        ]
        yield from self._pair(self._claimed(claim), [self._piece(act) for act in given])

    def _title(self, key: str, number: int, title: str) -> Iterator[str]:
        yield ""
        yield "─" * self.width
        yield from self._say(key, number=number, title=title or None)

    def _pair(self, left: Sequence[Piece], right: Sequence[Piece]) -> list[str]:
        say = self.words.surface.say
        nothing = box([say("page.nothing-yet")], least=_LEAST)
        return [
            "",
            *pair(
                [text(say("page.claim")), *left],
                [text(say("page.answer")), *(right or [nothing])],
                self.width,
            ),
        ]

    def _claim(self, path: str) -> Claim:
        said = self.words.content(self.words.view.acts[0])
        return Claim(self.words.surface.catalogue, said, path)

    def _claimed(self, claim: Claim) -> list[Piece]:
        first = self.words.view.acts[0]
        if self.words.reading.is_erased(first):
            return [text(self.words.surface.say("page.erased"))]
        entered = list(self.words.entered(first))
        return [*_block(entered[:1]), *_block(list(claim.lines()))]

    def _box(self, owed: "OwedToday") -> Piece:
        return box(self.words.box(owed), least=_LEAST)

    # --- What the sides say ---

    def _speaks(self, act: "ActOnFile", number: int) -> bool:
        envelope = act.kept.envelope
        if envelope.act == "draft-shared":
            # Once the finding is there, its draft stands in the record alone.
            return self.words.view.case.allegations[number].draft == envelope.sequence
        return is_spoken(envelope, number)

    def _piece(self, act: "ActOnFile") -> Piece:
        """Return an act as one block: who said it, and what, part by part."""
        words, code = self.words, act.kept.envelope.act
        lines = [words.heading(act), *words.entered(act)]
        if act.kept.envelope.signed_with:
            lines += words.signed(act)
        if words.reading.is_erased(act):
            lines.append(words.surface.say("page.erased"))
        lines += words.said(act, "basis", "basis-exhibits", "acts")
        lines += words.exhibits(act)
        lines += self._basis(act)
        if (later := self._superseding(act.kept.envelope)) is not None:
            lines.insert(1, words.surface.say("page.superseded", act=later))
        lines[1:1] = self._redactions(act.kept.envelope)
        if code in ANSWERING_ACTS:
            lines.append(words.statement())
        return _block(lines)[0]

    def _redactions(self, act: Envelope, number: int | None = None) -> Iterator[str]:
        """Yield which parts of an act are not to be shown, by which later acts, on what ground."""
        for later in self.words.view.acts[act.sequence :]:
            told = later.kept.envelope
            concerned = number is None or not told.allegations or number in told.allegations
            if told.act == REDACTED and act.sequence in acts_of(told) and concerned:
                part = self.words.content(later).get("redacted-part")
                yield self.words.surface.say(
                    "page.redacted",
                    act=told.sequence,
                    ground=self.words.surface.catalogue.word("choice", str(told.facts["ground"])),
                    part=None if part is None else visible(str(part)),
                )

    def _basis(self, act: "ActOnFile") -> Iterator[str]:
        """Yield what a finding rests on, each act by its number and in words."""
        said, say = act.kept.envelope.facts, self.words.surface.say
        cited = said.get("acts") if act.kept.envelope.act == FINDING else None
        cited = self.words.content(act).get("basis") if cited is None else cited
        if not isinstance(cited, list) or act.kept.envelope.act not in {FINDING, "draft-shared"}:
            return
        exhibits = self.words.content(act).get("basis-exhibits")
        named = [str(one) for one in exhibits] if isinstance(exhibits, list) else []
        yield say("page.basis")
        for number in cited:
            acts = self.words.view.acts
            if isinstance(number, int) and 0 < number <= len(acts):
                places = [one.partition("/")[2] for one in named if one.startswith(f"{number}/")]
                yield "  " + self._cited(acts[number - 1], ", ".join(places))

    def _cited(self, act: "ActOnFile", exhibits: str) -> str:
        envelope, word = act.kept.envelope, self.words.surface.catalogue.word
        method = envelope.facts.get("method")
        return self.words.surface.say(
            "page.cited",
            sequence=envelope.sequence,
            act=word("act", envelope.act),
            method=word("choice", method) if isinstance(method, str) else None,
            day=self.words.day(envelope.at),
            exhibits=exhibits or None,
        )

    def _superseding(self, act: Envelope) -> int | None:
        """Return the act that took an issued finding's place, if one did."""
        if act.act != FINDING:
            return None
        for later in self.words.view.envelopes[act.sequence :]:
            same = set(later.allegations) & set(act.allegations)
            if later.act == FINDING and same:
                return later.sequence
            if later.act == "finding-superseded" and act.sequence in acts_of(later):
                return later.sequence
        return None


def _block(lines: Sequence[str]) -> list[Piece]:
    """Return lines as one piece, those that go on further in."""
    if not lines:
        return []

    def drawn(width: int) -> list[str]:
        shown = []
        for line in lines:
            own = line[: len(line) - len(line.lstrip(" "))]
            shown += indented(line.lstrip(" "), width, first=own, rest=f"{own}  ")
        return shown

    return [drawn]
