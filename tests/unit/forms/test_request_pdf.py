"""Requests in PDFs: pages, margins, and files that cannot be read."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from answerable.core.proceeding.intake import HandedRequest
from answerable.forms.request_file import read_request
from tests.support.pdf_files import of_contents, pdf_file

LETTER = pdf_file(
    [
        "XM/2026/118",
        "List of issues",
        "1. How many offices were closed, and under",
        "which law?",
        "1",
    ],
    ["XM/2026/118", "Give the day of each.", "2. Who decided on", "closing them?", "2"],
    ["XM/2026/118", "(a) the ministry;", "3. Which appeals are there?", "3"],
)


def read(data: bytes) -> HandedRequest:
    checked = read_request(data, "request.pdf")
    assert checked.faults == ()
    assert checked.value is not None
    return checked.value


def codes(data: bytes) -> list[str]:
    return [fault.code for fault in read_request(data, "request.pdf").faults]


def test_points_of_a_pdf_bear_their_page_and_wrapped_lines_are_joined() -> None:
    handed = read(LETTER)
    assert [(one.label, one.page, one.text) for one in handed.request.points] == [
        ("1", "1", "How many offices were closed, and under which law? Give the day of each."),
        ("2", "2", "Who decided on closing them?"),
        ("2 (a)", "3", "the ministry;"),
        ("3", "3", "Which appeals are there?"),
    ]
    assert handed.remainder == ("XM/2026/118", "1", "2", "3")
    assert "text-from-pdf" in [note.code for note in handed.notes]


def test_pages_without_text_are_named() -> None:
    handed = read(of_contents(b"BT /F 11 Tf 60 780 Td (1. Which?) Tj ET", b"", b""))
    facts = [note.facts for note in handed.notes if note.code == "pages-without-text"]
    assert facts == [{"pages": "2, 3", "count": 2}]


def test_a_pdf_of_pictures_is_refused_and_not_guessed() -> None:
    assert codes(of_contents(b"", b"0 0 100 100 re f")) == ["paper-without-text"]


def test_a_pdf_with_a_password_is_locked_and_one_without_is_not() -> None:
    locked = {}
    for password in ("secret", ""):
        writer = PdfWriter(clone_from=PdfReader(BytesIO(LETTER)))
        writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")  # noqa: S106 - of a test
        octets = BytesIO()
        writer.write(octets)
        locked[password] = codes(octets.getvalue())
    assert locked == {"secret": ["paper-locked"], "": []}


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", LETTER[:60], b"%PDF-1.4\n" + b"\xff" * 3000],
    ids=["its head alone", "cut off", "noise"],
)
def test_a_pdf_that_cannot_be_read_is_damaged(data: bytes) -> None:
    assert codes(data) == ["paper-damaged"]


def test_a_pdf_that_swells_takes_nothing_with_it() -> None:
    bomb = of_contents(b" " * (100 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    assert codes(bomb) in (["paper-damaged"], ["paper-too-slow"])
