"""The demo's transcript: what differs from run to run stands in braces, the rest as it is said."""

import re
from collections.abc import Sequence
from pathlib import Path

from tests.support.transcripts import NUMBERS, WORDS

ROOT = Path(__file__).parents[2]
TRANSCRIPT = ROOT / "tests" / "transcripts" / "demo.txt"
README = ROOT / "README.md"

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# The number of a report without names is drawn from a block of sixteen: 11 to 26.
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
# The days of 2019 and 2020 in the story are those of the real procedure, and do not vary.
_NOW = r"20(?:2[5-9]|[3-9]\d)"
_ZONES = "(UTC|Asia/Phnom_Penh|Phnom Penh)"
_PROTECTED = "001[1-9]|002[0-6]"
_VARYING: Sequence[tuple[str, str]] = (
    (rf"(?:{_DAYS})\s+\d{{1,2}}\s+(?:{_MONTHS})\s+{_NOW}", "{day}"),
    (rf"\b{_NOW}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z", "{time}"),
    (rf"\b{_NOW}-\d\d-\d\d\b", "{day}"),
    (rf"\b\d{{1,2}}\s+(?:{_MONTHS})\s+\d{{4}},\s+\d\d:\d\d:\d\d\s+{_ZONES}", r"{time} \1"),
    (rf"\bXA-\d{{4}}-(?:{_PROTECTED})-\d\b", "XA-{year}-{drawn}-{check}"),
    (r"\bXA-\d{4}-(\d{4})-\d\b", r"XA-{year}-\1-{check}"),
    (rf"(\{{day\}},\s+)\d\d:\d\d(?=,\s+{_ZONES})", r"\1{hour}"),
    (r"\bDue in \d+ days\b", "Due in {n} days"),
    (r"(?m)^( *Working days left by the calendar .*): \d+$", r"\1: {n}"),
    (r"\bNumbers of \d{4} ", "Numbers of {year} "),
    (r"\b[0-9a-f]{64}\b", "{hash}"),
    (r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "{key}"),
    (r"\bkey [0-9a-f]{8}\b", "key {key}"),
    (r"\bhave: [0-9a-f]{8}\b", "have: {key}"),
    (WORDS, "{words}"),
    (NUMBERS, "{numbers}"),
    (r"(?m)^( *root\t)\S{43}=$", r"\1{root}"),
)


def normalised(text: str) -> str:
    """Return what a run of the demo says, without times, ids and keys."""
    for pattern, name in _VARYING:
        text = re.sub(pattern, name, text)
    return text


def squeezed(text: str) -> str:
    """Return the words of a transcript: where its lines break depends on the names of days."""
    return " ".join(text.split())


def readme_excerpt() -> list[str]:
    """Return the lines of the transcript that the README shows: lodging, and verifying."""
    lines = [line.removeprefix("    ") for line in TRANSCRIPT.read_text().splitlines()]
    lodged = lines.index(
        "$ answerable submission lodge lantern/training-reports.yaml --as 'Lantern Association' \\"
    )
    entered = lines.index("$ cd elsewhere")
    verified = lines[entered + 2 :]
    covers = next(at for at, line in enumerate(verified) if line.startswith("Covers:"))
    return [*lines[lodged : lodged + 4], "", lines[entered], *verified[: covers + 1]]


def readme_shows() -> list[str]:
    """Return what stands between the README's markers, inside its fence, without what varies."""
    _, _, after = README.read_text().partition("<!-- demo -->\n```\n")
    return normalised(after.partition("```\n<!-- /demo -->")[0]).splitlines()
