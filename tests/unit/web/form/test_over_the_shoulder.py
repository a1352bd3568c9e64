"""Somebody looks on, or later through the history: what tabs, addresses and leaving tell them."""

from datetime import UTC, datetime
from html import unescape

import pytest

from answerable.core.fingerprint import numbers_of, words_of
from answerable.core.ledger.proof import Receipt
from answerable.locale.catalogue import LANGUAGES
from answerable.web.form.returning import OFFERED
from answerable.web.rendering import catalogue_of, stylesheet
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import key_of, known, quick

STYLE = stylesheet()[0].decode()
PAGES = ("", "/1", "/2", "/3", "/4", "/5/1", "/6/1", "/8", "/9", "/10", "/11", "/12", "/17", "/18")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_each_page_says_no_more_than_its_number(desk: Desk, language: str) -> None:
    sender = desk.sender(language)
    known(sender)
    for rest in (*PAGES, "/return", "/offline"):
        page = sender.open(f"/{language}/f{rest}")
        number = rest.strip("/").partition("/")[0]
        told = catalogue_of(language).say(
            "form.tab", page=int(number) if number.isdecimal() else None
        )
        assert page.read.title == told


def test_no_title_or_address_says_what_was_done_in_a_case(desk: Desk) -> None:
    sender = came_back(desk)
    case = sender.page
    assert not [link for link in case.links for act in OFFERED if act in link]
    assert {"/en/f/case/11", "/en/f/case/18"} <= set(case.links)
    for act in OFFERED:
        page = sender.open(f"/en/f/case/{act}")
        assert (
            page.address == f"/en/f/case/{OFFERED.index(act) + 1}" or page.address == case.address
        )
        assert page.read.title == "Form"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_leaves_reads_the_day_in_the_language_of_the_page_that_was_left(
    desk: Desk, language: str
) -> None:
    sender = desk.sender(language)
    quick(sender)
    given = {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_HOST": "desk.example"}
    left = f"https://desk.example/{language}/f/4"
    page = sender.open(
        "/exit", "POST", HTTP_SEC_FETCH_SITE="same-origin", HTTP_REFERER=left, **given
    )
    assert page.address == f"/{language}/day"
    assert desk.host.title not in page.text
    now = datetime.fromtimestamp(desk.application.ruling.now() / 1000, UTC)
    today = catalogue_of(language).day(now.astimezone(desk.host.zone).date().isoformat())
    assert page.read.title == today
    assert f"<h1>{today}</h1>" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.links


def test_on_the_page_to_be_printed_too_the_key_is_shown_when_it_is_asked_for(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    sender.press()
    key = key_of(sender)
    page = sender.open("/en/f/13/slip")
    assert page.text.count(key) == 1
    before, _, after = page.text.partition(key)
    assert before.rindex("<details") > before.rindex("</section>")
    assert "<details open" not in page.text
    assert after.index("</details>") < after.index("</main>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_is_in_two_languages_and_on_paper_it_has_nothing_of_the_page_around_it(
    desk: Desk, language: str
) -> None:
    sender = desk.sender(language)
    quick(sender)
    sender.press()
    page = sender.open(f"/{language}/f/13/slip")
    for one in (language, "en" if language == "km" else "km"):
        for key in ("slip-proves", "slip-proves-not", "slip-aloud", "keep-apart"):
            assert catalogue_of(one).say(f"form.{key}") in unescape(page.text)
    printed = STYLE.partition("@media print")[2]
    for hidden in (".form footer", ".form:has(.cut) .mast", ".screen"):
        assert hidden in printed.partition("{display:none}\n.slip.cut")[0].rpartition("\n")[2]


def test_what_the_slip_says_aloud_is_the_receipts_own_commitment(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    sender.press()
    receipt = Receipt.parse(sender.open("/en/f/13/receipt").body)
    page = sender.open("/en/f/13/slip")
    assert " ".join(words_of(receipt.commitment)) in page.text
    assert " ".join(numbers_of(receipt.commitment)) in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_wherever_a_receipt_is_a_file_it_is_text_to_be_copied_too(
    desk: Desk, language: str
) -> None:
    sender = came_back(desk, language)
    copied = catalogue_of(language).say("form.copy-as-text")
    for file, page in ((f"/{language}/f/13/receipt", f"/{language}/f/13"), *_of_acts(sender)):
        receipt, shown = sender.open(file).body.decode(), sender.open(page).text
        assert copied in unescape(shown)
        assert f"<pre>{receipt}</pre>" in unescape(shown)


def _of_acts(sender: Sender) -> list[tuple[str, str]]:
    """Return the file and the page of each receipt that the page of the case leads to."""
    links = set(sender.page.links)
    files = [link for link in links if "/case/receipt/" in link]
    pages = [link.replace("/receipt/", "/slip/") for link in files]
    assert files
    assert links.issuperset(pages)
    return list(zip(files, pages, strict=True))


def came_back(desk: Desk, language: str = "en") -> Sender:
    sender = desk.sender(language)
    quick(sender)
    sender.press()
    key = key_of(sender)
    sender.open(f"/{language}/f/return")
    sender.press(key=key)
    return sender
