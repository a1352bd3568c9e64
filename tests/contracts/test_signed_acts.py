"""Acts signed with a party's own key, on every database: by whom, what is refused and found."""

from dataclasses import replace
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest

from answerable.casework.ports import Appended
from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, By, Draft, Json, PartyId, PartySignature
from answerable.core.case.acts.table import ACTS
from answerable.core.case.deciding import CaseErased
from answerable.core.disclosure import field_of
from answerable.core.docket import Change, Docket, Kind, OnDocket, Unit, UnitKey
from answerable.core.errors import Refusal
from answerable.core.opening import Opening, signed_by_party
from answerable.core.party_keys import (
    AnotherPartyKey,
    KeyInForce,
    KeyTaken,
    NoPartyKey,
    PastPartyKey,
    UnknownReason,
)
from answerable.core.proceeding.acts.table import STEPS
from answerable.core.signed_act import (
    SIGNED_ACT,
    PartyKey,
    PartySignatureWrong,
    SignedAnotherAct,
    Signing,
)
from answerable.keys import ed25519
from answerable.storage.ledger import StoredLedger
from tests.support.adapters import Store
from tests.support.appending import wrong
from tests.support.cases import BODY, CHAIR, MONITOR, NGO, OFFICE, OTHER_BODY
from tests.support.proceedings_at_work import ProceedingsAtWork
from tests.support.registers import Register, publish
from tests.support.signing import give_key, keep_keys, key_of

MINUTE = 60_000
CLEARED: dict[str, Json] = {"signatories": ["The director"], "despite-gaps": "It is due."}


@pytest.fixture
def work(store: Store, tmp_path: Path) -> ProceedingsAtWork:
    return ProceedingsAtWork(store, tmp_path / "exhibits")


@pytest.fixture
def number(work: ProceedingsAtWork) -> str:
    """Return a proceeding of three points, each of which a body is to answer."""
    found = work.ask(3)
    for point, body in ((1, BODY), (2, OTHER_BODY), (3, BODY)):
        work.step(found, "point-assigned", OFFICE, point, party=body.party, role="lead")
    return found


def nothing(
    work: ProceedingsAtWork, number: str, by: By, point: int, *, key: PartyKey | None = None
) -> str:
    """Hand over that a body has nothing on a point, signed where a key is given."""
    asked = Asked(by=by, allegations=(point,), values={"nothing": True}, key=key)
    return work.do_step(number, STEPS[ActCode("contribution-given")], asked, request=uuid4()).number


def opening(work: ProceedingsAtWork, number: str) -> Opening:
    return work.reading.opening(work.reading.act(number))


# --- Who may sign. ---


def test_that_a_body_has_nothing_is_signed_by_the_body(
    work: ProceedingsAtWork, number: str
) -> None:
    key = give_key(work, BODY.party)
    act = nothing(work, number, BODY, 1, key=key)
    opened = opening(work, act).opened()
    assert signed_by_party(opened, work.store.ledger.origin, ed25519.verify) == key.public
    assert opened.names_its_act
    said = next(item.value for item in opened.content if item.path == SIGNED_ACT)
    assert isinstance(said, dict)
    assert (said["docket"], said["facts"], said["allegations"]) == (number, {"nothing": True}, [1])
    unsigned = opening(work, nothing(work, number, OTHER_BODY, 2)).opened()
    assert signed_by_party(unsigned, work.store.ledger.origin, ed25519.verify) is None
    assert wrong(work.store) == []


def test_nobody_signs_for_another_nor_with_a_key_that_is_over(
    work: ProceedingsAtWork, number: str
) -> None:
    own, other = give_key(work, BODY.party), give_key(work, OTHER_BODY.party)
    for by, key, refusal in (
        (BODY, other, AnotherPartyKey),
        (BODY, key_of("nobody's"), AnotherPartyKey),
    ):
        with pytest.raises(refusal):
            nothing(work, number, by, 1, key=key)
    asked = Asked(by=OFFICE, values=CLEARED, key=own)
    with pytest.raises(NoPartyKey):
        work.do_step(number, STEPS[ActCode("response-cleared")], asked, request=uuid4())
    keep_keys(work).replace(BODY.party, key_of("second").public, request=uuid4())
    with pytest.raises(PastPartyKey):
        nothing(work, number, BODY, 1, key=own)
    nothing(work, number, BODY, 1, key=key_of("second"))
    keep_keys(work).retire(BODY.party, "stolen", request=uuid4())
    with pytest.raises(PastPartyKey):
        nothing(work, number, BODY, 3, key=key_of("second"))
    with pytest.raises(NoPartyKey):
        nothing(work, number, BODY, 3, key=key_of("third"))
    # What was signed while it was in force stays as it is.
    assert wrong(work.store) == []


