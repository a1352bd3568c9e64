"""Run tests on a copy of the source: python -m tests.mutants.on_a_copy FOLDER OUT TEST ..."""

import json
import sys
from pathlib import Path

import pytest


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


def main(folder: str, out: str, *tests: str) -> int:
    heard = Heard()
    # In their order and in this process, so that two runs say the same.
    options = ["-q", "-p", "no:randomly", "-p", "no:xdist", "--tb=short"]
    code = int(pytest.main([*options, *tests], plugins=[heard]))
    ours, elsewhere = imported(Path(folder))
    told = {**heard.tests, "code": code, "ours": sorted(ours), "elsewhere": sorted(elsewhere)}
    Path(out).write_text(json.dumps(told))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
