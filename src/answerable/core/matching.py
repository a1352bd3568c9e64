"""What two texts are compared by, however they were typed: for finding only, never for a record.

Khmer is written without spaces, and the same word is typed in several orders of its signs, which
Unicode's own normal forms leave apart. So a Khmer text is taken apart into clusters, and the signs
of each are put in one order.
"""

import re
import unicodedata
from collections.abc import Iterator

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\u17b4\u17b5\ufeff]")
_DIGITS = {ord("០") + value: str(value) for value in range(10)}
_KHMER = "\u1780-\u17d3\u17dc\u17dd"
_RUN = re.compile(f"[{_KHMER}]+|[^\\W_{_KHMER}]+")
_CLUSTER = re.compile(
    f"[\u1780-\u17b3\u17dc](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd])*|[{_KHMER}]"
)
_PARTS = re.compile("\u17d2[\u1780-\u17b3]|.", re.DOTALL)
_RO = "\u17d2\u179a"
_WHOLE = (("\u17c1\u17b8", "\u17be"), ("\u17c1\u17b6", "\u17c4"))
"""Vowels that are typed in two parts where one sign is meant, which look the same."""


def plain(text: str) -> str:
    """Return a text without what cannot be seen, in small letters, in Latin digits."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(_DIGITS)
    apart = unicodedata.normalize("NFD", seen)
    return "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")


def clusters(text: str) -> list[str]:
    """Return the clusters of a Khmer text, with the signs of each in one order."""
    return [_ordered(one) for one in _CLUSTER.findall(text)]


def runs(text: str) -> Iterator[list[str]]:
    """Yield what belongs together: a word by itself, the clusters of a Khmer run in their order."""
    for run in _RUN.findall(plain(text)):
        yield clusters(run) if _is_khmer(run) else [run]


def _is_khmer(text: str) -> bool:
    return "\u1780" <= text[0] <= "\u17dd"


def _ordered(cluster: str) -> str:
    first, *signs = _PARTS.findall(cluster)
    told: str = first + "".join(sorted(signs, key=_place))
    for parts, whole in _WHOLE:
        told = told.replace(parts, whole)
    return told


def _place(sign: str) -> int:
    """Return the place of a sign in its cluster: below, ro below, shifters, vowels, others."""
    if sign.startswith("\u17d2"):
        return 1 if sign == _RO else 0
    if sign in "\u17c9\u17ca":
        return 2
    return 3 if "\u17b6" <= sign <= "\u17c5" else 4
