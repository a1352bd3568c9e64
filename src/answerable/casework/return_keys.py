"""The use case ReturnKeys and its port: a sender without an account opens their case again."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from answerable.casework.ports import Dockets
from answerable.core.case.now import case_of
from answerable.core.docket import Docket, DocketId
from answerable.core.errors import Refusal
from answerable.core.return_key import ReturnKey, digest_of

AT_ONCE = 4
"""How many digests are made at the same time at most. Each takes 16 MiB and 50 ms of one core."""


def at_once(cores: int) -> int:
    """Return how many digests are made at the same time: one core is left for whoever lodges."""
    return max(1, min(AT_ONCE, cores - 1))


class KeyOpensAnother(Refusal):
    """A return key that was bound to one case is bound to no other."""

    code = "key-opens-another"


class NoCaseOpens(Refusal):
    """No case opens with this key; that there ever was one is not said."""

    code = "no-case-opens"


class KeyedDockets(Protocol):
    """Which docket opens with which return key: of the key, only a digest is kept.

    With it is kept whether it shows what was sent, as its sender chose. No act tells of that.

    What bind returned from is durable, and goes wherever a backup of the acts goes.
    """

    @property
    def origin(self) -> str:
        """The origin of the mechanism's first ledger: a successor ledger does not change it."""
        ...

    def bind(self, digest: bytes, docket: DocketId, *, shows: bool | None = None) -> None:
        """Let a docket be opened by the key of this digest. Safe to repeat: the last choice counts.

        Raises:
            KeyOpensAnother: it opens another docket, which stays so.
            StorageFailed, Unfinished: try again; nothing is lost by that.
        """
        ...

    def docket_of(self, digest: bytes) -> DocketId | None:
        """Return the docket that opens with the key of this digest."""
        ...

    def shows(self, digest: bytes) -> bool | None:
        """Return whether a key shows what was sent, None where nothing was chosen."""
        ...


@dataclass(frozen=True, slots=True)
class ReturnKeys:
    """Binds a key to the case lodged with it, and finds that case again by the key alone.

    ``turns`` lets at_once in at the same time, and the next wait.
    """

    keyed: KeyedDockets
    dockets: Dockets
    turns: AbstractContextManager[object] = field(default_factory=nullcontext, repr=False)

    def digest(self, key: ReturnKey) -> bytes:
        """Return by what a key is found. It is slow on purpose: have it before someone waits.

        Each waits its turn: whoever tries keys takes no more of the server than that, and nobody is
        refused for it.
        """
        with self.turns:
            return digest_of(key, self.keyed.origin)

    def bind_digest(self, digest: bytes, docket: DocketId, *, shows: bool | None) -> None:
        """Let a case be opened by its sender's key, whose digest was made before. Safe to repeat.

        ``shows`` is whether the key shows what was sent, None where its sender chose neither. The
        last choice counts, so that none is left out by whoever binds again.

        Raises:
            KeyOpensAnother: it is the key of another case.
        """
        self.keyed.bind(digest, docket, shows=shows)

    def docket(self, key: ReturnKey) -> Docket:
        """Return the case that opens with a key, as it now stands.

        Raises:
            NoCaseOpens: none does. It is the same whether there was one that was erased, or never.
        """
        return self.docket_by_digest(self.digest(key))

    def docket_by_digest(self, digest: bytes) -> Docket:
        """Return as docket does, by the digest of the key that was made before."""
        found = self.keyed.docket_of(digest)
        acts = () if found is None else self.dockets.acts(found)
        if not acts:
            raise NoCaseOpens("no case opens with this key")
        docket = self.dockets.docket(acts[0].kept.envelope.docket)
        # From the act on, and not only once what it leaves to be done is done.
        if case_of(docket.state).erased:
            raise NoCaseOpens("no case opens with this key")
        return docket

    def shows(self, digest: bytes) -> bool | None:
        """Return whether the key of a digest shows what was sent, None where nothing was chosen."""
        return self.keyed.shows(digest)
