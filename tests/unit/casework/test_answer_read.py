"""Who returns by key begins their days to contest by the first reading, and knows that before."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from answerable.casework.do_acts import DoActs
from answerable.casework.returned import Returned
from answerable.casework.unread_answers import Unread
from answerable.core.act_form import Asked
from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from answerable.core.docket import Docket
from answerable.core.errors import Refusal
from answerable.core.figures.counting import count_case
from answerable.core.owed import Owed
from answerable.hidden.looker import Looker
from tests.support.appending import stored
from tests.support.at_work import AtWork
from tests.support.case_table import faults_of, readers_beyond
from tests.support.cases import BODY, CHAIR, NGO, OFFICE, OTHER_REVIEWER, REVIEWER, UNION, WORDS, by
from tests.support.registers import live, published

RULES = Path(__file__).parents[3] / "src" / "answerable" / "procedures" / "training-mechanism.yaml"
READ = ActCode("answer-read")
CONTESTED = ActCode("contested")
ENDS = "2026-12-16"
"""Thirty days from the Monday on which the clock of these tests stands."""
DAY = 24 * 3_600_000
GROUNDS = {"grounds": ["the guard was not asked"]}
OUTSIDE: dict[str, Any] = {
    "outcome": "outside",
    "door": "A court",
    "door_how": "by letter",
    "by_day": "2027-03-01",
}


@pytest.fixture
def returned(work: AtWork) -> Returned:
    return Returned(DoActs(work.do_act, Looker()))


def under(work: AtWork, *changes: tuple[str, str], party: str = "anyone") -> Docket:
    """Return the case of someone who gave no name, under the training rules with changes."""
    text = RULES.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    read = work.shipped.read_procedure(text.encode(), "rules.yaml", None)
    assert read.value is not None, read.faults
    work.install.procedure(read.value, text, request=uuid4())
    number = work.lodge(party)
    work.do(number, "opened", OFFICE)
    work.do(number, "accepted", OFFICE)
    return work.reading.docket(number)


def answered(work: AtWork, docket: Docket, *allegations: int) -> int:
    """Give an outcome, and return the number of its act."""
    said = {**OUTSIDE, "reason": WORDS}
    work.do(docket.number, "outcome-given", CHAIR, allegations, **said)
    return len(work.codes(docket.number))


def read(
    returned: Returned, docket: Docket, answer: int, *allegations: int, ends: str | None = ENDS
) -> None:
    typed = {"acts": [str(answer)], **({"window-ends": ends} if ends else {})}
    returned.do(docket, READ, typed, request=uuid4(), allegations=allegations)


def refused(work: AtWork, act: Any, *args: Any, **said: Any) -> dict[str, Any]:
    before = stored(work.store)
    with pytest.raises(Refusal) as refusal:
        act(*args, **said)
    assert stored(work.store) == before
    return {"code": refusal.value.code, **refusal.value.facts}


def windows(work: AtWork, docket: Docket) -> list[Owed]:
    owed = work.store.dockets.owed(docket.id)
    return [item for item in owed if item.code == "contest-window"]


def contests(returned: Returned, docket: Docket, *allegations: int) -> None:
    returned.do(docket, CONTESTED, GROUNDS, request=uuid4(), allegations=allegations)


# --- Before: it is known until when, and nothing has begun. ---


def test_an_answer_waits_with_the_day_and_its_working_and_looking_begins_nothing(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work)
    assert returned.unread(docket) == ()
    answer = answered(work, docket, 1, 2)
    before = stored(work.store)
    (waits,) = returned.unread(docket)
    assert (waits.answer, waits.allegations, waits.ends) == (answer, (1, 2), ENDS)
    assert steps(waits)[:2] == ["event", "period"]
    assert windows(work, docket) == []
    assert stored(work.store) == before


def steps(waits: Unread) -> list[str]:
    return [step.code for step in waits.due["contest-window"].working]


def test_where_no_day_depends_on_it_an_answer_waits_for_nobody(
    work: AtWork, returned: Returned
) -> None:
    number = work.lodge("anyone")
    work.do(number, "not-accepted", OFFICE, reason=WORDS, door_how=WORDS, **_door())
    docket = work.reading.docket(number)
    assert returned.unread(docket) == ()
    refusal = refused(work, read, returned, docket, 2, ends=None)
    assert refusal == {"code": "reading-begins-nothing", "procedure": "plain@1"}


def _door() -> dict[str, Any]:
    return {"outcome": "outside", "door": "A court", "by_day": "2027-03-01", "contest_how": WORDS}


# --- The reading. ---


def test_the_window_runs_from_the_first_reading_of_what_was_read_alone(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work)
    first, second = answered(work, docket, 1), answered(work, docket, 2)
    read(returned, docket, first, 1)
    (window,) = windows(work, docket)
    assert (window.allegations, window.due_on, window.seat) == ((1,), ENDS, "complainant")
    assert [one.answer for one in returned.unread(docket)] == [second]
    act = work.reading.envelopes(docket)[-1]
    assert (act.act, act.by.seat, act.facts["acts"]) == (READ, "complainant", [first])
    again = refused(work, read, returned, docket, first, 1)
    assert again == {"code": "answer-read-before", "allegation": 1, "act": act.sequence}


def test_who_was_told_another_day_has_read_nothing_and_is_told_the_day(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work)
    answer = answered(work, docket, 1)
    for told in ("2026-12-17", "2026-12-15", None):
        facts = refused(work, read, returned, docket, answer, 1, ends=told)
        assert facts == {"code": "window-differs", "reason": None, "on": told, "due": ENDS}
    # Overnight the day becomes another one: the page of yesterday begins nothing.
    work.store.clock.at += DAY
    facts = refused(work, read, returned, docket, answer, 1)
    assert facts["due"] == "2026-12-17"


def test_another_answer_than_the_one_that_was_told_of_is_not_read_by_that(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work)
    told = answered(work, docket, 1)
    work.do(docket.number, "reopened", REVIEWER, (1,), cause="new-fact", reason=WORDS)
    facts = refused(work, read, returned, docket, told, 1)
    assert facts == {"code": "nothing-to-read", "allegation": 1}
    now = answered(work, docket, 1)
    facts = refused(work, read, returned, docket, told, 1)
    assert facts == {"code": "not-the-answer", "allegation": 1, "act": now}
    other = answered(work, docket, 2)
    typed = {"acts": [str(now), str(other)], "window-ends": ENDS}
    more = {"request": uuid4(), "allegations": (1,)}
    facts = refused(work, returned.do, docket, READ, typed, **more)
    assert facts == {"code": "not-the-answer", "reason": "none-of-these", "act": other}


def test_nobody_begins_the_days_of_another(work: AtWork, returned: Returned) -> None:
    docket = under(work, party="p1")
    work.do(docket.number, "party-joined", NGO, party=UNION.party, consent=WORDS)
    answer = answered(work, docket, 1)
    said: dict[str, Any] = {"acts": [answer], "window_ends": ENDS}
    facts = refused(work, work.do, docket.number, READ, UNION, (1,), **said)
    assert facts == {"code": "read-by-sender-alone", "party": UNION.party}
    for seat in (OFFICE, CHAIR, BODY):
        assert refused(work, work.do, docket.number, READ, seat, (1,), **said)["code"] == (
            "not-this-seat"
        )
    asked = Asked(
        by=NGO,
        allegations=(1,),
        values={"acts": [answer], "window-ends": ENDS},
        entered_by=OFFICE,
        evidence="they told me",
    )
    more = {"request": uuid4()}
    facts = refused(work, work.do_act, docket.number, ACTS[READ], asked, **more)
    assert facts["code"] == "never-for-another"
    # Without the key nobody is known to be who gave no name.
    other = under(work, ('version: "2"', 'version: "2b"'))
    answer = answered(work, other, 1)
    nobody = by("anyone", "complainant")
    said = {"acts": [answer], "window_ends": ENDS}
    assert refused(work, work.do, other.number, READ, nobody, (1,), **said)["code"] == (
        "not-known-who"
    )
    work.do(docket.number, READ, NGO, (1,), acts=[returned.unread(docket)[0].answer], **_ends())


def _ends() -> dict[str, Any]:
    return {"window_ends": ENDS}


def test_after_a_delivery_with_evidence_reading_begins_nothing(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work)
    answer = answered(work, docket, 1)
    event = {"event": "finding-delivered", "on": "2026-11-10", "proof": "a signed receipt"}
    work.do(docket.number, "event-recorded", OFFICE, (1,), **event)
    assert returned.unread(docket) == ()
    (window,) = windows(work, docket)
    assert (window.due_on, window.started_by) == (ENDS, answer + 1)
    facts = refused(work, read, returned, docket, answer, 1)
    assert facts["code"] == "reading-begins-nothing"


def test_a_delivery_after_the_reading_begins_no_days_anew(work: AtWork, returned: Returned) -> None:
    docket = under(work)
    read(returned, docket, answered(work, docket, 1), 1)
    work.store.clock.at += 10 * DAY
    event = {"event": "finding-delivered", "on": "2026-11-26", "proof": "a signed receipt"}
    work.do(docket.number, "event-recorded", OFFICE, (1,), **event)
    assert [item.due_on for item in windows(work, docket)] == [ENDS]


def test_a_reading_of_the_sender_pays_and_begins_nothing_of_the_body(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work)
    answer = answered(work, docket, 1)
    before = set(work.store.dockets.owed(docket.id))
    read(returned, docket, answer, 1)
    after = set(work.store.dockets.owed(docket.id))
    assert {item.code for item in after - before} == {"contest-window"}
    assert before <= after
    assert before


# --- After it. ---


def test_it_is_contested_until_the_end_of_the_last_day_and_not_after_it(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work)
    read(returned, docket, answered(work, docket, 1, 2), 1, 2)
    work.store.clock.set(f"{ENDS}T23:59:00+07:00")
    contests(returned, docket, 1)
    work.store.clock.set("2026-12-17T00:01:00+07:00")
    facts = refused(work, contests, returned, docket, 2)
    assert facts == {"code": "contest-too-late", "allegation": 2, "on": ENDS}
    # That one was contested in time gives nobody a second time without end.
    assert refused(work, contests, returned, docket, 1)["on"] == ENDS
    assert "contested" not in {kind.code for kind in returned.kinds(docket)}


def test_what_is_answered_anew_has_days_of_its_own(work: AtWork, returned: Returned) -> None:
    docket = under(work)
    read(returned, docket, answered(work, docket, 1), 1)
    work.store.clock.at += 60 * DAY
    assert refused(work, contests, returned, docket, 1)["code"] == "contest-too-late"
    work.do(docket.number, "reopened", REVIEWER, (1,), cause="new-fact", reason=WORDS)
    ended = windows(work, docket)
    assert [item.met_by for item in ended] == [len(work.codes(docket.number))]
    answer = answered(work, docket, 1)
    (waits,) = returned.unread(docket)
    assert (waits.answer, waits.ends) == (answer, "2027-02-15")
    # As long as nobody has read it, no day is over.
    contests(returned, docket, 1)
    work.do(docket.number, "contest-decided", OTHER_REVIEWER, (1,), **_not_upheld(work, docket))
    read(returned, docket, answer, 1, ends=waits.ends)
    assert [(item.due_on, bool(item.met_by)) for item in windows(work, docket)] == [
        (ENDS, True),
        ("2027-02-15", False),
    ]


def _not_upheld(work: AtWork, docket: Docket) -> dict[str, Any]:
    at = 1 + work.codes(docket.number).index("contested")
    return {"acts": [at], "contest_result": "not-upheld", "answers": ["it was"]}


def test_a_window_without_a_period_has_no_day_and_never_ends(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work, ("    starts: finding-delivered\n    period: 30 days\n", NO_PERIOD))
    answer = answered(work, docket, 1)
    (waits,) = returned.unread(docket)
    assert waits.ends is None
    facts = refused(work, read, returned, docket, answer, 1)
    assert facts == {"code": "window-differs", "reason": "no-end", "on": ENDS, "due": None}
    read(returned, docket, answer, 1, ends=None)
    work.store.clock.at += 400 * DAY
    contests(returned, docket, 1)


HANDING_OUT = """
  handing-out:
    titles: {en: Handed out}
    owes: secretariat
    starts: outcome-given
    met-by: [finding-delivered]
    sources: [{title: Training rules}]
