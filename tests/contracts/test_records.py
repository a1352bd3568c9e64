"""What can be read back on every database: receipts that verify, envelopes, content, tiles."""

import json
from itertools import accumulate

import pytest

from answerable.casework.ports import ActOnFile, ContentErased
from answerable.core.docket import Kind
from answerable.core.ledger.tree import entry_of, leaf_hash, root_of
from answerable.storage.ledger import ContentDamaged
from tests.support import builders
from tests.support.adapters import Store
from tests.support.appending import append, lodge, proven, stored, wrong
from tests.support.training_ledger import ORIGIN


def acts_of_all(store: Store) -> list[ActOnFile]:
    return [
        act for docket in store.dockets.dockets(Kind.CASE) for act in store.dockets.acts(docket.id)
    ]


def test_a_receipt_proves_its_entry_to_whoever_has_the_policy(store: Store) -> None:
    store.clock.set("2026-11-22T10:00:00.999+07:00")
    answer = append(store, builders.lodged(3))
    for index, proof in enumerate(proven(answer)):
        assert (proof.origin, proof.index, proof.size) == (ORIGIN, index, 3)
        assert proof.at_seconds == store.clock.at // 1000
        (act,) = store.dockets.acts(answer.acts[index].docket)
        assert proof.commitment == act.commitment == act.kept.commitment()
    assert store.ledger.origin == ORIGIN


@pytest.mark.parametrize("step", [1, 85])
def test_every_entry_has_its_receipt_across_the_edges_of_tiles(store: Store, step: int) -> None:
    # Sizes 255, 256, 257, 511, 512 and 513 are passed or hit, where trees of our own making go
    # wrong; one by one and in units that straddle them.
    steps = [250, *(1,) * 8, 250, *(1,) * 8] if step == 1 else [step] * 7
    answers = [append(store, builders.lodged(cases)) for cases in steps]
    for answer in answers:
        assert len(proven(answer)) == len(answer.acts)
    first = [act.receipt for answer in answers for act in answer.acts]
    sizes = [receipt.checkpoint.size for receipt in first]
    assert sorted(set(sizes)) == list(accumulate(steps))
    again = store.reopen()
    assert [again.ledger.receipt(act) for act in acts_of_all(again)] == first
    assert wrong(again) == []


def test_stored_tiles_are_the_roots_of_256_entries_each(store: Store) -> None:
    for cases in (100, 155, 1, 1, 300):
        append(store, builders.lodged(cases))
    with store.backend.reading() as reads:
        leaves = [leaf_hash(entry_of(found)) for found in reads.commitments(0, 557)]
        assert reads.tiles(1, 0) == [root_of(leaves[:256]), root_of(leaves[256:512])]
        assert reads.tiles(1, 1) == [root_of(leaves[256:512])]
        last = reads.last_checkpoint(1)
    assert last is not None
    assert (last.size, last.root) == (557, root_of(leaves))


def test_more_acts_than_one_batch_holds_are_appended_in_one_call(store: Store) -> None:
    units = [builders.lodged(450) for _ in range(10)]
    answers = store.ledger.append(units)
    indexes = [act.receipt.index for answer in answers for act in getattr(answer, "acts", ())]
    assert indexes == list(range(4500))
    assert list(store.ledger.append(units[3:5])) == list(answers[3:5])
    assert wrong(store) == []


def test_envelope_and_content_are_read_back_as_they_were_handed_in(store: Store) -> None:
    exhibit = "ab" * 32
    draft = builders.submission(by=builders.UNION, exhibits=(exhibit,), words=builders.KHMER * 9)
    unit = builders.lodged()
    change = type(unit.changes[0])(unit.changes[0].docket, (draft,))
    (docket,) = lodge(store, type(unit)(unit.key, (change,)))
    (act,) = store.reopen().dockets.acts(docket.id)
    envelope = act.kept.envelope
    assert (envelope.act, envelope.by, envelope.at) == (draft.act, draft.by, store.clock.at)
    assert (envelope.facts, envelope.allegations) == (draft.facts, (1,))
    content = json.loads(store.dockets.content(act))
    assert {path: shown["value"] for _, path, shown in content} == {
        field.path: field.value for field in draft.fields
    }
    with store.backend.reading() as reads:
        assert reads.exhibits_of(0, 1) == [(exhibit, 0)]


def test_projections_say_where_a_case_stands_and_what_is_owed(store: Store) -> None:
    (docket,) = lodge(store, builders.lodged())
    assert (docket.standing, docket.turn) == ("delivered-not-opened", "secretariat")
    store.clock.at += 60_000
    append(store, builders.opened(docket))
    after = store.reopen().dockets.docket(docket.number)
    assert (after.standing, after.sequence, after.party) == ("being-read", 2, "p1")
    assert after.last_at - after.first_at == 60_000
    owed = {item.code: item.met_by for item in store.dockets.owed(docket.id)}
    assert owed == {"acknowledgement": None, "opening": 2}


def test_content_of_an_overwritten_slot_is_gone_and_its_commitment_stays(store: Store) -> None:
    (one, two) = lodge(store, builders.lodged(2))
    append(store, builders.opened(one))
    before = stored(store)
    store.case_keys.overwrite(one.id)
    for current in (store, store.reopen()):
        for act in current.dockets.acts(one.id):
            with pytest.raises(ContentErased):
                current.dockets.content(act)
            assert act.kept.commitment() == act.commitment
            assert current.ledger.receipt(act).commitment == act.commitment
        (other,) = current.dockets.acts(two.id)
        assert current.dockets.content(other)
        assert wrong(current) == []
        assert stored(current) == before
        store = current
    # The docket goes on; what is added to it cannot be opened either.
    append(store, builders.acknowledged(store.dockets.docket(one.number)))
    with pytest.raises(ContentErased):
        store.dockets.content(store.dockets.acts(one.id)[2])
    assert wrong(store) == []


def test_content_that_was_changed_on_disk_is_called_damaged(store: Store) -> None:
    (docket,) = lodge(store, builders.lodged())
    (act,) = store.dockets.acts(docket.id)
    sealed = act.sealed
    changed = sealed.ciphertext[:-1] + bytes([sealed.ciphertext[-1] ^ 1])
    damaged = type(sealed)(sealed.wrapped, changed)
    with pytest.raises(ContentDamaged):
        store.dockets.content(
            ActOnFile(act.position, act.docket, act.kept, act.commitment, damaged)
        )


def test_two_acts_of_one_docket_share_no_ciphertext(store: Store) -> None:
    (docket,) = lodge(store, builders.lodged())
    append(store, builders.acted(docket, "opened", "acknowledged"))
    acts = store.dockets.acts(docket.id)
    assert (
        len({act.sealed.wrapped for act in acts}) == len({a.sealed.ciphertext for a in acts}) == 3
    )


def test_the_jobs_of_a_unit_wait_with_its_acts(store: Store) -> None:
    (docket,) = lodge(store, builders.lodged())
    store.ledger.append([builders.lodged(2), builders.acted(docket, "opened", sequence=9)])
    with store.backend.reading() as reads:
        assert reads.waiting_jobs() == 2


def test_bytes_come_back_as_bytes(store: Store) -> None:
    append(store, builders.lodged(300))
    with store.backend.reading() as reads:
        checkpoint, act = reads.last_checkpoint(1), reads.acts_at(0, 1)[0]
        assert checkpoint is not None
        octets = [*reads.commitments(0, 2), *reads.tiles(1, 0), checkpoint.root, checkpoint.note]
        octets += [act.content, act.wrapped, act.envelope_secret]
    assert {type(item) for item in octets} == {bytes}
