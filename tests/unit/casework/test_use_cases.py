"""Who may do what, on a whole mechanism as bootstrap builds it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from answerable.bootstrap.application import application
from answerable.bootstrap.founding import found
from answerable.bootstrap.parts import PartMissing
from answerable.casework.application import Application
from answerable.casework.delivery import Delivery
from answerable.casework.ports import Appended, ContentErased, Issued
from answerable.casework.reading import MECHANISM_DOCKET
from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, By, PartyId, Seat
from answerable.core.case.acts.table import ACTS
from answerable.core.case.rules import (
    AcknowledgedBefore,
    EvidenceMissing,
    KeyOfAnother,
    NotThisSeat,
    OpenedBefore,
    SealingNotThere,
    SeatNotHeld,
)
from answerable.core.case.submission import Submission, read_submission
from answerable.core.mechanism import NameTaken, UnusableName
from answerable.core.signed_act import PartyKey
from answerable.keys import ed25519

SECRETARIAT = By(PartyId("p1"), Seat("secretariat"))
MONITOR = By(PartyId("p2"), Seat("monitor"))
NGO = PartyId("p3")
SEED = bytes(range(32))


def submission(**more: object) -> Submission:
    value = {"allegations": [{"what": "The office was closed."}], **more}
    read, problems = read_submission(value)
    assert read is not None, problems
    return read


@pytest.fixture
def folder(tmp_path: Path) -> str:
    settings = {"name": "Training", "origin": "training.example/xa", "prefix": "XA"}
    found(str(tmp_path / "mechanism"), settings, uuid4())
    return str(tmp_path / "mechanism")


@pytest.fixture
def mechanism(folder: str) -> Iterator[Application]:
    made = application(folder)
    made.add_party("Secretariat", key=None, request=uuid4())
    made.add_party("Monitor", key=None, request=uuid4())
    made.add_party("Lantern", key=ed25519.public_of(SEED), request=uuid4())
    made.grant_seat("p1", "secretariat", request=uuid4())
    made.grant_seat("p2", "monitor", request=uuid4())
    made.grant_seat("p3", "complainant", request=uuid4())
    yield made
    made.close()


def lodged(mechanism: Application, **more: object) -> str:
    delivery = Delivery(
        request=uuid4(),
        submissions=[submission()],
        exhibit=lambda _: BytesIO(),
        **{"party": NGO, **more},  # type: ignore[arg-type]  # named by each test
    )
    (outcome,) = mechanism.lodge_submission(delivery)
    assert isinstance(outcome, Appended)
    return outcome.acts[0].number


def owed(mechanism: Application, number: str) -> list[str]:
    docket = mechanism.reading.docket(number)
    return [item.code for item in mechanism.dockets.owed(docket.id) if item.met_by is None]


def read(mechanism: Application, number: str, by: By, *, request: UUID) -> Issued:
    return mechanism.do_act(number, ACTS[ActCode("opened")], Asked(by=by), request=request)


def acknowledge(mechanism: Application, number: str, by: By, *, request: UUID) -> Issued:
    return mechanism.do_act(number, ACTS[ActCode("acknowledged")], Asked(by=by), request=request)


def test_the_envelope_says_how_a_submission_came(mechanism: Application) -> None:
    typist = By(PartyId("p1"), Seat("secretariat"))
    alone, entered = lodged(mechanism), lodged(mechanism, entered_by=typist, evidence="a letter")
    many = Delivery(
        request=uuid4(), submissions=[submission()] * 2, exhibit=lambda _: BytesIO(), party=NGO
    )
    numbers = [
        one.acts[0].number for one in mechanism.lodge_submission(many) if isinstance(one, Appended)
    ]
    told = [
        mechanism.reading.act(number).kept.envelope.facts["channel"]
        for number in (alone, entered, *numbers)
    ]
    assert told == ["command-line", "entered", "delivery", "delivery"]


def test_acknowledging_does_not_stand_for_opening(mechanism: Application) -> None:
    number = lodged(mechanism)
    acknowledge(mechanism, number, SECRETARIAT, request=uuid4())
    assert owed(mechanism, number) == ["intake", "opening"]
    assert mechanism.reading.docket(number).standing == "delivered-not-opened"


def test_what_a_monitor_opens_the_secretariat_still_owes(mechanism: Application) -> None:
    number = lodged(mechanism)
    read(mechanism, number, MONITOR, request=uuid4())
    assert owed(mechanism, number) == ["acknowledgement", "intake", "opening"]


def test_only_the_body_acknowledges_and_only_once(mechanism: Application) -> None:
    number = lodged(mechanism)
    with pytest.raises(NotThisSeat):
        acknowledge(mechanism, number, MONITOR, request=uuid4())
    with pytest.raises(NotThisSeat):
        acknowledge(mechanism, number, By(NGO, Seat("complainant")), request=uuid4())
    with pytest.raises(SeatNotHeld):
        acknowledge(mechanism, number, By(NGO, Seat("secretariat")), request=uuid4())
    acknowledge(mechanism, number, SECRETARIAT, request=uuid4())
    with pytest.raises(AcknowledgedBefore):
        acknowledge(mechanism, number, SECRETARIAT, request=uuid4())


def test_a_reader_opens_once_and_a_repeated_request_has_its_first_answer(
    mechanism: Application,
) -> None:
    number, request = lodged(mechanism), uuid4()
    first = read(mechanism, number, SECRETARIAT, request=request)
    assert read(mechanism, number, SECRETARIAT, request=request) == first
    with pytest.raises(OpenedBefore):
        read(mechanism, number, SECRETARIAT, request=uuid4())


def test_a_party_signs_with_the_key_that_it_is_known_by(mechanism: Application) -> None:
    own = PartyKey(ed25519.public_of(SEED), lambda message: ed25519.sign(SEED, message))
    other = PartyKey(ed25519.public_of(bytes(32)), lambda message: ed25519.sign(bytes(32), message))
    lodged(mechanism, key=own)
    with pytest.raises(KeyOfAnother):
        lodged(mechanism, key=other)
    with pytest.raises(KeyOfAnother):
        lodged(mechanism, key=own, party=PartyId("p1"))


def test_who_types_in_for_another_names_the_evidence(mechanism: Application) -> None:
    with pytest.raises(EvidenceMissing):
        lodged(mechanism, entered_by=SECRETARIAT)
    number = lodged(mechanism, entered_by=SECRETARIAT, evidence="letter by hand, folder 12")
    act = mechanism.reading.act(number)
    assert act.kept.envelope.entered_by == SECRETARIAT


def test_what_was_to_be_sealed_from_the_server_is_not_taken(mechanism: Application) -> None:
    sealed = submission(level=4, readers=["monitor"])
    delivery = Delivery(request=uuid4(), submissions=[sealed], exhibit=lambda _: BytesIO())
    with pytest.raises(SealingNotThere):
        mechanism.lodge_submission(delivery)
    assert not mechanism.lodge_submission.was_lodged(delivery.request)


@pytest.mark.parametrize("name", ["", " ", "p1", "P12", "anyone", "x" * 2000])
def test_a_party_is_not_called_like_a_number_or_nothing(mechanism: Application, name: str) -> None:
    with pytest.raises(UnusableName):
        mechanism.add_party(name, key=None, request=uuid4())


def test_two_parties_do_not_have_one_name(mechanism: Application) -> None:
    with pytest.raises(NameTaken):
        mechanism.add_party("lantern", key=None, request=uuid4())


@pytest.mark.parametrize("typed", ["Lantern ", "LANTERN", " lantern"])
def test_a_party_is_found_by_its_name_however_it_is_typed(
    mechanism: Application, typed: str
) -> None:
    assert mechanism.reading.mechanism().party(typed).id == NGO
    with pytest.raises(NameTaken):
        mechanism.add_party(typed, key=None, request=uuid4())


def test_a_name_is_kept_without_the_blanks_around_it(mechanism: Application) -> None:
    # It was found by no name before: what is asked for is read without them.
    added, _ = mechanism.add_party(" Comit\u00e9 ", key=None, request=uuid4())
    found = mechanism.reading.mechanism().party("Comite\u0301")
    assert (found.id, found.name) == (added, "Comit\u00e9")


def test_nothing_is_said_under_a_key_that_was_overwritten(
    mechanism: Application, folder: str
) -> None:
    from answerable.storage.case_keys import SqliteCaseKeys  # noqa: PLC0415 - for this one test

    SqliteCaseKeys(Path(folder) / "keys" / "case-keys.sqlite3").overwrite(1)
    with pytest.raises(ContentErased):
        mechanism.add_party("A new one", key=None, request=uuid4())
    # An act that says nothing loses nothing.
    mechanism.grant_seat("p3", "member", request=uuid4())


@pytest.mark.parametrize("part", ["ledger.sqlite3", "keys/case-keys.sqlite3"])
def test_a_part_that_is_gone_is_named_and_no_new_one_is_made(folder: str, part: str) -> None:
    (Path(folder) / part).unlink()
    with pytest.raises(PartMissing):
        application(folder)
    assert not (Path(folder) / part).exists()


def test_the_name_of_a_body_is_for_everyone_and_that_of_others_is_not(
    mechanism: Application,
) -> None:
    parties = mechanism.reading.mechanism().parties
    assert (parties[PartyId("p1")].is_body, parties[PartyId("p2")].is_body) == (True, True)
    assert not parties[NGO].is_body
    granted = [
        act
        for act in mechanism.dockets.acts(MECHANISM_DOCKET)
        if act.kept.envelope.act == "seat-granted"
    ]
    shown = [[item.value for item in mechanism.reading.content(act)] for act in granted]
    assert shown == [["Secretariat"], ["Monitor"], []]
    assert all("public" in f.readers for act in granted for f in mechanism.reading.content(act))
