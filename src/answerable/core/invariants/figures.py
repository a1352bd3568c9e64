"""What is kept of each docket for figures, against the acts that it has followed."""

from collections.abc import Iterator

from answerable.core.acts import Envelope
from answerable.core.errors import Fact
from answerable.core.invariants.view import (
    UNUSABLE,
    Finding,
    LedgerView,
    SeenAct,
    finding,
)
from answerable.core.register.kept_figures import kept_text


class FiguresKept:
    """The rows kept for figures, taken docket by docket beside the acts."""

    def __init__(self, view: LedgerView) -> None:
        self._view = view
        self._followed = view.figures_folded_to()
        self._rows = view.figures()
        self._row = next(self._rows, None)
        self._acts: list[Envelope] = []
        self._due = 0

    def take(self, act: SeenAct) -> None:
        """Take the next act of a docket."""
        if act.kept is not None:
            self._acts.append(act.kept.envelope)
            self._due += act.position < self._followed

    def of_docket(self, docket: int, *, whole: bool) -> Iterator[Finding]:
        """Yield whether what is kept differs, after the last act of a docket was taken.

        Where the acts are not whole, what is wrong with them was named.
        """
        acts, due = self._acts, self._due
        self._acts, self._due = [], 0
        yield from self._before(docket)
        row = self._row
        if row is not None and row[0] == docket:
            self._row = next(self._rows, None)
            _, sequence, text = row
        else:
            sequence, text = 0, ""
        if whole and not (due <= sequence <= len(acts) and text == _text_of(acts[:sequence])):
            where: dict[str, Fact] = {"docket": docket, "number": acts[0].docket}
            yield finding("figures-differ", **where)

    def left(self) -> Iterator[Finding]:
        """Yield what is kept of no docket, after all dockets, and a mark beyond the entries."""
        yield from self._before(None)
        if self._followed > self._view.end():
            yield finding("figures-ahead", followed=self._followed, entries=self._view.end())

    def _before(self, docket: int | None) -> Iterator[Finding]:
        while self._row is not None and (docket is None or self._row[0] < docket):
            yield finding("figures-without-act", docket=self._row[0])
            self._row = next(self._rows, None)


def _text_of(acts: list[Envelope]) -> str | None:
    try:
        return kept_text(acts) if acts else ""
    except UNUSABLE:
        return None
