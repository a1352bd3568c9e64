"""What is published is whole at every moment, and never contradicts what was shown before."""

import os
from pathlib import Path
from shutil import rmtree

import pytest

from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import parse_note
from answerable.core.ledger.tiles import ENTRIES, Tile, decode_bundle
from answerable.core.ledger.tree import leaf_hash, root_at, root_of
from answerable.disk import ARRIVING
from answerable.storage import publisher
from answerable.storage.following import FollowedTrees, TreeMismatch
from answerable.storage.publisher import (
    Published,
    PublishedAhead,
    PublishedOtherwise,
    folder_of,
    publish,
    upper_hashes,
)
from answerable.storage.successor import succeed
from tests.support.by_hand import MAKERS, NEXT, ByHand, digest, in_memory, pad, remember
from tests.support.tile_reader import subtree_from_tiles, tile_at

POLICY = b"quorum none\n"


@pytest.fixture(params=MAKERS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> ByHand:
    made = MAKERS[request.param](tmp_path / "mechanism")
    made.found()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


def put(ledger: ByHand, folder: Path, *, mend: bool = False) -> Published:
    return publish(ledger.backend, FollowedTrees(ledger.backend), folder, POLICY, mend=mend)


def shown(folder: Path) -> Checkpoint:
    return Checkpoint.parse(parse_note((folder / "checkpoint").read_bytes()).text)


def holds(folder: Path) -> int:
    """Recompute the root from the published files alone, and return the size that was shown."""
    checkpoint = shown(folder)

    def read(level: int, n: int) -> bytes:
        return (folder / tile_at(level, n, checkpoint.size).path).read_bytes()

    assert root_at(checkpoint.size, subtree_from_tiles(read)) == checkpoint.root
    entries = [
        entry
        for n in range((checkpoint.size + 255) // 256)
        for entry in decode_bundle(read(ENTRIES, n))
    ]
    assert root_of([leaf_hash(entry) for entry in entries]) == checkpoint.root
    return checkpoint.size


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != publisher.LOCK
    }


def test_the_root_is_recomputed_from_what_is_published(ledger: ByHand, folder: Path) -> None:
    for count in (3, 251, 1, 1, 600):
        ledger.lodge(count)
        published = put(ledger, folder)
        assert holds(folder) == published.size
    assert published.size == 857
    assert (folder / "policy").read_bytes() == POLICY
    assert {"tile/1/000.p/3", "tile/entries/003.p/89", "tile/0/000"} <= files(folder).keys()


def test_publishing_again_writes_nothing(ledger: ByHand, folder: Path) -> None:
    ledger.lodge(300)
    assert put(ledger, folder) == Published(size=301, files=7)
    before = files(folder)
    assert put(ledger, folder) == Published(size=301, files=0)
    assert put(ledger, folder, mend=True) == Published(size=301, files=0)
    assert files(folder) == before


def test_a_ledger_of_nothing_shows_its_policy_and_no_checkpoint(folder: Path) -> None:
    assert put(in_memory(), folder) == Published(size=0, files=1)
    assert list(files(folder)) == ["policy"]


def test_a_lost_or_damaged_file_is_put_back_on_start(ledger: ByHand, folder: Path) -> None:
    ledger.lodge(300)
    put(ledger, folder)
    before = files(folder)
    (folder / "tile" / "0" / "000").unlink()
    (folder / "tile" / "entries" / "000").write_bytes(b"something else")
    rmtree(folder / "tile" / "1")
    assert put(ledger, folder).files == 0
    assert put(ledger, folder, mend=True).files == 3
    assert files(folder) == before


class PowerCut(Exception):
    """The process ends here."""


def interrupted(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    left = iter(range(after))
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if next(left, None) is None:
            raise PowerCut
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("step", range(12))
def test_a_power_cut_at_any_step_leaves_what_was_shown_whole(
    step: int, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = MAKERS["sqlite"](tmp_path / "mechanism")
    ledger.lodge(200)
    put(ledger, folder)
    ledger.lodge(200)
    with monkeypatch.context() as patched:
        interrupted(patched, step)
        try:
            put(ledger, folder)
        except PowerCut:
            assert holds(folder) == 200
        else:
            assert step > 8
    put(ledger, folder)
    assert holds(folder) == 400
    assert not [name for name in files(folder) if name.endswith(ARRIVING)]


def test_checkpoint_is_written_after_everything_it_speaks_of(
    ledger: ByHand, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.lodge(300)
    order: list[str] = []
    real = os.replace

    def replaced(aside: str, target: Path) -> None:
        order.append(target.relative_to(folder).as_posix())
        real(aside, target)

    monkeypatch.setattr(os, "replace", replaced)
    put(ledger, folder)
    assert order[-2:] == ["policy", "checkpoint"]
    assert order[:2] == ["tile/entries/000", "tile/entries/001.p/45"]


def test_a_restored_database_does_not_take_back_what_was_shown(
    ledger: ByHand, folder: Path
) -> None:
    restored = remember(ledger)
    ledger.lodge(3)
    put(ledger, folder)
    before = files(folder)
    with pytest.raises(PublishedAhead) as refused:
        put(restored(), folder)
    assert refused.value.facts == {"shown": 4, "size": 1}
    assert files(folder) == before


def test_another_tree_under_the_same_name_is_refused(ledger: ByHand, folder: Path) -> None:
    put(ledger, folder)
    before = files(folder)
    other = in_memory()
    other.lodge(5)
    with pytest.raises(PublishedOtherwise):
        put(other, folder)
    assert files(folder) == before


@pytest.mark.parametrize("note", [b"", b"other.example/xb\n", None])
def test_a_folder_of_another_ledger_is_refused(note: bytes | None, folder: Path) -> None:
    other = in_memory()
    other.found()
    folder.mkdir()
    content = (
        other.sign(Checkpoint("other.example/xb", 0, root_of([])), 0) if note is None else note
    )
    (folder / "checkpoint").write_bytes(content)
    with pytest.raises(PublishedOtherwise):
        put(other, folder)


@pytest.mark.parametrize("count", [200, 300])
def test_a_changed_entry_is_not_published(count: int, tmp_path: Path, folder: Path) -> None:
    ledger = MAKERS["sqlite"](tmp_path / "mechanism")
    ledger.lodge(count)
    with ledger.backend.writing() as transaction:
        transaction._run("UPDATE entry SET commitment = zeroblob(32) WHERE position = 9")  # type: ignore[attr-defined] # noqa: SLF001 - damage
        transaction.commit()
    with pytest.raises(TreeMismatch):
        put(ledger, folder)
    assert list(files(folder)) == []


def test_a_changed_entry_does_not_replace_what_was_published(tmp_path: Path, folder: Path) -> None:
    ledger = MAKERS["sqlite"](tmp_path / "mechanism")
    ledger.lodge(300)
    put(ledger, folder)
    before = files(folder)
    with ledger.backend.writing() as transaction:
        transaction._run("UPDATE entry SET commitment = zeroblob(32) WHERE position = 9")  # type: ignore[attr-defined] # noqa: SLF001 - damage
        transaction.commit()
    with pytest.raises(TreeMismatch):
        put(ledger, folder, mend=True)
    assert files(folder) == before


def test_a_successor_is_shown_below_and_its_forerunner_stays(ledger: ByHand, folder: Path) -> None:
    ledger.lodge(300)
    put(ledger, folder)
    restored = remember(ledger)
    ledger.lodge(3)
    before = files(folder)
    behind = restored()
    succeed(behind.backend, behind.tools, origin=NEXT)
    behind.lodge(2)
    assert put(behind, folder).size == 3
    assert (holds(folder), holds(folder_of(folder, 2))) == (301, 3)
    assert shown(folder / "2").origin == NEXT
    assert {name: octets for name, octets in files(folder).items() if name[0] != "2"} == before
    behind.lodge(300)
    put(behind, folder)
    assert holds(folder / "2") == 303


@pytest.mark.parametrize("mend", [False, True])
def test_what_was_shown_of_a_lost_stretch_stays(
    mend: bool,  # noqa: FBT001 - given by the table
    ledger: ByHand,
    folder: Path,
) -> None:
    restored = remember(ledger)
    ledger.lodge(300)
    put(ledger, folder)
    before = files(folder)
    behind = restored()
    succeed(behind.backend, behind.tools, origin=NEXT)
    assert put(behind, folder, mend=mend).size == 1
    assert (holds(folder), holds(folder / "2")) == (301, 1)
    assert {name: octets for name, octets in files(folder).items() if name[0] != "2"} == before


def test_two_levels_of_tiles_are_published(folder: Path) -> None:
    ledger = in_memory()
    for _ in range(9):
        pad_by(ledger, 8192)
    put(ledger, folder)
    assert holds(folder) == 9 * 8192
    assert {"tile/1/000", "tile/1/001.p/32", "tile/2/000.p/1"} <= files(folder).keys()


@pytest.mark.parametrize(
    ("level", "n", "width"), [(1, 0, 256), (1, 256, 3), (2, 0, 256), (2, 1, 2)]
)
def test_a_hash_of_an_upper_tile_is_the_subtree_that_the_format_says(
    level: int, n: int, width: int
) -> None:
    roots = [at.to_bytes(32) for at in range(258 * 256)]

    def subtree(height: int, at: int) -> bytes:
        below = height - 8
        return root_of(roots[at << below : (at + 1) << below])

    tile = Tile(level, n, width)
    assert b"".join(upper_hashes(roots, tile)) == tile.content(subtree)


def pad_by(ledger: ByHand, count: int) -> None:
    with ledger.backend.reading() as reads:
        start = reads.tail().size
    pad(ledger, [digest(f"padding {at}") for at in range(start, start + count)])
