"""One allegation in a real browser: on a phone, page by page, with scripts and without."""

from collections.abc import Callable

import pytest

from tests.browser.reporting import WHAT, Reporting
from tests.browser.visit import PHONE

pytestmark = pytest.mark.interop

ROUND_TRIP = 12 * 1024
"""What a page of the form may weigh after the first (ux.md D.1)."""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_one_allegation_is_written_page_by_page(
    reporting: Callable[..., Reporting], *, scripts: bool
) -> None:
    sender = reporting("km", PHONE, scripts=scripts)
    sender.known()
    sender.go("/5/1")
    page = sender.page
    for number, field, said in (
        (5, "#q-what", WHAT),
        (19, "#q-when", "១២/៥/២០២៦"),
        (20, "#q-actor-body", "សាលាស្រុក"),
        (21, "#q-target-initials", "ច.ស."),
        (23, None, ""),
        (22, "#q-remedy", "សូមបើកវិញ"),
    ):
        assert page.url.endswith(f"/km/f/{number}/1")
        if field is None:
            page.check("#q-included-2")
        else:
            page.fill(field, said)
        sender.press()
        assert sum(sender.visit.noticed.weights) < ROUND_TRIP
    assert page.url.endswith("/km/f/3")
    filled = page.locator("h3 + .tasks .state")
    assert filled.count() == len(("what", "when", "who", "whom", "agreed", "remedy"))
    sender.go("/22/1")
    sender.press("button[name=back]")
    assert page.is_checked("#q-included-2")
    sender.press("button[name=back]")
    assert page.input_value("#q-target-initials") == "ច.ស."
