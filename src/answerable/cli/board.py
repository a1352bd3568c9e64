"""The board of a proceeding: how far each body is, and whether the response was sent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from answerable.casework.proceeding_view import BoardRow
from answerable.cli.columns import indented, wrapped
from answerable.cli.output import Json
from answerable.cli.proceeding_words import ProceedingWords
from answerable.cli.rule_words import in_words
from answerable.core.acts import instant_text
from answerable.core.calendars import EVERY_DAY
from answerable.core.happened import happened_at
from answerable.core.lateness import day_of, left_of
from answerable.core.proceeding.board import Stage

_HOUR, _DAY = 3600, 24


def board_lines(words: ProceedingWords, width: int) -> Iterator[str]:
    """Yield the board: the sentence about the sending, then a row for each body."""
    for line in sent_or_not(words):
        yield from wrapped(line, width)
    yield ""
    rows = words.view.board()
    if not rows:
        yield from wrapped(words.surface.say("proceeding.no-body"), width)
    for row in rows:
        yield from _row(words, row, width)
    unassigned = [n for n, point in words.view.now.points.items() if not point.asked()]
    if unassigned:
        told = words.surface.catalogue.numbers(unassigned)
        line = words.surface.say("proceeding.unassigned", points=told)
        yield from indented(line, width, first="/ ", rest="/ ")


def board_facts(words: ProceedingWords) -> dict[str, Json]:
    """Return the board for programs."""
    view = words.view
    answer = view.the_answer()
    bodies: list[Json] = [
        {
            "body": row.party,
            "name": words.party(row.party),
            "stage": row.stage,
            "points": {stage: [*numbers] for stage, numbers in row.points.items()},
            "last": None if row.last_at is None else instant_text(row.last_at),
            "signed": [*row.signed],
            "unsigned": [*row.unsigned],
        }
        for row in view.board()
    ]
    sent = [instant_text(view.envelopes[number - 1].at) for number in view.now.sent]
    due = None if answer is None else answer.item.due_on
    return {"bodies": bodies, "sent": [*sent], "due": due, "standing": view.docket.standing}


def sent_or_not(words: ProceedingWords) -> Iterator[str]:
    """Yield the sentence that is asked for: sent, when; or not sent, and what time is left."""
    view, say = words.view, words.surface.say
    for number in view.now.sent:
        acknowledged = number in view.now.acknowledged
        yield say(
            "proceeding.sent-acknowledged" if acknowledged else "proceeding.sent",
            at=words.instant(view.envelopes[number - 1].at),
            act=number,
        )
        yield from _was_late(words, number)
    if view.now.sent:
        return
    answer = view.the_answer()
    if answer is None or answer.item.due_on is None:
        yield say("proceeding.not-sent")
        return
    end, told = words.deadline(answer.item.due_on)
    yield say(_key(end, view.at), due=told, **_left(words, end))
    yield from _days(words, answer.item.due_on)
    if not answer.item.confirmed:
        yield say("page.not-confirmed")


def _was_late(words: ProceedingWords, sent: int) -> Iterator[str]:
    """Yield by how many days a sending was late, by the date of the monitor's procedure."""
    view = words.view
    at = happened_at(view.envelopes[sent - 1], ZoneInfo(view.procedure.time_zone))
    for item in view.owed:
        if item.met_by == sent and item.code in view.procedure.clocks:
            left = left_of(item, at)
            if left is not None and left.late:
                days, due = max(1, -left.days), words.deadline(str(item.due_on))[1]
                yield words.surface.say("proceeding.sent-late", days=days, due=due)


def _key(end: datetime, now: datetime) -> str:
    hours = abs((end - now).total_seconds()) / _HOUR
    if end <= now:
        return "proceeding.late-hours" if hours < 2 * _DAY else "proceeding.late-days"
    return "proceeding.not-sent-hours" if hours < 2 * _DAY else "proceeding.not-sent-days"


def _left(words: ProceedingWords, end: datetime) -> dict[str, int]:
    seconds = abs((end.astimezone(UTC) - words.view.at.astimezone(UTC)).total_seconds())
    hours = int(seconds // _HOUR)
    return {"hours": hours, "days": hours // _DAY}


def _days(words: ProceedingWords, due_on: str) -> Iterator[str]:
    view = words.view
    until = day_of(due_on, view.at)
    if until <= view.at.date():
        return
    for calendar in {one.name: one for one in (view.ours, view.theirs)}.values():
        left = calendar.working_days(view.at.date(), until)
        if left is not None and calendar != EVERY_DAY:
            title = in_words(words.surface, calendar.titles, calendar.name)
            yield words.surface.say("proceeding.working-days", days=left, calendar=title)


def _row(words: ProceedingWords, row: BoardRow, width: int) -> Iterator[str]:
    say = words.surface.say
    line = say(
        "proceeding.row",
        body=words.party(row.party),
        stage=say(f"stage.{row.stage}"),
        last=None if row.last_at is None else words.instant(row.last_at),
    )
    empty = row.stage in {Stage.NOT_OPENED, Stage.OPENED, Stage.DRAFTED, Stage.CLEARED}
    yield from indented(line, width, first="/ " if empty else "  ", rest="    ")
    for stage, numbers in row.points.items():
        told = say(
            "proceeding.row-points",
            stage=say(f"stage.{stage}"),
            points=words.surface.catalogue.ranges(numbers),
        )
        yield from indented(told, width, first="    ", rest="      ")
    yield from _signed(words, row, width)


def _signed(words: ProceedingWords, row: BoardRow, width: int) -> Iterator[str]:
    """Yield on which points what a body handed over is signed, where it signs or could have."""
    known = words.view.mechanism.parties.get(row.party)
    if not row.signed and (known is None or known.key is None):
        return
    rows = (("proceeding.row-signed", row.signed), ("proceeding.row-unsigned", row.unsigned))
    for key, numbers in rows:
        if numbers:
            told = words.surface.say(key, points=words.surface.catalogue.ranges(numbers))
            yield from indented(told, width, first="    ", rest="      ")
