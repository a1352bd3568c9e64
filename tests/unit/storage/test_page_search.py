"""What is found in public texts: words, Khmer clusters, the newest first; and nothing else."""

import threading

import pytest

from answerable.storage.page_search import PageSearch

TEXTS = (
    ("XA-2026-0001-1", 1, "They closed the office in Kampong Speu.\nកម្ពុជា"),
    ("XA-2026-0002-7", 3, "XA-2026-0002-7\nការិយាល័យនៅកំពង់ស្ពឺត្រូវបានបិទ ដោយស្ត្រីម្នាក់"),
    ("XA-2026-0003-6", 2, 'Les bureaux sont fermés; office 12_a NOT "x" AND'),
)


def filled() -> PageSearch:
    made = PageSearch()
    for number, at, text in TEXTS:
        made.add(number, at, text)
    return made.search()


@pytest.fixture(scope="module")
def search() -> PageSearch:
    return filled()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("office", "3 1"),
        ("OFFICE speu", "1"),
        ("offi", "3 1"),
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
    ],
)
def test_what_says_all_of_it_is_found_newest_first(
    search: PageSearch, typed: str, found: str
) -> None:
    serials = [number.split("-")[2].lstrip("0") for number in search(typed)]
    assert serials == found.split()


def test_every_thread_reads_it(search: PageSearch) -> None:
    told: list[list[str]] = []
    threads = [threading.Thread(target=lambda: told.append(search("office"))) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told == [search("office")] * 3


def test_it_leaves_nothing_behind() -> None:
    made = filled()
    folder = made.folder
    assert folder.exists()
    made.close()
    assert not folder.exists()
