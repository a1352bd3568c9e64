"""The record of an act: salted disclosures in two lists, and the commitment to both.

Every byte is fixed by docs/specs/commitment.md; the layout of a disclosure is that of RFC 9901.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as _text

from answerable.core.acts import PARTIES, READER_CODES, Commitment, Field, Json
from answerable.core.canonical import DEPTH, Inexpressible, encode
from answerable.core.errors import Malformed

SECRET_BYTES = 32
SALT_BYTES = 16
DIGEST_BYTES = 32
BUCKET = 8
"""The content list is filled with decoys up to a multiple of this, with at least one decoy."""

LONGEST_FIELD = 3 * 1024 * 1024
"""The longest plain disclosure, in bytes: a reader's memory stays small whatever it is sent."""

SALT = b"answerable/salt/v1"
DECOY = b"answerable/decoy/v1"
ENVELOPE = b"answerable/envelope/v1"
BLINDING = b"answerable/blinding/v1"
CONTENT_KEY = b"answerable/content-key/v1"
COMMIT = b"answerable/commit/v1\x00"
SIGNED_CONTENT = "answerable/content/v1\n"

ENVELOPE_PATHS = frozenset(
    (
        *("act", "allegations", "at", "by", "docket", "entered_by"),
        *("facts", "kind", "previous", "sequence", "signature"),
    )
)
"""The paths of the envelope, which no field of content may have."""

_PATH = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*")
_LONGEST_PATH = 200
_NAMED_KEY = re.compile(r"key:[0-9a-f]{64}")

_TO_URL = bytes.maketrans(b"+/", b"-_")
_INNER = bytes(octet ^ 0x36 for octet in range(256))
_OUTER = bytes(octet ^ 0x5C for octet in range(256))


class UnusableField(Malformed):
    """A field cannot go into a record; ``field`` names it and ``reason`` the rule it breaks."""

    code = "unusable-field"


class Key:
    """HMAC-SHA-256 under the pseudorandom key of a secret: both pads are hashed only once."""

    __slots__ = ("inner", "outer")

    def __init__(self, octets: bytes) -> None:
        padded = octets.ljust(64, b"\x00")  # RFC 2104; the keys here are always 32 bytes
        self.inner = sha256(padded.translate(_INNER))
        self.outer = sha256(padded.translate(_OUTER))

    def mac(self, message: bytes) -> bytes:
        inner, outer = self.inner.copy(), self.outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()


_ZERO_SALT = Key(bytes(32))


def extract(secret: bytes) -> Key:
    """Return the pseudorandom key of secret (HKDF-Extract, RFC 5869, section 2.2, zero salt)."""
    return Key(_ZERO_SALT.mac(secret))


def expand(key: Key, info: bytes) -> bytes:
    """Return the first 32 bytes of HKDF-Expand (RFC 5869, section 2.3: one block)."""
    return key.mac(info + b"\x01")


def base64url(octets: bytes) -> str:
    """Return octets in base64url without padding (RFC 4648, section 5)."""
    return disclosure_of(octets).decode()


def is_reader(code: Json) -> bool:
    """Return whether code names a reader of content: one of READER_CODES, or a key."""
    return isinstance(code, str) and (code in READER_CODES or is_named_key(code))


def is_named_key(code: str) -> bool:
    """Return whether code names a reader by a public key."""
    return _NAMED_KEY.fullmatch(code) is not None


