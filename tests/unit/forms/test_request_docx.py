"""Requests in Word files: the numbers that Word shows, and files that are made to do harm."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from answerable import ooxml
from answerable.core.proceeding.intake import HandedRequest
from answerable.forms.request_file import read_request
from tests.support.word_files import archive, level, numbered, paragraph, part, row, word_file

LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "(%2)")
    + level(2, "upperRoman", "%3.")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="12"/></w:lvlOverride></w:num>'
)


def read(data: bytes) -> HandedRequest:
    checked = read_request(data, "request.docx")
    assert checked.faults == ()
    assert checked.value is not None
    return checked.value


def points(data: bytes) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in read(data).request.points]


def codes(data: bytes) -> list[str]:
    return [fault.code for fault in read_request(data, "request.docx").faults]


def notes(data: bytes) -> dict[str, object]:
    return {note.code: dict(note.facts) for note in read(data).notes}


def test_the_numbers_that_word_shows_are_computed() -> None:
    body = (
        numbered("Which offices were closed?")
        + numbered("Please provide, for each:")
        + numbered("the law;", level=1)
        + numbered("the day.", level=1)
        + paragraph("Copies are welcome.")
        + numbered("Who decided?")
        + numbered("Say:", level=0)
        + numbered("the name.", level=1)
    )
    assert points(word_file(body, numbering=LISTS)) == [
        ("1", "Which offices were closed?"),
        ("2 (a)", "2. Please provide, for each:\n\nthe law;"),
        ("2 (b)", "the day.\n\nCopies are welcome."),
        ("3", "Who decided?"),
        ("4 (a)", "4. Say:\n\nthe name."),
    ]


def test_a_numbering_that_begins_elsewhere_begins_there() -> None:
    body = numbered("Which?", 3) + numbered("Who?", 3)
    assert [label for label, _ in points(word_file(body, numbering=LISTS))] == ["12", "13"]


def test_a_style_numbers_its_paragraphs_and_headings_are_sections() -> None:
    styles = (
        '<w:style w:styleId="Point"><w:name w:val="Point"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Point"/></w:style>'
        '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    )
    body = (
        paragraph("List of issues", '<w:pStyle w:val="H"/>')
        + paragraph("I. Association.", '<w:pStyle w:val="H"/>')
        + paragraph("Which?", '<w:pStyle w:val="Point"/>')
        + paragraph("Who?", '<w:pStyle w:val="Sub"/>')
    )
    data = word_file(body, numbering=LISTS, styles=styles)
    assert points(data) == [("1", "I. Association.\n\nWhich?"), ("2", "Who?")]
    assert read(data).request.subject == "List of issues"


def test_rows_of_a_table_are_points_by_their_first_cell() -> None:
    cells = (
        row(paragraph("No"), paragraph("Question"), properties="<w:tblHeader/>")
        + row(paragraph("1"), paragraph("Which?"), paragraph("EN"))
        + row(paragraph("2"), paragraph("Who?") + paragraph("And when?"))
    )
    data = word_file(f"<w:tbl>{cells}</w:tbl>")
    assert points(data) == [("1", "Which?\nEN"), ("2", "Who?\n\nAnd when?")]
    assert read(data).remainder == ("No | Question",)


def test_headers_notes_boxes_and_tracked_changes_are_read_as_they_are_shown() -> None:
    body = (
        '<w:p><w:r><w:t>1. Which </w:t></w:r><w:del w:id="1"><w:r><w:delText>old </w:delText>'
        '</w:r></w:del><w:ins w:id="2"><w:r><w:t>new</w:t></w:r></w:ins>'
        '<w:r><w:footnoteReference w:id="4"/></w:r><w:r><w:pict><w:txbxContent>'
        f"{paragraph('In a box')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    data = word_file(
        body,
        header=paragraph("The Monitor"),
        footnotes=f'<w:footnote w:id="4">{paragraph("As reported.")}</w:footnote>',
        comments='<w:comment w:id="9" w:author="X"/>',
    )
    assert points(data) == [("1", "Which new[1]\n[1] As reported.\n\nIn a box")]
    assert read(data).remainder == ("The Monitor",)
    told = notes(data)
    assert told["tracked-changes"] == {"changes": 2}
    assert told["comments-left-out"] == {"comments": 1}
    assert told["pictures-not-read"] == {"pictures": 1}


def test_marks_of_a_list_are_points_only_without_numbers() -> None:
    body = paragraph("Questions to you") + numbered("Which?", 2) + numbered("Who?", 2)
    data = word_file(body, numbering=LISTS)
    assert points(data) == [("", "Which?"), ("", "Who?")]
    assert "points-by-bullets" in notes(data)


def test_a_form_of_numbers_that_is_not_known_is_said() -> None:
    lists = LISTS.replace('"decimal"', '"thaiCounting"')
    data = word_file(numbered("Which?"), numbering=lists)
    assert [label for label, _ in points(data)] == ["1"]
    assert notes(data)["numbers-in-another-form"] == {"form": "thaiCounting"}


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    bomb = word_file(paragraph("x" * (ooxml.UNPACKED + 1)))
    assert len(bomb) < ooxml.MIB
    assert codes(bomb) == ["paper-too-large"]


def test_what_an_archive_says_of_its_sizes_is_not_believed() -> None:
    bomb = word_file(paragraph("x" * (ooxml.UNPACKED + 1)))
    at = bomb.find(b"PK\x01\x02", bomb.rfind(b"word/document.xml") - 60)
    lying = bomb[: at + 24] + struct.pack("<L", 100) + bomb[at + 28 :]
    assert codes(lying) == ["paper-damaged"]


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "x"><!ENTITY b "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://example.org/x.dtd">',
        "",
    ],
)
def test_a_document_type_is_refused_before_anything_of_it_is_read(entities: str) -> None:
    inside = part("document", f"<w:body>{paragraph('1. Which?')}</w:body>")
    parts = {"word/document.xml": f"<!DOCTYPE x [{entities}]>{inside}"}
    assert codes(archive(parts)) == ["paper-unsafe"]


def test_elements_nested_too_deep_and_too_many_are_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 100 + "</w:sdtContent></w:sdt>" * 100
    assert codes(word_file(deep)) == ["paper-unsafe"]
    assert codes(word_file("<w:p/>" * (ooxml.ELEMENTS + 1))) == ["paper-too-large"]


def test_two_parts_of_one_name_are_refused() -> None:
    octets = BytesIO(word_file(paragraph("1. Which?")))
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(octets, "a", ZIP_DEFLATED) as more:
        more.writestr("word/document.xml", part("document", "<w:body/>"))
    assert codes(octets.getvalue()) == ["paper-unsafe"]


@pytest.mark.parametrize("cut", [30, 200, 400, -40, -1])
def test_a_file_that_was_cut_off_is_damaged(cut: int) -> None:
    assert codes(word_file(paragraph("1. Which?"))[:cut]) == ["paper-damaged"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "odt"),
        ({"photo.jpg": "x"}, "archive"),
    ],
)
def test_archives_of_other_kinds_are_told_apart(parts: dict[str, str], code: str) -> None:
    octets = BytesIO()
    with ZipFile(octets, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    faults = read_request(octets.getvalue(), "request.docx").faults
    assert [fault.code for fault in faults] == ["not-a-paper"]
    assert faults[0].facts["found"] == {"odt": "open-document"}.get(code, code)


def test_more_parts_than_a_paper_has_are_refused() -> None:
    many = {f"word/media/{n}.bin": "" for n in range(ooxml.PARTS)}
    assert codes(archive({"word/document.xml": part("document", ""), **many})) == [
        "paper-too-large"
    ]
