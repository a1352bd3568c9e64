"""What a benchmark tells: one row for each figure, beside its limit from the same run."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

MIN_RUNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure: the median of its runs, what it must be, and what this machine allows at most.

    ``limit`` is measured in the same run and in the same unit; ``of`` says what it counts.
    """

    figure: str
    unit: str
    runs: tuple[float, ...] = ()
    must: float | None = None
    aim: float | None = None
    more_is_better: bool = False
    limit: float | None = None
    of: str = ""
    note: str = ""

    @property
    def value(self) -> float | None:
        return median(self.runs) if self.runs else None

    @property
    def verdict(self) -> str:
        if self.value is None or self.must is None:
            return ""
        if self._reaches(self.aim):
            return "aim"
        return "must" if self._reaches(self.must) else "missed"

    @property
    def ratio(self) -> float | None:
        """Which part of the limit is reached; for times, how many times the limit it takes."""
        return None if self.value is None or not self.limit else self.value / self.limit

    def _reaches(self, bound: float | None) -> bool:
        if self.value is None or bound is None:
            return False
        return self.value >= bound if self.more_is_better else self.value <= bound

    def json(self) -> dict[str, object]:
        return {
            **asdict(self),
            "value": self.value,
            "ratio_to_limit": self.ratio,
            "verdict": self.verdict,
        }


def repeated(runs: int, run: Callable[[], float]) -> list[float]:
    """Run once to warm up, then at least MIN_RUNS times, and return the measured values."""
    run()
    return [run() for _ in range(max(runs, MIN_RUNS))]


def table(rows: Sequence[Row]) -> str:
    head = ("figure", "median", "lowest", "highest", "must", "aim", "", "limit", "of it", "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    return "\n".join("  ".join(map(_padded, line, widths)).rstrip() for line in lines)


def _padded(cell: str, width: int) -> str:
    return cell.rjust(width) if cell[:1].isdigit() else cell.ljust(width)


def _cells(row: Row) -> tuple[str, ...]:
    lowest, highest = (min(row.runs), max(row.runs)) if row.runs else (None, None)
    return (
        f"{row.figure}, {row.unit}",
        number(row.value) or "not there",
        number(lowest),
        number(highest),
        number(row.must),
        number(row.aim),
        row.verdict,
        number(row.limit),
        "" if row.ratio is None else f"{row.ratio:.2f}",
        "; ".join(filter(None, (row.of, row.note))),
    )


def number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits
