"""Figures of the register that a contribution cites by code, as they were told at a moment."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from answerable.core.acts import Json
from answerable.core.figures.criteria import is_few
from answerable.core.figures.told import Figure, clock_of

FIGURES_TOLD = "figures-told"
"""The path of the content that says what cited figures were when an act was done."""


@dataclass(frozen=True, slots=True)
class FigureThen:
    """A figure as it was told: None where it could not be, or where ``few`` are not told apart.

    ``window`` says that it counts steps which nobody owes.
    """

    unit: str
    value: int | None
    few: bool = False
    window: bool = False

    def json(self) -> dict[str, Json]:
        flags = {"few": self.few, "window": self.window}
        told: dict[str, Json] = {name: True for name, is_so in flags.items() if is_so}
        return {**told, "unit": self.unit, "value": self.value}


@dataclass(frozen=True, slots=True)
class FiguresThen:
    """Cited figures by their codes, told at one instant of the acts before one end of the ledger.

    A code that is not there is of a figure that the register did not have then.
    """

    at: int = 0
    size: int = 0
    figures: Mapping[str, FigureThen] = field(default_factory=dict)

    def values(self) -> dict[str, int]:
        """Return the figures that have a value that is told."""
        told = {code: one.value for code, one in self.figures.items()}
        return {code: value for code, value in told.items() if value is not None}

    def with_windows(self, windows: AbstractSet[str]) -> "FiguresThen":
        """Return the same figures, where they are of clocks that are windows marked as such."""
        figures = {
            code: replace(one, window=clock_of(code) in windows)
            for code, one in self.figures.items()
        }
        return replace(self, figures=figures)

    def json(self) -> dict[str, Json]:
        figures: dict[str, Json] = {code: one.json() for code, one in self.figures.items()}
        return {"at": self.at, "figures": figures, "size": self.size}


def figures_then(told: Iterable[Figure], codes: Iterable[str], at: int, size: int) -> FiguresThen:
    """Return those figures of the register whose codes are cited."""
    known, found = {one.code: one for one in told}, dict[str, FigureThen]()
    for code in dict.fromkeys(codes):
        figure = known.get(code)
        if figure is not None:
            few = is_few(code, figure.value)
            found[code] = FigureThen(str(figure.unit), None if few else figure.value, few)
    return FiguresThen(at, size, found)


def figures_in(value: Any) -> FiguresThen:
    """Return what FiguresThen.json told; of what cannot be read, nothing."""
    if not isinstance(value, dict):
        return FiguresThen()
    figures = {
        code: FigureThen(one["unit"], one["value"], bool(one.get("few")), bool(one.get("window")))
        for code, one in value["figures"].items()
    }
    return FiguresThen(value["at"], value["size"], figures)


def beside_figure(
    code: str, then: FiguresThen, now: FiguresThen
) -> dict[str, str | int | bool | None]:
    """Return what is told of a cited figure: what it was when it was cited, and what it is now.

    Nothing where it was not looked up, as before figures were cited by their codes.
    """
    cited, current = then.figures.get(code), now.figures.get(code)
    if cited is None:
        return {}
    few = current is not None and current.few
    return {
        "cited": cited.value,
        "unit": cited.unit,
        "value": None if current is None else current.value,
        **({"few": True} if few else {}),
        **({"window": True} if cited.window else {}),
    }
