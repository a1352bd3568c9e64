"""Where a receipt is checked without a script: in the words of the command, and nothing is kept."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from answerable.bootstrap.offline import offline
from answerable.bootstrap.registers import FolderRegisters
from answerable.cli.surface import Doors, run
from answerable.core.acts import Commitment
from answerable.keys import ed25519
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.locale.fingerprint_words import fingerprint_in_words
from answerable.qr import bytes_of_groups, lines_of_groups
from answerable.verifier.page import page
from answerable.web.site import Site
from answerable.web.verify.judging import Checks
from answerable.web.verify.routes import MOST
from tests.support.senders import Files, encoded
from tests.support.transcripts import VECTORS, receipt_for
from tests.support.websites import Answered, Visitor
from tests.unit.web.conftest import Told

RECEIPTS = json.loads((VECTORS / "receipt" / "index.json").read_text())
OPENINGS = json.loads((VECTORS / "commitment" / "index.json").read_text())
NOW = int(RECEIPTS["now"])
PLAIN = VECTORS / "policy" / "plain.tlog-policy"
ISSUED = (VECTORS / "receipt" / "proven-issued.tlog-proof").read_bytes()
FULL = (VECTORS / "commitment" / "opened-full.opening.json").read_bytes()
OF_FULL = receipt_for(
    Commitment(
        bytes.fromhex(
            next(
                case["commitment"]
                for case in OPENINGS["cases"]
                if case["file"] == "opened-full.opening.json"
            )
        )
    )
).encode()
OWN_WORDS = {"unknown-ledger", "unknown-key"}
"""What pages tell to do in words of their own, because the command's name an option."""


ZONE = "Asia/Phnom_Penh"


class Door:
    """The page, with the clock of the vectors."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self.logged = visitor.logged

    def __call__(self, files: Files | None = None, language: str = "en", **texts: str) -> Answered:
        sent = encoded(list(texts.items()), "multipart/form-data", files or {})
        return self._visitor.get(f"/{language}/verify", "POST", **sent)

    def get(self, address: str, method: str = "GET") -> Answered:
        return self._visitor.get(address, method)


@pytest.fixture
def door(told: Told) -> Iterator[Door]:
    visitor = told.visitor
    registers = FolderRegisters(visitor.folder, visitor.now)
    checks = Checks(ed25519.verify, lambda: NOW, page)
    visitor.site = Site(registers, visitor.logged.append, checks=checks)
    yield Door(visitor)
    visitor.restart()


class _Said(HTMLParser):
    """The texts of the verdicts on a page, one for each line of theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._inside = self._in_pre = False

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "section"
        if self._inside and tag in {"h3", "h4", "p", "li", "dt", "pre", "br"}:
            self.lines.append("")
            self._in_pre = tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self._inside = False
        if tag == "pre" and self._inside:
            # The line end after the tag is no part of the text (HTML).
            self.lines[-1:] = self.lines[-1].removeprefix("\n").split("\n")
            self._in_pre = False

    def handle_data(self, data: str) -> None:
        if self._inside and (data.strip() or self._in_pre):
            self.lines[-1] += data


def said_by_page(answered: Answered) -> list[str]:
    said = _Said()
    said.feed(answered.text)
    return said.lines


def said_by_command(capsys: pytest.CaptureFixture[str], *words: str, now: int = NOW) -> list[str]:
    """Return what the command says, with its zone called as people do on a page."""
    run(list(words), Doors(offline=lambda: replace(offline(), now_seconds=now)), {})
    language = words[words.index("--lang") + 1] if "--lang" in words else "en"
    said = capsys.readouterr().out.replace(ZONE, Catalogue(language).zone(ZONE))
    told = said.removesuffix("\n").split("\n")
    plain = []
    for line in told:
        if line.startswith("    | "):
            plain.append(line.removeprefix("    | "))
        elif line:
            plain.append(line.removeprefix("- ").removeprefix("  "))
    return plain


def as_sent(case: Mapping[str, str], folder: Path) -> tuple[Path, Path]:
    """Return the receipt and the opening of a vector, under names without a folder."""
    receipt, opening = folder / "XA.tlog-proof", folder / "XA.opening.json"
    commitment = Commitment(bytes.fromhex(case["commitment"]))
    receipt.write_bytes(receipt_for(commitment).encode())
    opening.write_bytes((VECTORS / "commitment" / case["file"]).read_bytes())
    return receipt, opening


