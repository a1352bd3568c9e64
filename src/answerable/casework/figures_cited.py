"""Runs the figures that a contribution cites: told once, of one reading of the register."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from answerable.casework.ports import ActOnFile
from answerable.casework.reading import Reading
from answerable.casework.tell_figures import FiguresTold
from answerable.core.acts import Json
from answerable.core.proceeding.cited_figures import (
    FIGURES_TOLD,
    FiguresThen,
    figures_in,
    figures_then,
)


@dataclass(frozen=True, slots=True)
class CitedFigures:
    """Tells cited figures as they are, and reads what acts recorded of them."""

    reading: Reading
    tell: Callable[[], FiguresTold]

    def now(self, codes: Iterable[str]) -> FiguresThen:
        """Return those of the register's figures that are cited; without a code none is told."""
        wanted = [*codes]
        if not wanted:
            return FiguresThen()
        told = self.tell()
        then = figures_then(told.figures, wanted, told.as_of, told.size)
        return then.with_windows(told.windows)

    def recorded(self, act: ActOnFile) -> FiguresThen:
        """Return what an act recorded of the figures that it is about."""
        return recorded_in(self.reading.said(act))


def recorded_in(said: Mapping[str, Json]) -> FiguresThen:
    return figures_in(said.get(FIGURES_TOLD))


def codes_in(said: Mapping[str, Json]) -> list[str]:
    """Return the codes of figures that an act cites."""
    value = said.get("figures")
    return [str(one) for one in value] if isinstance(value, list) else []
