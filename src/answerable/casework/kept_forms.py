"""The use case KeptForms: what a sender has written and not sent yet.

Without an account and without a script, what was written on one page must be there on the next. It
is kept under a token that only the sender's browser has: what is kept opens nothing without it.
"""

import re
from base64 import urlsafe_b64decode
from binascii import Error as Undecodable
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum

from answerable.casework.form_room import FILE_BYTES, MEGABYTE, Before, FormRoom
from answerable.casework.form_store import FormStore, SealedPart
from answerable.casework.ports import Cipher, Clock, Random
from answerable.core.commitment import base64url, expand, extract
from answerable.core.errors import Broken, Malformed, Refusal

KEPT_DAYS = 3
"""How long an unsent form is kept after it was last written in. Pages print it."""

EMPTY_HOURS = 3
"""How long a form is kept in which nothing was typed: begun again, nothing of it is lost."""

ID = b"answerable/kept-form/id/v1"
PART = b"answerable/kept-form/part/v1\x00"
KEY = b"answerable/kept-form/key/v1\x00"
"""What a form's name in the store, its parts' names and their keys are expanded with."""

_HOUR_MS = 60 * 60 * 1000
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_NAME = re.compile(r"[a-z0-9-]{1,40}")
_STATE = ""
"""No file has this name: what was typed, and not what was added to it."""

_NONCE_BYTES = 12


class FileTooLargeForForm(Refusal):
    """A file is longer than a form takes; ``limit_mb`` is FILE_BYTES. Nothing of it was kept."""

    code = "file-too-large-for-form"


class FormTokenUnreadable(Malformed):
    """The token is none, so it cannot be told which form this is."""

    code = "form-token-unreadable"


class KeptFormDamaged(Broken):
    """What is kept of a form is not what was put there."""

    code = "kept-form-damaged"


class Holds(Enum):
    """What a state is worth that is kept: nothing was typed in it; words; or the way to a case."""

    NOTHING = "nothing"
    WORDS = "words"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class KeptForms:
    """Keeps unsent forms, encrypted under a token that is kept nowhere here.

    The form's name in the store, the name of each part and the key of each part are expanded from
    the token (HKDF, RFC 5869) with labels of their own, so that no part opens in another's place or
    in another form; a file that a form shares with the one before stays sealed under the token that
    it was added with. Whoever takes the store and has the token's cookie too can read it. An older
    state that somebody puts back in the store is not told from the newest.
    """

    store: FormStore
    cipher: Cipher
    now: Clock
    random: Random
    room: FormRoom = field(default_factory=FormRoom)

    def begin(self) -> str:
        """Return a new token: 32 random bytes in base64url, 43 characters. Nothing is written."""
        return base64url(self.random(32))

    def require_room(self) -> None:
        """Refuse to begin a form where none could be kept.

        Raises:
            FormsFull: there is no room for one more.
        """
        self.room.require_text(self.store.taken(), 0)

    def read(self, token: str) -> bytes | None:
        """Return the state saved under a token.

        None where there is none, it is over or was left, or the token is none.

        Raises:
            KeptFormDamaged: it was changed where it lies.
        """
        return self._opened(token, _STATE)

    def save(self, token: str, state: bytes, holds: Holds = Holds.WORDS) -> None:
        """Keep a state in the place of the last, and all of the form for KEPT_DAYS from now.

        A state that holds nothing is kept for EMPTY_HOURS.

        Raises:
            FormTokenUnreadable: the token is none.
            FormsFull, FormTextFull: there is no room; what read returns is the last state.
            StorageFailed: the disk refused; what read returns is the last state or this one.
        """

        def require(before: Before, length: int) -> None:
            self.room.require_text(before, length, comes_back=holds is Holds.CASE)

        hours = EMPTY_HOURS if holds is Holds.NOTHING else KEPT_DAYS * 24
        self._keep(token, _STATE, state, hours=hours, require=require)

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
            FileTooLargeForForm, FormFull, NoRoomForFile: nothing of it was kept.
            StorageFailed: the disk refused; the file is the one before or this one.
            ValueError: the name is none of ``[a-z0-9-]{1,40}``, which is the caller's fault.
        """
        if len(data) > FILE_BYTES:
            raise FileTooLargeForForm("a file is too long", limit_mb=FILE_BYTES // MEGABYTE)
        require = self.room.require_file
        self._keep(token, _named(name), data, hours=KEPT_DAYS * 24, require=require)

    def file(self, token: str, name: str, under: str = "") -> bytes | None:
        """Return a file of a form, None as read does, and where it has no file of this name.

        One that was shared is ``under`` the token of the form to which it was added.
        """
        return self._opened(token, _named(name), under)

    def drop_file(self, token: str, name: str, under: str = "") -> None:
        """Remove a file. Safe to repeat, and with a token that is none.

        Raises:
            StorageFailed: the disk refused.
        """
        part = _named(name)
        secret, of_file = _secret(token), _secret(under or token)
        if secret is not None and of_file is not None:
            self.store.drop(_Names(secret).form, _Names(of_file).part(part))

    def share_files(self, before: str, token: str, files: Iterable[tuple[str, str]]) -> None:
        """Let a form have files of the one before too: each by its name, and under which token.

        They are not written anew: who begins over and over with few octets makes no more of them.
        Safe to repeat, and with a token that is none.

        Raises:
            StorageFailed: the disk refused; the form before has all of them still.
        """
        old, new = _secret(before), _secret(token)
        if old is None or new is None:
            return
        sealed = [(_named(name), _secret(under or before)) for name, under in files]
        parts = [_Names(secret).part(name) for name, secret in sealed if secret is not None]
        if parts:
            self.store.share(_Names(old).form, parts, _Names(new).form, now=self.now())

    def sweep(self) -> int:
        """Remove what is over, and return how many forms that were."""
        return self.store.sweep(self.now())

    def _keep(
        self,
        token: str,
        part: str,
        plain: bytes,
        *,
        hours: int,
        require: Callable[[Before, int], None],
    ) -> None:
        secret = _secret(token)
        if secret is None:
            raise FormTokenUnreadable("not 32 octets in base64url")
        names, now = _Names(secret), self.now()
        sealed = self.cipher.seal(names.key(part), plain, self.random(_NONCE_BYTES))
        counted = 0 if part == _STATE else len(plain)
        kept = SealedPart(sealed, now + hours * _HOUR_MS, counted)

        def asked(before: Before) -> None:
            require(before, counted if part != _STATE else len(sealed))

        self.store.keep(names.form, names.part(part), kept, now=now, require=asked)

    def _opened(self, token: str, part: str, under: str = "") -> bytes | None:
        secret, of_part = _secret(token), _secret(under or token)
        if secret is None or of_part is None:
            return None
        names = _Names(of_part)
        sealed = self.store.part(_Names(secret).form, names.part(part), now=self.now())
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
