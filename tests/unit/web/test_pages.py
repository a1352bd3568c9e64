"""Pages of a register: what each shows, what none shows, and that silence takes up space."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from answerable.bootstrap.registers import FolderRegisters
from answerable.bootstrap.serving import checks
from answerable.core.numbers import DocketNumber
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.register import lists
from answerable.web.site import Site
from tests.support.websites import Visitor
from tests.unit.web.conftest import Answers, Lived, Told

PAGES = (
    *(
        "",
        "/register",
        "/not-listed",
        "/figures",
        "/figures/outcome/no-answer",
        "/rules",
        "/keys",
        "/open-data",
    ),
    *("/accessibility", "/privacy", "/standings", "/nothing-here", "/find?number=x"),
)
FILES = (
    *("/register.csv", "/register.json", "/register.txt", "/figures.csv", "/figures.json"),
    *("/acts.atom", "/rules.json", "/keys.json", "/standings.json", "/open-data.json"),
)
MARK = re.compile(r"\b1\d{8}\b")


def addresses(told: Told, language: str) -> list[str]:
    cases = [
        f"/register/{number}{form}"
        for number in (told.waiting, told.public, told.left)
        for form in ("", ".txt", ".json")
    ]
    return [f"/{language}{rest}" for rest in (*PAGES, *FILES, *cases)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_language_one_heading_a_title_and_a_way_past_the_head(
    told: Told, language: str
) -> None:
    for address in addresses(told, language):
        page = told.visitor.get(address)
        assert page.status in ({404} if "nothing" in address or "find" in address else {200})
        if not page.headers["Content-Type"].startswith("text/html"):
            continue
        assert re.search(f'<html lang="{language}"[ >]', page.text), address
        assert page.text.count("<h1>") == 1, address
        assert re.search(r"<title>[^<]+ - [^<]+</title>", page.text), address
        assert '<a class="skip" href="#main">' in page.text, address
        assert "<script" not in page.text, address
        assert " style=" not in page.text, address
    assert told.visitor.logged == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_and_no_file_shows_a_private_word_or_a_protected_case(
    told: Told, language: str
) -> None:
    # What was typed comes back in its own field only, so no typed number is among these addresses.
    files = json.loads(told.visitor.get("/data/index.json").text)["files"]
    assert f"cases/{told.waiting}.json" in files
    data = [f"/data/{name}" for name in files]
    for address in (*addresses(told, language), *data):
        body = told.visitor.get(address).body.decode("utf-8", "replace")
        assert not [word for word in told.private if word in body], address
        assert "203.0.113.9" not in body, address
        marks = set(MARK.findall(body))
        allowed = set(MARK.findall(told.visitor.get(f"/en/register/{told.public}").text))
        assert marks <= allowed, address
        assert len(allowed) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_allegation_without_an_answer_has_an_empty_box_in_page_text_and_data(
    told: Told, language: str
) -> None:
    page = told.visitor.get(f"/{language}/register/{told.waiting}").text
    sections = re.findall(r'<section id="(a\d+)".*?</section>', page, re.DOTALL)
    assert sections == ["a1", "a2"]
    for section in re.findall(r'<section id="a\d+".*?</section>', page, re.DOTALL):
        answer = section.rpartition("<h3>")[2]
        assert '<div class="empty' in answer
    text = told.visitor.get(f"/{language}/register/{told.waiting}.txt").text
    words = Catalogue(language)
    heads = (words.say("web.box", owed="").strip(), words.say("web.nothing-yet"))
    answers = text.split(f"== {words.say('web.answer')} ==")[1:]
    assert len(answers) == 2
    for answer in answers:
        assert any(head in answer for head in heads)
        assert "+- - -" in answer
    owed = json.loads(told.visitor.get(f"/{language}/register/{told.waiting}.json").text)["owed"]
    waiting = {n for one in owed if one["met_by"] is None for n in one["allegations"]}
    assert waiting == {1, 2}


def test_the_data_of_a_case_say_of_each_allegation_and_matter_whether_it_is_answered(
    told: Told, lived: Lived
) -> None:
    def data(visitor: Visitor, number: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(visitor.get(f"/en/register/{number}.json").text)
        return found

    waiting, left = data(told.visitor, told.waiting), data(told.visitor, told.left)
    assert [(one["number"], one["answered"]) for one in waiting["allegations"]] == [
        (1, False),
        (2, False),
    ]
    (one,) = left["allegations"]
    assert (one["standing"], one["answered"]) == ("outside", True)
    matters = data(lived.visitor, lived.matters)
    assert matters["allegations"] == []
    assert matters["matters"] == [
        {"answered": False, "kind": kind, "number": 1} for kind in ("concern", "request")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["rules", "keys", "standings", "open-data"])
def test_what_a_page_says_is_there_for_programs_too(told: Told, language: str, name: str) -> None:
    address = f"/{language}/{name}"
    page, data = told.visitor.get(address).text, told.visitor.get(f"{address}.json")
    assert f'href="{address}.json"' in page
    assert data.headers["Content-Type"] == "application/json"
    found = [*texts(json.loads(data.text))]
    assert len(found) > 3
    for one in {"rules": ("title", "name"), "standings": ("word", "means")}.get(name, ("name",)):
        values = [value for key, value in found if key == one]
        assert values
        assert all(value in unescape(page) for value in values)


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one, key)
    elif isinstance(value, str):
        yield key, value


def summaries(told: Told, language: str, number: str) -> set[str]:
    """Return what the feed says of a case, beside each of its acts."""
    text = told.visitor.get(f"/{language}/acts.atom").text
    entries = re.findall(r"<title>(\S+)/\d+ .*?<summary>(.*?)</summary>", text, re.DOTALL)
    return {said for found, said in entries if found == number}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_says_what_has_no_answer_and_who_owes_what(told: Told, language: str) -> None:
    words = Catalogue(language)
    (waiting,) = summaries(told, language, told.waiting)
    first, second = (words.say("web.allegation", number=n) for n in (1, 2))
    assert words.say("web.no-answer-to", what=f"{first}, {second}") in waiting
    owed = json.loads(told.visitor.get(f"/{language}/register/{told.waiting}.json").text)["owed"]
    seats = {one["seat"] for one in owed if one["met_by"] is None}
    assert len(seats) > 1
    for seat in seats:
        assert words.say(f"seat.{seat}") in waiting
    (public,) = summaries(told, language, told.public)
    assert words.say("web.no-answer-to", what=first) in public
    (left,) = summaries(told, language, told.left)
    assert words.say("web.no-answer-to", what="").strip(" .") not in left


def test_an_answer_stands_in_the_place_of_the_box(told: Told) -> None:
    page = told.visitor.get(f"/en/register/{told.left}").text
    answer = re.findall(r'<section id="a1".*?</section>', page, re.DOTALL)[0].rpartition("<h3>")[2]
    assert "It decides no one&#39;s guilt" in answer
    assert Catalogue("en").say("web.nothing-yet") not in answer


def test_a_list_shows_the_unanswered_unasked_and_filters_count_what_they_leave(
    told: Told,
) -> None:
    every = told.visitor.get("/en/register").text
    assert all(number in every for number in (told.waiting, told.public, told.left))
    (count,) = re.findall(r'href="/en/register\?owed=unanswered">[^<]* \((\d+)\)', every)
    left = told.visitor.get("/en/register?owed=unanswered").text
    assert left.count('<th scope="row">') == int(count) == 2
    assert told.left not in left


def numbers(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/en/register/([^"]+)"', page)


@pytest.mark.parametrize("name", ["owed", "standing", "turn", "period", "kind"])
def test_each_filter_is_links_and_each_says_how_many_cases_it_leaves(
    lived: Lived, name: str
) -> None:
    page = lived.visitor.get("/en/register").text
    links = re.findall(rf'href="(/en/register\?{name}=[^"]*)">[^<]* \((\d+)\)', page)
    assert links
    for address, count in links:
        left = lived.visitor.get(address).text
        assert len(numbers(left)) == int(count)
        assert f"{count} of {len(lived.numbers)} cases." in left
        data = json.loads(lived.visitor.get(address.replace("register", "register.json", 1)).text)
        assert [one["number"] for one in data["cases"]] == numbers(left)


def test_a_period_is_a_year_or_a_month_of_when_cases_were_lodged(lived: Lived) -> None:
    assert "ខែវិច្ឆិកា ឆ្នាំ២០២៦" in lived.visitor.get("/km/register").text
    for period, left in (("2026", 4), ("2026-11", 4), ("2025", 0), ("2026-02", 0), ("x", 0)):
        assert len(numbers(lived.visitor.get(f"/en/register?period={period}").text)) == left


def test_what_is_alleged_is_filtered_by_its_kind_and_none_is_dropped(lived: Lived) -> None:
    page = lived.visitor.get("/en/register").text
    counts = dict(re.findall(r'\?kind=([^"]*)">[^<]* \((\d+)\)', page))
    assert counts["no-allegation"] == "1"
    assert sum(map(int, counts.values())) >= len(lived.numbers)
    alone = lived.visitor.get("/en/register?kind=no-allegation").text
    assert numbers(alone) == [lived.matters]
    both = lived.visitor.get("/en/register?kind=no-allegation&standing=concluded").text
    assert numbers(both) == []


def test_what_is_filtered_says_by_what_in_page_and_text(lived: Lived) -> None:
    for address in ("/en/register", "/en/register.txt"):
        told = lived.visitor.get(f"{address}?period=2026&kind=no-allegation").text
        assert "Lodged in: 2026; Alleged act: none: concerns or requests alone." in told


def test_the_cases_behind_a_figure_are_as_many_on_a_page_as_in_the_list(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 1)
    shown = []
    for address in (
        "/en/figures/submissions",
        "/en/figures/submissions?page=2",
        "/en/figures/submissions?page=3",
    ):
        page = told.visitor.get(address).text
        shown += re.findall(r'<th scope="row"><a href="/en/register/([^"]+)"', page)
        assert "of 3" in page
    assert sorted(shown) == sorted([told.waiting, told.public, told.left])
    assert (
        'rel="next" href="/en/figures/submissions?page=2"'
        in told.visitor.get("/en/figures/submissions?page=1").text
    )


def test_cases_that_are_not_shown_are_all_told_of_and_a_list_shows_some_of_them(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple({"week": f"2026-W{n:02}", "allegations": n, "turn": None} for n in range(1, 4))
    registers = FolderRegisters(told.visitor.folder, told.visitor.now)
    monkeypatch.setattr(registers, "_register", replace(registers.current(), silhouettes=many))
    monkeypatch.setattr(lists, "PAGE", 2)
    monkeypatch.setattr(told.visitor, "site", Site(registers, print, checks=checks()))

    def weeks(address: str) -> list[str]:
        return re.findall(r"week (\d) of 2026", told.visitor.get(address).text)

    assert weeks("/en/register") == ["1", "2"]
    assert '<a href="/en/not-listed">1 more</a>' in told.visitor.get("/en/register").text
    assert [weeks(f"/en/not-listed?page={n}") for n in (1, 2)] == [["1", "2"], ["3"]]
    assert (
        'rel="next" href="/en/not-listed?page=2"' in told.visitor.get("/en/not-listed?page=1").text
    )
    # The first week of 2026 begins in December 2025.
    for period, found in (("2025", ["1"]), ("2025-12", ["1"]), ("2026-01", ["1", "2"])):
        assert weeks(f"/en/register?period={period}") == found
    # What leaves no case that is listed leaves none of these.
    for period in ("x", "2", "2026-", "2026-0", "2026-01-02"):
        assert weeks(f"/en/register?period={period}") == []


def test_each_choice_of_filters_has_one_address(told: Told) -> None:
    one = told.visitor.get("/en/register?turn=secretariat&owed=unanswered").text
    other = told.visitor.get("/en/register?owed=unanswered&turn=secretariat").text
    assert one == other
    links = re.findall(r'href="/en/register\?([^"]*)"', one)
    names = [[part.partition("=")[0] for part in link.split("&amp;")] for link in links]
    assert all(
        found == sorted(found, key=("owed", "standing", "turn", "period", "kind").index)
        for found in names
    )
    assert max(map(len, names)) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_case_says_that_who_reads_the_rest_is_not_published(
    told: Told, language: str
) -> None:
    words = Catalogue(language)
    page = told.visitor.get(f"/{language}/register/{told.waiting}").text
    assert words.say("web.who-reads") in unescape(page)
    assert words.say("web.words-not-public") in unescape(page)


def test_on_an_erased_case_it_is_nobody_s_turn_and_no_filter_finds_it_for_somebody(
    lived: Lived,
) -> None:
    data = json.loads(lived.visitor.get(f"/en/register/{lived.erased}.json").text)
    assert [data["turn"], *(one["turn"] for one in data["allegations"])] == [None, None, None]
    assert lived.erased in numbers(lived.visitor.get("/en/register?turn=nobody").text)
    assert lived.erased not in numbers(lived.visitor.get("/en/register?turn=secretariat").text)


def test_search_engines_are_asked_to_leave_out_filters_and_nothing_else(told: Told) -> None:
    robots = told.visitor.get("/robots.txt")
    assert (robots.status, robots.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert robots.text == "User-agent: *\nDisallow: /*?\n"


def test_a_public_quotation_names_its_language(told: Told) -> None:
    assert '<blockquote lang="km">' in told.visitor.get(f"/fr/register/{told.public}").text
    assert "<blockquote" not in told.visitor.get(f"/fr/register/{told.waiting}").text


def test_every_standing_on_a_page_leads_to_what_it_means_and_to_its_act(told: Told) -> None:
    page = told.visitor.get(f"/en/register/{told.waiting}").text
    meanings = told.visitor.get("/en/standings").text
    codes = re.findall(r'class="stamp" href="/en/standings#([a-z-]+)"', page)
    assert len(codes) == 3
    assert all(f'id="{code}"' in meanings for code in codes)
    acts = re.findall(r'href="#(act-\d+)"', page)
    assert acts
    assert all(f'id="{act}"' in page for act in acts)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}/1"])
def test_a_number_is_found_as_people_type_it(told: Told, typed: str) -> None:
    khmer = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
    for number in (told.waiting.lower(), told.waiting.translate(khmer)):
        found = told.visitor.get(f"/km/find?number={quote(typed.format(number))}")
        assert found.status == 303
        assert found.headers["Location"].startswith(f"/km/register/{told.waiting}")


def test_a_number_that_is_not_shown_is_refused_in_words_that_do_not_tell_why(told: Told) -> None:
    protected, missing = told.private[-1], str(DocketNumber("XA", 2026, 999))
    pages = [told.visitor.get(f"/en/find?number={n}") for n in (protected, missing)]
    assert [page.status for page in pages] == [404, 404]
    assert pages[0].text.replace(protected, "N") == pages[1].text.replace(missing, "N")


def test_what_is_typed_never_becomes_markup(told: Told) -> None:
    page = told.visitor.get("/en/find?number=%22%3E%3Cscript%3E")
    assert "<script" not in page.text


NAMED = r'role="group" aria-label="[^"]+"'
"""What an empty box has for whoever cannot see it: of a row or an item, what stands in it."""


def test_an_empty_box_is_a_group_with_a_name_for_who_cannot_see_it(
    told: Told, lived: Lived, answers: Answers
) -> None:
    cases = [f"/en/register/{number}" for number in lived.numbers]
    sent = [f"/en/responses/{one.number}" for one in (answers.board, answers.waiting)]
    bodies = re.findall(r'href="(/en/bodies/[^"./]+)"', answers.visitor.get("/en/bodies").text)
    asked = [
        *((told.visitor, one) for one in ("/en", "/en/register", f"/en/register/{told.waiting}")),
        *((lived.visitor, f"{one}{clock}") for one in cases for clock in ("", "/clock")),
        *((answers.visitor, one) for one in ("/en/responses", *sent, *bodies)),
    ]
    kinds = set()
    for visitor, address in asked:
        page = visitor.get(address).text
        boxes = re.findall(r'<(\w+)( class="empty[^>]*>)(.*?)</\1>', page, re.DOTALL)
        assert len(boxes) == page.count('class="empty')
        for kind, opened, inside in boxes:
            holds = inside if kind == "li" else opened
            if kind == "div" and "<dt>" in inside:
                holds = inside.partition("<dd>")[2]
            assert re.search(NAMED, holds), (address, kind, opened, inside)
            kinds.add(kind)
    assert kinds == {"div", "li", "span"}


def test_no_box_and_no_head_of_a_page_is_in_capitals(told: Told) -> None:
    for language in ("en", "fr"):
        for address in (one for one in addresses(told, language) if "." not in one):
            page = told.visitor.get(address).text
            heads = re.findall(r"<(?:h\d|strong|p)\b[^>]*>([^<]+)", page)
            assert not [one for one in heads if re.search(r"[A-Z]{3,} [A-Z]{2,}", one)], address
