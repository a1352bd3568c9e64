"""The sum of some cases: what no later instant and no time zone changes of it is added once.

Cases of which nothing new is known need not be read one by one again. What depends on the instant,
the zone or on other cases is listed in the sum, and is judged when figures are told.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.core.acts import Json
from answerable.core.figures.across_sum import AcrossSum, across_sum, across_sum_in
from answerable.core.figures.case_figures import CaseFigures, Waited
from answerable.core.figures.judging import (
    DAY,
    AsOf,
    codes_of,
    day_at,
    day_number,
    days_of,
    name_of,
)
from answerable.core.figures.settling import Settled
from answerable.core.figures.tally import Tally

MOST = 256
"""How many cases a sum may have: the place of each is written as one octet."""


class DatedSteps(NamedTuple):
    """Steps of one name that are to be met by a day, in the order of their days from 1970.

    ``places`` are those of their cases, ``at`` the instants when those that are open began, or
    when the others were met.
    """

    name: str
    due: Sequence[int]
    places: Sequence[int]
    at: Sequence[int]

    def json(self) -> list[Json]:
        return [self.name, [*self.due], bytes(self.places).hex(), [*self.at]]


class CasesSum(NamedTuple):
    """Some cases together. A case is named by its place in ``numbers``.

    ``cases`` are the places of those behind each code, ``more`` is what the code counts beyond one
    of each. ``took`` has in how many days the steps of a code ended. How those steps stand is in
    neither that are ``open``, that were met ``near`` their day, or that are ``judged`` one by one,
    each with its place. ``given`` has for each side when it was asked, and until which day.
    """

    numbers: Sequence[str]
    cases: Mapping[str, Sequence[int]]
    more: Mapping[str, int]
    took: Mapping[str, Sequence[int]]
    open_since: Sequence[int]
    given: Mapping[str, tuple[Sequence[int], Sequence[int]]]
    open: Sequence[DatedSteps]
    near: Sequence[DatedSteps]
    judged: Sequence[tuple[int, Waited]]
    across: AcrossSum

    def json(self) -> dict[str, Json]:
        return {
            "across": self.across.json(),
            "cases": {code: bytes(places).hex() for code, places in self.cases.items()},
            "given": {
                side: [[*asked_at], [*until]] for side, (asked_at, until) in self.given.items()
            },
            "judged": [[place, *step] for place, step in self.judged],
            "more": dict(self.more),
            "near": [one.json() for one in self.near],
            "numbers": [*self.numbers],
            "open": [one.json() for one in self.open],
            "open_since": [*self.open_since],
            "took": {code: [*days] for code, days in self.took.items()},
        }


def sum_of(cases: Sequence[Settled]) -> CasesSum:
    """Return the sum of cases, of which there are at most MOST."""
    places, more = defaultdict[str, list[int]](list), Counter[str]()
    took = defaultdict[str, list[int]](list)
    steps: Mapping[str, list[tuple[int, Waited]]] = {"open": [], "near": [], "judged": []}
    for place, one in enumerate(cases):
        for code in one.once:
            places[code].append(place)
        more.update(one.more)
        for code, count in _rest_counts(one.rest).items():
            is_first = place not in places[code][-1:]
            if is_first:
                places[code].append(place)
            more[code] += count - is_first
        for code, days in one.lasted:
            took[code].append(days)
        for step in one.rest.steps:
            steps[_kind(step)].append((place, step))
    for _, step in steps["near"]:
        took[f"days/{name_of(step)}"].append(((step.met_at or 0) - step.since) // DAY)
    rests = [one.rest for one in cases]
    return CasesSum(
        [rest.number for rest in rests],
        places,
        +more,
        took,
        [rest.open_since for rest in rests if rest.open_since is not None],
        _given(rests),
        list(_dated(steps["open"])),
        list(_dated(steps["near"])),
        steps["judged"],
        across_sum((rest.number, rest.across) for rest in rests),
    )


def sum_in(value: Mapping[str, Any]) -> CasesSum:
    """Return what CasesSum.json told."""
    numbers = value["numbers"]
    return CasesSum(
        numbers,
        {code: _OCTETS(places) for code, places in value["cases"].items()},
        value["more"],
        value["took"],
        value["open_since"],
        value["given"],
        [DatedSteps(name, due, _OCTETS(places), at) for name, due, places, at in value["open"]],
        [DatedSteps(name, due, _OCTETS(places), at) for name, due, places, at in value["near"]],
        [(place, Waited(*step)) for place, *step in value["judged"]],
        across_sum_in(value["across"], numbers),
    )


def add_sum(tally: Tally, one: CasesSum, as_of: AsOf) -> None:
    """Add cases together: what adding each of them would add. None of them is added besides."""
    tally.more.update(one.more)
    for code, days in one.took.items():
        tally.lasted_each(code, days, ended=True)
    if one.open_since:
        ages = [(as_of.at - since) // DAY for since in one.open_since]
        tally.lasted_each("age", ages, ended=True)
    for side, (asked_at, until) in one.given.items():
        days = [day - day_at(at, as_of) for at, day in zip(asked_at, until, strict=True)]
        tally.lasted_each(f"given/{side}", days, ended=True)
    standing = _standing(tally, one, as_of)
    number_at = one.numbers.__getitem__
    for code, places in one.cases.items():
        if code not in standing:
            tally.cases[code].extend(map(number_at, places))
    for code, judged in standing.items():
        counted = [*one.cases.get(code, ()), *judged]
        behind = dict.fromkeys(counted)
        tally.cases[code].extend(map(number_at, behind))
        tally.more[code] += len(counted) - len(behind)
    tally.sums.append(one.across)


def _standing(tally: Tally, one: CasesSum, as_of: AsOf) -> Mapping[str, Sequence[int]]:
    """Add how long the steps took that are judged now; return the places behind how they stand."""
    standing = defaultdict[str, list[int]](list)
    today = day_at(as_of.at, as_of)
    for name, due, places, since in one.open:
        late = bisect_left(due, today)
        if late:
            standing[f"steps/{name}/open-late"] += places[:late]
        if late < len(due):
            standing[f"steps/{name}/open"] += places[late:]
        days = [(as_of.at - at) // DAY for at in since]
        tally.lasted_each(f"days/{name}", days, ended=False)
    for name, due, places, met_at in one.near:
        for day, place, at in zip(due, places, met_at, strict=True):
            how = "met-late" if day_at(at, as_of) > day else "met-in-time"
            standing[f"steps/{name}/{how}"].append(place)
    for place, step in one.judged:
        code, how = codes_of(step, as_of)
        standing[how].append(place)
        tally.lasted(code, days_of(step, as_of), ended=step.met_at is not None)
    return standing


def _rest_counts(rest: CaseFigures) -> Mapping[str, int]:
    """Return what is not settled of a case by each code, but for how its steps stand."""
    counts = {code: count for code, count in rest.counts.items() if count}
    codes = [f"given/{given.side}" for given in rest.given]
    codes += [f"days/{name_of(step)}" for step in rest.steps]
    codes += ["age"] if rest.open_since is not None else []
    for code in codes:
        counts[code] = counts.get(code, 0) + 1
    return counts


def _kind(step: Waited) -> str:
    """Return how a step is summed: by its day where it has one, and began at an instant."""
    is_dated = step.due_on is not None and "T" not in step.due_on
    if not is_dated or step.ended_at is not None:
        return "judged"
    if step.since_on is not None or step.met_on is not None:
        return "judged"
    return "open" if step.met_at is None else "near"


def _dated(steps: Iterable[tuple[int, Waited]]) -> Iterator[DatedSteps]:
    found = defaultdict[str, list[tuple[int, int, int]]](list)
    for place, step in steps:
        at = step.since if step.met_at is None else step.met_at
        found[name_of(step)].append((day_number(str(step.due_on)), place, at))
    for name, each in found.items():
        yield DatedSteps(name, *zip(*sorted(each), strict=True))


def _given(rests: Iterable[CaseFigures]) -> Mapping[str, tuple[list[int], list[int]]]:
    sides: dict[str, tuple[list[int], list[int]]] = {}
    for rest in rests:
        for side, asked_at, until in rest.given:
            asked, days = sides.setdefault(side, ([], []))
            asked.append(asked_at)
            days.append(day_number(until))
    return sides


_OCTETS = bytes.fromhex
