"""Unsent forms, cut off or refused at each step on the disk: the old or the new, and no mixture."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answerable.casework.kept_forms import KeptForms
from answerable.casework.ports import StorageFailed
from tests.contracts.test_kept_forms import NEW, OLD, clock, files, folder_forms

__all__ = ["clock", "folder_forms"]

EVENTS = frozenset(
    ("open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.listdir")
)


def struck(step: int, does: Callable[[], None], *, kills: bool) -> int:
    """Do something in a process that ends, or is refused, at this step of its work on the disk.

    Returns 0 where it came to an end before that step, 1 where it said that the disk failed.
    """
    if (child := os.fork()) == 0:
        left = [step]

        def strike(event: str, _: object) -> None:
            if event not in EVENTS:
                return
            left[0] -= 1
            if left[0] == 0 and kills:
                os._exit(9)
            if left[0] == 0:
                raise OSError(errno.EIO, "the disk refused")

        sys.addaudithook(strike)
        try:
            does()
        except StorageFailed:
            os._exit(1)
        except BaseException:  # noqa: BLE001 - the parent is told
            os._exit(2)
        os._exit(0 if left[0] > 0 else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def steps(does: Callable[[], None], *, kills: bool) -> Iterator[int]:
    """Strike at every step in turn, until it comes to its end."""
    for step in range(1, 200):
        code = struck(step, does, kills=kills)
        assert code in ({0, 9} if kills else {0, 1})
        yield code
        if code == 0:
            return
    raise AssertionError("it never came to its end")


@pytest.mark.parametrize("kills", [True, False])
def test_a_write_that_is_cut_off_leaves_the_old_or_the_new(
    folder_forms: KeptForms, tmp_path: Path, *, kills: bool
) -> None:
    token, seen = folder_forms.begin(), set[bytes | None]()
    for first in (None, OLD):
        folder_forms.leave(token)
        if first is not None:
            folder_forms.save(token, first)
        for code in steps(lambda: folder_forms.save(token, NEW), kills=kills):
            state = folder_forms.read(token)
            assert state in ({NEW} if code == 0 else {first, NEW})
            seen.add(state)
            folder_forms.sweep()
            assert folder_forms.read(token) == state
            folder_forms.leave(token)
            if first is not None:
                folder_forms.save(token, first)
    assert seen == {None, OLD, NEW}
    folder_forms.leave(token)
    folder_forms.sweep()
    assert files(tmp_path) == []


@pytest.mark.parametrize("kills", [True, False])
def test_leaving_that_is_cut_off_leaves_all_or_nothing(
    folder_forms: KeptForms, tmp_path: Path, *, kills: bool
) -> None:
    token, seen = folder_forms.begin(), set[tuple[bytes | None, bytes | None]]()
    folder_forms.save(token, OLD)
    folder_forms.add_file(token, "a", b"a photo")
    for code in steps(lambda: folder_forms.leave(token), kills=kills):
        found = (folder_forms.read(token), folder_forms.file(token, "a"))
        assert found in ({(None, None)} if code == 0 else {(OLD, b"a photo"), (None, None)})
        seen.add(found)
        folder_forms.sweep()
        assert len(files(tmp_path)) == (2 if found[0] else 0)
        folder_forms.save(token, OLD)
        folder_forms.add_file(token, "a", b"a photo")
    assert len(seen) == 2


@pytest.mark.parametrize("kills", [True, False])
def test_sharing_that_is_cut_off_loses_no_file_and_is_done_when_it_is_asked_for_again(
    folder_forms: KeptForms, *, kills: bool
) -> None:
    before = folder_forms.begin()
    folder_forms.save(before, OLD)
    shared = {"a": b"a photo", "b": b"a paper"}
    for name, data in shared.items():
        folder_forms.add_file(before, name, data)

    def share(token: str) -> None:
        folder_forms.share_files(before, token, [(name, "") for name in shared])

    codes = list[int]()
    while 0 not in codes:
        token = folder_forms.begin()
        folder_forms.save(token, NEW)
        codes.append(struck(len(codes) + 1, lambda token=token: share(token), kills=kills))  # type: ignore[misc] # bound at once
        assert {name: folder_forms.file(before, name) for name in shared} == shared
        share(token)
        assert {name: folder_forms.file(token, name, before) for name in shared} == shared
    assert set(codes) == ({0, 9} if kills else {0, 1})
    folder_forms.leave(before)
    assert {name: folder_forms.file(token, name, before) for name in shared} == shared
