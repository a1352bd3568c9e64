"""Tables that spreadsheets open: their words are read, and nothing in them is reckoned."""

import csv
import io
from collections.abc import Iterable

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.table import table
from tests.unit.web.conftest import Lived, Told


def read(octets: bytes) -> list[list[str]]:
    assert octets.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(octets.decode("utf-8-sig"), newline="")))


def columns(octets: bytes) -> dict[str, Iterable[str]]:
    head, *rows = read(octets)
    assert len(set(head)) == len(head)
    return dict(zip(head, zip(*rows, strict=True), strict=True))


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_what_a_spreadsheet_would_reckon_is_text(sign: str) -> None:
    typed = f'{sign}HYPERLINK("x","y")'
    assert read(b"".join(table(["a", "b"], [[typed, -1]]))) == [["a", "b"], [f"'{typed}", "-1"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_as_a_table_has_the_words_of_its_language_beside_each_code(
    lived: Lived, language: str
) -> None:
    words = Catalogue(language)
    told = columns(lived.visitor.get(f"/{language}/register.csv").body)
    standings = dict(zip(told["standing"], told[words.say("web.stands")], strict=True))
    assert standings == {code: words.word("standing", code) for code in told["standing"]}
    assert set(told[words.say("web.turn")]) != {""}
    assert {*told["kinds"]} > {""}
    assert all(
        bool(code) == bool(said)
        for code, said in zip(told["owed"], told[words.say("web.owed-next")], strict=True)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_as_a_table_are_told_as_on_their_page(told: Told, language: str) -> None:
    words = Catalogue(language)
    found = columns(told.visitor.get(f"/{language}/figures.csv").body)
    page = told.visitor.get(f"/{language}/figures").text
    rows = zip(found["code"], found["value"], found[words.say("web.counts")], strict=True)
    for code, value, definition in rows:
        assert value.isascii()
        assert definition
        assert f"/{language}/figures/{code}" in page
    assert told.visitor.get("/data/figures.csv").body.startswith(b"code,")
