"""A page, its plain text, its table and its data say the same."""

import csv
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from answerable.locale.catalogue import LANGUAGES
from tests.unit.web.conftest import Answers, Lived

LEFT_OUT = {"form", "nav", "thead"}
"""What a text has no use for: fields, filters, and the heads of columns."""


class Words(HTMLParser):
    """Gathers what the main part of a page says, element by element."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_links = tag == "p" and "also" in (dict(attrs).get("class") or "").split()
        if tag not in {"meta", "link", "input", "br"}:
            self._open.append("nav" if is_links else tag)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - its parser gives it by name
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if "main" in self._open and not LEFT_OUT & set(self._open) and data.strip():
            self.said.append(data.strip(" \n:()"))


def plain(text: str) -> str:
    return re.sub(r"[\s|]+", " ", text)


def missing(page: str, text: str) -> list[str]:
    """Return what a page says and its text does not."""
    words = Words()
    words.feed(page)
    assert len(words.said) > 5
    return [said for said in words.said if plain(said) not in plain(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_case_says_all_that_its_page_says(lived: Lived, language: str) -> None:
    for number in lived.numbers:
        page = lived.visitor.get(f"/{language}/register/{number}").text
        text = lived.visitor.get(f"/{language}/register/{number}.txt").text
        assert missing(page, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_proceeding_says_all_that_its_page_says(
    answers: Answers, language: str
) -> None:
    for play in (answers.board, answers.response, answers.waiting):
        page = answers.visitor.get(f"/{language}/responses/{play.number}").text
        text = answers.visitor.get(f"/{language}/responses/{play.number}.txt").text
        assert missing(page, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_list_says_all_that_its_page_says(lived: Lived, language: str) -> None:
    for rest in ("", "?owed=unanswered"):
        page = lived.visitor.get(f"/{language}/register{rest}").text
        text = lived.visitor.get(f"/{language}/register.txt{rest}").text
        assert missing(page, text) == []


def test_a_list_in_data_and_as_a_table_counts_what_its_page_counts(lived: Lived) -> None:
    data = json.loads(lived.visitor.get("/en/register.json").text)["cases"]
    table = list(
        csv.DictReader(lived.visitor.get("/en/register.csv").text.lstrip("\ufeff").splitlines())
    )
    page = lived.visitor.get("/en/register").text
    assert len(data) == len(table) == len(lived.numbers)
    for one, row in zip(data, table, strict=True):
        told = page.partition(f">{one['number']}</a>")[2].partition("</tr>")[0]
        answered, count = re.findall(r">(\d+) of (\d+)<", told)[0]
        for each in (one, row):
            assert each["number"] == one["number"]
            assert int(each["answered"]) + int(each["matters_answered"]) == int(answered)
            assert int(each["allegations"]) + int(each["matters"]) == int(count)
    (matters,) = (one for one in data if one["number"] == lived.matters)
    assert (matters["matters"], matters["matters_answered"]) == (2, 0)


def test_the_files_beside_a_filtered_list_are_of_what_it_shows(lived: Lived) -> None:
    page = lived.visitor.get("/en/register?owed=unanswered&turn=member").text
    links: list[Any] = re.findall(r'href="(/en/register\.\w+\?[^"]*)"', page)
    assert len(links) == 3
    for link in links:
        text = lived.visitor.get(link.replace("&amp;", "&")).text
        assert lived.referred in text
        assert lived.asked not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_the_clocks_says_all_that_their_page_says(lived: Lived, language: str) -> None:
    for number in lived.numbers:
        page = lived.visitor.get(f"/{language}/register/{number}/clock").text
        text = lived.visitor.get(f"/{language}/register/{number}/clock.txt").text
        assert missing(page, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_the_figures_says_all_that_their_page_says(lived: Lived, language: str) -> None:
    page = lived.visitor.get(f"/{language}/figures").text
    text = lived.visitor.get(f"/{language}/figures.txt").text
    assert missing(page, text) == []
