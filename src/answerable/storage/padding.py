"""Padding: entries of random bytes with no act in them, beside others and at random moments."""

import logging
from collections.abc import Callable
from math import log
from threading import Thread

from answerable.casework.ports import LedgerReadOnly, Random, StorageFailed
from answerable.core.docket import Change
from answerable.core.errors import AnswerableError

DAY_SECONDS = 24 * 60 * 60

_log = logging.getLogger("answerable")


class Padding:
    """Asks the writer, in the place of a unit, for an entry that no act explains."""

    changes: tuple[Change, ...] = ()


PADDING = Padding()


def entries_beside(random: Random) -> int:
    """Return how many padding entries stand on one side of what is appended together.

    None in half of all cases, one in a quarter, and so on; 8 at most.
    """
    octet = random(1)[0]
    return (~octet & octet + 1).bit_length() - 1


def seconds_to_next(per_day: int, random: Random) -> float:
    """Return how long until the next padding: an exponential interval.

    Such intervals have no memory: a process that starts anew draws anew, and nothing has to be
    kept of those before it.
    """
    above_nothing = (int.from_bytes(random(8)) + 1) / 2**64
    return -log(above_nothing) * DAY_SECONDS / per_day


class Padder:
    """Pads at random moments for as long as its process runs, or until ``ended`` says yes.

    ``ended`` is given seconds, and waits for so long unless it is the end before.
    """

    def __init__(
        self,
        pad: Callable[[], None],
        seconds: Callable[[], float],
        ended: Callable[[float], bool],
    ) -> None:
        self._pad, self._seconds, self._ended = pad, seconds, ended

    def start(self) -> None:
        Thread(target=self.run, name="answerable-padding", daemon=True).start()

    def run(self) -> None:
        """Pad after each interval until ended, or until the ledger takes nothing any more."""
        while not self._ended(self._seconds()):
            try:
                self._pad()
            except (StorageFailed, LedgerReadOnly) as problem:
                # Nothing was written. The next moment is drawn as if it had been.
                _log.warning("not padded: %s", problem.code)
            except AnswerableError as problem:
                _log.error("padding ended: %s", problem.code)
                return
