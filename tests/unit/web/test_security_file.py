"""Whom to tell of a weakness: security.txt, where a contact is set, and a page where none is."""

from datetime import datetime, timedelta

import pytest

from answerable.bootstrap.registers import FolderRegisters
from answerable.bootstrap.serving import checks
from answerable.core.contact import contact_uri
from answerable.locale.catalogue import Catalogue
from answerable.web.security import ADDRESS
from answerable.web.site import Site
from tests.unit.web.conftest import Told

MAIL = "mailto:desk@training.example"


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        (" desk@training.example ", MAIL),
        (MAIL, MAIL),
        ("https://training.example/security", "https://training.example/security"),
        ("tel:+85512345678", "tel:+85512345678"),
        ("+855 (12) 345-678", "tel:+85512345678"),
        ("012 345 678, Monday to Friday", ""),
        ("http://training.example", ""),
        ("mailto:a@b.example\nContact: mailto:other@example", ""),
        ("Room 4", ""),
        ("", ""),
    ],
)
def test_a_contact_is_made_a_uri_where_it_can_be_one(typed: str, uri: str) -> None:
    assert contact_uri(typed) == uri


def test_the_file_names_the_contact_until_a_day_within_a_year(told: Told) -> None:
    visitor = told.visitor
    registers = FolderRegisters(visitor.folder, visitor.now)
    visitor.site = Site(registers, visitor.logged.append, checks=checks(), contact=MAIL)
    answered = visitor.get(ADDRESS)
    visitor.restart()
    assert answered.status == 200
    assert answered.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answered.text.splitlines())
    assert fields["Contact"] == MAIL
    assert fields["Preferred-Languages"] == "en, km, fr"
    ends = datetime.fromisoformat(fields["Expires"])
    published = registers.current().now
    assert timedelta(0) < ends - published < timedelta(days=365)


def test_without_a_contact_a_page_says_where_the_rule_is(told: Told) -> None:
    answered = told.visitor.get(ADDRESS)
    assert answered.status == 404
    assert "SECURITY.md" in answered.text
    assert Catalogue("en").say("error.no-security-contact.what") in answered.text
    assert told.visitor.logged == []
