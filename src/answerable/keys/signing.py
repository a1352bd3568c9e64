"""The mechanism's two signing keys, with their past ones, in one file that only it can read."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from answerable.core.errors import Broken
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.keys import COSIGNATURE, ED25519, VerifierKey
from answerable.core.ledger.note import Signer, cosigner, sign_note
from answerable.core.ledger.policy import Group, Log, Policy, Witness
from answerable.core.ledger.windows import Window
from answerable.disk import write_whole
from answerable.keys import ed25519

TIME_SUFFIX = "/time"
MECHANISM = "mechanism"
"""The policy's name for the mechanism's own cosigners, of whom one is the quorum."""


OVERLAP_SECONDS = 60
"""How long both keys count around a rotation: another process may be signing at this moment."""


class SigningKeysUnreadable(Broken):
    """The file of the signing keys is not there, or not whole."""

    code = "signing-keys-unreadable"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of a ledger, from an instant, and until another once it was rotated out.

    A past key keeps only its public half: what it signed stays verifiable, nothing more can be.
    """

    name: str
    kind: int
    public: str
    from_seconds: int
    until_seconds: int | None = None
    seed: str | None = None

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey.of(self.name, self.kind, bytes.fromhex(self.public))

    @property
    def window(self) -> Window:
        return Window(self.from_seconds, self.until_seconds)

    def sign(self, message: bytes) -> bytes:
        if self.seed is None:
            raise SigningKeysUnreadable("a past key signs no more", name=self.name)
        return ed25519.sign(bytes.fromhex(self.seed), message)


class SigningKeys:
    """The keys in a file, read again whenever the file was replaced by a rotation."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._keys: tuple[SigningKey, ...] = ()

    def all(self) -> tuple[SigningKey, ...]:
        """Return every key, past ones too, in the order in which they began."""
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_ino)
            if stamp != self._read_at:
                listed = json.loads(self._path.read_text(encoding="utf-8"))
                self._keys = tuple(SigningKey(**item) for item in listed)
                self._read_at = stamp
        except (OSError, ValueError, TypeError) as problem:
            raise SigningKeysUnreadable(
                f"{type(problem).__name__} at the signing keys", path=str(self._path)
            ) from problem
        return self._keys

    def __call__(self, checkpoint: Checkpoint, at: int) -> bytes:
        """Return the signed note of a checkpoint; see casework's port SignsCheckpoints."""
        log = self._current(checkpoint.origin, ED25519)
        time = self._current(checkpoint.origin + TIME_SUFFIX, COSIGNATURE)
        signers = (
            Signer(log.name, log.verifier.key_id, log.sign),
            cosigner(time.verifier, at // 1000, time.sign),
        )
        return sign_note(checkpoint.text(), signers).encode()

    def policy(self, origin: str, title: str | None) -> Policy:
        """Return the policy that names every key there ever was, of past origins too, each dated.

        ``origin`` is the one that the ledger has now.
        """
        keys = self.all()
        logs = [key for key in keys if key.kind == ED25519]
        times = [key for key in keys if key.kind == COSIGNATURE]
        witnesses = tuple(
            Witness(f"{MECHANISM}-{at}", key.verifier, window=key.window)
            for at, key in enumerate(times, 1)
        )
        return Policy(
            logs=tuple(Log(key.verifier, window=key.window) for key in logs),
            witnesses=witnesses,
            groups=(Group(MECHANISM, 1, tuple(witness.name for witness in witnesses)),),
            quorum=MECHANISM,
            origin=origin,
            title=title,
        )

    def begin(self, origin: str, *, seeds: tuple[bytes, bytes], at_seconds: int) -> None:
        """Make the two keys of an origin, and end the time of all that there were.

        A mechanism has one ledger at a time: the keys of an origin that was lost end too. The file
        is replaced in one step, so that a process reads the old keys or the new ones.
        """
        names = {origin: (ED25519, seeds[0]), origin + TIME_SUFFIX: (COSIGNATURE, seeds[1])}
        with self._alone():
            past = self.all() if self._path.exists() else ()
            kept = (
                replace(key, until_seconds=at_seconds + OVERLAP_SECONDS, seed=None)
                if key.until_seconds is None
                else key
                for key in past
            )
            # A writer that took its time just before may sign with the new keys just after.
            since = at_seconds - OVERLAP_SECONDS if past else at_seconds
            begun = (
                SigningKey(name, kind, ed25519.public_of(seed).hex(), since, None, seed.hex())
                for name, (kind, seed) in names.items()
            )
            self._write((*kept, *begun))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # Two rotations at once would each write its own keys over the other's.
        lock = self._path.with_name(self._path.name + ".lock")
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _current(self, name: str, kind: int) -> SigningKey:
        for key in reversed(self.all()):
            if (key.name, key.kind) == (name, kind) and key.seed is not None:
                return key
        raise SigningKeysUnreadable(f"no key signs for {name}", name=name)

    def _write(self, keys: Iterable[SigningKey]) -> None:
        octets = json.dumps([asdict(key) for key in keys], indent=1).encode() + b"\n"
        write_whole(self._path, octets)
