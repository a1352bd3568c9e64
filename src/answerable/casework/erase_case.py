"""A case is erased: by an act on record first, then its key and its exhibits are destroyed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from answerable.casework.do_act import DoAct
from answerable.casework.erasures import Erasures
from answerable.casework.ports import Issued
from answerable.core.act_form import Asked
from answerable.core.acts import Envelope, instant_text
from answerable.core.case.acts.erasure import ERASED, erased_before
from answerable.core.case.acts.table import ACTS
from answerable.core.docket import Docket

SLACK_MS = 60_000
"""A copy of the keys that was made just after the act may have been made before the key went."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What an erasure takes away, and what it leaves. ``copies`` are last days of copied keys."""

    docket: Docket
    acts: int
    exhibits: int
    owed: int
    copies: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Erased:
    """A case that was erased: by which act, and until when copies of its key may be used.

    ``is_pending`` while octets of the key may still be in the store.
    """

    act: Envelope
    copies: tuple[str, ...] | None
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class EraseCase:
    """Erases a case, says before what that takes away, and afterwards what was done."""

    do_act: DoAct
    erasures: Erasures

    def loss(self, number: str, asked: Asked) -> Loss:
        """Return what erasing a case would take away.

        Raises:
            UnknownDocket: no such case.
            ErasedBefore: it was erased, and what was left to do of that is done.
            Refusal: a rule says no.
        """
        before = self.do_act.before(number)
        if before.case.erased:
            self.erasures.finish()
            raise erased_before(before.acts[before.case.erased - 1])
        self.do_act.decided(ACTS[ERASED], asked, before)
        owed = sum(item.met_by is None for item in before.owed)
        exhibits = len(self.erasures.exhibits(before.docket.id))
        return Loss(before.docket, len(before.acts), exhibits, owed, self._copies(None))

    def __call__(self, number: str, asked: Asked, *, request: UUID) -> tuple[Issued, Erased]:
        """Record the act, destroy the key and the exhibits, and return both.

        Raises:
            Refusal: a rule says no; nothing was written.
            Unfinished: the act is on record, and the next start destroys what it says.
        """
        issued = self.do_act(number, ACTS[ERASED], asked, request=request)
        act = self.do_act.before(number).acts[issued.sequence - 1]
        return issued, Erased(act, self._copies(act), issued.docket in self.erasures.pending())

    def told(self, acts: Iterable[Envelope]) -> Erased | None:
        """Return by which of a case's acts it was erased, None where it was not."""
        act = next((act for act in acts if act.act == ERASED), None)
        return None if act is None else Erased(act, self._copies(act))

    def _copies(self, act: Envelope | None) -> tuple[str, ...] | None:
        """Return the last days of the copies that may hold the key, without those that are over."""
        copies, now = self.erasures.copies(), self.do_act.ruling.now()
        if copies is None:
            return None
        today, until = instant_text(now)[:10], now if act is None else act.at + SLACK_MS
        days = {copy.last_day for copy in copies if copy.made_at <= until}
        return tuple(sorted(day for day in days if day >= today))
