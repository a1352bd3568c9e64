"""Clarification: a question that names allegation and missing fact, and its answer."""

from dataclasses import replace

from answerable.core.act_form import Carries, Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.windows import require_counted_day
from answerable.core.case.now import CaseNow
from answerable.core.clock_facts import Clocks
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT, HANDLER, MONITOR

ANSWERED = ActCode("clarification-answered")
TO_MONITOR = "only-to-the-monitor"
ANSWERS = ("answered", "do-not-know", TO_MONITOR, "not-safe", "already-answered")


class QuestionOpen(Refusal):
    """An allegation has an open question already: one is asked at a time."""

    code = "question-open"


class NothingAsked(Refusal):
    """No question is open on the allegation, so there is nothing to answer."""

    code = "nothing-asked"


class AnswerEmpty(Refusal):
    """An answer that is given says something."""

    code = "answer-empty"


def _require_no_question(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if allegation.question:
            raise QuestionOpen(f"a question on {number} is open", allegation=number)


def _require_day_of_rule(deciding: Deciding, clocks: Clocks) -> None:
    # Who is asked is told one day, and their clock has the same: the pause ends with it too.
    require_counted_day(deciding, clocks, "answer-by", ANSWERED)


def _require_question(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if not allegation.question:
            raise NothingAsked(f"no question on {number}", allegation=number)


def _require_words(deciding: Deciding) -> None:
    asked = deciding.asked
    if asked.text("answer") == "answered" and not asked.text("words").strip():
        raise AnswerEmpty("answered, and nothing is said")


def _answer_readers(deciding: Deciding) -> tuple[str, ...]:
    if deciding.asked.text("answer") == TO_MONITOR:
        # What is said with it, and its files, are what the sender tells nobody else.
        return (str(COMPLAINANT), str(MONITOR))
    return ()


def _asked(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, question=act.sequence)


def _answered(case: CaseNow, act: Envelope) -> CaseNow:
    return case.change(act.allegations, lambda allegation: replace(allegation, question=0))


QUESTIONS = (
    ActKind(
        code=ActCode("clarification-asked"),
        verb="ask",
        by=(HANDLER,),
        when=When.BEFORE_FINDING,
        parts=(
            Part("missing"),
            Part("why"),
            Part("answer-by", Shape.DAY, fact="until"),
        ),
        rules=(_require_no_question,),
        counted=(_require_day_of_rule,),
        after=_asked,
    ),
    ActKind(
        code=ANSWERED,
        verb="answer",
        by=(COMPLAINANT,),
        when=When.BEFORE_FINDING,
        parts=(
            Part("answer", Shape.CODE, fact="answer", choices=ANSWERS),
            Part("words", required=False),
        ),
        rules=(_require_question, _require_words),
        after=_answered,
        readers=_answer_readers,
        exhibits=Carries.MAY,
    ),
)
