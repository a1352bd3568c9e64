"""What a case's acts, parties and dates are called: for every page of a case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from answerable.casework.case_view import CaseView, OwedToday
from answerable.casework.reading import may_read
from answerable.cli.docket_words import DocketWords
from answerable.cli.rule_words import in_words
from answerable.core.act_form import EVIDENCE, Part
from answerable.core.acts import ActCode, Envelope, Json, PartyId, Seat
from answerable.core.case.acts.citing import acts_of
from answerable.core.case.acts.table import ACTS
from answerable.core.case.acts.widened import ASKED, DROPPED
from answerable.core.happened import happened_on
from answerable.locale.catalogue import capital
from answerable.locale.visible import visible

if TYPE_CHECKING:
    from answerable.casework.ports import ActOnFile
    from answerable.core.owed import Owed

IDENTITY = "/identity"
"""The end of the paths whose values open exhibits: they are for openings, and for no screen."""

_NAMES_SHOWN_TO = frozenset({None, "secretariat"})
_OF_SENDER_ALONE = frozenset({ASKED, DROPPED})
"""Whoever knew that more is to be read could press its sender before the day."""
_ANSWERS = {"entry-confirmed": "page.entry-confirmed", "entry-disputed": "page.entry-disputed"}


@dataclass(frozen=True, slots=True)
class CaseWords(DocketWords[CaseView]):
    """The words of one case in one language, for one reader; None is whoever runs the server."""

    reader: str | None = None
    _content: dict[int, dict[str, Json]] = field(default_factory=dict, repr=False)

    # --- Who and when ---

    def party(self, party: str) -> str:
        """Return a party's name where the reader may read it, else its number."""
        known = self.view.mechanism.parties.get(PartyId(party))
        may_read = known is not None and (known.is_body or self.reader in _NAMES_SHOWN_TO)
        if known is None or known.name is None or not may_read:
            return visible(party)
        return visible(known.name)

    def turn(self, seat: str | None, numbers: Sequence[int] = ()) -> str:
        """Return whose turn it is, with the parties in that seat."""
        if seat is None:
            return self.surface.say("page.nobody")
        return self.named(seat, self.view.owners(Seat(seat), numbers))

    def named(self, seat: str, parties: Sequence[str]) -> str:
        names = ", ".join(map(self.party, parties))
        return self.surface.say("page.seat", seat=self.seat(seat), parties=names or None)

    def owner(self, owed: OwedToday) -> str:
        """Return who owes something, by seat and by name."""
        return self.named(owed.seat, owed.owners)

    def happened(self, act: Envelope) -> str:
        """Return the day of an act: of an event that was recorded later, both of its days."""
        recorded, on = self.day(act.at), happened_on(act)
        day = recorded if on is None else self.surface.catalogue.day(on.isoformat())
        if day == recorded:
            return day
        return self.surface.say("page.recorded-later", day=day, recorded=recorded)

    def since(self, item: "Owed") -> str:
        began = self.view.envelopes[item.started_by - 1]
        return self.surface.say("page.since", since=self.happened(began), act=began.sequence)

    # --- What is owed ---

    def by_when(self, owed: OwedToday) -> str:
        """Return by when an act is owed, as one sentence; where it has no date, why not."""
        if owed.item.due_on is None:
            return self.surface.say(self._why_no_date(owed.item))
        # Not super(): a class with slots is made anew, and super() knows the first one.
        return DocketWords.by_when(self, owed)

    def _why_no_date(self, item: "Owed") -> str:
        procedure, acts = self.view.procedure, self.view.envelopes
        clock = procedure.clocks.get(item.code)
        if clock is None or clock.period is not None:
            return "page.no-date"
        if not clock.by_class:
            return "page.no-period"
        given = (procedure.events.get(ActCode(str(act.facts.get("event")))) for act in acts)
        return "page.no-date" if any(one and one.class_ for one in given) else "page.no-class"

    def box(self, owed: OwedToday) -> list[str]:
        """Return the label of an owed answer's empty box."""
        item, say = owed.item, self.surface.say
        lines = [say("page.no-answer" if owed.is_owed else "page.may-contest")]
        if owed.is_late:
            lines = [self.late(owed).upper(), *lines]
        lines += [
            *self.owing(owed),
            self.since(item),
            self.by_when(owed),
        ]
        if owed.left is not None and not owed.is_late:
            lines.append(self.left(owed))
        if owed.is_owed:
            lines.append(say("page.binding" if item.binding else "page.indicative"))
        if not item.confirmed:
            lines.append(say("page.not-confirmed"))
        return lines

    def owing(self, owed: OwedToday) -> Iterator[str]:
        """Yield what is owed and by whom, nothing of a window."""
        say = self.surface.say
        if owed.is_owed:
            yield say("page.what", owed=self.owed(owed.item.code))
            yield say("page.owed-by", owner=self.named(owed.seat, owed.owners))

    # --- What an act says ---

    def content(self, act: "ActOnFile") -> dict[str, Json]:
        """Return what the reader may read of an act, by the paths of its fields."""
        at = act.kept.envelope.sequence
        if at not in self._content:
            widened = self.reading.widened(self.view.acts)
            self._content[at] = {
                item.path: item.value
                for item in self.reading.content(act)
                if not item.path.endswith(IDENTITY) and may_read(self.reader, widened.of(at, item))
            }
        return self._content[at]

    def is_hidden(self, code: str) -> bool:
        """Whether an act is kept from this reader as a whole: the accused may be a member."""
        kind = ACTS.get(ActCode(code))
        if code in _OF_SENDER_ALONE:
            return self.reader not in {None, "complainant"}
        if kind is None or not kind.parts or self.reader in {None, "complainant", "secretariat"}:
            return False
        return self.reader != "monitor" and all("member" not in p.readers for p in kind.parts)

    def said(self, act: "ActOnFile", *without: str) -> Iterator[str]:
        """Yield what an act says, part by part, each with its label."""
        kind = ACTS.get(act.kept.envelope.act)
        for part in () if kind is None else kind.parts:
            value = self.value(act, part)
            if value is not None and part.name not in without:
                yield self.part(part, value)

    def exhibits(self, act: "ActOnFile") -> Iterator[str]:
        """Yield how many files were handed in with an act, and how to list them."""
        count = act.kept.envelope.facts.get("exhibits")
        if isinstance(count, int) and count:
            yield self.surface.say("page.exhibits", count=count, number=act.number)

    def value(self, act: "ActOnFile", part: Part) -> Json:
        # Of words that are counted, the fact is their number and the content what they say.
        words = self.content(act).get(part.name)
        return act.kept.envelope.facts.get(part.fact) if part.fact and words is None else words

    def heading(self, act: "ActOnFile") -> str:
        """Return which act it is, who did it and when."""
        envelope = act.kept.envelope
        return self.surface.say(
            "page.act",
            sequence=envelope.sequence,
            act=capital(self.surface.catalogue.word("act", envelope.act)),
            who=self.who(envelope.by),
            day=self.day(envelope.at),
        )

    def entered(self, act: "ActOnFile") -> Iterator[str]:
        """Yield that an act was entered for another, and what that other says to it."""
        envelope = act.kept.envelope
        if envelope.entered_by is None:
            return
        evidence = self.content(act).get(EVIDENCE)
        yield self.surface.say(
            "page.according-to",
            principal=self.party(envelope.by.party),
            typist=self.who(envelope.entered_by),
            evidence=_line(evidence),
        )
        yield self._answered(envelope)

    def _answered(self, entry: Envelope) -> str:
        for act in self.view.acts:
            told = act.kept.envelope
            if told.act in _ANSWERS and entry.sequence in acts_of(told):
                reason = self.content(act).get("reason")
                return self.surface.say(
                    _ANSWERS[told.act],
                    principal=self.party(told.by.party),
                    day=self.day(told.at),
                    act=told.sequence,
                    reason=_line(reason),
                )
        return self.surface.say("page.entry-unanswered")

    def statement(self) -> str:
        """Return what every answer prints (case.md 5)."""
        procedure, name = self.view.procedure, self.view.mechanism.name
        return self.surface.say(
            "page.statement",
            mechanism=name or self.surface.say("page.mechanism"),
            procedure=self.rules_name(),
            standard=self.surface.catalogue.word(
                "proof", procedure.standard_of_proof or "balance-of-probabilities"
            ),
        )

    def rules_name(self) -> str:
        title = in_words(self.surface, self.view.procedure.titles)
        return self.surface.say("page.procedure", title=title, name=self.view.procedure.name)


def _line(value: Json) -> str | None:
    """Return a text as one line, None where there is none."""
    return " ".join(str(value).split()) if value else None
