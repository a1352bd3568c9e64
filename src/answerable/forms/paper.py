"""A paper that was opened: its lines in their order, and what is told of the whole."""

import re
from dataclasses import dataclass, field

from answerable.core.proceeding.intake import Line
from answerable.core.proceeding.request_notes import RequestNote

# What no record may hold (core/case/text.py). A paper has such signs by accident: they are left
# out and counted, for no one can delete them from a monitor's file. They are no words.
_LEFT_OUT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]",
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85]")


@dataclass(slots=True)
class Paper:
    """What a paper says. ``margin`` is what stands at the head or foot of pages, each once."""

    lines: list[Line] = field(default_factory=list)
    notes: list[RequestNote] = field(default_factory=list)
    margin: list[str] = field(default_factory=list)
    left_out: int = 0

    def clean(self, text: str) -> str:
        """Return text without signs that no record may hold; they are counted."""
        kept, found = _LEFT_OUT.subn("", _BREAKS.sub("\n", text))
        self.left_out += found
        return kept
