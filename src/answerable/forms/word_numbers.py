"""Computes the numbers that Word shows before paragraphs and stores nowhere.

ISO/IEC 29500-1, 17.9: a paragraph names a numbering and a level, itself or by its style; what is
shown is counted from the beginning of the document.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from answerable.ooxml import child, value

BULLET = "\u2022"
_PLACE = re.compile(r"%([1-9])")
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_HUNDREDS = ("", "c", "cc", "ccc", "cd", "d", "dc", "dcc", "dccc", "cm")
_MOST = 1000
_STYLES_ABOVE = 20


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarts: bool = True
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _Style:
    above: str | None
    numbering: str | None
    level: str | None
    is_heading: bool


@dataclass(slots=True)
class WordNumbers:
    """The numberings of one document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def mark(self, properties: Element | None) -> str:
        """Return what Word shows before the next paragraph with these properties."""
        numbering, level = self._place(properties)
        of = self.of.get(numbering or "")
        if of is None or level is None or level not in self.levels.get(of, {}):
            return ""
        levels, counted = self.levels[of], self.counted.setdefault(of, {})
        again = self.starts.pop((numbering or "", level), None)
        if again is not None:
            counted[level] = again - 1
        counted[level] = counted.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counted if one > level]:
            if levels[deeper].restarts:
                del counted[deeper]
        return self._shown(levels, counted, level)

    def is_heading(self, properties: Element | None) -> bool:
        if child(properties, "w:outlineLvl") is not None:
            return True
        return any(style.is_heading for style in self._chain(value(properties, "w:pStyle")))

    def _shown(self, levels: dict[int, _Level], counted: dict[int, int], level: int) -> str:
        own = levels[level]
        if own.form == "bullet":
            return BULLET

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            one = levels.get(at, _Level())
            form = "decimal" if own.legal else one.form
            return self._written(counted.setdefault(at, one.start), form)

        return _PLACE.sub(number, own.text).strip()

    def _written(self, number: int, form: str) -> str:
        if form == "none" or not 0 <= number < _MOST:
            return "" if form == "none" else str(number)
        if form in {"lowerRoman", "upperRoman"}:
            tens, ones = divmod(number % 100, 10)
            roman = _HUNDREDS[number // 100] + _TENS[tens] + _ONES[ones]
            return roman.upper() if form == "upperRoman" else roman
        if form in {"lowerLetter", "upperLetter"} and number:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
        if form == "decimalZero":
            return f"{number:02}"
        if form not in {"decimal", "lowerLetter", "upperLetter"}:
            self.unknown.add(form)
        return str(number)

    def _place(self, properties: Element | None) -> tuple[str | None, int | None]:
        numbering = value(properties, "w:numPr", "w:numId")
        level = value(properties, "w:numPr", "w:ilvl")
        name = value(properties, "w:pStyle")
        for style in self._chain(name):
            numbering = style.numbering if numbering is None else numbering
            level = style.level if level is None else level
        if level is None and numbering is not None:
            by_style = self.levels.get(self.of.get(numbering, ""), {})
            level = next(
                (str(at) for at, one in by_style.items() if name and one.style == name), "0"
            )
        return numbering, _whole(level)

    def _chain(self, name: str | None) -> list[_Style]:
        found: list[_Style] = []
        while name in self.styles and len(found) < _STYLES_ABOVE:
            found.append(self.styles[name])
            name = found[-1].above
        return found


def word_numbers(numbering: Element | None, styles: Element | None) -> WordNumbers:
    """Return the numberings of a document from its two parts, each of which may be missing."""
    made = WordNumbers()
    for style in (one for one in styles if one.tag == "w:style") if styles is not None else ():
        made.styles[style.get("w:styleId", "")] = _style(style)
    for one in numbering if numbering is not None else ():
        if one.tag == "w:abstractNum":
            made.levels[one.get("w:abstractNumId", "")] = _levels(one)
    for one in numbering if numbering is not None else ():
        if one.tag == "w:num":
            _take_numbering(made, one)
    _follow_links(made, numbering)
    return made


def _follow_links(made: WordNumbers, numbering: Element | None) -> None:
    """Give a numbering that only names a style the levels of the one that the style names."""
    for one in numbering if numbering is not None else ():
        link = value(one, "w:numStyleLink")
        style = made.styles.get(link or "")
        target = made.of.get(style.numbering or "") if style else None
        if link and target and made.levels.get(target):
            made.levels[one.get("w:abstractNumId", "")] = made.levels[target]


def _take_numbering(made: WordNumbers, one: Element) -> None:
    name, of = one.get("w:numId", ""), value(one, "w:abstractNumId") or ""
    made.of[name] = of
    for override in (inner for inner in one if inner.tag == "w:lvlOverride"):
        at = _whole(override.get("w:ilvl"))
        start = _whole(value(override, "w:startOverride"))
        levels = _levels(override)
        if at is not None and at in levels:
            # Levels of its own make it a numbering of its own.
            made.of[name] = f"{of}/{name}"
            kept = made.levels.get(of, {}) | made.levels.get(made.of[name], {})
            made.levels[made.of[name]] = kept | {at: levels[at]}
        if at is not None and start is not None:
            made.starts[name, at] = start


def _style(one: Element) -> _Style:
    properties = child(one, "w:pPr")
    name = (value(one, "w:name") or "").lower()
    return _Style(
        above=value(one, "w:basedOn"),
        numbering=value(properties, "w:numPr", "w:numId"),
        level=value(properties, "w:numPr", "w:ilvl"),
        is_heading=name.startswith(("heading", "title"))
        or child(properties, "w:outlineLvl") is not None,
    )


def _levels(one: Element) -> dict[int, _Level]:
    found = {}
    for level in (inner for inner in one if inner.tag == "w:lvl"):
        at = _whole(level.get("w:ilvl"))
        start = _whole(value(level, "w:start"))
        if at is not None:
            found[at] = _Level(
                form=value(level, "w:numFmt") or "decimal",
                text=value(level, "w:lvlText") or "",
                start=0 if start is None else start,
                restarts=value(level, "w:lvlRestart") != "0",
                legal=child(level, "w:isLgl") is not None,
                style=value(level, "w:pStyle"),
            )
    return found


def _whole(text: str | None) -> int | None:
    return (
        int(text)
        if text and text.isascii() and text.isdecimal() and len(text) < len("10000")
        else None
    )
