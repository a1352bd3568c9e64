"""What a document that came back says otherwise than the one that was handed out: texts alone."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

_BLANK = re.compile("[\\s\u200b\u00ad\u2060]+")
# A word, a Khmer cluster (Khmer is written without spaces), or one sign.
_WORD = re.compile(
    "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*"
    "|[^\\W\u1780-\u17ff]+|[^\\w\\s]|[\u17b4-\u17ff]"
)
_NUMBER = re.compile("[0-9]+(?:[., \u00a0\u202f'][0-9]{3}(?![0-9]))*(?:[.,][0-9]+)?")
_DIGITS = {ord("០") + value: str(value) for value in range(10)}
_GROUPS = re.compile("[., \u00a0\u202f'](?=[0-9]{3}(?:[^0-9]|$))")
_MOST_WORDS = 6_000
"""Beyond this a text is told as changed as a whole: comparing takes the square of it."""


class RowKind(StrEnum):
    """What a row holds. Replies and conclusions may be edited, the rest is fixed."""

    REPLY = "reply"
    CONCLUSION = "conclusion"
    QUESTION = "question"
    COUNT = "count"
    SILENCE = "silence"
    BASIS = "basis"
    """What the register says beside something that a reply cites."""
    ABOUT = "about"
    """Of the whole: number, fingerprint, headings, and who gave a reply."""


class What(StrEnum):
    """The kinds of differences, in the order in which they matter."""

    NUMBER = "number-changed"
    LOST = "row-lost"
    FIXED = "fixed-text-edited"
    EDITED = "edited"
    DOUBLED = "row-doubled"
    ADDED = "text-added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it was handed out, under the key that it bears in the document."""

    key: str
    kind: RowKind
    text: str
    point: int = 0
    body: str = ""
    act: int = 0

    @property
    def is_free(self) -> bool:
        return self.kind in {RowKind.REPLY, RowKind.CONCLUSION}


@dataclass(frozen=True, slots=True)
class Comment:
    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came back: texts by key (several, where a row was copied), and what bears no key."""

    rows: Mapping[str, Sequence[str]]
    loose: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    tracked: tuple[str, ...] = ()
    """Who changed something with tracking on; the texts are read with all changes accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that the returned document changes. ``row`` is None for text that is in no row.

    ``removed`` and ``added`` are words, or for a number the numbers, in their order.
    """

    what: What
    row: Row | None
    before: str = ""
    after: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that a returned document changes, and what was written in its margin."""

    differences: tuple[Difference, ...] = ()
    comments: tuple[Comment, ...] = field(default=())
    tracked: tuple[str, ...] = ()


def compared(rows: Sequence[Row], loose: Sequence[str], returned: Returned) -> Comparison:
    """Return what a returned document changes in these rows, and in the text that is in none."""
    found: list[Difference] = []
    for row in rows:
        found += _of_row(row, returned.rows.get(row.key, ()))
    known = {row.key for row in rows}
    unknown = [text for key, texts in returned.rows.items() if key not in known for text in texts]
    found += _of_loose(loose, [*returned.loose, *unknown])
    order = list(What)
    told = sorted(found, key=lambda one: order.index(one.what))
    return Comparison(differences=(*told,), comments=returned.comments, tracked=returned.tracked)


def plain(text: str) -> str:
    """Return a text as it is compared: what cannot be seen makes no difference."""
    return _BLANK.sub(" ", unicodedata.normalize("NFC", text)).strip()


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a text in their order, in Latin digits and without grouping.

    Numbers that are written in words are words.
    """
    return [_GROUPS.sub("", one) for one in _NUMBER.findall(text.translate(_DIGITS))]


def changed_words(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that are removed and added; those that stand together are one text."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > _MOST_WORDS:
        return ((before,) if before else ()), ((after,) if after else ())
    removed, added = [], []
    # Words that are repeated often are no anchors (difflib calls this autojunk): else a text of one
    # word a thousand times takes a minute.
    matcher = SequenceMatcher(None, [one[0] for one in old], [one[0] for one in new])
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            removed += [before[old[i][1] : old[j - 1][2]]] if j > i else []
            added += [after[new[k][1] : new[m - 1][2]]] if m > k else []
    return tuple(removed), tuple(added)


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(one[0], one.start(), one.end()) for one in _WORD.finditer(text)]


def _of_row(row: Row, texts: Sequence[str]) -> list[Difference]:
    before = plain(row.text)
    if not texts:
        return [Difference(what=What.LOST, row=row, before=before)]
    after = plain(texts[0])
    found = [
        Difference(what=What.DOUBLED, row=row, before=before, after=plain(text))
        for text in texts[1:]
    ]
    if after == before:
        return found
    old, new = Counter(numbers_in(before)), Counter(numbers_in(after))
    if old != new or row.kind is RowKind.COUNT:
        numbers = tuple((old - new).elements()), tuple((new - old).elements())
        found.append(_difference(What.NUMBER, row, (before, after), numbers))
    what = What.EDITED if row.is_free else What.FIXED
    found.append(_difference(what, row, (before, after), changed_words(before, after)))
    return found


def _difference(
    what: What,
    row: Row,
    texts: tuple[str, str],
    words: tuple[tuple[str, ...], tuple[str, ...]],
) -> Difference:
    before, after = texts
    removed, added = words
    return Difference(what=what, row=row, before=before, after=after, removed=removed, added=added)


def _of_loose(expected: Sequence[str], found: Sequence[str]) -> list[Difference]:
    """Return text that was added outside the rows, and fixed lines outside them that are gone."""
    left = Counter(filter(None, map(plain, expected)))
    added = []
    for text in filter(None, map(plain, found)):
        if left[text] > 0:
            left[text] -= 1
        else:
            added.append(Difference(what=What.ADDED, row=None, after=text, added=(text,)))
    gone = [
        Difference(what=What.FIXED, row=None, before=text, removed=(text,))
        for text in left.elements()
    ]
    return gone + added
