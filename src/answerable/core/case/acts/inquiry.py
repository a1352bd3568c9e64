"""Finding out: what was done, where was searched, and what the law is said to be."""

from answerable.core.act_days import require_day_come
from answerable.core.act_form import Carries, Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.citing import require_cited
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.errors import Refusal
from answerable.core.seats import HANDLER, LEGAL_EXPERT

STEP = ActCode("inquiry-step")
SEARCH = ActCode("records-search")
INTERVIEW = "interview"
METHODS = (
    INTERVIEW,
    "visit",
    "document",
    "record",
    "recording",
    "expert",
    "comparison",
)
FOUND = "found"
RESULTS = (FOUND, "nothing-found", "not-kept", "access-refused")


class CountsMissing(Refusal):
    """An interview says how many were asked and how many answered."""

    code = "counts-missing"


class MoreAnswersThanAsked(Refusal):
    """More are said to have answered than were asked."""

    code = "more-answers-than-asked"


class OfficeNotAsked(Refusal):
    """An office is said to have answered that is not among those asked."""

    code = "office-not-asked"


class PeriodReversed(Refusal):
    """A period ends before it begins."""

    code = "period-reversed"


def _require_counts(deciding: Deciding) -> None:
    asked = deciding.asked
    counts = [asked.values.get(name) for name in ("people-asked", "people-answered")]
    if asked.text("method") == INTERVIEW and None in counts:
        raise CountsMissing("an interview without counts")
    match counts:
        case [int(wanted), int(got)] if got > wanted:
            raise MoreAnswersThanAsked(f"{got} of {wanted}", asked=wanted, answered=got)


def _require_offices(deciding: Deciding) -> None:
    for office in _texts(deciding, "offices-answered"):
        if office not in _texts(deciding, "offices-asked"):
            raise OfficeNotAsked(f"{office} was not asked", office=office)


def _require_period(deciding: Deciding) -> None:
    first, last = (deciding.asked.text(name) for name in ("from-day", "to-day"))
    if last < first:  # days are written as 2026-05-12, and sort as they are
        raise PeriodReversed(f"{first} to {last}", first=first, last=last)


def _texts(deciding: Deciding, name: str) -> list[str]:
    value = deciding.asked.values.get(name)
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


INQUIRY = (
    # The day of the step and the time of the act are both kept: a step that was typed in later
    # is shown as typed in later.
    ActKind(
        code=STEP,
        verb="record-step",
        by=(HANDLER,),
        when=When.ACCEPTED,
        parts=(
            Part("method", Shape.CODE, fact="method", choices=METHODS),
            Part("on", Shape.DAY, fact="on"),
            Part("place"),
            Part("people-asked", Shape.COUNT, required=False, fact="people-asked"),
            Part("people-answered", Shape.COUNT, required=False, fact="people-answered"),
            Part("words"),
            Part("acts", Shape.ACTS, required=False, fact="acts"),
        ),
        rules=(require_none_accused, require_day_come, require_cited, _require_counts),
        exhibits=Carries.MAY,
    ),
    ActKind(
        code=SEARCH,
        verb="record-search",
        by=(HANDLER,),
        when=When.ACCEPTED,
        parts=(
            Part("offices-asked", Shape.TEXTS),
            Part("offices-answered", Shape.TEXTS, required=False),
            Part("from-day", Shape.DAY, fact="from"),
            Part("to-day", Shape.DAY, fact="to"),
            Part("search-terms"),
            Part("search-result", Shape.CODE, fact="result", choices=RESULTS),
            Part("words"),
            Part("signed-by"),
        ),
        rules=(require_none_accused, _require_offices, _require_period),
        exhibits=Carries.MAY,
    ),
    ActKind(
        code=ActCode("legal-opinion"),
        verb="give-opinion",
        by=(LEGAL_EXPERT,),
        when=When.ACCEPTED,
        parts=(Part("question"), Part("law-asked"), Part("words")),
        rules=(require_none_accused,),
        exhibits=Carries.MAY,
    ),
)
