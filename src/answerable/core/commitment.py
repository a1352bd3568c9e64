"""The record of an act: salted disclosures in two lists, and the commitment to both.

Every byte is fixed by docs/specs/commitment.md; the layout of a disclosure is that of RFC 9901.
"""

import hmac
from base64 import urlsafe_b64encode
from binascii import b2a_base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from json.encoder import encode_basestring
from typing import cast

from answerable.core.acts import Commitment, Field
from answerable.core.canonical import encode

SECRET_BYTES = 32
SALT_BYTES = 16
BUCKET = 8
"""The content list is filled with decoys up to a multiple of this, with at least one decoy."""

SALT = b"answerable/salt/v1"
DECOY = b"answerable/decoy/v1"
ENVELOPE = b"answerable/envelope/v1"
BLINDING = b"answerable/blinding/v1"
CONTENT_KEY = b"answerable/content-key/v1"
COMMIT = b"answerable/commit/v1\x00"
SIGNED_CONTENT = "answerable/content/v1\n"

# encode_basestring without ensure_ascii escapes just what RFC 8785, section 3.2.2.2, escapes.
_text = cast("Callable[[str], str]", encode_basestring)


def extract(secret: bytes) -> hmac.HMAC:
    """Return HMAC under the pseudorandom key of secret (RFC 5869, section 2.2, zero salt)."""
    return hmac.new(hmac.digest(bytes(32), secret, "sha256"), digestmod="sha256")


def expand(key: hmac.HMAC, info: bytes) -> bytes:
    """Return the first 32 bytes of HKDF-Expand (RFC 5869, section 2.3: one block)."""
    block = key.copy()
    block.update(info + b"\x01")
    return block.digest()


def base64url(octets: bytes) -> str:
    """Return octets in base64url without padding (RFC 4648, section 5)."""
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


_TO_URL = bytes.maketrans(b"+/", b"-_")


@cache
def _readers_json(readers: tuple[str, ...]) -> str:
    return encode(list(readers)).decode()


def plain_disclosure(key: hmac.HMAC, item: Field) -> bytes:
    """Return the JSON array [salt, path, {readers, value}] of a field, canonical."""
    salt = b2a_base64(expand(key, SALT + item.path.encode())[:SALT_BYTES])
    value = _text(item.value) if type(item.value) is str else encode(item.value).decode()
    return (
        f'["{salt.translate(_TO_URL)[:-3].decode()}",{_text(item.path)},'
        f'{{"readers":{_readers_json(item.readers)},"value":{value}}}]'
    ).encode()


def disclosure_of(plain: bytes) -> bytes:
    """Return the disclosure, base64url, of the JSON array [salt, path, {readers, value}]."""
    return urlsafe_b64encode(plain).rstrip(b"=")


def digest_of(disclosure: bytes) -> str:
    """Return the digest that stands for the disclosure in a record (RFC 9901, section 4.2.3)."""
    # The same as base64url, for the fixed length of 32 bytes: one "=" and one line feed to drop.
    return b2a_base64(sha256(disclosure).digest()).translate(_TO_URL)[:-2].decode()


@dataclass(frozen=True, slots=True)
class Content:
    """The content list of a record, ready before number, time and predecessor exist.

    ``plain`` is the JSON array of all plain disclosures, which is encrypted and stored;
    ``digests`` are sorted, decoys among them.
    """

    plain: bytes
    digests: tuple[str, ...]


def content_of(fields: Iterable[Field], key: hmac.HMAC) -> Content:
    """Return the content list of fields under the key that extract makes of the record secret."""
    plains = [plain_disclosure(key, item) for item in fields]
    digests = [digest_of(disclosure_of(plain)) for plain in plains]
    decoys = BUCKET - len(digests) % BUCKET
    for number in range(decoys):
        decoy = expand(key, DECOY + b"%d" % number)
        digests.append(b2a_base64(decoy).translate(_TO_URL)[:-2].decode())
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
