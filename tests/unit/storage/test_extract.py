"""Extracts: cases in one order, what is found in public texts, and where what lies in a ledger."""

import threading
from pathlib import Path

import pytest

from answerable.casework.extract_ports import Line
from answerable.core.register.marks import places_in
from answerable.storage.extract import ExtractFile, ExtractLost, OpenedExtract

TEXTS = (
    ("XA-2026-0001-1", 1, "They closed the office in Kampong Speu.\nកម្ពុជា"),
    ("XA-2026-0002-7", 3, "XA-2026-0002-7\nការិយាល័យនៅកំពង់ស្ពឺត្រូវបានបិទ ដោយស្ត្រីម្នាក់"),
    ("XA-2026-0003-6", 2, 'Les bureaux sont fermés; office 12_a NOT "x" AND'),
)
PLACES = (2, 0, 1)
"""Where these stand among the cases: in the order of what is owed, late ones first."""

OWED = ((1, "~~", 0), (0, "2026-03-01", 0), (1, "2026-01-01", 5))
OTHER = ("XA-2026-0004-3", 4, "A proceeding on the office")
KNOWN, TWICE = bytes(32), b"\x01" * 32


def written(path: Path) -> Path:
    made = ExtractFile(path)
    for (number, at, text), order in zip(TEXTS, OWED, strict=True):
        of = {("p5", "owed"): at, ("p6", "late"): 1} if at > 1 else {}
        made.add(
            Line(
                number,
                at,
                10 - at,
                order,
                [("turn", str(at % 2)), ("all", "")],
                f"told {number}",
                f"data {number}".encode(),
                of,
            ),
            text,
        )
    made.add_text(*OTHER)
    made.figure("first", ["XA-2026-0001-1", "XA-2026-0003-6", "XA-2026-0009-9"])
    made.figure("second", [])
    made.entries([(KNOWN, 5), (TWICE, 2), (TWICE, 7)], b"\x00\x01")
    made.files({"b": "ab" * 32, "a": "01" * 32})
    made.finish("all of it")
    return path


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> OpenedExtract:
    return OpenedExtract(written(tmp_path_factory.mktemp("extract") / "x.sqlite3"), "key")


def found(extract: OpenedExtract, typed: str) -> str:
    places, others = extract.search(typed)
    serials = [str(PLACES.index(place) + 1) for place in places]
    return " ".join([*(one.split("-")[2].lstrip("0") for one in others), *serials])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("office", "4 3 1"),
        ("OFFICE speu", "1"),
        ("offi", "4 3 1"),
        ("ការិយាល័យ", "2"),
        ("កំពង់ស្ពឺ", "2"),
        ("ស្រ្តី", "2"),
        ("កម្ពុ\u200bជា", "1"),
        ("ferme", "3"),
        ("XA-2026-0002-7", "2"),
        ("០០០២", "2"),
        ("not", "3"),
        ("nowhere", ""),
        ("office ការិយាល័យ", ""),
        ("", ""),
        ('" OR * NEAR( ^ :', ""),
        ("_", ""),
        ("speu កម្ពុជា", "1"),
        ("ពង់", "2"),
        ("ពឺ", ""),  # no whole cluster of any text
        ("x", "3"),
    ],
)
def test_what_says_all_of_it_is_found_newest_first(
    extract: OpenedExtract, typed: str, expected: str
) -> None:
    assert found(extract, typed) == expected


def test_every_thread_reads_it(extract: OpenedExtract) -> None:
    told: list[str] = []
    threads = [
        threading.Thread(target=lambda: told.append(found(extract, "office"))) for _ in range(3)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told == ["4 3 1"] * 3


def test_cases_stand_in_one_order_and_are_found_by_filters_and_bodies(
    extract: OpenedExtract,
) -> None:
    assert [*extract.lines(range(3))] == [f"told {TEXTS[at][0]}" for at in (1, 2, 0)]
    assert [*extract.data((2, 0))] == [f"data {TEXTS[at][0]}".encode() for at in (0, 1)]
    filtered = {one: [*places_in(marks)] for one, marks in extract.filtered().items()}
    assert filtered == {("turn", "1"): [0, 2], ("turn", "0"): [1], ("all", ""): [0, 1, 2]}
    assert len(extract) == len(TEXTS)
    assert [*extract.newest(2)] == [2, 1]
    assert extract.of_bodies() == {("p5", "owed"): 5, ("p6", "late"): 2}
    assert [*extract.saying(("p5", "owed"))] == [0, 1]
    assert [*extract.saying(("p5", "late"))] == []


def test_figures_know_the_cases_behind_them_also_one_that_is_not_there(
    extract: OpenedExtract,
) -> None:
    assert [*extract.figures()] == ["first", "second"]
    assert [*extract.behind(0)] == [2, 1, None]
    assert [*extract.behind(1)] == []


def test_entries_and_files_are_mappings(extract: OpenedExtract) -> None:
    assert dict(extract.entries) == {KNOWN: 5, TWICE: 7}
    assert extract.entries.get(b"\x02" * 32) is None
    assert dict(extract.files) == {"a": "01" * 32, "b": "ab" * 32}
    assert list(extract.files) == ["a", "b"]
    assert (len(extract.entries), len(extract.files), "c" in extract.files) == (2, 2, False)
    assert (extract.told, extract.shown) == ("all of it", b"\x00\x01")


def test_what_is_no_extract_is_lost(tmp_path: Path) -> None:
    for octets in (b"", b"SQLite format 3\x00 and no more"):
        (tmp_path / "x").write_bytes(octets)
        with pytest.raises(ExtractLost):
            OpenedExtract(tmp_path / "x", "key")


def test_one_that_is_damaged_while_it_is_read_says_that_it_is_lost(tmp_path: Path) -> None:
    path = written(tmp_path / "x")
    opened = OpenedExtract(path, "key")
    path.write_bytes(path.read_bytes()[:4096] + bytes(path.stat().st_size - 4096))
    with pytest.raises(ExtractLost):
        opened.search("office")
    assert opened.is_lost
