"""What a server is told by variables: one table, which the program, its doctor and a page share."""

import ast
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answerable import variables
from answerable.bootstrap.folder import Settings
from answerable.bootstrap.offline import offline
from answerable.cli.serve import serve as serve_command
from answerable.cli.surface import Doors, run
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.variables import VARIABLES, Allowed, Variable, VariableNotAllowed, unknown

ROOT = Path(__file__).parents[2]

GOOD: dict[Allowed, tuple[str, ...]] = {
    Allowed.FOLDER: ("/srv/register", "."),
    Allowed.YES_NO: ("yes", "NO", "1", "off"),
    Allowed.BIND: ("127.0.0.1:8000", "[::1]:81", "localhost:65535"),
    Allowed.WHOLE: (),
    Allowed.CHOICE: (),
    Allowed.CONTACT: ("a@b.example", "https://b.example/s", "+855 12 345 678"),
    Allowed.LINE: ("012 345 678, Monday to Friday", "០១២ ៣៤៥ ៦៧៨"),
}
BAD: dict[Allowed, tuple[str, ...]] = {
    Allowed.FOLDER: ("a\0b",),
    Allowed.YES_NO: ("perhaps", "2", "y"),
    Allowed.BIND: ("8000", ":8000", "h:", "h:0", "h:65536", "h:٣", f"h:{'9' * 5000}"),
    Allowed.WHOLE: ("", "-1", "1.5", "many", "٣", "9" * 5000),
    Allowed.CHOICE: ("de", "EN"),
    Allowed.CONTACT: ("012 345 678", "write to us", "ftp://b.example"),
    Allowed.LINE: ("a\nb", "\u202e", "9" * 201),
}


def values(table: dict[Allowed, tuple[str, ...]]) -> list[Any]:
    return [
        pytest.param(one, value, id=f"{one.key}={value[:20]!r}")
        for one in VARIABLES
        for value in table[one.allowed]
        if value
    ]


@pytest.mark.parametrize(("one", "value"), values(GOOD))
def test_what_is_allowed_is_read(one: Variable, value: str) -> None:
    assert one.text({one.name: f" {value} "}) == value


@pytest.mark.parametrize(("one", "value"), values(BAD))
def test_what_is_not_allowed_is_named_with_what_is(one: Variable, value: str) -> None:
    with pytest.raises(VariableNotAllowed) as refused:
        one.text({one.name: value})
    facts = refused.value.facts
    assert (facts["name"], facts["reason"]) == (one.name, one.allowed.value)
    for language in LANGUAGES:
        told = Catalogue(language).explain("variable-not-allowed", facts)
        assert one.name in told.what
        assert "{" not in told.do
        assert "$" not in told.do


def test_numbers_have_their_ends() -> None:
    for one in VARIABLES:
        if one.allowed is Allowed.WHOLE:
            assert one.least <= int(one.default) <= one.most
            for wrong in (one.least - 1, one.most + 1):
                with pytest.raises(VariableNotAllowed):
                    one.number({one.name: str(wrong)})
            for right in (one.least, one.most):
                assert one.number({one.name: str(right)}) == right


def test_an_empty_variable_is_as_none_and_every_default_may_be_set() -> None:
    for one in VARIABLES:
        assert one.text({}) == one.text({one.name: "  "}) == one.default


def test_each_has_a_name_of_its_own_and_says_what_it_is_for() -> None:
    assert len(set(variables.NAMES)) == len(VARIABLES)
    for language in LANGUAGES:
        words = Catalogue(language)
        for one in VARIABLES:
            assert not words.say(f"variable.{one.key}").startswith("variable.")
        for name in Settings.__dataclass_fields__:
            assert not words.say(f"setting.{name}").startswith("setting.")


def test_no_catalogue_speaks_of_what_there_is_not() -> None:
    said = tomllib.loads((ROOT / "src/answerable/locale/en.toml").read_text())
    assert set(said["variable"]) == {one.key for one in VARIABLES}
    assert set(said["setting"]) == set(Settings.__dataclass_fields__)


def test_no_program_reads_a_variable_that_is_not_in_the_table() -> None:
    named = set()
    for path in (ROOT / "src").rglob("*.py"):
        if path.name == "variables.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named |= set(re.findall(r"ANSWERABLE_[A-Z_]+", node.value))
    assert named <= {*variables.NAMES, variables.PREFIX}


def test_the_options_of_serve_are_those_of_the_table() -> None:
    options = {name for param in serve_command.params for name in param.opts if name != "--help"}
    of_table = {one.option for one in VARIABLES if "serve" in one.readers and one.option}
    assert options == of_table


def test_what_looks_like_one_and_is_none_is_told_with_the_nearest() -> None:
    environ = {"ANSWERABLE_REGSTER": "r", "ANSWERABLE_QQQ": "", "ANSWERABLE_REQUIRE_X": "1"}
    assert list(unknown({**environ, "HOME": "/", "ANSWERABLE_LANG": "km"})) == [
        ("ANSWERABLE_QQQ", None),
        ("ANSWERABLE_REGSTER", "ANSWERABLE_REGISTER"),
    ]


@pytest.fixture
def served() -> Callable[..., tuple[int, list[Any]]]:
    def serve(environ: dict[str, str], *typed: str) -> tuple[int, list[Any]]:
        asked: list[Any] = []
        doors = Doors(offline=offline, serve=lambda *given: asked.append(given))
        return run(["serve", *typed], doors, environ), asked

    return serve


Served = Callable[..., tuple[int, list[Any]]]


def test_serve_is_told_by_variables_and_what_is_typed_goes_first(served: Served) -> None:
    environ = {"ANSWERABLE_REGISTER": "r", "ANSWERABLE_BIND": "[::1]:81"}
    assert served(environ) == (0, [("r", None, "::1", 81)])
    typed = ("--register", "other", "--bind", "127.0.0.1:82")
    assert served(environ, *typed) == (0, [("other", None, "127.0.0.1", 82)])
    with_form = {**environ, "ANSWERABLE_FORM": "yes"}
    assert served(with_form, "--no-form") == (0, [("r", None, "::1", 81)])
    # The form is asked for, and there is no mechanism: nothing is served.
    assert served({**with_form, "ANSWERABLE_MECHANISM": "/nowhere"}) == (2, [])


def test_serve_begins_with_no_value_that_is_not_allowed(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {"ANSWERABLE_REGISTER": "r", "ANSWERABLE_FORMS_MB": "plenty"}
    assert served(environ) == (2, [])
    assert "ANSWERABLE_FORMS_MB" in capsys.readouterr().err
    assert served({}) == (2, [])
    assert "--register" in capsys.readouterr().err


def test_serve_says_which_variable_nothing_reads(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    assert served({"ANSWERABLE_REGISTER": "r", "ANSWERABLE_BNID": "x"})[0] == 0
    assert "ANSWERABLE_BIND" in capsys.readouterr().err
