"""What a visitor hands in to be checked: receipts and openings, known by how they begin."""

from dataclasses import dataclass

from answerable.core.ledger.proof import HEADER
from answerable.qr import bytes_of_groups
from answerable.web.posted import Posted

RECEIPT, OPENING, POLICY, TEXT = "receipt", "opening", "policy", "text"
"""The fields of the form."""

_LONGEST_NUMBER = 40
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class File:
    """What is judged, and what it is called in the verdict."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be judged together; ``number`` where a case number was typed."""

    receipts: tuple[File, ...] = ()
    openings: tuple[File, ...] = ()
    policy: File | None = None
    number: str = ""

    @property
    def pairs(self) -> list[tuple[File, File | None]]:
        """Each receipt with its opening. An opening too many is judged with the last receipt."""
        last = len(self.receipts) - 1
        most = max(len(self.receipts), len(self.openings)) if self.receipts else 0
        return [
            (self.receipts[min(at, last)], self.openings[at] if at < len(self.openings) else None)
            for at in range(most)
        ]


def asked(posted: Posted, pasted: str) -> Asked:
    """Return what a post asks for; ``pasted`` is what pasted text is called."""
    files = [(one.field, File(one.name[:_LONGEST_NAME], one.data)) for one in posted.files]
    policy = next((file for field, file in files if field == POLICY), None)
    text, number = posted.text(TEXT).strip(), ""
    if text and len(text) <= _LONGEST_NUMBER and "\n" not in text and "{" not in text:
        number = text
    elif text:
        files.append((TEXT, File(pasted, _of_text(text))))
    judged = [(_is_opening(field, file.data), file) for field, file in files if field != POLICY]
    return Asked(
        receipts=tuple(file for is_opening, file in judged if not is_opening),
        openings=tuple(file for is_opening, file in judged if is_opening),
        policy=policy,
        number=number,
    )


def _of_text(text: str) -> bytes:
    # A text field ends lines in a line feed, and loses the last one.
    return bytes_of_groups(text) or f"{text}\n".encode("utf-8", "surrogatepass")


def _is_opening(field: str, data: bytes) -> bool:
    """Whether it is judged as an opening: by how it begins, else by the field it came in."""
    if data.startswith(b"{"):
        return True
    return field == OPENING and not data.startswith(HEADER.encode())
