"""Whole proceedings by their use cases: whatever is tried, only what the rules allow is there."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import cast
from uuid import uuid4

import pytest
from hypothesis import Phase as Stage
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from answerable.casework.figures_cited import recorded_in
from answerable.casework.record_request import NothingLeftOpen
from answerable.core.act_form import Asked
from answerable.core.acts import Envelope, Field, Json, PartyId
from answerable.core.docket import Kind
from answerable.core.errors import Refusal
from answerable.core.figures.counting import count_case
from answerable.core.figures.criteria import is_few
from answerable.core.figures.judging import AsOf, told
from answerable.core.opening import signed_by_party
from answerable.core.owed import Owed, owed_after
from answerable.core.proceeding.acts.contribution import FigureNotPublished, FigureTooFew
from answerable.core.proceeding.gaps import gaps_of
from answerable.core.proceeding.response import Confirmation
from answerable.core.proceeding.standings import Standing
from answerable.core.register.showing import told_of
from answerable.keys import ed25519
from answerable.storage.checking import Beside, check
from answerable.storage.projections import rebuild
from tests.support.adapters import NewStore, Store
from tests.support.appending import stored, wrong
from tests.support.cases import BODY, MONITOR, OFFICE
from tests.support.proceedings_at_work import FIGURES, PLAYED, ProceedingsAtWork, asking
from tests.support.signing import give_key, keep_keys, key_of

DAY = 24 * 3_600_000
SEEDS = st.integers(0, 2**32)

BY_COLLECTOR = frozenset(
    (
        *("point-assigned", "point-taken-back", "contradiction-decided", "contribution-edited"),
        *("response-cleared", "response-sent"),
    )
)
BY_BODY = frozenset(
    (
        *("request-opened", "contribution-drafted", "contribution-cleared"),
        *("contribution-given", "edit-confirmed", "edit-refused"),
    )
)
BY_MONITOR = frozenset(("sending-acknowledged", "point-concluded", "proceeding-decided"))
"""Who does what, written by hand: the code's own table is held to it."""

OUTSIDE_BEFORE_SENDING = frozenset({"public", "complainant", "monitor", "member", "secretariat"})
"""None of these may read what a body handed over, its bases, or an edit of it."""
CLOSED = frozenset(
    (
        *("contribution-drafted", "contribution-given", "contribution-edited"),
        *("edit-refused", "contradiction-decided"),
    )
)


def _day_of(at: int) -> date:
    return datetime.fromtimestamp(at / 1000, UTC).date()


