"""Figures over several cases: the incidents that they report, and what is reported again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from answerable.core.acts import Envelope, Json
from answerable.core.case.acts.links import linked_cases
from answerable.core.case.now import CaseNow
from answerable.core.figures.across_sum import AcrossSum
from answerable.core.figures.described import Described
from answerable.core.figures.remedies import FOUND


class Counted(NamedTuple):
    """How many there are over all cases, and which cases are behind them."""

    value: int
    cases: tuple[str, ...]


def contribution(
    acts: Sequence[Envelope], case: CaseNow, each: Mapping[int, Described]
) -> dict[str, Json]:
    """Return what figures over several cases need of one; what says nothing is left out.

    ``alleges`` is there where it has an allegation: a concern or a request alone is no incident.
    ``links`` are the cases linked to it, ``lodged`` when it was, ``told`` the codes of each
    allegation that has any, ``found`` those of each that was found to have happened, with when.
    """
    links: list[Json] = [*sorted(linked_cases(acts))]
    told: list[Json] = [[*one] for one in each.values() if any(one)]
    at = {act.sequence: act.at for act in acts}
    found: list[Json] = [
        [at.get(one.finding, acts[0].at), *each[number]]
        for number, one in case.allegations.items()
        if one.finding and not one.reopened and one.outcome in FOUND and any(each[number])
    ]
    lodged = acts[0].at if told else None
    parts: dict[str, Json] = {
        "alleges": bool(case.allegations),
        "found": found,
        "links": links,
        "lodged": lodged,
        "told": told,
    }
    return {name: part for name, part in parts.items() if part}


def across_cases(sums: Sequence[AcrossSum]) -> dict[str, Counted]:
    """Return the figures over these cases, by their codes."""
    incidents = list(_incidents(sums))
    return {
        "incidents": _counted(incidents),
        "incidents/several-reports": _counted([one for one in incidents if len(one) > 1]),
        "repeats/kind-and-place": _repeats(sums, "kind-and-place"),
        "repeats/accused": _repeats(sums, "accused"),
    }


def _counted(incidents: Sequence[Sequence[str]]) -> Counted:
    return Counted(len(incidents), tuple(sorted(case for one in incidents for case in one)))


def _incidents(sums: Iterable[AcrossSum]) -> Iterator[Sequence[str]]:
    """Yield the cases of each incident: what links join, however many steps lie between."""
    joined = _joined(sums)
    alleging = [one.numbers[place] for one in sums for place in one.alleging]
    # Most cases are linked with none.
    yield from ((number,) for number in alleging if number not in joined)
    seen, alleges = set[str](), set(alleging)
    for number in joined:
        incident = _joined_with(number, joined, seen)
        if any(case in alleges for case in incident):
            yield incident


def _joined(sums: Iterable[AcrossSum]) -> Mapping[str, set[str]]:
    """Return the cases that links join with each case that has any."""
    links = [(one.numbers[at], others) for one in sums for at, others in one.links.items()]
    counted = {number for one in sums for number in one.numbers} if links else frozenset[str]()
    joined: dict[str, set[str]] = defaultdict(set)
    for number, others in links:
        # One case counts as linked where either says so; a case that is not counted joins nothing.
        for other in counted.intersection(others):
            joined[number].add(other)
            joined[other].add(number)
    return joined


def _joined_with(number: str, joined: Mapping[str, set[str]], seen: set[str]) -> list[str]:
    """Return the cases that links join with one, and none of those that were seen."""
    incident, reached = list[str](), [number]
    while reached:
        case = reached.pop()
        if case not in seen:
            seen.add(case)
            incident.append(case)
            reached += joined.get(case, ())
    return incident


def _repeats(sums: Iterable[AcrossSum], likeness: str) -> Counted:
    """Count the allegations lodged after the like of them was found to have happened."""
    first: dict[str, int] = {}
    for one in sums:
        for key, at in one.found[likeness].items():
            first[key] = min(at, first.get(key, at))
    again = Counter[str]()
    for one in sums:
        told = one.told[likeness]
        for key in told.keys() & first.keys():
            found_at = first[key]
            for place in told[key]:
                if found_at < one.lodged[place]:
                    again[one.numbers[place]] += 1
    return Counted(again.total(), tuple(sorted(again)))
