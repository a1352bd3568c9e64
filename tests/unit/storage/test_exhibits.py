"""Exhibits in their folder: given back as they were lodged, swept where nobody needs them."""

import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Event, Thread

import pytest

from answerable.casework.exhibits import ExhibitOnFile, LodgingGoesOn
from answerable.storage.exhibits import (
    FileExhibits,
    StoredExhibitDamaged,
    StoredExhibitMissing,
)

SALT = bytes(range(32))
LONG = bytes(range(256)) * 1024
LATER = 4_000_000_000.0
"""Long after every file here was written."""


@pytest.fixture
def exhibits(tmp_path: Path) -> FileExhibits:
    return FileExhibits(tmp_path / "exhibits", wait_seconds=0)


def on_file(exhibits: FileExhibits, content: bytes) -> ExhibitOnFile:
    sealed = exhibits.seal(BytesIO(content), SALT)
    return ExhibitOnFile(
        ordinal=1,
        name="photos/door.png",
        readers=("secretariat",),
        size_below=1024,
        sealed=sealed.sealed,
        digest=sealed.digest,
        salt=sealed.salt,
        identity=sealed.identity,
    )


def place(tmp_path: Path, exhibit: ExhibitOnFile) -> Path:
    return tmp_path / "exhibits" / exhibit.sealed[:2] / exhibit.sealed


@pytest.mark.parametrize("content", [b"a photo", b"", LONG], ids=["short", "empty", "long"])
def test_what_was_sealed_is_given_back_octet_for_octet(
    exhibits: FileExhibits, content: bytes
) -> None:
    target = BytesIO()
    exhibits.unseal(on_file(exhibits, content), target)
    assert target.getvalue() == content


def flip(path: Path, at: int) -> None:
    octets = bytearray(path.read_bytes())
    octets[at] ^= 1
    path.write_bytes(octets)


@pytest.mark.parametrize("at", [0, 100, 300, -1])
def test_a_flipped_bit_is_noticed_wherever_it_is(
    exhibits: FileExhibits, tmp_path: Path, at: int
) -> None:
    exhibit = on_file(exhibits, LONG)
    flip(place(tmp_path, exhibit), at)
    with pytest.raises(StoredExhibitDamaged):
        exhibits.unseal(exhibit, BytesIO())


def test_a_whole_file_that_is_another_than_the_record_says_is_refused(
    exhibits: FileExhibits,
) -> None:
    # Sealed to its own identity, and soundly: only the digest of the record tells it apart.
    one, other = on_file(exhibits, b"one"), on_file(exhibits, b"other")
    swapped = replace(other, digest=one.digest)
    with pytest.raises(StoredExhibitDamaged):
        exhibits.unseal(swapped, BytesIO())
    with pytest.raises(StoredExhibitDamaged):
        exhibits.unseal(replace(one, identity=other.identity), BytesIO())
    with pytest.raises(StoredExhibitDamaged):
        exhibits.unseal(replace(one, identity="no identity"), BytesIO())


def test_a_file_that_is_gone_is_said_to_be_gone(exhibits: FileExhibits, tmp_path: Path) -> None:
    exhibit = on_file(exhibits, b"a photo")
    place(tmp_path, exhibit).unlink()
    with pytest.raises(StoredExhibitMissing):
        exhibits.unseal(exhibit, BytesIO())


def test_a_record_names_no_file_outside_the_folder(exhibits: FileExhibits, tmp_path: Path) -> None:
    exhibit = on_file(exhibits, b"a photo")
    outside = tmp_path / "outside"
    place(tmp_path, exhibit).rename(outside)
    for name in (str(outside), "../outside", f"../../{outside.name}", ""):
        with pytest.raises(StoredExhibitDamaged):
            exhibits.unseal(replace(exhibit, sealed=name), BytesIO())


class Full(BytesIO):
    def write(self, _: object, /) -> int:
        raise OSError(28, "No space left on device")


