"""The verifier's file: one file that asks nobody for anything, and is the same wherever made."""

import json
import re
import tomllib
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from answerable.bootstrap.offline import offline
from answerable.cli.surface import Doors, run
from answerable.locale.catalogue import LANGUAGES
from answerable.onefile.linking import HERE
from answerable.verifier.page import ERRORS, linked, page

ROOT = Path(__file__).parents[3]
VERIFIER = ROOT / "src" / "answerable" / "verifier"
PAGE = page().decode()


def written_by_us() -> list[Path]:
    return sorted([*VERIFIER.glob("*.js"), *HERE.glob("*.js")])


def test_the_same_source_gives_the_same_bytes_and_their_fingerprint_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "verify.html"
    words = ["receipt", "verifier", "--output", str(file), "--json"]
    assert run(words, Doors(offline=offline), {}) == 0
    assert file.read_bytes() == page()
    told = json.loads(capsys.readouterr().out)["facts"]
    assert told["sha256"] == sha256(page()).hexdigest()


def test_the_published_fingerprint_is_that_of_the_file() -> None:
    published = (ROOT / "docs" / "reference" / "verifier.md").read_text()
    assert sha256(page()).hexdigest() in published


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "verify.html"
    file.write_text("mine")
    assert run(["receipt", "verifier", "-o", str(file)], Doors(offline=offline), {}) == 1
    assert file.read_text() == "mine"


def digest_of(tag: str) -> str:
    (inside,) = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", PAGE)
    return b64encode(sha256(inside.encode()).digest()).decode()


def test_nothing_runs_but_the_script_and_style_in_it_and_nothing_is_fetched() -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', PAGE)
    assert policy.split("; ") == [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"script-src 'sha256-{digest_of('script')}'",
        f"style-src 'sha256-{digest_of('style')}'",
    ]
    assert not re.search(
        r"<(?:link|img|iframe|a|object|base)\b|\b(?:src|href|style|on\w+)=\"", PAGE
    )


def test_our_modules_keep_nothing_and_ask_nobody() -> None:
    reaching = (
        r"\b(?:localStorage|sessionStorage|indexedDB|cookie|fetch|XMLHttpRequest|WebSocket|caches"
        r"|sendBeacon|serviceWorker|innerHTML|outerHTML|insertAdjacentHTML|eval|Function|import)\b\("
        r"|\b(?:localStorage|sessionStorage|indexedDB|innerHTML|outerHTML|document\.cookie)\b"
    )
    assert [p.name for p in written_by_us() if re.search(reaching, p.read_text())] == []


def test_every_module_is_in_the_page() -> None:
    script = linked("page")
    names = [path.stem for path in written_by_us()]
    assert [name for name in names if f"const ${name} = " not in script] == []
    assert not re.search(r"(?m)^(?:export|import \{|import \*.*from ['\"]\.)", script)


def test_our_modules_are_small_and_their_lines_short() -> None:
    for path in written_by_us():
        lines = path.read_text().splitlines()
        assert len(lines) <= 250, path.name
        assert [line for line in lines if len(line) > 100] == [], path.name
    assert len((VERIFIER / "page.css").read_bytes()) <= 12_000


def test_every_failure_has_its_sentences_in_the_page_and_no_other_is_carried() -> None:
    ours = tomllib.loads((ROOT / "src/answerable/locale/en.toml").read_text())["verifier"]["error"]
    raised = {
        code
        for path in written_by_us()
        for code in re.findall(
            r"(?:malformed|refused|undecidable)\(\s*\"([a-z-]+)\"", path.read_text()
        )
    }
    alone = {code for code, parts in ours.items() if set(parts) == {"what", "means", "do"}}
    assert raised - {"unreadable-key"} == set(ERRORS) | alone  # a key's fault is its policy's
    assert set(ours) - alone <= set(ERRORS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_never_tells_of_an_option(language: str) -> None:
    table = tomllib.loads((ROOT / f"src/answerable/locale/{language}.toml").read_text())
    own = table["verifier"]["error"]
    for code in ERRORS:
        for part, text in table["error"][code].items():
            if isinstance(text, str) and part not in own.get(code, {}):
                said = re.sub(r"\$\(([a-z-]+)\)", lambda name: table["shared"][name[1]], text)
                assert "--" not in said, f"{code}.{part}"
