"""How pages are sent: headers, sizes, colours, and a register that changes under the server."""

import json
import re
from pathlib import Path
from typing import NoReturn, cast

import pytest

from answerable.bootstrap import registers
from answerable.core.canonical import encode
from answerable.core.commitment import base64url
from answerable.core.disclosure import field_of
from answerable.core.register.again import case_again
from answerable.core.register.pages import page, value_of
from answerable.core.register.shown import shown_case
from answerable.core.register.sums import Files
from answerable.locale.catalogue import LANGUAGES
from answerable.web.errors import PageFailed
from answerable.web.register import opened
from answerable.web.rendering import STYLESHEET
from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.registers import Register, publish
from tests.support.websites import PUBLIC, Visitor
from tests.unit.web.conftest import Told

PAGE_BYTES, STYLE_BYTES = 20 * 1024, 4 * 1024


def test_every_answer_forbids_what_pages_do_not_need_and_sets_no_cookie(told: Told) -> None:
    for address in ("/en", "/", "/nothing", "/healthz", "/data/index.json", "/en/find?number=x"):
        headers = told.visitor.get(address).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'self';")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in headers


def test_nothing_but_reading_is_allowed(told: Told) -> None:
    refused = told.visitor.get("/en", "POST")
    assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD")
    head = told.visitor.get("/en", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0


def test_what_the_reader_has_is_not_sent_again(told: Told) -> None:
    first = told.visitor.get("/en")
    again = told.visitor.get("/en", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("address", ["/en/register", "/en/register.json"])
def test_what_is_compressed_has_another_tag_than_what_is_not(told: Told, address: str) -> None:
    tags = {}
    for coding in ("gzip", ""):
        tags[coding] = told.visitor.get(address, HTTP_ACCEPT_ENCODING=coding).headers["ETag"]
    assert tags["gzip"] != tags[""]
    for coding, tag in tags.items():
        for other in tags:
            sent = {"HTTP_ACCEPT_ENCODING": other, "HTTP_IF_NONE_MATCH": tag}
            status = told.visitor.get(address, **sent).status
            assert status == (304 if other == coding else 200)


@pytest.mark.parametrize(
    "address",
    [
        *("/en/register.json", "/en/register.csv", "/en/register.txt", "/en/owed.ics"),
        *("/data/index.json", "/en/figures.json"),
    ],
)
def test_what_may_be_of_any_size_is_sent_in_parts_and_only_to_who_has_not_got_it(
    told: Told, address: str
) -> None:
    first = told.visitor.get(address)
    assert (first.status, first.headers["Content-Encoding"]) == (200, "gzip")
    assert "Content-Length" not in first.headers
    plain = told.visitor.get(address, HTTP_ACCEPT_ENCODING="")
    assert (plain.body, "Content-Encoding" in plain.headers) == (first.body, False)
    head = told.visitor.get(address, "HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", first.headers)
    again = told.visitor.get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    other = told.visitor.get(f"{address}?owed=late", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert other.status == 200


def test_the_list_for_programs_is_canonical(told: Told) -> None:
    for query in ("", "?owed=late", "?q=nowhere"):
        data = told.visitor.get(f"/en/register.json{query}").body
        value = value_of(data, "register.json")
        assert page(value) == data
        assert len(value["cases"]) == {"": 3, "?owed=late": 0, "?q=nowhere": 0}[query]


def test_the_first_page_is_in_the_language_that_a_browser_asks_for(told: Told) -> None:
    for asked, found in (("km-KH,en;q=0.8", "/km"), ("de,fr", "/fr"), ("", "/en")):
        answered = told.visitor.get("/", HTTP_ACCEPT_LANGUAGE=asked)
        assert (answered.status, answered.headers["Location"]) == (303, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_and_the_one_stylesheet_stay_within_their_budgets(told: Told, language: str) -> None:
    for rest in ("", "/register", f"/register/{told.waiting}", "/figures", "/standings"):
        page = told.visitor.get(f"/{language}{rest}")
        (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)
        sheet = told.visitor.get(style)
        assert sheet.size < STYLE_BYTES
        assert "max-age=31536000" in sheet.headers["Cache-Control"]
        assert page.size + sheet.size < PAGE_BYTES
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)


@pytest.mark.parametrize(
    "address",
    [
        "/data/../index.json",
        "/data/%2e%2e/x",
        "/data/",
        "/data/index.json.bak",
        "/static/../http.py",
        "/en/register/..",
        "/en/register/x.txt",
        "/en/figures/x",
    ],
)
def test_only_files_that_the_index_names_are_given(told: Told, address: str) -> None:
    assert told.visitor.get(address).status == 404


@pytest.mark.parametrize("address", ["/en?" + "a=1&" * 50, "/en?%00=%ff", "/\x00", "/en/\udcff"])
def test_whatever_is_asked_has_an_answer(told: Told, address: str) -> None:
    path, _, query = address.partition("?")
    sent = path.encode("utf-8", "surrogateescape").decode("latin-1")
    assert told.visitor.get(f"/?{query}", PATH_INFO=sent).status in {200, 404}
    assert told.visitor.logged == []


# --- A register of its own ---


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    place = MemoryPlace()
    begin(place.open()[0])
    work = AtWork(Store(place, HandClock()), tmp_path / "exhibits")
    work.lodge()
    return Visitor(work, tmp_path / "register")


def test_a_newer_register_takes_the_place_of_the_last(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine a reader of five seconds later would still see the last one.
    monkeypatch.setattr(registers, "WAITED", 60)
    number = visitor.work.lodge()
    assert visitor.get(f"/en/register/{number}").status == 404
    publish(visitor.work.store, visitor.folder)
    assert visitor.get(f"/en/register/{number}").status == 200


@pytest.mark.parametrize(("language", "name"), [("en", "Battambang"), ("km", "បាត់ដំបង")])
def test_a_place_that_was_handed_in_as_a_code_is_told_by_its_name_and_once(
    visitor: Visitor, language: str, name: str
) -> None:
    place = {"country": {"code": "KH"}, "province": {"code": "KH-2"}}
    said = [{"what": "They closed it.", "place": place}]
    number = visitor.work.lodge("p2", allegations=said, readers=PUBLIC)
    publish(visitor.work.store, visitor.folder)
    visitor.restart()
    page = visitor.get(f"/{language}/register/{number}").text
    assert page.count(name) == 1
    assert "KH" not in page
    assert name in visitor.get(f"/{language}/register/{number}.txt").text


def test_a_file_that_was_changed_is_not_shown(visitor: Visitor) -> None:
    (file,) = (visitor.folder / "cases").iterdir()
    file.write_bytes(file.read_bytes().replace(b'"turn":"', b'"turn":"x'))
    page = visitor.get(f"/en/register/{file.stem}")
    assert page.status == 503
    assert visitor.logged == ["register-not-as-named"]


def never(*_: object) -> NoReturn:
    raise AssertionError("read without proof")


def test_a_file_that_was_changed_is_never_read_without_proof(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = (visitor.folder / "cases").iterdir()
    address = f"/en/register/{file.stem}"
    assert visitor.get(address).status == 200
    monkeypatch.setattr(opened, "case_again", never)
    assert visitor.get(address).status == 500, "one that was checked is read so"
    # A blank more makes no other case of it, only another file.
    file.write_bytes(file.read_bytes().removesuffix(b"\n") + b" \n")
    for form in ("", ".txt", ".ics", ".json"):
        assert visitor.get(f"{address}{form}").status == 503
    assert visitor.logged == ["AssertionError", *["register-not-as-named"] * 4]


def test_a_case_that_never_opened_is_never_read_without_proof_though_indexed(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = (visitor.folder / "cases").iterdir()
    published = Register.at(visitor.folder)
    case = published.value(f"cases/{file.name}")
    first = cast("list[dict[str, list[str]]]", case["acts"])[0]
    field = field_of(first["disclosures"][0].encode())
    forged = encode(["A" * 22, field.path, {"readers": [*field.readers], "value": field.value}])
    first["disclosures"][0] = base64url(forged)
    published.written(f"cases/{file.name}", case).put(visitor.folder)
    visitor.restart()
    monkeypatch.setattr(opened, "case_again", never)
    for form in ("", ".txt", ".ics"):
        assert visitor.get(f"/en/register/{file.stem}{form}").status == 500
    assert visitor.logged == ["ForeignDisclosure"] * 3


@pytest.mark.parametrize("name", ["told", "answers"])
def test_every_case_of_a_register_is_read_without_proof_as_with_it(
    name: str, request: pytest.FixtureRequest
) -> None:
    cases = Register.at(request.getfixturevalue(name).visitor.folder).cases()
    assert cases
    for file, data in cases.items():
        assert case_again(data, file) == shown_case(data, file)


def test_a_large_file_that_was_changed_is_not_shown(visitor: Visitor) -> None:
    file = visitor.folder / "figures.json"
    file.write_bytes(file.read_bytes().replace(b'"value":1', b'"value":2'))
    assert visitor.get("/en/figures.json").status == 503
    assert visitor.logged == ["register-not-as-named"]


def test_a_large_file_that_changes_while_it_is_read_ends_too_early_and_says_nothing(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = json.loads(visitor.get("/data/index.json").text)["files"]
    # As if the register were replaced between the check of a file and its sending.
    monkeypatch.setattr(Files, "digest", lambda _, name: known[name])
    file = visitor.folder / "figures.json"
    file.write_bytes(file.read_bytes().replace(b'"value":1', b'"value":2'))
    with pytest.raises(PageFailed, match=r"^a fault of ours$"):
        visitor.get("/en/figures.json", HTTP_ACCEPT_ENCODING="")
    assert visitor.logged == ["register-not-as-named"]


def test_a_register_that_does_not_hold_says_so_on_every_page(visitor: Visitor) -> None:
    (file,) = (visitor.folder / "cases").iterdir()
    file.write_bytes(file.read_bytes().replace(b'"turn":"', b'"turn":"x'))
    visitor.restart()
    for rest in ("", "/register", "/figures", "/open-data"):
        assert "it does not hold" in visitor.get(f"/en{rest}").text
    assert "differences 0" not in visitor.get("/healthz").text


# --- Colours ---


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def schemes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root\{([^}]*)\}", STYLESHEET.read_text())[:2]
    light, dark = (dict(re.findall(r"--([a-z-]+):(#[0-9A-Fa-f]{6})", block)) for block in blocks)
    return {"light": light, "dark": {**light, **dark}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_edges_stand_out_from_what_they_stand_on(scheme: str) -> None:
    tokens = schemes()[scheme]
    assert schemes()["light"]["paper"] != schemes()["dark"]["paper"]
    for ground in ("paper", "sheet", "late", "turn"):
        for text in ("ink", "muted", "teal", "laterite", "amber", "plum"):
            assert contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)
    for ground in ("paper", "sheet"):
        assert contrast(tokens["edge"], tokens[ground]) >= 3, ground
    assert contrast(tokens["on-focus"], tokens["focus"]) >= 4.5
    assert contrast(tokens["paper"], tokens["teal"]) >= 4.5  # the word on a button


def test_every_colour_comes_from_a_token() -> None:
    outside = re.sub(r":root\{[^}]*\}", "", STYLESHEET.read_text())
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", outside) == []
