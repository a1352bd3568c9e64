"""Lodging, and whether each allegation is taken up: with reason, other door, right to contest."""

from dataclasses import replace

from answerable.core.act_days import require_day_ahead
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.act_codes import SUBMITTED
from answerable.core.case.acts.citing import party_of
from answerable.core.case.acts.finding_rules import NoEvidenceFound
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.no_evidence import says_no_more
from answerable.core.case.acts.outcomes import NOT_EXAMINED, OUTSIDE
from answerable.core.case.conflict import AccusedDecides
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.case.splits import count_in
from answerable.core.mechanism import HOST_IS_BODY
from answerable.core.seats import COMPLAINANT, SECRETARIAT


def _require_not_itself(deciding: Deciding) -> None:
    by = deciding.asked.by.party
    if deciding.asked.text("accused") == by:
        number = next(iter(deciding.concerned()), 0)
        raise AccusedDecides(f"{by} accepts what accuses it", party=by, allegation=number)


def _require_words(deciding: Deciding) -> None:
    # Missing evidence is no reason to turn someone away: it is what an examination is for.
    if says_no_more(deciding.asked.text("reason")):
        raise NoEvidenceFound("the reason says no more", part="reason")
    require_day_ahead(deciding, "by-day")


def _submitted(case: CaseNow, act: Envelope) -> CaseNow:
    lodged, *_ = [count_in(act, name) for name in ("allegations", "concerns", "requests")]
    numbers = {*act.allegations, *range(1, lodged + 1)}
    return replace(
        case,
        allegations={number: AllegationNow() for number in sorted(numbers)},
        delivered=act.facts.get("host") == HOST_IS_BODY,
        danger=act.sequence if act.facts.get("danger") is True else 0,
    )


def _accepted(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, phase=Phase.ACCEPTED, accused=party_of(act))


def _not_accepted(case: CaseNow, act: Envelope) -> CaseNow:
    # Answered, so that it can be contested. What was asked before is asked no longer.
    outcome = str(act.facts.get("outcome", OUTSIDE))
    return case.set(act.allegations, phase=Phase.ANSWERED, outcome=outcome, question=0)


INTAKE = (
    # Done by lodging, which makes the case: no command of its own.
    ActKind(code=SUBMITTED, verb="", by=(COMPLAINANT,), after=_submitted, whole=True),
    ActKind(
        code=ActCode("accepted"),
        verb="accept",
        by=(SECRETARIAT,),
        when=When.INTAKE,
        parts=(
            Part("accused", Shape.PARTY, required=False, fact="party"),
            Part("reason", required=False),
        ),
        rules=(_require_not_itself,),
        after=_accepted,
    ),
    ActKind(
        code=ActCode("not-accepted"),
        verb="decline",
        by=(SECRETARIAT,),
        when=When.INTAKE,
        parts=(
            Part("outcome", Shape.CODE, fact="outcome", choices=(OUTSIDE, NOT_EXAMINED)),
            Part("reason"),
            Part("door"),
            Part("door-how"),
            Part("by-day", Shape.DAY, required=False, fact="until"),
            Part("contest-how"),
        ),
        rules=(_require_words,),
        after=_not_accepted,
    ),
)
