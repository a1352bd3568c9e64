"""Where there is a form, every page of the register leads to it and names whom to ask."""

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.unit.web.form.conftest import SETTINGS, Desk


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rest", ["", "/register", "/verify", "/nothing-here", "/find?number=x"])
def test_a_page_of_the_register_leads_to_the_form_and_names_whom_to_ask(
    desk: Desk, language: str, rest: str
) -> None:
    page = desk.sender(language=language).ask(f"/{language}{rest}")
    words = Catalogue(language)
    assert f'<a href="/{language}/f">{words.say("web.nav-form")}</a>' in page.text
    assert SETTINGS["contact"] in page.text.partition("<footer>")[2]
    if not rest:
        assert f'<a class="button" href="/{language}/f">' in page.text
