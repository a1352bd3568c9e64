"""Where a line of Khmer may end: sentences of ours, as a page shows them.

Khmer has no blanks between words, and not every browser knows its words: one that does not lets a
line run off the page, or ends it within a word. So a page has a zero-width space (U+200B) between
the words of what is ours, as people type it themselves. ``km.words`` has these words.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import Any

BREAK = "\u200b"
LONGEST = 12
"""The clusters of the longest word."""

_KHMER = "\u1780-\u17d3\u17d7\u17dc\u17dd"
_CLUSTER = re.compile(
    f"[\u1780-\u17b3\u17dc](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*|[{_KHMER}]"
)
_LEFT = "title|script|style|textarea|option|pre|code|blockquote"
_PARTS = re.compile(
    # What has a language of its own is quoted, in an element that holds no other of its name.
    rf"<(?!html)(?P<own>\w+)\b[^>]*\slang=[^>]*>.*?</(?P=own)>"
    rf"|<(?P<left>{_LEFT})\b.*?</(?P=left)>|<[^>]*>|[{_KHMER}]{{4,}}",
    re.DOTALL,
)
_RUN = re.compile(f"[{_KHMER}]{{4,}}")
_REPEATS = "\u17d7"
"""The sign that the word before it is said twice: it stands at the end of no line alone."""
_KEPT = 1 << 13
_UNKNOWN = 100
"""What a cluster in no known word costs, where each word costs one: more than words can save."""


def breaking(page: str) -> str:
    """Return a page of HTML with breaks between the words of its text.

    Nothing in a tag is touched, nor a title, what is typed into, code, or what is quoted.
    """
    return _PARTS.sub(lambda part: part[0] if part[0][0] == "<" else broken(part[0]), page)


def breaking_text(text: str) -> str:
    """Return a sentence of ours, which is no markup, with breaks between its words."""
    return _RUN.sub(lambda run: broken(run[0]), text)


def with_breaks(told: Any, language: str) -> Any:
    """Return sentences of ours in a language, one or a table, as a page that is a file has them."""
    if isinstance(told, Mapping):
        return {key: with_breaks(one, language) for key, one in told.items()}
    if isinstance(told, list):
        return [with_breaks(one, language) for one in told]
    return breaking_text(told) if language == "km" else told


@lru_cache(_KEPT)
def broken(run: str) -> str:
    """Return a run of Khmer letters with breaks between its words."""
    return BREAK.join(parted(run, _words()))


def parted(run: str, words: Collection[str]) -> list[str]:
    """Return the words of a run of Khmer letters, each with the signs that belong to it.

    It is parted so that the fewest letters are in no known word, in the fewest words. Beside what
    is in none nothing is parted, since it may be half of a longer one.
    """
    clusters = _CLUSTER.findall(run)
    # Of each place: what the rest from there on costs, where its first part ends, and if known.
    best = [(0, 0, True)] * (len(clusters) + 1)
    for start in reversed(range(len(clusters))):
        best[start] = (_UNKNOWN + best[start + 1][0], start + 1, False)
        for end in range(start + 1, min(len(clusters), start + LONGEST) + 1):
            cost = 1 + best[end][0]
            if cost <= best[start][0] and "".join(clusters[start:end]) in words:
                best[start] = (cost, end, True)
    told: list[str] = []
    at, was_known = 0, False
    while at < len(clusters):
        _, end, is_known = best[at]
        part = "".join(clusters[at:end])
        if was_known and is_known and part != _REPEATS:
            told.append(part)
        else:
            told[-1:] = ["".join((*told[-1:], part))]
        at, was_known = end, is_known or part == _REPEATS
    return told


@cache
def _words() -> frozenset[str]:
    with open(__file__.removesuffix("khmer_breaks.py") + "km.words", encoding="utf-8") as file:  # noqa: PTH123 - as the catalogues are read
        return frozenset(file.read().split())
