"""``answerable today``: everything that is owed, over all cases, the late first."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from answerable.casework.case_view import CaseViews
from answerable.cli.case_clocks import owed_facts
from answerable.cli.case_words import CaseWords
from answerable.cli.columns import columns, indented, wrapped
from answerable.cli.group import Verb
from answerable.cli.output import Json, Result
from answerable.cli.proceeding_words import ProceedingWords
from answerable.cli.surface import Surface
from answerable.core.case.now import case_of
from answerable.core.docket import Kind

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.case_view import OwedToday


class _Row(NamedTuple):
    words: CaseWords | ProceedingWords
    owed: "OwedToday"


@click.command(cls=Verb)
@click.option("--seat", "of_seat", metavar="SEAT")
@click.option("--party", "of_party", metavar="PARTY")
@click.pass_obj
def today(surface: Surface, of_seat: str | None, of_party: str | None) -> int:
    application = surface.application()
    mechanism = application.reading.mechanism()
    party = None if of_party is None else mechanism.party(of_party).id
    rows = [
        row
        for row in _rows(surface, application)
        if of_seat in {None, row.owed.seat} and (party is None or party in row.owed.owners)
    ]
    # Each case has its own order already; over all of them the date decides, then the number.
    rows.sort(key=lambda row: (row.owed.order()[:2], row.words.view.docket.number))
    counts = _counts(rows)
    width = columns()
    counted = wrapped(surface.say("today.counts", **counts), width)
    lines = [*_lines(surface, rows, width), *counted]
    facts: dict[str, Json] = {**counts, "owed": [_facts(row) for row in rows]}
    return surface.tell(Result("today", facts, "\n".join(lines)))


def _rows(surface: Surface, application: "Application") -> Iterator[_Row]:
    views = CaseViews(application.dockets, application.reading, application.ruling)
    mechanism = application.reading.mechanism()
    for docket in application.dockets.dockets(Kind.CASE):
        # Most cases of an old mechanism owe nothing: their acts need not be read.
        if all(item.met_by is not None for item in application.dockets.owed(docket.id)):
            continue
        # Nobody can see what it asks of them: there is nothing to do today, or on any day.
        if case_of(docket.state).erased:
            continue
        words = CaseWords(surface, application.reading, views.of(docket, mechanism))
        for owed in words.view.open:
            yield _Row(words, owed)
    proceedings = application.proceedings.views
    for docket in application.dockets.dockets(Kind.PROCEEDING):
        view = proceedings.of(docket)
        of_docket = ProceedingWords(surface, application.reading, view, application.zone)
        yield from (_Row(of_docket, owed) for owed in view.open)


def _counts(rows: Sequence[_Row]) -> dict[str, int]:
    left = [row.owed.left for row in rows]
    return {
        "count": len(rows),
        "late": sum(row.owed.is_late for row in rows),
        "dated": sum(one is not None and not one.passed for one in left),
        "undated": sum(one is None for one in left),
        "lapsed": sum(one is not None and one.passed and not one.late for one in left),
        "cases": len({row.words.view.docket.number for row in rows}),
    }


_GROUPS = ("today.late", "today.dated", "today.undated", "today.lapsed")


def _lines(surface: Surface, rows: Sequence[_Row], width: int) -> Iterator[str]:
    group = None
    for row in rows:
        if group != row.owed.order()[0]:
            group = row.owed.order()[0]
            yield surface.say(_GROUPS[group])
        yield from _row(row, width)
        yield ""


def _row(row: _Row, width: int) -> Iterator[str]:
    words, item = row.words, row.owed.item
    left, by = words.late(row.owed), words.by_when(row.owed)
    when = f"{left} {by}" if left else by
    if row.owed.is_late:
        when = words.surface.say("today.late-line", late=left, by=by)
    yield from indented(
        words.surface.say(
            "today.what-point" if isinstance(words, ProceedingWords) else "today.what",
            number=words.view.docket.number,
            allegations=words.surface.catalogue.numbers(item.allegations) or None,
            owed=words.owed(item.code),
        ),
        width,
        first="  ",
        rest="      ",
    )
    parts = (
        when,
        words.surface.say("page.owed-by", owner=words.owner(row.owed)),
        "" if item.binding else words.surface.say("page.indicative"),
        "" if item.confirmed else words.surface.say("page.not-confirmed"),
    )
    yield from indented(" ".join(filter(None, parts)), width, first="      ", rest="      ")


def _facts(row: _Row) -> dict[str, Json]:
    left = row.owed.left
    return {
        "case": row.words.view.docket.number,
        **owed_facts(row.owed.item),
        "owners": list(row.owed.owners),
        "late": row.owed.is_late,
        "days": None if left is None else left.days,
    }
