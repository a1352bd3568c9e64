"""Acts against their entries, units and projections, docket by docket."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from answerable.core.acts import Commitment
from answerable.core.docket import (
    Docket,
    DocketId,
    docket_after,
)
from answerable.core.errors import Fact
from answerable.core.invariants.exhibits import ExhibitsNamed
from answerable.core.invariants.figures import FiguresKept
from answerable.core.invariants.numbers import NumbersGiven
from answerable.core.invariants.signatures import SignaturesFit
from answerable.core.invariants.view import (
    UNUSABLE,
    Counts,
    Finding,
    LedgerView,
    Progress,
    SeenAct,
    Signers,
    finding,
    place,
)
from answerable.core.owed import Owed, owed_after
from answerable.core.record import Kept

_CHUNK = 4096


def check_acts(
    view: LedgerView, counts: Counts, progress: Progress, signers: Signers | None
) -> Iterator[Finding]:
    """Yield what does not hold of acts, units, projections and numbers."""
    walk = _Walk(view, counts, progress, signers)
    yield from walk.dockets()
    yield from walk.projections_left()
    yield from walk.figures.left()
    yield from walk.exhibits_left()
    yield from walk.units()
    yield from walk.entries_without_act()
    yield from walk.numbers.findings(view.blocks(), counts)


class _Walk:
    """One byte is kept for each entry; everything else is read docket by docket."""

    def __init__(
        self, view: LedgerView, counts: Counts, progress: Progress, signers: Signers | None
    ) -> None:
        self._view, self._counts, self._progress = view, counts, progress
        self._has_act = bytearray(view.end())
        self._exhibits = ExhibitsNamed(view)
        self._signatures = SignaturesFit(view, signers)
        self.figures = FiguresKept(view)
        self._begins = {ledger.first_docket for ledger in view.ledgers()}
        self._slots = view.slots()
        self._dockets = view.dockets()
        self._docket = next(self._dockets, None)
        self._owed = view.owed()
        self._owing = next(self._owed, None)
        self.numbers = NumbersGiven(view.years())

    def dockets(self) -> Iterator[Finding]:
        last = 0
        for identity, acts in groupby(self._view.acts(), key=lambda act: act.docket):
            self._counts.dockets += 1
            if identity != last + 1 and identity not in self._begins:
                yield finding("docket-skipped", docket=last + 1, found=identity)
            if self._slots is not None and identity > self._slots:
                yield finding("docket-without-slot", docket=identity, slots=self._slots)
            yield from self._of_docket(identity, acts)
            last = identity

    def _of_docket(self, identity: int, acts: Iterator[SeenAct]) -> Iterator[Finding]:
        fold = _Fold(DocketId(identity))
        for act in acts:
            self._counts.acts += 1
            if self._counts.acts % _CHUNK == 0:
                self._progress("acts", self._counts.acts, len(self._has_act))
            yield from self._marked(act)
            yield from self._exhibits.take(act)
            yield from self._signatures.take(act)
            self.figures.take(act)
            yield from fold.take(act, place(self._view, act.position))
        yield from self._dockets_before(identity)
        yield from self._owed_before(identity)
        yield from self.figures.of_docket(identity, whole=fold.whole)
        if fold.whole and fold.docket is not None:
            yield from self.numbers.take(fold.docket)
            yield from self._against_projections(fold.docket, fold.owed)
        else:
            # What is wrong was named. Its number is not missing besides.
            stored = self._docket[1] if self._docket and self._docket[0] == identity else None
            self.numbers.excuse(stored or fold.docket)
        self._pass_over(identity)

    def _marked(self, act: SeenAct) -> Iterator[Finding]:
        if act.commitment is None:
            yield finding("act-without-entry", docket=act.docket, sequence=act.sequence)
        if 0 <= act.position < len(self._has_act):
            self._has_act[act.position] = 1

    def _against_projections(self, docket: Docket, owed: tuple[Owed, ...]) -> Iterator[Finding]:
        where: dict[str, Fact] = {"docket": docket.id, "number": docket.number}
        if self._docket is None or self._docket != (docket.id, docket):
            yield finding("docket-differs", **where)
        stored = self._owing[1] if self._owing and self._owing[0] == docket.id else ()
        if stored != owed:
            yield finding("owed-differ", **where)

    def _pass_over(self, identity: int) -> None:
        while self._docket is not None and self._docket[0] == identity:
            self._docket = next(self._dockets, None)
        while self._owing is not None and self._owing[0] == identity:
            self._owing = next(self._owed, None)

    def exhibits_left(self) -> Iterator[Finding]:
        return self._exhibits.left()

    def projections_left(self) -> Iterator[Finding]:
        yield from self._dockets_before(None)
        yield from self._owed_before(None)

    def _dockets_before(self, identity: int | None) -> Iterator[Finding]:
        while self._docket is not None and (identity is None or self._docket[0] < identity):
            yield finding("docket-without-act", docket=self._docket[0])
            self._docket = next(self._dockets, None)

    def _owed_before(self, identity: int | None) -> Iterator[Finding]:
        while self._owing is not None and (identity is None or self._owing[0] < identity):
            yield finding("owed-without-act", docket=self._owing[0])
            self._owing = next(self._owed, None)

    def units(self) -> Iterator[Finding]:
        covered = bytearray(len(self._has_act))
        for position, acts in self._view.units():
            end = position + acts
            where = place(self._view, position)
            if acts < 1 or end > len(covered) or self._has_act.find(0, position, end) >= 0:
                yield finding("unit-without-act", **where, acts=acts)
            if covered.find(1, position, end) >= 0:
                yield finding("units-overlap", **where, acts=acts)
            covered[position:end] = b"\x01" * (min(end, len(covered)) - position)
        for position in _both(self._has_act, 1, covered, 0):
            yield finding("act-without-unit", **place(self._view, position))

    def entries_without_act(self) -> Iterator[Finding]:
        """Count padding, and make sure that no act stands in the ledger a second time as such."""
        padding: dict[bytes, int] = {}
        position = self._has_act.find(0)
        while position >= 0:
            for commitment in self._view.commitments(position, position + 1):
                self._counts.padding += 1
                padding[bytes(commitment)] = position
            position = self._has_act.find(0, position + 1)
        # Each padding meets itself once; what is met again is another entry's too.
        met: set[bytes] = set()
        for start in range(0, len(self._has_act) if padding else 0, _CHUNK):
            for commitment in map(bytes, self._view.commitments(start, start + _CHUNK)):
                if commitment in met:
                    yield finding("entry-twice", **place(self._view, padding[commitment]))
                elif commitment in padding:
                    met.add(commitment)


class _Fold:
    """One docket as its acts make it. It is whole while every act was readable and in place."""

    def __init__(self, identity: DocketId) -> None:
        self._id = identity
        self.docket: Docket | None = None
        self.owed: tuple[Owed, ...] = ()
        self.whole = True
        self._sequence, self._at, self._number = 0, 0, ""
        self._previous: Commitment | None = None

    def take(self, act: SeenAct, where: dict[str, Fact]) -> Iterator[Finding]:
        """Yield what is wrong with the docket's next act, and fold it."""
        self._sequence += 1
        if act.sequence != self._sequence:
            self.whole = False
            yield finding("act-missing", docket=act.docket, sequence=self._sequence)
            self._sequence = act.sequence
        recomputed = self._recomputed(act)
        if act.kept is None or recomputed is None:
            self.whole = False
            yield finding("act-unreadable", **where, docket=act.docket, sequence=act.sequence)
        else:
            yield from self._compared(act, act.kept, recomputed, where)
        self._previous = recomputed

    def _recomputed(self, act: SeenAct) -> Commitment | None:
        if act.kept is None:
            return None
        try:
            commitment = act.kept.commitment()
            if commitment != act.commitment and self._previous is not None:
                # The entry before may be the one that was changed: then this act is whole.
                mended = replace(act.kept.envelope, previous=self._previous)
                other = replace(act.kept, envelope=mended).commitment()
                commitment = other if other == act.commitment else commitment
        except UNUSABLE:
            return None
        return commitment

    def _compared(
        self, act: SeenAct, kept: Kept, recomputed: Commitment, where: dict[str, Fact]
    ) -> Iterator[Finding]:
        envelope = kept.envelope
        if act.commitment is None:
            self.whole = False
        elif recomputed != act.commitment:
            self.whole = False
            yield finding("act-differs", **where, number=envelope.receipt_number)
        if envelope.at < self._at:
            yield finding("act-time-runs-back", **where, number=envelope.receipt_number)
        self._number = self._number or envelope.docket
        if self._number != envelope.docket:
            self.whole = False
            yield finding("act-of-another-number", **where, number=envelope.receipt_number)
        self._at = max(self._at, envelope.at)
        try:
            self.docket = docket_after(self.docket, envelope, recomputed, self._id)
            self.owed = owed_after(self.owed, envelope)
        except UNUSABLE:
            self.whole = False
            yield finding("act-unreadable", **where, docket=act.docket, sequence=act.sequence)


def _both(one: bytearray, value: int, other: bytearray, other_value: int) -> Iterator[int]:
    position = one.find(value)
    while position >= 0:
        if other[position] == other_value:
            yield position
        position = one.find(value, position + 1)
