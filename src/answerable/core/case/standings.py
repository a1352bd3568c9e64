"""Where each allegation stands, whose turn it is, and what lies over the case (case.md 7)."""

from collections.abc import Collection
from enum import StrEnum

from answerable.core.acts import Seat
from answerable.core.case.acts.agreement import AGREED
from answerable.core.case.acts.outcomes import NOT_EXAMINED, OUTSIDE, WITHDRAWN
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.seats import CHAIR, COMPLAINANT, HANDLER, MEMBER, REVIEWER, SECRETARIAT, SENDER


class Standing(StrEnum):
    """Where an allegation stands: told by acts, never selected by anyone.

    Their order is that of need: of a case, the first of these that an allegation has is told.
    """

    ACTION_LATE = "action-late"
    CONTESTED = "answered-contested"
    REOPENED = "reopened"
    LODGED = "lodged-not-delivered"
    DELIVERED = "delivered-not-opened"
    BEING_READ = "being-read"
    QUESTION = "question-to-complainant"
    DRAFT_OUT = "draft-out"
    ONE_SIDE = "one-side-only"
    WITH_BODY = "with-body"
    CONTINUED = "continued-without-complainant"
    BEING_EXAMINED = "being-examined"
    ACTION_DUE = "action-due"
    AGREED = "agreed"
    ON_HOLD = "on-hold"
    ANSWERED = "answered"
    OUTSIDE = "outside"
    NOT_EXAMINED = "not-examined"
    WITHDRAWN = "withdrawn"
    CONCLUDED = "concluded"


class Over(StrEnum):
    """What lies over the standings of a case, and is told before them."""

    DANGER = "danger-claimed"
    REPRISAL = "reprisal-open"
    WITHDRAWAL = "withdrawal-asked"


Place = tuple[Standing, Seat | None]
"""A standing, and whose turn it is; None where nobody owes the next act."""

NEED: tuple[Standing, ...] = tuple(Standing)

# Outcomes that are no findings have standings of their own.
_OUTCOMES = {
    AGREED: Standing.AGREED,
    WITHDRAWN: Standing.WITHDRAWN,
    OUTSIDE: Standing.OUTSIDE,
    NOT_EXAMINED: Standing.NOT_EXAMINED,
}


def standing_of(case: CaseNow, number: int, *, late: Collection[int] = ()) -> Place:
    """Return where an allegation stands, and whose turn it is.

    ``late`` are the acts whose promised action is late today: envelopes alone do not know the day.
    """
    return _place(case, case.allegations[number], late)


def summary_of(case: CaseNow, *, late: Collection[int] = ()) -> Place:
    """Return the standing and turn of the allegation that most needs someone.

    A case of concerns and requests alone stands as far as it was delivered and read.
    """
    every = [_place(case, one, late) for one in case.allegations.values()]
    if not every:
        every = [_place(case, AllegationNow(), late)]
    return min(every, key=lambda place: NEED.index(place[0]))


def over(case: CaseNow) -> tuple[Over, ...]:
    """Return what is open over the whole case, the most pressing first."""
    waiting = (
        (Over.DANGER, case.danger),
        (Over.REPRISAL, case.reprisal),
        # Asked is not withdrawn: it takes effect later, and may be revoked until then.
        (Over.WITHDRAWAL, case.withdrawal),
    )
    return tuple(what for what, act in waiting if act)


def _place(case: CaseNow, one: AllegationNow, late: Collection[int]) -> Place:
    standing, turn = _standing(case, one, late)
    # It stands where it stood when it was erased; nobody owes anything on it any more.
    return standing, None if case.erased else turn


def _standing(case: CaseNow, one: AllegationNow, late: Collection[int]) -> Place:
    # What can still be owed after conclusion comes first: a contest, an action that is doubted.
    if set(one.actions) & set(late):
        return Standing.ACTION_LATE, _body(one)
    # Of what is examined again meanwhile nobody says that it is answered.
    if one.contest and not one.reopened:
        return Standing.CONTESTED, REVIEWER
    if case.concluded or one.phase is Phase.OVER:
        return _over(one)
    if one.held:
        return Standing.ON_HOLD, CHAIR
    if one.phase is Phase.ANSWERED:
        return _answered(one)
    return _asked(one) or _agreed(one) or _examined(case, one)


def _over(one: AllegationNow) -> Place:
    if one.actions:
        return Standing.ACTION_DUE, _body(one)
    return Standing.WITHDRAWN if one.outcome == WITHDRAWN else Standing.CONCLUDED, None


def _answered(one: AllegationNow) -> Place:
    if one.actions:
        return Standing.ACTION_DUE, _body(one)
    return _OUTCOMES.get(one.outcome, Standing.ANSWERED), CHAIR


def _asked(one: AllegationNow) -> Place | None:
    """Return the standing of an allegation on which someone was asked something."""
    if one.question:
        return Standing.QUESTION, COMPLAINANT
    if one.draft:
        return Standing.DRAFT_OUT, COMPLAINANT
    if one.asked_unit and not one.accounts:
        return Standing.ONE_SIDE, MEMBER
    if one.referral or one.asked_unit:
        return Standing.WITH_BODY, MEMBER
    return None


def _agreed(one: AllegationNow) -> Place | None:
    # Proposed or kept, it is not among what is owed. Another action waits while it is examined.
    return (Standing.AGREED, _body(one)) if one.agreement in one.actions else None


def _examined(case: CaseNow, one: AllegationNow) -> Place:
    turn = HANDLER if one.handler else CHAIR
    if one.reopened:
        return Standing.REOPENED, turn
    if one.outcome == NOT_EXAMINED:
        # It was said by when it will be examined: until then it is still to be.
        return Standing.NOT_EXAMINED, turn if one.phase is Phase.ACCEPTED else SECRETARIAT
    if one.phase is Phase.INTAKE:
        return _read(case)
    if one.handler and one.handler == one.member:
        return Standing.WITH_BODY, MEMBER
    return Standing.CONTINUED if case.continued else Standing.BEING_EXAMINED, turn


def _read(case: CaseNow) -> Place:
    if case.opened:
        return Standing.BEING_READ, SECRETARIAT
    # A body that acknowledges says that it has it, whoever delivered it.
    if case.delivered or case.acknowledged:
        return Standing.DELIVERED, SECRETARIAT
    return Standing.LODGED, SENDER


def _body(one: AllegationNow) -> Seat:
    return MEMBER if one.member else SECRETARIAT
