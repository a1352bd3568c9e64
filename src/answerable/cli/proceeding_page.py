"""A proceeding as people read it: each point with its replies, and a box where one is owed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answerable.casework.cited_cases import CitedCases
from answerable.casework.moments import NOW
from answerable.cli.board import sent_or_not
from answerable.cli.columns import Piece, box, indented, pair, text, wrapped
from answerable.cli.output import Json
from answerable.cli.proceeding_words import ProceedingWords
from answerable.core.acts import instant_of
from answerable.core.case.standings import Standing
from answerable.core.proceeding.acts.contribution import CITED
from answerable.core.proceeding.basis import Basis
from answerable.core.proceeding.contradiction import FIGURE
from answerable.core.proceeding.now import BodyNow
from answerable.core.proceeding.response import CollectedResponse, PointAnswered, Reply

_LEAST = 7
COUNTS = (
    *("submissions", "allegations", "confirmed", "answered-otherwise", "not-examined"),
    *("no-answer", "contested"),
)
OUTSIDE = frozenset({"event-recorded", "response-cleared", "response-sent"}) | frozenset(
    {"sending-acknowledged", "proceeding-decided"}
)
"""Acts on the proceeding as a whole: they stand before its points."""


@dataclass(frozen=True, slots=True)
class ProceedingPage:
    """One proceeding laid out in so many columns, with its response as it would be now."""

    words: ProceedingWords
    width: int
    response: CollectedResponse
    cited: CitedCases

    def lines(self) -> Iterator[str]:
        yield from self._head()
        for act in self.words.view.acts[1:]:
            if act.kept.envelope.act in OUTSIDE:
                yield ""
                yield from wrapped(self.words.heading(act), self.width)
                for line in (*self.words.entered(act), *self.words.said(act, "event")):
                    yield from indented(line, self.width, first="  ", rest="    ")
        for number in self.words.view.now.points:
            yield from self._point(number)

    def _say(self, key: str, **facts: str | int | None) -> list[str]:
        return wrapped(self.words.surface.say(key, **facts), self.width)

    def _head(self) -> Iterator[str]:
        words, view = self.words, self.words.view
        yield view.docket.number
        yield from wrapped(view.request.subject, self.width)
        yield from self._say(
            "page.standing",
            standing=words.surface.say(f"standing.{view.docket.standing}"),
            turn=words.turn(view.docket.turn),
        )
        yield ""
        for line in sent_or_not(words):
            yield from wrapped(line, self.width)
        yield ""
        yield from self._say("proceeding.asked-by", monitor=words.party(view.now.monitor))
        yield from self._say("proceeding.collected-by", collector=words.party(view.now.collector))
        follows = view.envelopes[0].facts.get("follows")
        if isinstance(follows, str):
            yield from self._say("proceeding.follows", number=follows)
        shown = "proceeding.shown-to-operator" if words.for_party is None else "proceeding.shown-to"
        yield from self._say(
            shown, party=None if words.for_party is None else words.party(words.for_party)
        )
        for owed in view.open:
            if owed.is_late:
                said = words.surface.say(
                    "page.late-line",
                    late=words.late(owed),
                    owed=words.owed(owed.item.code),
                    owner=words.owner(owed),
                )
                yield from indented(said, self.width, first="!! ", rest="   ")

    def _point(self, number: int) -> Iterator[str]:
        view, say = self.words.view, self.words.surface.say
        asked = next(one for one in view.request.points if one.number == number)
        point = view.now.points[number]
        yield ""
        yield "─" * self.width
        conclusion = say(f"choice.{point.conclusion}") if point.conclusion else None
        yield from self._say(
            "proceeding.point", number=number, label=asked.label or None, conclusion=conclusion
        )
        quoted = say("page.quote") + asked.text + say("page.unquote")
        left: list[Piece] = [text(say("proceeding.asked")), text(quoted)]
        left += [text(line) for line in self._register(number)]
        right = [self._body(number, party, body) for party, body in point.bodies.items()]
        if not point.asked():
            right.append(box([say("proceeding.assigned-to-nobody")], least=_LEAST))
        yield ""
        yield from pair(left, [text(say("proceeding.replies")), *right], self.width)

    def _register(self, number: int) -> Iterator[str]:
        """Yield what the register counts on a point, and the cases that were cited on it."""
        counts, say = self._told(number).cases, self.words.surface.say
        if counts.get("submissions"):
            yield say("proceeding.register")
            yield from (say(f"count.{name}", count=counts.get(name, 0)) for name in COUNTS)
            if counts.get("protected"):
                yield say("count.protected", count=counts["protected"])
        cited = [
            str(one)
            for act in self.words.view.acts
            if act.kept.envelope.act == CITED and number in act.kept.envelope.allegations
            for one in _list(self.words.content(act).get("cases"))
        ]
        if cited:
            yield say("proceeding.cited", cases=", ".join(cited))
        for case in dict.fromkeys(cited):
            told = self._told_of("case", case)
            if told.text and told.told:
                yield from self._register_on(told)

    def _told(self, number: int) -> PointAnswered:
        return next(point for point in self.response.points if point.number == number)

    def _body(self, number: int, party: str, body: BodyNow) -> Piece:
        words, say = self.words, self.words.surface.say
        name, role = words.party(party), say(f"choice.{body.role}")
        if not body.given:
            if not body.owes:
                return text(say("proceeding.told-only", body=name))
            lines = [say("proceeding.owes", body=name, role=role)]
            owed = next(
                (
                    one
                    for one in words.view.open
                    if party in one.owners
                    and number in one.item.allegations
                    and one.item.code == "contribution"
                ),
                None,
            )
            if owed is not None:
                if owed.is_late:
                    lines.insert(0, words.late(owed).upper())
                lines.append(words.by_when(owed))
            return box(lines, least=_LEAST)
        replies = {reply.act: reply for reply in self._told(number).replies}
        late = [say("proceeding.given-late")] if replies[body.given].is_late else []
        said = say("proceeding.said", body=name, role=role)
        return _lines([said, *late, *self._given(body, replies[body.given])])

    def _given(self, body: BodyNow, reply: Reply) -> Iterator[str]:
        """Yield a contribution: as given, as edited and why, and what its body says to that."""
        words, view, say = self.words, self.words.view, self.words.surface.say
        act = view.acts[body.given - 1]
        content = words.content(act)
        yield words.heading(act)
        yield from words.entered(act)
        yield from words.signed(act, always=True)
        if act.kept.envelope.facts.get("nothing") is True:
            yield say("proceeding.nothing")
        elif body.words and "text" not in content:
            yield say("page.not-shown")
        yield from words.said(act, "nothing")
        yield from self._rests_on(reply)
        if body.edit:
            edit = view.acts[body.edit - 1]
            yield words.heading(edit)
            yield from words.signed(edit)
            yield from words.said(edit, "acts")
            answer = view.acts[body.answered - 1] if body.answered else None
            if answer is None:
                yield say("proceeding.not-confirmed", body=words.party(act.kept.envelope.by.party))
            else:
                yield words.heading(answer)
                yield from words.signed(answer)
                yield from words.said(answer, "acts")
        yield from self._contradictions(body, content)

    def _rests_on(self, reply: Reply) -> Iterator[str]:
        """Yield what the register says of the cases and findings that a contribution cites."""
        for basis in reply.basis:
            if not basis.told or not self._reads(reply):
                continue
            if not basis.text:
                yield self.words.surface.say("proceeding.rests-on-protected")
                continue
            if basis.kind == "figure":
                yield self.words.figure(basis, instant_of(reply.at))
                continue
            yield from self._register_on(self._told_of(basis.kind, basis.text))

    def _told_of(self, kind: str, text: str) -> Basis:
        """Return what is told of a citation today, to whom this page is shown."""
        return self.cited.told(kind, text, NOW, self.words.reads_of_case)

    def _register_on(self, basis: Basis) -> Iterator[str]:
        say, word = self.words.surface.say, self.words.surface.catalogue.word
        standing, fact = basis.told.get("standing"), basis.told.get("fact")
        is_contested = basis.told.get("contested") and standing != Standing.CONTESTED
        yield say(
            "proceeding.rests-on",
            number=basis.text,
            standing=say(f"standing.{standing}"),
            fact=word("choice", str(fact)) if fact else None,
            contested=say("document.contested") if is_contested else None,
        )
        yield from self.words.beside(basis)

    def _reads(self, reply: Reply) -> bool:
        return bool(self.words.content(self.words.view.acts[reply.act - 1]))

    def _contradictions(self, body: BodyNow, content: Mapping[str, Json]) -> Iterator[str]:
        words, say = self.words, self.words.surface.say
        for one in _list(content.get("contradictions")):
            if isinstance(one, dict):
                register = one.get("register")
                counts = register if isinstance(register, dict) else {}
                if one.get("code") == FIGURE:
                    figures = ", ".join(f"{code}: {value}" for code, value in counts.items())
                    yield say("contradiction.figure", figures=figures)
                    continue
                told = {name.replace("-", "_"): n for name, n in counts.items()}
                facts = {name: n for name, n in told.items() if isinstance(n, int)}
                yield say(f"contradiction.{one.get('code')}", **facts)
        if body.warned and body.decided:
            yield words.heading(words.view.acts[body.decided - 1])
            yield from words.said(words.view.acts[body.decided - 1], "acts")
        elif body.warned:
            yield say("proceeding.undecided")


def _lines(lines: Sequence[str]) -> Piece:
    def drawn(width: int) -> list[str]:
        return [part for line in lines for part in indented(line, width, rest="  ")]

    return drawn


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
