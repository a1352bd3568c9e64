"""What one case says of bodies: what they owe on it, and how the allegations stand with them."""

from collections.abc import Iterator, Sequence

from answerable.core.case.standings import Standing
from answerable.core.register.shown import ShownCase
from answerable.web.register.cases import Cases
from answerable.web.source import Due
from answerable.web.words import Words

MOST = 500
"""Of so many cases what a body owes is told together: of more, in the list of them."""
OWED, LATE, WITH, OUTCOME = "owed", "late", "with", "outcome/"
POINTS, HANDED, SILENT = "points", "handed-over", "silent"
_AT_BODY = frozenset({Standing.WITH_BODY, Standing.ONE_SIDE})


CODES = (OWED, LATE, WITH, POINTS, HANDED, SILENT)


def means(words: Words, code: str) -> str:
    """Return what a code counts of a body; of one that is not known, the code."""
    if code.startswith(OUTCOME):
        outcome = code.removeprefix(OUTCOME)
        told = words.say("web.no-answer-yet") if not outcome else words.word("choice", outcome)
        return words.say("of-body.referred", outcome=told)
    return words.say(f"of-body.{code}") if code in CODES else code


def owed_by(cases: Cases, party: str) -> Sequence[tuple[Due, str]]:
    """Return what a body owes on the cases shown, the earliest first, each with its procedure."""
    query = {"body": party, "of": OWED}
    found = [
        (due, one.procedure)
        for one in cases.at(cases.chosen(query, cases.among(query))[:MOST])
        for due in one.due
        if due.body == party
    ]
    return sorted(found, key=lambda one: one[0].order)


def of_bodies(case: ShownCase, due: tuple[Due, ...]) -> Iterator[tuple[str, str]]:
    """Yield each body with a code of what the case says of it, as often as it says so."""
    for one in due:
        if one.body:
            yield one.body, OWED
            if one.is_late:
                yield one.body, LATE
    for number, allegation in case.now.allegations.items():
        if allegation.member:
            if case.place(number)[0] in _AT_BODY:
                yield allegation.member, WITH
            outcome = allegation.outcome if case.is_answered(number) else ""
            yield allegation.member, f"{OUTCOME}{outcome}"
