"""Readers are added to what is on record: who reads it then, in the case and in a register."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest

from answerable.casework.cited_cases import CitedCases
from answerable.casework.give_back_exhibit import GiveBackExhibit, UnknownExhibit
from answerable.casework.moments import Moment
from answerable.casework.register_counts import RegisterCounts
from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, By, Envelope
from answerable.core.canonical import decode, encode
from answerable.core.case.acts.erasure import ERASED
from answerable.core.case.acts.table import ACTS
from answerable.core.case.acts.widened import WIDENED
from answerable.core.commitment import disclosure_of
from answerable.core.disclosure import field_of
from answerable.core.errors import Refusal
from answerable.core.proceeding.basis import Basis, Said
from answerable.core.register import showing
from answerable.core.register.shown import shown_case
from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.appending import wrong
from tests.support.at_work import AtWork
from tests.support.cases import CHAIR, MONITOR, NGO, OFFICE, OTHER_CHAIR, UNION, photo
from tests.support.registers import Register, days_in, live, published

RULES = Path(__file__).parents[3] / "src" / "answerable" / "procedures" / "training-mechanism.yaml"
DAY = 24 * 3_600_000
WHAT = "1/allegations/1/what"
TITLE = "1/allegations/1/title"
SAID = "The office was closed at night, planted."


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    yield AtWork(store, tmp_path)
    assert wrong(store) == []
    store.close()


def lodged(work: AtWork, **said: Any) -> str:
    allegations = [{"what": SAID, "title": "planted title", "actor": {"name": "planted name"}}]
    return work.lodge(allegations=allegations, **said)


def asks(work: AtWork, number: str, *fields: str, readers: tuple[str, ...], by: By = NGO) -> str:
    """Return the number of the act by which a sender asks that these readers be added."""
    said: dict[str, Any] = {"fields": [*fields], "wider_readers": [*readers]}
    return work.do(number, "readers-widening-asked", by, **said).number


def widens(work: AtWork, number: str, *fields: str, readers: tuple[str, ...], by: By = NGO) -> None:
    """Ask, and confirm on the next day."""
    act = int(asks(work, number, *fields, readers=readers, by=by).rpartition("/")[2])
    work.store.clock.at += DAY
    said: dict[str, Any] = {"fields": [*fields], "wider_readers": [*readers]}
    work.do(number, "readers-widened", by, acts=[act], **said)


def contents(register: Register, number: str) -> dict[tuple[int, str], Any]:
    """Return what a register discloses of the content of a case, by act and path."""
    data = register.files[f"cases/{number}.json"]
    return {
        (act.envelope.sequence, path): value
        for act in shown_case(data, number).acts
        for path, value in act.said.items()
    }


def acts_in(register: Register, number: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", register.value(f"cases/{number}.json")["acts"])


def disclosure(work: AtWork, number: str, path: str) -> str:
    """Return the disclosure of a field of the first act, as it is on record."""
    act = work.reading.act(number)
    listed = cast("list[Any]", decode(work.store.dockets.content(act)))
    return next(disclosure_of(encode(one)).decode() for one in listed if one[1] == path)


# --- On which day. ---


@pytest.mark.parametrize(
    ("asked", "confirmed", "is_done"),
    [
        ("2026-11-30T23:50:00+07:00", "2026-11-30T23:59:59+07:00", False),
        ("2026-11-30T23:50:00+07:00", "2026-12-01T00:00:01+07:00", True),
        # In UTC these are two days, where the mechanism is one.
        ("2026-11-30T06:59:00+07:00", "2026-11-30T07:01:00+07:00", False),
    ],
)
def test_the_days_are_those_of_the_mechanisms_zone(
    work: AtWork, asked: str, confirmed: str, *, is_done: bool
) -> None:
    procedure = work.shipped.procedure("training-mechanism", date.max)
    work.install.procedure(procedure, RULES.read_text(), request=uuid4())
    assert procedure.time_zone == "Asia/Phnom_Penh"
    work.store.clock.set("2026-11-29T09:00:00+07:00")
    number = lodged(work)
    work.store.clock.set(asked)
    asks(work, number, WHAT, readers=("monitor",))
    work.store.clock.set(confirmed)
    said: dict[str, Any] = {"acts": [2], "fields": [WHAT], "wider_readers": ["monitor"]}
    if is_done:
        work.do(number, "readers-widened", NGO, **said)
        return
    with pytest.raises(Refusal) as refused:
        work.do(number, "readers-widened", NGO, **said)
    assert refused.value.code == "widening-too-soon"
    assert refused.value.facts["earliest"] == "2026-12-01"


# --- Who reads it then. ---


def test_a_file_is_opened_by_who_was_added_and_by_nobody_else(work: AtWork) -> None:
    number = lodged(work)
    asked = Asked(
        by=NGO,
        values={"caption": "c", "origin": "o"},
        exhibits=(photo(1, ("complainant", "secretariat")), photo(2, ("complainant",))),
    )
    work.do_act(number, ACTS[ActCode("exhibit-added")], asked, request=uuid4())
    give = GiveBackExhibit(work.reading, work.exhibits)
    with pytest.raises(UnknownExhibit):
        give.find(f"{number}/2", "1", "monitor")
    widens(work, number, "2/exhibits/1/file", readers=("monitor",))
    found = give.find(f"{number}/2", "1", "monitor")
    assert found.readers == ("complainant", "secretariat", "monitor")
    give(found, target := BytesIO())
    assert target.getvalue() == b"light"
    with pytest.raises(UnknownExhibit):
        give.find(f"{number}/2", "1", "member")
    with pytest.raises(UnknownExhibit):
        give.find(f"{number}/2", "2", "monitor")


def test_words_of_a_contest_that_everyone_may_read_stand_beside_a_citation(work: AtWork) -> None:
    number = lodged(work)
    work.do(number, "opened", OFFICE)
    work.do(number, "not-accepted", OFFICE, (1,), **OUTSIDE)
    work.do(number, "contested", NGO, (1,), grounds=["planted ground"], remedy="r")
    counts = RegisterCounts(work.store.dockets, work.reading, days_in("Asia/Phnom_Penh"))
    cited = CitedCases(work.reading, counts)
    now = Moment(work.ruling.now())
    assert words_of(cited.told("case", number, now, is_for_everyone)) == [None]
    widens(work, number, "4/grounds", readers=("public",))
    later = Moment(work.ruling.now())
    (after,) = words_of(cited.told("case", number, later, is_for_everyone))
    assert after is not None
    assert after.texts == ("planted ground",)


def words_of(cited: Basis) -> list[Said | None]:
    assert cited.beside is not None
    return [one.words for one in cited.beside.contests]


def is_for_everyone(readers: Collection[str]) -> bool:
    return "public" in readers


OUTSIDE: Mapping[str, Any] = {
    "reason": "r",
    "outcome": "outside",
    "door": "a court",
    "door_how": "by letter",
    "by_day": "2027-03-01",
    "contest_how": "here",
}


# --- In a register. ---


def test_the_register_shows_the_words_of_the_first_day_with_their_proof(work: AtWork) -> None:
    number = lodged(work)
    before = published(work.store)
    assert (1, "allegations/1/what") not in contents(before, number)
    asks(work, number, WHAT, readers=("public",))
    work.store.clock.at += DAY
    assert "readers-widening-asked" not in str(published(work.store).files)
    work.do(
        number,
        "readers-widened",
        NGO,
        acts=[2],
        fields=[WHAT],
        wider_readers=["public"],
    )
    register = published(work.store)
    assert register.checked().differences == []
    shown = contents(register, number)
    assert shown[1, "allegations/1/what"] == SAID
    assert shown[3, "fields"] == [WHAT]
    # It is the disclosure on record, whose own readers are those of the first day.
    assert (
        disclosure(work, number, "allegations/1/what")
        in acts_in(register, number)[0]["disclosures"]
    )
    first = {path for act, path in shown if act == 1}
    assert first == {"allegations/1/what"} | {p for a, p in contents(before, number) if a == 1}
    assert register.value("figures.json")["figures"] == live(work.store)


def test_what_only_a_monitor_was_let_read_stands_in_no_register(work: AtWork) -> None:
    number = lodged(work)
    before = published(work.store)
    widens(work, number, WHAT, readers=("monitor", "member"))
    register = published(work.store)
    assert register.checked().differences == []
    assert [act["disclosures"] for act in acts_in(register, number)] == [
        act["disclosures"] for act in acts_in(before, number)
    ]


def test_a_protected_case_is_asked_of_for_the_monitor_and_never_for_everyone(work: AtWork) -> None:
    number = lodged(work, level=3)
    with pytest.raises(Refusal) as refused:
        asks(work, number, WHAT, readers=("public",))
    assert refused.value.code == "widening-of-silhouette"
    widens(work, number, WHAT, readers=("monitor",))
    assert f"cases/{number}.json" not in published(work.store).files


def test_what_was_widened_leaves_the_register_when_the_case_is_erased(work: AtWork) -> None:
    number = lodged(work)
    widens(work, number, WHAT, TITLE, readers=("public",))
    assert SAID in contents(published(work.store), number).values()
    asked = Asked(
        by=CHAIR, values={"ground": "ordered", "provision": "xa-9"}, second=OTHER_CHAIR.party
    )
    work.do_act(number, ACTS[ERASED], asked, request=uuid4())
    register = published(work.store)
    assert register.checked().differences == []
    assert contents(register, number) == {}
    assert SAID.encode() not in b"".join(register.files.values())


def test_a_consent_that_is_narrowed_takes_the_words_out_of_the_next_register(work: AtWork) -> None:
    number = lodged(work)
    widens(work, number, WHAT, readers=("public",))
    work.do(number, "consent-narrowed", NGO, purpose="published", scope="all")
    register = published(work.store)
    assert register.checked().differences == []
    assert (1, "allegations/1/what") not in contents(register, number)
    widens(work, number, WHAT, readers=("public",))
    assert (1, "allegations/1/what") in contents(published(work.store), number)


# --- A register that is forged. ---


def added(register: Register, number: str, disclosed: str, act: int = 0) -> Register:
    """Return the register with one more disclosure of an act."""
    name = f"cases/{number}.json"
    value = register.value(name)
    cast("list[dict[str, Any]]", value["acts"])[act]["disclosures"].append(disclosed)
    return register.written(name, value)


def differences(register: Register) -> list[tuple[str, object]]:
    return [(one.code, one.facts.get("number")) for one in register.checked().differences]


def test_a_field_that_the_act_does_not_name_is_too_much(work: AtWork) -> None:
    number = lodged(work)
    widens(work, number, WHAT, readers=("public",))
    hidden = disclosure(work, number, "allegations/1/title")
    forged = added(published(work.store), number, hidden)
    assert differences(forged) == [("register-shows-too-much", number)]


def test_a_widening_for_the_monitor_makes_nothing_public(work: AtWork) -> None:
    number = lodged(work)
    widens(work, number, WHAT, readers=("monitor",))
    forged = added(published(work.store), number, disclosure(work, number, "allegations/1/what"))
    assert differences(forged) == [("register-shows-too-much", number)]


def test_a_widening_of_another_case_makes_nothing_public(work: AtWork) -> None:
    one, other = lodged(work), lodged(work)
    widens(work, one, WHAT, readers=("public",))
    forged = added(published(work.store), other, disclosure(work, other, "allegations/1/what"))
    assert differences(forged) == [("register-shows-too-much", other)]


def test_a_widening_that_is_left_out_makes_what_it_names_too_much(work: AtWork) -> None:
    number = lodged(work)
    widens(work, number, WHAT, readers=("public",))
    register = published(work.store)
    name = f"cases/{number}.json"
    value = register.value(name)
    cast("list[Any]", value["acts"]).pop()
    assert ("register-shows-too-much", number) in differences(register.written(name, value))


def test_a_widening_whose_fields_are_not_shown_makes_nothing_public(work: AtWork) -> None:
    number = lodged(work)
    widens(work, number, WHAT, readers=("public",))
    register = published(work.store)
    name = f"cases/{number}.json"
    value = register.value(name)
    last = cast("list[dict[str, Any]]", value["acts"])[-1]
    last["disclosures"] = [
        one for one in last["disclosures"] if field_of(one.encode()).path != "fields"
    ]
    assert differences(register.written(name, value)) == [("register-shows-too-much", number)]


def test_a_widening_that_no_entry_commits_to_makes_nothing_public(work: AtWork) -> None:
    number = lodged(work)
    widens(work, number, WHAT, readers=("public",))
    register = published(work.store)
    name = f"cases/{number}.json"
    value = register.value(name)
    acts = cast("list[dict[str, Any]]", value["acts"])
    acts[-1]["blinding"] = acts[0]["blinding"]
    codes = [code for code, _ in differences(register.written(name, value))]
    assert {"register-act-not-in-ledger", "register-shows-too-much"} <= set(codes)


@pytest.mark.parametrize("forger", [OFFICE, MONITOR])
def test_only_a_sender_makes_public_what_a_sender_said(work: AtWork, forger: By) -> None:
    """A mechanism can record what it likes. It cannot say that a complainant did it."""
    number = lodged(work)
    forged(work, number, forger)
    register = added(published(work.store), number, disclosure(work, number, "allegations/1/what"))
    assert ("register-shows-too-much", number) in differences(register)


def test_what_was_entered_for_the_sender_makes_nothing_public(work: AtWork) -> None:
    number = lodged(work)
    forged(work, number, NGO, entered_by=OFFICE)
    register = added(published(work.store), number, disclosure(work, number, "allegations/1/what"))
    assert ("register-shows-too-much", number) in differences(register)


def forged(
    work: AtWork,
    number: str,
    by: By,
    entered_by: By | None = None,
) -> None:
    """Record an act as a mechanism does that asks none of its own rules."""
    free = replace(ACTS[WIDENED], by=(by.seat,), rules=(), enterable=True)
    asked = Asked(
        by=by,
        values={"acts": [1], "fields": [WHAT], "wider-readers": ["public"]},
        entered_by=entered_by,
        evidence=None if entered_by is None else "a letter",
    )
    work.do_act(number, free, asked, request=uuid4())


def test_a_joined_party_widens_its_own_words_only(work: AtWork) -> None:
    number = lodged(work)
    work.do(number, "party-joined", NGO, party=UNION.party, consent="yes")
    work.do(number, "fact-added", UNION, (1,), words="planted", origin="saw")
    with pytest.raises(Refusal) as refused:
        asks(work, number, WHAT, readers=("monitor",), by=UNION)
    assert refused.value.code == "widening-field-unknown"
    with pytest.raises(Refusal) as never:
        asks(work, number, "3/words", readers=("public",), by=UNION)
    assert never.value.code == "widening-never"


def test_the_register_shows_no_other_act_of_it() -> None:
    act = Envelope(
        act=WIDENED,
        kind="case",
        docket="XA-2026-0001-1",
        sequence=2,
        at=0,
        by=NGO,
        entered_by=None,
        previous=None,
        allegations=(),
        facts={"public": False},
        signature=None,
    )
    assert not showing.is_shown(act)
    assert showing.is_shown(replace(act, facts={"public": True}))
    for code in ("readers-widening-asked", "readers-widening-dropped"):
        assert not showing.is_shown(replace(act, act=ActCode(code), facts={}))
