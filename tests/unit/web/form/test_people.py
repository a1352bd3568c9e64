"""Several people in one allegation: each is named, asked, changed, removed and shown by itself."""

import json
import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest

from answerable.core.case.limits import TARGETS
from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES
from answerable.web.form.copies import FORMAT, restored
from tests.support.senders import Page, Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_copies import KEY, answers_of, made, put_back
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_preview import preview, without_danger
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known

FIRST, SECOND, THIRD = (f"allegations/1/targets/{number}" for number in (1, 2, 3))


def with_people(desk: Desk, *initials: str, language: str = "en") -> Sender:
    """Return a sender at the page of the last of these people."""
    sender = desk.sender(language)
    known(sender)
    sender.open(_at(sender, "5/1"))
    sender.press("stop", typed={"allegations/1/what": WHAT})
    sender.open(_at(sender, "21/1"))
    for number, one in enumerate(initials, start=1):
        if number > 1:
            sender.press("add-person")
        sender.press("stop", typed={f"allegations/1/targets/{number}/initials": one})
        sender.open(_at(sender, f"21/1/{number}"))
    return sender


def said_in(desk: Desk, sender: Sender) -> dict[str, Any]:
    """Send what was written, and return the fields of its record."""
    sender.open(_at(sender, "12"))
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    (act,) = desk.application.dockets.acts(docket.id)
    return {one.path: one.value for one in desk.application.reading.content(act)}


def who_is_listed(page: Page) -> list[str]:
    words = r"<li>([^<]*)<p class=\"actions\">"
    return [unescape(one) for one in re.findall(words, page.text)]


# --- One after the other. ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_person_is_asked_who_they_are_and_then_what_they_agree_to(
    desk: Desk, language: str
) -> None:
    sender = with_people(desk, "S.D.", language=language)
    visited = []
    sender.press("add-person")
    for typed in (
        {f"{SECOND}/described": "Who sells fish"},
        {f"{FIRST}/consent/included": "yes"},
        {f"{SECOND}/consent/included": "no"},
    ):
        visited.append(sender.page.address)
        sender.press(typed=typed)
    f = f"/{language}/f"
    assert visited == [f"{f}/21/1/2", f"{f}/23/1", f"{f}/23/1/2"]
    assert sender.page.address == f"{f}/22/1"
    back = [sender.press("back").address for _ in range(3)]
    assert back == [*reversed(visited)]
    assert "<strong>Who sells fish</strong>" in sender.open(f"{f}/23/1/2").text
    said = said_in(desk, sender)
    assert said[f"{FIRST}/initials"] == "S.D."
    assert said[f"{SECOND}/described"] == "Who sells fish"
    assert (said[f"{FIRST}/consent/included"], said[f"{SECOND}/consent/included"]) == ("yes", "no")
    assert not desk.logged


def test_a_report_of_one_person_is_asked_as_before(desk: Desk) -> None:
    sender = with_people(desk, "S.D.")
    page = sender.open("/en/f/21/1")
    assert page.read.form.action == "/en/f/21/1"
    assert who_is_listed(page) == []
    assert not re.search(r"[Pp]erson 1", page.text)
    assert sender.press().address == "/en/f/23/1"
    assert "<strong>" not in sender.page.text
    assert sender.press().address == "/en/f/22/1"
    assert ", person" not in sender.open("/en/f/12").text
    rows = re.findall(r'href="(/en/f/2[13]/[^"]*)"', sender.open("/en/f/3").text)
    assert rows == ["/en/f/21/1", "/en/f/23/1"]


def test_people_are_listed_with_what_they_are_called_and_can_be_changed(desk: Desk) -> None:
    sender = with_people(desk, "S.D.", "C.S.")
    sender.press("add-person")
    sender.press("stop", typed={f"{THIRD}/kind": "community"})
    assert "People: 3" in sender.page.text
    page = sender.open("/en/f/21/1/2")
    assert who_is_listed(page) == ["S.D.", "C.S.", "Person 3"]
    assert "Who was affected: part 1, person 2" in page.text
    assert 'aria-label="Change: Person 3"' in page.text
    assert page.size < 12 * 1024
    page = sender.press("person", "3", typed={f"{SECOND}/initials": "C.T."})
    assert page.address == "/en/f/21/1/3"
    assert who_is_listed(page) == ["S.D.", "C.T.", "Person 3"]


# --- Removed. ---


def test_who_is_removed_is_gone_with_their_answers_and_nobody_else_is(desk: Desk) -> None:
    sender = with_people(desk, "S.D.", "C.S.", "N.V.")
    sender.open("/en/f/23/1/2")
    sender.press("stop", typed={f"{SECOND}/consent/published": "no"})
    sender.open("/en/f/21/1/3")
    page = sender.press("remove-person", "2", typed={f"{THIRD}/described": "a neighbour"})
    assert page.address == "/en/f/21/1/3"
    assert who_is_listed(page) == ["S.D.", "N.V."]
    said = said_in(desk, sender)
    of_people = {path: value for path, value in said.items() if "/targets/" in path}
    assert of_people == {
        f"{FIRST}/initials": "S.D.",
        f"{SECOND}/initials": "N.V.",
        f"{SECOND}/described": "a neighbour",
    }


