"""Checkpoints (C2SP tlog-checkpoint): the origin, size and root of a ledger at one moment."""

from dataclasses import dataclass

from answerable.core.errors import Malformed
from answerable.core.ledger.cosignature import Cosignature, cosignature_blob, cosignature_message
from answerable.core.ledger.keys import is_key_name
from answerable.core.ledger.lines import base64_of, bytes_of, number_of
from answerable.core.ledger.note import Verified
from answerable.core.ledger.tree import EMPTY_ROOT, HASH_LENGTH

__all__ = [
    "Checkpoint",
    "Cosignature",
    "UnreadableCheckpoint",
    "cosignature_blob",
    "cosignature_message",
    "cosignatures",
]

_LINES = 3


class UnreadableCheckpoint(Malformed):
    """A note's text is not a checkpoint; ``reason`` says which line is at fault."""

    code = "unreadable-checkpoint"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a ledger signs: that its first ``size`` entries have this root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64_of(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Return the checkpoint that text spells.

        Raises:
            UnreadableCheckpoint: with ``reason`` lines (not exactly three: extension lines are not
                read, because nobody audits them), origin, size, root or empty-root.
        """
        if not text.endswith("\n") or text.count("\n") != _LINES:
            raise UnreadableCheckpoint("a checkpoint has three lines", reason="lines")
        origin, size, root = text[:-1].split("\n")
        if not is_key_name(origin):
            raise UnreadableCheckpoint("an origin has no spaces and no plus", reason="origin")
        try:
            read_size = number_of(size)
        except ValueError:
            raise UnreadableCheckpoint("the size is not a number", reason="size") from None
        try:
            read_root = bytes_of(root)
        except ValueError:
            read_root = b""
        if len(read_root) != HASH_LENGTH:
            raise UnreadableCheckpoint("the root is not 32 bytes in base64", reason="root")
        if read_size == 0 and read_root != EMPTY_ROOT:
            raise UnreadableCheckpoint("an empty tree has another root", reason="empty-root")
        return cls(origin, read_size, read_root)


def cosignatures(verified: tuple[Verified, ...]) -> tuple[Cosignature, ...]:
    """Return those of an opened note's signatures that state a time, in their order."""
    return tuple(
        Cosignature(by.key.name, by.key.key_id, by.at_seconds)
        for by in verified
        if by.at_seconds is not None
    )