class ProceedingMachine(RuleBasedStateMachine):
    """A mechanism whose bodies answer a monitor, and whoever tries anything."""

    new_store: NewStore
    folder: Path
    done: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.store: Store = self.new_store()
        self.numbers: list[str] = []
        self.cases: list[str] = []
        self.figures_at: dict[str, dict[str, int | None]] = {}
        self.steps = 0

    @initialize(points=st.integers(1, 4), cases=st.integers(0, 2))
    def begin(self, points: int, cases: int) -> None:
        self.work = ProceedingsAtWork(self.store, self.folder)
        self.keys = {by.party: give_key(self.work, by.party) for by in (OFFICE, BODY, MONITOR)}
        self.cases = [self.work.lodge("p1") for _ in range(cases)]
        self.numbers.append(self.work.ask(points))

    @precondition(lambda self: len(self.numbers) < 2)
    @rule(points=st.integers(1, 3))
    def another_round(self, points: int) -> None:
        # Where every point has its conclusion, nothing is left for another round.
        with suppress(NothingLeftOpen):
            self.numbers.append(self.work.ask(points, "un-special-procedures", self.numbers[0]))

    @rule(seed=SEEDS)
    def play(self, seed: int) -> None:
        random = Random(seed)  # noqa: S311 - the same game each time
        for _ in range(8):
            number = random.choice(self.numbers)
            found = self.work.do_step.found(number)
            kind = random.choice(PLAYED)
            asked = asking(random, found, kind, self.cases, keys=self.keys)
            before = stored(self.store)
            try:
                counted = self.counted()
                act = self.work.do_step(number, kind, asked, request=uuid4())
                self.figures_at[act.number] = counted
                self.done[kind.code] += 1
                self.done["signed"] += asked.key is not None
                assert asked.signer in {None, self.signer(asked.by.party)}
            except Refusal:
                assert stored(self.store) == before

    @rule(seed=SEEDS)
    def a_straight_way(self, seed: int) -> None:
        """Go one step on as bodies that know the way would, so that the end is reached."""
        number = Random(seed).choice(self.numbers)  # noqa: S311 - the same game each time
        now = self.work.do_step.found(number).now
        point = next((n for n, one in now.points.items() if not one.asked()), None)
        if point is not None:
            self.work.step(number, "point-assigned", OFFICE, point, party=BODY.party, role="lead")
        elif not now.cleared:
            self.clear(number)
        elif not now.sent:
            self.work.step(number, "response-sent", OFFICE, addressee="DG", channel="post")
        elif now.sent[-1] not in now.acknowledged:
            self.work.step(number, "sending-acknowledged", MONITOR)

    @rule(seed=SEEDS)
    def a_body_cites_figures(self, seed: int) -> None:
        """Hand over what cites figures, of which some are told by the register and some are not."""
        random = Random(seed)  # noqa: S311 - the same game each time
        number = random.choice(self.numbers)
        now = self.work.do_step.found(number).now
        point = random.choice([*now.points])
        if BODY.party not in now.points[point].asked():
            self.work.step(number, "point-assigned", OFFICE, point, party=BODY.party, role="lead")
        codes, counted = random.sample(FIGURES, 2), self.counted()
        values: dict[str, Json] = {"figures": [*codes], "text": "It was counted."}
        before = stored(self.store)
        try:
            act = self.work.step(number, "contribution-given", BODY, point, **values)
        except (FigureNotPublished, FigureTooFew):
            assert stored(self.store) == before
            assert any(code not in counted or is_few(code, counted[code]) for code in codes)
            return
        self.figures_at[act] = counted
        self.done["figures-cited"] += 1

    @rule()
    def somebody_reports(self) -> None:
        self.cases.append(self.work.lodge("p1"))

    def counted(self) -> dict[str, int | None]:
        """Return every figure of the cases, counted from their acts."""
        dockets = self.store.dockets
        cases = [self.work.reading.envelopes(one) for one in dockets.dockets(Kind.CASE)]
        as_of = AsOf(self.store.clock(), _day_of)
        found = told([count_case(told_of(acts)) for acts in cases], as_of)
        return {one.code: one.value for one in found}

    def clear(self, number: str) -> None:
        for _, _, body in self.work.do_step.found(number).now.contributions():
            if body.warned and not body.decided:
                decision = "It is printed as it is."
                self.work.step(
                    number, "contradiction-decided", OFFICE, acts=[body.given], decision=decision
                )
        values: dict[str, Json] = {"signatories": ["Minister"], "despite-gaps": "It is due."}
        kind = next(kind for kind in PLAYED if kind.code == "response-cleared")
        asked = Asked(by=OFFICE, values=values)
        self.work.do_step(number, kind, asked, request=uuid4())

    def signer(self, party: str) -> bytes | None:
        key = self.keys.get(PartyId(party))
        return None if key is None else key.public

    @rule(seed=SEEDS)
    def a_key_is_changed(self, seed: int) -> None:
        """Give a body another key; what it signed with the one before stays signed."""
        party = Random(seed).choice([*self.keys])  # noqa: S311 - the same game each time
        key = key_of(f"{party} {seed} {self.store.clock.at} {self.steps}")
        keep_keys(self.work).replace(party, key.public, request=uuid4())
        self.keys[party] = key

    @rule(days=st.sampled_from((0, 1, 8, 40)))
    def days_pass(self, days: int) -> None:
        self.store.clock.at += days * DAY + 3_600_000

    # --- What holds after each step. ---

    @invariant()
    def nothing_is_wrong(self) -> None:
        beside = Beside(self.store.heads, self.store.case_keys)
        self.steps += 1
        acts = self.steps % 2 == 0
        assert check(self.store.backend, beside, acts=acts).findings == ()
        assert wrong(self.store, signatures=False) == []

    @invariant()
    def projections_are_the_fold_of_the_acts(self) -> None:
        before = stored(self.store)
        rebuild(self.store.backend)
        assert stored(self.store) == before

    @invariant()
    def every_act_is_done_by_whom_it_belongs_to(self) -> None:
        for number in self.numbers:
            acts = self.envelopes(number)
            collector, asked = acts[0].by.party, dict[int, set[str]]()
            for act in acts[1:]:
                if act.act == "point-assigned":
                    for point in act.allegations:
                        asked.setdefault(point, set()).add(str(act.facts["party"]))
                if act.act in BY_COLLECTOR:
                    assert act.by.party == collector
                if act.act in BY_MONITOR:
                    assert act.by.party == acts[0].facts["monitor"]
                if act.act in BY_BODY:
                    known = (
                        asked.items()
                        if act.act == "request-opened"
                        else [(point, asked.get(point, set())) for point in act.allegations]
                    )
                    assert any(act.by.party in parties for _, parties in known)

    @invariant()
    def what_is_signed_is_signed_by_its_party_as_this_very_act(self) -> None:
        origin = self.store.ledger.origin
        for number in self.numbers:
            for act in self.store.dockets.acts(self.work.reading.docket(number).id):
                opened = self.work.reading.opening(act).opened()
                key = signed_by_party(opened, origin, ed25519.verify)
                party = self.work.reading.mechanism().parties[act.kept.envelope.by.party]
                assert key is None or opened.names_its_act
                assert key is None or key in {one.public for one in party.keys}

    @invariant()
    def what_a_body_handed_over_is_read_by_no_other_body(self) -> None:
        for number in self.numbers:
            docket = self.work.reading.docket(number)
            for act in self.store.dockets.acts(docket.id):
                if act.kept.envelope.act in CLOSED:
                    for item in self.work.reading.content(act):
                        assert self.is_evidence(item) or not (
                            set(item.readers) & OUTSIDE_BEFORE_SENDING
                        )

    @invariant()
    def the_response_prints_every_gap_and_is_the_same_at_any_later_time(self) -> None:
        for number in self.numbers:
            docket, found = self.work.reading.docket(number), self.work.do_step.found(number)
            response = self.work.collect(docket)
            assert response.gaps() == gaps_of(found.now)
            for point in response.points:
                assert point.unassigned or point.silent or point.replies
            if found.now.cleared:
                clearance = found.acts[found.now.cleared - 1]
                then = self.work.collect.cleared(docket, clearance)
                assert then.digest() == clearance.facts["sha256"]

    @invariant()
    def a_cited_figure_has_the_number_that_was_recorded_with_it(self) -> None:
        for number in self.numbers:
            docket = self.work.reading.docket(number)
            for act in self.store.dockets.acts(docket.id):
                said = {item.path: item.value for item in self.work.reading.content(act)}
                if act.kept.envelope.act == "contribution-given" and said.get("figures"):
                    then = recorded_in(said)
                    assert {*then.figures} == {*map(str, cast("list[str]", said["figures"]))}
                    assert then.size <= act.position
                    assert not any(one.few for one in then.figures.values())
                    counted = self.figures_at[act.number]
                    assert then.values() == {code: counted[code] for code in then.figures}

    @invariant()
    def no_edit_stands_in_the_response_for_words_that_their_body_refused(self) -> None:
        for number in self.numbers:
            for point in self.work.collect(self.work.reading.docket(number)).points:
                for reply in point.replies:
                    if reply.confirmation is Confirmation.REFUSED:
                        assert reply.text == reply.given

    @invariant()
    def nothing_contradicts_the_register_unseen(self) -> None:
        for number in self.numbers:
            acts = self.envelopes(number)
            for act in acts:
                if act.act == "response-cleared":
                    self.require_decided(acts[: act.sequence])

    @invariant()
    def what_is_owed_is_the_fold_and_each_proceeding_stands_somewhere(self) -> None:
        for number in self.numbers:
            docket, owed = self.work.reading.docket(number), tuple[Owed, ...]()
            for act in self.envelopes(number):
                owed = owed_after(owed, act)
            assert list(self.store.dockets.owed(docket.id)) == list(owed)
            assert docket.standing in set(Standing)
            unassigned = [
                n for n, p in self.work.do_step.found(number).now.points.items() if not p.asked()
            ]
            waiting = [i for i in owed if i.code == "point-assignment" and i.met_by is None]
            # Taken back from its last body, a point is a gap that no debt waits for any more.
            assert {n for item in waiting for n in item.allegations} <= set(unassigned)

    def teardown(self) -> None:
        assert wrong(self.store) == []
        self.store.close()

    def envelopes(self, number: str) -> list[Envelope]:
        return [*self.work.reading.envelopes(self.work.reading.docket(number))]

    @staticmethod
    def is_evidence(item: Field) -> bool:
        return item.path == "entered/evidence"

    @staticmethod
    def require_decided(acts: list[Envelope]) -> None:
        counting: dict[tuple[int, str], int] = {}
        for act in acts:
            if act.act == "contribution-given":
                said = act.facts.get("contradictions")
                counting[act.allegations[0], act.by.party] = act.sequence if said else 0
        decided = [act.facts["acts"] for act in acts if act.act == "contradiction-decided"]
        assert all([given] in decided for given in counting.values() if given)


SHARE = {"memory": 10, "sqlite": 40, "postgres": 100}
"""Of the examples of a profile, one in so many: each step is checked whole."""


@pytest.mark.slow
def test_only_what_the_rules_allow_is_on_record_after_each_step(
    new_store: NewStore, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    class Machine(ProceedingMachine):
        pass

    Machine.new_store, Machine.folder, Machine.done = staticmethod(new_store), tmp_path, Counter()
    share = SHARE[request.node.callspec.params["new_store"]]
    profile = settings.get_profile(settings.get_current_profile_name())
    chosen = settings(
        max_examples=max(2, profile.max_examples // share),
        stateful_step_count=10,
        phases=(Stage.explicit, Stage.generate),
    )
    run_state_machine_as_test(Machine, settings=chosen)
