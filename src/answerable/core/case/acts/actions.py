"""What was promised, whether it was done, and the complainant's doubt of it."""

from dataclasses import replace

from answerable.core.act_days import require_day_ahead
from answerable.core.act_form import Carries, Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.agreement import ACCEPTED, agreed, owner_of
from answerable.core.case.acts.citing import acts_of, cited, party_of
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.windows import days_counted
from answerable.core.case.now import AllegationNow, CaseNow
from answerable.core.clock_facts import Clocks
from answerable.core.errors import Refusal
from answerable.core.happened import PROMISED
from answerable.core.seats import COMPLAINANT, MEMBER, SECRETARIAT

DONE = ActCode("action-done")
_PROMISING = frozenset({PROMISED, "finding-issued", ACCEPTED})


class NothingToActOn(Refusal):
    """An action follows from a finding or an agreement, and there is neither."""

    code = "nothing-to-act-on"


class NotAPromise(Refusal):
    """The act that is cited promises no action on this allegation."""

    code = "not-a-promise"


class NotYourPromise(Refusal):
    """The action is owed by another party."""

    code = "not-your-promise"


class ActionDoneBefore(Refusal):
    """The action is said to be done already, and nobody doubts it."""

    code = "action-done-before"


class ActionNotDone(Refusal):
    """Nobody says yet that the action is done, so there is nothing to doubt."""

    code = "action-not-done"


class PromiseTooLate(Refusal):
    """The rules want an action sooner than it is promised; ``due`` is the last day they give."""

    code = "promise-too-late"


def _require_finding_or_agreement(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if not allegation.finding and agreed(deciding, allegation) is None:
            raise NothingToActOn(f"neither on {number}", allegation=number)


def _require_day(deciding: Deciding) -> None:
    require_day_ahead(deciding, "action-by")


def _require_day_of_rule(deciding: Deciding, clocks: Clocks) -> None:
    # A promise may be for an earlier day than the rule's, which is then the one owed. It never
    # gives its maker longer: only an extension does, on a legal basis.
    on = deciding.asked.text("action-by")
    for _, due in days_counted(deciding, clocks, DONE):
        if due < on:
            raise PromiseTooLate(f"{due} by the rule, not {on}", on=on, due=due)


def _is_promise(deciding: Deciding, act: Envelope) -> bool:
    named = not act.allegations or bool(set(deciding.concerned()) & set(act.allegations))
    names_owner = act.act == ACCEPTED or bool(party_of(act))
    return act.act in _PROMISING and named and names_owner


def _require_promise(deciding: Deciding) -> None:
    for act in cited(deciding):
        if not _is_promise(deciding, act):
            raise NotAPromise(f"{act.sequence}", act=act.sequence)


def _require_owner(deciding: Deciding) -> None:
    party = deciding.asked.by.party
    for act in cited(deciding):
        owner = owner_of(deciding, act) if act.act == ACCEPTED else party_of(act)
        if party != owner and not (act.act == PROMISED and party == act.by.party):
            raise NotYourPromise(f"{owner} owes {act.sequence}", party=owner, act=act.sequence)


def _is_open(deciding: Deciding, act: Envelope) -> bool:
    return any(act.sequence in a.actions for a in deciding.concerned().values())


def _require_open(deciding: Deciding) -> None:
    for act in cited(deciding):
        given_up = deciding.case.concluded and not _said_done(deciding, act)
        if not _is_open(deciding, act) and not given_up:
            raise ActionDoneBefore(f"{act.sequence}", act=act.sequence)


def _said_done(deciding: Deciding, act: Envelope) -> bool:
    return any(act.sequence in acts_of(done) for done in deciding.of(DONE))


def _require_done(deciding: Deciding) -> None:
    for act in cited(deciding):
        if _is_open(deciding, act) or not _said_done(deciding, act):
            raise ActionNotDone(f"{act.sequence}", act=act.sequence)


def _promised(case: CaseNow, act: Envelope) -> CaseNow:
    def after(allegation: AllegationNow) -> AllegationNow:
        return replace(allegation, actions=(*allegation.actions, act.sequence))

    return case.change(act.allegations, after)


def _done(case: CaseNow, act: Envelope) -> CaseNow:
    done = acts_of(act)

    def after(allegation: AllegationNow) -> AllegationNow:
        return replace(allegation, actions=tuple(n for n in allegation.actions if n not in done))

    return case.change(act.allegations, after)


def _doubted(case: CaseNow, act: Envelope) -> CaseNow:
    # What is doubted is owed again, until there is better proof or it is given up with a reason. A
    # doubt has a reason and no day (case.md 4), so it moves none: the action is due, or late, by
    # the day for which it was promised, and nobody gains time by saying that it is done. By when
    # better proof is owed, only a procedure says: by a clock that starts with the doubt.
    doubted = acts_of(act)

    def after(allegation: AllegationNow) -> AllegationNow:
        return replace(allegation, actions=tuple(sorted({*allegation.actions, *doubted})))

    return case.change(act.allegations, after)


ACTIONS = (
    ActKind(
        code=PROMISED,
        verb="promise",
        by=(SECRETARIAT, MEMBER),
        when=When.BEFORE_CONCLUSION,
        parts=(
            Part("action"),
            Part("party", Shape.PARTY, fact="party"),
            Part("action-by", Shape.DAY, fact="until"),
        ),
        rules=(_require_finding_or_agreement, _require_day),
        counted=(_require_day_of_rule,),
        after=_promised,
    ),
    ActKind(
        code=DONE,
        verb="report-done",
        by=(SECRETARIAT, MEMBER),
        parts=(Part("acts", Shape.ACTS, fact="acts"), Part("proof")),
        rules=(_require_promise, _require_owner, _require_open),
        after=_done,
        exhibits=Carries.MAY,
    ),
    ActKind(
        code=ActCode("action-doubted"),
        verb="doubt",
        by=(COMPLAINANT,),
        parts=(Part("acts", Shape.ACTS, fact="acts"), Part("reason")),
        rules=(_require_promise, _require_done),
        after=_doubted,
        exhibits=Carries.MAY,
    ),
)
