"""F15: the form as one file and on paper: what it asks, what it may do, and where it is offered."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from answerable.bootstrap.offline import offline
from answerable.cli.surface import Doors, run
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.form.copies import restored
from answerable.web.form.offline import page as offline_page
from answerable.web.form.offline.page import catalogues, form, form_file, linked, said
from answerable.web.form.questions import PLACE, QUESTION_PAGES
from answerable.web.rendering import STYLESHEET
from tests.unit.web.form.conftest import Desk

ROOT = Path(__file__).parents[4]
FOLDER = Path(offline_page.__file__).parent
MODULES = sorted(FOLDER.glob("*.js"))
FILE = form_file()[0].decode()
PAGES = (*QUESTION_PAGES.values(), PLACE)


# --- What it asks. ---


def test_it_asks_what_the_pages_ask_in_their_order() -> None:
    theirs = [
        (page.number, page.code, page.item, [one.path for one in page.questions]) for page in PAGES
    ]
    ours = [
        (page["number"], page["code"], page["item"], [one["path"] for one in page["questions"]])
        for page in form()["pages"]
    ]
    assert ours == theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_choice_is_said_as_on_the_pages(language: str) -> None:
    words, table = Catalogue(language), catalogues()[language]
    for page in PAGES:
        for one in page.questions:
            assert table["question"][one.code] == words.say(f"question.{one.code}")
            for code in one.choices:
                label = table.get(one.family, {}).get(code)
                if one.family != "kinds" and words.has(f"{one.family}.{code}"):
                    assert label == words.word(one.family, code)
    kinds = next(one for one in QUESTION_PAGES[5].questions if one.code == "kind")
    assert set(table["kinds"]) == set(kinds.choices)


def test_every_sentence_that_it_asks_for_is_in_it() -> None:
    known = Catalogue("en")
    for table in catalogues().values():
        for key in said():
            family, code = key.split(".")
            if known.has(family):
                assert table[family][code], key


def test_what_is_no_sentence_of_the_page_is_not_carried() -> None:
    kept = catalogues()["en"]["offline"]
    texts = "".join(path.read_text() for path in [*MODULES, FOLDER / "page.html"])
    assert [code for code in kept if f"offline.{code}" not in texts] == ["blank"]


def test_the_longest_answers_are_those_that_a_submission_takes() -> None:
    asked = {one["path"]: one for page in form()["pages"] for one in page["questions"]}
    assert (
        asked["allegations/{n}/what"] | {"limit": 20_000, "line": False}
        == asked["allegations/{n}/what"]
    )
    assert asked["allegations/{n}/title"]["limit"] == 600
    assert asked["risk/must-not"]["lines"] == 20
    assert asked["allegations/{n}/date"]["when"] is True


def test_every_place_of_a_question_is_one_that_is_put_back() -> None:
    for page in form()["pages"]:
        for one in page["questions"]:
            path = one["path"].replace("{n}", "1").replace("{m}", "1")
            given = [one["choices"][0] if one["choices"] else "a"]
            assert dict(restored({path: given})) == {path: given}


# --- What it may do. ---


def digest_of(tag: str) -> str:
    (inside,) = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", FILE)
    return b64encode(sha256(inside.encode()).digest()).decode()


def test_nothing_runs_but_the_script_and_style_in_it_and_nothing_is_fetched() -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', FILE)
    assert policy.split("; ") == [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"script-src 'sha256-{digest_of('script')}'",
        f"style-src 'sha256-{digest_of('style')}'",
    ]
    markup = re.sub(r"(?s)<(script|style)>.*?</\1>", "", FILE)
    assert not re.search(r"<(?:link|img|iframe|object|base)\b|\b(?:src|style|on\w+)=", markup)
    assert re.findall(r'href="([^"]*)"', markup) == ["#main"]


def test_its_modules_keep_nothing_ask_nobody_and_make_no_markup() -> None:
    reaching = (
        r"\b(?:localStorage|sessionStorage|indexedDB|cookie|caches|serviceWorker|innerHTML)\b"
        r"|\b(?:fetch|XMLHttpRequest|WebSocket|sendBeacon|outerHTML|insertAdjacentHTML|eval"
        r"|Function|import|Worker)\b\("
    )
    assert [one.name for one in MODULES if re.search(reaching, one.read_text())] == []


def test_every_module_is_in_it_and_is_small() -> None:
    script = linked("page")
    assert [one.stem for one in MODULES if f"const ${one.stem} = " not in script] == []
    assert not re.search(r"(?m)^(?:export|import \{|import \*.*from ['\"]\.)", script)
    for one in MODULES:
        lines = one.read_text().splitlines()
        assert len(lines) <= 290, one.name
        assert [line for line in lines if len(line) > 110] == [], one.name


def test_it_looks_as_the_pages_do_by_their_own_stylesheet() -> None:
    assert STYLESHEET.read_text() in FILE
    own = (FOLDER / "page.css").read_text()
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*[{:,>])", own)
    assert len(FILE.encode()) < 300_000


def test_where_no_script_runs_it_says_so_in_every_language() -> None:
    blank = FILE[FILE.index('<div id="blank">') : FILE.index('<div id="page" hidden>')]
    assert re.findall(r'lang="(\w+)"', blank) == list(LANGUAGES)
    assert blank.count("JavaScript") == len(LANGUAGES)


# --- Where it is offered. ---


def test_its_fingerprint_is_published_and_told_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "form.html"
    words = ["submission", "form", "--output", str(file), "--json"]
    assert run(words, Doors(offline=offline), {}) == 0
    data, digest = form_file()
    assert (file.read_bytes(), digest) == (data, sha256(data).hexdigest())
    assert json.loads(capsys.readouterr().out)["facts"]["sha256"] == digest
    assert digest in (ROOT / "docs" / "reference" / "form.md").read_text()
    assert run(words, Doors(offline=offline), {}) == 1
    assert file.read_bytes() == data


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_offers_the_file_with_its_fingerprint_and_the_questions_on_paper(
    desk: Desk, language: str
) -> None:
    sender = desk.sender(language)
    assert f'href="/{language}/f/offline"' in sender.ask(f"/{language}/f").text
    page = sender.ask(f"/{language}/f/offline")
    data, digest = form_file()
    assert digest in page.text
    assert Catalogue(language).say("form.offline-file-get", size=len(data) // 1000) in page.text
    assert page.text.count('class="line"') == 11
    address = f"/{language}/f/offline/form.html"
    assert f'href="{address}"' in page.text
    answer = sender.ask(address)
    assert (answer.status, answer.body) == (200, data)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="form.html"'
    assert "Set-Cookie" not in answer.headers
    assert not desk.logged
