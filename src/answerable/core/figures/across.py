"""Figures over several cases: the incidents that they report, and what is reported again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.core.acts import Envelope, Json
from answerable.core.case.acts.links import linked_cases
from answerable.core.case.now import CaseNow
from answerable.core.figures.described import Described
from answerable.core.figures.remedies import FOUND

Across = Mapping[str, Json]


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


def across_cases(across: Mapping[str, Across]) -> dict[str, Counted]:
    """Return the figures over these cases, by their codes."""
    incidents = list(_incidents(across))
    return {
        "incidents": _counted(incidents),
        "incidents/several-reports": _counted([one for one in incidents if len(one) > 1]),
        "repeats/kind-and-place": _repeats(across, _kind_and_place),
        "repeats/accused": _repeats(across, _accused),
    }


def _counted(incidents: Sequence[Sequence[str]]) -> Counted:
    return Counted(len(incidents), tuple(sorted(case for one in incidents for case in one)))


def _incidents(across: Mapping[str, Across]) -> Iterator[list[str]]:
    """Yield the cases of each incident: what links join, however many steps lie between."""
    joined: dict[str, set[str]] = defaultdict(set)
    for number, one in across.items():
        # One case counts as linked where either says so; a case that is not counted joins nothing.
        for other in map(str, _list(one, "links")):
            if other in across:
                joined[number].add(other)
                joined[other].add(number)
    seen: set[str] = set()
    for number in across:
        # Most cases are linked with none.
        incident = _joined_with(number, joined, seen) if number in joined else [number]
        if any(across[case].get("alleges") for case in incident):
            yield incident


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


Key = tuple[str, ...]
KeyOf = Callable[[str | None, str | None, str | None], Key | None]
"""Takes the codes of an allegation, in the order of Described."""


def _kind_and_place(kind: str | None, place: str | None, _: str | None) -> Key | None:
    return None if kind is None or place is None else (kind, place)


def _accused(_kind: str | None, _place: str | None, accused: str | None) -> Key | None:
    return None if accused is None else (accused,)


def _repeats(across: Mapping[str, Across], key_of: KeyOf) -> Counted:
    """Count the allegations lodged after the like of them was found to have happened."""
    first: dict[Key, int] = {}
    for one in across.values():
        for at, *codes in _list(one, "found"):
            key = key_of(*codes)
            if key is not None:
                first[key] = min(at, first.get(key, at))
    again: dict[str, int] = {}
    for number, one in across.items():
        keys = [key_of(*codes) for codes in _list(one, "told")]
        lodged: Any = one.get("lodged")
        count = sum(key in first and first[key] < lodged for key in keys if key is not None)
        if count:
            again[number] = count
    return Counted(sum(again.values()), tuple(sorted(again)))


def _list(one: Across, name: str) -> list[Any]:
    value = one.get(name)
    return value if isinstance(value, list) else []
