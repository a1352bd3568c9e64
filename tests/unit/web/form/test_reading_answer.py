"""An answer is read by choosing to: whoever does knows before until when it can be contested."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from answerable.casework.unread_answers import Unread
from answerable.core.acts import Seat
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.form.my_case import my_case
from answerable.web.form.returning import ACT_PAGES
from answerable.web.rendering import catalogue_of
from tests.support.senders import Page, Sender
from tests.unit.web.form.conftest import Desk, Office
from tests.unit.web.form.test_reporting import _at
from tests.unit.web.form.test_returning import back, sent

RULES = Path(__file__).parents[4] / "src" / "answerable" / "procedures" / "training-mechanism.yaml"
WORDS = "The book of the guard was burnt, so nothing was examined."
DAY = 24 * 3_600_000
REST = {
    "outcome": "outside",
    "reason": WORDS,
    "door": "The court",
    "door-how": "by letter",
    "by-day": "2099-01-01",
    "contest-how": "by a contest",
}


STEP = {"method": "visit", "on": "2026-01-05", "place": "the office", "words": "seen"}
FINDING = {
    "fact": "happened",
    "actor": "as-alleged",
    "law": "not-assessed",
    "reasons": "Happened as reported.",
    "examined": "the door",
    "not-done": "nothing",
    "nothing-because": "It is mended.",
}


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a mechanism under the training rules, on a calendar that has no last day."""
    desk = Desk(tmp_path_factory.mktemp("ruled"))
    text = RULES.read_text().replace("\ncalendar: xa\n", "\n")
    install = desk.application.install_rules
    checked = desk.application.ruling.procedures.read_procedure(text.encode(), "rules.yaml", None)
    assert checked.value is not None, checked.faults
    install.procedure(checked.value, text, request=uuid4())
    yield desk
    desk.application.close()


@contextmanager
def later(desk: Desk, days: int) -> Iterator[None]:
    """Let every rule be asked so many days later."""
    ruling = desk.application.ruling
    now = ruling.now
    object.__setattr__(ruling, "now", lambda: now() + days * DAY)
    try:
        yield
    finally:
        object.__setattr__(ruling, "now", now)


def answered(desk: Desk, level: str = "1", language: str = "en") -> tuple[str, Sender]:
    """Return the number of a case that was declined, and its sender, back by key."""
    number, key = sent(desk, language, level)
    desk.secretariat()("opened", number)
    desk.secretariat()("not-accepted", number, allegations=(1,), **REST)
    return number, back(desk, key, language)


def acts(desk: Desk, number: str) -> list[str]:
    docket = desk.application.reading.docket(number)
    return [act.kept.envelope.act for act in desk.application.dockets.acts(docket.id)]


def ends_on() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Phnom_Penh")).date() + timedelta(days=30)


def in_words(day: date, language: str = "en") -> str:
    return Catalogue(language).day(day.isoformat())


def read(sender: Sender) -> Page:
    sender.open(_at(sender, "case/read/3"))
    return sender.press()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_begins_and_until_when_is_told_before_and_looking_begins_nothing(
    ruled: Desk, language: str
) -> None:
    number, sender = answered(ruled, language=language)
    before = acts(ruled, number)
    for address in ("case", "case/read/3", "case/contested", "case", "case/read/3"):
        page = sender.open(_at(sender, address))
        assert page.status == 200
        assert WORDS not in page.text
        assert "The court" not in page.text
    # Nor by what opens links by itself, to show what is behind them.
    assert sender.ask(_at(sender, "case/read/3"), "HEAD").status == 200
    assert in_words(ends_on(), language) in page.text
    assert Catalogue(language).say("clock.working") in page.text
    assert acts(ruled, number) == before


def test_on_the_page_of_the_case_the_answer_stands_behind_one_button(ruled: Desk) -> None:
    _, sender = answered(ruled)
    links = [link for link in sender.page.links if "/read/" in link]
    assert links == ["/en/f/case/read/3"]
    assert "There is an answer on allegation 1." in sender.page.text
    assert "This answer is shown when you choose to read it." in sender.page.text
    # Nobody contests what they have not read, without knowing that it is there.
    assert "/en/f/case/contested" not in sender.page.links
    assert sender.open(_at(sender, "case/contested")).address == "/en/f/case"


def test_no_file_of_the_case_gives_the_answer_away(ruled: Desk) -> None:
    _, sender = answered(ruled)
    assert sender.ask(_at(sender, "case/copy/3")).status == 404
    assert sender.ask(_at(sender, "case/receipt/3")).status == 200
    assert not [link for link in sender.page.links if link.endswith("copy/3")]
    read(sender)
    assert sender.ask(_at(sender, "case/copy/3")).status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_kind_of_answer_it_is_and_where_that_leaves_it_is_told_by_nothing_before(
    ruled: Desk, language: str
) -> None:
    _, sender = answered(ruled, language=language)
    told = Catalogue(language)
    kinds = [told.word("act", "not-accepted"), told.word("standing", "outside")]
    for address in ("case", "case/read/3", "case/corrected", "case/contested", "case"):
        page = sender.open(_at(sender, address))
        assert not [one for one in kinds if one.lower() in page.text.lower()]
    page = read(sender)
    assert all(one.lower() in page.text.lower() for one in kinds)


