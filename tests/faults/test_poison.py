"""An error of a sync: whether the write is on disk is not known, and will not be known here.

The kernel reports such an error once and then forgets the pages: asked again, it would say that all
is well. So nothing is tried again in the process that met it, and the next start finds out.
"""

import errno
import sqlite3
from contextlib import closing

import pytest

from answerable.bootstrap.application import application_of
from answerable.bootstrap.folder import folder_at
from tests.support.faults import Fault, Machine, Manner, World, Worlds

pytestmark = pytest.mark.faults

SYNCS = "fsync fdatasync"

TO_DO = "Start again, then hand the same in again: with the same delivery key nothing is recorded"
DOUBT = [
    "A write ended in doubt. Nothing more is recorded until the next start.",
    "Whether the last act was recorded is not known yet. No receipt was given for it.",
    f"{TO_DO} twice. Run answerable doctor.",
]


def use_up_slots(world: World) -> None:
    """Leave the mechanism's own key only, so that the next case has to have its key made."""
    with closing(sqlite3.connect(world.mechanism / "keys" / "case-keys.sqlite3")) as database:
        database.execute("DELETE FROM slot WHERE number > 1")
        database.commit()


def parties(world: World) -> list[str | None]:
    application = application_of(folder_at(world.mechanism))
    found, _ = application.upkeep.check(acts=True, progress=lambda *_: None)
    assert [item.code for item in found] == []
    names = [party.name for party in application.reading.mechanism().parties.values()]
    application.close()
    return names


@pytest.mark.parametrize("file", ["ledger.sqlite3-wal", "head/head", "keys/case-keys.sqlite3-wal"])
def test_after_an_error_of_a_sync_this_process_answers_nothing_more(
    failing: Machine, worlds: Worlds, file: str
) -> None:
    with worlds.one() as world:
        use_up_slots(world)
        program = "lodgings" if "keys" in file else "parties"
        fault = Fault(Manner.FAIL_ONCE, files=f"m/{file}", calls=SYNCS, error=errno.EIO)
        ended = failing.run(program, ("m", "A", "B", "C"), cwd=world.path, fault=fault)
        assert ended.exit == 0, ended.err
        lines = [line.split() for line in ended.out.splitlines()]
        assert [code for _, code in lines] == ["ledger-poisoned"] * 3
        # One call to sync was made, and after its error no other, for anything at all.
        assert len(ended.calls) == 1
        assert parties(world) in ([], ["A"])
        again = failing.run(program, ("m", "D"), cwd=world.path)
        assert "poisoned" not in again.out
        parties(world)


def test_the_message_says_what_is_known_and_what_to_do(failing: Machine, worlds: Worlds) -> None:
    with worlds.one() as world:
        fault = Fault(Manner.FAIL_ONCE, files="m/head/head", calls=SYNCS, error=errno.EIO)
        add = ("party", "add", "Union", "--mechanism", "m")
        ended = failing.cli(*add, cwd=world.path, fault=fault)
        assert ended.exit == 70
        assert ended.out == ""
        assert ended.err.splitlines() == DOUBT
        assert parties(world) == ["Union"]


def test_a_full_disk_is_no_poison_once_there_is_room_it_goes_on(
    failing: Machine, worlds: Worlds
) -> None:
    with worlds.one() as world:
        fault = Fault(Manner.FAIL_ONCE, files="m/ledger.sqlite3-wal", calls="pwrite",
                      error=errno.ENOSPC)  # fmt: skip
        ended = failing.run("parties", ("m", "A", "B"), cwd=world.path, fault=fault)
        assert ended.out.splitlines() == ["A storage-failed", "B XA/2"]
        assert parties(world) == ["B"]


@pytest.mark.parametrize("at", [1, 2, 3, 8])
def test_a_key_store_without_room_is_no_poison_either(
    failing: Machine, worlds: Worlds, at: int
) -> None:
    with worlds.one() as world:
        use_up_slots(world)
        files = "m/keys/case-keys.sqlite3-wal"
        fault = Fault(Manner.FAIL_ONCE, at, files, calls="pwrite", error=errno.ENOSPC)
        ended = failing.run("lodgings", ("m", "A", "B"), cwd=world.path, fault=fault)
        assert ended.out.splitlines() == ["A storage-failed", "B XA-2026-0001-1"]
        parties(world)
