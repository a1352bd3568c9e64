"""Where one text may be two assertions: its parts, and the text before and after a point of it."""

import re

from answerable.core.case.text import is_blank

MARK = "##"
"""What somebody types where the second part is to begin: it stands in no web address."""

MOST = 40
"""How many places are offered at most: a page with more is no help."""

_PARAGRAPH = re.compile(r"\n\s*")
# A full stop within a date or a number is no end. Khmer writes no space before the next sentence.
# Of many signs only the first is tried: to try each takes the square of their number.
_SENTENCE = re.compile(
    r"(?<![.!?])[.!?]+[\"'\u00bb\u201d\u2019)\]]*[\s\u200b]+|[។៕]+[\s\u200b]*|\n\s*"
)


def beginnings(text: str) -> tuple[int, ...]:
    """Return where a second part may begin, as counts of characters: sentences, or paragraphs.

    Paragraphs alone where there are more than MOST sentences, and the first of those.
    """
    sentences = _beginnings(text, _SENTENCE)
    found = sentences if len(sentences) <= MOST else _beginnings(text, _PARAGRAPH)
    return found[:MOST]


def parted(text: str, at: int) -> tuple[str, str]:
    """Return what is before and what is from a place on, without the blanks between them."""
    return text[:at].rstrip(), text[at:].lstrip()


def parted_at_mark(text: str) -> tuple[str, str] | None:
    """Return what is before and after the first mark, None unless both say something."""
    before, mark, after = text.partition(MARK)
    if not mark or is_blank(before) or is_blank(after):
        return None
    return before.rstrip(), after.lstrip()


def _beginnings(text: str, end: re.Pattern[str]) -> tuple[int, ...]:
    ends = (one.end() for one in end.finditer(text))
    return tuple(at for at in ends if not is_blank(text[:at]) and not is_blank(text[at:]))