def test_one_press_reads_it_and_begins_the_days_that_were_told(ruled: Desk) -> None:
    number, sender = answered(ruled)
    page = read(sender)
    assert page.address == "/en/f/case"
    assert page.status == 200
    assert WORDS in page.text
    assert f"Recorded as {number}/4" in page.text
    until = f"You can contest the answer on allegation 1 until {in_words(ends_on())}."
    assert until in page.text
    assert acts(ruled, number)[3:] == ["answer-read"]
    contest = sender.open(_at(sender, "case/contested"))
    assert until in contest.text
    assert WORDS in contest.text


def test_a_post_that_is_repeated_or_comes_from_another_telephone_does_nothing_more(
    ruled: Desk,
) -> None:
    number, sender = answered(ruled)
    sender.open(_at(sender, "case/read/3"))
    address, posted = sender.filled()
    for _ in range(3):
        posted["wsgi.input"].seek(0)
        page = sender.ask(address, "POST", **posted)
        assert (page.status, page.headers["Location"]) == (303, "/en/f/case")
    # Of another page, which was opened before the first was pressed.
    fresh = sender.filled()
    assert sender.ask(fresh[0], "POST", **fresh[1]).status == 303
    assert sender.ask(_at(sender, "case/read/3")).status == 303
    assert acts(ruled, number).count("answer-read") == 1


def test_a_page_that_was_left_open_overnight_begins_nothing_and_tells_the_new_day(
    ruled: Desk,
) -> None:
    number, sender = answered(ruled)
    sender.open(_at(sender, "case/read/3"))
    with later(ruled, 1):
        page = sender.press()
        assert page.status == 422
        assert WORDS not in page.text
        assert in_words(ends_on() + timedelta(days=1)) in page.text
        assert "answer-read" not in acts(ruled, number)
        assert sender.press().status == 200
    assert "answer-read" in acts(ruled, number)


def test_no_page_of_another_site_and_no_page_of_another_visit_reads_it(ruled: Desk) -> None:
    number, sender = answered(ruled)
    sender.open(_at(sender, "case/read/3"))
    address, posted = sender.filled()
    elsewhere = {**posted, "HTTP_SEC_FETCH_SITE": "cross-site"}
    assert sender.ask(address, "POST", **elsewhere).status == 403
    posted["wsgi.input"].seek(0)
    body = re.sub(rb"check=[0-9a-f]+", b"check=" + b"0" * 32, posted["wsgi.input"].read())
    posted["wsgi.input"] = type(posted["wsgi.input"])(body)
    assert sender.ask(address, "POST", **posted).status == 403
    assert "answer-read" not in acts(ruled, number)


def test_another_language_reads_nothing(ruled: Desk) -> None:
    number, sender = answered(ruled)
    sender.open(_at(sender, "case/read/3"))
    page = sender.press("language", "km")
    assert page.status == 200
    assert page.form.action == "/km/f/case/read/3"
    assert "answer-read" not in acts(ruled, number)


def test_after_the_last_day_the_page_says_so_and_a_contest_is_refused_as_everywhere(
    ruled: Desk,
) -> None:
    number, sender = answered(ruled)
    read(sender)
    with later(ruled, 30):
        sender.open(_at(sender, "case/contested"))
    with later(ruled, 31):
        page = sender.press(typed={"part-grounds": "The guard was not asked."})
        assert page.status == 422
        told = in_words(ends_on())
        assert f"The time to contest the answer on allegation 1 ended: {told}." in page.text
        assert "The guard was not asked." in page.text
        page = sender.open(_at(sender, "case"))
        assert f"The days to contest the answer on allegation 1 ended on {told}." in page.text
        assert "/en/f/case/contested" not in page.links
    assert "contested" not in acts(ruled, number)


def test_who_gave_no_name_is_told_the_same(ruled: Desk) -> None:
    number, sender = answered(ruled, level="3")
    assert WORDS not in sender.page.text
    assert WORDS in read(sender).text
    assert "answer-read" in acts(ruled, number)


def test_where_no_day_depends_on_it_an_answer_is_simply_there(desk: Desk) -> None:
    _, sender = answered(desk)
    assert WORDS in sender.page.text
    assert not [link for link in sender.page.links if "/read/" in link]
    assert sender.ask(_at(sender, "case/read/3")).headers["Location"] == "/en/f/case"
    assert sender.ask(_at(sender, "case/read/9")).headers["Location"] == "/en/f/case"
    assert sender.ask(_at(sender, "case/read/x")).status == 404


