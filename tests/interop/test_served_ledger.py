"""A ledger kept on SQLite and published: Go verifies what is served, receipts and openings too."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answerable.casework.ports import ActOnFile, Issued
from answerable.core.disclosure import disclosures_in
from answerable.core.docket import Kind
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import parse_note
from answerable.core.opening import Opening
from answerable.storage.following import FollowedTrees
from answerable.storage.publisher import publish
from tests.support import builders
from tests.support.adapters import POLICY, HandClock, Place, Store
from tests.support.appending import append
from tests.support.go_programs import GoProgram
from tests.support.training_ledger import ORIGIN

pytestmark = pytest.mark.interop


@pytest.fixture
def store(new_sqlite: Callable[[], Place]) -> Iterator[Store]:
    made = Store(new_sqlite(), HandClock())
    yield made
    made.close()


@pytest.fixture
def policy(tmp_path: Path) -> str:
    file = tmp_path / "ledger.tlog-policy"
    file.write_bytes(POLICY.encode())
    return str(file)


def served(store: Store, folder: Path) -> int:
    publish(store.backend, FollowedTrees(store.backend), folder, POLICY.encode())
    return Checkpoint.parse(parse_note((folder / "checkpoint").read_bytes()).text).size


def lodged(store: Store, units: int) -> list[Issued]:
    return [act for _ in range(units) for act in append(store, builders.lodged(50)).acts]


def opening_of(store: Store, act: ActOnFile) -> Opening:
    kept = act.kept
    disclosures = (*kept.disclosures(), *disclosures_in(store.dockets.content(act)))
    return Opening(kept.body(), kept.blinding, disclosures)


def test_go_recomputes_every_proof_from_what_the_publisher_serves(
    store: Store, oracle: GoProgram, policy: str, tmp_path: Path
) -> None:
    append(store, builders.founded())
    public = tmp_path / "public"
    before = 0
    for units in (1, 5, 6):
        lodged(store, units)
        size = served(store, public)
        words = ["tiles", str(public), str(size // 2), str(size), policy, str(before or size)]
        answer = oracle.answer(*words)
        assert answer["holds"], answer
        assert (answer["origin"], answer["entries"]) == (ORIGIN, size)
        before = size
    assert before == 1 + 50 * 12


def test_receipts_of_a_stored_ledger_hold_for_go_and_the_second_reader(
    store: Store, oracle: GoProgram, second_reader: GoProgram, policy: str, tmp_path: Path
) -> None:
    issued = lodged(store, 6)
    docket = store.dockets.docket(issued[0].number)
    issued += append(store, builders.opened(docket)).acts
    commands = []
    for number, act in enumerate(issued):
        file = tmp_path / f"{number}.tlog-proof"
        file.write_bytes(act.receipt.encode())
        commands.append(["receipt", policy, str(file)])
    by_go, by_reader = oracle.answers(commands), second_reader.answers(commands)
    for index, (act, one, other) in enumerate(zip(issued, by_go, by_reader, strict=True)):
        proven = {"origin": ORIGIN, "index": index, "commitment": act.receipt.commitment.hex()}
        assert one["holds"], one
        assert other["outcome"] == "proven", other
        assert {name: one[name] for name in proven} == proven
        assert {name: other[name] for name in proven} == proven
        assert one["times"] == {f"{ORIGIN}/time": other["at"]}


def test_openings_of_a_stored_ledger_show_the_second_reader_their_acts(
    store: Store, second_reader: GoProgram, tmp_path: Path
) -> None:
    first = lodged(store, 1)[0]
    docket = store.dockets.docket(first.number)
    append(store, builders.opened(docket))
    append(store, builders.acknowledged(store.dockets.docket(first.number)))
    for number, act in enumerate(store.dockets.acts(docket.id)):
        file = tmp_path / f"{number}.opening.json"
        file.write_bytes(opening_of(store, act).encoded())
        answer = second_reader.answer("opening", str(file), act.commitment.hex(), ORIGIN)
        assert answer["outcome"] == "proven", answer
        envelope = act.kept.envelope
        assert answer["envelope"]["act"] == ("submitted", "opened", "acknowledged")[number]
        assert answer["envelope"]["docket"] == first.number
        assert answer["envelope"]["sequence"] == envelope.sequence == number + 1
        words = [answer["content"].get("allegations/1/what", {}).get("value")]
        assert words == [builders.KHMER if number == 0 else None]
    assert number == 2
    assert docket.kind is Kind.CASE
