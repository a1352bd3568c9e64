"""Text laid out for a window: lines broken at blanks only, since Khmer words have none inside."""

from collections.abc import Iterator
from unicodedata import category

INDENT = "    "
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def width_of(text: str) -> int:
    """Return how many columns a text takes: marks above, below and between letters take none."""
    if text.isascii():
        return len(text)
    return sum(category(sign) not in _NO_WIDTH for sign in text)


def broken(text: str, columns: int, *, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Yield the lines of a text, each begun with its indent, and none empty but by the text."""
    rest = first if rest is None else rest
    for line in text.split("\n"):
        begun, indent = "", first
        for word in line.split(" "):
            longer = f"{begun} {word}" if begun else word
            if begun.strip() and width_of(indent + longer) > columns:
                yield indent + begun
                begun, indent = word, rest
            else:
                begun = longer
        yield (indent + begun).rstrip()


def answer_lines(text: str, columns: int) -> Iterator[str]:
    """Yield what a command answered, further in, a broken line going on further still."""
    for line in text.split("\n"):
        own = line[: len(line) - len(line.lstrip(" "))]
        yield from broken(line.lstrip(" "), columns, first=INDENT + own, rest=f"{INDENT}{own}  ")


def command_lines(words: list[str], columns: int) -> Iterator[str]:
    """Yield a command line, cut by a backslash where it is too long for one.

    An option stays with its value.
    """
    line, indent = "", f"{INDENT}$ "
    for part in _parts(words):
        longer = f"{line} {part}" if line else part
        if line and width_of(f"{indent}{longer} \\") > columns:
            yield f"{indent}{line} \\"
            line, indent = part, f"{INDENT}    "
        else:
            line = longer
    yield indent + line


def _parts(words: list[str]) -> Iterator[str]:
    option = ""
    for word in words:
        if option and not word.startswith(("-", "|")):
            yield f"{option} {word}"
            option = ""
            continue
        if option:
            yield option
        option = word if word.startswith("--") else ""
        if not option:
            yield word
    if option:
        yield option