def test_what_was_delivered_with_evidence_is_read_without_beginning_anything(ruled: Desk) -> None:
    number, sender = answered(ruled)
    today = (ends_on() - timedelta(days=30)).isoformat()
    said = {"event": "finding-delivered", "on": today, "proof": "a signed receipt"}
    ruled.secretariat()("event-recorded", number, allegations=(1,), **said)
    page = sender.open(_at(sender, "case"))
    assert WORDS in page.text
    assert f"until {in_words(ends_on())}" in page.text
    docket = ruled.application.reading.docket(number)
    assert ruled.application.returned.unread(docket) == ()


def test_days_to_contest_are_an_open_door_and_nobodys_debt(ruled: Desk) -> None:
    _, sender = answered(ruled)
    page = read(sender)
    assert "May be contested" in page.text
    assert "Not done yet: Contest" not in page.text
    with later(ruled, 40):
        over = sender.open("/en/f/case")
    assert "Was not contested in its days" in over.text
    assert "counts against nobody" in over.text


FOUND = "Happened as reported."
FURTHER = ("One of us sees it otherwise.", "The door is mended.", "The bill for it is here.")


def _with_what_follows(desk: Desk) -> tuple[str, str, int]:
    """Return a case with an answer, a view apart and an action; its key; the act that answers."""
    number, key = sent(desk)
    office, application = desk.secretariat(), desk.application
    member, _ = application.add_party("Office of doors", key=None, request=uuid4())
    application.grant_seat(member, Seat("member"), request=uuid4())
    body = Office(application, member)
    office("opened", number)
    office("accepted", number, allegations=(1,), reason="it is in our remit")
    office("assigned", number, allegations=(1,), party=str(office.party), reason="free")
    step = office("inquiry-step", number, allegations=(1,), **STEP).partition("/")[2]
    office("finding-issued", number, allegations=(1,), basis=step, **FINDING)
    finding = len(acts(desk, number))
    body("separate-view", number, allegations=(1,), view=FURTHER[0])
    day = {"action-by": "2099-01-01", "party": str(member)}
    promise = office("action-promised", number, allegations=(1,), action=FURTHER[1], **day)
    body(
        *("action-done", number),
        allegations=(1,),
        acts=promise.partition("/")[2],
        proof=FURTHER[2],
    )
    return number, key, finding


def test_what_follows_from_an_answer_waits_with_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, key, finding = _with_what_follows(desk)
    application = desk.application
    docket = application.reading.docket(number)
    rules, doubting = my_case(desk.host, number).rules, f"case/{ACT_PAGES['action-doubted']}"
    waits = (Unread(finding, (1,), None, {}, rules, {}),)
    returned = type(application.returned)
    with monkeypatch.context() as unread:
        unread.setattr(returned, "unread", lambda *_: waits)
        sender = back(desk, key)
        page = sender.open(_at(sender, "case"))
        for told in (FOUND, *FURTHER, "separate", "promised", "doubt", "Action"):
            assert told not in page.text, told
        assert page.text.count("what follows from an answer") >= 3
        assert f"/en/f/{doubting}" not in page.links
        assert sender.open(_at(sender, doubting)).address == "/en/f/case"
        for sequence in range(finding, finding + 4):
            assert sender.ask(_at(sender, f"case/copy/{sequence}")).status == 404
    assert application.returned.unread(docket) == ()
    page = sender.open(_at(sender, "case"))
    for told in (FOUND, *FURTHER):
        assert told in page.text, told
    assert f"/en/f/{doubting}" in page.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_contesting_stands_who_decides_by_when_and_that_it_is_somebody_else(
    ruled: Desk, language: str
) -> None:
    number, sender = answered(ruled, language=language)
    read(sender)
    page = sender.open(_at(sender, "case/contested"))
    words = catalogue_of(language)
    who = {"en": "Independent reviewer", "fr": "Réviseur indépendant"}
    reviewer = who.get(language, "អ្នកពិនិត្យឡើងវិញឯករាជ្យ")
    assert words.say("form.contest-vacant", who=reviewer) in unescape(page.text)
    sender.press(typed={"ground": "facts"})
    (owed,) = (
        one
        for one in ruled.application.dockets.owed(ruled.application.reading.docket(number).id)
        if one.code == "contest-decision"
    )
    assert owed.due_on is not None
    told = words.say("form.contest-due", who=reviewer, due=words.day(owed.due_on))
    assert told in unescape(page.text)


def test_where_the_rules_set_no_day_for_a_decision_the_page_says_so(desk: Desk) -> None:
    _, sender = answered(desk)
    sender.open("/en/f/case")
    page = sender.open("/en/f/case/contested")
    told = catalogue_of("en").say("form.contest-no-date", who="Independent reviewer")
    assert told in unescape(page.text)
