"""Unsent forms: nobody reads one without its token, and it is gone when that was promised."""

import fcntl
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from answerable.casework.form_room import (
    FILE_BYTES,
    FORM_BYTES,
    FormFull,
)
from answerable.casework.kept_forms import (
    KEPT_DAYS,
    FileTooLargeForForm,
    FormTokenUnreadable,
    KeptFormDamaged,
    KeptForms,
)
from answerable.casework.ports import StorageFailed
from answerable.disk import ARRIVING
from answerable.keys.cipher import Aes256Gcm
from answerable.storage.kept_forms import GONE, FolderForms, MemoryForms
from tests.support.adapters import HandClock

DAY = 86_400_000
OLD, NEW = b"the old state" * 50, b"the new state, which is longer" * 50
NOT_TOKENS = [
    "",
    "x",
    "A" * 42,
    "A" * 44,
    "=" * 43,
    "../../../etc/passwd",
    "A" * 42 + "B",
    "é" * 43,
]

Store = FolderForms | MemoryForms


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=["folder", "memory"])
def forms(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> KeptForms:
    made: Store = MemoryForms() if request.param == "memory" else in_folder(tmp_path)
    return KeptForms(made, Aes256Gcm(), clock, os.urandom)


@pytest.fixture
def folder_forms(tmp_path: Path, clock: HandClock) -> KeptForms:
    return KeptForms(in_folder(tmp_path), Aes256Gcm(), clock, os.urandom)


def in_folder(path: Path, reserve: int = 0) -> FolderForms:
    return FolderForms(path / "forms", reserve)


def files(path: Path) -> list[Path]:
    return [file for file in path.rglob("*") if file.is_file()]


def test_a_token_is_32_octets_and_beginning_writes_nothing(
    folder_forms: KeptForms, tmp_path: Path
) -> None:
    tokens = {folder_forms.begin() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}
    assert not any(folder_forms.read(token) for token in tokens)
    assert list(tmp_path.iterdir()) == []


def test_what_was_saved_last_is_read_and_only_with_its_token(forms: KeptForms) -> None:
    one, other = forms.begin(), forms.begin()
    assert forms.read(one) is None
    forms.save(one, OLD)
    forms.save(other, b"")
    forms.save(one, NEW)
    assert forms.read(one) == NEW
    assert forms.read(other) == b""
    assert forms.read(forms.begin()) is None


def test_files_are_kept_by_their_names_and_taken_out_again(forms: KeptForms) -> None:
    token = forms.begin()
    forms.add_file(token, "exhibit-1", b"a photo")
    forms.add_file(token, "exhibit-2", b"a letter")
    forms.add_file(token, "exhibit-1", b"another photo")
    assert forms.file(token, "exhibit-1") == b"another photo"
    assert forms.read(token) is None
    for _ in range(2):
        forms.drop_file(token, "exhibit-1")
    assert forms.file(token, "exhibit-1") is None
    assert forms.file(token, "exhibit-2") == b"a letter"
    assert forms.file(forms.begin(), "exhibit-2") is None


def test_files_that_are_shared_outlive_the_form_that_they_were_added_to(forms: KeptForms) -> None:
    before, token = forms.begin(), forms.begin()
    forms.save(before, OLD)
    forms.save(token, NEW)
    forms.add_file(before, "a", b"a photo")
    forms.add_file(before, "b", b"a paper")
    for _ in range(2):
        forms.share_files(before, token, [("a", ""), ("not-there", "")])
    forms.leave(before)
    assert forms.file(token, "a", before) == b"a photo"
    assert forms.file(token, "a") is None
    assert forms.file(token, "b", before) is None
    assert forms.file(before, "a") is None
    # Shared once more, it is still under the token that it was added with.
    third = forms.begin()
    forms.save(third, NEW)
    forms.share_files(token, third, [("a", before)])
    forms.drop_file(token, "a", before)
    assert forms.file(token, "a", before) is None
    assert forms.file(third, "a", before) == b"a photo"
    assert forms.store.taken().others_files == len(b"a photo")


def test_of_a_form_that_is_over_or_gone_nothing_is_shared(
    forms: KeptForms, clock: HandClock
) -> None:
    before, token = forms.begin(), forms.begin()
    forms.add_file(before, "a", b"a photo")
    forms.share_files(before, token, [("a", "")])
    assert forms.file(token, "a", before) is None
    clock.at += KEPT_DAYS * DAY
    forms.save(token, NEW)
    for one in (before, "none", forms.begin()):
        forms.share_files(one, token, [("a", "")])
        assert forms.file(token, "a", before) is None


def test_what_is_shared_is_on_the_disk_once(folder_forms: KeptForms, tmp_path: Path) -> None:
    before = folder_forms.begin()
    folder_forms.add_file(before, "a", b"a photo")
    for _ in range(5):
        token = folder_forms.begin()
        folder_forms.save(token, NEW)
        folder_forms.share_files(before, token, [("a", "")])
    found = files(tmp_path)
    assert len(found) == 11
    assert len({file.stat().st_ino for file in found}) == 6


def test_what_was_left_is_gone_and_leaving_twice_is_once(forms: KeptForms) -> None:
    token, other = forms.begin(), forms.begin()
    for each in (token, other):
        forms.save(each, OLD)
        forms.add_file(each, "a", b"a photo")
    for _ in range(2):
        forms.leave(token)
        assert forms.read(token) is None
        assert forms.file(token, "a") is None
    assert forms.read(other) == OLD
    forms.save(token, NEW)
    assert forms.file(token, "a") is None


def test_it_is_over_after_the_days_that_pages_print_and_writing_counts_anew(
    forms: KeptForms, clock: HandClock
) -> None:
    token, other = forms.begin(), forms.begin()
    forms.save(token, OLD)
    forms.save(other, OLD)
    begun = clock.at
    clock.at = begun + KEPT_DAYS * DAY - 1
    assert forms.read(token) == OLD
    assert forms.sweep() == 0
    forms.add_file(token, "a", b"a photo")
    clock.at = begun + KEPT_DAYS * DAY
    assert forms.read(other) is None
    assert forms.read(token) == OLD
    assert forms.store.count(clock.at) == 1
    assert forms.sweep() == 1
    assert forms.sweep() == 0
    assert forms.file(token, "a") == b"a photo"


def test_what_is_over_does_not_come_back_with_what_is_written_later(
    forms: KeptForms, clock: HandClock
) -> None:
    token = forms.begin()
    forms.save(token, OLD)
    forms.add_file(token, "a", b"a photo")
    clock.at += KEPT_DAYS * DAY
    forms.add_file(token, "b", b"a letter")
    assert forms.read(token) is None
    assert forms.file(token, "a") is None
    assert forms.file(token, "b") == b"a letter"


@pytest.mark.parametrize("token", NOT_TOKENS)
def test_what_is_no_token_reads_nothing_leaves_nothing_and_keeps_nothing(
    folder_forms: KeptForms, tmp_path: Path, token: str
) -> None:
    assert folder_forms.read(token) is None
    assert folder_forms.file(token, "a") is None
    folder_forms.leave(token)
    folder_forms.drop_file(token, "a")
    with pytest.raises(FormTokenUnreadable) as refused:
        folder_forms.save(token, OLD)
    assert not token or token not in f"{refused.value!r} {refused.value.facts}"
    with pytest.raises(FormTokenUnreadable):
        folder_forms.add_file(token, "a", OLD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "A", "a/b", "..", "a" * 41, "a.b", "a\n", "é"])
