"""The docs agree with themselves and with the code; `make docs` runs this file."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from answerable.core.case.submission import Submission
from answerable.core.check import INVARIANTS

ROOT = Path(__file__).parents[2]
ADRS = sorted((ROOT / "docs" / "adr").glob("0*.md"))
GLOSSARY = ROOT / "docs" / "glossary.md"
SECTIONS = ["Decision", "Context", "Consequences", "Status"]


def pages() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.md"],  # noqa: S607 - whichever git made the clone
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [file for file in files if file.is_file()]


def prose(page: Path) -> str:
    """Return the page without its code, where brackets are no links."""
    return re.sub(r"(?ms)^```.*?^```|`[^`\n]+`", "", page.read_text())


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.+)$", re.sub(r"(?ms)^```.*?^```", "", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def terms() -> Iterator[list[str]]:
    for line in GLOSSARY.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0] != "term" and not cells[0].startswith("---"):
            yield cells


def test_every_link_inside_the_project_leads_somewhere() -> None:
    broken = []
    for page in pages():
        for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
            path, _, anchor = target.partition("#")
            there = (page.parent / path).resolve() if path else page
            if re.match(r"\w+:", target):
                continue
            if not there.exists() or (anchor and anchor not in anchors(there)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


@pytest.mark.parametrize("page", ADRS, ids=lambda page: page.stem)
def test_a_decision_is_one_page_of_four_parts(page: Path) -> None:
    text = page.read_text()
    assert re.findall(r"(?m)^## (.+)$", text) == SECTIONS
    assert re.search(r"(?m)^Good:$", text)
    assert re.search(r"(?m)^Bad:$", text)
    assert len(text.splitlines()) <= 70


def test_each_decision_has_a_number_of_its_own_and_is_listed_by_its_title() -> None:
    # Numbers are given out before pages are written: one may be missing, and none is there twice.
    numbers = [int(page.name[:4]) for page in ADRS]
    assert numbers == sorted(set(numbers))
    listed = (ROOT / "docs" / "adr" / "README.md").read_text()
    for page in ADRS:
        title = page.read_text().splitlines()[0].removeprefix("# ")
        assert f"| [{page.name[:4]}]({page.name}) | {title} |" in listed


def test_every_term_has_a_meaning_and_a_word_in_three_languages() -> None:
    for term, meaning, _, khmer, french in terms():
        assert meaning, term
        assert french, term
        assert re.search("[\u1780-\u17ff]", khmer), term


def test_no_word_stands_for_two_terms() -> None:
    for column in (0, 3, 4):
        words = [cells[column] for cells in terms()]
        assert sorted(words) == sorted(set(words))


def test_every_name_the_glossary_gives_is_in_the_code() -> None:
    source = "\n".join(p.read_text() for p in (ROOT / "src" / "answerable").rglob("*.py"))
    missing = [
        f"{cells[0]}: {name}"
        for cells in terms()
        for name in re.findall(r"`([^`]+)`", cells[2])
        if not re.search(rf"\b{re.escape(name)}\b", source)
        and not (ROOT / "src" / "answerable" / name).exists()
    ]
    assert not missing


def test_what_a_submission_holds_or_a_module_is_named_for_is_not_called_later() -> None:
    held = {field.name for field in fields(Submission)}
    modules = {path.stem for path in (ROOT / "src" / "answerable").rglob("*.py")}
    early = [
        term
        for term, _, name, *_ in terms()
        if name == "*later*" and {term.replace(" ", "_"), f"{term}s"} & (held | modules)
    ]
    assert not early


def test_the_architecture_page_lists_every_invariant() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    listed = page.partition("<!-- invariants -->")[2].partition("<!-- /invariants -->")[0]
    rows = dict(re.findall(r"(?m)^\| `([a-z-]+)` \| (.+) \|$", listed))
    assert rows == INVARIANTS
