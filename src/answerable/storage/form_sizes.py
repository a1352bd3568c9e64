"""What unsent forms take, told without their keys: of each one, and of all together."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

from answerable.casework.form_room import FLOOR, Before
from answerable.casework.form_store import SealedPart


class Head(NamedTuple):
    """What is told of a part without its key: until when it is kept, and how long it is."""

    until: int
    counted: int
    length: int


class Taken(NamedTuple):
    """What one form takes, in octets."""

    text: int = 0
    files: int = 0

    @property
    def set_aside(self) -> int:
        """What its words count for: each form that was begun has its floor."""
        return max(self.text, FLOOR) if self.text else 0


class AllTaken:
    """What each form takes, and all of them, as far as this process knows.

    What other processes keep is known from the next sweep on.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._forms: dict[str, Taken] | None = None
        self._text = self._files = 0

    def count(self, forms: Callable[[], Mapping[str, Taken]], *, again: bool = False) -> None:
        """Count all forms, once or again."""
        with self._lock:
            if again or self._forms is None:
                self._forms = dict(forms())
                self._text = sum(one.set_aside for one in self._forms.values())
                self._files = sum(one.files for one in self._forms.values())

    def before(self, form: str = "") -> Before:
        """Return what all others take beside a form."""
        own = Taken() if self._forms is None else self._forms.get(form, Taken())
        return Before(0, 0, self._text - own.set_aside, self._files - own.files)

    @contextmanager
    def taking(
        self, form: str, old: Taken, new: Taken, require: Callable[[Taken, Before], None]
    ) -> Iterator[None]:
        """Take room before it is written on, so that two at once do not take the same."""
        with self._lock:
            require(old, self.before(form))
            self._put(form, new)
        try:
            yield
        except BaseException:
            with self._lock:
                self._put(form, old)
            raise

    def put(self, form: str, size: Taken) -> None:
        with self._lock:
            self._put(form, size)

    def _put(self, form: str, size: Taken) -> None:
        if self._forms is None:
            return
        before = self._forms.pop(form, Taken())
        self._text += size.set_aside - before.set_aside
        self._files += size.files - before.files
        if size != Taken():
            self._forms[form] = size


def heads_of(parts: Mapping[str, SealedPart]) -> Mapping[str, Head]:
    return {name: Head(one.until, one.counted, len(one.sealed)) for name, one in parts.items()}


def size_of(heads: Mapping[str, Head]) -> Taken:
    """Return what the parts of a form take: words are what does not count as a file."""
    text = sum(head.length for head in heads.values() if not head.counted)
    return Taken(text, sum(head.counted for head in heads.values()))
