"""What the pages of one file say in Khmer has breaks between its words, as on other pages."""

import re

import pytest

from answerable.locale.khmer_breaks import BREAK, breaking, breaking_text, with_breaks
from answerable.verifier.page import page as verifier
from answerable.web.form.offline.page import page as form

SENTENCE = "មិនទាន់មានអ្នកនិយាយភាសាខ្មែរ {name|word}"


def test_a_sentence_has_the_breaks_that_it_has_on_a_page() -> None:
    assert breaking_text(SENTENCE) == breaking(f"<p>{SENTENCE}</p>")[3:-4]
    assert breaking_text(SENTENCE).count(BREAK) == 4


def test_sentences_in_khmer_have_their_breaks_in_a_file_and_no_others() -> None:
    table, broken = {"a": {"b": SENTENCE}, "c": [SENTENCE]}, breaking_text(SENTENCE)
    assert with_breaks(table, "km") == {"a": {"b": broken}, "c": [broken]}
    assert with_breaks(table, "en") == table


@pytest.mark.parametrize("file", [verifier(), form()], ids=["verifier", "form"])
def test_what_stands_there_without_a_script_has_its_breaks(file: bytes) -> None:
    blank = re.findall(r'<p lang="km">(.*?)</p>', file.decode())
    assert blank
    assert all(BREAK in one for one in blank)


@pytest.mark.parametrize("file", [verifier(), form()], ids=["verifier", "form"])
def test_a_line_of_khmer_ends_between_words_in_the_files_that_are_saved(file: bytes) -> None:
    runs = re.findall("[\u1780-\u17d3]{30,}", file.decode())
    assert len(runs) < 40, runs
