"""What was counted of cases so far: counts, the cases behind each, and days that steps took."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import repeat

from answerable.core.acts import Json
from answerable.core.figures.across_sum import AcrossSum, across_sum


class Unit(StrEnum):
    """What a figure counts. A list of cases is behind each; days are of steps."""

    SUBMISSIONS = "submissions"
    ALLEGATIONS = "allegations"
    INCIDENTS = "incidents"
    MATTERS = "matters"
    STEPS = "steps"
    ACTS = "acts"
    DAYS = "days"


Days = Counter[tuple[int, bool]]
"""How many steps took so many days; those that are open still are told apart, and never left."""


@dataclass(slots=True)
class Tally:
    """Counts of cases. Tallies of different cases are joined by adding them.

    ``cases`` are those behind each code, and ``more`` what it counts beyond one of each of them.
    ``across`` has what each case says to figures over several (across.py), by its number, and
    ``sums`` what others say together.
    """

    more: Counter[str] = field(default_factory=Counter)
    cases: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    days: dict[str, Days] = field(default_factory=lambda: defaultdict(Counter))
    across: dict[str, Mapping[str, Json]] = field(default_factory=dict)
    sums: list[AcrossSum] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How much there is of each code."""
        return Counter({code: len(cases) + self.more[code] for code, cases in self.cases.items()})

    def add(self, code: str, case: str, count: int = 1) -> None:
        """Count something of a case. All of one case is counted before the next."""
        self.add_each({code: count}, case)

    def add_each(self, counts: Mapping[str, int], case: str) -> None:
        """Count several things of a case, each by its code."""
        # Of a hundred thousand cases these are some millions, and most count one.
        cases, more = self.cases, self.more
        for code, count in counts.items():
            behind = cases[code]
            if count == 1 and (not behind or behind[-1] != case):
                behind.append(case)
            elif count:
                is_first = not behind or behind[-1] != case
                if is_first:
                    behind.append(case)
                more[code] += count - is_first

    def lasted(self, code: str, days: int, *, ended: bool) -> None:
        """Count how long something took that is counted by its code besides."""
        self.days[code][max(days, 0), ended] += 1

    def lasted_each(self, code: str, days: Iterable[int], *, ended: bool) -> None:
        """Count how long each of several things took, as lasted does; at least one."""
        self.days[code].update(zip([max(day, 0) for day in days], repeat(ended)))

    def settle_across(self) -> None:
        """Keep of what cases say to figures over several their sum: it takes a fraction of it."""
        self.sums.append(across_sum(self.across.items()))
        self.across = {}


def quantile(days: Mapping[tuple[int, bool], int], part: Fraction) -> int | None:
    """Return in how many days this part of the steps ends; None where too many are open still.

    Kaplan and Meier's estimate (1958): a step that is open after n days counts among those that
    took at least n, so that leaving late answers out never makes a mechanism look quick.
    """
    at_risk = sum(days.values())
    open_still = Fraction(1)
    ended, left = Counter[int](), Counter[int]()
    for (day, is_ended), count in days.items():
        (ended if is_ended else left)[day] += count
    for day in sorted({*ended, *left}):
        if ended[day]:
            open_still *= Fraction(at_risk - ended[day], at_risk)
            if open_still <= 1 - part:
                return day
        at_risk -= ended[day] + left[day]
    return None
