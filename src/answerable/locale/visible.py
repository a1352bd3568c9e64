"""Text by others, made safe to print: what cannot be seen, or turns the line around, is spelt."""

import re

# Controls, the marks that change the direction of writing (CVE-2021-42574), signs of no width that
# nobody types, tags, and halves of characters. Not the zero-width space, joiner and non-joiner:
# Khmer is written with them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Return text in one line in which each such character stands as <U+202E>."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def visible_lines(text: str) -> list[str]:
    """Return the lines of a text, each visible; other line ends than LF do not end one."""
    return [visible(line) for line in text.split("\n")]
