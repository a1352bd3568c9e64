"""Figures in words: each under its question, with its definition and the number of its cases."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from answerable.cli.surface import Surface

if TYPE_CHECKING:
    from answerable.core.figures.told import Figure


def lines_by_criterion(
    surface: Surface, figures: "Iterable[Figure]", windows: AbstractSet[str]
) -> Iterator[str]:
    """Yield every figure under its question, and what is not collected there."""
    from answerable.core.figures.criteria import CRITERIA, criterion_of  # noqa: PLC0415 - loaded where it is used

    found = list(figures)
    for criterion in CRITERIA:
        yield ""
        yield surface.say(f"criterion.{criterion}")
        yield from (
            line(surface, one, windows) for one in found if criterion_of(one.code) == criterion
        )
        yield surface.say(f"criterion-note.{criterion}")


def line(surface: Surface, figure: "Figure", windows: AbstractSet[str] = frozenset()) -> str:
    """Return a figure as a sentence; ``windows`` are the clocks of which nobody is late."""
    from answerable.core.figures.criteria import is_few  # noqa: PLC0415 - loaded where it is used
    from answerable.locale.figure_words import defined  # noqa: PLC0415 - as above

    definition, is_apart = defined(
        surface.catalogue, figure.code, surface.offline.place_names, windows=windows
    )
    sentence = "figures.line-unknown" if figure.value is None else "figures.line"
    return surface.say(
        "figures.line-few" if is_few(figure.code, figure.value) else sentence,
        value=figure.value,
        unit=surface.say(f"unit.{figure.unit}"),
        definition=definition,
        apart=surface.say("figures.apart") if is_apart else None,
        code=figure.code,
        cases=len(figure.cases),
    )


def stated_lines(surface: Surface, stated: Mapping[str, int]) -> Iterator[str]:
    """Yield the figures that the mechanism states, where there are any."""
    if stated:
        yield ""
        yield surface.say("figures.stated")
    for code, value in stated.items():
        definition = surface.say(f"figure.{code.replace('/', '-')}")
        yield surface.say("figures.stated-line", value=value, definition=definition)
