"""Figures in words: each under its question, with its definition and the number of its cases."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from answerable.cli.surface import Surface

if TYPE_CHECKING:
    from answerable.core.figures.told import Figure

OF_CLOCKS = ("steps", "days")
OF_CODES = ("kind", "place", "accused", "channel", "language")
"""The families of which there is a figure for each code: a definition names what the code means."""
UNCONFIRMED = "unconfirmed/"
NOT_TOLD = "not-told"
_WORDS = {"accused": "accused", "channel": "came", "language": "tongue"}


def lines_by_criterion(surface: Surface, figures: "Iterable[Figure]") -> Iterator[str]:
    """Yield every figure under its question, and what is not collected there."""
    from answerable.core.figures.criteria import CRITERIA, criterion_of  # noqa: PLC0415 - loaded where it is used

    found = list(figures)
    for criterion in CRITERIA:
        yield ""
        yield surface.say(f"criterion.{criterion}")
        yield from (line(surface, one) for one in found if criterion_of(one.code) == criterion)
        yield surface.say(f"criterion-note.{criterion}")


def line(surface: Surface, figure: "Figure") -> str:
    """Return a figure as a sentence."""
    from answerable.core.figures.criteria import is_few  # noqa: PLC0415 - loaded where it is used

    key, code, is_apart = definition_of(figure.code)
    facts = {} if not code else {_name(figure.code): _word(surface, figure.code, code)}
    sentence = "figures.line-unknown" if figure.value is None else "figures.line"
    return surface.say(
        "figures.line-few" if is_few(figure.code, figure.value) else sentence,
        value=figure.value,
        unit=surface.say(f"unit.{figure.unit}"),
        definition=surface.say(f"figure.{key}", **facts),
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
        definition = surface.say(f"figure.{_key(code)}")
        yield surface.say("figures.stated-line", value=value, definition=definition)


def definition_of(code: str) -> tuple[str, str, bool]:
    """Return the key of a figure's definition, the code in it, and whether a period is in doubt."""
    family, _, rest = code.partition("/")
    if family in OF_CODES and rest != NOT_TOLD:
        return family, rest, False
    if family not in OF_CLOCKS:
        return _key(code), "", False
    clock, _, way = rest.rpartition("/")
    return f"{family}-{way}", clock.removeprefix(UNCONFIRMED), clock.startswith(UNCONFIRMED)


def _name(code: str) -> str:
    return "clock" if code.partition("/")[0] in OF_CLOCKS else "what"


def _word(surface: Surface, of_figure: str, code: str) -> str:
    family = of_figure.partition("/")[0]
    if family in OF_CLOCKS:
        return surface.catalogue.word("owed", code)
    if family == "kind":
        return _kind(surface, code)
    if family == "place":
        names = surface.offline.place_names(code)
        return names.get(surface.manner.language) or next(iter(names.values()), code)
    return surface.catalogue.word(_WORDS[family], code)


def _kind(surface: Surface, code: str) -> str:
    from answerable.core.case.kinds import KINDS  # noqa: PLC0415 - loaded where it is used
    from answerable.core.case.vocabulary import OTHER  # noqa: PLC0415 - as above

    labels = (one.label(surface.manner.language) for one in KINDS if one.code == code)
    return next(labels, code if code != OTHER else surface.say("figures.other-kind"))


def _key(code: str) -> str:
    return code.replace("/", "-")
