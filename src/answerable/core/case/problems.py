"""What is wrong with a submission: one class a code, kept as values until all are collected.

Every problem has ``field`` (as ``allegations[2].date``) and ``line`` (or None) among its facts, and
never the content of a field.
"""

from answerable.core.errors import Malformed


class Problem(Malformed):
    """The base of what can be wrong with a file that someone hands in."""

    code = "problem"


class FileTooLarge(Problem):
    """Facts: found, limit (bytes)."""

    code = "file-too-large"


class EmptyFile(Problem):
    code = "empty-file"


class NotUtf8(Problem):
    """Facts: found (utf-16, utf-32, other)."""

    code = "not-utf-8"


class ByteOrderMark(Problem):
    code = "byte-order-mark"


class ControlCharacter(Problem):
    """Facts: found, as U+0007."""

    code = "control-character"


class BidirectionalControl(Problem):
    """Facts: found, as U+202E."""

    code = "bidirectional-control"


class LoneSurrogate(Problem):
    code = "lone-surrogate"


class NotYaml(Problem):
    """Facts: column."""

    code = "not-yaml"


class NotJson(Problem):
    """Facts: column."""

    code = "not-json"


class AliasRefused(Problem):
    code = "alias-refused"


class TagRefused(Problem):
    code = "tag-refused"


class DoubledKey(Problem):
    code = "doubled-key"


class KeyNotText(Problem):
    code = "key-not-text"


class TooDeep(Problem):
    """Facts: limit."""

    code = "nested-too-deep"


class TooMany(Problem):
    """Facts: found, limit."""

    code = "too-many"


class NotAnInteger(Problem):
    code = "not-an-integer"


class NotAnObject(Problem):
    """Facts: found (text, number, yes-or-no, list)."""

    code = "not-an-object"


class NotAList(Problem):
    """Facts: found (text, number, yes-or-no, object)."""

    code = "not-a-list"


class NotText(Problem):
    """Facts: found (number, yes-or-no, list, object)."""

    code = "not-text"


class MoreThanOneLine(Problem):
    code = "more-than-one-line"


class TooLong(Problem):
    """Facts: found, limit (characters after NFC)."""

    code = "too-long"


class UnknownKey(Problem):
    """Facts: nearest (or None)."""

    code = "unknown-field"


class UnknownCode(Problem):
    """Facts: nearest (or None), allowed (codes, separated by commas; None if they are many)."""

    code = "unknown-code"


class UnknownFormat(Problem):
    code = "unknown-format"


class UnknownReader(Problem):
    code = "unknown-reader"


class NotYesOrNo(Problem):
    code = "not-yes-or-no"


class LevelOutOfRange(Problem):
    code = "level-out-of-range"


class UnreadableLanguage(Problem):
    code = "unreadable-language"


class UnreadableDate(Problem):
    code = "unreadable-date"


class ImpossibleDate(Problem):
    code = "impossible-date"


class DatesReversed(Problem):
    code = "dates-reversed"


class MissingField(Problem):
    code = "missing-field"


class UnsafeFileName(Problem):
    """Facts: reason (absolute, outside, hidden, backslash, empty-part, character, too-long)."""

    code = "unsafe-file-name"


class ExhibitNamedTwice(Problem):
    code = "exhibit-named-twice"


class NothingSaid(Problem):
    code = "nothing-said"


class SealedWithoutReaders(Problem):
    """Level 4, and nobody is named who may read: the default would show it to the secretariat."""

    code = "sealed-without-readers"


class UnknownPlaceCode(Problem):
    code = "unknown-place-code"
