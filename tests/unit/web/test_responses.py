"""Public pages of proceedings and of bodies: every gap is drawn, and nothing is shown too early."""

import json
import re
from html import unescape
from urllib.parse import quote

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.support.cases import BODY, MONITOR, OFFICE, OTHER_BODY
from tests.support.published_proceedings import EDITED, NEVER, SECRET
from tests.support.signing import key_of
from tests.unit.web.conftest import Answers

PAGES = ("/responses", "/bodies", f"/bodies/{BODY.party}", "/standings", "")
FILES = ("/responses.json", "/responses.txt", "/bodies.json", "/bodies.txt")


def numbers(told: Answers) -> list[str]:
    return [play.number for play in (told.board, told.response, told.waiting)]


def addresses(told: Answers, language: str) -> list[str]:
    pages = [f"/responses/{number}{form}" for number in numbers(told) for form in ("", ".txt")]
    bodies = [f"/bodies/{BODY.party}{form}" for form in (".txt", ".json")]
    return [f"/{language}{rest}" for rest in (*PAGES, *FILES, *pages, *bodies)]


def page(told: Answers, number: str, form: str = "", language: str = "en") -> str:
    return unescape(told.visitor.get(f"/{language}/responses/{number}{form}").text)


def section(text: str, point: int) -> str:
    found = re.search(rf'<section id="p{point}".*?</section>', text, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in_its_language(answers: Answers, language: str) -> None:
    for address in addresses(answers, language):
        answered = answers.visitor.get(address)
        assert answered.status == 200, address
        if answered.headers["Content-Type"].startswith("text/html"):
            assert f'<html lang="{language}"' in answered.text, address
            assert answered.text.count("<h1>") == 1, address
            ids = re.findall(r' id="([^"]+)"', answered.text)
            assert len(ids) == len(set(ids)), address
    assert answers.visitor.logged == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_tells_what_was_not_sent_or_that_a_proceeding_is_hidden(
    answers: Answers, language: str
) -> None:
    files = json.loads(answers.visitor.get("/data/index.json").text)["files"]
    every = [*addresses(answers, language), *(f"/data/{name}" for name in files)]
    for address in every:
        body = answers.visitor.get(address).body.decode("utf-8", "replace")
        never = NEVER if answers.response.number in address else SECRET
        assert not [words for words in never if words in body], address
        assert answers.hidden.number not in body, address
    assert answers.visitor.get(f"/en/responses/{answers.hidden.number}").status == 404


@pytest.mark.parametrize("form", ["", ".txt"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unassigned_point_a_silent_body_and_an_edit_not_confirmed_are_all_printed(
    answers: Answers, language: str, form: str
) -> None:
    """ux.md, acceptance 11, in public: whatever the procedure publishes beside the board."""
    words = Catalogue(language)
    name = f"member of {BODY.party}"
    for play in (answers.board, answers.response):
        text = page(answers, play.number, form, language)
        assert words.say("proceeding.unassigned", points=words.ranges([3])) in text
        assert words.say("proceeding.assigned-to-nobody") in text
        assert words.say("proceeding.not-confirmed", body=name) in text
    waiting = page(answers, answers.waiting.number, form, language)
    role = words.say("choice.lead")
    assert words.say("proceeding.owes", body=name, role=role) in waiting
    assert words.say("web.not-sent-box") in waiting


def test_what_is_owed_and_not_there_is_an_empty_box(answers: Answers) -> None:
    text = page(answers, answers.waiting.number)
    for point in (1, 2, 3):
        assert '<div class="empty' in section(text, point)
    board = text.partition('id="board"')[2].partition("<section")[0]
    assert board.count('class="empty small"') == 3
    assert "drafted" in board
    assert "not opened" in board


def test_what_was_sent_stands_at_its_point_and_what_came_later_does_not(answers: Answers) -> None:
    text = page(answers, answers.response.number)
    assert "Point 1." in section(text, 1)
    assert EDITED in section(text, 1)
    assert "LANGO, article 9" in section(text, 1)
    # The other body handed over when it was sent: the gap is told, and what it says is not.
    assert "nothing stands from it" in section(text, 2)
    assert "HANDED OVER LATE" in section(text, 2)
    assert "is not public, or not yet" in section(text, 2)
    assert EDITED not in page(answers, answers.board.number)
    assert "publishes the board alone" in section(page(answers, answers.board.number), 1)
    assert "once the response is sent" in section(page(answers, answers.waiting.number), 1)


@pytest.mark.parametrize("form", ["", ".txt"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_an_answer_is_signed_stands_beside_it(
    answers: Answers, language: str, form: str
) -> None:
    words = Catalogue(language)
    body, other = f"member of {BODY.party}", f"member of {OTHER_BODY.party}"
    text = page(answers, answers.response.number, form, language)
    assert words.say("web.signed", body=body) in text
    assert words.say("page.unsigned", party=other) in text
    unsigned = page(answers, answers.board.number, form, language)
    assert words.say("web.signed", body=body) not in unsigned
    assert words.say("page.unsigned", party=body) in unsigned


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_body_s_page_names_its_key_and_of_one_without_that_there_is_none(
    answers: Answers, language: str
) -> None:
    key, words = key_of(BODY.party).public.hex(), Catalogue(language)
    for form in ("", ".txt", ".json"):
        assert key in answers.visitor.get(f"/{language}/bodies/{BODY.party}{form}").text, form
        other = unescape(answers.visitor.get(f"/{language}/bodies/{OTHER_BODY.party}{form}").text)
        assert key not in other
        if form != ".json":
            assert words.say("web.body-no-key") in other


def test_the_sentence_about_the_sending_names_both_time_zones(answers: Answers) -> None:
    sent = page(answers, answers.board.number)
    assert re.search(r"Sent [^<]*Phnom Penh; which is [^<]*Brussels", sent)
    waiting = page(answers, answers.waiting.number)
    assert re.search(
        r"Not sent\. Due in \d+ days \([^<]*24:00, Brussels; which is [^<]*06:00", waiting
    )
    assert "Working days left by the calendar" in waiting
    assert f"To</dt><dd>monitor of {MONITOR.party}" in sent
    assert f"By</dt><dd>secretariat of {OFFICE.party}" in sent


def test_a_list_shows_what_is_not_sent_before_what_is(answers: Answers) -> None:
    text = answers.visitor.get("/en/responses").text
    order = re.findall(r'/en/responses/([A-Z0-9-]+)"', text)
    assert order[0] == answers.waiting.number
    assert set(order) == set(numbers(answers))
    told = json.loads(answers.visitor.get("/en/responses.json").text)["responses"]
    assert {one["number"]: one["publishes"] for one in told}[answers.board.number] == "board"


def test_every_standing_leads_to_its_meaning_and_its_act(answers: Answers) -> None:
    meanings = answers.visitor.get("/en/standings").text
    for number in numbers(answers):
        text = page(answers, number)
        (code,) = re.findall(r'class="stamp" href="/en/standings#([a-z-]+)"', text)
        assert f'id="{code}"' in meanings
        (cause,) = re.findall(r'href="#act-(\d+)">By act', text)
        assert f'id="act-{cause}"' in text


def test_an_address_of_a_point_leads_to_its_place(answers: Answers) -> None:
    number = answers.board.number
    assert answers.visitor.get(f"/en/responses/{number}/p2").headers["Location"].endswith("#p2")


def test_a_body_is_counted_with_its_cases_and_without_a_rate(answers: Answers) -> None:
    text = answers.visitor.get(f"/en/bodies/{BODY.party}").text
    told = json.loads(answers.visitor.get(f"/en/bodies/{BODY.party}.json").text)
    assert told["name"] == f"member of {BODY.party}"
    assert told["counts"]["with"] == 1
    assert told["counts"]["outcome/"] == 1
    assert told["counts"]["points"] == 3
    assert "silent" in told["counts"]
    assert "%" not in re.sub(r'href="[^"]*"', "", text)
    for address in re.findall(r'href="(/en/register\?[^"]+)"', text):
        listed = answers.visitor.get(address.replace("&amp;", "&")).text
        assert answers.case in listed, address
    other = json.loads(answers.visitor.get(f"/en/bodies/{OTHER_BODY.party}.json").text)
    assert "with" not in other["counts"]


def test_a_party_that_is_no_body_has_no_page(answers: Answers) -> None:
    assert answers.visitor.get("/en/bodies/p1").status == 404
    assert answers.visitor.get("/en/bodies/p99").status == 404
    assert "p2" not in json.loads(answers.visitor.get("/en/bodies.json").text)["bodies"][0]["name"]


def test_acts_of_bodies_name_them_on_the_page_of_a_case(answers: Answers) -> None:
    text = answers.visitor.get(f"/en/register/{answers.case}").text
    assert f"secretariat of {OFFICE.party}" in text


def found(told: Answers, typed: str) -> str:
    return told.visitor.get(f"/en/register?q={quote(typed)}").text


def test_a_case_is_found_by_its_public_words_its_bodies_and_its_number(answers: Answers) -> None:
    link = f'href="/en/register/{answers.case}"'
    for typed in ("closed office", answers.case, f"member {BODY.party}"):
        assert link in found(answers, typed), typed
    assert link not in found(answers, "closed bakery")


def test_what_was_sent_is_found_and_what_was_not_is_not(answers: Answers) -> None:
    assert f"/en/responses/{answers.response.number}" in found(answers, EDITED)
    assert f"/en/responses/{answers.board.number}" not in found(answers, EDITED)
    for words in NEVER[2:]:
        assert "/en/responses/X" not in found(answers, words)


def test_what_is_typed_comes_back_as_text_and_the_page_says_where_it_goes(
    answers: Answers,
) -> None:
    text = found(answers, '"><script>x</script>')
    assert "<script" not in text
    assert "part of the address" in text
    typed = json.loads(answers.visitor.get("/en/register.json?q=closed").text)
    assert [one["number"] for one in typed["cases"]] == [answers.case]
