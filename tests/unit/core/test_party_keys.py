"""Keys of parties: one in force at a time, by acts that say so; what was signed before stays."""

import pytest

from answerable.core.acts import ActCode, Envelope, Field, Json, PartyId
from answerable.core.mechanism import OPERATOR, PARTY_ADDED, Mechanism, mechanism_after
from answerable.core.party_keys import (
    GRACE,
    KEY_REGISTERED,
    KEY_REPLACED,
    KEY_RETIRED,
    AnotherPartyKey,
    HeldKey,
    NoPartyKey,
    PastPartyKey,
    held_after,
    key_in,
)

ONE, TWO, THREE = bytes([1]) * 32, bytes([2]) * 32, bytes([3]) * 32
P1 = PartyId("p1")


def act(code: ActCode, at: int, **facts: Json) -> Envelope:
    return Envelope(
        act=code,
        kind="mechanism",
        docket="XA",
        sequence=at,
        at=at,
        by=OPERATOR,
        entered_by=None,
        previous=None,
        allegations=(),
        facts={"party": P1, **facts},
        signature=None,
    )


def mechanism(*acts: Envelope, content: tuple[Field, ...] = ()) -> Mechanism:
    found = mechanism_after(Mechanism(), act(PARTY_ADDED, 1), content)
    for one in acts:
        found = mechanism_after(found, one, ())
    return found


REGISTERED = act(KEY_REGISTERED, 10, key=ONE.hex())
REPLACED = act(KEY_REPLACED, 20, key=TWO.hex(), former=ONE.hex())
RETIRED = act(KEY_RETIRED, 30, key=TWO.hex(), reason="stolen")
AGAIN = act(KEY_REGISTERED, 40, key=THREE.hex())


def test_keys_follow_one_another_and_each_has_its_time() -> None:
    held = mechanism(REGISTERED, REPLACED, RETIRED, AGAIN).parties[P1].keys
    assert held == (
        HeldKey(ONE, 10, 20, "replaced"),
        HeldKey(TWO, 20, 30, "stolen"),
        HeldKey(THREE, 40),
    )
    assert [key_in(held[:n]) for n in (1, 2, 3)] == [None, None, THREE]


def test_only_the_key_in_force_signs() -> None:
    found = mechanism(REGISTERED, REPLACED)
    found.require_signer(P1, TWO)
    found.require_signer(P1, None)
    with pytest.raises(PastPartyKey) as past:
        found.require_signer(P1, ONE)
    assert past.value.facts["reason"] == "replaced"
    with pytest.raises(AnotherPartyKey):
        found.require_signer(P1, THREE)


def test_without_a_key_in_force_nothing_is_signed() -> None:
    for found in (mechanism(), mechanism(REGISTERED, REPLACED, RETIRED)):
        with pytest.raises(NoPartyKey):
            found.require_signer(P1, THREE)
    with pytest.raises(PastPartyKey):
        mechanism(REGISTERED, REPLACED, RETIRED).require_signer(P1, TWO)
    with pytest.raises(NoPartyKey):
        mechanism(REGISTERED).require_signer(PartyId("anyone"), ONE)


def test_a_key_that_was_given_when_the_party_was_added_counts_from_then_on() -> None:
    told = mechanism_after(Mechanism(), act(PARTY_ADDED, 5, key=ONE.hex()), ())
    assert told.parties[P1].keys == (HeldKey(ONE, 5),)
    assert told.parties[P1].key == ONE


def test_a_key_that_an_earlier_version_kept_as_content_is_the_party_s_and_can_be_replaced() -> None:
    field = Field("party/key", ONE.hex(), ("secretariat",))
    found = mechanism(content=(field,))
    assert found.parties[P1].key == ONE
    after = mechanism_after(found, act(KEY_REPLACED, 20, key=TWO.hex(), former=ONE.hex()), ())
    assert after.parties[P1].keys == (HeldKey(ONE, 1, 20, "replaced"), HeldKey(TWO, 20))
    # Envelopes alone tell the same, as far as they can: the key was there from the beginning.
    envelopes = held_after((), act(KEY_REPLACED, 20, key=TWO.hex(), former=ONE.hex()))
    assert envelopes == (HeldKey(ONE, 0, 20, "replaced"), HeldKey(TWO, 20))
    retired = held_after((), act(KEY_RETIRED, 20, key=ONE.hex(), reason="lost"))
    assert retired == (HeldKey(ONE, 0, 20, "lost"),)


def test_a_key_is_in_force_from_its_act_until_the_one_that_ends_it() -> None:
    held = HeldKey(ONE, 10, 20, "lost")
    assert [held.is_in_force(at) for at in (9, 10, 20, 21)] == [False, True, True, False]
    assert held.is_in_force(20 + GRACE, grace=GRACE)
    assert not held.is_in_force(21 + GRACE, grace=GRACE)
