"""A contest is answered ground by ground by someone new to it; what was decided stays readable."""

from dataclasses import replace

from answerable.core.act_form import Carries, Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.answers import is_answered, last_day_to_contest
from answerable.core.case.acts.citing import acts_of, party_of
from answerable.core.case.acts.deciders import require_none_accused, require_none_had_a_hand
from answerable.core.case.acts.facts import NotYourAllegation
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.acts.windows import CONTESTED
from answerable.core.case.conflict import require_new_to_it
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT, MEMBER, REVIEWER

DECIDED = ActCode("contest-decided")
NOT_UPHELD = "not-upheld"
RESULTS = ("upheld", "upheld-in-part", NOT_UPHELD)
CAUSES = ("new-fact", "error")


class NothingToContest(Refusal):
    """The allegation has no answer yet that could be contested."""

    code = "nothing-to-contest"


class ContestTooLate(Refusal):
    """The window for a contest is over; a new fact or an error reopens at any time."""

    code = "contest-too-late"


class NothingContested(Refusal):
    """No contest of the allegation waits for a decision."""

    code = "nothing-contested"


class GroundUnanswered(Refusal):
    """A decision does not answer every ground by itself."""

    code = "ground-unanswered"


class NothingToReopen(Refusal):
    """The allegation is not answered yet, so nothing is reopened."""

    code = "nothing-to-reopen"


class NotTheFinding(Refusal):
    """The act that is cited is not the finding that stands on the allegation."""

    code = "not-the-finding"


def _require_answered(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if not is_answered(allegation):
            raise NothingToContest(f"{number} is not answered", allegation=number)


def _require_concerned(deciding: Deciding) -> None:
    by = deciding.asked.by
    if by.seat != MEMBER:
        return
    asked = {party_of(act) for act in deciding.of("account-asked", "referred")}
    for number, allegation in deciding.concerned().items():
        if by.party not in asked | {allegation.member, allegation.accused}:
            raise NotYourAllegation(f"{by.party}", party=by.party, allegation=number)


def _require_in_time(deciding: Deciding) -> None:
    for number in deciding.concerned():
        last = last_day_to_contest(deciding, number)
        if last is not None and last < deciding.today:
            on = last.isoformat()
            raise ContestTooLate("the window is over", allegation=number, on=on)


def open_contests(deciding: Deciding) -> list[Envelope]:
    """Return the contests of the allegations concerned that nobody has decided yet."""
    decided = {n for act in deciding.of(DECIDED) for n in acts_of(act)}
    return [act for act in deciding.of(CONTESTED) if act.sequence not in decided]


def _require_contests(deciding: Deciding) -> None:
    waiting = {act.sequence for act in open_contests(deciding)}
    for number in deciding.asked.acts("acts"):
        if number not in waiting:
            raise NothingContested(f"{number} does not wait", act=number)


def _require_answers(deciding: Deciding) -> None:
    cited = [deciding.act(number) for number in deciding.asked.acts("acts")]
    wanted = sum(grounds_in(act) for act in cited if act)
    given = _count(deciding, "answers")
    if given != wanted:
        raise GroundUnanswered(f"{given} of {wanted}", found=given, count=wanted)


def grounds_in(act: Envelope) -> int:
    """Return how many grounds a contest has."""
    count = act.facts.get("grounds")
    return count if isinstance(count, int) else 1


def _count(deciding: Deciding, name: str) -> int:
    value = deciding.asked.values.get(name)
    return len(value) if isinstance(value, list) else 0


def _require_first_review(deciding: Deciding) -> None:
    # Reopening follows from one's own decision; deciding twice does not.
    require_none_had_a_hand(deciding)
    for party in {deciding.asked.by.party, deciding.asked.second} - {None}:
        require_new_to_it(deciding, str(party), DECIDED, "reopened", "finding-superseded")


def _require_reopenable(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if not is_answered(allegation):
            raise NothingToReopen(f"{number} is not answered", allegation=number)


def _require_the_finding(deciding: Deciding) -> None:
    cited = set(deciding.asked.acts("acts"))
    for number, allegation in deciding.concerned().items():
        if not allegation.finding or cited != {allegation.finding}:
            raise NotTheFinding(f"{number}", allegation=number, act=allegation.finding or None)


def _contested(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, contest=act.sequence)


def _back(allegation: AllegationNow, act: Envelope) -> AllegationNow:
    return replace(allegation, phase=Phase.ACCEPTED, reopened=act.sequence, draft=0)


def _decided(case: CaseNow, act: Envelope) -> CaseNow:
    cited = acts_of(act)

    def after(allegation: AllegationNow) -> AllegationNow:
        still = 0 if allegation.contest in cited else allegation.contest
        left = replace(allegation, contest=still)
        # Who is right, even in part, is not left with the answer that was wrong.
        return left if act.facts.get("result") == NOT_UPHELD else _back(left, act)

    decided = case.change(act.allegations, after)
    return decided if act.facts.get("result") == NOT_UPHELD else replace(decided, concluded=0)


def _reopened(case: CaseNow, act: Envelope) -> CaseNow:
    return replace(case.change(act.allegations, lambda a: _back(a, act)), concluded=0)


def _superseded(case: CaseNow, act: Envelope) -> CaseNow:
    # The act stays on the record; only it is the answer no longer.
    def after(allegation: AllegationNow) -> AllegationNow:
        return replace(_back(allegation, act), finding=0, outcome="")

    return replace(case.change(act.allegations, after), concluded=0)


_REVIEW = (require_none_accused, require_none_had_a_hand)

CONTESTS = (
    ActKind(
        code=CONTESTED,
        verb="contest",
        by=(COMPLAINANT, MEMBER),
        parts=(Part("grounds", Shape.TEXTS, fact="grounds"),),
        rules=(_require_answered, _require_concerned, _require_in_time),
        after=_contested,
        exhibits=Carries.MAY,
    ),
    ActKind(
        code=DECIDED,
        verb="decide-contest",
        by=(REVIEWER,),
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("contest-result", Shape.CODE, fact="result", choices=RESULTS),
            Part("answers", Shape.TEXTS),
        ),
        rules=(require_none_accused, _require_contests, _require_first_review, _require_answers),
        after=_decided,
    ),
    ActKind(
        code=ActCode("reopened"),
        verb="reopen",
        by=(REVIEWER,),
        parts=(Part("cause", Shape.CODE, fact="cause", choices=CAUSES), Part("reason")),
        rules=(*_REVIEW, _require_reopenable),
        after=_reopened,
    ),
    ActKind(
        code=ActCode("finding-superseded"),
        verb="supersede-finding",
        by=(REVIEWER,),
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("cause", Shape.CODE, fact="cause", choices=CAUSES),
            Part("reason"),
        ),
        rules=(*_REVIEW, _require_the_finding),
        after=_superseded,
    ),
)