def test_a_party_has_one_key_and_a_key_one_party(work: ProceedingsAtWork) -> None:
    keep, first = keep_keys(work), give_key(work, BODY.party, "first")
    with pytest.raises(KeyInForce):
        keep.register(BODY.party, key_of("second").public, request=uuid4())
    with pytest.raises(KeyTaken):
        keep.register(OTHER_BODY.party, first.public, request=uuid4())
    with pytest.raises(NoPartyKey):
        keep.replace(OTHER_BODY.party, key_of("x").public, request=uuid4())
    with pytest.raises(NoPartyKey):
        keep.retire(OTHER_BODY.party, "lost", request=uuid4())
    with pytest.raises(UnknownReason):
        keep.retire(BODY.party, "because", request=uuid4())
    keep.retire(BODY.party, "lost", request=uuid4())
    for party in (BODY.party, OTHER_BODY.party):
        with pytest.raises(KeyTaken):
            keep.register(party, first.public, request=uuid4())


def test_a_request_that_is_asked_again_registers_no_second_key(work: ProceedingsAtWork) -> None:
    request, keep = uuid4(), keep_keys(work)
    first = keep.register(BODY.party, key_of("one").public, request=request)
    assert keep.register(BODY.party, key_of("one").public, request=request) == first
    assert len(work.reading.mechanism().parties[BODY.party].keys) == 1


def test_an_act_on_a_case_is_signed_too_and_one_of_an_erased_case_is_not(
    work: ProceedingsAtWork,
) -> None:
    key, case = give_key(work, OFFICE.party), work.lodge("p1")
    asked = Asked(by=OFFICE, key=key)
    issued = work.do_act(case, ACTS[ActCode("opened")], asked, request=uuid4())
    opened = opening(work, issued.number).opened()
    assert signed_by_party(opened, work.store.ledger.origin, ed25519.verify) == key.public
    kind = ACTS[ActCode("erased")]
    values: dict[str, Json] = {"ground": kind.parts[0].choices[0], "provision": "article-17"}
    erase = Asked(by=CHAIR, values=values, second=PartyId("p13"))
    work.do_act(case, kind, erase, request=uuid4())
    # The signature is of the content's digests, which stay: only what was said is gone.
    after = opening(work, issued.number).opened()
    assert signed_by_party(after, work.store.ledger.origin, ed25519.verify) == key.public
    assert not after.names_its_act
    with pytest.raises(CaseErased):
        work.do_act(case, ACTS[ActCode("acknowledged")], asked, request=uuid4())
    assert wrong(work.store) == []


def test_nobody_signs_an_act_on_a_case_for_another(work: ProceedingsAtWork) -> None:
    give_key(work, OFFICE.party)
    other, case = give_key(work, BODY.party), work.lodge("p1")
    asked = Asked(by=OFFICE, key=other)
    with pytest.raises(AnotherPartyKey):
        work.do_act(case, ACTS[ActCode("opened")], asked, request=uuid4())


def test_a_request_is_signed_by_who_collects_the_answer_alone(
    work: ProceedingsAtWork,
) -> None:
    key, other = give_key(work, OFFICE.party), give_key(work, BODY.party)
    opened = opening(work, work.ask(2, key=key)).opened()
    assert signed_by_party(opened, work.store.ledger.origin, ed25519.verify) == key.public
    assert (opened.names_its_act, opened.names_its_docket) == (True, False)
    with pytest.raises(AnotherPartyKey):
        work.ask(2, key=other)
    assert wrong(work.store) == []


