"""Where one person answers otherwise than all: it is asked, shown, and on record for them."""

from answerable.core.return_key import typed_return_key
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, key_of, known

OWN = "allegations/{}/targets/1/consent/{}"


def test_what_one_person_answers_stands_before_what_is_said_for_all(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    for number, initials in ((1, "S.D."), (2, "C.S.")):
        sender.open(f"/en/f/5/{number}")
        sender.press("stop", typed={f"allegations/{number}/what": WHAT})
        sender.open(f"/en/f/21/{number}")
        sender.press("stop", typed={f"allegations/{number}/targets/1/initials": initials})
    sender.open("/en/f/9")
    sender.press(consent_included="yes", consent_published="yes")
    sender.open("/en/f/23/2")
    sender.press("stop", typed={OWN.format(2, "published"): "no"})
    page = sender.open("/en/f/12")
    assert "Change: Whether they agreed, Allegation 2" in page.text
    assert "Change: Whether they agreed, Allegation 1" not in page.text
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    (act,) = desk.application.dockets.acts(docket.id)
    said = {one.path: one.value for one in desk.application.reading.content(act)}
    own = "allegations/2/targets/1/consent"
    # All of that person's answers stand with them: a reader of the record asks no other place.
    assert {path: value for path, value in said.items() if path.startswith(own)} == {
        f"{own}/included": "yes",
        f"{own}/published": "no",
    }
    assert not any(path.startswith("allegations/1/targets/1/consent") for path in said)
    assert said["consent/published"] == "yes"


def test_a_further_allegation_begins_with_what_its_people_answered(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    sender.open("/en/f/23/1")
    sender.press("stop", typed={OWN.format(1, "contacted"): "no"})
    sender.open("/en/f/5/1")
    sender.press("split", typed={"allegations/1/what": WHAT})
    page = sender.open("/en/f/23/2")
    assert (OWN.format(2, "contacted"), "no") in page.form.fields


def test_what_cannot_be_sealed_here_is_greyed_with_what_can_be_done_instead(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    page = sender.open("/en/f/8")
    assert 'id="sealed" disabled aria-describedby="sealed-h"' in page.text
    assert "keep the original yourself" in page.text
    assert "The people who run the server could always read it." in page.text
