"""F14: a sender lets more people read: chosen, seen and asked on one day, confirmed on another."""

import re
import time
from collections.abc import Iterator
from html import unescape

import pytest

from answerable.bootstrap import application as applications
from answerable.bootstrap import parts
from answerable.core.register.shown import shown_case
from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.form.returning import ACT_PAGES
from tests.support.hidden_files import jpeg
from tests.support.registers import Register
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known, number_of, quick
from tests.unit.web.form.test_returning import back

FIELD, WHERE = "1/allegations/1/what", "1/allegations/1/place/words"
ASK, CONFIRM, DROP = "readers-widening-asked", "readers-widened", "readers-widening-dropped"
DAY = 24 * 3_600_000


class Clock:
    """The time of day as it is, some days later."""

    later = 0

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.later


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Desk]:
    """A mechanism of these tests alone, whose days go by."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(applications, "milliseconds", clock)
        patch.setattr(parts, "milliseconds", clock)
        desk = Desk(tmp_path_factory.mktemp("widening"))
    yield desk
    desk.application.close()


def sent(desk: Desk) -> tuple[str, str]:
    """Send a report with a place, leave, and return the number of its case and the return key."""
    sender = desk.sender()
    quick(sender, allegations_1_place_words="behind the planted market")
    sender.press()
    return number_of(sender), key_of(sender)


def page_of(sender: Sender, code: str) -> str:
    return unescape(sender.open(_at(sender, f"case/{code}")).text)


def leads_to(sender: Sender, code: str) -> bool:
    return any(link.endswith(f"/case/{ACT_PAGES[code]}") for link in sender.page.links)


def look(sender: Sender, *fields: str, reader: str = "public") -> str:
    """Choose, and return the page that shows what would be read."""
    sender.open(_at(sender, f"case/{ASK}"))
    return unescape(sender.press(field=fields or FIELD, reader=reader).text)


def asked(desk: Desk, key: str, *fields: str, reader: str = "public") -> Sender:
    sender = back(desk, key)
    look(sender, *fields, reader=reader)
    sender.press("record")
    return sender


def public(desk: Desk, number: str) -> dict[str, object]:
    """Return what a register that is published now shows of the first act of a case."""
    folder = desk.folder.parent / "register"
    desk.application.publish_register(str(folder))
    register = Register.at(folder)
    case = shown_case(register.files[f"cases/{number}.json"], number)
    return {**case.first.said}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_asked_on_one_day_and_confirmed_on_another(
    desk: Desk, clock: Clock, language: str
) -> None:
    number, key = sent(desk)
    sender = back(desk, key, language)
    say = Catalogue(language).say
    text = look(sender)
    assert WHAT in text
    assert say("form.widen-copies-public") in text
    assert "behind the planted market" not in text
    assert FIELD not in public(desk, number)
    sender.press("record")
    assert sender.page.address.endswith("/case")
    assert leads_to(sender, DROP)
    assert not leads_to(sender, CONFIRM)
    # On the same day there is no such page, and nothing is shown to anyone.
    assert sender.open(_at(sender, f"case/{CONFIRM}")).address.endswith("/case")
    assert "allegations/1/what" not in public(desk, number)
    clock.later += DAY
    sender = back(desk, key, language)
    assert leads_to(sender, CONFIRM)
    text = page_of(sender, CONFIRM)
    assert WHAT in text
    assert say("form.widen-copies-public") in text
    sender.press("record")
    assert sender.page.address.endswith("/case")
    assert not leads_to(sender, DROP)
    said = public(desk, number)
    assert said["allegations/1/what"] == WHAT
    assert "allegations/1/place/words" not in said


def test_each_post_may_come_twice_and_is_done_once(desk: Desk, clock: Clock) -> None:
    number, key = sent(desk)
    sender = back(desk, key)
    look(sender)
    address, post = sender.filled("record")
    for _ in range(2):
        post["wsgi.input"].seek(0)
        assert sender.ask(address, "POST", **post).status == 303
    clock.later += DAY
    page_of(sender, CONFIRM)
    address, post = sender.filled("record")
    for _ in range(2):
        post["wsgi.input"].seek(0)
        assert sender.ask(address, "POST", **post).status == 303
    docket = desk.application.reading.docket(number)
    codes = [act.act for act in desk.application.reading.envelopes(docket)]
    assert codes == ["submitted", ASK, CONFIRM]


def test_the_enter_key_asks_for_nothing_and_confirms_nothing(desk: Desk, clock: Clock) -> None:
    number, key = sent(desk)
    sender = back(desk, key)
    look(sender)
    sender.press()
    assert WHAT in sender.page.text
    sender.press("record")
    clock.later += DAY
    page_of(sender, CONFIRM)
    sender.press()
    docket = desk.application.reading.docket(number)
    assert [act.act for act in desk.application.reading.envelopes(docket)] == ["submitted", ASK]


def test_what_was_asked_for_can_be_taken_back(desk: Desk, clock: Clock) -> None:
    number, key = sent(desk)
    sender = asked(desk, key)
    clock.later += DAY
    page_of(sender, DROP)
    sender.press()
    assert not leads_to(sender, DROP)
    assert sender.open(_at(sender, f"case/{CONFIRM}")).address.endswith("/case")
    page_of(sender, DROP)
    assert sender.press().status == 422
    assert "allegations/1/what" not in public(desk, number)


def test_a_page_of_an_asking_that_was_replaced_confirms_nothing(desk: Desk, clock: Clock) -> None:
    _, key = sent(desk)
    sender = asked(desk, key)
    clock.later += DAY
    page_of(sender, CONFIRM)
    address, post = sender.filled("record")
    other = asked(desk, key, WHERE)
    clock.later += DAY
    assert other.page.address.endswith("/case")
    page = sender.open(address, "POST", **post)
    assert page.status == 422
    assert "behind the planted market" in page.text


def test_nothing_ticked_is_asked_again_and_ticks_are_kept(desk: Desk) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, f"case/{ASK}"))
    page = sender.press(field=FIELD)
    assert page.status == 422
    assert f'value="{FIELD}" checked' in page.text
    assert Catalogue("en").say("form.widen-choose") in unescape(page.text)
    sender.press(reader=("public", "monitor"))
    page = sender.press("change")
    assert f'value="{FIELD}" checked' in page.text
    assert 'value="public" checked' in page.text


def test_another_language_keeps_what_is_chosen_and_records_nothing(desk: Desk) -> None:
    number, key = sent(desk)
    sender = back(desk, key)
    look(sender)
    text = unescape(sender.press("language", "fr").text)
    assert WHAT in text
    assert Catalogue("fr").say("form.widen-ask") in text
    docket = desk.application.reading.docket(number)
    assert len(desk.application.reading.envelopes(docket)) == 1


def test_what_everyone_never_reads_is_refused_in_words(desk: Desk) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, f"case/{ASK}"))
    fields = re.findall(r'name="field" value="([^"]+)"', sender.page.text)
    assert set(fields) == {FIELD, WHERE}
    # A browser can send what no page offered.
    address, post = sender.filled(field=("9/words",), reader="public")
    assert sender.ask(address, "POST", **post).status == 422


def test_a_protected_case_is_shown_to_the_monitor_alone_and_its_words_on_no_page(
    desk: Desk, clock: Clock
) -> None:
    sender = desk.sender()
    known(sender, level="3", readers=("secretariat",))
    sender.open(_at(sender, "4"))
    sender.press(typed={"allegations/1/what": WHAT})
    sender.open(_at(sender, "12"))
    sender.press()
    number, key = number_of(sender), key_of(sender)
    sender = back(desk, key)
    text = page_of(sender, ASK)
    assert 'value="public"' not in text
    assert Catalogue("en").say("form.widen-no-public") in text
    assert WHAT not in text
    assert WHAT not in look(sender, reader="monitor")
    sender.press("record")
    clock.later += DAY
    assert WHAT not in page_of(sender, CONFIRM)
    sender.press("record")
    application = desk.application
    acts = application.dockets.acts(application.reading.docket(number).id)
    (what,) = [one for one in application.reading.readable(acts[0]) if one.value == WHAT]
    assert what.readers == ("complainant", "secretariat", "monitor")


def test_a_file_is_let_read_by_its_name(desk: Desk, clock: Clock) -> None:
    sender = desk.sender()
    known(sender, readers=("secretariat",))
    sender.open(_at(sender, "4"))
    sender.press(typed={"allegations/1/what": WHAT})
    sender.open(_at(sender, "8"))
    sender.press(files={"file": ("door.jpg", jpeg())})
    sender.open(_at(sender, "12"))
    sender.press()
    number, key = number_of(sender), key_of(sender)
    sender = asked(desk, key, "1/exhibits/1/file", reader="monitor")
    clock.later += DAY
    page_of(sender, CONFIRM)
    give = desk.application.give_back_exhibit
    assert give.listed(number, "monitor") == []
    sender.press("record")
    (one,) = give.listed(number, "monitor")
    assert "monitor" in one.readers
    assert give.listed(number, "member") == []
    assert Catalogue("en").word("reader", "monitor") in sender.page.text
    assert desk.application.return_keys.docket(typed_return_key(key)).number == number
