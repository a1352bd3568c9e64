"""What holds for every test: the profiles of Hypothesis, and which skips CI does not accept."""

import atexit
import os
import shutil
from collections.abc import Generator, Mapping
from tempfile import mkdtemp

import pytest
from hypothesis import settings

from tests.support.in_memory import MIB, in_memory

# A skip for want of the other side is honest on a laptop. In CI it would hide that nothing was
# checked, so .ci/run sets these and the skip becomes a failure.
REQUIRED_BY: Mapping[str, str] = {
    "faults": "ANSWERABLE_REQUIRE_FAULTS",
    "interop": "ANSWERABLE_REQUIRE_INTEROP",
    "pdf": "ANSWERABLE_REQUIRE_PDF",
    "postgres": "ANSWERABLE_REQUIRE_POSTGRES",
}

# Tests of stores and of faults sync small files tens of thousands of times. Each run puts away what
# it leaves here, but for the folders of tests that failed (pyproject.toml).
if (memory := in_memory(2048 * MIB)) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))

# Servers that are started keep what they need of a register here, and not in the home of whoever
# runs the tests.
if "ANSWERABLE_EXTRACTS" not in os.environ:
    os.environ["ANSWERABLE_EXTRACTS"] = mkdtemp(prefix="answerable-", dir=in_memory(64 * MIB))
    atexit.register(shutil.rmtree, os.environ["ANSWERABLE_EXTRACTS"], ignore_errors=True)

# No deadlines: two cores are shared with other work, and time is measured in bench/.
settings.register_profile("dev", max_examples=40, deadline=None)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, database=None, print_blob=True
)
settings.register_profile("long", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def _requiring(marks: set[str]) -> str | None:
    """Name the variable that forbids skipping a test with these marks, if one is set."""
    wanted = (variable for mark, variable in REQUIRED_BY.items() if mark in marks)
    return next((variable for variable in wanted if os.environ.get(variable)), None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    variable = _requiring({mark.name for mark in item.iter_markers()})
    # An expected failure is reported as a skip too; it did run.
    if report.skipped and variable and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but {variable} is set: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    # A file that skips itself whole never gets as far as its marks.
    variable = _requiring(set(REQUIRED_BY))
    if report.skipped and variable:
        report.outcome = "failed"
        report.longrepr = f"skipped whole, but {variable} is set: {report.longrepr}"
    return report
