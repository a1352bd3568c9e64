"""A response in Word goes out, is edited, and comes back: each change is named."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from answerable.core.papers import PaperDamaged, PaperTooLarge, PaperUnsafe
from answerable.core.proceeding.comparison import Comment, Comparison, Difference, What
from answerable.documents.returned_docx import WordResponses
from answerable.ooxml import UNPACKED, WordFile
from tests.support.returned_files import KHMER, RESPONSE, edited, replaced, without_row
from tests.support.word_files import paragraph, word_file

SAVED = Path(__file__).parent / "saved"
WORD = WordResponses()
FILES: dict[str, Callable[[], bytes]] = {
    "as handed out": lambda: WORD.response_docx(RESPONSE, "en"),
    "saved by LibreOffice": (SAVED / "en-by-libreoffice-7.4.7.docx").read_bytes,
}
both = pytest.mark.parametrize("file", FILES)


def read(data: bytes) -> Comparison:
    return WORD.compared(RESPONSE, data)


def document(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as file:
        return file.read("word/document.xml").decode()


def only(data: bytes) -> Difference:
    (difference,) = read(data).differences
    return difference


@pytest.mark.parametrize("language", ["en", "km", "fr"])
def test_an_untouched_file_changes_nothing_in_any_language(language: str) -> None:
    assert read(WORD.response_docx(RESPONSE, language)) == Comparison()


@pytest.mark.parametrize("language", ["en", "km"])
def test_a_file_that_was_only_saved_again_changes_nothing(language: str) -> None:
    saved = (SAVED / f"{language}-by-libreoffice-7.4.7.docx").read_bytes()
    assert saved != WORD.response_docx(RESPONSE, language)
    assert read(saved) == Comparison()


def test_the_same_response_is_the_same_file_and_khmer_is_marked() -> None:
    data = WORD.response_docx(RESPONSE, "km")
    assert data == WORD.response_docx(RESPONSE, "km")
    runs = re.findall(r"<w:r>.*?</w:r>", document(data))
    khmer = [run for run in runs if re.search("[\u1780-\u17ff]", run)]
    assert len(khmer) > 10
    assert [run for run in khmer if "<w:cs/>" not in run] == []
    styles = WordFile(data).xml("word/styles.xml")
    assert styles is not None
    fonts = {one.get("w:cs") for one in styles.iter() if one.tag == "w:rFonts"}
    assert fonts == {"Khmer OS Battambang"}


def test_what_a_body_refused_is_handed_out_in_its_own_words() -> None:
    text = document(WORD.response_docx(RESPONSE, "en"))
    assert "Edited." not in text
    assert KHMER[:10] in text


@both
def test_an_edited_reply_is_named_with_its_words(file: str) -> None:
    difference = only(
        replaced(FILES[file](), "offices were closed, under", "bureaux were shut, under")
    )
    assert difference.what is What.EDITED
    assert difference.row is not None
    told = (difference.row.point, difference.row.body, difference.row.act)
    assert told == (1, "Ministry of Interior", 9)
    assert (difference.removed, difference.added) == (("offices", "closed"), ("bureaux", "shut"))
    assert difference.before == "In all 14 offices were closed, under article 9 of the law."


@both
def test_a_changed_number_is_named_first_and_apart(file: str) -> None:
    number, words = read(replaced(FILES[file](), "In all 14", "In all 4")).differences
    assert (number.what, number.removed, number.added) == (What.NUMBER, ("14",), ("4",))
    assert words.what is What.EDITED


@both
def test_a_changed_count_of_the_register_is_a_changed_number(file: str) -> None:
    number, fixed = read(
        edited(FILES[file](), lambda text: re.sub(r">61</w:t>", ">6</w:t>", text))
    ).differences
    assert (number.what, number.removed, number.added) == (What.NUMBER, ("61",), ("6",))
    assert fixed.what is What.FIXED


@both
def test_a_number_in_khmer_digits_is_a_number(file: str) -> None:
    number, _ = read(edited(FILES[file](), lambda text: text.replace("៣", "៨"))).differences
    assert (number.removed, number.added) == (("3",), ("8",))


@both
def test_a_lost_row_is_named(file: str) -> None:
    differences = read(without_row(FILES[file](), "under article 9")).differences
    assert {one.what for one in differences} == {What.LOST}
    assert {(one.row.act, one.row.point) for one in differences if one.row} == {(9, 1)}


@both
def test_the_question_and_the_fingerprint_are_fixed(file: str) -> None:
    asked = replaced(FILES[file](), "Who decided?", "Who then decided?")
    assert (only(asked).what, only(asked).added) == (What.FIXED, ("then",))
    digest = RESPONSE.digest()
    print_edited = edited(FILES[file](), lambda text: text.replace(digest, "0" * 64))
    assert {one.what for one in read(print_edited).differences} == {What.NUMBER, What.FIXED}
    footer = "word/footer.xml" if file == "as handed out" else "word/footer1.xml"
    foot = edited(FILES[file](), lambda text: text.replace(digest, "gone"), footer)
    assert {one.what for one in read(foot).differences} == {What.NUMBER, What.FIXED}


@both
def test_text_that_belongs_to_no_row_is_named(file: str) -> None:
    data = edited(
        FILES[file](),
        lambda text: text.replace("<w:sectPr", paragraph("A word more") + "<w:sectPr", 1),
    )
    assert (only(data).what, only(data).row, only(data).after) == (What.ADDED, None, "A word more")


@both
def test_a_copied_row_is_doubled(file: str) -> None:
    def copy(text: str) -> str:
        return re.sub(r"(<w:tr\b(?:(?!</w:tr>).)*under article 9.*?</w:tr>)", r"\1\1", text)

    assert {one.what for one in read(edited(FILES[file](), copy)).differences} == {What.DOUBLED}


def test_without_its_bookmarks_a_reply_is_known_by_its_label() -> None:
    bare = edited(
        FILES["as handed out"](), lambda text: re.sub(r"<w:bookmark\w+ [^>]*/>", "", text)
    )
    data = replaced(bare, "offices were closed, under", "offices were shut, under")
    replies = [one for one in read(data).differences if one.row and one.row.act]
    assert [(one.what, one.row.act if one.row else 0) for one in replies] == [(What.EDITED, 9)]


def test_tracked_changes_are_read_as_accepted_and_their_authors_are_named() -> None:
    deleted = (
        'In </w:t></w:r><w:del w:id="900" w:author="Sok"><w:r><w:delText>all </w:delText></w:r>'
        "</w:del>"
        '<w:ins w:id="901" w:author="Dara"><w:r><w:t xml:space="preserve">fact </w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve">14'
    )
    comparison = read(replaced(FILES["as handed out"](), "In all 14", deleted))
    assert comparison.tracked == ("Sok", "Dara")
    (difference,) = comparison.differences
    assert (difference.removed, difference.added) == (("all",), ("fact",))


def test_comments_are_listed_with_their_authors() -> None:
    data = word_file(
        "", comments=f'<w:comment w:id="1" w:author="Sok">{paragraph("Why?")}</w:comment>'
    )
    comparison = read(data)
    assert comparison.comments == (Comment("Sok", "Why?"),)
    assert What.LOST in {one.what for one in comparison.differences}


def test_a_file_that_is_made_to_do_harm_is_refused() -> None:
    with pytest.raises(PaperTooLarge):
        read(word_file(paragraph("x" * (UNPACKED + 1))))
    with pytest.raises(PaperUnsafe):
        read(
            edited(
                FILES["as handed out"](), lambda text: text.replace("?>\n", "?>\n<!DOCTYPE a>", 1)
            )
        )
    with pytest.raises(PaperDamaged):
        read(FILES["as handed out"]()[:1000])
