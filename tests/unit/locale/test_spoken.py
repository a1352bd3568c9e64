"""What is in another language than its page says so, for whoever has it read aloud."""

import pytest

from answerable.locale.spoken import Spoken, marked, spoken, spoken_in

KHMER = "ផ្សារចាស់ ១២ (ភ្នំពេញ)"


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        pytest.param("ផ្សារ", "", "km", id="letters tell"),
        pytest.param("ផ្សារ", "fr", "km", id="letters count more than what is told"),
        pytest.param("le bureau", "fr", "fr", id="what is told counts"),
        pytest.param("le bureau", "", "", id="of other letters nothing is guessed"),
        pytest.param("phsar", "km", "", id="Khmer in Latin letters is read by no Khmer voice"),
        pytest.param("", "fr", "", id="nothing has no language"),
    ],
)
def test_a_text_is_read_aloud_as_its_letters_or_its_record_tell(
    text: str, said: str, language: str
) -> None:
    assert spoken_in(text, said) == language


def test_khmer_on_a_page_in_another_language_says_so_as_one_piece() -> None:
    page = f'<html lang="en"><h2>Allegation 1: {KHMER}.</h2></html>'
    assert marked(page) == page.replace(KHMER[:-1], f'<span lang="km">{KHMER[:-1]}</span>')


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f'<a lang="km" href="/km">{KHMER}</a>', id="what says so already"),
        pytest.param(f'<blockquote lang="km"><p>{KHMER}</p></blockquote>', id="a quotation"),
        pytest.param(f'<div aria-label="{KHMER}"></div>', id="an attribute"),
        pytest.param(f"<title>{KHMER}</title>", id="a title holds no elements"),
        pytest.param(f"<textarea>{KHMER}</textarea>", id="what was typed"),
        pytest.param(f"<option>{KHMER}</option>", id="what is chosen"),
    ],
)
def test_where_no_element_can_stand_or_is_needed_nothing_is_marked(page: str) -> None:
    assert marked(page) == page


def test_a_sentence_knows_which_part_of_it_is_in_another_language() -> None:
    told = spoken("Right: la vie", "la vie", "fr")
    assert isinstance(told, Spoken)
    assert (told, told.own, told.language) == ("Right: la vie", "la vie", "fr")
    assert type(spoken("Right: la vie", "la vie", "")) is str
