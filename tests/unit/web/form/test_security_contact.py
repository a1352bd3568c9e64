"""Whose contact security.txt names, where a mechanism is served."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from answerable.bootstrap import serving
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.variables import FORM, HELP, MECHANISM, REGISTER, SECURITY_CONTACT
from answerable.web.security import ADDRESS
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk


@pytest.fixture
def asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[int, str]]:
    monkeypatch.setenv(REGISTER.name, str(desk.folder.parent / "register"))
    monkeypatch.setenv(FORM.name, "yes")
    monkeypatch.setenv(MECHANISM.name, str(desk.folder))

    def found(contact: str) -> tuple[int, str]:
        monkeypatch.setattr(serving, "host_of", lambda _: replace(desk.host, contact=contact))
        sender = Sender(serving.site())
        page = sender.ask(ADDRESS)
        return page.status, page.text

    return found


def test_it_is_the_mechanism_s_where_it_can_be_written_as_a_uri(
    asked: Callable[[str], tuple[int, str]],
) -> None:
    assert asked("012 345 678, Monday to Friday")[0] == 404
    status, text = asked("desk@training.example")
    assert status == 200
    assert "Contact: mailto:desk@training.example\n" in text


def test_what_the_operator_sets_comes_first(
    asked: Callable[[str], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECURITY_CONTACT.name, "https://training.example/security")
    status, text = asked("desk@training.example")
    assert status == 200
    assert "Contact: https://training.example/security\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_register_without_the_form_tells_whom_to_ask_where_its_server_was_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    help_at = "012 345 678, Monday to Friday"
    monkeypatch.setenv(REGISTER.name, str(desk.folder.parent / "register"))
    monkeypatch.delenv(FORM.name, raising=False)
    asked = f"/{language}", f"/{language}/nothing-here"
    assert not any(help_at in Sender(serving.site()).ask(one).text for one in asked)
    monkeypatch.setenv(HELP.name, help_at)
    home, error = (Sender(serving.site()).ask(one).text for one in asked)
    assert help_at in home.partition("<footer>")[2]
    assert help_at in error.partition("<footer>")[0]
    assert f'href="/{language}/f"' not in home


@pytest.mark.parametrize("contact", ["", "099 999 999"])
def test_the_pages_of_the_form_name_the_same_whom_to_ask_as_all_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, contact: str
) -> None:
    help_at = "012 345 678, Monday to Friday"
    monkeypatch.setenv(REGISTER.name, str(desk.folder.parent / "register"))
    monkeypatch.setenv(FORM.name, "yes")
    monkeypatch.setenv(MECHANISM.name, str(desk.folder))
    monkeypatch.setenv(HELP.name, help_at)
    monkeypatch.setattr(serving, "host_of", lambda _: replace(desk.host, contact=contact))
    sender, nobody = Sender(serving.site()), Catalogue("en").say("form.no-contact")
    for place in ("/en", "/en/f", "/en/f/card", "/en/f/return", "/en/safety"):
        page = sender.open(place).text
        assert help_at in page
        assert nobody not in page
        assert not contact or contact not in page
