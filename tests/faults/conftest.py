"""The fixtures of this folder: a machine that can fail, and a mechanism on a disk of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.support.adapters import (
    new_postgres,
    new_sqlite,
    new_store,
    padding_per_day,
    postgres_server,
    postgres_template,
    sqlite_template,
)
from tests.support.faults import Machine, Worlds, machine
from tests.support.in_memory import MIB, in_memory

__all__ = [
    "new_postgres",
    "new_sqlite",
    "new_store",
    "padding_per_day",
    "postgres_server",
    "postgres_template",
    "sqlite_template",
]

ROOM = 512 * MIB
FOUNDED = (
    *("init", "m", "--name", "N", "--origin", "training.example/xa", "--prefix", "XA"),
    # What a process writes and where its entries come to lie is counted: nothing is left to chance.
    *("--padding-per-day", "0"),
)

TWO_REPORTS = """\
allegations:
- what: Wages of March are not paid.
  kind: wages-or-benefits-unpaid
exhibits:
- file: photo.jpg
---
allegations:
- what: Overtime is not a choice here.
  kind: forced-overtime
"""


@pytest.fixture(scope="session")
def disk() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of syncs cost nothing there."""
    made = tempfile.mkdtemp(prefix="answerable-faults-", dir=in_memory(ROOM))
    yield Path(made)
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def failing(disk: Path) -> Iterator[Machine]:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler (cc) to build the interposer with")
    with machine(compiler, disk) as made:
        yield made


@pytest.fixture(scope="session")
def template(failing: Machine, disk: Path) -> Path:
    """A founded mechanism in ``m``, and in ``d`` two submissions to be lodged in one delivery."""
    path = disk / "template"
    handed_in = path / "d"
    handed_in.mkdir(parents=True)
    (handed_in / "delivery.yaml").write_text(TWO_REPORTS)
    (handed_in / "photo.jpg").write_bytes(bytes(range(256)) * 12)
    assert failing.cli(*FOUNDED, cwd=path).exit == 0
    return path


@pytest.fixture(scope="session")
def lodged(failing: Machine, template: Path, disk: Path) -> Path:
    """A mechanism with two cases, and a secretariat."""
    path = disk / "lodged"
    shutil.copytree(template, path)
    for words in (
        ("party", "add", "Body"),
        ("seat", "grant", "Body", "secretariat"),
        ("submission", "lodge", "d/delivery.yaml"),
    ):
        assert failing.cli(*words, "--mechanism", "m", cwd=path).exit == 0
    return path


@pytest.fixture
def worlds(template: Path, disk: Path) -> Iterator[Worlds]:
    """Copies of the template, each for one fault."""
    made = Worlds(template, Path(tempfile.mkdtemp(prefix="worlds-", dir=disk)), count())
    yield made
    shutil.rmtree(made.folder, ignore_errors=True)
