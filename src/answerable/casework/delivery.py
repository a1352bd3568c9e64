"""A delivery as it is handed in: one sending of one or many submissions, with its key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO
from uuid import UUID

from answerable.casework.hidden_data import HiddenData, as_handed_in
from answerable.core.act_form import evidence_fields
from answerable.core.acts import By, Field, PartyId
from answerable.core.case.submission import Submission
from answerable.core.case.submission_parts import Exhibit
from answerable.core.case.vocabulary import COMMAND_LINE, DELIVERY, ENTERED, FORM
from answerable.core.mechanism import ANYONE
from answerable.core.signed_act import PartyKey

OpenExhibit = Callable[[str], BinaryIO]
"""Opens the file that a submission names as an exhibit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One sending: its key, its submissions, who sends, and who typed it in with what evidence.

    ``is_from_form`` where its sender filled it in on the pages; ``hidden_data`` is set by who
    lodges it.

    The request's key is random and kept by the sender; asked again with it, the same receipts
    are given, and never a second case.
    """

    request: UUID
    submissions: Sequence[Submission]
    exhibit: OpenExhibit
    party: PartyId = ANYONE
    entered_by: By | None = None
    evidence: str | None = None
    key: PartyKey | None = None
    hidden_data: HiddenData | None = None
    is_from_form: bool = False

    @property
    def channel(self) -> str:
        """How each submission came, for the figures."""
        if self.entered_by is not None:
            return ENTERED
        if self.is_from_form:
            return FORM
        return DELIVERY if len(self.submissions) > 1 else COMMAND_LINE

    def opens(self, exhibit: Exhibit) -> Callable[[], BinaryIO]:
        """Return what opens an exhibit as it is handed in: the file, or the copy of it."""
        opens = partial(self.exhibit, exhibit.file or "")
        if self.hidden_data is None:
            return opens
        return as_handed_in(exhibit.hidden_data, opens, self.hidden_data)

    def entered(self) -> Sequence[Field]:
        """Return what the record of each submission says of who typed it in for another."""
        return evidence_fields(self.entered_by, self.evidence)
