"""Registers and their extracts: checked once, shared, made anew when they do not fit any more."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from answerable.bootstrap import registers
from answerable.bootstrap.registers import (
    FolderRegisters,
    extracts_of,
    key_of,
    make_apart,
    make_extract,
    opened,
)
from answerable.core.errors import AnswerableError
from answerable.core.register.ledgers import LedgerFiles
from answerable.core.register.pages import RegisterUnreadable
from answerable.core.register.sums import Files
from answerable.core.register.verifying import check_register
from answerable.keys.ed25519 import verify
from answerable.storage.extract import ExtractLost
from tests.support.adapters import POLICY, HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.registers import Register, days_in, publish


@pytest.fixture
def work(tmp_path: Path) -> AtWork:
    place = MemoryPlace()
    begin(place.open()[0])
    return AtWork(Store(place, HandClock()), tmp_path / "exhibits")


@pytest.fixture
def folder(work: AtWork, tmp_path: Path) -> Path:
    work.lodge()
    publish(work.store, tmp_path / "register")
    return tmp_path / "register"


class Makers:
    """Makes extracts, and counts how often."""

    def __init__(self, now: Callable[[], int]) -> None:
        self.made, self._now = 0, now

    def __call__(self, folder: Path, extracts: Path) -> None:
        self.made += 1
        make_extract(folder, extracts, self._now)


@pytest.fixture
def make(work: AtWork) -> Makers:
    return Makers(lambda: work.store.clock() // 1000)


def numbers(registers: FolderRegisters) -> list[str]:
    cases = registers.current().cases
    return [one.number for one in cases.at(range(len(cases)))]


def test_a_register_is_checked_once_for_all_who_show_it(
    folder: Path, tmp_path: Path, make: Makers
) -> None:
    shown = [FolderRegisters(folder, extracts=tmp_path / "e", make=make) for _ in range(3)]
    assert make.made == 1
    assert len({tuple(numbers(one)) for one in shown}) == 1


@pytest.mark.parametrize("at", ["key_of", "published_in"])
def test_what_is_opened_is_one_register_also_where_another_takes_its_place_meanwhile(
    folder: Path,
    tmp_path: Path,
    make: Makers,
    work: AtWork,
    monkeypatch: pytest.MonkeyPatch,
    *,
    at: str,
) -> None:
    number, whole = work.lodge(), getattr(registers, at)
    left = [publish]

    def exchanged(where: Path) -> object:
        found = None if at == "key_of" else whole(where)
        if left:
            left.pop()(work.store, folder)
        return whole(where) if at == "key_of" else found

    monkeypatch.setattr(registers, at, exchanged)
    register, extract = opened(folder, tmp_path / "e", make)
    assert register.index_digest == sha256((folder / "index.json").read_bytes()).hexdigest()
    assert register.cases.has(number)
    assert extract is not None


def test_a_newer_one_is_checked_once_too_and_the_last_extract_goes(
    folder: Path, tmp_path: Path, make: Makers, work: AtWork
) -> None:
    shown = [FolderRegisters(folder, extracts=tmp_path / "e", make=make) for _ in range(2)]
    number = work.lodge()
    publish(work.store, folder)
    assert all(number in numbers(one) for one in shown)
    assert make.made == 2
    work.lodge()
    publish(work.store, folder)
    assert all(len(numbers(one)) == 3 for one in shown)
    assert len(list((tmp_path / "e").rglob("*.sqlite3"))) <= 2


def test_a_file_changed_after_the_check_is_found_when_it_is_opened_again(
    folder: Path, tmp_path: Path, make: Makers
) -> None:
    before, _ = opened(folder, tmp_path / "e", make)
    (file,) = (folder / "cases").iterdir()
    known = file.stat()
    file.write_bytes(file.read_bytes().replace(b'"turn":"s', b'"turn":"x'))
    # As who changes it would: only the time of change cannot be set.
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert file.stat().st_size == known.st_size
    after, _ = opened(folder, tmp_path / "e", make)
    assert [one.code for one in before.checked.differences] == []
    assert "register-file-differs" in {one.code for one in after.checked.differences}
    assert make.made == 2


def test_one_that_cannot_be_read_does_not_take_the_place_of_the_last(
    folder: Path, tmp_path: Path, make: Makers
) -> None:
    registers = FolderRegisters(folder, extracts=tmp_path / "e", make=make)
    before = numbers(registers)
    (folder / "index.json").write_bytes(b"{}\n")
    assert numbers(registers) == before
    with pytest.raises(RegisterUnreadable):
        opened(folder, tmp_path / "e", make)


def test_a_lost_extract_is_made_again_while_pages_are_served(
    folder: Path, tmp_path: Path, make: Makers
) -> None:
    registers = FolderRegisters(folder, extracts=tmp_path / "e", make=make)
    before = numbers(registers)
    (file,) = (tmp_path / "e").rglob("*.sqlite3")
    file.write_bytes(file.read_bytes()[:4096] + bytes(file.stat().st_size - 4096))
    # A thread that has read it has some of it in memory still.
    with ThreadPoolExecutor(1) as other, pytest.raises(ExtractLost):
        other.submit(numbers, registers).result()
    assert numbers(registers) == before
    assert make.made == 2


def test_what_it_is_made_of_is_a_matter_of_every_file_and_of_the_program(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = key_of(folder)
    assert key_of(folder) == first
    shutil.move(folder, tmp_path / "moved")
    assert key_of(tmp_path / "moved") == first
    (tmp_path / "moved" / "extra").touch()
    assert key_of(tmp_path / "moved") != first
    (tmp_path / "moved" / "extra").unlink()
    monkeypatch.setattr("answerable.bootstrap.registers._program", lambda: b"another program")
    assert key_of(tmp_path / "moved") != first


def test_nothing_is_written_into_the_folder_of_the_register(
    folder: Path, tmp_path: Path, make: Makers
) -> None:
    before = sorted((one, one.stat().st_mtime_ns) for one in folder.rglob("*"))
    opened(folder, tmp_path / "e", make)
    assert sorted((one, one.stat().st_mtime_ns) for one in folder.rglob("*")) == before


def test_two_registers_have_extracts_apart(folder: Path, tmp_path: Path, make: Makers) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    for one in (folder, tmp_path / "copy"):
        opened(one, tmp_path / "e", make)
    assert len(list((tmp_path / "e").rglob("*.sqlite3"))) == 2


# --- In a process of its own ---


def test_another_process_makes_the_same(folder: Path, tmp_path: Path) -> None:
    make_apart(folder, tmp_path / "e")
    assert extracts_of(folder, tmp_path / "e").found(key_of(folder)) is not None


def test_what_another_process_refuses_is_refused_here(folder: Path, tmp_path: Path) -> None:
    (folder / "index.json").write_bytes(b"{}\n")
    with pytest.raises(RegisterUnreadable) as refused:
        make_apart(folder, tmp_path / "e")
    assert refused.value.facts == {"file": "index.json"}
    (tmp_path / "f").touch()
    with pytest.raises(AnswerableError, match="another process"):
        make_apart(folder, tmp_path / "f")


def test_a_case_that_changes_while_it_is_checked_is_not_taken_for_opened(
    folder: Path,
) -> None:
    register = Register.at(folder)
    ((name, data),) = register.cases().items()
    taken: list[str] = []

    def check(read: bytes) -> None:
        files = {**register.files, name: read}
        check_register(
            # Its digest is taken of what the index names, and what is opened comes later.
            Files(lambda: list(files), files.get, lambda one: [register.files[one]]),
            LedgerFiles(POLICY, verify),
            days_in,
            lambda one, _: taken.append(one),
        )

    check(data.replace(b'"turn":"', b'"turn":"x'))
    assert taken == []
    check(data)
    assert taken == [name]
