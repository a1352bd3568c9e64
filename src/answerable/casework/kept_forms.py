"""The use case KeptForms and its port: what a sender has written and not sent yet.

Without an account and without a script, what was written on one page must be there on the next. It
is kept under a token that only the sender's browser has: what is kept opens nothing without it.
"""

import re
from base64 import urlsafe_b64decode
from binascii import Error as Undecodable
from dataclasses import dataclass, field
from typing import Protocol

from answerable.casework.ports import Cipher, Clock, Random
from answerable.core.commitment import base64url, expand, extract
from answerable.core.errors import Broken, Malformed, Refusal

KEPT_DAYS = 3
"""How long an unsent form is kept after it was last written in. Pages print it."""

MEGABYTE = 2**20
FILE_BYTES = 20 * MEGABYTE
FORM_BYTES = 60 * MEGABYTE
"""The longest file of a form, and all files of one form together, in octets."""

ID = b"answerable/kept-form/id/v1"
PART = b"answerable/kept-form/part/v1\x00"
KEY = b"answerable/kept-form/key/v1\x00"
"""What a form's name in the store, its parts' names and their keys are expanded with."""

_DAY_MS = 24 * 60 * 60 * 1000
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_NAME = re.compile(r"[a-z0-9-]{1,40}")
_STATE = ""
"""No file has this name: what was typed, and not what was added to it."""

_NONCE_BYTES = 12


class FileTooLargeForForm(Refusal):
    """A file is longer than a form takes; ``limit_mb`` is FILE_BYTES. Nothing of it was kept."""

    code = "file-too-large-for-form"


class FormFull(Refusal):
    """With this file a form would hold more than ``limit_mb``, which is FORM_BYTES."""

    code = "form-full"


class FormTokenUnreadable(Malformed):
    """The token is none, so it cannot be told which form this is."""

    code = "form-token-unreadable"


