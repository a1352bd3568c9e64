"""Whole cases by their use cases: whatever is tried, only what the rules allow is on record."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

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

from answerable.casework.exposures import exposure_of
from answerable.core.act_form import Asked
from answerable.core.acts import By, Envelope
from answerable.core.case.acts.erasure import ERASED, ERASURE_GROUNDS
from answerable.core.case.acts.kind import Deciding
from answerable.core.case.acts.table import ACTS
from answerable.core.case.now import case_of
from answerable.core.case.standings import Standing, standing_of
from answerable.core.errors import Refusal
from answerable.core.owed import Owed, owed_after
from answerable.storage.checking import Beside, check
from answerable.storage.projections import rebuild
from tests.support.adapters import HandClock, MemoryPlace, NewStore, Store, begin
from tests.support.appending import stored, wrong
from tests.support.at_work import AtWork
from tests.support.case_table import faults_of, readers_beyond
from tests.support.cases import OFFICE, PEOPLE
from tests.support.marks import mark, marks_of
from tests.support.playing import PLAYED, Scene, asking, guided
from tests.support.registers import Register, live, published
from tests.support.told_to import leaks, let_read

PROCEDURES = Path(__file__).parents[2] / "src" / "answerable" / "procedures"
RULES = ("plain", "training-mechanism", "nhri-nepal", "oecd-ncp")
DAY = 24 * 3_600_000
SEEDS = st.integers(0, 2**32)
CHAIR, DEPUTY = [one for one in PEOPLE if one.seat == "chair"][:2]
OLD = 12
"""A case of so many acts has something to lose."""


def with_holiday(text: str, day: date, version: str) -> str:
    """Return the text of a calendar with one day off more, or as it is where that day is off."""
    named = text.replace('version: "1"', f'version: "{version}"')
    day_off = f"\n  {day.isoformat()}: "
    return named if day_off in named else f"{named.rstrip()}{day_off}A day of rest\n"


class CaseMachine(RuleBasedStateMachine):
    """A mechanism, its cases, and whoever tries anything on them."""

    new_store: NewStore
    folder: Path
    done: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.store: Store = self.new_store()
        self.numbers: list[str] = []
        self.calendars = count(2)
        self.checks = count()
        self.tellings = count()
        self.looked: dict[str, int] = {}
        self.read: dict[str, int] = {}

    @initialize(
        rules=st.sampled_from(RULES),
        host=st.sampled_from(("body", "neutral")),
        allegations=st.integers(1, 3),
    )
    def begin(self, rules: str, host: str, allegations: int) -> None:
        self.work = AtWork(self.store, self.folder, host=host)
        if rules != "plain":
            text = (PROCEDURES / f"{rules}.yaml").read_text()
            procedure = self.work.shipped.procedure(rules, date.max)
            self.work.install.procedure(procedure, text, request=self.request())
        self.lodge(1, allegations)

    # --- What people do. ---

    @precondition(lambda self: len(self.numbers) < 3)
    @rule(seed=SEEDS, allegations=st.integers(1, 3))
    def lodge(self, seed: int, allegations: int) -> None:
        random = Random(seed)  # noqa: S311 - the same game each time
        entered = OFFICE if random.random() < 0.2 else None
        said = {"danger-now": {"what": f"a van, {mark()}"}} if random.random() < 0.3 else {}
        party = random.choice(("p1", "p2"))
        concerns = [{"what": f"A rule is not clear, {mark()}."}] * random.randint(0, 1)
        self.numbers.append(
            self.work.lodge(
                party, allegations=allegations, entered_by=entered, concerns=concerns, **said
            )
        )

    @rule(seed=SEEDS)
    def play(self, seed: int) -> None:
        """Do what is open: of what the rules allow, that which was done least."""
        random = Random(seed)  # noqa: S311 - the same game each time
        for _ in range(6):
            number = random.choice(self.numbers)
            found = guided(random, self.scene(number))
            if found is not None:
                self.tries(number, *found)

    @rule(seed=SEEDS)
    def try_anything(self, seed: int) -> None:
        """Do any act in any seat, whatever the rules say."""
        random = Random(seed)  # noqa: S311 - the same game each time
        number = random.choice(self.numbers)
        kind = random.choice(PLAYED)
        asked = asking(random, self.scene(number), kind)
        anyone = random.choice((*PEOPLE, By(PEOPLE[0].party, PEOPLE[3].seat)))
        self.tries(
            number,
            kind,
            Asked(
                by=anyone,
                allegations=asked.allegations,
                values=asked.values,
                entered_by=random.choice((None, None, asked.entered_by, *PEOPLE)),
                evidence=random.choice((None, "a letter")),
                second=asked.second,
                exhibits=asked.exhibits,
            ),
        )

    @precondition(lambda self: self.erasable())
    @rule(seed=SEEDS, ground=st.sampled_from(ERASURE_GROUNDS))
    def a_case_is_erased(self, seed: int, ground: str) -> None:
        number = Random(seed).choice(self.erasable())  # noqa: S311 - the same game each time
        asked = Asked(by=CHAIR, values={"ground": ground, "provision": "xa-9"}, second=DEPUTY.party)
        self.tries(number, ACTS[ERASED], asked)

    # --- What happens around them. ---

    @rule(days=st.sampled_from((0, 1, 3, 8, 40, 100)))
    def days_pass(self, days: int) -> None:
        self.store.clock.at += days * DAY + 3_600_000

    @rule(after=st.integers(0, 90))
    def a_holiday_is_put_in(self, after: int) -> None:
        text = (PROCEDURES / "calendars" / "xa.yaml").read_text()
        today = self.work.ruling.day(self.scene(self.numbers[0]).deciding.procedure)
        changed = with_holiday(text, today + timedelta(days=after), str(next(self.calendars)))
        calendar = self.work.shipped.read_calendar(changed.encode(), "xa.yaml").value
        assert calendar is not None
        self.work.install.calendar(calendar, changed, request=self.request())

    # --- What holds after each step. ---

    @invariant()
    def nothing_is_wrong(self) -> None:
        if not self.numbers:
            return
        beside = Beside(self.store.heads, self.store.case_keys)
        acts = next(self.checks) % 2 == 0
        assert check(self.store.backend, beside, acts=acts).findings == ()
        assert wrong(self.store, signatures=False) == []

    @invariant()
    def projections_are_the_fold_of_the_acts(self) -> None:
        before = stored(self.store)
        rebuild(self.store.backend)
        assert stored(self.store) == before

    @invariant()
    def every_act_keeps_the_table_and_its_readers(self) -> None:
        for number in self.numbers:
            docket = self.work.reading.docket(number)
            acts = list(self.work.reading.envelopes(docket))
            seen = self.looked.get(number, 1)
            drafts = set(map(str, self.scene(number).deciding.procedure.drafts_read_by))
            for act in acts[seen:]:
                if act.act == "clocks-moved" or self.is_of_a_link(act):
                    continue
                assert faults_of(acts[: act.sequence]) == []
                on_file = self.work.store.dockets.acts(docket.id)[act.sequence - 1]
                assert readers_beyond(act, self.work.reading.content(on_file), drafts) == []
            self.looked[number] = len(acts)

    @invariant()
    def every_date_owed_is_counted_again(self) -> None:
        for number in self.numbers:
            scene = self.scene(number)
            procedure = scene.deciding.procedure
            clocks = self.work.ruling.clocks(scene.deciding.mechanism, procedure)
            dated = self.work.ruling.dated(procedure, scene.acts)
            owed: tuple[Owed, ...] = ()
            for act in scene.acts:
                owed = owed_after(owed, act)
            assert list(scene.owed) == list(owed)
            # What is owed on an erased case is owed to nobody: no calendar moves it any more.
            assert scene.deciding.case.erased or clocks.moved_dates(dated, scene.owed) == []

    @invariant()
    def every_allegation_stands_somewhere(self) -> None:
        for number in self.numbers:
            docket = self.work.reading.docket(number)
            case = case_of(docket.state)
            assert docket.standing in set(Standing)
            for allegation in case.allegations:
                assert standing_of(case, allegation)[0] in set(Standing)

    @invariant()
    def what_was_erased_is_read_by_nobody(self) -> None:
        for number in self.numbers:
            docket = self.work.reading.docket(number)
            if case_of(docket.state).erased:
                acts = self.work.store.dockets.acts(docket.id)
                assert [act.number for act in acts if self.work.reading.content(act)] == []

    @invariant()
    def every_figure_is_told_as_it_is_counted_again(self) -> None:
        """Publish, and count: pages are read for every reader at each fourth step alone."""
        if self.numbers:
            register = self.publish()
            if next(self.tellings) % 4 == 0:
                self.require_no_leaks(register)

    def teardown(self) -> None:
        assert wrong(self.store) == []
        self.what_was_erased_is_read_by_nobody()
        self.read.clear()
        self.require_no_leaks(self.publish())
        for number in self.numbers:
            self.done.update(self.work.codes(number))
        self.store.close()

    def publish(self) -> Register:
        """Return the register of now: what it adds up to is what its mechanism tells."""
        register = published(self.store, self.work.ruling)
        assert list(register.checked().differences) == []
        assert register.value("figures.json")["figures"] == live(self.store)
        return register

    def require_no_leaks(self, register: Register) -> None:
        """Hold every reader to what is for them: of a case anew where acts came since."""
        everyone = b"".join(register.files.values())
        for number in self.numbers:
            acts = self.work.store.dockets.acts(self.work.reading.docket(number).id)
            if self.read.get(number) != len(acts):
                self.read[number] = len(acts)
                assert leaks(self.work, number) == []
            later = let_read(self.work, acts)
            for act in acts:
                for item in self.work.reading.content(act):
                    place = (act.kept.envelope.sequence, item.path)
                    kept = "public" in {*item.readers, *later.get(place, ())}
                    assert kept or not {
                        one for one in marks_of(item.value) if one.encode() in everyone
                    }

    # --- Bookkeeping. ---

    def erasable(self) -> list[str]:
        """Return the cases that go far enough to lose something, while no other one is erased."""
        dockets = [self.work.reading.docket(number) for number in self.numbers]
        if any(case_of(docket.state).erased for docket in dockets):
            return []
        return [docket.number for docket in dockets if len(self.work.codes(docket.number)) > OLD]

    def request(self) -> UUID:
        return UUID(bytes=self.store.tools.random(16))

    def scene(self, number: str) -> Scene:
        before = self.work.do_act.before(number)
        mechanism = self.work.reading.mechanism()
        procedure = self.work.ruling.of_case(mechanism, before.acts)
        deciding = Deciding(
            case=before.case,
            acts=before.acts,
            asked=Asked(by=OFFICE),
            procedure=procedure,
            mechanism=mechanism,
            today=self.work.ruling.day(procedure),
            exposure=lambda: exposure_of(
                self.work.reading, self.work.store.dockets.acts(before.docket.id), procedure
            ),
        )
        others = [other for other in self.numbers if other != number]
        return Scene(deciding, before.owed, others)

    def tries(self, number: str, kind: object, asked: Asked) -> None:
        before = stored(self.store)
        figures = live(self.store) if kind is ACTS[ERASED] else []
        try:
            self.work.do_act(number, kind, asked, request=self.request())  # type: ignore[arg-type] # a kind
            if figures:
                # What was received was received: no number is another one for an erasure.
                assert live(self.store) == figures
        except Refusal as refusal:
            assert stored(self.store) == before
            if refusal.code == "extension-differs":
                # As a person would: the date that the rules give is asked for.
                values = {**asked.values, "new-date": refusal.facts["due"]}
                self.tries(number, kind, replace(asked, values=values))
            if refusal.code == "day-differs":
                values = {**asked.values, str(refusal.facts["part"]): refusal.facts["due"]}
                self.tries(number, kind, replace(asked, values=values))
            if refusal.code == "window-differs":
                rest = {n: said for n, said in asked.values.items() if n != "window-ends"}
                due = refusal.facts["due"]
                values = {**rest, "window-ends": due} if due else rest
                self.tries(number, kind, replace(asked, values=values))

    def is_of_a_link(self, act: Envelope) -> bool:
        """Whether an act tells only that another case was linked, by a party of that one."""
        return act.act in {"linked", "unlinked"} and act.facts.get("case") in self.numbers


SHARE = {"memory": 10, "sqlite": 40, "postgres": 100}
"""Of the examples of a profile, one in so many: each step is checked whole."""


@pytest.mark.slow
def test_only_what_the_rules_allow_is_on_record_after_each_step(
    new_store: NewStore, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    class Machine(CaseMachine):
        pass

    Machine.new_store, Machine.folder, Machine.done = staticmethod(new_store), tmp_path, Counter()
    share = SHARE[request.node.callspec.params["new_store"]]
    profile = settings.get_profile(settings.get_current_profile_name())
    # Making a failure small would take minutes: its seeds are few and say which acts to look at.
    phases = (Stage.explicit, Stage.generate)
    chosen = settings(
        max_examples=max(2, profile.max_examples // share), stateful_step_count=12, phases=phases
    )
    run_state_machine_as_test(Machine, settings=chosen)


FLOOR = 60
"""Of the kinds of act that have a command, so many are done over the seeds of the next test."""


def test_the_play_reaches_nearly_every_kind_of_act(tmp_path: Path) -> None:
    done: Counter[str] = Counter()
    for seed, rules in enumerate(("training-mechanism", "plain") * 3):
        place = MemoryPlace()
        begin(place.open()[0])
        store = Store(place, HandClock())

        class Machine(CaseMachine):
            new_store = staticmethod(lambda store=store: store)
            folder = tmp_path

        Machine.done = done
        machine = Machine()
        machine.begin(rules, "body", 3)
        machine.lodge(seed, 2)
        for step in range(14):
            machine.play(1000 * seed + step)
            machine.days_pass((0, 1, 20)[step % 3])
            machine.every_act_keeps_the_table_and_its_readers()
        machine.teardown()
    missed = sorted({kind.code for kind in PLAYED} - set(done))
    print(f"{len(done)} kinds of act, {done.total()} acts; not reached: {', '.join(missed)}")  # noqa: T201 - for whoever reads the log
    assert len(done) >= FLOOR


@pytest.mark.parametrize("rules", ["plain", "training-mechanism"])
def test_a_case_that_everyone_may_see_is_erased_and_no_figure_changes(
    tmp_path: Path, rules: str
) -> None:
    """Most cases that are played far have something that is told in sum only: this one has not."""
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())

    class Machine(CaseMachine):
        new_store = staticmethod(lambda: store)
        folder = tmp_path

    Machine.done = Counter()
    machine = Machine()
    machine.begin(rules, "body", 2)
    (number,) = machine.numbers
    machine.work.do(number, "opened", OFFICE)
    machine.work.do(number, "accepted", OFFICE, [1])
    assert number in str(live(store))
    asked = Asked(by=CHAIR, values={"ground": "ordered", "provision": "xa-9"}, second=DEPUTY.party)
    machine.tries(number, ACTS[ERASED], asked)
    machine.teardown()
    assert machine.done["erased"] == 1
