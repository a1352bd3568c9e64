"""Receipts (C2SP tlog-proof): the harmless file that proves that an entry is in a ledger."""

from dataclasses import dataclass

from answerable.core.errors import Malformed
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.entry import HASH_LENGTH, NotACommitment
from answerable.core.ledger.errors import NotAHash
from answerable.core.ledger.lines import base64_of, bytes_of, number_of
from answerable.core.ledger.note import Note, parse_note

HEADER = "c2sp.org/tlog-proof@v1"
MAX_RECEIPT_BYTES = 1 << 16
MAX_PATH = 63


class UnreadableReceipt(Malformed):
    """Bytes are not a receipt; ``reason`` says which part is at fault."""

    code = "unreadable-receipt"


class MissingCommitment(Malformed):
    """A proof of this format, but without the ``extra`` line that holds the commitment."""

    code = "missing-commitment"


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry's commitment, its place, the way to the root, and the note that signs the root."""

    commitment: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint_note_bytes: bytes

    @property
    def note(self) -> Note:
        return parse_note(self.checkpoint_note_bytes)

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint.parse(self.note.text)

    def encode(self) -> bytes:
        lines = [
            HEADER,
            f"extra {base64_of(self.commitment)}",
            f"index {self.index}",
            *map(base64_of, self.path),
        ]
        return "\n".join(lines).encode("ascii") + b"\n\n" + self.checkpoint_note_bytes

    @classmethod
    def parse(cls, content: bytes) -> "Receipt":
        """Return the receipt, of which encode gives these bytes again.

        Raises:
            UnreadableReceipt: with ``reason`` too-large, line-ends, no-checkpoint, header, index or
                path.
            MissingCommitment, NotACommitment, NotAHash: in the lines before the checkpoint.
            UnreadableNote, UnreadableCheckpoint: in the checkpoint.
        """
        if len(content) > MAX_RECEIPT_BYTES:
            raise UnreadableReceipt("a receipt has at most 64 KiB", reason="too-large")
        if b"\r" in content:
            # Mail and editors do this. To forgive it would make files that other readers refuse.
            raise UnreadableReceipt("lines end in a line feed alone", reason="line-ends")
        head, separator, checkpoint = content.partition(b"\n\n")
        if not separator:
            raise UnreadableReceipt("no empty line before a checkpoint", reason="no-checkpoint")
        header, *rest = head.decode("ascii", "replace").split("\n")
        if header != HEADER:
            raise UnreadableReceipt(f"the first line is not {HEADER}", reason="header")
        if not rest or not rest[0].startswith("extra "):
            raise MissingCommitment("no extra line")
        receipt = cls(
            _commitment(rest[0].removeprefix("extra ")),
            _index(rest[1:2]),
            _path(rest[2:]),
            checkpoint,
        )
        Checkpoint.parse(receipt.note.text)  # so that whatever is read can be verified
        return receipt


def _commitment(base64: str) -> bytes:
    try:
        commitment = bytes_of(base64)
    except ValueError:
        raise NotACommitment("the extra line is not base64") from None
    if len(commitment) != HASH_LENGTH:
        raise NotACommitment(f"expected 32 bytes, got {len(commitment)}", length=len(commitment))
    return commitment


def _index(line: list[str]) -> int:
    try:
        if line and line[0].startswith("index "):
            return number_of(line[0].removeprefix("index "))
    except ValueError:
        pass
    raise UnreadableReceipt("no index line with a number", reason="index")


def _path(lines: list[str]) -> tuple[bytes, ...]:
    if len(lines) > MAX_PATH:
        raise UnreadableReceipt(f"more than {MAX_PATH} hashes", reason="path")
    try:
        path = tuple(map(bytes_of, lines))
    except ValueError:
        raise UnreadableReceipt("a line of the path is not base64", reason="path") from None
    for found in path:
        if len(found) != HASH_LENGTH:
            raise NotAHash(f"expected 32 bytes, got {len(found)}", length=len(found))
    return path
