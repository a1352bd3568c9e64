"""Who has the return key of a case acts on it as its sender, on no other, and by the same rules."""

from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest

from answerable.casework.asking import PartUnreadable, UnknownPart
from answerable.casework.do_acts import DoActs
from answerable.casework.return_keys import NoCaseOpens, ReturnKeys
from answerable.casework.returned import Returned
from answerable.casework.same_act import ActDiffers
from answerable.casework.sealing import attached
from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from answerable.core.case.rules import NotThisSeat
from answerable.core.docket import Docket, UnknownDocket
from answerable.core.errors import Refusal
from answerable.core.ledger.receipt import verify_receipt
from answerable.core.return_key import return_key
from answerable.core.seats import COMPLAINANT
from answerable.hidden.looker import Looker
from answerable.keys.ed25519 import verify
from answerable.storage.return_keys import StoredKeyedDockets
from tests.support.adapters import POLICY
from tests.support.appending import stored
from tests.support.at_work import AtWork
from tests.support.cases import CHAIR, NGO, OFFICE, OFFICER, by

KEY = return_key(b"k" * 32)
NOBODY = by("anyone", "complainant")
FACT = ActCode("fact-added")
A_FACT = {"words": "They came back at night.", "origin": "saw"}
ANSWER = ActCode("clarification-answered")


@pytest.fixture
def returned(work: AtWork) -> Returned:
    return Returned(DoActs(work.do_act, Looker()))


@pytest.fixture
def mine(work: AtWork, tmp_path: Path) -> Docket:
    """Return the case of someone who gave no name, as its key opens it."""
    work.lodge("anyone")
    keys = ReturnKeys(StoredKeyedDockets(work.store.backend, tmp_path), work.store.dockets)
    keys.bind_digest(keys.digest(KEY), work.reading.docket(work.lodge("anyone")).id, shows=None)
    return keys.docket(KEY)


def codes(returned: Returned, docket: Docket) -> set[str]:
    return {kind.code for kind in returned.kinds(docket)}


def asked(work: AtWork, docket: Docket, allegation: int) -> None:
    """Let the handler ask something about an allegation."""
    for number in (1, 2):
        work.do(docket.number, "assigned", CHAIR, (number,), party=OFFICER.party, reason="hers")
    until = "2026-12-01"
    said = {"missing": "the day", "why": "to compare", "answer_by": until}
    work.do(docket.number, "clarification-asked", OFFICER, (allegation,), **said)


def test_a_sender_without_a_name_adds_to_their_case_by_its_key_alone(
    work: AtWork, returned: Returned, mine: Docket
) -> None:
    issued = returned.do(mine, FACT, A_FACT, request=uuid4(), allegations=[2])
    act = work.reading.act(issued.number).kept.envelope
    assert (act.act, act.by, act.entered_by, act.allegations) == (FACT, NOBODY, None, (2,))
    assert work.codes(mine.number) == ["submitted", "fact-added"]


def test_without_the_key_the_same_act_is_refused(work: AtWork, mine: Docket) -> None:
    before = stored(work.store)
    with pytest.raises(Refusal) as refused:
        work.do(mine.number, "fact-added", NOBODY, words="They came back.", origin="saw")
    assert refused.value.code == "not-known-who"
    assert stored(work.store) == before


def test_a_key_is_of_one_case_whoever_else_gave_no_name(
    work: AtWork, returned: Returned, mine: Docket
) -> None:
    returned.do(mine, FACT, A_FACT, request=uuid4())
    others = [d for d in work.store.dockets.dockets(mine.kind) if d.id != mine.id]
    assert [len(work.codes(docket.number)) for docket in others] == [1]


def test_who_gave_a_name_acts_by_the_key_as_the_party_that_lodged(
    work: AtWork, returned: Returned
) -> None:
    docket = work.reading.docket(work.lodge(str(NGO.party)))
    issued = returned.do(docket, FACT, A_FACT, request=uuid4())
    assert work.reading.act(issued.number).kept.envelope.by == NGO


def test_asked_for_again_it_is_done_once_and_something_else_is_refused(
    work: AtWork, returned: Returned, mine: Docket
) -> None:
    request = uuid4()
    first = returned.do(mine, FACT, A_FACT, request=request)
    before = stored(work.store)
    again = returned.do(mine, FACT, A_FACT, request=request)
    assert again == first
    with pytest.raises(ActDiffers):
        returned.do(mine, FACT, {**A_FACT, "words": "Other words."}, request=request)
    assert stored(work.store) == before


