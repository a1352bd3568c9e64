"""How much room unsent forms may take: nobody is known here, so everyone has the same share.

Whoever writes a form is not told from whoever only fills the disk. So nobody is counted: what is
bounded is the room. A share shrinks with what is left, so that who takes much leaves room for many
who take little; what was begun can always be written to the end of its FLOOR, and be sent.
"""

from dataclasses import dataclass

from answerable.core.errors import Refusal

KILOBYTE, MEGABYTE = 2**10, 2**20
FILE_BYTES = 20 * MEGABYTE
FORM_BYTES = 60 * MEGABYTE
"""The longest file of a form, and all files of one form together, in octets."""

DEFAULT_MB = 4096
LEAST_MB, MOST_MB = 1024, 2**24
"""What all unsent forms may take of the disk where nothing is set, and what may be set."""

FLOOR = 32 * KILOBYTE
"""What is set aside for the words of each form that was begun, however full it gets."""

TEXT_SHARES, FILE_SHARES = 1024, 16
"""Into how many shares what is left is divided: one form's words, and one form's files, take one at
most."""

KEPT_BACK = 8
"""One part of so many, of the room for words, is for those who come back to their case."""


class FormsFull(Refusal):
    """There is no room for one more form. Nothing of it was kept."""

    code = "forms-full"


class FormTextFull(Refusal):
    """The words of a form would take more than its share, which is ``limit_kb`` now."""

    code = "form-text-full"


class NoRoomForFile(Refusal):
    """There is room for words and none for this file. Nothing of it was kept."""

    code = "no-room-for-file"


class FormFull(Refusal):
    """With this file a form would hold more than ``limit_mb``, which is FORM_BYTES."""

    code = "form-full"


@dataclass(frozen=True, slots=True)
class Before:
    """What is kept, in octets, when a part arrives that is to take the place of another.

    ``text`` is of the form's words, 0 where it has none yet; ``files`` of its other files.
    ``others_text`` and ``others_files`` are of all other forms together, each one's words as FLOOR
    at least.
    """

    text: int = 0
    files: int = 0
    others_text: int = 0
    others_files: int = 0


@dataclass(frozen=True, slots=True)
class FormRoom:
    """The room of all unsent forms together: one half for words, one for files."""

    megabytes: int = DEFAULT_MB

    @property
    def half(self) -> int:
        return self.megabytes * MEGABYTE // 2

    def require_text(self, before: Before, length: int, *, comes_back: bool = False) -> None:
        """Refuse words that have no room. What gets no longer always has it.

        Raises:
            FormsFull: a form is begun, and there is no room for one more.
            FormTextFull: they are longer than this form's share.
        """
        if before.text and length <= max(before.text, FLOOR):
            return
        left = self.half - before.others_text
        if not comes_back:
            left -= self.half // KEPT_BACK
        if not before.text and left < FLOOR:
            raise FormsFull("no room for one more form")
        most = max(FLOOR, left // TEXT_SHARES)
        if length > most:
            raise FormTextFull("the words of a form are too long", limit_kb=most // KILOBYTE)

    def require_file(self, before: Before, length: int) -> None:
        """Refuse a file that has no room.

        Raises:
            FormFull: its form would be too long, however much room there is.
            NoRoomForFile: it would take more than this form's share.
        """
        taken = before.files + length
        if taken > FORM_BYTES:
            raise FormFull("too much for one form", limit_mb=FORM_BYTES // MEGABYTE)
        if taken > (self.half - before.others_files) // FILE_SHARES:
            raise NoRoomForFile("no room for a file")

    def is_wide(self, taken: Before) -> bool:
        """Whether the longest file and the longest text still find room: told before none does."""
        try:
            self.require_file(taken, FILE_BYTES)
            self.require_text(taken, self.half // TEXT_SHARES // 2)
        except Refusal:
            return False
        return True
