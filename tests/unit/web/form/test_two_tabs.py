"""What a form does to who has two windows of it, switches the language, or types an address."""

from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known, number_of, quick


def test_what_was_typed_in_one_tab_while_a_case_was_opened_in_another_is_not_lost(
    desk: Desk,
) -> None:
    _, key = sent_elsewhere(desk)
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "4"))
    address, posted = sender.filled(allegations_1_what=WHAT)
    sender.open(_at(sender, "return"))
    assert sender.press(key=key).address == "/en/f/case"
    page = again(sender, address, posted)
    assert page.status == 403
    assert WHAT in page.text


def sent_elsewhere(desk: Desk) -> tuple[str, str]:
    other = desk.sender()
    quick(other)
    other.press()
    return number_of(other), key_of(other)


def test_another_language_does_not_take_the_key_away(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    sender.press()
    key = key_of(sender)
    sender.open("/en/f/14")
    sender.press("language", "km", group=key.split()[2])
    assert key in sender.open("/en/f/13").text


def test_a_number_of_thousands_of_digits_is_no_fault_of_ours(desk: Desk) -> None:
    _, key = sent_elsewhere(desk)
    sender = desk.sender()
    sender.open(_at(sender, "return"))
    sender.press(key=key)
    for name in ("read", "copy", "receipt"):
        assert sender.ask(f"/en/f/case/{name}/{'9' * 5000}").status in {303, 404}
    assert not desk.logged
