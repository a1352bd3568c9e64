"""Text by others, made safe to print: what cannot be seen, or turns the line around, is spelt."""

import re
import unicodedata

# Controls, the marks that change the direction of writing (CVE-2021-42574), signs of no width that
# nobody types, tags, and halves of characters. Not the zero-width space, joiner and non-joiner:
# Khmer is written with them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


_COENG = "\u17d2"
"""The sign of Khmer that puts the next letter below."""


def visible(text: str) -> str:
    """Return text in one line in which each such character stands as <U+202E>."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def shortened(text: str, most: int) -> str:
    """Return the beginning of a text in one line: up to a blank, and never a part of a cluster."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    start = line[:most]
    before, blank, _ = start.rpartition(" ")
    if blank and len(before) * 2 > most:
        start = before
    else:
        end = most
        while end and (_is_mark(line[end]) or line[end - 1] == _COENG):
            end -= 1
        start = line[:end]
    return f"{start.rstrip()}..."


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Mc", "Me", "Cf"}


def visible_lines(text: str) -> list[str]:
    """Return the lines of a text, each visible; other line ends than LF do not end one."""
    return [visible(line) for line in text.split("\n")]
