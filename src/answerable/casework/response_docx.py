"""What casework needs of the response as a Word file: made, and compared when it comes back."""

from typing import Protocol

from answerable.core.case.limits import MIB
from answerable.core.proceeding.comparison import Comparison
from answerable.core.proceeding.response import CollectedResponse

RETURNED_BYTES = 32 * MIB
"""The largest file that comes back: pictures may have been put in."""


class ResponsesInWord(Protocol):
    """The collected response as a Word file that bodies edit and hand back.

    Nothing is taken over by comparing: each change that a body wants is an act of its own.
    """

    def response_docx(self, response: CollectedResponse, language: str) -> bytes:
        """Return the file; the same response in the same language gives the same bytes."""
        ...

    def compared(self, response: CollectedResponse, docx: bytes) -> Comparison:
        """Return what a returned file says otherwise than the response, whoever saved it.

        Raises:
            PaperProblem: it is no Word file, or one that is made to do harm.
        """
        ...