def test_what_was_decided_on_before_another_act_is_signed_anew(
    work: ProceedingsAtWork, number: str
) -> None:
    key = give_key(work, BODY.party)
    turns = iter(range(5))

    def sign(message: bytes) -> bytes:
        if next(turns) == 0:
            # While it signs, another body is faster.
            nothing(work, number, OTHER_BODY, 2)
        return key.sign(message)

    act = nothing(work, number, BODY, 1, key=PartyKey(key.public, sign))
    assert opening(work, act).opened().names_its_act
    assert act.endswith("/6")
    assert wrong(work.store) == []


# --- What the writer refuses, whoever asks. ---


def unit_of(docket: Docket, draft: Draft) -> Unit:
    on = OnDocket(docket.id, docket.sequence, Kind(docket.kind))
    return Unit(UnitKey(uuid4()), (Change(on, (draft,)),))


def draft_of(work: ProceedingsAtWork, by: By = BODY) -> Draft:
    return Draft(
        act=ActCode("contribution-given"),
        by=by,
        secret=work.store.tools.random(32),
        allegations=(1,),
        facts={"nothing": True},
    )


def signed_for(work: ProceedingsAtWork, docket: Docket, key: PartyKey) -> Draft:
    place = (docket.kind, docket.number, docket.sequence + 1)
    return Signing(key, work.store.ledger.origin, *place).signed(draft_of(work))


def refused(work: ProceedingsAtWork, docket: Docket, draft: Draft) -> type[Refusal]:
    (answer,) = work.store.ledger.append([unit_of(docket, draft)])
    assert isinstance(answer, Refusal)
    return type(answer)


def test_a_signature_that_does_not_fit_gets_into_no_ledger(
    work: ProceedingsAtWork, number: str
) -> None:
    key, docket = give_key(work, BODY.party), work.reading.docket(number)
    true = signed_for(work, docket, key)
    assert true.signature is not None
    forged = [
        replace(true, signature=PartySignature(key.public, bytes(64))),
        replace(true, signature=replace(true.signature, key=key_of("other").public)),
        replace(true, fields=true.fields[:-1]),
        replace(true, secret=bytes(32)),
        Signing(key, "other.example/xb", docket.kind, number, docket.sequence + 1).signed(
            draft_of(work)
        ),
    ]
    for draft in forged:
        assert refused(work, docket, draft) is PartySignatureWrong
    (answer,) = work.store.ledger.append([unit_of(docket, true)])
    assert isinstance(answer, Appended)


def test_what_was_signed_once_cannot_be_recorded_again_or_elsewhere(
    work: ProceedingsAtWork, number: str
) -> None:
    key, docket = give_key(work, BODY.party), work.reading.docket(number)
    true = signed_for(work, docket, key)
    other = work.reading.docket(work.ask(1))
    assert refused(work, other, true) is SignedAnotherAct
    assert refused(work, docket, replace(true, act=ActCode("edit-confirmed"))) is SignedAnotherAct
    assert refused(work, docket, replace(true, by=OTHER_BODY)) is SignedAnotherAct
    assert refused(work, docket, replace(true, facts={"nothing": False})) is SignedAnotherAct
    work.store.ledger.append([unit_of(docket, true)])
    after = work.reading.docket(number)
    assert refused(work, after, true) is SignedAnotherAct


# --- What a check finds of a ledger whose writer refused nothing. ---


def careless(work: ProceedingsAtWork) -> StoredLedger:
    """Return a writer that takes every signature."""
    tools = replace(work.store.tools, verify=lambda *_: True)
    return StoredLedger(work.store.backend, tools)


def found_after(work: ProceedingsAtWork, number: str, draft: Draft) -> list[str]:
    writer = careless(work)
    (answer,) = writer.append([unit_of(work.reading.docket(number), draft)])
    writer.close()
    assert isinstance(answer, Appended)
    return [one.code for one in wrong(work.store)]


def test_a_check_finds_a_signature_that_does_not_fit(work: ProceedingsAtWork, number: str) -> None:
    key = give_key(work, BODY.party)
    forged = replace(draft_of(work), signature=PartySignature(key.public, bytes(64)))
    assert found_after(work, number, forged) == ["party-signature-differs"]


