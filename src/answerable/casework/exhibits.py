"""The port Exhibits: files handed in, and what the record says of each."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from answerable.core.errors import Refusal


class LodgingGoesOn(Refusal):
    """Something is being lodged: its exhibits have no act yet, and may not be swept away."""

    code = "lodging-goes-on"


@dataclass(frozen=True, slots=True)
class SealedExhibit:
    """An exhibit as stored: its ciphertext's name, its digests, and the identity that opens it.

    ``sealed`` is the SHA-256 of the ciphertext, in hexadecimal. ``digest`` is SHA-256 over
    ``answerable/exhibit/v1``, a zero byte, ``salt`` and the plaintext.
    """

    sealed: str
    digest: str
    salt: bytes
    length: int
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitOnFile:
    """An exhibit as an act records it, with who may read it. ``name`` is what its sender wrote.

    It has at most ``size_below`` octets; the record says no more of its length. ``hidden_data`` is
    ``removed`` where it is a copy of what its sender has, ``kept`` or None where it is that file.
    """

    ordinal: int
    name: str
    readers: tuple[str, ...]
    size_below: int
    sealed: str
    digest: str
    salt: bytes
    identity: str
    hidden_data: str | None = None


class Exhibits(Protocol):
    """Files handed in, kept as age files named by the digest of their ciphertext."""

    def lodging(self) -> AbstractContextManager[None]:
        """Hold this from the first exhibit sealed until the act that names the last is appended.

        No sweep, in any process, removes anything meanwhile.
        """
        ...

    def seal(self, source: BinaryIO, salt: bytes) -> SealedExhibit:
        """Encrypt source to a new identity, and keep it durably. Memory does not grow with it.

        Raises:
            ExhibitTooLong: the source is longer than the limit; nothing is kept.
            AnswerableError: what reading the source raises; nothing is kept.
        """
        ...

    def unseal(self, exhibit: ExhibitOnFile, target: BinaryIO) -> None:
        """Write to target what was handed in. Memory does not grow with it.

        Show target to nobody before this has returned: only then is it what the record vouches for.

        Raises:
            StoredExhibitMissing, StoredExhibitDamaged: it is gone, or its bytes have changed.
            OSError: target cannot be written.
        """
        ...

    def left_over(self, in_use: Iterable[str], before: float) -> Mapping[str, int]:
        """Return the files that no act names, with their lengths: whole ones and half-written.

        Those written at or after ``before``, in seconds since 1970, are left out.
        """
        ...

    def sweep(self, in_use: Callable[[], Iterable[str]], before: float) -> Mapping[str, int]:
        """Remove what is left over, and return it. ``in_use`` is asked while nobody lodges.

        Raises:
            LodgingGoesOn: for longer than this waits. Nothing was removed.
        """
        ...