def test_a_name_that_is_none_is_the_callers_fault(forms: KeptForms, name: str) -> None:
    token = forms.begin()
    with pytest.raises(ValueError, match="name"):
        forms.add_file(token, name, b"")
    with pytest.raises(ValueError, match="name"):
        forms.file(token, name)
    with pytest.raises(ValueError, match="name"):
        forms.drop_file(token, name)


def test_a_file_and_all_files_of_a_form_have_a_limit_to_the_octet(forms: KeptForms) -> None:
    token, whole = forms.begin(), bytes(FILE_BYTES)
    forms.save(token, OLD)
    with pytest.raises(FileTooLargeForForm) as refused:
        forms.add_file(token, "a", whole + b"x")
    assert refused.value.facts == {"limit_mb": 20}
    assert FORM_BYTES == 3 * FILE_BYTES
    for name in ("a", "b", "c", "c"):
        forms.add_file(token, name, whole)
    with pytest.raises(FormFull) as full:
        forms.add_file(token, "d", b"x")
    assert full.value.facts == {"limit_mb": 60}
    assert forms.file(token, "d") is None
    # What is typed is never refused for what was added.
    forms.save(token, NEW)
    forms.drop_file(token, "b")
    forms.add_file(token, "d", b"x")


def test_the_folder_tells_nothing_and_is_its_owners_alone(
    folder_forms: KeptForms, tmp_path: Path
) -> None:
    token = folder_forms.begin()
    folder_forms.save(token, OLD)
    folder_forms.add_file(token, "passport", b"a photo of a passport")
    kept = files(tmp_path)
    assert len(kept) == 2
    for file in kept:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "passport" not in str(file.relative_to(tmp_path))
        for told in (OLD, b"passport", token.encode()):
            assert told not in file.read_bytes()
    for folder in (tmp_path / "forms", kept[0].parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_no_part_opens_in_the_place_of_another_nor_when_it_was_changed(
    folder_forms: KeptForms, tmp_path: Path
) -> None:
    one, other = folder_forms.begin(), folder_forms.begin()
    folder_forms.save(one, OLD)
    (of_one,) = files(tmp_path)
    folder_forms.save(other, OLD)
    (of_other,) = set(files(tmp_path)) - {of_one}
    folder_forms.add_file(one, "a", b"a photo")
    (photo,) = set(files(tmp_path)) - {of_one, of_other}
    mine = of_one.read_bytes()
    for content in (
        of_other.read_bytes(),
        photo.read_bytes(),
        mine[:-1] + bytes([mine[-1] ^ 1]),
        mine[:20],
        mine[:16],
    ):
        of_one.write_bytes(content)
        with pytest.raises(KeptFormDamaged) as broken:
            folder_forms.read(one)
        assert broken.value.facts == {}
    of_one.write_bytes(mine)
    assert folder_forms.read(one) == OLD
    of_one.write_bytes(mine[:7])
    of_other.write_bytes(b"")
    with pytest.raises(KeptFormDamaged):
        folder_forms.read(one)
    assert folder_forms.read(other) is None
    assert folder_forms.sweep() == 1


def test_what_is_left_free_is_for_the_ledger(tmp_path: Path, clock: HandClock) -> None:
    forms = KeptForms(in_folder(tmp_path, 2**60), Aes256Gcm(), clock, os.urandom)
    with pytest.raises(StorageFailed) as refused:
        forms.save(forms.begin(), OLD)
    assert refused.value.facts == {"reason": "disk-full"}
    assert files(tmp_path) == []


def test_threads_and_processes_that_write_at_once_lose_nothing(
    folder_forms: KeptForms, tmp_path: Path
) -> None:
    token = folder_forms.begin()

    def add(number: int) -> None:
        folder_forms.add_file(token, f"f-{number}", b"%d" % number * 1000)

    if (child := os.fork()) == 0:
        for number in range(100, 130):
            add(number)
        os._exit(0)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(60)))
    assert os.waitpid(child, 0)[1] == 0
    for number in (*range(60), *range(100, 130)):
        assert folder_forms.file(token, f"f-{number}") == b"%d" % number * 1000
    assert len(files(tmp_path)) == 90


