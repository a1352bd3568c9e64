"""What was written and not sent waits beside a case that is opened with its return key."""

from typing import Any

import pytest

from answerable.casework.form_store import SealedPart
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import _at, quick
from tests.unit.web.form.test_returning import _at_language, sent
from tests.unit.web.form.test_uploads import exhibits_of


def test_a_draft_and_its_files_wait_beside_a_case_and_are_nowhere_else(desk: Desk) -> None:
    _, key = sent(desk)
    sender = desk.sender()
    quick(sender)
    sender.open(_at(sender, "8"))
    sender.press("more", files={"file": ("a.txt", b"A list of days.")})
    before = sender.cookies["f"]
    sender.open(_at(sender, "return"))
    address, posted = sender.filled(key=key)
    sender.ask(address, "POST", **posted)
    after = sender.cookies["f"]
    assert after != before
    # Had the answer been lost, the browser would have the first one still.
    assert desk.application.kept_forms.file(before, "file-1") == b"A list of days."
    assert sender.ask(_at_language("case")).status == 200
    assert desk.application.kept_forms.read(before) is None
    assert desk.application.kept_forms.file(before, "file-1") is None
    assert exhibits_of(desk, sender) == [b"A list of days."]


def test_who_leaves_before_looking_at_the_case_leaves_nothing_of_the_draft(desk: Desk) -> None:
    _, key = sent(desk)
    sender = desk.sender()
    quick(sender)
    before = sender.cookies["f"]
    sender.open(_at(sender, "return"))
    address, posted = sender.filled(key=key)
    sender.ask(address, "POST", **posted)
    assert desk.application.kept_forms.read(before) is not None
    sender.ask("/exit", "POST", HTTP_SEC_FETCH_SITE="same-origin")
    assert desk.application.kept_forms.read(before) is None


def test_a_key_that_is_handed_in_over_and_over_writes_no_file_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, key = sent(desk)
    sender = desk.sender()
    quick(sender)
    sender.open(_at(sender, "8"))
    sender.press("more", files={"file": ("a.txt", b"A list of days. " * 9999)})
    sender.open(_at(sender, "return"))
    store = desk.application.kept_forms.store
    keep, written, taken = type(store).keep, list[int](), store.taken().others_files

    def counted(self: object, form: str, part: str, sealed: SealedPart, **rest: Any) -> None:
        written.append(len(sealed.sealed))
        keep(self, form, part, sealed, **rest)  # type: ignore[arg-type] # the store that it is

    monkeypatch.setattr(type(store), "keep", counted)
    first = dict(sender.cookies)
    for _ in range(5):
        # As whoever keeps the cookie of before would.
        sender.cookies.update(first)
        address, posted = sender.filled(key=key)
        sender.ask(address, "POST", **posted)
    assert len(written) == 5
    assert max(written) < 9999
    assert store.taken().others_files == taken
    assert sender.ask(_at_language("case")).status == 200
    assert store.taken().others_files == taken
    assert exhibits_of(desk, sender) == [b"A list of days. " * 9999]