@pytest.mark.parametrize("minutes", [0, 2])
def test_a_check_finds_a_key_that_was_not_the_party_s_then(
    work: ProceedingsAtWork, number: str, minutes: int
) -> None:
    key = give_key(work, BODY.party)
    keep_keys(work).retire(BODY.party, "stolen", request=uuid4())
    work.store.clock.at += minutes * MINUTE
    found = found_after(work, number, signed_for(work, work.reading.docket(number), key))
    # Within a minute it may have been decided on just before.
    assert found == (["party-key-not-in-force"] if minutes else [])


def test_a_check_finds_the_key_of_another(work: ProceedingsAtWork, number: str) -> None:
    give_key(work, BODY.party)
    other = give_key(work, OTHER_BODY.party)
    draft = signed_for(work, work.reading.docket(number), other)
    assert found_after(work, number, draft) == ["party-key-not-in-force"]


# --- What the register shows. ---


def test_the_register_names_the_keys_of_bodies_and_of_nobody_else(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    keys = [give_key(work, party) for party in (BODY.party, MONITOR.party, CHAIR.party, "p1")]
    keep_keys(work).retire(BODY.party, "lost", request=uuid4())
    register = published(work, tmp_path)
    assert register.codes() == set()
    shown = [key.public.hex() in disclosed(register) for key in keys]
    assert shown == [True, True, False, False]


def test_a_key_that_a_party_had_before_it_was_a_body_is_named_with_its_seat(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    key = give_key(work, "p1")
    work.grant("p1", "member", request=uuid4())
    register = published(work, tmp_path)
    assert register.codes() == set()
    assert key.public.hex() in disclosed(register)


def test_the_register_shows_signatures_of_bodies_and_of_no_complainant(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    keys, case = [give_key(work, OFFICE.party), give_key(work, NGO.party)], work.lodge(NGO.party)
    opened = Asked(by=OFFICE, key=keys[0])
    work.do_act(case, ACTS[ActCode("opened")], opened, request=uuid4())
    kind = ACTS[ActCode("withdrawal-asked")]
    values: dict[str, Json] = {"until": "2027-01-01", "asked": True}
    said = {part.name: values.get(part.name, "x") for part in kind.parts if part.required}
    withdrawn = Asked(by=NGO, values=said, key=keys[1])
    work.do_act(case, kind, withdrawn, request=uuid4())
    register = published(work, tmp_path)
    assert register.codes() == set()
    told = disclosed(register, f"cases/{case}.json")
    assert "withdrawal-asked" in told
    assert [key.public.hex() in told for key in keys] == [True, False]


def test_a_register_of_a_ledger_with_forged_signatures_is_found_out(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    key, other = give_key(work, OFFICE.party), give_key(work, BODY.party)
    case, writer = work.lodge("p1"), careless(work)
    empty = Draft(act=ActCode("opened"), by=OFFICE, secret=work.store.tools.random(32))
    forged = replace(empty, signature=PartySignature(key.public, bytes(64)))
    writer.append([unit_of(work.reading.docket(case), forged)])
    docket = work.reading.docket(case)
    place = (docket.kind, docket.number, docket.sequence + 1)
    stolen = replace(empty, act=ActCode("acknowledged"), secret=work.store.tools.random(32))
    signed = Signing(other, work.store.ledger.origin, *place).signed(stolen)
    writer.append([unit_of(docket, signed)])
    writer.close()
    register = published(work, tmp_path)
    assert register.codes() == {"register-signature-wrong", "register-signature-of-no-key"}


def published(work: ProceedingsAtWork, folder: Path) -> Register:
    publish(work.store, folder / "register")
    return Register.at(folder / "register")


def disclosed(register: Register, name: str = "mechanism.json") -> str:
    """Return everything that the acts of a file disclose, as plain text."""
    acts = cast("list[dict[str, list[str]]]", register.value(name)["acts"])
    fields = [field_of(one.encode()) for act in acts for one in act["disclosures"]]
    return "\n".join(str(field.value) for field in fields)
