"""Outcomes that are no findings, and never counted as findings (case.md 5)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from answerable.core.act_days import require_day_ahead
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.agreement import AGREED, agreed
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.finding_rules import NoEvidenceFound
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.no_evidence import says_no_more
from answerable.core.case.deciding import NotHandler
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.case.splits import count_in
from answerable.core.errors import Refusal
from answerable.core.seats import CHAIR, HANDLER

NOT_EXAMINED = "not-examined"
OUTSIDE = "outside"
WITHDRAWN = "withdrawn"
OUTCOMES = (NOT_EXAMINED, OUTSIDE, AGREED, WITHDRAWN)

DISPOSED = ActCode("disposition-given")
DISPOSITIONS = ("accepted", "accepted-in-part", "not-accepted", "needs-discussion", OUTSIDE)
MATTERS = ("concern", "request")

WITHDRAWAL_DAYS = 7
"""A withdrawal takes effect after so many whole days, in every procedure (case.md 4)."""


class DoorMissing(Refusal):
    """What is outside this mechanism names the other door, how to go there, and by when."""

    code = "door-missing"


class ExaminationMissing(Refusal):
    """What was not examined says by when it will be, or names another door."""

    code = "examination-missing"


class NotAgreed(Refusal):
    """No agreement holds on the allegation, so agreed is no outcome of it."""

    code = "not-agreed"


class NotWithdrawn(Refusal):
    """No withdrawal of the allegation has taken effect; ``on`` is when one will."""

    code = "not-withdrawn"


class NoSuchMatter(Refusal):
    """The submission has no concern or request of this number."""

    code = "no-such-matter"


def withdrawal_takes_effect(act: Envelope) -> date:
    """Return the day after the whole days that a withdrawal waits, or the later day it names."""
    asked = datetime.fromtimestamp(act.at / 1000, UTC).date()
    # One day more: the day in the time zone of the case may be another than that in UTC.
    earliest = asked + timedelta(days=WITHDRAWAL_DAYS + 1)
    until = act.facts.get("until")
    return max(earliest, date.fromisoformat(until)) if isinstance(until, str) else earliest


def _require_words(deciding: Deciding) -> None:
    if says_no_more(deciding.asked.text("reason")):
        raise NoEvidenceFound("the reason says no more", part="reason")


def _require_door(deciding: Deciding) -> None:
    asked = deciding.asked
    told = [bool(asked.text(name).strip()) for name in ("door", "door-how", "by-day")]
    outcome = asked.text("outcome") or asked.text("disposition")
    if outcome == OUTSIDE and not all(told):
        raise DoorMissing("no other door")
    if outcome == NOT_EXAMINED and not (told[0] or told[2]):
        raise ExaminationMissing("neither day nor door")
    require_day_ahead(deciding, "by-day")


def _require_agreed(deciding: Deciding) -> None:
    if deciding.asked.text("outcome") != AGREED:
        return
    for number, allegation in deciding.concerned().items():
        if agreed(deciding, allegation) is None:
            raise NotAgreed(f"nothing agreed on {number}", allegation=number)


def withdrawal_of(deciding: Deciding, number: int) -> Envelope | None:
    """Return the act by which an allegation was withdrawn, unless that was undone since."""
    moving = {"withdrawal-asked", "withdrawal-revoked", "continued-without-person"}
    told = [
        act
        for act in deciding.acts
        if act.act in moving and (not act.allegations or number in act.allegations)
    ]
    return told[-1] if told and told[-1].act == "withdrawal-asked" else None


def _require_withdrawn(deciding: Deciding) -> None:
    if deciding.asked.text("outcome") != WITHDRAWN:
        return
    for number in deciding.concerned():
        act = withdrawal_of(deciding, number)
        if act is None:
            raise NotWithdrawn(f"{number} is not withdrawn", allegation=number)
        starts = withdrawal_takes_effect(act)
        if deciding.today < starts:
            raise NotWithdrawn(
                f"only on {starts}", reason="not-yet", allegation=number, on=starts.isoformat()
            )


def _require_matter(deciding: Deciding) -> None:
    matter, number = deciding.asked.text("matter"), deciding.asked.values.get("number")
    count = count_in(deciding.acts[0], f"{matter}s")
    if not isinstance(number, int) or not 1 <= number <= count:
        told = number if isinstance(number, int) else None
        raise NoSuchMatter(f"no {matter} {number}", matter=matter, number=told, count=count)


def undisposed(acts: Iterable[Envelope]) -> list[tuple[str, int]]:
    """Return the concerns and requests of a case that have no disposition, by their numbers."""
    submission, *later = acts
    given = {(a.facts.get("matter"), a.facts.get("number")) for a in later if a.act == DISPOSED}
    wanted = [(m, n + 1) for m in MATTERS for n in range(count_in(submission, f"{m}s"))]
    return [one for one in wanted if one not in given]


def _given(case: CaseNow, act: Envelope) -> CaseNow:
    outcome = str(act.facts.get("outcome", ""))
    # What is promised to be examined is not answered: a finding can still be made.
    awaited = outcome == NOT_EXAMINED and "until" in act.facts

    def after(allegation: AllegationNow) -> AllegationNow:
        phase = allegation.phase if awaited else Phase.ANSWERED
        return replace(allegation, phase=phase, outcome=outcome, question=0, draft=0, reopened=0)

    given = case.change(act.allegations, after)
    return replace(given, withdrawal=0) if outcome == WITHDRAWN else given


_DOOR = (
    Part("door", required=False),
    Part("door-how", required=False),
    Part("by-day", Shape.DAY, required=False, fact="until"),
)


def _require_chair_or_handler(deciding: Deciding) -> None:
    # Where there is no allegation, nothing was assigned to anybody: the chair answers.
    by = deciding.asked.by
    if by.seat != CHAIR and not deciding.case.allegations:
        raise NotHandler(f"{by.party} handles nothing", party=by.party)


OUTCOME_ACTS = (
    ActKind(
        code=ActCode("outcome-given"),
        verb="give-outcome",
        by=(CHAIR,),
        when=When.BEFORE_FINDING,
        parts=(
            Part("outcome", Shape.CODE, fact="outcome", choices=OUTCOMES),
            Part("reason"),
            *_DOOR,
        ),
        rules=(
            require_none_accused,
            _require_words,
            _require_door,
            _require_agreed,
            _require_withdrawn,
        ),
        after=_given,
    ),
    # A concern and a request are no allegations: each is named by its own number.
    ActKind(
        code=DISPOSED,
        verb="give-disposition",
        by=(CHAIR, HANDLER),
        parts=(
            Part("matter", Shape.CODE, fact="matter", choices=MATTERS),
            Part("number", Shape.COUNT, fact="number"),
            Part("disposition", Shape.CODE, fact="disposition", choices=DISPOSITIONS),
            Part("reason"),
            *_DOOR,
        ),
        rules=(_require_chair_or_handler, _require_matter, _require_words, _require_door),
        whole=True,
    ),
)
