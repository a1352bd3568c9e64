"""What can be wrong with a paper that someone hands in: one class a code, beside any file's."""

from answerable.core.errors import Malformed


class PaperProblem(Malformed):
    """The base of what can be wrong with a paper alone."""


class NotAPaper(PaperProblem):
    """A file of a kind that is not read here. Facts: found (a code of the kind)."""

    code = "not-a-paper"


class PaperLocked(PaperProblem):
    """It opens only with a password, or is in Word's old form, which looks the same."""

    code = "paper-locked"


class PaperDamaged(PaperProblem):
    code = "paper-damaged"


class PaperTooLarge(PaperProblem):
    """What unpacks to more than a paper holds. Facts: limit (bytes or parts)."""

    code = "paper-too-large"


class PaperUnsafe(PaperProblem):
    """It asks the reader to fetch or to repeat something, which no word processor writes."""

    code = "paper-unsafe"


class PaperTooSlow(PaperProblem):
    """It could not be read in the time and the memory that a paper gets."""

    code = "paper-too-slow"


class PaperWithoutText(PaperProblem):
    """There is nothing to read: pages are pictures, or blank."""

    code = "paper-without-text"
