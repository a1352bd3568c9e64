"""What can go wrong, as types with a stable code and facts; sentences are made in locale."""

from collections.abc import Mapping
from typing import ClassVar

Fact = str | int | None


class AnswerableError(Exception):
    """The base of every error of Answerable. Never raised itself.

    ``code`` names the error for programs and for the catalogues, and never changes. ``facts`` fill
    the sentence that ``locale`` makes of it; they hold no content of a submission beyond the name
    of the field at fault. The message is for developers and logs.
    """

    code: ClassVar[str] = "answerable"

    def __init__(self, message: str, **facts: Fact) -> None:
        super().__init__(message)
        self.facts: Mapping[str, Fact] = facts


class Refusal(AnswerableError):
    """A rule says no. Nothing was written."""


class Malformed(AnswerableError):
    """Input from outside cannot be read, or does not keep its format."""


Refused = Refusal | Malformed
"""The two ways to be turned away for what was asked: nothing was written, and nothing is broken."""


class Undecidable(AnswerableError):
    """The question is well put, and what is needed to answer it is missing."""


class Unreachable(AnswerableError):
    """The other end of a network did not answer."""


class RefusedByServer(AnswerableError):
    """The other end answered no; its problem is in the facts."""


class Broken(AnswerableError):
    """An invariant does not hold. The process stops and repairs nothing by itself."""
