"""The names of stored exhibits: a sweep removes what has none, so each act has all of its own."""

from array import array
from collections.abc import Iterator

from answerable.core.invariants.view import Finding, LedgerView, SeenAct, finding, place


class ExhibitsNamed:
    """How many names each act has in the store: four bytes for each entry."""

    def __init__(self, view: LedgerView) -> None:
        self._view = view
        self._named = array("I", bytes(4 * view.end()))
        self._outside: list[int] = []
        for position in view.exhibits():
            if 0 <= position < len(self._named):
                self._named[position] += 1
            else:
                self._outside.append(position)

    def take(self, act: SeenAct) -> Iterator[Finding]:
        """Yield whether the act has more or fewer names than its envelope counts."""
        if not 0 <= act.position < len(self._named):
            return
        named, self._named[act.position] = self._named[act.position], 0
        if act.kept is None:
            return  # What cannot be read is named for that.
        counted = act.kept.envelope.facts.get("exhibits", 0)
        if counted != named:
            where, number = place(self._view, act.position), act.kept.envelope.receipt_number
            yield finding("exhibits-differ", **where, number=number)

    def left(self) -> Iterator[Finding]:
        """Yield what names are of no act, after every act was taken."""
        for position in (*self._outside, *(at for at, left in enumerate(self._named) if left)):
            yield finding("exhibit-without-act", **place(self._view, position))
