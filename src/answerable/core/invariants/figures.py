"""What is kept for figures: of each docket against its acts, and sums against their dockets."""

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
from answerable.core.register.groups import group_of
from answerable.core.register.kept_figures import kept_figures_of, kept_text
from answerable.core.register.kept_sums import kept_sum, kept_sum_of


class FiguresKept:
    """The rows kept for figures, taken docket by docket beside the acts."""

    def __init__(self, view: LedgerView) -> None:
        self._view = view
        self._followed = view.figures_folded_to()
        self._rows = view.figures()
        self._row = next(self._rows, None)
        self._sums = SumsKept(view)
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
            yield from self._taken(row)
            _, sequence, text = row
        else:
            sequence, text = 0, ""
        if whole and not (due <= sequence <= len(acts) and text == _text_of(acts[:sequence])):
            where: dict[str, Fact] = {"docket": docket, "number": acts[0].docket}
            yield finding("figures-differ", **where)

    def left(self) -> Iterator[Finding]:
        """Yield what is kept of no docket, after all dockets, and a mark beyond the entries."""
        yield from self._before(None)
        yield from self._sums.left()
        if self._followed > self._view.end():
            yield finding("figures-ahead", followed=self._followed, entries=self._view.end())

    def _before(self, docket: int | None) -> Iterator[Finding]:
        while self._row is not None and (docket is None or self._row[0] < docket):
            yield finding("figures-without-act", docket=self._row[0])
            yield from self._taken(self._row)

    def _taken(self, row: tuple[int, int, str]) -> Iterator[Finding]:
        self._row = next(self._rows, None)
        yield from self._sums.take(row[0], row[2])


class SumsKept:
    """The sums kept for figures, taken group by group beside what is kept of each docket."""

    def __init__(self, view: LedgerView) -> None:
        self._sums = view.figures_sums()
        self._sum = next(self._sums, None)
        self._group: int | None = None
        self._texts: list[str] = []

    def take(self, docket: int, text: str) -> Iterator[Finding]:
        """Take what is kept of the next docket; yield what is wrong with the group before."""
        group = group_of(docket)
        if group != self._group:
            yield from self._end()
            self._group = group
        self._texts.append(text)

    def left(self) -> Iterator[Finding]:
        """Yield what is wrong with the last group, and the sums of no docket."""
        yield from self._end()
        yield from self._before(None)

    def _end(self) -> Iterator[Finding]:
        group, texts = self._group, self._texts
        self._texts = []
        if group is None:
            return
        yield from self._before(group)
        kept = self._sum
        if kept is None or kept[0] != group:
            yield finding("figures-not-summed", docket=group)
            return
        self._sum = next(self._sums, None)
        if kept[1] is not None and not _is_sum(kept[1], texts):
            yield finding("figures-sum-differs", docket=group)

    def _before(self, group: int | None) -> Iterator[Finding]:
        while self._sum is not None and (group is None or self._sum[0] < group):
            yield finding("figures-sum-differs", docket=self._sum[0])
            self._sum = next(self._sums, None)


def _is_sum(text: str, of: list[str]) -> bool:
    """Whether a text is the sum of what is kept of dockets, but for what it says is left out."""
    try:
        left_out = kept_sum_of(text).numbers_left_out()
        return kept_sum([kept_figures_of(one) for one in of if one], left_out).text() == text
    except UNUSABLE:
        return False


def _text_of(acts: list[Envelope]) -> str | None:
    try:
        return kept_text(acts) if acts else ""
    except UNUSABLE:
        return None
