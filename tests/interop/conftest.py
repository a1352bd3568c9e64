"""The programs that tests of this folder ask: built once, by the first test that needs them."""

import os
from pathlib import Path

import pytest

from tests.support.adapters import new_sqlite, sqlite_template
from tests.support.go_programs import GoProgram, NoGo, Program, built
from tests.support.page_program import NoNode, form_program, page_program

__all__ = ["new_sqlite", "sqlite_template"]

HERE = Path(__file__).parent


def _built(name: str, temporary: pytest.TempPathFactory) -> GoProgram:
    base = temporary.getbasetemp()
    # Processes of pytest-xdist have folders of their own in the one of the run.
    into = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    try:
        return built(HERE / name, into)
    except NoGo as problem:
        pytest.skip(str(problem))


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> GoProgram:
    """Go's x/mod, asked about our receipts, tiles and paths."""
    return _built("oracle", tmp_path_factory)


@pytest.fixture(scope="session")
def second_reader(tmp_path_factory: pytest.TempPathFactory) -> GoProgram:
    """Our formats, read by a program written from docs/specs alone."""
    return _built("second_reader", tmp_path_factory)


@pytest.fixture(scope="session")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The modules of the page that checks receipts in a browser, under Node."""
    try:
        return page_program(HERE / "page_reader.js", tmp_path_factory.mktemp("verifier"))
    except NoNode as problem:
        pytest.skip(str(problem))


@pytest.fixture(scope="session")
def offline_form(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The modules of the form that works without a network, under Node."""
    try:
        return form_program(HERE / "form_reader.js", tmp_path_factory.mktemp("form"))
    except NoNode as problem:
        pytest.skip(str(problem))


@pytest.fixture(params=["second_reader", "verifier"])
def other_reader(request: pytest.FixtureRequest) -> Program:
    """Each reader of our formats that is not ours."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Program)
    return found
