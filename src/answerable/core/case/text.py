"""What text may hold, how long it is, and which names an exhibit's file may have."""

import re
import unicodedata
from collections.abc import Iterator

from answerable.core.case import limits
from answerable.core.case.problems import (
    BidirectionalControl,
    ByteOrderMark,
    ControlCharacter,
    LoneSurrogate,
    MoreThanOneLine,
    NotText,
    Problem,
    TooLong,
    UnsafeFileName,
)

# Controls, and what reorders the text around it so that a reader sees another sentence than the
# computer (CVE-2021-42574). Zero-width space, joiner and non-joiner are no such thing: Khmer is
# written with them. Left-to-right and right-to-left marks only touch their neighbours.
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]",
)
_BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COENG, _JOINER = "\u17d2", "\u200d"
"""The sign of Khmer that puts the next letter below; what joins two pictures into one."""
_JOINERS = frozenset({"\u200c", _JOINER})
_JOINS_NEXT = frozenset({_COENG, _JOINER})
_UNSEEN = re.compile("[\u200b-\u200d\u2060]+")
_LINE_ENDS = re.compile("\r\n?")


def kind_of(value: object) -> str:
    """Return what a value is, in the words in which problems speak of it."""
    match value:
        case bool():
            return "yes-or-no"
        case int():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case dict():
            return "object"
        case _:
            return "nothing"


def refused_character(text: str) -> Problem | None:
    """Return the problem with the first character that no text here may hold, if there is one."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    character = found.group()
    name = f"U+{ord(character):04X}"
    if character in _BIDIRECTIONAL:
        return BidirectionalControl(f"{name} reorders text", found=name)
    if character == "\ufeff":
        return ByteOrderMark("a byte order mark inside text")
    if "\ud800" <= character <= "\udfff":
        return LoneSurrogate("half a character")
    return ControlCharacter(f"{name} is a control character", found=name)


def length(text: str) -> int:
    """Return how many characters (code points) text has after NFC."""
    return len(text) if text.isascii() else len(unicodedata.normalize("NFC", text))


def clusters(text: str) -> Iterator[str]:
    """Yield what may not be cut: a letter with its marks, and in Khmer with its subscripts.

    Unicode's own rule leaves subscripts of Khmer to each program (UAX 29), and programs differ.
    """
    begun = ""
    for sign in text:
        joins = unicodedata.category(sign)[0] == "M" or sign in _JOINERS
        if begun and not joins and begun[-1] not in _JOINS_NEXT:
            yield begun
            begun = ""
        begun += sign
    if begun:
        yield begun


def seen_length(text: str) -> int:
    """Return how many clusters of a text can be seen, blanks between others too."""
    return sum(not _UNSEEN.fullmatch(one) for one in clusters(text))


def is_blank(text: str) -> bool:
    """Say whether nothing can be seen of text: blanks and characters of no width only."""
    return not any(c.isprintable() and not c.isspace() for c in text)


def clean(value: object, limit: int) -> str:
    """Return a person's text, with line ends as LF and nothing blank around it.

    Nothing else is changed: the original words bind.

    Raises:
        Problem: no text, a character that is refused, or more characters than limit.
    """
    if not isinstance(value, str):
        raise NotText("text is wanted", found=kind_of(value))
    text = _LINE_ENDS.sub("\n", value).strip()
    problem = refused_character(text)
    if problem is not None:
        raise problem
    found = length(text)
    if found > limit:
        raise TooLong(f"{found} characters, {limit} allowed", found=found, limit=limit)
    return text


def clean_line(value: object, limit: int) -> str:
    """Return a person's text of one line, as clean does."""
    text = clean(value, limit)
    if "\n" in text:
        raise MoreThanOneLine("one line is wanted")
    return text


def safe_exhibit_name(value: object) -> str:
    """Return the path of an exhibit's file, relative to the submission's folder and inside it.

    Its parts are separated by ``/``, on every system. That no part is a link is for the one who
    opens the file to see (forms.exhibit_files).

    Raises:
        Problem: any other path.
    """
    name = clean_line(value, limits.LINE)
    reason = _unsafe(name)
    if reason is not None:
        raise UnsafeFileName(f"not a path inside the folder: {reason}", reason=reason)
    return name


def _unsafe(name: str) -> str | None:
    parts = name.split("/")
    checks = (
        ("backslash", "\\" in name),
        ("absolute", name.startswith(("/", "~")) or name[1:2] == ":"),
        ("outside", ".." in parts),
        ("empty-part", any(part.strip() in {"", "."} for part in parts)),
        ("hidden", any(part.startswith(".") for part in parts)),
        ("character", any(ord(c) < ord(" ") or c in '<>:"|?*' for c in name)),
        # Most file systems count bytes: 255 of them hold 85 Khmer letters.
        ("too-long", any(len(part.encode()) > limits.EXHIBIT_NAME for part in parts)),
    )
    return next((reason for reason, holds in checks if holds), None)
