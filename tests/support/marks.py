"""Digits that stand nowhere else, put into words: so that words are found wherever they go."""

import re
from itertools import count

from answerable.core.acts import Json
from answerable.core.canonical import encode

_MARKS = count(10**8)
_MARK = re.compile(r"1\d{8}")


def mark() -> str:
    return str(next(_MARKS))


def marks_of(value: Json) -> set[str]:
    return set(_MARK.findall(encode(value).decode()))
