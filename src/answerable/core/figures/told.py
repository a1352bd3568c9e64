"""Figures as they are told: each with its unit, its cases, and what it may not be shown without."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from answerable.core.acts import Json
from answerable.core.figures.across import Counted, across_cases
from answerable.core.figures.across_sum import across_sum
from answerable.core.figures.tally import Tally, Unit, quantile

FORMAT = "answerable/figures/v1"

HALF, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)

OUTCOMES = (
    *("happened", "happened-in-part", "not-established", "did-not-happen"),
    *("not-examined", "outside", "agreed", "withdrawn", "no-answer"),
)
"""Every way in which an allegation may stand; the last is one of its own, and never left out."""

WAYS = (
    *("met-in-time", "met-late", "open-late", "open"),
    *("met-without-date", "open-without-date"),
)

_UNITS: Mapping[str, Unit] = {
    "submissions": Unit.SUBMISSIONS,
    "allegations": Unit.ALLEGATIONS,
    "incidents": Unit.INCIDENTS,
    "incidents/several-reports": Unit.INCIDENTS,
    "delivered": Unit.SUBMISSIONS,
    "acknowledged": Unit.SUBMISSIONS,
    "opened": Unit.SUBMISSIONS,
    **{f"outcome/{code}": Unit.ALLEGATIONS for code in OUTCOMES},
    "reasons/answers": Unit.ALLEGATIONS,
    "reasons/complete": Unit.ALLEGATIONS,
    "answers/delivered": Unit.ALLEGATIONS,
    "not-accepted/outside": Unit.ALLEGATIONS,
    "not-accepted/not-examined": Unit.ALLEGATIONS,
    "matters": Unit.MATTERS,
    "matters/answered": Unit.MATTERS,
    "matters/no-answer": Unit.MATTERS,
    "questions/asked": Unit.ACTS,
    "questions/answered": Unit.ACTS,
    "contests/contested": Unit.ACTS,
    "contests/decided": Unit.ACTS,
    "contests/changed": Unit.ACTS,
    "actions/promised": Unit.ACTS,
    "actions/done": Unit.ACTS,
    "actions/doubted": Unit.ACTS,
    "remedy/promised": Unit.ALLEGATIONS,
    "remedy/done": Unit.ALLEGATIONS,
    "remedy/doubted": Unit.ALLEGATIONS,
    "repeats/kind-and-place": Unit.ALLEGATIONS,
    "repeats/accused": Unit.ALLEGATIONS,
}
"""The figures that are always told, nought too, in their order."""

_FAMILIES: Mapping[str, Unit] = {
    "outcome": Unit.ALLEGATIONS,
    "not-accepted": Unit.ALLEGATIONS,
    "channel": Unit.SUBMISSIONS,
    "language": Unit.SUBMISSIONS,
    "kind": Unit.ALLEGATIONS,
    "place": Unit.ALLEGATIONS,
    "accused": Unit.ALLEGATIONS,
    "steps": Unit.STEPS,
}
"""The figures that are told for each code that is met, behind those that are always told."""

BESIDE_SPEED = (*(f"outcome/{code}" for code in OUTCOMES), "reasons/answers", "reasons/complete")
"""What speed is never shown without: how it was answered, and with what reasons."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and the cases behind it.

    ``value`` is None where days cannot be told, because too many steps are open still.
    """

    code: str
    unit: Unit
    value: int | None
    cases: tuple[str, ...] = ()

    def json(self) -> dict[str, Json]:
        return {
            "code": self.code,
            "unit": self.unit,
            "value": self.value,
            "cases": list(self.cases),
        }


def figures_of(tally: Tally) -> list[Figure]:
    """Return every figure of what was counted."""
    across = across_cases([*tally.sums, across_sum(tally.across.items())])
    told = [_counted(tally, across.get(code), code, unit) for code, unit in _UNITS.items()]
    others = sorted(code for code in tally.counts if code not in _UNITS)
    for family, unit in _FAMILIES.items():
        met = (code for code in others if code.partition("/")[0] == family)
        told += [_counted(tally, None, code, unit) for code in met]
    for code in sorted(tally.days):
        told += _days(tally, code)
    return told


def _counted(tally: Tally, across: Counted | None, code: str, unit: Unit) -> Figure:
    if across is not None:
        return Figure(code, unit, across.value, across.cases)
    return Figure(code, unit, tally.counts[code], tuple(sorted(tally.cases.get(code, ()))))


def _days(tally: Tally, code: str) -> Iterator[Figure]:
    cases = tuple(sorted(tally.cases[code]))
    days = tally.days[code]
    yield Figure(f"{code}/median", Unit.DAYS, quantile(days, HALF), cases)
    yield Figure(f"{code}/ninety-percent", Unit.DAYS, quantile(days, NINE_TENTHS), cases)


def csv_of(figures: list[Figure]) -> str:
    """Return the figures as a table: code, unit, value, number of cases (RFC 4180)."""
    rows = ["code,unit,value,cases"]
    for one in figures:
        value = "" if one.value is None else one.value
        rows.append(f"{one.code},{one.unit},{value},{len(one.cases)}")
    return "\r\n".join(rows) + "\r\n"
