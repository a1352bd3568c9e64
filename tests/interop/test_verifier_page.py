"""Page, file and command agree: in verdicts and in words, under Node and in a real browser."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha512
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from answerable.bootstrap.offline import offline
from answerable.cli.surface import Doors, run
from answerable.core.acts import Commitment
from answerable.keys import ed25519
from answerable.locale.catalogue import LANGUAGES
from answerable.qr import lines_of_groups
from answerable.verifier.page import page
from tests.support.browser import Browser, NoBrowser, browser
from tests.support.go_programs import Program
from tests.support.page_program import catalogues_of
from tests.support.transcripts import VECTORS, receipt_for

pytestmark = pytest.mark.interop

RECEIPTS = json.loads((VECTORS / "receipt" / "index.json").read_text())
OPENINGS = json.loads((VECTORS / "commitment" / "index.json").read_text())
POLICIES = json.loads((VECTORS / "policy" / "index.json").read_text())
NOW = int(RECEIPTS["now"])
PLAIN = VECTORS / "policy" / "plain.tlog-policy"
ISSUED = VECTORS / "receipt" / "proven-issued.tlog-proof"
OWN_WORDS = {"unknown-ledger", "unknown-key"}
"""What the page tells to do in words of its own, because the command's name an option."""


# --- The same words. ---


def said(capsys: pytest.CaptureFixture[str], language: str, *words: str) -> str:
    doors = Doors(offline=lambda: replace(offline(), now_seconds=NOW))
    run([*words, "--lang", language], doors, {})
    return capsys.readouterr().out.removesuffix("\n")


