"""A verdict on a page of the server, in a real browser: fit for everyone, whatever it is."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from answerable.core.acts import Commitment, Field
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.qr import lines_of_groups
from tests.browser import faults
from tests.browser.visit import Visit
from tests.support.published import LONG_WORD, TORTURE, UNSPACED
from tests.support.shown import unbroken
from tests.support.training_records import draft, opening_of, record_of
from tests.support.transcripts import VECTORS, receipt_for

pytestmark = pytest.mark.interop

CHECKS: tuple[Callable[[Visit], Iterator[str]], ...] = (
    faults.of_access,
    faults.of_its_width,
    faults.of_its_targets,
    faults.of_forced_colours,
    faults.of_paper,
    faults.of_dark,
)
OPENINGS = VECTORS / "commitment"
COMMITMENTS = {
    case["file"]: Commitment(bytes.fromhex(case["commitment"]))
    for case in json.loads((OPENINGS / "index.json").read_text())["cases"]
}
FULL, CHANGED = "opened-full.opening.json", "refused-list-a-changed-word.opening.json"
PLAIN = VECTORS / "policy" / "plain.tlog-policy"
WRITTEN = f"{TORTURE} {UNSPACED} {LONG_WORD}"


def payload(file: str, data: bytes) -> FilePayload:
    return {"name": file, "mimeType": "application/octet-stream", "buffer": data}


def receipt_of(opening: str) -> bytes:
    return receipt_for(COMMITMENTS[opening]).encode()


def filled(visit: Visit, language: str, opening: str, policy: Path | None = PLAIN) -> None:
    """Put in a receipt with an opening, and press the button of the form."""
    visit.go(f"/{language}/verify")
    visit.page.set_input_files("#receipt", payload("XA.tlog-proof", receipt_of(opening)))
    visit.page.set_input_files("#opening", OPENINGS / opening)
    if policy is not None:
        visit.page.set_input_files("#policy", policy)
    pressed(visit)


def pressed(visit: Visit) -> None:
    visit.page.click("main form button")
    visit.page.wait_for_selector("#found")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("opening", "policy"), [(FULL, PLAIN), (CHANGED, PLAIN), (FULL, None)], ids=str
)
def test_a_verdict_is_fit_for_everyone(
    visit: Visit, language: str, opening: str, policy: Path | None
) -> None:
    filled(visit, language, opening, policy)
    found = [fault for check in CHECKS for fault in check(visit)]
    assert not found, "\n".join(dict.fromkeys(found))
    sizes = visit.ask("[...document.querySelectorAll('h1,h2,h3,h4')].map(e => +e.tagName[1])")
    assert all(after <= before + 1 for before, after in pairwise(sizes))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_an_opening_are_told_without_being_cut(visit: Visit, language: str) -> None:
    what = Field("allegations/1/what", WRITTEN, ("complainant", "secretariat"))
    record = record_of(replace(draft("torture"), fields=(what,)))
    visit.go(f"/{language}/verify")
    receipt = receipt_for(record.commitment).encode()
    visit.page.set_input_files("#receipt", payload("XA.tlog-proof", receipt))
    opening = opening_of(record).encoded()
    visit.page.set_input_files("#opening", payload("XA.opening.json", opening))
    visit.page.set_input_files("#policy", PLAIN)
    pressed(visit)
    assert TORTURE in unbroken(visit.page.inner_text("main"))
    assert not list(faults.of_its_width(visit))
    assert not list(faults.of_paper(visit))


def test_letters_of_a_slip_are_judged_without_scripts(plain: Visit) -> None:
    plain.go("/km/verify")
    letters = "\n".join(lines_of_groups(receipt_of(FULL)))
    plain.page.fill("#text", letters)
    plain.page.set_input_files("#policy", PLAIN)
    pressed(plain)
    say = Catalogue("km").say
    valid = say("verdict.valid", file=say("verifier.pasted"))
    assert unbroken(plain.page.inner_text("section h3")) == valid


def test_the_file_is_saved_and_not_shown(visit: Visit) -> None:
    visit.go("/en/verify")
    with visit.page.expect_download() as waiting:
        visit.page.click("a[download='verify.html']")
    assert waiting.value.suggested_filename == "verify.html"