class KeptFormDamaged(Broken):
    """What is kept of a form is not what was put there."""

    code = "kept-form-damaged"


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part of a form as kept: until when, and how many octets count against FORM_BYTES."""

    sealed: bytes = field(repr=False)
    until: int
    counted: int = 0


class FormStore(Protocol):
    """Keeps the sealed parts of forms; forms and parts have names of 64 hexadecimal digits.

    A form lives until the latest instant that any of its parts says, and then as a whole is gone.
    Calls from any number of threads and processes may come at once. A part that is replaced is the
    old one or the new one, whatever happens, and what keep returned from is durable.
    """

    def keep(
        self, form: str, part: str, sealed: SealedPart, *, now: int, most: int | None = None
    ) -> bool:
        """Keep a part in the place of the one that has its name.

        False, and nothing was kept, where more than ``most`` octets would count in the form.

        Raises:
            StorageFailed: the disk refused; the part is the old one or the new one.
        """
        ...

    def part(self, form: str, part: str, *, now: int) -> bytes | None:
        """Return what was sealed, None where the form is over or has no such part."""
        ...

    def drop(self, form: str, part: str) -> None:
        """Remove a part. Safe to repeat."""
        ...

    def remove(self, form: str) -> None:
        """Remove a form with all its parts, in one step. Safe to repeat."""
        ...

    def sweep(self, now: int) -> int:
        """Remove the forms that are over, and what was cut off; return how many forms those were.

        A form that someone writes in at this moment is left for the next time.
        """
        ...

    def count(self, now: int) -> int:
        """Return how many forms are kept that are not over."""
        ...


@dataclass(frozen=True, slots=True)
class KeptForms:
    """Keeps unsent forms, encrypted under a token that is kept nowhere here.

    The form's name in the store, the name of each part and the key of each part are expanded from
    the token (HKDF, RFC 5869) with labels of their own, so that no part opens in another's place or
    in another form. Whoever takes the store and has the token's cookie too can read it. An older
    state that somebody puts back in the store is not told from the newest.
    """

    store: FormStore
    cipher: Cipher
    now: Clock
    random: Random

    def begin(self) -> str:
        """Return a new token: 32 random bytes in base64url, 43 characters. Nothing is written."""
        return base64url(self.random(32))

    def read(self, token: str) -> bytes | None:
        """Return the state saved under a token.

        None where there is none, it is over or was left, or the token is none.

        Raises:
            KeptFormDamaged: it was changed where it lies.
        """
        return self._opened(token, _STATE)

    def save(self, token: str, state: bytes) -> None:
        """Keep a state in the place of the last, and all of the form for KEPT_DAYS from now.

        Raises:
            FormTokenUnreadable: the token is none.
            StorageFailed: the disk refused; what read returns is the last state or this one.
        """
        self._keep(token, _STATE, state, most=None)

    def leave(self, token: str) -> None:
        """Remove state and files at once. Safe to repeat, and with a token that is none.

        What a request that is under way saves afterwards is kept anew; no browser has its token.

        Raises:
            StorageFailed: the disk refused. It is gone after KEPT_DAYS all the same.
        """
        if (secret := _secret(token)) is not None:
            self.store.remove(_Names(secret).form)

    def add_file(self, token: str, name: str, data: bytes) -> None:
        """Keep a file in the place of the one that has its name, and all of the form anew.

        Raises:
            FormTokenUnreadable: the token is none.
            FileTooLargeForForm, FormFull: nothing of it was kept.
            StorageFailed: the disk refused; the file is the one before or this one.
            ValueError: the name is none of ``[a-z0-9-]{1,40}``, which is the caller's fault.
        """
        if len(data) > FILE_BYTES:
            raise FileTooLargeForForm("a file is too long", limit_mb=FILE_BYTES // MEGABYTE)
        if not self._keep(token, _named(name), data, most=FORM_BYTES):
            raise FormFull("too much for one form", limit_mb=FORM_BYTES // MEGABYTE)

    def file(self, token: str, name: str) -> bytes | None:
        """Return a file of a form, None as read does, and where it has no file of this name."""
        return self._opened(token, _named(name))

    def drop_file(self, token: str, name: str) -> None:
        """Remove a file. Safe to repeat, and with a token that is none.

        Raises:
            StorageFailed: the disk refused.
        """
        part = _named(name)
        if (secret := _secret(token)) is not None:
            names = _Names(secret)
            self.store.drop(names.form, names.part(part))

    def sweep(self) -> int:
        """Remove what is over, and return how many forms that were."""
        return self.store.sweep(self.now())

    def _keep(self, token: str, part: str, plain: bytes, *, most: int | None) -> bool:
        secret = _secret(token)
        if secret is None:
            raise FormTokenUnreadable("not 32 octets in base64url")
        names, now = _Names(secret), self.now()
        sealed = self.cipher.seal(names.key(part), plain, self.random(_NONCE_BYTES))
        counted = 0 if most is None else len(plain)
        kept = SealedPart(sealed, now + KEPT_DAYS * _DAY_MS, counted)
        return self.store.keep(names.form, names.part(part), kept, now=now, most=most)

    def _opened(self, token: str, part: str) -> bytes | None:
        secret = _secret(token)
        if secret is None:
            return None
        names = _Names(secret)
        sealed = self.store.part(names.form, names.part(part), now=self.now())
        if sealed is None:
            return None
        try:
            return self.cipher.open(names.key(part), sealed)
        except ValueError:
            raise KeptFormDamaged("what is kept of a form does not decrypt") from None


class _Names:
    """What the store knows a form by, and the keys that it does not know."""

    def __init__(self, secret: bytes) -> None:
        self._key = extract(secret)
        self.form = expand(self._key, ID).hex()

    def part(self, name: str) -> str:
        return expand(self._key, PART + name.encode()).hex()

    def key(self, name: str) -> bytes:
        return expand(self._key, KEY + name.encode())


def _secret(token: str) -> bytes | None:
    if _TOKEN.fullmatch(token) is None:
        return None
    try:
        secret = urlsafe_b64decode(f"{token}=")
    except Undecodable:
        return None
    # The last character has two bits that say nothing: one form has one token.
    return secret if base64url(secret) == token else None


def _named(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise ValueError("no name of a file of a form")
    return name
