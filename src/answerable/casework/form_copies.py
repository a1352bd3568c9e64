"""The use case FormCopies: what was typed and not sent is taken along, locked, and put back later.

The format is docs/specs/form-copy.md. Nothing of a copy, and no key of one, is kept here by it.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from answerable.casework.ports import Cipher, Random
from answerable.core.copy_key import CopyKey, sealing_key
from answerable.core.errors import Malformed, Refusal

MAGIC = b"answerable/form-copy/v1\n"
SALT_BYTES, NONCE_BYTES = 16, 12
LONGEST = 2 * 2**20
"""The longest copy that is read, in octets."""

_LEAST = 4096


class NoFormCopy(Malformed):
    """The file is no copy of a form, or one that was cut off."""

    code = "no-form-copy"


class CopyStaysShut(Refusal):
    """The copy does not open: it is of another key, or it was changed; which is not told."""

    code = "copy-stays-shut"


@dataclass(frozen=True, slots=True)
class FormCopies:
    """Seals a form under a copy key, and opens it again.

    ``turns`` bounds how many keys are tried at once (return_keys.at_once).
    """

    cipher: Cipher
    random: Random
    turns: AbstractContextManager[object] = field(default_factory=nullcontext, repr=False)

    def sealed(self, key: CopyKey, plain: bytes) -> bytes:
        """Return a copy. Its length tells only between which powers of two that of the form is."""
        salt = self.random(SALT_BYTES)
        with self.turns:
            secret = sealing_key(key, salt)
        sealed = self.cipher.seal(secret, _padded(plain), self.random(NONCE_BYTES))
        return MAGIC + salt + sealed

    def opened(self, key: CopyKey, data: bytes) -> bytes:
        """Return what was sealed, with the blanks that follow it.

        Raises:
            NoFormCopy: it does not begin as a copy does, or is too short or too long for one.
            CopyStaysShut: the key is another, or an octet of it was changed.
        """
        rest = data.removeprefix(MAGIC)
        if rest == data or not SALT_BYTES + NONCE_BYTES < len(rest) <= LONGEST:
            raise NoFormCopy("no copy of a form")
        with self.turns:
            secret = sealing_key(key, rest[:SALT_BYTES])
        try:
            return self.cipher.open(secret, rest[SALT_BYTES:])
        except ValueError:
            raise CopyStaysShut("the copy does not open") from None


def _padded(plain: bytes) -> bytes:
    length = max(_LEAST, 1 << (len(plain) - 1).bit_length()) if plain else _LEAST
    return plain.ljust(length, b" ")
