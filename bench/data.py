"""The one data set that benchmarks share: reports in Khmer and English, and what becomes of each.

It is a mechanism some years old, as far as sizes and shapes go: 40 organisations, reports of one to
three allegations, narratives of two sentences to some pages, two in three in Khmer, all provinces,
all kinds of act and of accused, concerns and requests beside. Of 100 cases about 87 are opened, 82
acknowledged, 67 accepted and 9 not; two in five have questions and one in five goes to a member
body; of the allegations accepted half have a finding, and one in seven of these is contested;
actions are promised, done and doubted; some cases are linked, some tell of danger, one in a hundred
has a protected number. One case in 400 is long: a dozen allegations and some fifty acts. Steps are
met in time, late, or not at all.

The acts are those of the table, with all parts that they require. Reports come evenly over twenty
months, however many they are, and what comes after the last of them has not happened yet: so some
cases are young and open. Nothing is drawn by chance: the same number of cases is the same data on
every machine. filling.py puts it into a mechanism, at the times that it says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from answerable.core.acts import By, PartyId, Seat
from answerable.core.case.kinds import KINDS
from answerable.core.case.places import Level
from answerable.core.case.submission import FORMAT, Submission
from answerable.core.case.submission_parts import Actor, Allegation, Concern, Danger, Place, Request
from answerable.core.case.vocabulary import ACTOR_KINDS
from bench.draws import Draws
from bench.lives import ORGANISATIONS, PROVINCES, Life, Step
from bench.words import TITLES, told

VERSION = 1
"""Counted up when the data change: what was kept of an older version is not used."""

BEGUN = datetime(2024, 7, 1, 1, 0, tzinfo=UTC)
PERIOD = timedelta(days=600)

PUBLIC = ("complainant", "secretariat", "member", "monitor", "public")
INSIDE = ("complainant", "secretariat", "monitor")


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its report, and the acts that follow, in their order."""

    number: int
    at: datetime
    by: By
    submission: Submission
    steps: tuple[Step, ...]


def cases(count: int) -> Iterator[Case]:
    """Yield so many cases, each as far as it has come at the end of the period."""
    for number in range(count):
        case = _case(number, BEGUN + PERIOD * number / count)
        yield replace(case, steps=tuple(step for step in case.steps if step.at < BEGUN + PERIOD))


def in_order(count: int) -> Iterator[tuple[Case, int]]:
    """Yield all acts of so many cases as time orders them: 0 is the report, 1 the first step."""
    waiting: list[tuple[datetime, int, int, Case]] = []
    for case in cases(count):
        while waiting and waiting[0][0] <= case.at:
            yield _next(waiting)
        yield case, 0
        if case.steps:
            heappush(waiting, (case.steps[0].at, case.number, 1, case))
    while waiting:
        yield _next(waiting)


def _next(waiting: list[tuple[datetime, int, int, Case]]) -> tuple[Case, int]:
    _, number, step, case = heappop(waiting)
    if step < len(case.steps):
        heappush(waiting, (case.steps[step].at, number, step + 1, case))
    return case, step


def _case(number: int, at: datetime) -> Case:
    draws = Draws(f"case {number}")
    is_long = draws.below(400) == 0
    submission = _submission(draws, 12 if is_long else draws.pick((1, 1, 1, 1, 2, 2, 3)))
    by = By(PartyId(f"p{draws.between(1, ORGANISATIONS)}"), Seat("complainant"))
    life = Life(draws, at, by, submission, number=number)
    life.read()
    if life.accepted:
        life.examined(rounds=draws.between(25, 40) if is_long else draws.between(0, 3))
        life.answered()
    life.beside()
    return Case(number, at, by, submission, life.steps())


def _submission(draws: Draws, count: int) -> Submission:
    language = "km" if draws.chance(66) else "en"
    level = 3 if draws.chance(1) else draws.pick((0, 1, 1, 2))
    concerns, requests = draws.below(5) == 0, draws.below(6) == 0
    return Submission(
        format=FORMAT,
        title=draws.pick(TITLES[language]),
        language=language,
        level=level,
        readers=PUBLIC if draws.chance(60) else INSIDE,
        danger_now=Danger(what=told(draws, language, 2)) if draws.below(150) == 0 else None,
        allegations=tuple(_allegation(draws, language, at) for at in range(1, count + 1)),
        concerns=(Concern(ordinal=1, what=told(draws, language, 3)),) if concerns else (),
        requests=(Request(ordinal=1, what=told(draws, language, 2)),) if requests else (),
    )


def _allegation(draws: Draws, language: str, ordinal: int) -> Allegation:
    length = draws.pick((2, 3, 4, 4, 5, 6, 7, 8, 12, 40))
    return Allegation(
        ordinal=ordinal,
        title=draws.pick(TITLES[language]),
        nature=draws.pick(("act", "act", "act", "continuing-act", "pattern", "omission")),
        kind=draws.pick(KINDS).code,
        what=told(draws, language, length),
        language=language,
        place=Place(country=Level(code="KH"), province=Level(code=draws.pick(PROVINCES))),
        actor=Actor(kind=draws.pick(ACTOR_KINDS)) if draws.chance(80) else None,
        how_known=(draws.pick(("saw", "was-told", "document")),),
        remedy=told(draws, language, 1),
    )
