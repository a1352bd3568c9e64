"""A skip that CI does not accept: the rule of tests/conftest.py, tried on a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
SKIPS = (
    "import pytest\n@pytest.mark.{mark}\ndef test_it():\n    pytest.skip('no such thing here')\n"
)
SKIPS_WHOLE = "import pytest\npytest.skip('no such thing here', allow_module_level=True)\n"
EXPECTED = "import pytest\n@pytest.mark.{mark}\n@pytest.mark.xfail\ndef test_it():\n    assert 0\n"


def run(folder: Path, source: str, variable: str | None) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(CONFTEST.read_text())
    (folder / "test_it.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    interop\n    postgres\n")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANSWERABLE_", "PYTEST_"))}
    kept["PYTHONPATH"] = str(CONFTEST.parents[1])  # for what the rule's file imports
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "-q"],
        cwd=folder,
        env=kept | ({variable: "1"} if variable else {}),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("mark", ["interop", "postgres"])
def test_a_skip_fails_where_ci_requires_the_test(tmp_path: Path, mark: str) -> None:
    ran = run(tmp_path, SKIPS.format(mark=mark), f"ANSWERABLE_REQUIRE_{mark.upper()}")
    assert ran.returncode == 1
    assert "1 failed" in ran.stdout
    assert "no such thing here" in ran.stdout


def test_a_skip_is_accepted_where_nothing_requires_the_test(tmp_path: Path) -> None:
    ran = run(tmp_path, SKIPS.format(mark="interop"), None)
    assert (ran.returncode, "1 skipped" in ran.stdout) == (0, True)


def test_requiring_one_kind_leaves_the_other_free_to_skip(tmp_path: Path) -> None:
    ran = run(tmp_path, SKIPS.format(mark="postgres"), "ANSWERABLE_REQUIRE_INTEROP")
    assert ran.returncode == 0


def test_a_file_that_skips_itself_whole_fails_in_ci(tmp_path: Path) -> None:
    ran = run(tmp_path, SKIPS_WHOLE, "ANSWERABLE_REQUIRE_INTEROP")
    assert ran.returncode != 0
    assert "skipped whole" in ran.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    ran = run(tmp_path, EXPECTED.format(mark="interop"), "ANSWERABLE_REQUIRE_INTEROP")
    assert (ran.returncode, "1 xfailed" in ran.stdout) == (0, True)
