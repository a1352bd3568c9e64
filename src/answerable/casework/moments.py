"""Up to where acts count when the register is asked: an instant, or an end of the ledger."""

from dataclasses import dataclass
from sys import maxsize

from answerable.casework.ports import ActOnFile
from answerable.core.acts import Envelope
from answerable.core.docket import Docket
from answerable.core.proceeding.cited_figures import FiguresThen
from answerable.core.proceeding.response import FIRST, SECOND


@dataclass(frozen=True, slots=True)
class Moment:
    """Which acts count: those up to ``at``, or all before the position ``end``.

    Of an end, ``at`` is when some act before it was done. Several acts may be of one instant, so an
    instant alone does not tell whether an act was there already when somebody looked.
    """

    at: int
    end: int | None = None

    def has(self, act: ActOnFile) -> bool:
        """Whether an act was there."""
        return act.kept.envelope.at <= self.at if self.end is None else act.position < self.end

    def has_all_of(self, docket: Docket) -> bool:
        """Whether surely every act of a docket was there; no says nothing of an end."""
        return docket.last_at <= self.at if self.end is None else docket.last_at < self.at


NOW = Moment(maxsize)


@dataclass(frozen=True, slots=True)
class Register:
    """How the register is asked: in which version of the data, and up to which end of the ledger.

    Without an end as it is now. The first version asks as of the last act of the proceeding.
    ``figures`` are what cited figures were, None where they are to be told.
    """

    end: int | None = None
    format: str = SECOND
    figures: FiguresThen | None = None

    @staticmethod
    def when(clearance: Envelope) -> "Register":
        """Return how it was asked when a response was cleared."""
        size, version = clearance.facts.get("size"), clearance.facts.get("format", FIRST)
        return Register(size if type(size) is int else None, str(version))

    def moment(self, at: int) -> Moment:
        if self.format == FIRST:
            return Moment(at)
        return NOW if self.end is None else Moment(at, self.end)


LIVE = Register()
