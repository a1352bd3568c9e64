"""Time that is given or taken: a clock is extended, held and resumed, always on a legal basis."""

from answerable.core.act_days import require_day_ahead
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.windows import days_counted, last_day, running
from answerable.core.case.now import CaseNow
from answerable.core.clock_facts import Clocks
from answerable.core.errors import Refusal
from answerable.core.owed import Owed
from answerable.core.seats import CHAIR, HANDLER

EXTENDED, RESUMED = ActCode("clock-extended"), ActCode("clock-resumed")


class ClockNotExtendable(Refusal):
    """The procedure gives no more time for this clock; ``known`` lists those with more."""

    code = "clock-not-extendable"


class ClockNotRunning(Refusal):
    """The clock does not run on an allegation, so it is not extended."""

    code = "clock-not-running"


class NoMoreTime(Refusal):
    """The new date is not later than the date that it replaces."""

    code = "no-more-time"


class ExtensionDiffers(Refusal):
    """The rule counts another date than the one that is typed; ``due`` is the rule's."""

    code = "extension-differs"


class ExtensionGivesNothing(Refusal):
    """By the rule the date stays where it is: it gives no more, or the clock stands still."""

    code = "extension-gives-nothing"


class HeldAlready(Refusal):
    """The clock of an allegation is held already."""

    code = "held-already"


class NotHeld(Refusal):
    """The clock of an allegation is not held, so it is not resumed."""

    code = "not-held"


class HoldTooLong(Refusal):
    """The rules want a hold looked at again sooner; ``due`` is the last day that they give."""

    code = "hold-too-long"


def _require_extendable(deciding: Deciding) -> None:
    asked = deciding.asked.text("clock")
    known = [
        clock.code
        for clock in deciding.procedure.clocks.values()
        if any(extension.event == EXTENDED for extension in clock.extensions)
    ]
    if asked not in known:
        raise ClockNotExtendable(f"{asked}", clock=asked, known=", ".join(known))
    owed = running(deciding, asked)
    if not owed:
        raise ClockNotRunning(f"{asked} does not run", clock=asked)
    until = deciding.asked.text("new-date")
    for due in filter(None, map(last_day, owed)):
        if until <= due.isoformat():
            raise NoMoreTime(f"{until} is no later", clock=asked, on=until, due=due.isoformat())


def _require_date_of_rule(deciding: Deciding, clocks: Clocks) -> None:
    # The act says a date and the clock says one: they are the same, or nothing is recorded.
    code, until = deciding.asked.text("clock"), deciding.asked.text("new-date")
    concerned = set(deciding.concerned())
    for item in running(deciding, code):
        for number in sorted(concerned & set(item.allegations)) or [0]:
            due = _moved_to(clocks, item, number)
            facts = {"clock": code, "on": until, "allegation": number or None}
            if due is None:
                raise ExtensionGivesNothing(f"{code} stays", **facts, due=item.due_on)
            if due != until:
                raise ExtensionDiffers(f"{due} by the rule, not {until}", **facts, due=due)


def _moved_to(clocks: Clocks, item: Owed, number: int) -> str | None:
    """Return where a clock is moved for an allegation, None where it is not."""
    return next(
        (
            entry["due"]
            for entry in clocks.get("moves", ())
            if (entry["clock"], entry["started-by"]) == (item.code, item.started_by)
            and (not number or number in entry.get("allegations", (number,)))
        ),
        None,
    )


def _require_new_date(deciding: Deciding) -> None:
    require_day_ahead(deciding, "new-date")


def _require_review_day(deciding: Deciding) -> None:
    require_day_ahead(deciding, "review-on")


def _require_day_of_review(deciding: Deciding, clocks: Clocks) -> None:
    # It may be looked at sooner than the rule wants, and the clock goes on then. Never later.
    on = deciding.asked.text("review-on")
    for clock, due in days_counted(deciding, clocks, RESUMED):
        if due < on:
            raise HoldTooLong(f"{due} by the rule, not {on}", clock=clock, on=on, due=due)


def _require_not_held(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if allegation.held:
            raise HeldAlready(f"{number} is held", allegation=number, act=allegation.held)


def _require_held(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if not allegation.held:
            raise NotHeld(f"{number} is not held", allegation=number)


def _held(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, held=act.sequence)


def _resumed(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, held=0)


HOLDS = (
    ActKind(
        code=EXTENDED,
        verb="extend-clock",
        by=(HANDLER,),
        when=When.BEFORE_CONCLUSION,
        parts=(
            Part("clock", Shape.CODE, fact="clock"),
            Part("new-date", Shape.DAY, fact="until"),
            Part("legal-basis"),
            Part("reason"),
        ),
        rules=(require_none_accused, _require_new_date, _require_extendable),
        counted=(_require_date_of_rule,),
    ),
    ActKind(
        code=ActCode("clock-held"),
        verb="hold-clock",
        by=(CHAIR,),
        when=When.BEFORE_CONCLUSION,
        parts=(
            Part("review-on", Shape.DAY, fact="until"),
            Part("legal-basis"),
            Part("reason"),
        ),
        rules=(require_none_accused, _require_not_held, _require_review_day),
        counted=(_require_day_of_review,),
        after=_held,
    ),
    ActKind(
        code=RESUMED,
        verb="resume-clock",
        by=(CHAIR,),
        when=When.BEFORE_CONCLUSION,
        parts=(Part("reason", required=False),),
        rules=(_require_held,),
        after=_resumed,
    ),
)
