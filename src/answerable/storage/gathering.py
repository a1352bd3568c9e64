"""Units of many callers, gathered so that one transaction answers them all."""

from collections import deque
from collections.abc import Sequence
from threading import Condition, Lock

from answerable.casework.ports import Appended
from answerable.core.docket import Unit
from answerable.core.errors import AnswerableError, Refused
from answerable.storage.padding import Padding

BATCH_ACTS = 4096
"""A batch takes callers until it holds this many acts."""

PATIENCE_SECONDS = 0.0005

Outcome = Appended | Refused
Asked = Unit | Padding


class Gathered:
    """Units that one transaction writes, and the lock on which their callers wait.

    Each caller who wakes lets the next one in: woken all at once, they would fight the writer and
    one another for the interpreter.
    """

    __slots__ = ("_answered", "_outcomes", "_problem", "acts", "callers", "units")

    def __init__(self) -> None:
        self.units: list[Asked] = []
        self.acts = self.callers = 0
        self._outcomes: list[Outcome] = []
        self._problem: AnswerableError | None = None
        self._answered = Lock()
        self._answered.acquire()

    def add(self, units: Sequence[Asked]) -> slice:
        """Take the units of one caller, and return where their outcomes will be."""
        start = len(self.units)
        self.units += units
        self.acts += sum(len(change.drafts) for unit in units for change in unit.changes)
        self.callers += 1
        return slice(start, len(self.units))

    def answer(self, outcomes: list[Outcome]) -> None:
        self._outcomes = outcomes
        self._answered.release()

    def fail(self, problem: AnswerableError) -> None:
        self._problem = problem
        self._answered.release()

    def wait(self, place: slice) -> list[Outcome]:
        with self._answered:
            pass
        if self._problem is not None:
            raise self._problem
        return self._outcomes[place]


class Gathering:
    """Where callers leave units and wait, and the writer takes what has come."""

    def __init__(self) -> None:
        self._changed = Condition(Lock())
        self._open: deque[Gathered] = deque()
        self._expected = 1
        self._ended = False

    def end(self) -> None:
        """Let take return None when nothing is left. Nobody may ask any more."""
        with self._changed:
            self._ended = True
            self._changed.notify()

    def ask(self, units: Sequence[Asked]) -> list[Outcome]:
        """Leave units, and return their outcomes when the writer has answered."""
        with self._changed:
            if not self._open or self._open[-1].acts >= BATCH_ACTS:
                self._open.append(Gathered())
            batch = self._open[-1]
            place = batch.add(units)
            if batch.callers in {1, self._expected}:
                self._changed.notify()
        return batch.wait(place)

    def take(self) -> Gathered | None:
        """Wait for units, and return all that one transaction shall write."""
        with self._changed:
            while not self._open:
                if self._ended:
                    return None
                self._changed.wait()
            batch, before = self._open[0], 0
            # Callers just answered are about to ask again. Waiting for as many as last time while
            # they come halves the number of syncs, and makes nobody wait longer.
            while before < batch.callers < self._expected and batch.acts < BATCH_ACTS:
                before = batch.callers
                self._changed.wait(PATIENCE_SECONDS)
            self._expected = batch.callers
            return self._open.popleft()