# --- The same words. ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_receipt_is_judged_in_the_words_of_the_command(
    door: Door, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = RECEIPTS["cases"] if language == "en" else RECEIPTS["cases"][::7]
    monkeypatch.chdir(VECTORS / "receipt")
    for case in cases:
        policy = f"../policy/{case['policy']}"
        words = (case["file"], "--policy", policy, "--zone", ZONE, "--lang", language)
        ours = said_by_command(capsys, "receipt", "verify", *words)
        files = {
            "receipt": (case["file"], Path(case["file"]).read_bytes()),
            "policy": (policy, Path(policy).read_bytes()),
        }
        answered = door(files, language)
        assert answered.status == 200
        theirs = said_by_page(answered)
        if case.get("refused", {}).get("code") in OWN_WORDS:
            assert theirs[:-1] == ours[:-1]
            assert theirs[-1] != ours[-1]
        else:
            assert theirs == ours, case["file"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_that_holds_is_read_aloud_as_its_slip_says_and_no_other_is(
    door: Door, language: str
) -> None:
    policy = {"policy": ("policy", PLAIN.read_bytes())}
    commitment = Commitment(sha256(b"an act").digest())
    proof = receipt_for(commitment).encode()
    holds = door({"receipt": ("r", proof), **policy}, language).text
    for one in fingerprint_in_words(Catalogue(language), commitment):
        assert f'<span lang="{one.language}">{one.text}</span>' in holds
    fails = door({"receipt": ("r", proof.replace(b"index ", b"index 1")), **policy}, language).text
    assert 'class="aloud"' not in fails


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_opening_is_judged_in_the_words_of_the_command(
    door: Door,
    language: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cases = OPENINGS["cases"] if language == "en" else OPENINGS["cases"][::9]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.txt").write_bytes(PLAIN.read_bytes())
    for case in cases:
        receipt, opening = as_sent(case, tmp_path)
        words = ("--receipt", receipt.name, "--policy", "policy.txt", "--zone", ZONE)
        ours = said_by_command(
            capsys, "opening", "verify", opening.name, *words, "--lang", language
        )
        files = {
            "receipt": (receipt.name, receipt.read_bytes()),
            "opening": (opening.name, opening.read_bytes()),
            "policy": ("policy.txt", PLAIN.read_bytes()),
        }
        assert said_by_page(door(files, language)) == ours, case["file"]


def test_the_policy_of_the_register_is_the_word_of_this_server(
    door: Door,
    told: Told,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = told.visitor.work.store
    act = store.dockets.acts(store.dockets.docket(told.waiting).id)[0]
    receipt = store.ledger.receipt(act).encode()
    (tmp_path / "XA.tlog-proof").write_bytes(receipt)
    (tmp_path / "policy").write_bytes((told.visitor.folder / "ledger" / "policy").read_bytes())
    monkeypatch.chdir(tmp_path)
    told.visitor.restart()  # by its own clock
    words = ("XA.tlog-proof", "--zone", ZONE)
    ours = said_by_command(capsys, "receipt", "verify", *words, now=told.visitor.now())
    theirs = said_by_page(door({"receipt": ("XA.tlog-proof", receipt)}))
    say = Catalogue("en").say
    assert theirs[0] == ours[0] == say("verdict.undecided", file="XA.tlog-proof")
    keys = ("verify.not-vouched", "verify.not-vouched-means", "verify.not-vouched-do")
    assert theirs[1:4] == [say(key) for key in keys]
    assert theirs[4:] == ours[4:]
    assert say("proves.title-if") in theirs
    refused = said_by_page(door({"receipt": ("r", receipt.replace(b"index ", b"index 1"))}))
    assert refused[:2] == [say("verdict.undecided", file="r"), say(keys[0])]


# --- What is put in. ---


def test_letters_from_a_slip_and_pasted_texts_are_judged_as_files_are(door: Door) -> None:
    policy = {"policy": ("policy", PLAIN.read_bytes())}
    valid = Catalogue("en").say("verdict.valid", file=Catalogue("en").say("verifier.pasted"))
    slip = "\r\n".join(lines_of_groups(ISSUED))
    for text in (ISSUED.decode(), slip, slip.lower()):
        assert said_by_page(door(policy, text=text))[0] == valid
    wrong = slip[:-8] + ("A" if slip[-8] != "A" else "B") + slip[-7:]
    assert said_by_page(door(policy, text=wrong))[0] != valid


@pytest.mark.parametrize("size", [*range(1, 12), len(ISSUED)])
def test_letters_are_read_as_they_were_written_and_in_no_other_way(size: int) -> None:
    content = ISSUED[:size]
    text = " ".join(lines_of_groups(content))
    assert bytes_of_groups(text) == content
    assert bytes_of_groups(f"\n{text.lower()} ") == content
    spare = 5 * len(text.replace(" ", "")) - 8 * size
    if spare:
        last = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".index(text[-1])
        other = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[last + 1]
        assert bytes_of_groups(text[:-1] + other) is None
    assert bytes_of_groups(text + "1") is None


@pytest.mark.parametrize("text", ["", " ", "A", "ABC", "AB=", "\u1780\u17d2", "MZ0"])
def test_what_is_not_letters_of_a_slip_is_none(text: str) -> None:
    assert bytes_of_groups(text) is None


def test_what_stands_in_the_wrong_field_is_judged_as_what_it_is(door: Door) -> None:
    files = {
        "receipt": ("a", FULL),
        "opening": ("b", OF_FULL),
        "policy": ("policy", PLAIN.read_bytes()),
    }
    belongs = Catalogue("en").say("opening.belongs", file="a", receipt="b")
    assert said_by_page(door(files))[0] == belongs


def test_a_case_number_leads_to_the_case(door: Door, told: Told) -> None:
    answered = door(text=f" {told.waiting.lower()} ")
    assert answered.status == 303
    found = door.get(answered.headers["Location"])
    assert found.headers["Location"] == f"/en/register/{quote(told.waiting)}"
    wrong = door(text="XA-2026-0061-8")
    assert door.get(wrong.headers["Location"]).status == 404


def test_nothing_an_opening_alone_and_a_number_beside_are_told_in_a_sentence(door: Door) -> None:
    say = Catalogue("en").say
    assert say("verifier.nothing") in door().text.replace("&#39;", "'")
    alone = said_by_page(door({"opening": ("XA.opening.json", FULL)}))
    assert alone[1] == say("error.receipt-missing.what")
    beside = said_by_page(door({"receipt": ("r", ISSUED)}, text="XA-2026-0061-7"))
    assert say("error.number-alone.what", number="XA-2026-0061-7") in beside


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 70_000, b"\x89PNG\r\n\x1a\n", b"{", b"[" * 100_000, b"\xff\xfe<script>"]
)
def test_a_file_of_any_kind_gets_a_sentence(door: Door, data: bytes) -> None:
    policy = ("policy", PLAIN.read_bytes())
    for field in ("receipt", "opening", "policy"):
        files = {
            "receipt": ("r", OF_FULL),
            "opening": ("o", FULL),
            "policy": policy,
            field: ("<script>.tlog-proof", data),
        }
        answered = door(files)
        assert answered.status == 200
        assert len(said_by_page(answered)) >= 3
        assert "<script" not in answered.text
    assert door.logged == []


def test_more_than_is_read_is_refused_and_nothing_of_it_is_checked(door: Door) -> None:
    for size in (MOST + 1, 25 * 1024 * 1024):
        answered = door({"receipt": ("r", ISSUED), "opening": ("o", b"{" * size)})
        assert answered.status == 413
        assert said_by_page(answered) == []
        assert Catalogue("en").say("verify.too-long", most=MOST // 1024**2) in answered.text


# --- Nothing is kept. ---


def test_nothing_is_kept_anywhere(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    empty = tmp_path / "tmp"
    empty.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(empty))
    opened: list[str] = []
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *given, **_: opened.append(str(given)))
    before = sorted(told.visitor.folder.rglob("*"))
    big = FULL + b" " * (3 * 1024 * 1024)
    for opening in (FULL, big):
        answered = door({"receipt": ("r", OF_FULL), "opening": ("o", opening)})
        assert answered.status == 200
        assert "Set-Cookie" not in answered.headers
        assert answered.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answered.headers
        assert answered.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert (list(empty.iterdir()), opened, door.logged) == ([], [], [])
    assert sorted(told.visitor.folder.rglob("*")) == before


# --- The page, and the file that works without it. ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_gives_the_file_that_checks_without_this_server(door: Door, language: str) -> None:
    shown = door.get(f"/{language}/verify")
    assert shown.status == 200
    assert shown.size < 20 * 1024
    digest = sha256(page()).hexdigest()
    assert digest in shown.text
    file = door.get(f"/static/verifier-{digest[:12]}.html")
    assert file.body == page()
    assert file.headers["Content-Disposition"] == 'attachment; filename="verify.html"'
    assert "unsafe" not in file.headers["Content-Security-Policy"]
    assert door.get("/static/verifier-000000000000.html").status == 404
    assert Catalogue(language).say("verify.reads") in shown.text


def test_only_this_page_takes_posts(door: Door) -> None:
    assert door.get("/en/register", "POST").headers["Allow"] == "GET, HEAD"
    assert door.get("/en/verify", "PUT").headers["Allow"] == "GET, HEAD, POST"
    assert door.get("/en/verify", "HEAD").body == b""
    assert door.get("/en/verify/more").status == 404
