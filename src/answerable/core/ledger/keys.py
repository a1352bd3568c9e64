"""Verifier keys (C2SP signed-note): a public key with its name and what it signs."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from answerable.core.errors import Malformed
from answerable.core.ledger.lines import base64_of, bytes_of

ED25519 = 0x01
COSIGNATURE = 0x04
MLDSA_COSIGNATURE = 0x06

PUBLIC_LENGTHS = {ED25519: 32, COSIGNATURE: 32, MLDSA_COSIGNATURE: 1312}
SIGNATURE_LENGTHS = {ED25519: 64, COSIGNATURE: 64, MLDSA_COSIGNATURE: 2420}
KEY_ID_LENGTH = 4

Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether a signature fits: ``verify(public, signature, message)``. It never raises."""

# The White_Space property of Unicode, spelt out so that no reader depends on a Unicode version.
_SPACES = frozenset(
    map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)))
) | frozenset("\u2028\u2029\u202f\u205f\u3000")


class UnreadableKey(Malformed):
    """A verifier key is not ``<name>+<8 hex digits>+<base64>``, or contradicts itself."""

    code = "unreadable-key"


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Return the four bytes that stand for a key in a signature line."""
    return sha256(name.encode() + b"\n" + bytes((kind,)) + public).digest()[:KEY_ID_LENGTH]


def is_key_name(name: str) -> bool:
    return bool(name) and not any(sign in _SPACES or sign < " " or sign == "+" for sign in name)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Whom a signature line names, and the public key that decides whether it fits.

    ``kind`` is the type byte: 0x01 signs the text, 0x04 and 0x06 are timestamped cosignatures.
    """

    name: str
    key_id: bytes
    kind: int
    public: bytes

    @classmethod
    def of(cls, name: str, kind: int, public: bytes) -> "VerifierKey":
        if not is_key_name(name):
            raise UnreadableKey("a key name has no spaces and no plus", reason="name")
        return cls(name, key_id(name, kind, public), kind, public)

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Return the key that ``<name>+<hex key id>+<base64(kind || public)>`` spells.

        Raises:
            UnreadableKey: with ``reason`` form, name, kind, length or key-id (it is not that of
                this name and key: one of the three was altered).
        """
        # The base64 may hold a plus too, so only the first two separate.
        name, _, rest = text.partition("+")
        identifier, _, encoded = rest.partition("+")
        try:
            material = bytes_of(encoded)
        except ValueError:
            raise UnreadableKey("the key is not base64", reason="form") from None
        kind, public = material[:1], material[1:]
        if not kind or kind[0] not in PUBLIC_LENGTHS:
            raise UnreadableKey("a key of a kind that is not read here", reason="kind")
        if len(public) != PUBLIC_LENGTHS[kind[0]]:
            raise UnreadableKey("a key of the wrong length", reason="length")
        key = cls.of(name, kind[0], public)
        if key.key_id.hex() != identifier:
            raise UnreadableKey(
                f"expected key id {key.key_id.hex()}, got {identifier}", reason="key-id"
            )
        return key

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64_of(bytes((self.kind,)) + self.public)}"
