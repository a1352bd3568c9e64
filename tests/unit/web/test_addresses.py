"""Addresses as people type, cut and keep them lead to what is meant, or say what is wrong."""

from html import unescape

import pytest

from answerable.core.numbers import DocketNumber
from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.unit.web.conftest import Lived


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/km/register/", "/km/register"),
        ("/km/figures/", "/km/figures"),
        ("/register", "/km/register"),
        ("/figures/outcome/no-answer", "/km/figures/outcome/no-answer"),
        ("/register?owed=late", "/km/register?owed=late"),
        ("/verify", "/km/verify"),
    ],
)
def test_a_missing_language_and_a_stroke_too_many_are_forgiven(
    lived: Lived, typed: str, meant: str
) -> None:
    found = lived.visitor.get(typed, HTTP_ACCEPT_LANGUAGE="km,en;q=0.5")
    assert (found.status, found.headers["Location"]) == (303, meant)


@pytest.mark.parametrize("rest", ["", ".txt", ".ics", "/a1", "/clock"])
def test_a_case_has_one_address_however_it_is_typed(lived: Lived, rest: str) -> None:
    for typed in (lived.asked.lower(), lived.asked.translate(KHMER)):
        found = lived.visitor.get(f"/en/register/{typed}{rest}")
        assert found.status == 303
        assert found.headers["Location"] == f"/en/register/{lived.asked}{rest}"


KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_of_no_case_says_what_is_wrong_with_its_number(
    lived: Lived, language: str
) -> None:
    said = Catalogue(language)
    missing = str(DocketNumber("XA", 2026, 999))
    wrong = f"{missing[:-1]}{(int(missing[-1]) + 1) % 10}"
    codes = {missing: "not-in-register", wrong: "wrong-check-digit", "x": "unreadable-number"}
    for number, code in codes.items():
        page = lived.visitor.get(f"/{language}/register/{number}")
        assert page.status == 404
        what = said.explain(code, {"number": number, "found": number[-1]}).what
        assert f"<h1>{what}</h1>" in unescape(page.text)


def test_what_a_case_has_not_is_not_there(lived: Lived) -> None:
    for rest in ("/a99", "/a1.txt", "/clocks", ".", ".pdf", ".json/", "/a1/x"):
        assert lived.visitor.get(f"/en/register/{lived.asked}{rest}").status == 404, rest
    assert lived.visitor.get(f"/en/register/{lived.asked}/a2").headers["Location"].endswith("#a2")
    assert lived.visitor.get("/de/register").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_can_be_read_says_so_to_who_sends_something(lived: Lived, language: str) -> None:
    for method in ("POST", "DELETE", "OPTIONS"):
        page = lived.visitor.get(f"/{language}/register", method)
        assert (page.status, page.headers["Allow"]) == (405, "GET, HEAD")
        assert page.headers["Cache-Control"] == "no-store"
        what = Catalogue(language).explain("method-not-taken", {}).what
        assert f"<h1>{what}</h1>" in unescape(page.text)


def test_in_another_language_a_list_is_of_what_was_chosen_and_typed(lived: Lived) -> None:
    page = unescape(lived.visitor.get("/en/register?owed=late&q=%E1%9E%94&page=1&x=1").text)
    assert '<a lang="km" hreflang="km" href="/km/register?owed=late&q=%E1%9E%94&page=1">' in page
    bad = unescape(lived.visitor.get("/en/register?page=%22x").text)
    assert '<a lang="km" hreflang="km" href="/km/register">' in bad