def without_what_to_do(text: str) -> str:
    return "\n".join(text.split("\n")[:-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_receipt_is_judged_in_the_words_of_the_command(
    verifier: Program, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = ["words", str(catalogues_of(tmp_path)), language, str(NOW)]
    commands, commanded = [], []
    for case in RECEIPTS["cases"]:
        policy = str(VECTORS / "policy" / case["policy"])
        receipt = str(VECTORS / "receipt" / case["file"])
        commanded.append(said(capsys, language, "receipt", "verify", receipt, "--policy", policy))
        commands.append([*asking, policy, receipt])
    answers = verifier.answers(commands)
    for case, ours, answer in zip(RECEIPTS["cases"], commanded, answers, strict=True):
        theirs = answer["text"]
        if case.get("refused", {}).get("code") in OWN_WORDS:
            assert theirs != ours
            assert without_what_to_do(theirs) == without_what_to_do(ours)
        else:
            assert theirs == ours


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_opening_is_judged_in_the_words_of_the_command(
    verifier: Program, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = ["words", str(catalogues_of(tmp_path)), language, str(NOW)]
    commands, ours = [], []
    for number, case in enumerate(OPENINGS["cases"]):
        receipt = tmp_path / f"{number}.tlog-proof"
        receipt.write_bytes(receipt_for(Commitment(bytes.fromhex(case["commitment"]))).encode())
        opening = str(VECTORS / "commitment" / case["file"])
        words = (opening, "--receipt", str(receipt), "--policy", str(PLAIN))
        ours.append(said(capsys, language, "opening", "verify", *words))
        commands.append([*asking, str(PLAIN), str(receipt), opening])
    answers = verifier.answers(commands)
    for case, own, answer in zip(OPENINGS["cases"], ours, answers, strict=True):
        # Of an opening that cannot be read, the page says what its receipt is worth alone too.
        if case.get("refused", {}).get("exit") == 2:
            assert answer["text"].startswith(own)
        else:
            assert answer["text"] == own


# --- Signatures at the edges of the curve. ---

_P, _L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493


def edges() -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield keys, signatures and messages that libraries are known to judge differently."""
    seed, message = bytes(32), b"a text\n"
    public, signature = ed25519.public_of(seed), ed25519.sign(seed, message)
    yield public, signature, message
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    yield public, r + (s + _L).to_bytes(32, "little"), message
    yield public, r + bytes(32), message
    yield public, signature, message + b"\n"
    small = [(1).to_bytes(32, "little"), (_P - 1).to_bytes(32, "little"), bytes(32)]
    small += [(_P + 1).to_bytes(32, "little"), _P.to_bytes(32, "little")]
    small += [bytes((*one[:31], one[31] | 0x80)) for one in small]
    # Of order eight: its multiples make cofactored and cofactorless checks differ.
    small.append(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
    for key in small:
        for nonce in small:
            for number in range(3):
                text = bytes((number,))
                yield key, nonce + bytes(32), text
    hashed = sha512(seed).digest()
    scalar = int.from_bytes(hashed[:32], "little") & ~7 & (1 << 254) - 1 | 1 << 254
    for nonce in small:
        k = int.from_bytes(sha512(nonce + public + message).digest(), "little") % _L
        yield public, nonce + (k * scalar % _L).to_bytes(32, "little"), message


def test_signatures_at_the_edges_of_the_curve_are_judged_alike(verifier: Program) -> None:
    asked = list(edges())
    commands = [["signature", *(octets.hex() for octets in one)] for one in asked]
    ours = [ed25519.verify(*one) for one in asked]
    assert [answer["fits"] for answer in verifier.answers(commands)] == ours
    assert {True, False} == set(ours)


# --- In a real browser. ---


@pytest.fixture(scope="module")
def real_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    file = tmp_path_factory.mktemp("page") / "verify.html"
    file.write_bytes(page())
    try:
        with browser() as found:
            found.open(file, NOW)
            yield found
    except NoBrowser as problem:
        pytest.skip(str(problem))


def codes(page: Browser, files: list[Path], policy: Path | None = PLAIN) -> list[str]:
    """Return the codes of what the page shows, once these files are chosen in it."""
    page.value("document.querySelector('[type=reset]').click()")
    page.choose("policy-file", [] if policy is None else [policy])
    page.choose("files", files)
    return shown(page)


def shown(page: Browser) -> list[str]:
    found = page.wait_for(
        "(cards => cards.length && cards)"
        "([...document.querySelectorAll('article')].map(card => card.dataset.code))"
    )
    assert isinstance(found, list)
    return found


def code_of(case: dict[str, Any]) -> str:
    return str(case["refused"]["code"]) if "refused" in case else "valid"


def test_every_receipt_and_policy_of_the_vectors_gets_its_verdict_in_a_browser(
    real_browser: Browser,
) -> None:
    by_policy: dict[str, list[dict[str, Any]]] = {}
    for case in RECEIPTS["cases"]:
        by_policy.setdefault(case["policy"], []).append(case)
    for policy, cases in by_policy.items():
        files = [VECTORS / "receipt" / case["file"] for case in cases]
        found = codes(real_browser, files, VECTORS / "policy" / policy)
        assert found == [code_of(case) for case in cases]
    for case in POLICIES["cases"]:
        (code,) = codes(real_browser, [ISSUED], VECTORS / "policy" / case["file"])
        assert (code == "unreadable-policy") == ("refused" in case), case["file"]


def test_every_opening_of_the_vectors_gets_its_verdict_in_a_browser(
    real_browser: Browser, tmp_path: Path
) -> None:
    receipt = tmp_path / "XA.tlog-proof"
    for case in OPENINGS["cases"]:
        receipt.write_bytes(receipt_for(Commitment(bytes.fromhex(case["commitment"]))).encode())
        found = codes(real_browser, [receipt, VECTORS / "commitment" / case["file"]])
        assert found == [code_of(case)], case["file"]


def test_a_policy_beside_decides_nothing_and_none_decides_nothing(real_browser: Browser) -> None:
    assert codes(real_browser, [ISSUED, PLAIN], None) == ["policy-not-vouched"]
    assert codes(real_browser, [ISSUED], None) == ["no-policy"]
    opening = VECTORS / "commitment" / "opened-full.opening.json"
    assert codes(real_browser, [opening]) == ["receipt-missing"]


def typed(page: Browser, text: str) -> list[str]:
    page.value("document.querySelector('[type=reset]').click()")
    page.choose("policy-file", [PLAIN])
    page.value(f"document.getElementById('text').value = {json.dumps(text)}")
    page.value("document.querySelector('[type=submit]').click()")
    return shown(page)


def test_what_is_typed_from_a_slip_or_pasted_is_judged(real_browser: Browser) -> None:
    receipt = ISSUED.read_bytes()
    slip = "\n".join(lines_of_groups(receipt))
    assert typed(real_browser, slip) == ["valid"]
    assert typed(real_browser, slip.lower()) == ["valid"]
    wrong = slip[:-8] + ("A" if slip[-8] != "A" else "B") + slip[-7:]
    assert typed(real_browser, wrong) != ["valid"]
    assert typed(real_browser, receipt.decode()) == ["valid"]
    assert typed(real_browser, "xa-២០២៦-0061-7") == ["number-alone"]
    assert typed(real_browser, "XA-2026-0061-8") == ["wrong-check-digit"]


def test_what_is_dropped_is_judged_as_what_is_chosen(real_browser: Browser) -> None:
    real_browser.value("document.querySelector('[type=reset]').click()")
    dropped = (
        "(id, name, text) => { const data = new DataTransfer(); data.items.add("
        "new File([text], name)); document.getElementById(id).dispatchEvent("
        "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }"
    )
    for target, file in (("results", ISSUED), ("policy-hint", PLAIN)):
        words = json.dumps([target, file.name, file.read_text()])
        real_browser.value(f"({dropped})(...{words})")
    real_browser.wait_for("document.querySelector('article[data-code=valid]') !== null")


def test_where_the_script_does_not_run_the_page_says_so(real_browser: Browser) -> None:
    visible = "document.getElementById('blank').checkVisibility()"
    assert real_browser.value(visible) is False
    real_browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        real_browser.ask("Page.reload")
        real_browser.wait_for(f"document.readyState === 'complete' && {visible}")
        text = real_browser.value("document.getElementById('blank').innerText")
        assert text.count("JavaScript") == len(LANGUAGES)
        assert real_browser.value("document.getElementById('page').checkVisibility()") is False
    finally:
        real_browser.ask("Emulation.setScriptExecutionDisabled", value=False)
        real_browser.ask("Page.reload")
        real_browser.wait_for("document.readyState === 'complete'")


def test_the_page_speaks_each_language_and_fits_a_narrow_screen(real_browser: Browser) -> None:
    real_browser.ask(
        "Emulation.setDeviceMetricsOverride",
        width=320, height=640, deviceScaleFactor=1, mobile=False,
    )  # fmt: skip
    for language in LANGUAGES:
        real_browser.value(f"document.querySelector('#languages [lang={language}]').click()")
        codes(real_browser, [ISSUED, VECTORS / "receipt" / RECEIPTS["cases"][-1]["file"]])
        assert real_browser.value("document.documentElement.lang") == language
        assert real_browser.value("!document.getElementById('draft').hidden") == (language != "en")
        assert real_browser.value("document.documentElement.scrollWidth <= innerWidth")
        sizes = real_browser.value(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(node => Number(node.tagName[1]))"
        )
        assert all(after <= before + 1 for before, after in pairwise(sizes))


def test_nothing_is_sent_even_if_the_page_were_made_to_try(real_browser: Browser) -> None:
    tried = (
        "new Promise(told => {"
        "document.addEventListener('securitypolicyviolation', e => told(e.violatedDirective));"
        "fetch('http://127.0.0.1:9/').catch(() => {}); setTimeout(() => told('sent'), 5000)})"
    )
    assert real_browser.value(tried) == "connect-src"
