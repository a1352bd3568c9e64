"""The accounts of a register: every entry and every number is shown, or counted as not shown."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from answerable.core.acts import Envelope, Json
from answerable.core.case.acts.table import case_after
from answerable.core.case.standings import summary_of

CLAIMS = {"danger-claimed": "danger-claims", "reprisal-reported": "reprisals"}
"""Acts that no case shows: how many there were is told in sum, by whole weeks."""


class Seen(NamedTuple):
    """An entry with an act in it: where it is, when it was, and whether its act is shown."""

    position: int
    at: int
    is_shown: bool
    act: str


@dataclass(frozen=True, slots=True)
class Weeks:
    """Which week an instant falls in, as 2026-W47, and which week is not over yet."""

    day_of: Callable[[int], date]
    now: int

    def of(self, at: int) -> str:
        year, week, _ = self.day_of(at).isocalendar()
        return f"{year:04d}-W{week:02d}"

    @property
    def current(self) -> str:
        return self.of(self.now)

    def is_over(self, at: int) -> bool:
        return self.of(at) < self.current


def without_act(seen: Iterable[Seen], size: int) -> list[int]:
    """Return the positions of the entries that no act explains: padding."""
    has_act = bytearray(size)
    for one in seen:
        has_act[one.position] = 1
    return [position for position, has in enumerate(has_act) if not has]


def weeks_told(seen: Iterable[Seen], padding: Iterable[int], weeks: Weeks) -> list[Json]:
    """Return for each week how its entries are explained. Every entry is in one week.

    ``padding`` are the instants of the entries that no act explains.

    What is not shown is told apart as protected and padding only once its week is over, so that
    the ledger's minute does not undo the week.
    """
    acts, shown = Counter[str](), Counter[str]()
    padded = Counter(map(weeks.of, padding))
    for one in seen:
        week = weeks.of(one.at)
        acts[week] += 1
        shown[week] += one.is_shown
    return [
        {
            "week": week,
            "entries": acts[week] + padded[week],
            "explained": shown[week],
            "protected": acts[week] - shown[week] if week < weeks.current else None,
            "padding": padded[week] if week < weeks.current else None,
        }
        for week in sorted({*acts, *padded})
    ]


def claims_told(seen: Iterable[Seen], weeks: Weeks) -> dict[str, Json]:
    """Return how many claims that no case shows were made in the weeks that are over."""
    counts = Counter(CLAIMS[one.act] for one in seen if one.act in CLAIMS and weeks.is_over(one.at))
    return {name: counts[name] for name in sorted(CLAIMS.values())}


def allegations_in(first: Envelope) -> int:
    """Return how many allegations the act holds with which a case begins."""
    count = first.facts.get("allegations")
    return count if type(count) is int else len(first.allegations)


def silhouette_of(acts: Sequence[Envelope], weeks: Weeks) -> dict[str, Json] | None:
    """Return what the register says of a case that it does not show, None in its first week.

    Whose turn it is, is told as the last whole week left it.
    """
    past = [act for act in acts if weeks.is_over(act.at)]
    if not past:
        return None
    case = None
    for act in past:
        case = case_after(case, act)
    facts = acts[0].facts
    holds = [name for name in ("allegations", "concerns", "requests") if facts.get(name)]
    return {
        "week": weeks.of(acts[0].at),
        "class": "-".join(holds) or "allegations",
        "allegations": allegations_in(acts[0]),
        "turn": None if case is None else summary_of(case)[1],
    }


def silhouettes_told(cases: Iterable[Sequence[Envelope]], weeks: Weeks) -> list[Json]:
    """Return the silhouettes in an order that tells nothing."""
    found = [one for acts in cases if (one := silhouette_of(acts, weeks)) is not None]
    return [*sorted(found, key=lambda one: [str(one[name]) for name in sorted(one)])]


def numbers_told(
    years: Mapping[int, int], listed: Mapping[int, int], void: Mapping[int, Sequence[str]]
) -> list[Json]:
    """Return for each year its last serial, the void numbers, and how many are not shown."""
    return [
        {
            "year": year,
            "last": last,
            "listed": listed.get(year, 0),
            "void": list(void.get(year, ())),
            "not_listed": last - listed.get(year, 0) - len(void.get(year, ())),
        }
        for year, last in sorted(years.items())
    ]
