"""What a figure counts, in words: its definition, with the code in it called by its name."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from answerable.core.case.kinds import KINDS
from answerable.core.case.vocabulary import OTHER
from answerable.core.figures.told import OF_CLOCKS, UNCONFIRMED, clock_of
from answerable.locale.catalogue import Catalogue

OF_CODES = ("kind", "place", "accused", "channel", "language")
"""The families of which there is a figure for each code: a definition names what the code means."""
NOT_TOLD = "not-told"
_WORDS = {"accused": "accused", "channel": "came", "language": "tongue"}

PlaceNames = Callable[[str], Mapping[str, str]]
"""The names of a place, by language."""
ClockName = Callable[[str], str]


class Defined(NamedTuple):
    """What a figure counts, and whether its period is in doubt."""

    definition: str
    is_apart: bool


def defined(
    words: Catalogue,
    code: str,
    place_names: PlaceNames,
    *,
    windows: AbstractSet[str],
    clock_name: ClockName | None = None,
) -> Defined:
    """Return what the figure of a code counts, as a sentence.

    ``windows`` are the clocks of which, by the rules, nobody is late with anything. ``clock_name``
    gives what a clock is called where there are rules that name it.
    """
    key, of, is_apart = definition_of(code, windows)
    if of and _name(code) == "clock" and clock_name is not None:
        facts = {"clock": clock_name(of)}
    else:
        facts = {} if not of else {_name(code): _word(words, code, of, place_names)}
    return Defined(words.say(f"figure.{key}", **facts), is_apart)


def definition_of(code: str, windows: AbstractSet[str] = frozenset()) -> tuple[str, str, bool]:
    """Return the key of a figure's definition, the code in it, and whether a period is in doubt."""
    family, _, rest = code.partition("/")
    if family in OF_CODES and rest != NOT_TOLD:
        return family, rest, False
    if family not in OF_CLOCKS:
        return _key(code), "", False
    way, clock, is_apart = rest.rpartition("/")[2], clock_of(code), rest.startswith(UNCONFIRMED)
    if family == "steps" and clock in windows:
        return f"window-{way}", "", is_apart
    return f"{family}-{way}", clock, is_apart


def _name(code: str) -> str:
    return "clock" if code.partition("/")[0] in OF_CLOCKS else "what"


def _word(words: Catalogue, of_figure: str, code: str, place_names: PlaceNames) -> str:
    family = of_figure.partition("/")[0]
    if family in OF_CLOCKS:
        return words.word("owed", code)
    if family == "kind":
        return kind_word(words, code)
    if family == "place":
        names = place_names(code)
        return names.get(words.language) or next(iter(names.values()), code)
    return words.word(_WORDS[family], code)


def kind_word(words: Catalogue, code: str) -> str:
    """Return what a kind of alleged act is called, or the code where no kind here has it."""
    labels = (one.label(words.language) for one in KINDS if one.code == code)
    return next(labels, code if code != OTHER else words.say("figures.other-kind"))


def _key(code: str) -> str:
    return code.replace("/", "-")
