"""A published ledger, read tile by tile: as many commitments as it has entries, or a refusal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.core.errors import Malformed
from answerable.core.register.ledgers import LedgerFiles, LedgerFileWrong, ledger_entries
from answerable.keys.ed25519 import verify
from tests.support.adapters import POLICY
from tests.support.training_ledger import JULY, ORIGIN, commitment
from tests.support.training_tiles import SIZES, note, publish

BY = LedgerFiles(POLICY, verify, JULY)


def reader(folder: Path) -> Callable[[str], bytes | None]:
    def read(name: str) -> bytes | None:
        file = folder / name
        return file.read_bytes() if file.is_file() else None

    return read


@pytest.mark.parametrize("size", [*SIZES, 512, 513, 65_536])
def test_every_commitment_is_read_in_its_place(tmp_path: Path, size: int) -> None:
    publish(tmp_path, size)
    assert ledger_entries(reader(tmp_path), BY) == (ORIGIN, b"".join(map(commitment, range(size))))


@pytest.mark.parametrize(
    "name",
    [
        *("tile/entries/000", "tile/entries/001", "tile/entries/003.p/232"),
        *("tile/0/000", "tile/0/001", "tile/0/003.p/232", "tile/1/000.p/3"),
    ],
)
@pytest.mark.parametrize("how", ["missing", "another octet", "another length"])
def test_each_file_that_is_not_what_the_checkpoint_says_is_refused(
    tmp_path: Path, name: str, how: str
) -> None:
    publish(tmp_path, 1000)
    file = tmp_path / name
    data = file.read_bytes()
    if how == "missing":
        file.unlink()
    else:
        middle = len(data) // 2
        changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        file.write_bytes(changed if how == "another octet" else data[: -len(data) // 4])
    with pytest.raises(Malformed):
        ledger_entries(reader(tmp_path), BY)


def test_entries_of_another_tree_are_refused(tmp_path: Path) -> None:
    publish(tmp_path, 1000)
    for size in (999, 1001):
        (tmp_path / "checkpoint").write_bytes(note(size))
        with pytest.raises(LedgerFileWrong):
            ledger_entries(reader(tmp_path), BY)
