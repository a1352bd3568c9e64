"""What is kept of several cases together: the sum of what is kept of each.

It leaves protected numbers out as they were when it was made. Numbers are not acts: it is for who
tells figures to see whether the sum still holds.
"""

from collections.abc import Iterable
from typing import NamedTuple

from answerable.core.canonical import encode
from answerable.core.figures.settling import Settled
from answerable.core.figures.summing import CasesSum, sum_in, sum_of
from answerable.core.register.kept_figures import KeptFigures, read
from answerable.core.register.protected import Protected, is_protected, year_and_serial


class KeptSum(NamedTuple):
    """What cases give to the figures together.

    ``told`` are those that are told one by one. ``left_out`` are the numbers of those that would
    be, were they not protected. ``hidden`` has when each of all others was lodged, and its number
    of allegations. ``claims`` are those that no case shows, each with its instant.
    """

    told: CasesSum
    left_out: tuple[str, ...]
    hidden: tuple[tuple[int, int], ...]
    claims: tuple[tuple[str, int], ...]

    def holds(self, protected: Protected) -> bool:
        """Whether it leaves out what is protected now, and nothing else."""
        return all(is_protected(number, protected) for number in self.left_out) and not any(
            is_protected(number, protected) for number in self.told.numbers
        )

    def numbers_left_out(self) -> Protected:
        """Return what was protected of its cases when it was made."""
        return frozenset(map(year_and_serial, self.left_out))

    def text(self) -> str:
        value = {
            "claims": self.claims,
            "hidden": self.hidden,
            "left_out": self.left_out,
            "told": self.told.json(),
        }
        return encode(value).decode()


def kept_sum(cases: Iterable[KeptFigures], protected: Protected) -> KeptSum:
    """Return the sum of what is kept of cases."""
    told, claims = list[Settled](), list[tuple[str, int]]()
    left_out, hidden = list[str](), list[tuple[int, int]]()
    for case in cases:
        claims += case.claims
        is_left_out = is_protected(case.number, protected)
        if case.shown is not None and not is_left_out:
            told.append(case.shown)
            continue
        hidden.append((case.first_at, case.allegations))
        if case.shown is not None:
            left_out.append(case.number)
    return KeptSum(sum_of(told), tuple(left_out), tuple(hidden), tuple(claims))


def kept_sum_of(text: str) -> KeptSum:
    """Return what KeptSum.text wrote."""
    value = read(text)
    return KeptSum(
        sum_in(value["told"]),
        tuple(value["left_out"]),
        tuple([(first_at, allegations) for first_at, allegations in value["hidden"]]),
        tuple([(act, at) for act, at in value["claims"]]),
    )