def test_a_target_that_is_full_is_no_fault_of_the_exhibit(exhibits: FileExhibits) -> None:
    exhibit = on_file(exhibits, LONG)
    with pytest.raises(OSError, match="No space left"):
        exhibits.unseal(exhibit, Full())


# --- What is left over ---


def test_only_what_no_act_names_and_what_is_old_enough_is_swept(
    exhibits: FileExhibits, tmp_path: Path
) -> None:
    named, orphan, young = (on_file(exhibits, word) for word in (b"named", b"orphan", b"young"))
    os.utime(place(tmp_path, named), (1000, 1000))
    os.utime(place(tmp_path, orphan), (1000, 1000))
    os.utime(place(tmp_path, young), (5000, 5000))
    length = place(tmp_path, orphan).stat().st_size
    swept = exhibits.sweep(lambda: [named.sealed], before=5000)
    assert swept == {f"{orphan.sealed[:2]}/{orphan.sealed}": length}
    assert place(tmp_path, named).exists()
    assert place(tmp_path, young).exists()
    assert not place(tmp_path, orphan).exists()
    assert exhibits.sweep(lambda: [named.sealed], before=5000) == {}


def test_what_was_half_written_is_swept_and_what_others_put_there_is_not(
    exhibits: FileExhibits, tmp_path: Path
) -> None:
    exhibit = on_file(exhibits, b"named")
    folder = tmp_path / "exhibits"
    half = [f"arriving/{'0a' * 16}", f"{exhibit.sealed[:2]}/{exhibit.sealed}.arriving"]
    strange = ["arriving/notes", f"{exhibit.sealed[:2]}/notes.txt", "README"]
    for name in (*half, *strange):
        (folder / name).write_bytes(b"half")
    (folder / exhibit.sealed[:2] / ("0" * 64)).mkdir()
    swept = exhibits.sweep(lambda: [exhibit.sealed], before=LATER)
    assert swept == dict.fromkeys(sorted(half), 4)
    assert all((folder / name).exists() for name in strange)


def test_nothing_is_swept_while_someone_lodges(exhibits: FileExhibits, tmp_path: Path) -> None:
    with exhibits.lodging():
        exhibit = on_file(exhibits, b"its act is coming")
        with pytest.raises(LodgingGoesOn):
            exhibits.sweep(list, before=LATER)
    assert place(tmp_path, exhibit).exists()
    assert len(exhibits.sweep(list, before=LATER)) == 1


def test_lodgings_do_not_wait_for_one_another(exhibits: FileExhibits) -> None:
    with exhibits.lodging(), exhibits.lodging():
        on_file(exhibits, b"two at once")


def test_a_sweep_waits_a_while_for_a_lodging_to_end(tmp_path: Path) -> None:
    exhibits = FileExhibits(tmp_path / "exhibits", wait_seconds=60)
    began, end = Event(), Event()
    acts: list[str] = []

    def lodge() -> None:
        with exhibits.lodging():
            exhibit = on_file(exhibits, b"slow")
            began.set()
            end.wait()
            acts.append(exhibit.sealed)

    def in_use() -> list[str]:
        return list(acts)

    lodging = Thread(target=lodge)
    lodging.start()
    began.wait()
    swept: list[object] = []
    sweeping = Thread(target=lambda: swept.append(exhibits.sweep(in_use, before=LATER)))
    sweeping.start()
    end.set()
    lodging.join()
    sweeping.join()
    # What was in use was asked after the lodging had ended, so its exhibit is not an orphan.
    assert swept == [{}]


def test_a_lodging_that_is_killed_holds_no_sweep_up(exhibits: FileExhibits, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from answerable.storage.exhibits import FileExhibits\n"
        "held = FileExhibits(Path(sys.argv[1])).lodging(); held.__enter__()\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    words = (sys.executable, "-c", program, str(tmp_path / "exhibits"))
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(LodgingGoesOn):
            exhibits.sweep(list, before=LATER)
        process.kill()
        process.wait()
        assert exhibits.sweep(list, before=LATER) == {}