@pytest.mark.parametrize("number", [1, 2])
def test_a_removal_that_comes_twice_removes_nobody_else(desk: Desk, number: int) -> None:
    sender = with_people(desk, "S.D.", "C.S.", "N.V.")
    sender.open(f"/en/f/21/1/{number}")
    address, posted = sender.filled("remove-person", str(number))
    before = answers_of(desk, sender)
    gone = f"allegations/1/targets/{number}/initials"
    for _ in range(2):
        assert again(sender, address, posted).status == 303
    assert answers_of(desk, sender) == {path: one for path, one in before.items() if path != gone}


def test_who_is_left_alone_is_asked_like_the_only_one(desk: Desk) -> None:
    sender = with_people(desk, "S.D.", "C.S.")
    sender.open("/en/f/21/1")
    page = sender.press("remove-person", "1")
    assert page.address == "/en/f/21/1/2"
    assert who_is_listed(page) == []
    # Links from before lead to who is there.
    assert sender.open("/en/f/23/1").address == "/en/f/23/1/2"
    assert "part 1, person" not in sender.page.text
    assert "/en/f/21/1/2" in sender.open("/en/f/3").links
    assert said_in(desk, sender)[f"{FIRST}/initials"] == "C.S."


# --- Shown, and what is wrong. ---


def test_each_person_stands_on_the_last_page_and_is_changed_from_there(desk: Desk) -> None:
    sender = with_people(desk, "S.D.", "C.S.")
    sender.open("/en/f/21/1")
    sender.press("remove-person", "1")
    sender.press("add-person")
    sender.press(typed={f"{THIRD}/described": "two who sell fish"})
    sender.open("/en/f/23/1/3")
    sender.press("stop", typed={f"{THIRD}/consent/published": "no"})
    page = sender.open("/en/f/12")
    text = unescape(page.text)
    for number, address in ((1, "21/1/2"), (2, "21/1/3")):
        change = f'aria-label="Change: Who was affected, person {number}, Allegation 1"'
        assert f'href="/en/f/{address}?then=12" {change}' in text
    assert 'aria-label="Change: Whether they agreed, person 2, Allegation 1"' in text


def test_each_reader_is_shown_of_each_person_what_they_will_read() -> None:
    draft = without_danger()
    for number, name in ((4, "Chan"), (9, "Sok")):
        draft.put(f"allegations/1/targets/{number}/name", (name,))
        draft.put(f"allegations/1/targets/{number}/kind", ("person",))
    groups = {
        reader: [
            (group.name, group.href, [line.value for line in group.lines])
            for card in preview(draft).cards(reader)
            for group in card.groups
        ]
        for reader in ("secretariat", "public")
    }
    for number, ordinal, name in ((4, 2, "Chan"), (9, 3, "Sok")):
        place = (f"Who was affected, person {ordinal}", f"21/1/{number}")
        assert (*place, ["a person", name]) in groups["secretariat"]
        assert (*place, ["a person"]) in groups["public"]
    assert any(head == "Whether they agreed, person 1" for head, *_ in groups["secretariat"])
    assert not any("agreed" in head for head, *_ in groups["public"])


def test_what_is_wrong_with_one_person_is_told_on_their_page_alone(desk: Desk) -> None:
    sender = with_people(desk, "S.D.", "C.S.", "N.V.")
    sender.open("/en/f/21/1")
    sender.press("remove-person", "1")
    sender.open("/en/f/21/1/3")
    assert sender.press(typed={f"{THIRD}/name": "x" * 300}).status == 422
    assert 'href="#q-target-name"' in sender.page.text
    sender.open("/en/f/21/1/2")
    assert sender.press("stop").status == 200
    page = sender.open("/en/f/12")
    assert "/en/f/21/1/3?then=12" in page.links
    # On the last page people are counted as the record counts them.
    assert "Allegation 1, Name of whom it was done to 2" in page.text


def test_who_is_added_from_the_last_page_is_asked_what_they_agree_to(desk: Desk) -> None:
    sender = with_people(desk, "S.D.")
    sender.open("/en/f/21/1?then=12")
    sender.press("add-person")
    page = sender.press(typed={f"{SECOND}/initials": "C.S."})
    assert page.address == "/en/f/23/1/2?then=12"
    assert sender.press(typed={f"{SECOND}/consent/included": "yes"}).address == "/en/f/12"


# --- As many as a record takes, and with the same facts. ---


