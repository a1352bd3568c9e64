"""What the register says of a case or a finding that is cited, as far as its reader may read."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from answerable.casework.moments import Moment
from answerable.casework.ports import ActOnFile
from answerable.casework.reading import Reading, Salted
from answerable.casework.register_counts import RegisterCounts
from answerable.core.acts import Envelope, Json, instant_text
from answerable.core.case.acts.citing import acts_of
from answerable.core.case.acts.contest import DECIDED, grounds_in
from answerable.core.case.acts.windows import CONTESTED
from answerable.core.case.exposure import NOTHING_WIDENED, Widened
from answerable.core.case.now import CaseNow
from answerable.core.case.standings import summary_of
from answerable.core.case.submission import PROTECTED
from answerable.core.docket import Docket
from answerable.core.errors import AnswerableError
from answerable.core.numbers import DocketNumber, typed_number
from answerable.core.proceeding.basis import (
    Basis,
    Beside,
    ContestDecided,
    ContestTold,
    FindingTold,
    Said,
    is_for_all_of_them,
)

Reads = Callable[[Collection[str]], bool]
"""Whether a field with these readers is told."""


@dataclass(frozen=True, slots=True)
class CitedCases:
    """Tells what stands beside a citation: standing, findings, contests and their decisions."""

    reading: Reading
    register: RegisterCounts

    def told(
        self, kind: str, text: str, moment: Moment, reads: Reads = is_for_all_of_them
    ) -> Basis:
        """Return what is told of a case, or of a finding, as it was at a moment.

        Of a protected case nothing is told but that it is there: its sender agreed to that.
        """
        nothing = Basis(kind=kind, text=text, beside=Beside())
        try:
            number = typed_number(text)
            docket = self.reading.docket(str(replace(number, act=None)))
        except AnswerableError:
            return nothing
        case = self.register.case_at(docket, moment)
        if case is None:
            return nothing
        if docket.facts.get("level") in PROTECTED:
            return Basis(kind=kind, text="", told={"protected": True}, beside=Beside())
        acts = [act for act in self.reading.dockets.acts(docket.id) if moment.has(act)]
        return Basis(
            kind=kind,
            text=str(number),
            told=_told(kind, number, case, acts),
            beside=Beside(
                findings=tuple(_findings(docket, case, acts)) if kind == "case" else (),
                contests=tuple(self._contests(acts, _cited(number, acts), reads)),
            ),
        )

    def _contests(
        self, acts: Sequence[ActOnFile], cited: Envelope | None, reads: Reads
    ) -> Iterator[ContestTold]:
        """Yield each contest of a case, or of the allegations that a cited act concerns."""
        decisions = [act for act in acts if act.kept.envelope.act == DECIDED]
        for act in acts:
            envelope = act.kept.envelope
            if envelope.act != CONTESTED or not _concerns(envelope, cited):
                continue
            decision = [
                self._decided(one, envelope, acts, reads)
                for one in decisions
                if envelope.sequence in acts_of(one.kept.envelope)
            ]
            yield ContestTold(
                act=act.number,
                at=instant_text(envelope.at),
                by=envelope.by.seat,
                allegations=envelope.allegations,
                grounds=grounds_in(envelope),
                words=self._said(act, "grounds", reads, self.reading.widened(acts)),
                decided=decision[0] if decision else None,
                for_another=envelope.entered_by is not None,
            )

    def _decided(
        self, act: ActOnFile, contest: Envelope, acts: Sequence[ActOnFile], reads: Reads
    ) -> ContestDecided:
        envelope = act.kept.envelope
        answers = self._said(act, "answers", reads)
        if answers is not None:
            # One decision may answer several contests: the grounds of each, in their order.
            cited = acts_of(envelope)
            before = cited[: cited.index(contest.sequence)]
            start = sum(grounds_in(acts[number - 1].kept.envelope) for number in before)
            answers = replace(answers, texts=answers.texts[start : start + grounds_in(contest)])
        return ContestDecided(
            act=act.number,
            at=instant_text(envelope.at),
            result=str(envelope.facts.get("result", "")),
            answers=answers,
            for_another=envelope.entered_by is not None,
        )

    def _said(
        self, act: ActOnFile, path: str, reads: Reads, widened: Widened = NOTHING_WIDENED
    ) -> Said | None:
        """Return the texts of a field, None where they are not for who reads, or are erased."""
        found = next((one for one in self.reading.salted(act) if one.field.path == path), None)
        if found is None:
            return None
        if not reads(widened.of(act.kept.envelope.sequence, found.field).readers):
            return None
        return _texts(found)


def _texts(found: Salted) -> Said:
    value = found.field.value
    texts = value if isinstance(value, list) else [value]
    return Said(salt=found.salt, texts=tuple(map(str, texts)))


def _told(
    kind: str, number: DocketNumber, case: CaseNow, acts: Sequence[ActOnFile]
) -> Mapping[str, str | int | bool | None]:
    standing, _ = summary_of(case)
    contested = any(one.contest for one in case.allegations.values())
    told: dict[str, str | int | bool | None] = {"standing": standing, "contested": contested}
    if kind == "finding" and number.act:
        cited = _cited(number, acts)
        told["fact"] = None if cited is None else _code(cited.facts.get("fact"))
    return told


def _cited(number: DocketNumber, acts: Sequence[ActOnFile]) -> Envelope | None:
    """Return the act that a citation names, None where it names the whole case, or none there."""
    known = number.act is not None and number.act <= len(acts)
    return acts[(number.act or 1) - 1].kept.envelope if known else None


def _concerns(contest: Envelope, cited: Envelope | None) -> bool:
    if cited is None:
        return True
    both = set(contest.allegations) & set(cited.allegations)
    is_shared = bool(both) or not contest.allegations or not cited.allegations
    return is_shared and contest.sequence > cited.sequence


def _findings(docket: Docket, case: CaseNow, acts: Sequence[ActOnFile]) -> Iterator[FindingTold]:
    for number, one in case.allegations.items():
        if one.finding and not one.reopened:
            fact = _code(acts[one.finding - 1].kept.envelope.facts.get("fact"))
            yield FindingTold(
                act=f"{docket.number}/{one.finding}", allegation=number, fact=fact or one.outcome
            )


def _code(value: Json) -> str | None:
    return value if isinstance(value, str) else None
