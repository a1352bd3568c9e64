"""J1, step 13: an answer is read for the first time by who knows what begins with that."""

from http import HTTPStatus
from typing import Any

from answerable.casework.unread_answers import Unread
from answerable.core.case.acts.answers import ANSWER_READ, WINDOW_ENDS
from answerable.core.errors import AnswerableError, Refusal
from answerable.locale.catalogue import capital
from answerable.locale.step_words import step_in_words
from answerable.web.form.acting import request_of, told_of
from answerable.web.form.my_case import MyCase, OwnWords, own_case
from answerable.web.form.pages import Fault
from answerable.web.form.returning import CASE
from answerable.web.form.room import Visit, status_of
from answerable.web.http import Response
from answerable.web.posted import Posted
from answerable.web.words import Words

READ = "read"
ENDS = "ends"


def read_page(visit: Visit, sequence: int, posted: Posted | None) -> Response:
    """Tell what begins with the reading, or take it. To look at the page begins nothing.

    What is read already, or begins no days, stands on the page of the case: that is where this
    leads then, also who pressed twice, went back, or pressed on two telephones.
    """
    source = own_case(visit)
    waits = next((one for one in source.unread if one.answer == sequence), None)
    if waits is None:
        return visit.to(CASE)
    faults, status = list[Fault](), HTTPStatus.OK
    if posted is not None and not posted.asks_language:
        try:
            visit.state.done = _read(visit, source, waits, posted)
        except AnswerableError as problem:
            # Another day or another answer than the page told of: it tells of what is now.
            faults, status = [Fault(told_of(visit, problem), READ)], status_of(problem)
            still = [one.answer for one in own_case(visit).unread]
            if isinstance(problem, Refusal) and sequence not in still:
                return visit.to(CASE)
        else:
            return visit.to(CASE)
    words = OwnWords(visit.words, source)
    act = source.shown().act(sequence)
    return visit.page(
        "read.html",
        visit.words.say("form.read-title"),
        status=status,
        faults=faults,
        head="" if act is None else _head(words, act),
        allegations=visit.words.numbers(waits.allegations),
        ends=waits.ends or "",
        today=visit.words.day(source.now.date().isoformat()),
        last=visit.words.day(waits.ends) if waits.ends else "",
        zone=visit.words.zone(waits.procedure.time_zone),
        working=list(_working(visit, waits)),
        request=request_of(visit, posted).hex,
        back=visit.address(CASE),
    )


def _read(visit: Visit, source: MyCase, waits: Unread, posted: Posted) -> str:
    """Record the reading, by the day that its page told of, and return the receipt's number."""
    typed = {"acts": [str(waits.answer)], WINDOW_ENDS: posted.text(ENDS)}
    issued = visit.host.application.returned.do(
        source.docket,
        ANSWER_READ,
        {name: value for name, value in typed.items() if value},
        request=request_of(visit, posted),
        allegations=waits.allegations,
    )
    return issued.number


def _head(words: Words, act: Any) -> str:
    return words.say(
        "web.act-head",
        act=capital(words.act(act)),
        who=words.who(act),
        day=words.day(act.envelope.at),
    )


def _working(visit: Visit, waits: Unread) -> list[str]:
    return [
        step_in_words(visit.words, waits.procedure, step, waits.calendars)
        for due in waits.due.values()
        for step in due.working
    ]
