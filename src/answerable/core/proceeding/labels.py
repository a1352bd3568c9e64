"""What a monitor calls a point: the number, letter or word with which a paragraph begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

BULLET = "bullet"
_NUMBERS = ("decimal", "word", "multi")
_SECTIONS = ("upper", "word")
_LETTERED = ("letter", "roman", "khmer")

_KHMER_DIGITS = {ord("០") + value: str(value) for value in range(10)}
_KHMER = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_DASHES = "\\-\u2013\u2014"
_D = "[0-9០-៩]"
_BULLET = re.compile(rf"[{_DASHES}•●▪■◦‣∙·*➢✓][ \t\u00a0]+(?=\S)")
_COMBINED = re.compile(rf"({_D}{{1,4}}) ?\(([a-z]{{1,4}}|[ក-អ])\)[.:)]?(?=\s|$)")
_WORD = re.compile(
    r"((?:articles?|art\.|question|q\.?|paragraphe?|para\.?|point|issue|recomm[ae]ndation|section"
    r"|chapt?[ei]t?re?|theme|thème|alinéa|មាត្រា|សំណួរ|ចំណុច|អនុសាសន៍|កថាខណ្ឌ|ប្រការ|ជំពូក)"
    r"[ \u00a0\u200b]{0,3}(?:n[°o]\.?|ទី)?[ \u00a0\u200b]{0,3}"
    rf"({_D}{{1,4}}|(?-i:[IVXLCivxlc]{{1,7}}|[Pp]remier|PREMIER|1er|1ER))"
    rf"(?: ?(?:bis|ter))?)[ \u00a0]{{0,3}}(?:[:.)៖{_DASHES}]|$)",
    re.IGNORECASE,
)
_MULTI = re.compile(rf"({_D}{{1,3}}(?:\.{_D}{{1,3}}){{1,4}})([.):]?)(?=\s|$)")
_DECIMAL = re.compile(
    rf"(?:\(({_D}{{1,4}})\)[.:]?|[§¶][ \u00a0]?({_D}{{1,4}})[.:)]?(?=\s|$)"
    rf"|({_D}{{1,4}})(?:[°º]\)?|[ \u00a0]?[{_DASHES}៖:/](?=\s|$)|\.?\)|\.-?)(?![0-9០-៩]))"
)
_LETTER = re.compile(
    r"(?:\(([a-z]{1,4}|[A-Z]|[ក-អ])\)|([a-z]|[ivx]{1,4}|[A-Z]|[IVX]{1,5}|[ក-អ])[.)])(?=\s|$)"
)
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it was read: its kind, the place it names, and where its paragraph goes on.

    ``style`` tells numberings apart (``decimal.``, ``letter()``), ``core`` is the label without
    what encloses it, ``at`` the index behind it.
    """

    style: str
    value: tuple[int, ...]
    core: str
    written: str
    at: int

    @property
    def is_bullet(self) -> bool:
        return self.style == BULLET

    @property
    def is_section(self) -> bool:
        """Whether whole sections are numbered so: their points go on counting over them."""
        return self.style.startswith(_SECTIONS)


def labels_at(line: str) -> Iterator[Label]:
    """Return what a line may begin with, the likeliest first. ``line`` has no blanks before it."""
    bullet = _BULLET.match(line)
    if bullet:
        yield Label(BULLET, (), "", bullet[0].strip(), bullet.end())
        return
    combined, word = _COMBINED.match(line), _WORD.match(line)
    if combined:
        for letter in _letters(combined[2], "()"):
            value = (_number(combined[1]), *letter.value)
            core = f"{combined[1]} ({combined[2]})"
            yield Label("combined", value, core, combined[0], combined.end())
    elif word:
        yield Label("word", (_number(word[2]),), word[1].strip(), word[0], word.end())
    else:
        yield from _plain(line)


def _plain(line: str) -> Iterator[Label]:
    multi, decimal, letter = _MULTI.match(line), _DECIMAL.match(line), _LETTER.match(line)
    if multi:
        value = tuple(map(_number, multi[1].split(".")))
        yield Label(f"multi{len(value)}{multi[2]}", value, multi[1], multi[0], multi.end())
    elif decimal:
        core = decimal[1] or decimal[2] or decimal[3]
        style = "decimal" + decimal[0].replace(core, "").strip()
        yield Label(style, (_number(core),), core, decimal[0], decimal.end())
    elif letter:
        core = letter[1] or letter[2]
        for one in _letters(core, "()" if letter[1] else letter[0][-1]):
            yield Label(one.style, one.value, core, letter[0], letter.end())


