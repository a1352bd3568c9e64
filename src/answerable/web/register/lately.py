"""The last acts by what they are, and the last answers by who gave them: what feeds are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappush, heappushpop

from answerable.core.register.shown import ShownCase
from answerable.core.seats import COMPLAINANT

MOST = 50
ANSWERS = frozenset(
    (
        *("account-given", "disposition-given", "outcome-given", "finding-issued"),
        *("not-accepted", "contest-decided"),
    )
)
"""The acts by which somebody answers: of these, the feed of a body is made."""

Last = tuple[int, str, int]
"""When an act was, the number of its case, and its own."""


@dataclass(slots=True)
class Gathered:
    """The last acts of each kind, while the cases are gathered."""

    _found: dict[str, list[Last]] = field(default_factory=dict)

    def add(self, case: ShownCase) -> None:
        for act in case.envelopes:
            one = (act.at, case.number, act.sequence)
            self._take(f"act/{act.act}", one)
            if act.act in ANSWERS and act.by.party and act.by.seat != COMPLAINANT:
                self._take(f"body/{act.by.party}", one)

    def told(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return them as plain data, the newest first."""
        return {
            of: [(number, sequence) for _, number, sequence in sorted(found, reverse=True)]
            for of, found in sorted(self._found.items())
        }

    def _take(self, of: str, one: Last) -> None:
        found = self._found.setdefault(of, [])
        if len(found) < MOST:
            heappush(found, one)
        else:
            heappushpop(found, one)


@dataclass(frozen=True, slots=True)
class Lately:
    """The last acts of each kind, by the number of their case and their own, the newest first."""

    _found: Mapping[str, Sequence[tuple[str, int]]]

    def values(self, name: str) -> Sequence[str]:
        """Return the acts that there are, or the bodies that answered."""
        return [of.partition("/")[2] for of in self._found if of.startswith(f"{name}/")]

    def of(self, name: str, value: str) -> Sequence[tuple[str, int]]:
        return self._found.get(f"{name}/{value}", ())