def test_every_rule_says_no_to_a_key_as_it_does_to_a_name(
    work: AtWork, returned: Returned, mine: Docket
) -> None:
    before = stored(work.store)
    for code, typed, refusal in (
        ("fact-added", {"origin": "saw"}, "act-incomplete"),
        ("clarification-answered", {"answer": "not-safe"}, "nothing-asked"),
        ("contested", {"grounds": ["wrong day"]}, "nothing-to-contest"),
        ("withdrawal-revoked", {}, "nothing-withdrawn"),
        ("finding-issued", {}, "not-this-seat"),
        ("accepted", {}, "not-this-seat"),
        ("submitted", {}, "not-this-seat"),
    ):
        with pytest.raises(Refusal) as refused:
            returned.do(mine, ActCode(code), typed, request=uuid4())
        assert refused.value.code == refusal
    with pytest.raises(Refusal) as refused:
        returned.do(mine, FACT, A_FACT, request=uuid4(), allegations=[9])
    assert refused.value.code == "no-such-allegation"
    with pytest.raises(UnknownPart):
        returned.do(mine, FACT, {"opinion": "x"}, request=uuid4())
    with pytest.raises(PartUnreadable):
        returned.do(mine, FACT, {**A_FACT, "origin": "dreamt"}, request=uuid4())
    assert stored(work.store) == before


def test_a_file_is_handed_in_by_the_key(work: AtWork, returned: Returned, mine: Docket) -> None:
    code, typed = ActCode("exhibit-added"), {"caption": "the door", "origin": "I took it"}
    photo = attached(({"file": "exhibit-1.jpg"},), lambda _: BytesIO(b"a photo"), Looker())
    issued = returned.do(mine, code, typed, request=uuid4(), exhibits=photo)
    assert work.reading.act(issued.number).kept.envelope.facts["exhibits"] == 1
    with pytest.raises(Refusal) as refused:
        returned.do(mine, code, typed, request=uuid4())
    assert refused.value.code == "exhibit-wanted"


def test_what_can_be_done_now_is_told_and_nothing_that_would_be_refused_as_it_stands(
    work: AtWork, returned: Returned, mine: Docket
) -> None:
    first = codes(returned, mine)
    assert {"fact-added", "exhibit-added", "danger-claimed", "withdrawal-asked"} <= first
    assert {"consent-narrowed", "reprisal-reported", "mechanism-complained"} <= first
    later = {"clarification-answered", "contested", "withdrawal-revoked", "agreement-accepted"}
    assert not first & later
    assert not first & {"submitted", "accepted", "event-recorded", "opened"}
    asked(work, mine, 2)
    assert "clarification-answered" in codes(returned, mine)
    returned.do(mine, ANSWER, {"answer": "do-not-know"}, request=uuid4(), allegations=[2])
    assert "clarification-answered" not in codes(returned, mine)
    returned.do(mine, ActCode("withdrawal-asked"), {"did-anyone-ask": "not-said"}, request=uuid4())
    left = codes(returned, mine)
    assert "withdrawal-asked" not in left
    assert "withdrawal-revoked" in left


def test_what_is_told_as_possible_is_refused_only_for_what_it_says(
    work: AtWork, returned: Returned, mine: Docket
) -> None:
    """Each act of a complainant is asked for with nothing said: the two never contradict."""
    asked(work, mine, 1)
    offered = codes(returned, mine)
    for kind in ACTS.values():
        if COMPLAINANT in kind.by and kind.verb and kind.code not in offered:
            with pytest.raises(Refusal):
                returned.do(mine, kind.code, {}, request=uuid4(), allegations=[1])


def test_an_erased_case_offers_nothing_that_would_be_written_under_its_key(
    work: AtWork, returned: Returned, mine: Docket
) -> None:
    work.do(mine.number, "erased", CHAIR, ground="request", provision="gdpr-17")
    offered = codes(returned, mine)
    assert not offered & {"fact-added", "exhibit-added", "danger-claimed", "erased"}
    with pytest.raises(Refusal) as refused:
        returned.do(mine, FACT, A_FACT, request=uuid4())
    assert refused.value.code == "case-erased"


def test_openings_show_a_complainant_what_they_may_read_and_receipts_prove_it(
    work: AtWork, returned: Returned, mine: Docket
) -> None:
    typed = {"did-anyone-ask": "someone-asked", "who-asked": "the chief", "reason": "tired"}
    issued = returned.do(mine, ActCode("withdrawal-asked"), typed, request=uuid4())
    opening = returned.opening(mine, issued.sequence)
    shown = {item.path: item.value for item in opening.opened().content}
    assert shown == {"reason": "tired"}
    assert opening.commitment == work.reading.act(issued.number).commitment
    receipt = returned.receipt(mine, issued.sequence)
    assert receipt == issued.receipt
    assert verify_receipt(receipt, POLICY, verify).index == receipt.index
    for sequence in (0, 3, -1):
        with pytest.raises(UnknownDocket):
            returned.opening(mine, sequence)
        with pytest.raises(UnknownDocket):
            returned.receipt(mine, sequence)


def test_a_key_that_opens_nothing_opens_no_case(work: AtWork, mine: Docket, tmp_path: Path) -> None:
    keys = ReturnKeys(StoredKeyedDockets(work.store.backend, tmp_path), work.store.dockets)
    work.do(mine.number, "opened", OFFICE)
    assert keys.docket(KEY).sequence == mine.sequence + 1
    with pytest.raises(NoCaseOpens):
        keys.docket(return_key(b"x" * 32))
    with pytest.raises(NotThisSeat):
        Returned(DoActs(work.do_act, Looker())).do(mine, ActCode("opened"), {}, request=uuid4())
