"""Figures as they are told: each with its unit, its cases, and what it may not be shown without."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from answerable.core.acts import Json
from answerable.core.canonical import encode
from answerable.core.figures.across import Counted, across_cases
from answerable.core.figures.across_sum import across_sum
from answerable.core.figures.tally import Tally, Unit, quantile

FORMAT = "answerable/figures/v1"
CSV_HEAD = "code,unit,value,cases"

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


OF_CLOCKS = ("steps", "days")
"""The families of which there are figures for each clock."""
UNCONFIRMED = "unconfirmed/"
"""What stands before a clock's name where nobody confirmed its period."""


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


def clock_of(code: str) -> str:
    """Return the clock whose steps or days a figure counts, "" where it counts none."""
    family, _, rest = code.partition("/")
    return rest.rpartition("/")[0].removeprefix(UNCONFIRMED) if family in OF_CLOCKS else ""


def figures_of(tally: Tally) -> list[Figure]:
    """Return every figure of what was counted."""
    return list(figures_in(tally))


def figures_in(tally: Tally) -> Iterator[Figure]:
    """Yield every figure of what was counted: with their cases they may be more than memory."""
    across = across_cases([*tally.sums, across_sum(tally.across.items())])
    for code, unit in _UNITS.items():
        yield _counted(tally, across.get(code), code, unit)
    others = sorted(code for code in tally.counts if code not in _UNITS)
    for family, unit in _FAMILIES.items():
        for code in others:
            if code.partition("/")[0] == family:
                yield _counted(tally, None, code, unit)
    for code in sorted(tally.days):
        yield from _days(tally, code)


def file_of(at: str, figures: Iterable[Figure], stated: Mapping[str, int]) -> Iterator[bytes]:
    """Yield the file of a register's figures, piece by piece: canonical JSON and a line feed."""
    yield b'{"at":' + encode(at) + b',"figures":['
    for place, one in enumerate(figures):
        yield (b"," if place else b"") + encode(one.json())
    told = [{"code": code, "value": value} for code, value in sorted(stated.items())]
    yield b'],"format":' + encode(FORMAT) + b',"stated":' + encode(told) + b"}\n"


def _counted(tally: Tally, across: Counted | None, code: str, unit: Unit) -> Figure:
    if across is not None:
        return Figure(code, unit, across.value, across.cases)
    return Figure(code, unit, tally.counts[code], tuple(sorted(tally.cases.get(code, ()))))


def _days(tally: Tally, code: str) -> Iterator[Figure]:
    cases = tuple(sorted(tally.cases[code]))
    days = tally.days[code]
    yield Figure(f"{code}/median", Unit.DAYS, quantile(days, HALF), cases)
    yield Figure(f"{code}/ninety-percent", Unit.DAYS, quantile(days, NINE_TENTHS), cases)


def csv_of(figures: Iterable[Figure]) -> str:
    """Return the figures as a table: code, unit, value, number of cases (RFC 4180)."""
    return "\r\n".join([CSV_HEAD, *map(csv_row, figures)]) + "\r\n"


def csv_row(one: Figure) -> str:
    """Return the row of a figure, without its end."""
    value = "" if one.value is None else one.value
    return f"{one.code},{one.unit},{value},{len(one.cases)}"
