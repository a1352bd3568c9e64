"""The rules in force are told whole: who owes what from which act, what stops it, where else."""

import re
from base64 import b64decode
from hashlib import sha256
from html import unescape

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.locale.fingerprint_words import fingerprint_in_words
from tests.unit.web.conftest import Answers, Lived

RULES = "/rules/procedures/training-mechanism@2"


def row(page: str, title: str) -> str:
    """Return what the table of clocks says of one."""
    found = page.partition(f'<th scope="row">{title}</th>')[2].partition("</tr>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_a_clock_is_told_with_what_begins_stops_and_meets_it(lived: Lived) -> None:
    page = unescape(lived.visitor.get(f"/en{RULES}").text)
    finding = row(page, "Finding or disposition")
    assert "Accepted for examination" in finding
    assert "60 working days" in finding
    assert "It stands still from: a question was asked" in finding
    assert "A finding was issued" in finding
    assert "Member body" in page.partition("<h2>Seats</h2>")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_of_every_register_are_told_in_every_language(
    lived: Lived, answers: Answers, language: str
) -> None:
    for visitor in (lived.visitor, answers.visitor):
        rules = visitor.get(f"/{language}/rules").text
        links = re.findall(rf'href="(/{language}/rules/[^"]+)"', rules)
        assert links
        for link in links:
            page = visitor.get(link)
            assert page.status == 200, link
            assert "None" not in page.text, link


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_off_are_told_by_year_from_this_one_on(lived: Lived, language: str) -> None:
    page = lived.visitor.get(f"/{language}/rules/calendars/xa@1").text
    # \d and int know the digits of Khmer too.
    years = [int(year) for year in re.findall(r"<h3>(\d{4})</h3>", page)]
    assert years[:3] == [2026, 2027, 2028]
    assert years[-6:] == [2025, 2024, 2023, 2022, 2021, 2020]
    assert Catalogue(language).weekday(6) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_key_can_be_read_aloud_in_words_and_in_numbers(lived: Lived, language: str) -> None:
    page = unescape(lived.visitor.get(f"/{language}/keys").text)
    keys = re.findall(r"<code>([^<+]+\+[0-9a-f]+\+[^<]+)</code>", page)
    assert keys
    for key in keys:
        # A verifier key is its name, its hash and, in base64, one byte of its kind and the key.
        public = b64decode(key.split("+", 2)[2])[1:]
        said = fingerprint_in_words(Catalogue(language), sha256(public).digest())
        spans = [f'<span lang="{one.language}">{one.text}</span>' for one in said]
        assert "<br>".join(spans) in page
    assert Catalogue(language).say("page.read-aloud") in page
