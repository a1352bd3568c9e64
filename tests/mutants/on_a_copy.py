"""Runs tests on a copy of the source, each time anew: python -m tests.mutants.on_a_copy FOLDER

Each line read names, as JSON, a file for what is told, and tests. They are run in a process of
their own, forked from this one, which has imported what is no part of us: that alone took most of
the time. Its code is the answer. What it prints lies beside what it told, as ``.log``.
"""

import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import pytest

SECONDS, SECONDS_EACH = 120, 3
"""No mutant may hang: a test that notices nothing and never ends is no kill."""

LIBRARIES = (
    *("hypothesis.strategies", "django.db.models", "jinja2", "psycopg", "click", "yaml"),
    *("cryptography.hazmat.primitives.asymmetric.ed25519", "cryptography.x509"),
)


class Heard:
    """What pytest told of each test: failed counts only what the test itself found."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = {"failed": [], "passed": [], "skipped": [], "broken": []}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.skipped:
            self.tests[report.outcome].append(report.nodeid)
        elif report.failed:
            self.tests["broken"].append(f"{report.nodeid}: {report.longrepr}")


def imported(folder: Path) -> tuple[set[str], set[str]]:
    """Return which files of the copy were imported, and what was imported from elsewhere."""
    files = {
        Path(module.__file__).resolve()
        for name, module in list(sys.modules.items())
        if name.split(".")[0] == "answerable" and module.__file__
    }
    ours = {file for file in files if file.is_relative_to(folder)}
    return {str(file.relative_to(folder)) for file in ours}, set(map(str, files - ours))


def run(folder: Path, out: Path, tests: list[str]) -> int:
    heard = Heard()
    # In their order and in this process, so that two runs say the same. That a library was there
    # before pytest is so wanted.
    options = ["-q", "-p", "no:randomly", "-p", "no:xdist", "--tb=short"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    code = int(pytest.main([*options, *tests], plugins=[heard]))
    ours, elsewhere = imported(folder)
    told = {**heard.tests, "code": code, "ours": sorted(ours), "elsewhere": sorted(elsewhere)}
    out.write_text(json.dumps(told))
    return code


def forked(folder: Path, out: Path, tests: list[str]) -> int:
    """Run tests in a process of their own, and return the code that it ended with."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS + SECONDS_EACH * len(tests))
        code = os.EX_SOFTWARE
        try:
            for name, number in ((os.devnull, 0), (f"{out}.log", 1), (f"{out}.log", 2)):
                opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
                os.dup2(opened, number)
            code = run(folder, out, tests)
            sys.stdout.flush()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: str) -> None:
    for name in LIBRARIES:
        import_module(name)
    assert not any(name.split(".")[0] == "answerable" for name in sys.modules)
    for line in sys.stdin:
        out, *tests = json.loads(line)
        sys.stdout.write(f"{forked(Path(folder), Path(out), tests)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