def in_order(readers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the readers as a record has them: each once, codes in their order, then the others."""
    codes = [code for code in READER_CODES if code in readers]
    return (*codes, *sorted({reader for reader in readers if reader not in READER_CODES}))


def fault_of(path: str, readers: tuple[str, ...]) -> str | None:
    """Return the rule that a path with its readers breaks, None where they may stand in a record.

    Readers are taken in any order here.
    """
    if len(path) > _LONGEST_PATH or _PATH.fullmatch(path) is None:
        return "path"
    if path in ENVELOPE_PATHS:
        return None if readers == PARTIES else "readers"
    return None if readers and all(map(is_reader, readers)) else "readers"


# One form of a submission has few paths and fewer combinations of readers.
@lru_cache(maxsize=8192)
def _frame(path: str, readers: tuple[str, ...]) -> tuple[bytes, str]:
    """Return what a field's salt is expanded from, and what stands between salt and value."""
    fault = fault_of(path, readers)
    if fault is not None:
        raise UnusableField(f"{path!r} is no field of a record", field=path, reason=fault)
    listed = encode(in_order(readers)).decode()
    return SALT + path.encode() + b"\x01", f'",{_text(path)},{{"readers":{listed},"value":'


def plain_disclosure(key: Key, item: Field) -> bytes:
    """Return the JSON array [salt, path, {readers, value}] of a field, canonical.

    Raises:
        UnusableField: no path or readers of a record, or a value without canonical form.
    """
    block, between = _frame(item.path, item.readers)
    # b2a_base64 of 16 bytes ends in "==" and a line feed.
    salt = b2a_base64(key.mac(block)[:SALT_BYTES]).translate(_TO_URL)[:-3].decode()
    try:
        plain = f'["{salt}{between}{_value_json(item.value)}}}]'.encode()
    except Inexpressible as problem:
        raise UnusableField(str(problem), **{**problem.facts, "field": item.path}) from None
    except UnicodeEncodeError:
        reason = "lone-surrogate"
        raise UnusableField("no UTF-8", field=item.path, reason=reason) from None
    if len(plain) > LONGEST_FIELD:
        raise UnusableField("too long", field=item.path, reason="too-long")
    return plain


def _value_json(value: Json) -> str:
    if type(value) is str:
        return _text(value)
    if value is None:
        return "null"
    text = encode(value).decode()
    # A value stands three deep, in its disclosure and in the list that is stored: both must decode.
    if text.count("[") + text.count("{") > DEPTH - 3:
        encode([[[value]]])
    return text


def disclosure_of(plain: bytes) -> bytes:
    """Return the disclosure, base64url, of the JSON array [salt, path, {readers, value}]."""
    return b2a_base64(plain, newline=False).translate(_TO_URL).rstrip(b"=")


def digest_of(disclosure: bytes) -> str:
    """Return the digest that stands for the disclosure in a record (RFC 9901, section 4.2.3)."""
    return _digest_text(sha256(disclosure).digest())


def _digest_text(digest: bytes) -> str:
    # The same as base64url, for the fixed length of 32 bytes: one "=" and one line feed to drop.
    return b2a_base64(digest).translate(_TO_URL)[:-2].decode()


@dataclass(frozen=True, slots=True)
class Content:
    """The content list of a record, ready before number, time and predecessor exist.

    ``plain`` is the JSON array of all plain disclosures, which is encrypted and stored;
    ``digests`` are sorted, decoys among them.
    """

    plain: bytes = field(repr=False)
    digests: tuple[str, ...]


def content_of(fields: Iterable[Field], key: Key) -> Content:
    """Return the content list of fields under the key that extract makes of the record secret.

    Raises:
        UnusableField: also where two fields have one path, and so one salt, or one of these is
            a path of the envelope.
    """
    items = tuple(fields)
    paths: set[str] = set()
    for item in items:
        if item.path in paths or item.path in ENVELOPE_PATHS:
            reason = "path-twice" if item.path in paths else "path"
            raise UnusableField("a path is taken", field=item.path, reason=reason)
        paths.add(item.path)
    plains = [plain_disclosure(key, item) for item in items]
    digests = [digest_of(disclosure_of(plain)) for plain in plains]
    decoys = BUCKET - len(digests) % BUCKET
    digests += [_digest_text(expand(key, DECOY + b"%d" % number)) for number in range(decoys)]
    digests.sort()
    return Content(b"[" + b",".join(plains) + b"]", tuple(digests))


def _list_json(digests: Iterable[str]) -> str:
    # Digests are base64url: nothing in them needs escaping.
    return '{"_sd":["' + '","'.join(digests) + '"]}'


def content_statement(origin: str, digests: Iterable[str]) -> bytes:
    """Return the bytes that a party signs before lodging: its content, for this ledger only."""
    listed = base64url(sha256(_list_json(digests).encode()).digest())
    return f"{SIGNED_CONTENT}{origin}\n{listed}\n".encode()


def body_of(content: Iterable[str], envelope: Iterable[str]) -> bytes:
    """Return the record body, canonical JSON, of two sorted lists of digests."""
    return (
        f'{{"_sd_alg":"sha-256","content":{_list_json(content)},'
        f'"envelope":{_list_json(envelope)},"format":"answerable/record/v1"}}'
    ).encode()


def commitment_to(body: bytes, blinding: bytes) -> Commitment:
    """Return the commitment to a record body under 32 bytes of blinding."""
    return Commitment(sha256(COMMIT + blinding + sha256(body).digest()).digest())
