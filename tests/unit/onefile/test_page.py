"""What the pages of one file say in Khmer has breaks between its words, as on other pages."""

import json
import re

import pytest

from answerable.locale.khmer_breaks import BREAK, breaking, breaking_text
from answerable.onefile.page import catalogues_of, filled
from answerable.verifier.page import page as verifier
from answerable.web.form.offline.page import page as form

SENTENCE = "មិនទាន់មានអ្នកនិយាយភាសាខ្មែរ {name|word}"


def test_a_sentence_has_the_breaks_that_it_has_on_a_page() -> None:
    assert breaking_text(SENTENCE) == breaking(f"<p>{SENTENCE}</p>")[3:-4]
    assert breaking_text(SENTENCE).count(BREAK) == 4


def test_sentences_in_khmer_are_put_into_a_file_with_their_breaks_and_no_others() -> None:
    tables = {"km": {"a": {"b": SENTENCE}, "c": [SENTENCE]}, "en": {"a": {"b": SENTENCE}}}
    told = catalogues_of(tables).removeprefix("export const CATALOGUES = ").rstrip(";\n")
    broken = breaking_text(SENTENCE)
    assert json.loads(told) == {
        "km": {"a": {"b": broken}, "c": [broken]},
        "en": {"a": {"b": SENTENCE}},
    }


def test_what_stands_there_without_a_script_has_its_breaks() -> None:
    blank = [("en", "No script"), ("km", SENTENCE)]
    page = filled("{blank}", title="", style="", script="", blank=blank).decode()
    assert page == f'<p lang="en">No script</p>\n<p lang="km">{breaking_text(SENTENCE)}</p>'


@pytest.mark.parametrize("file", [verifier(), form()], ids=["verifier", "form"])
def test_a_line_of_khmer_ends_between_words_in_the_files_that_are_saved(file: bytes) -> None:
    runs = re.findall("[\u1780-\u17d3]{30,}", file.decode())
    assert len(runs) < 40, runs
