"""The last look: all that will be handed in is shown, to each reader what that reader will see."""

import re
from functools import partial
from html import unescape
from uuid import UUID

import pytest

from answerable.locale.catalogue import LANGUAGES
from answerable.web.form.draft import Draft, kept_path
from answerable.web.form.handed import handed
from answerable.web.form.preview import Card, Preview
from answerable.web.form.questions import QUESTION_PAGES, READERS, Shape
from answerable.web.rendering import catalogue_of
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, known, quick

TYPED = "Something that was typed"


def everything(level: str = "1") -> Draft:
    """A draft in which every question of every page has an answer."""
    draft = Draft(UUID(int=0), "")
    draft.put("level", (level,))
    draft.put("readers", READERS)
    for name in ("organisation", "name", "contact"):
        draft.put(f"speaker/{name}", (f"{TYPED}: {name}",))
    for page in QUESTION_PAGES.values():
        for at, one in enumerate(page.questions):
            said = "yes" if one.shape is Shape.YES else f"{TYPED} {page.code} {at}"
            dated = one.path.endswith(("date", "date-to"))
            draft.put(one.at(1), one.choices[:1] or ("12/5/2026" if dated else said,))
    draft.answers.pop("allegations/1/place/do-not-publish")
    return draft


def shown(cards: list[Card]) -> list[str]:
    return [line.value for card in cards for group in card.groups for line in group.lines]


def preview(draft: Draft, language: str = "en") -> Preview:
    submission, problems = handed(draft, language)
    assert submission is not None, problems
    kept = partial(kept_path, draft)
    return Preview(
        catalogue_of(language), submission, lambda *parts: "/".join(map(str, parts)), kept
    )


def test_in_khmer_what_a_field_is_called_has_no_digit_of_another_script() -> None:
    cards = preview(everything(), "km").cards()
    names = [line.name for card in cards for group in card.groups for line in group.lines]
    assert any("១" in name for name in names)
    assert not [name for name in names if re.search("[0-9]", name)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reader_is_shown_every_field_that_they_will_read_and_no_other(language: str) -> None:
    looked = preview(without_danger(), language)
    fields = [one for one in looked.submission.fields() if one.path != "format"]
    assert len(shown(looked.cards())) == len(fields)
    for reader in READERS:
        theirs = [one for one in fields if {reader, "public"} & {*one.readers}]
        assert len(shown(looked.cards(reader))) == len(theirs)
        for one in fields:
            if isinstance(one.value, str) and one.value.startswith(TYPED):
                assert (one.value in shown(looked.cards(reader))) is (one in theirs), one.path


def without_danger(level: str = "1") -> Draft:
    draft = everything(level)
    draft.answers = {p: v for p, v in draft.answers.items() if not p.startswith("danger-now")}
    return draft


@pytest.mark.parametrize("draft", [everything(), without_danger("3")], ids=["danger", "no names"])
def test_of_a_silhouette_everyone_is_shown_no_word(draft: Draft) -> None:
    looked = preview(draft)
    assert looked.is_outline("public")
    assert not looked.cards("public")
    assert shown(looked.cards("secretariat"))
    assert not looked.is_outline("secretariat")


def test_consent_risk_danger_and_an_earlier_sending_stand_before_the_button(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    for page, path, said in (
        ("9", "risk/why", "They have guns."),
        ("9", "risk/must-not", "Do not call."),
        ("10", "danger-now/what", "They wait outside."),
        ("10", "danger-now/reach", "Through my sister."),
        ("11", "sent-before/office", "District hall"),
    ):
        sender.open(f"/en/f/{page}?then=12")
        sender.press(typed={path: said})
        whole, *sights = unescape(sender.page.text).partition("<h2>What each")[::2]
        (secretariat, member, monitor, public) = sights[0].split("<details>")[1:]
        assert said in whole
        assert said in secretariat
        assert said in monitor
        assert (said in member) is (path != "danger-now/reach"), path
        assert said not in public
    assert "Nothing of what you wrote." in public


def test_what_was_typed_is_said_to_be_in_its_language(desk: Desk) -> None:
    sender = desk.sender("en")
    quick(sender, allegations_1_place_words="the market")
    assert f'<dd lang="km">{WHAT}</dd>' in sender.page.text
    assert '<dd lang="en">the market</dd>' in sender.page.text
    page = sender.open("/km/f/12")
    assert '<dd lang="und">the market</dd>' in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_that_lead_elsewhere_are_called_otherwise(desk: Desk, language: str) -> None:
    sender = desk.sender(language)
    known(sender, readers=READERS)
    for number in (1, 2):
        sender.open(f"/{language}/f/5/{number}")
        sender.press(typed={f"allegations/{number}/what": f"The door and {number}"})
    page = sender.open(f"/{language}/f/12")
    links = re.findall(r'<a href="([^"]+)"(?: aria-label="([^"]+)")?>([^<]+)</a>', page.text)
    change = catalogue_of(language).say("form.change")
    named = {(href, name) for href, name, text in links if text == change}
    assert len(named) > len(("one", "two", "known"))
    assert all(name.startswith(change) for _, name in named)
    # A note that a text may be two leads to where it is split, the others to its page.
    places: dict[str, set[str]] = {}
    for href, name in named:
        places.setdefault(name, set()).add(href.replace("/f/16/", "/f/5/"))
    assert all(len(hrefs) == 1 for hrefs in places.values()), places
