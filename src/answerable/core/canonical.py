"""Canonical JSON (RFC 8785) for text, safe integers, booleans, null, lists and objects."""

import json
from json.encoder import encode_basestring as _quoted
from typing import cast

from answerable.core.acts import Json
from answerable.core.errors import Malformed

SAFE_INTEGER = 2**53 - 1
"""The largest integer that every reader of JSON keeps exactly (RFC 8785, appendix D)."""

DEPTH = 32
"""How many lists and objects may stand inside one another."""


class Inexpressible(Malformed):
    """A value has no canonical form here; ``reason`` says which rule it breaks."""

    code = "inexpressible"


class NotCanonical(Malformed):
    """Bytes are not the canonical form of any value; ``reason`` says which rule they break."""

    code = "not-canonical"


def encode(value: object) -> bytes:
    """Return the canonical bytes of value, which holds nothing but Json (tuples pass as lists).

    Raises:
        Inexpressible: a float, an integer beyond 2**53 - 1, a key that is no text, a lone
            surrogate, nesting deeper than DEPTH, or any other type.
    """
    try:
        return _text(value, DEPTH).encode()
    except UnicodeEncodeError:
        raise Inexpressible("a lone surrogate has no UTF-8", reason="lone-surrogate") from None


def decode(data: bytes) -> Json:
    """Return the value of which data is the canonical form.

    Raises:
        NotCanonical: any other bytes, also those that a lenient reader of JSON would accept.
    """
    try:
        value: Json = _READER.decode(data.decode())
    except UnicodeDecodeError:
        raise NotCanonical("not UTF-8", reason="not-utf-8") from None
    except RecursionError:
        raise NotCanonical("nested too deep", reason="too-deep") from None
    except ValueError:
        raise NotCanonical("not JSON", reason="not-json") from None
    # The form is unique, so one comparison refuses doubled and unsorted keys, blanks, needless
    # escapes and "-0", and needs no parser of our own.
    try:
        same = encode(value) == data
    except Inexpressible as problem:
        raise NotCanonical(str(problem), **problem.facts) from None
    if not same:
        raise NotCanonical("another form of the same value", reason="other-form")
    return value


def _no_float(_number: str) -> Json:
    raise NotCanonical("a number that is no integer", reason="float")


# Made once: some reads are of so little that making it would take as long.
_READER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def _text(value: object, depth: int) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        return _object(value, depth)
    if isinstance(value, (list, tuple)):
        return _list(value, depth)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if -SAFE_INTEGER <= value <= SAFE_INTEGER:
            return int.__repr__(value)
        raise Inexpressible("an integer beyond 2**53 - 1", reason="integer-too-large")
    reason = "float" if isinstance(value, float) else "type"
    raise Inexpressible(f"{type(value).__name__} has no canonical form", reason=reason)


def _list(value: list[object] | tuple[object, ...], depth: int) -> str:
    if not depth:
        raise Inexpressible(f"nested deeper than {DEPTH}", reason="too-deep")
    depth -= 1
    return f"[{','.join([_quoted(v) if type(v) is str else _text(v, depth) for v in value])}]"


def _object(value: dict[object, object], depth: int) -> str:
    if not depth:
        raise Inexpressible(f"nested deeper than {DEPTH}", reason="too-deep")
    depth -= 1
    told = ((key, value[key]) for key in _sorted(value))
    # Most values are texts: to ask for each what it is takes as long as writing it.
    text = ",".join(
        [
            f"{_quoted(key)}:{_quoted(one) if type(one) is str else _text(one, depth)}"
            for key, one in told
        ]
    )
    return f"{{{text}}}"


def _sorted(keys: dict[object, object]) -> list[str]:
    """Sort by UTF-16 code units (RFC 8785, section 3.2.3), not by code points as Python does."""
    texts = cast("dict[str, object]", keys)  # join checks it
    try:
        if "".join(texts).isascii():
            return sorted(texts)
    except TypeError:
        raise Inexpressible("a key that is no text", reason="key-not-text") from None
    return sorted(texts, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