def _letters(core: str, around: str) -> Iterator[Label]:
    """Return a letter as what it may be: i is the ninth letter, and the Roman one."""
    upper = "upper" if core.isupper() else ""
    small = core.lower()
    if _ROMAN.fullmatch(small):
        style = f"{upper}-roman" if upper else "roman"
        yield Label(f"{style}{around}", (_roman(small),), core, "", 0)
    if len(core) == 1:
        alphabet = _KHMER if core in _KHMER else _LATIN
        place = alphabet.find(small) + 1
        style = "khmer" if core in _KHMER else upper or "letter"
        if place:
            yield Label(f"{style}{around}", (place,), core, "", 0)


def _number(text: str) -> int:
    plain = text.translate(_KHMER_DIGITS)
    if plain.isdecimal():
        return int(plain)
    return 1 if plain.lower() in {"premier", "1er"} else _roman(plain.lower())


def _roman(text: str) -> int:
    values = [_VALUES[sign] for sign in text]
    return sum(
        -one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)
    )


class Where(Enum):
    """Where a line stands, and so how much it takes to believe that it begins with a label."""

    WITHIN = auto()
    MAY_BEGIN = auto()
    BEGINS = auto()
    SURE = auto()
    """Something else than the text says so, as a numbered list of a word processor does."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A label that was taken for one: what its point is called, and whether it stands below."""

    label: Label
    name: str
    is_below: bool


class Numbering:
    """Tells labels from text that only looks like one, by what came before in the same file."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, ...]] = {}
        self._open: list[Label] = []
        self._bullet = ""

    def taken(self, line: str, where: Where) -> Taken | None:
        """Return the label with which a line begins, and remember it.

        A line may begin with any number by chance: within a paragraph only the next of a numbering
        is a label, and the first of one where a paragraph may well begin.
        """
        found = list(labels_at(line))
        likely = [one for one in found if self._follows(one)]
        if where is not Where.WITHIN:
            likely += [one for one in found if set(one.value) == {1} or one.is_bullet]
        if where in {Where.BEGINS, Where.SURE}:
            sure = where is Where.SURE
            likely += [one for one in reversed(found) if sure or _stands_alone(one)]
        chosen = next(iter(likely), None)
        if chosen is None:
            return None
        if chosen.is_bullet:
            self._bullet = chosen.written
            return Taken(chosen, "", is_below=False)
        is_below = all(one.style != chosen.style for one in self._open)
        self._enter(chosen)
        return Taken(chosen, self._named(chosen), is_below)

    def _named(self, label: Label) -> str:
        """Return what a point is called: a letter after the number above it, as ``12 (b)``."""
        above = [one for one in self._open[:-1] if one.style.startswith(_NUMBERS)]
        if label.style.startswith((*_LETTERED, "decimal()")) and above:
            return f"{above[-1].core} ({label.core})"
        return label.written.strip() if label.style.endswith("()") else label.core

    def _follows(self, label: Label) -> bool:
        """Return whether a label is the next of its numbering, or the first below the last."""
        last = self._last.get(label.style)
        if label.is_bullet:
            return label.written == self._bullet
        if label.style.startswith("multi"):
            above = tuple(label.value[:-1])
            known = [one.value for one in self._open]
            return (label.value[-1] == 1 and above in known) or _is_next(last, label.value)
        if label.style == "combined":
            known_numbers = {one.value[0] for one in self._open if one.value}
            near = {label.value[0], label.value[0] - 1} & known_numbers
            return (label.value[-1] == 1 and bool(near)) or _is_next(last, label.value)
        return _is_next(last, label.value)

    def _enter(self, label: Label) -> None:
        styles = [one.style for one in self._open]
        if label.style in styles:
            del self._open[styles.index(label.style) :]
        # What stood below the one before begins anew; a section's points go on counting.
        if not label.style.startswith(_LETTERED):
            for style in [style for style in self._last if style.startswith(_LETTERED)]:
                del self._last[style]
        self._open.append(label)
        self._last[label.style] = label.value


def _is_next(last: tuple[int, ...] | None, value: tuple[int, ...]) -> bool:
    return last is not None and last[:-1] == value[:-1] and last[-1] + 1 == value[-1]


def _stands_alone(label: Label) -> bool:
    """Return whether a label is one wherever a paragraph begins, whatever its number."""
    if label.style.startswith("decimal"):
        return label.value[0] not in _YEARS
    if label.style.startswith("multi"):
        return not label.style[-1].isdecimal()
    return label.style.endswith("()") or label.style in {"word", "combined"}
