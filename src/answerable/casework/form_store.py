"""The port FormStore: where the sealed parts of unsent forms are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from answerable.casework.form_room import Before


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part of a form as kept: until when, and how many octets count as a file, 0 for words."""

    sealed: bytes = field(repr=False)
    until: int
    counted: int = 0


class FormStore(Protocol):
    """Keeps the sealed parts of forms; forms and parts have names of 64 hexadecimal digits.

    A form lives until the latest instant that any of its parts says, and then as a whole is gone.
    Calls from any number of threads and processes may come at once. A part that is replaced is the
    old one or the new one, whatever happens, and what keep returned from is durable.
    """

    def keep(
        self,
        form: str,
        part: str,
        sealed: SealedPart,
        *,
        now: int,
        require: Callable[[Before], None],
    ) -> None:
        """Keep a part in the place of the one that has its name, unless ``require`` refuses.

        It is asked with what is kept until now; no other part is taken in between.

        Raises:
            StorageFailed: the disk refused; the part is the old one or the new one.
        """
        ...

    def taken(self) -> Before:
        """Return what all forms take, as it would be for one that is new."""
        ...

    def part(self, form: str, part: str, *, now: int) -> bytes | None:
        """Return what was sealed, None where the form is over or has no such part."""
        ...

    def share(self, form: str, parts: Sequence[str], to: str, *, now: int) -> None:
        """Let another form have parts of one too. What is sealed is not written anew.

        It is durable once this returns. What is not there is passed over. Safe to repeat.

        Raises:
            StorageFailed: the disk refused; the one form has all of them still.
        """
        ...

    def drop(self, form: str, part: str) -> None:
        """Remove a part. Safe to repeat."""
        ...

    def remove(self, form: str) -> None:
        """Remove a form with all its parts, in one step. Safe to repeat."""
        ...

    def sweep(self, now: int) -> int:
        """Remove the forms that are over, and what was cut off; return how many forms those were.

        A form that someone writes in at this moment is left for the next time.
        """
        ...

    def count(self, now: int) -> int:
        """Return how many forms are kept that are not over."""
        ...