def test_there_are_as_many_people_as_a_record_takes(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    people = {f"allegations/1/targets/{n}/initials": [f"P{n}"] for n in range(1, TARGETS + 9)}
    said = {"allegations/1/what": [WHAT], **people}
    put_back(sender, made(desk, {"answers": said, "format": FORMAT}), KEY.digits)
    page = sender.open("/en/f/21/1")
    assert len(who_is_listed(page)) == TARGETS == 50
    assert "takes 50 people or groups" in page.text
    assert "add-person" not in page.text
    assert sender.open("/en/f/21/1/51").address == "/en/f/21/1"
    assert sender.ask("/en/f/21/1/101").status == sender.ask("/en/f/21/1/2/3").status == 404
    assert "add-person" in sender.press("remove-person", "7").text


def test_another_with_the_same_facts_has_the_same_people(desk: Desk) -> None:
    sender = with_people(desk, "S.D.", "C.S.")
    sender.open("/en/f/23/1/2")
    sender.press("stop", typed={f"{SECOND}/consent/contacted": "no"})
    sender.open("/en/f/5/1")
    sender.press("split")
    assert who_is_listed(sender.open("/en/f/21/2")) == ["S.D.", "C.S."]
    assert ("allegations/2/targets/2/consent/contacted", "no") in sender.open(
        "/en/f/23/2/2"
    ).form.fields


# --- On record. ---


def test_a_consent_is_narrowed_of_the_people_whose_it_is(desk: Desk) -> None:
    sender = with_people(desk, "S.D.", "C.S.")
    sender.press("add-person")
    sender.press("stop", typed={f"{THIRD}/kind": "community"})
    said_in(desk, sender)
    key = key_of(sender)
    sender.open("/en/f/return")
    assert "S.D.; C.S." in sender.press(key=key).text
    page = sender.open("/en/f/case/consent-narrowed")
    assert re.findall(r">(Allegation 1, person [^<]*)</label>", page.text) == [
        "Allegation 1, person 1: S.D.",
        "Allegation 1, person 2: C.S.",
        "Allegation 1, person 3",
    ]
    ticked = (f"{SECOND}/", f"{THIRD}/", "allegations/2/targets/1/")
    sender.press(
        typed={"part-purpose": "published", "narrow-whose": ticked, "narrow-what": "names"}
    )
    docket = desk.application.return_keys.docket(typed_return_key(key))
    act = desk.application.dockets.acts(docket.id)[1]
    said = {one.path: one for one in desk.application.reading.content(act)}
    assert said["whose"].value == "Allegation 1, person 2: C.S.\nAllegation 1, person 3"
    assert "public" not in said["whose"].readers
    assert "member" not in said["whose"].readers


def test_of_what_is_not_shown_again_nobody_is_listed(desk: Desk) -> None:
    sender = with_people(desk, "S.D.", "C.S.")
    sender.open("/en/f/2")
    sender.press(level="3")
    said_in(desk, sender)
    key = key_of(sender)
    sender.open("/en/f/return")
    sender.press(key=key)
    page = sender.open("/en/f/case/consent-narrowed")
    assert "narrow-who" in page.read.names
    assert "narrow-whose" not in page.read.names
    assert "C.S." not in page.text


# --- What was kept before people had numbers. ---


def test_a_draft_of_the_version_before_opens_with_its_person(desk: Desk) -> None:
    sender = with_people(desk, "S.D.")
    sender.open("/en/f/23/1")
    sender.press("stop", typed={f"{FIRST}/consent/included": "no"})
    kept, token = desk.application.kept_forms, sender.cookies["f"]
    state = json.loads(kept.read(token) or b"")
    answers = state["draft"]["answers"]
    state["draft"]["answers"] = {
        path.replace("targets/1/", "targets/"): said for path, said in answers.items()
    }
    kept.save(token, json.dumps(state).encode())
    assert ("allegations/1/targets/1/initials", "S.D.") in sender.open("/en/f/21/1").form.fields
    said = said_in(desk, sender)
    assert (said[f"{FIRST}/initials"], said[f"{FIRST}/consent/included"]) == ("S.D.", "no")


def test_a_page_that_a_browser_was_given_before_is_taken(desk: Desk) -> None:
    sender = with_people(desk)
    body = sender.filled(typed={f"{FIRST}/initials": "S.D."})[1]["wsgi.input"].getvalue()
    old = body.replace(b"targets%2F1%2F", b"targets%2F")
    assert old != body
    more = {"wsgi.input": BytesIO(old), "CONTENT_LENGTH": str(len(old))}
    _, posted = sender.filled()
    sender.open("/en/f/21/1", "POST", **{**posted, **more})
    assert answers_of(desk, sender)[f"{FIRST}/initials"] == ["S.D."]


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ({"allegations/3/targets/name": ["Chan"]}, {f"{FIRST}/name": ["Chan"]}),
        (
            {
                "allegations/3/targets/consent/included": ["no"],
                "allegations/3/targets/7/name": ["Sok"],
                "allegations/3/targets/9/kind": ["person", "x"],
            },
            {
                f"{FIRST}/consent/included": ["no"],
                f"{SECOND}/name": ["Sok"],
                f"{THIRD}/kind": ["person"],
            },
        ),
        ({"allegations/1/targets/0/name": ["a"], "allegations/1/targets/1000/name": ["b"]}, {}),
        ({"allegations/{n}/targets/{m}/name": ["a"], "allegations/1/targets/x/name": ["b"]}, {}),
    ],
    ids=["of the version before", "with gaps", "no number", "no path"],
)
def test_a_copy_is_put_back_with_all_its_people(
    said: dict[str, list[str]], taken: dict[str, list[str]]
) -> None:
    assert dict(restored(said)) == taken
