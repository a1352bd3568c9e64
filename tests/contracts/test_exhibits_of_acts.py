"""Files that come with an act: kept once, named by it, given back, and found by an erasure."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

import pytest

from answerable.casework.exhibits import LodgingGoesOn
from answerable.casework.give_back_exhibit import GiveBackExhibit
from answerable.casework.ports import Appended, Issued, StorageFailed
from answerable.core.act_form import Asked
from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from answerable.core.case.attached import Attached
from answerable.core.docket import Unit
from answerable.core.errors import Refusal
from answerable.core.exhibit import exhibit_digest
from answerable.core.opening import parse_opening
from answerable.storage.erasing import StoredErasures
from answerable.storage.exhibits import FileExhibits
from tests.support.adapters import Store
from tests.support.appending import wrong
from tests.support.at_work import AtWork
from tests.support.cases import CHAIR, NGO, by, photo

LATER = 4_000_000_000.0
"""Long after every file here was written."""
SAID = {"caption": "The lock, a week later.", "origin": "Taken by the sender."}
ADDED = ACTS[ActCode("exhibit-added")]
OCTETS = bytes(range(256)) * 300


@pytest.fixture
def work(store: Store, tmp_path: Path) -> AtWork:
    return AtWork(store, tmp_path)


@pytest.fixture
def number(work: AtWork) -> str:
    return work.lodge(exhibits=[{"file": "first.jpg"}])


def adds(
    work: AtWork, number: str, *files: Attached, request: UUID | None = None, who: str = "p1"
) -> Issued:
    asked = Asked(by=by(who, "complainant"), values=SAID, exhibits=files)
    return work.do_act(number, ADDED, asked, request=request or uuid4())


def kept(folder: Path) -> set[str]:
    """Return the names of the files that are kept sealed."""
    return {path.name for path in folder.glob("??/*")}


def named(store: Store) -> list[str]:
    with store.backend.reading() as reads:
        return [sealed for sealed, _ in reads.exhibits_of(0, 1000)]


def opening(octets: bytes, then: Callable[[], object]) -> Callable[[], BinaryIO]:
    """Return what opens a file, at which moment something else happens too."""

    def opened() -> BinaryIO:
        then()
        return BytesIO(octets)

    return opened


# --- It is kept, told, and given back. ---


def test_a_file_of_a_later_act_is_given_back_octet_for_octet(
    work: AtWork, number: str, store: Store, tmp_path: Path
) -> None:
    monitors = photo(2, ("monitor",), octets=b"other")
    issued = adds(work, number, photo(octets=OCTETS), monitors)
    giving = GiveBackExhibit(work.reading, work.exhibits)
    first, second = giving.listed(issued.number)
    for found, octets in ((first, OCTETS), (second, b"other")):
        target = BytesIO()
        giving(found, target)
        assert target.getvalue() == octets
    assert (first.readers, second.readers) == (("complainant", "secretariat"), ("monitor",))
    assert [one.name for one in giving.listed(issued.number, "monitor")] == ["photo-2.jpg"]
    assert [one.name for one in giving.listed(number)] == ["first.jpg"]
    assert len(kept(tmp_path)) == 3
    assert kept(tmp_path) == set(named(store))
    assert wrong(store) == []


def test_the_opening_of_the_act_vouches_for_its_file(work: AtWork, number: str) -> None:
    issued = adds(work, number, photo(octets=OCTETS))
    act = work.reading.act(issued.number)
    shown = parse_opening(work.reading.opening(act).encoded()).opened()
    told = {item.path: item for item in shown.content}
    (exhibit,) = GiveBackExhibit(work.reading, work.exhibits).listed(issued.number)
    hashing = exhibit_digest(exhibit.salt)
    hashing.update(OCTETS)
    assert told["exhibits/1/digest"].value == {
        "salt": told["exhibits/1/digest"].value["salt"],  # type: ignore[index, call-overload] # an object
        "sha256": hashing.hexdigest(),
    }
    readers = {item.readers for path, item in told.items() if path.startswith("exhibits/")}
    assert readers == {("complainant", "secretariat")}
    assert act.kept.envelope.facts["exhibits"] == 1


# --- Whatever happens, nothing is kept twice, and nothing is named that is not kept. ---


def test_asked_again_the_act_is_given_again_and_no_file_is_read(
    work: AtWork, number: str, store: Store, tmp_path: Path
) -> None:
    request = uuid4()
    issued = adds(work, number, photo(), request=request)
    before = kept(tmp_path)

    def gone() -> BinaryIO:
        raise AssertionError("it was handed in before")

    again = adds(work, number, replace(photo(), open=gone), request=request)
    assert (again.number, again.receipt) == (issued.number, issued.receipt)
    assert kept(tmp_path) == before == set(named(store))


def test_of_an_act_that_is_refused_no_file_is_read(
    work: AtWork, number: str, tmp_path: Path
) -> None:
    before = kept(tmp_path)
    opened: list[bool] = []
    unread = replace(photo(), open=opening(b"light", lambda: opened.append(True)))
    with pytest.raises(Refusal, match="no complainant here"):
        adds(work, number, unread, who="p2")
    assert (opened, kept(tmp_path)) == ([], before)


def test_decided_on_anew_where_the_case_moved_a_file_is_sealed_once(
    work: AtWork, number: str, store: Store, tmp_path: Path
) -> None:
    opened: list[bool] = []

    def moves() -> None:
        opened.append(True)
        work.do(number, "fact-added", NGO, (1,), words="They came back.", origin="saw")

    issued = adds(work, number, replace(photo(), open=opening(b"light", moves)))
    assert (issued.sequence, len(opened)) == (3, 1)
    assert kept(tmp_path) == set(named(store))
    assert wrong(store) == []


def test_no_sweep_takes_a_file_away_before_its_act_names_it(
    work: AtWork, number: str, store: Store, tmp_path: Path
) -> None:
    elsewhere = FileExhibits(tmp_path, wait_seconds=0)

    def sweeps() -> None:
        with pytest.raises(LodgingGoesOn):
            elsewhere.sweep(lambda: named(store), LATER)

    adds(work, number, photo(), replace(photo(2), open=opening(b"light", sweeps)))
    assert elsewhere.sweep(lambda: named(store), LATER) == {}
    assert kept(tmp_path) == set(named(store))


def test_what_was_sealed_for_an_act_that_never_came_is_swept_and_nothing_else(
    work: AtWork, number: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(tmp_path)

    def fails(_: list[Unit]) -> list[Appended]:
        raise StorageFailed("the disk is gone", reason="disk")

    with monkeypatch.context() as patch:
        patch.setattr(store.ledger, "append", fails)
        with pytest.raises(StorageFailed):
            adds(work, number, photo())
    (orphan,) = kept(tmp_path) - before
    assert set(named(store)) == before
    assert list(work.exhibits.sweep(lambda: named(store), LATER)) == [f"{orphan[:2]}/{orphan}"]
    assert kept(tmp_path) == before
    assert wrong(store) == []


# --- Erasing finds them. ---


def test_an_erasure_removes_the_files_of_every_act_of_its_case_and_no_others(
    work: AtWork, number: str, store: Store, tmp_path: Path
) -> None:
    other = work.lodge("p2", exhibits=[{"file": "first.jpg"}])
    adds(work, other, photo(octets=b"of another case"), who="p2")
    others = kept(tmp_path) - files_of_first(number, store)
    adds(work, number, photo(), photo(2))
    issued = adds(work, number, photo(octets=OCTETS))
    work.do(number, "erased", CHAIR, ground="right-to-erasure", provision="article-17")
    StoredErasures(store.backend, store.case_keys, work.exhibits, tmp_path).finish()
    assert kept(tmp_path) == others
    assert len(others) == 2
    with pytest.raises(Refusal) as refused:
        GiveBackExhibit(work.reading, work.exhibits).listed(issued.number)
    assert refused.value.code == "content-erased"
    assert work.reading.act(issued.number).kept.envelope.facts["exhibits"] == 1
    assert wrong(store) == []
    with pytest.raises(Refusal) as late:
        adds(work, number, photo())
    assert late.value.code == "case-erased"


def files_of_first(number: str, store: Store) -> set[str]:
    """Return the files of a case's first act."""
    docket = store.dockets.docket(number)
    with store.backend.reading() as reads:
        (row,) = [row for row in reads.acts_of(docket.id) if row.sequence == 1]
        return {name for name, _ in reads.exhibits_of(row.position, row.position + 1)}
