"""Whatever is done to a ledger in whatever order, every invariant holds after each step."""

from dataclasses import dataclass

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from answerable.casework.ports import Appended, ContentErased
from answerable.core.acts import By
from answerable.core.docket import DocketMoved, Unit
from answerable.core.errors import Refusal
from answerable.core.numbers import docket_number
from answerable.storage.projections import rebuild
from tests.support import builders
from tests.support.adapters import NewStore
from tests.support.appending import append, proven, refused, stored, wrong

HOUR, MONTH = 3_600_000, 30 * 24 * 3_600_000
PICKED = st.integers(0, 1 << 16)
BY = st.sampled_from((builders.NGO, builders.UNION))


@dataclass
class Known:
    """What a caller remembers of a case."""

    number: str
    id: int
    sequence: int
    erased: bool = False


class LedgerMachine(RuleBasedStateMachine):
    """Two servers on one mechanism, and beside them what their callers were told."""

    new_store: NewStore
    is_padded: bool

    def __init__(self) -> None:
        super().__init__()
        self.store = self.new_store()
        self.here, self.there = self.store, self.store.another()
        self.cases: list[Known] = []
        self.answers: list[tuple[Unit, Appended]] = []
        self.entries = 0
        self.latest = 0

    # --- What callers do. ---

    @initialize(founded=st.booleans(), cases=st.sampled_from((*(0,) * 9, 250)))
    def begin(self, cases: int, *, founded: bool) -> None:
        # Some runs begin just below the size at which the first tile is complete.
        if founded:
            unit = builders.founded()
            self.took(unit, append(self.store, unit))
        if cases:
            unit = builders.lodged(cases)
            self.took(unit, append(self.store, unit))

    @rule(units=st.lists(st.tuples(st.integers(1, 3), BY, st.booleans()), min_size=1, max_size=3))
    def lodge(self, units: list[tuple[int, By, bool]]) -> None:
        asked = [builders.lodged(n, by=by, protected=hidden) for n, by, hidden in units]
        answers = self.store.ledger.append(asked)
        for unit, answer in zip(asked, answers, strict=True):
            assert isinstance(answer, Appended)
            self.took(unit, answer)

    @precondition(lambda self: self.cases)
    @rule(picked=PICKED, acts=st.sampled_from((("opened",), ("acknowledged",), ("opened", "x"))))
    def act(self, picked: int, acts: tuple[str, ...]) -> None:
        case = self.case(picked)
        unit = builders.acted(self.store.dockets.docket(case.number), *acts)
        answer = append(self.store, unit)
        assert [act.sequence for act in answer.acts] == [
            case.sequence + more for more in range(1, len(acts) + 1)
        ]
        case.sequence += len(acts)
        self.took(unit, answer)

    @precondition(lambda self: self.cases)
    @rule(picked=PICKED, behind=st.integers(-2, 2))
    def act_on_a_stale_sequence(self, picked: int, behind: int) -> None:
        case = self.case(picked)
        docket = self.store.dockets.docket(case.number)
        stale = builders.acted(docket, "opened", sequence=case.sequence + (behind or 3))
        before = stored(self.store)
        refused(self.store, stale, DocketMoved)
        refused(self.store, builders.together(builders.lodged(), stale), DocketMoved)
        assert stored(self.store) == before

    @precondition(lambda self: self.answers)
    @rule(picked=PICKED, beside=st.booleans())
    def retry(self, picked: int, *, beside: bool) -> None:
        unit, answer = self.answers[picked % len(self.answers)]
        if not beside:
            assert append(self.store, unit) == answer
            return
        new = builders.lodged()
        first, taken, again = self.store.ledger.append([unit, new, unit])
        assert first == again == answer
        assert isinstance(taken, Appended)
        self.took(new, taken)

    @rule()
    def pad(self) -> None:
        before = stored(self.store)
        self.store.ledger.pad()
        after = stored(self.store)
        # Of all that is stored, padding moves the tree and the time of its end, and nothing else.
        moved = {"tail", "entries", "tiles", "checkpoints"}
        assert {**before, **{name: after[name] for name in moved}} == after
        more = self.size() - self.entries
        assert more > 0 if self.is_padded and self.entries else more == bool(self.entries)
        self.entries = self.size()

    @rule()
    def found_again(self) -> None:
        if self.entries:
            assert refused(self.store, builders.founded(), Refusal).code == "already-founded"

    # --- What happens around them. ---

    @rule()
    def ask_the_other_server(self) -> None:
        self.store = self.there if self.store is self.here else self.here

    @rule()
    def restart(self) -> None:
        self.there.close()
        self.here = self.here.reopen()
        self.there = self.here.another()
        self.store = self.here

    @precondition(lambda self: self.cases)
    @rule(picked=PICKED)
    def erase(self, picked: int) -> None:
        case = self.case(picked)
        self.store.case_keys.overwrite(case.id)
        case.erased = True

    @rule(passed=st.sampled_from((1, HOUR, 24 * HOUR, 7 * 24 * HOUR, MONTH, -1, -HOUR, -MONTH)))
    def turn_the_clock(self, passed: int) -> None:
        # Both servers read one clock: that they differ is the same as that it goes back.
        self.store.clock.at += passed

    @rule()
    def fold_projections_anew(self) -> None:
        before = stored(self.store)
        rebuild(self.store.backend)
        assert stored(self.store) == before

    # --- What holds after each step. ---

    @invariant()
    def nothing_is_wrong(self) -> None:
        # Signatures, which no step changes, are verified at the end.
        assert wrong(self.store, signatures=False) == []

    @invariant()
    def all_that_was_answered_is_stored_and_nothing_else(self) -> None:
        with self.store.backend.reading() as reads:
            tail = reads.tail()
            dockets = {docket.number: docket.sequence for docket in reads.all_dockets()}
        assert tail.size >= self.entries if self.is_padded else tail.size == self.entries
        assert {case.number: case.sequence for case in self.cases} == {
            number: sequence for number, sequence in dockets.items() if number != "XA"
        }

    @precondition(lambda self: self.cases)
    @invariant()
    def content_is_open_unless_erased(self) -> None:
        for case in (self.cases[0], self.cases[-1]):
            (act, *_) = self.store.dockets.acts(self.store.dockets.docket(case.number).id)
            try:
                content = self.store.dockets.content(act)
            except ContentErased:
                assert case.erased
            else:
                assert not case.erased
                assert builders.KHMER.encode() in content

    def teardown(self) -> None:
        assert wrong(self.store) == []
        for unit, answer in self.answers[:20]:
            assert append(self.store, unit) == answer
        serials = [docket_number(case.number) for case in self.cases]
        assert len(set(serials)) == len(serials)
        self.here.close()
        self.there.close()

    # --- Bookkeeping. ---

    def size(self) -> int:
        with self.store.backend.reading() as reads:
            return reads.tail().size

    def case(self, picked: int) -> Known:
        return self.cases[picked % len(self.cases)]

    def took(self, unit: Unit, answer: Appended) -> None:
        """Remember an answer, whose receipts must prove the entries that follow the last.

        Between two units there may be padding, within one there is none.
        """
        indexes = [proof.index for proof in proven(answer)]
        begin = max(self.entries, indexes[0]) if self.is_padded else self.entries
        assert indexes == list(range(begin, begin + len(indexes)))
        assert all(act.at >= self.latest for act in answer.acts)
        self.entries = begin + len(indexes)
        self.latest = answer.acts[-1].at
        self.answers.append((unit, answer))
        self.cases += [
            Known(act.number, act.docket, 1)
            for act in answer.acts
            if act.sequence == 1 and act.number != "XA"
        ]


# Each step is checked whole. A database that syncs costs a hundred times what memory costs.
SHARE = {"memory": 1, "sqlite": 4, "postgres": 10}


@pytest.fixture(params=(0, 24), ids=("bare", "padded"))
def padding_per_day(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.slow
def test_every_invariant_holds_after_each_step(
    new_store: NewStore, padding_per_day: int, request: pytest.FixtureRequest
) -> None:
    class Machine(LedgerMachine):
        pass

    Machine.new_store = staticmethod(new_store)
    Machine.is_padded = padding_per_day > 0
    share = SHARE[request.node.callspec.params["new_store"]]
    profile = settings.get_profile(settings.get_current_profile_name())
    # A failure is made small in memory, where that takes seconds.
    phases = tuple(Phase) if share == 1 else (Phase.explicit, Phase.reuse, Phase.generate)
    chosen = settings(
        max_examples=max(2, profile.max_examples // share), stateful_step_count=20, phases=phases
    )
    run_state_machine_as_test(Machine, settings=chosen)
