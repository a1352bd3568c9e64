"""Each mutant is put into a copy of the source, where the tests named for it must fail."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from compileall import compile_dir
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from shutil import copytree, ignore_patterns

import pytest

from tests.mutants.mutant import Mutant
from tests.mutants.of_a_server import OF_A_SERVER
from tests.mutants.of_clocks import OF_CLOCKS
from tests.mutants.of_core import OF_CORE
from tests.mutants.of_erasure import OF_ERASURE
from tests.mutants.of_figures import OF_FIGURES
from tests.mutants.of_proceedings import OF_PROCEEDINGS
from tests.mutants.of_return_keys import OF_RETURN_KEYS
from tests.mutants.of_rules import OF_RULES
from tests.mutants.of_signatures import OF_SIGNATURES
from tests.mutants.of_storage import OF_STORAGE

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "answerable"
MUTANTS = (
    *OF_CORE,
    *OF_CLOCKS,
    *OF_RULES,
    *OF_PROCEEDINGS,
    *OF_FIGURES,
    *OF_ERASURE,
    *OF_RETURN_KEYS,
    *OF_SIGNATURES,
    *OF_STORAGE,
    *OF_A_SERVER,
)


@dataclass(frozen=True)
class Told:
    """What the run of some tests on the copy said."""

    code: int
    failed: list[str]
    passed: list[str]
    skipped: list[str]
    broken: list[str]
    ours: list[str]
    elsewhere: list[str]


class Copy:
    """The source, copied once, of which one file at a time is wrong."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "answerable"
        copytree(SOURCE, self.source, ignore=ignore_patterns("__pycache__"))
        # Two files of one length written within a second look the same to Python, unless what it
        # compiled is compared by the hash of the text.
        mode = PycInvalidationMode.CHECKED_HASH
        compile_dir(self.source, quiet=2, invalidation_mode=mode)
        self._out, self._log = folder / "told.json", folder / "told.json.log"
        # What forbids skips or changes the run of the outer pytest is not for the inner one.
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST_", "ANSWERABLE_"))
        }
        kept |= {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        self.runner = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.on_a_copy", str(self.source.resolve())],
            cwd=ROOT,
            env={**kept, "HYPOTHESIS_PROFILE": "ci"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def changed(self, mutant: Mutant) -> Iterator[None]:
        path = self.source / mutant.file
        text = path.read_text()
        assert text.count(mutant.old) == 1
        path.write_text(text.replace(mutant.old, mutant.new))
        try:
            yield
        finally:
            path.write_text(text)

    def run(self, *tests: str) -> Told:
        for old in (self._out, self._log):
            old.unlink(missing_ok=True)
        assert self.runner.stdin
        assert self.runner.stdout
        print(json.dumps([str(self._out), *tests]), file=self.runner.stdin, flush=True)
        code = int(self.runner.stdout.readline())
        # One is pytest's word for tests that failed; whatever else went wrong is no kill.
        assert code in {0, 1}, (code, self._log.read_text())
        told = Told(**json.loads(self._out.read_text()))
        assert not told.broken, told.broken
        assert not told.elsewhere
        return told


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    one = Copy(tmp_path_factory.mktemp("copy"))
    with one.runner:
        yield one


def is_named(test: str, ran: str) -> bool:
    return ran == test or ran.startswith((f"{test}[", f"{test}::"))


def needs_postgres(mutant: Mutant) -> bool:
    return any("[postgres-" in test for test in mutant.killed_by)


each_mutant = pytest.mark.parametrize(
    "mutant",
    [
        pytest.param(
            mutant,
            id=mutant.name,
            marks=[pytest.mark.postgres] if needs_postgres(mutant) else [],
        )
        for mutant in MUTANTS
    ],
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_still_has_its_one_place_in_the_source(mutant: Mutant) -> None:
    assert (SOURCE / mutant.file).read_text().count(mutant.old) == 1
    assert mutant.new != mutant.old
    assert mutant.killed_by
    for test in mutant.killed_by:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text()


def test_mutants_lie_where_harm_is_done_and_each_has_a_name_of_its_own() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20
    assert {mutant.file.partition("/")[0] for mutant in MUTANTS} == {
        *("bootstrap", "casework", "cli", "core", "disk.py", "forms", "storage", "web")
    }
    assert len({(mutant.file, mutant.old) for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.slow
def test_without_a_mutant_every_named_test_passes_on_the_copy(copy: Copy) -> None:
    tests = {test for mutant in MUTANTS if not needs_postgres(mutant) for test in mutant.killed_by}
    told = copy.run(*sorted(tests))
    assert (told.code, told.failed, told.skipped) == (0, [], [])
    assert {test for test in tests if any(is_named(test, ran) for ran in told.passed)} == tests


@pytest.mark.slow
@each_mutant
def test_a_mutant_is_killed_by_each_test_named_for_it(mutant: Mutant, copy: Copy) -> None:
    with copy.changed(mutant):
        told = copy.run(*mutant.killed_by)
    if needs_postgres(mutant) and told.skipped and not told.failed:
        pytest.skip("no PostgreSQL here")
    assert mutant.file in told.ours
    survived = [
        test for test in mutant.killed_by if not any(is_named(test, ran) for ran in told.failed)
    ]
    assert not survived, mutant.breaks