def test_files_that_arrive_at_once_do_not_pass_the_limit_together(forms: KeptForms) -> None:
    token, whole = forms.begin(), bytes(FILE_BYTES)

    def add(number: int) -> bool:
        try:
            forms.add_file(token, f"f-{number}", whole)
        except FormFull:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(add, range(5))) == 3


def test_who_leaves_while_others_write_leaves_a_form_that_is_whole_or_none(
    folder_forms: KeptForms, tmp_path: Path
) -> None:
    token = folder_forms.begin()

    def write(number: int) -> None:
        if number % 3:
            folder_forms.save(token, NEW)
        else:
            folder_forms.leave(token)
        assert folder_forms.read(token) in {None, NEW}

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(200)))
    folder_forms.leave(token)
    assert folder_forms.read(token) is None
    assert list((tmp_path / "forms").iterdir()) == []


def test_a_sweep_takes_what_was_cut_off_and_waits_for_nobody_who_writes(
    folder_forms: KeptForms, tmp_path: Path, clock: HandClock
) -> None:
    token = folder_forms.begin()
    folder_forms.save(token, OLD)
    (kept,) = files(tmp_path)
    half = kept.with_name(kept.name + ARRIVING)
    gone = tmp_path / "forms" / f"{GONE}{'0' * 32}"
    empty = tmp_path / "forms" / ("ab" * 32)
    gone.mkdir()
    empty.mkdir()
    (gone / kept.name).write_bytes(b"left, and not quite removed")
    half.write_bytes(b"half")
    assert folder_forms.read(token) == OLD
    held = os.open(kept.parent, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    assert folder_forms.sweep() == 0
    assert half.exists()
    os.close(held)
    assert folder_forms.sweep() == 0
    assert files(tmp_path) == [kept]
    assert not empty.exists()
    clock.at += KEPT_DAYS * DAY
    assert folder_forms.sweep() == 1
    assert list((tmp_path / "forms").iterdir()) == []
