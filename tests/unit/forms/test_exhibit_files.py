"""Exhibits are regular files inside the folder of their submission, reached through no link."""

import os
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from answerable.core.case import limits
from answerable.core.case.problems import Problem
from answerable.forms.exhibit_files import open_exhibit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "report"
    (inside / "photos" / "day 1").mkdir(parents=True)
    (inside / "photos" / "day 1" / "ទ្វារ.jpg").write_bytes(b"door")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return inside


def refusal(folder: Path, name: str) -> str:
    with pytest.raises(Problem) as refused:
        open_exhibit(folder, name)
    return refused.value.code


def open_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_file_inside_the_folder_is_opened(folder: Path) -> None:
    with open_exhibit(folder, "photos/day 1/ទ្វារ.jpg") as exhibit:
        assert exhibit.read() == b"door"


def test_a_folder_that_is_itself_reached_by_a_link_is_the_sender_s_own_affair(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    open_exhibit(link, "photos/day 1/ទ្វារ.jpg").close()


def test_a_link_is_refused_wherever_it_points(folder: Path) -> None:
    (folder / "a.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "b.jpg").symlink_to("photos/day 1/ទ្វារ.jpg")
    (folder / "c").symlink_to(folder.parent)
    (folder / "d").symlink_to("d")
    (folder / "e").symlink_to("nowhere")
    for name in ("a.txt", "b.jpg", "c/secret.txt", "d", "d/x", "e"):
        assert refusal(folder, name) == "exhibit-is-a-link"


def test_what_is_no_regular_file_is_refused_without_waiting(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket"))
        for name in ("pipe", "socket", "photos"):
            assert refusal(folder, name) == "exhibit-is-no-file"


def test_what_is_not_there_is_missing(folder: Path) -> None:
    (folder / "file").write_bytes(b"x")
    for name in ("none.jpg", "none/none.jpg", "file/inside.jpg"):
        assert refusal(folder, name) == "exhibit-missing"


def test_a_path_out_of_the_folder_is_refused_before_anything_is_opened(folder: Path) -> None:
    for name in ("../secret.txt", str(folder.parent / "secret.txt"), "photos/../../secret.txt"):
        assert refusal(folder, name) == "unsafe-file-name"


def test_an_empty_file_and_one_too_large_are_refused(folder: Path) -> None:
    (folder / "empty").touch()
    assert refusal(folder, "empty") == "exhibit-empty"
    with (folder / "large").open("wb") as large:
        large.truncate(limits.EXHIBIT_BYTES + 1)
    assert refusal(folder, "large") == "exhibit-too-large"
    with (folder / "large").open("r+b") as large:
        large.truncate(limits.EXHIBIT_BYTES)
    open_exhibit(folder, "large").close()


def test_no_descriptor_stays_open_after_a_refusal(folder: Path) -> None:
    (folder / "empty").touch()
    (folder / "a").symlink_to(folder.parent)
    before = open_descriptors()
    for name in ("empty", "a/secret.txt", "photos/none/x", "none", "photos/day 1"):
        refusal(folder, name)
    assert open_descriptors() == before


# --- A file that somebody writes to while it is read. ---

BIG = bytes(range(256)) * 4096


def read_with(folder: Path, change: Callable[[Path], object], size: int = 4096) -> str:
    """Return the code of what is wrong with a file that is changed after its first part is read."""
    place = folder / "photo.jpg"
    place.write_bytes(BIG)
    with open_exhibit(folder, "photo.jpg") as exhibit:
        assert exhibit.read(size) == BIG[:size]
        change(place)
        with pytest.raises(Problem) as refused:
            list(iter(partial(exhibit.read, size), b""))
    return refused.value.code


def appended(place: Path) -> None:
    with place.open("ab") as target:
        target.write(b"more")


def exchanged(place: Path) -> None:
    with place.open("r+b") as target:
        target.seek(len(BIG) // 2)
        target.write(b"other")
    os.utime(place, ns=(0, 0))


@pytest.mark.parametrize(
    "change", [appended, exchanged, lambda place: os.truncate(place, len(BIG) // 2)]
)
def test_a_file_that_changed_while_it_was_read_is_no_exhibit(
    folder: Path, change: Callable[[Path], object]
) -> None:
    assert read_with(folder, change) == "exhibit-changed"


def test_a_file_that_changed_before_it_was_read_at_once_is_none_either(folder: Path) -> None:
    place = folder / "photo.jpg"
    place.write_bytes(BIG)
    with open_exhibit(folder, "photo.jpg") as exhibit:
        appended(place)
        with pytest.raises(Problem):
            exhibit.read()


def test_another_file_in_its_place_changes_nothing(folder: Path) -> None:
    place = folder / "photo.jpg"
    place.write_bytes(BIG)
    with open_exhibit(folder, "photo.jpg") as exhibit:
        place.unlink()
        place.write_bytes(b"another")
        assert exhibit.read() == BIG
