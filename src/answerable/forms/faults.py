"""What is wrong with a file of rules: one class a code, beside those of any file handed in.

Every fault has ``field`` (as ``clocks.finding.owes``) and ``line`` (or None) among its facts.
"""

from answerable.core.errors import Malformed


class RuleFault(Malformed):
    """The base of what can be wrong with a procedure or a calendar alone."""


class UnknownReference(RuleFault):
    """Facts: found, nearest, known, reason (act, calendar, class, clock, event or seat)."""

    code = "unknown-reference"


class BadCode(RuleFault):
    """Facts: found; reason ``version`` where a version is wanted."""

    code = "bad-code"


class CodeTaken(RuleFault):
    """Facts: found, reason (act, clock)."""

    code = "code-taken"


class NoEnglish(RuleFault):
    code = "no-english"


class NotACount(RuleFault):
    """Facts: least, limit."""

    code = "not-a-count"


class NotADay(RuleFault):
    """Not written as 2019-12-12, or no day of any calendar (reason ``impossible``)."""

    code = "not-a-day"


class NotAnAddress(RuleFault):
    code = "not-an-address"


class NoSuchTimeZone(RuleFault):
    """Facts: found."""

    code = "no-such-time-zone"


class ImpossiblePeriod(RuleFault):
    """Facts: reason, as the catalogue lists them."""

    code = "impossible-period"


class ClocksInACircle(RuleFault):
    """Clocks that begin at one another's ends. Facts: circle."""

    code = "clocks-in-a-circle"


class EndlessStart(RuleFault):
    """A clock that begins at the end of one without a period. Facts: found."""

    code = "endless-start"


class DoubtMissing(RuleFault):
    """Not confirmed, without saying what is in doubt; or the other way (reason ``needless``)."""

    code = "doubt-missing"


class SignedByComplainant(RuleFault):
    """An act that the complainant may do is to be signed by whoever does it. Facts: act."""

    code = "signed-by-complainant"


class ActWidened(RuleFault):
    """A seat is given an act that the model of a case gives to others. Facts: found, act, known."""

    code = "act-widened"


class NobodyRecords(RuleFault):
    """An event of a case that no act brings about and nobody may record. Facts: found."""

    code = "nobody-records"


class OnlyForCases(RuleFault):
    code = "only-for-cases"


class OnlyForProceedings(RuleFault):
    """Only a monitor's procedure says which of its events the collected response is."""

    code = "only-for-proceedings"


class DoesNotRecur(RuleFault):
    """A recurring clock that is not started by what meets it."""

    code = "does-not-recur"


class OutsideCalendar(RuleFault):
    """A day beyond those that the calendar speaks of."""

    code = "outside-calendar"


class SessionsOutOfOrder(RuleFault):
    code = "sessions-out-of-order"


class SecondDocument(RuleFault):
    code = "second-document"
