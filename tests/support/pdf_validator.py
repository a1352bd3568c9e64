"""veraPDF, which judges our PDFs by ISO 19005 and ISO 14289; `make validator` fetches it."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
JARS = ROOT / ".venv" / "validator"
SOURCE = ROOT / "tests" / "interop" / "pdf_validator" / "Validate.java"


class NoValidator(Exception):
    """Java or veraPDF is not here."""


@dataclass(frozen=True)
class Verdict:
    is_compliant: bool
    checks: int
    failed: str


def verdicts(flavour: str, pdfs: Sequence[Path]) -> list[Verdict]:
    """Return what veraPDF says of each file by a flavour: ``3a`` or ``ua1``.

    Raises:
        NoValidator: there is none to ask.
    """
    java = shutil.which("java")
    if java is None:
        raise NoValidator("java is missing; on Debian: apt install default-jdk-headless")
    if not JARS.is_dir():
        raise NoValidator("veraPDF is missing; with Java and Maven: make validator")
    done = subprocess.run(
        [java, "-cp", f"{JARS}/*", SOURCE, flavour, *pdfs],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    assert len(lines) == len(pdfs), done.stdout
    return [Verdict(yes == "true", int(checks), failed) for yes, checks, failed in lines]
