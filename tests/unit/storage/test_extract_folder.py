"""The folder of extracts: whole or not there, made by one, removed when nobody reads it."""

import os
import threading
from pathlib import Path

import pytest

from answerable.storage.extract import ExtractFile
from answerable.storage.extract_folder import (
    ExtractFolder,
    ExtractNotMade,
    NotOurFolder,
    require_ours,
)


def fill(extract: ExtractFile) -> None:
    extract.entries([], b"")
    extract.finish("told")


def make(folder: ExtractFolder, key: str) -> None:
    with folder.making():
        folder.make(key, fill)


def names(path: Path) -> list[str]:
    return sorted(one.name.partition("-")[0] for one in path.glob("*.sqlite3"))


def test_what_was_made_is_found_by_its_key_alone(tmp_path: Path) -> None:
    folder = ExtractFolder(tmp_path / "new")
    assert folder.found("one") is None
    make(folder, "one")
    found = folder.found("one")
    assert found is not None
    assert (found.told, found.key) == ("told", "one")
    assert folder.found("on") is None


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    make(ExtractFolder(tmp_path / "new"), "one")
    (file,) = (tmp_path / "new").glob("*.sqlite3")
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("at", [0, 100, 5000, -1])
def test_of_a_damaged_one_nothing_is_left_and_it_is_made_again(tmp_path: Path, at: int) -> None:
    folder = ExtractFolder(tmp_path)
    make(folder, "one")
    (file,) = tmp_path.glob("*.sqlite3")
    octets = bytearray(file.read_bytes())
    octets[at] ^= 1
    file.write_bytes(octets)
    assert folder.found("one") is None
    assert names(tmp_path) == []
    make(folder, "one")
    assert folder.found("one") is not None


def test_one_that_is_read_stays_and_then_goes_with_the_next(tmp_path: Path) -> None:
    folder = ExtractFolder(tmp_path)
    make(folder, "one")
    reading = folder.found("one")
    make(folder, "two")
    assert names(tmp_path) == ["one", "two"]
    assert reading is not None
    assert [*reading.search("anything").places] == []
    del reading
    make(folder, "three")
    assert names(tmp_path) == ["three"]


def test_what_fails_leaves_nothing_and_what_was_left_is_removed(tmp_path: Path) -> None:
    folder = ExtractFolder(tmp_path)

    def fail(_: ExtractFile) -> None:
        raise OSError

    with pytest.raises(ExtractNotMade), folder.making():
        folder.make("one", fail)
    assert [one.name for one in tmp_path.iterdir()] == ["making.lock"]
    (tmp_path / "arriving-1").write_bytes(b"left by a crash")
    make(folder, "one")
    assert not (tmp_path / "arriving-1").exists()


def test_one_waits_while_another_makes(tmp_path: Path) -> None:
    folder, order = ExtractFolder(tmp_path), list[str]()

    def other() -> None:
        with folder.making():
            order.append("other")

    with folder.making():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]


def test_a_folder_in_which_others_may_write_is_not_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(NotOurFolder):
        make(ExtractFolder(tmp_path), "one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(NotOurFolder):
        require_ours(tmp_path)


def test_where_nothing_can_be_made_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExtractNotMade):
        require_ours(tmp_path / "file" / "below")
