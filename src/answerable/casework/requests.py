"""What casework needs of a monitor's request before it is recorded: to see how it was read."""

from typing import Protocol

from answerable.casework.procedures import Checked
from answerable.core.case.limits import MIB
from answerable.core.proceeding.intake import HandedRequest
from answerable.core.proceeding.request import Request

REQUEST_BYTES = 32 * MIB
"""The largest file of a request: lists of issues with their annexes have a few."""


class Requests(Protocol):
    """Requests as they are handed in. Nothing is recorded by reading one."""

    def request(self, data: bytes, name: str) -> Checked[HandedRequest]:
        """Read a file: the small language, plain text, a Word file (DOCX) or a PDF with text.

        What was guessed is among the notes, and what is in no point is the remainder: show both
        before anything is recorded. The original binds, and is kept beside what was read of it.
        """
        ...

    def request_text(self, request: Request) -> str:
        """Return a request in the small language, to be mended and handed in instead."""
        ...