"""
NO_PERIOD = "    starts: finding-delivered\n"


# --- What nobody else learns. ---


def test_the_register_shows_no_reading_and_goes_on_telling_the_case(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work)
    answer = answered(work, docket, 1, 2)
    before, figures = published(work.store), live(work.store)
    read(returned, docket, answer, 1, 2)
    name = f"cases/{docket.number}.json"
    after = published(work.store)
    assert after.files[name] == before.files[name]
    assert live(work.store) == figures
    contests(returned, docket, 1)
    told = published(work.store)
    assert told.codes() == set()
    case = json.loads(told.files[name])
    opened = [json.dumps(act) for act in case["acts"]]
    assert len(opened) == len(work.codes(docket.number)) - 1
    assert "answer-read" not in told.files[name].decode()
    assert "contest-window" not in str(case["owed"])


def test_of_a_reading_that_pays_a_debt_that_is_shown_the_case_is_told_in_sum(
    work: AtWork, returned: Returned
) -> None:
    """A debt that stays open in the register, though it was paid, would accuse whoever owed it."""
    clock = ("  contest-window:\n", f"{HANDING_OUT}  contest-window:\n")
    nobody = ("    by: [secretariat]\n    when: after-finding\n    public: yes\n", "")
    docket = under(work, clock, nobody)
    answer = answered(work, docket, 1)
    name = f"cases/{docket.number}.json"
    assert name in published(work.store).files
    read(returned, docket, answer, 1)
    assert name not in published(work.store).files


def test_an_opening_that_a_later_version_records_of_a_sender_is_no_opening_of_the_body(
    work: AtWork,
) -> None:
    """No version lets a complainant open; whoever folds one all the same counts bodies alone."""
    number = work.lodge("p1")
    acts = work.reading.envelopes(work.reading.docket(number))
    theirs = replace(acts[0], act=ActCode("opened"), sequence=2, facts={})
    assert "opened" not in count_case([*acts, theirs]).counts
    ours = replace(theirs, by=OFFICE)
    assert count_case([*acts, ours]).counts["opened"] == 1


def test_the_table_that_was_written_from_the_model_says_the_same(
    work: AtWork, returned: Returned
) -> None:
    docket = under(work, party="p1")
    read(returned, docket, answered(work, docket, 1), 1)
    acts = list(work.reading.envelopes(docket))
    assert faults_of(acts) == []
    on_file = work.store.dockets.acts(docket.id)[-1]
    assert readers_beyond(acts[-1], work.reading.content(on_file), set()) == []
    again = replace(acts[-1], sequence=len(acts) + 1)
    assert faults_of([*acts, again]) == ["an answer on 1 read twice"]
    by_another = replace(acts[-1], by=UNION)
    assert faults_of([*acts[:-1], by_another]) == ["an answer read by another than who reported"]
    by_the_body = replace(acts[-1], by=OFFICE)
    assert len(faults_of([*acts[:-1], by_the_body])) > 1
