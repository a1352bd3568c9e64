"""The house rules that no linter knows: sizes, what may be named where, and what must agree."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import packages_distributions, requires
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "answerable"
PURE = ("core", "casework")
SURFACES = {"web", "api", "cli", "mail", "jobs"}
ADAPTERS = {
    *("storage", "keys", "forms", "places", "peers", "documents", "spreadsheets", "linkage"),
    *("hidden", "verifier"),
}

FILE_LINES_IN_CORE, FILE_LINES, FUNCTION_LINES, TEST_LINES, POSITIONAL = 250, 400, 50, 40, 4
# path or path::function -> why it may be longer. Keep this short: a long thing wants dividing.
LONGER: Mapping[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tracked(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git made the clone
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [file for file in files if file.is_file() and file.name.endswith(endings or "")]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """Count the lines of code from def to the end, without the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


def written() -> list[Path]:
    """List the Python files that people wrote; Django writes migrations."""
    return [path for path in tracked(".py") if "migrations" not in path.parts]


def in_pure(path: Path) -> bool:
    return any(path.is_relative_to(SRC / folder) for folder in PURE)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def dotted_strings(path: Path) -> set[str]:
    """Collect the strings that name a module or something in it, which import-linter cannot see."""
    texts = {
        node.value
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named = {text for text in texts if re.fullmatch(r"[a-z_]\w*(\.\w+)+", text)}
    return {text for text in named if find_spec(text.partition(".")[0])}


def house() -> Mapping[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def contract(beginning: str) -> Mapping[str, list[str]]:
    tool = house()["tool"]
    assert isinstance(tool, dict)
    contracts = tool["importlinter"]["contracts"]
    (found,) = (one for one in contracts if one["name"].startswith(beginning))
    assert isinstance(found, dict)
    return found


# --- Sizes: style that can be counted. ---


def test_no_file_is_longer_than_its_budget() -> None:
    too_long = {}
    for path in written():
        budget = FILE_LINES_IN_CORE if in_pure(path) else FILE_LINES
        lines = len(path.read_text().splitlines())
        if lines > budget and name_of(path) not in LONGER:
            too_long[name_of(path)] = f"{lines} > {budget}"
    assert not too_long


def test_no_function_is_longer_than_its_budget() -> None:
    too_long = {}
    for path in written():
        budget = TEST_LINES if "tests" in path.relative_to(ROOT).parts else FUNCTION_LINES
        for function in functions(path):
            name = f"{name_of(path)}::{function.name}"
            if length(function) > budget and name not in LONGER:
                too_long[name] = f"{length(function)} > {budget}"
    assert not too_long


def test_half_of_all_functions_are_short() -> None:
    lengths = [length(f) for path in written() if path.is_relative_to(SRC) for f in functions(path)]
    assert median(lengths) <= 12


def test_arguments_past_a_few_are_named_by_the_caller() -> None:
    positional = {
        f"{name_of(path)}::{function.name}": len(names)
        for path in written()
        for function in functions(path)
        if len(names := [a.arg for a in function.args.args if a.arg not in {"self", "cls"}])
        > POSITIONAL
        and not function.name.startswith("test_")  # pytest hands these their fixtures by name
    }
    assert not positional


def test_an_exception_to_a_size_names_what_is_there_and_why() -> None:
    names = {name_of(path) for path in written()}
    names |= {f"{name_of(path)}::{f.name}" for path in written() for f in functions(path)}
    assert set(LONGER) <= names
    assert all(LONGER.values())


def test_packages_have_names_that_say_something() -> None:
    empty = {"utils", "util", "common", "helpers", "helper", "services", "managers", "misc"}
    assert not [name_of(p) for p in written() if {p.stem, *p.relative_to(ROOT).parts} & empty]


# --- Words that must not be in any file. ---


def test_every_exemption_from_a_tool_gives_its_reason() -> None:
    silent = [
        f"{name_of(path)}:{number}"
        for path in written()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (found := re.search(r"# ([n]oqa|[t]ype: ignore)\b(?P<rest>.*)", line))
        and not re.match(r"(: ?|\[)[\w, -]+\]?\s*[-#(:]+ ?\w{2,}", found["rest"])
    ]
    assert not silent


@pytest.mark.parametrize(
    "banned",
    [
        # One letter of each is in brackets, so that this file does not name it either.
        pytest.param(r"\b([T]ODO|[F]IXME)\b", id="work left over"),
        pytest.param(r"(?<![\w./-])/([w]ork|[r]oot|[t]mp)/\w", id="a path of one machine"),
        pytest.param(
            r"[p]ypi\.org|[p]ythonhosted|registry\.[n]pmjs|proxy\.[g]olang|deb\.[d]ebian",
            id="a registry's host",
        ),
        pytest.param(
            r"\u17b1\u17d2\u1799", id="the word for giving as docs/glossary.md does not spell it"
        ),
    ],
)
def test_no_file_names(banned: str) -> None:
    # Files of others are as their authors published them (tests/unit/onefile).
    ours = (path for path in tracked() if "noble" not in path.parts)
    named = [
        f"{name_of(path)}:{number}"
        for path in ours
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if re.search(banned, line)
    ]
    assert not named


HOMES = {
    "the form of a reader's key": r"key:\[0-9a-f\]\{64\}",
    "the label of an exhibit's digest": r"answerable/exhibit/v1\\x00",
    "the limit of an exhibit": r"(?m)^[A-Z_]+ = 100 \* (?:MIB|1024)",
    "the file that takes another's place": r"os\.fsync\([a-z]+\.fileno\(\)\)\n\s+[a-z]+\.replace\(",
    "the sync of a folder": r"O_DIRECTORY[^\n]*\n\s+try:\n\s+os\.fsync",
}


@pytest.mark.parametrize("pattern", HOMES.values(), ids=HOMES)
def test_what_many_need_has_one_home(pattern: str) -> None:
    homes = [name_of(path) for path in SRC.rglob("*.py") if re.search(pattern, path.read_text())]
    assert len(homes) == 1, homes


# --- What the core and the use cases may lean on. ---


def test_core_and_casework_import_the_standard_library_only() -> None:
    foreign = {
        f"{name_of(path)}: {module}"
        for folder in PURE
        for path in (SRC / folder).rglob("*.py")
        for module in imports(path)
        if module.split(".")[0] not in {*sys.stdlib_module_names, "answerable"}
    }
    assert not foreign


def test_only_bootstrap_names_modules_in_strings() -> None:
    # "answerable.storage" in a string is an import that import-linter does not see.
    named = {
        f"{name_of(path)}: {text}"
        for path in written()
        if path.is_relative_to(SRC) and path.relative_to(SRC).parts[0] != "bootstrap"
        for text in dotted_strings(path)
        if text.startswith("answerable.")
        and text.split(".")[1] != path.relative_to(SRC).parts[0]  # an app may say its own name
        and not text.startswith("answerable.bootstrap.")  # __main__ starts what bootstrap builds
    }
    assert not named


def test_settings_name_only_apps_of_layers_below() -> None:
    allowed = ADAPTERS | SURFACES | {"accounts", "locale", "bootstrap"}
    for path in (SRC / "bootstrap").rglob("*.py"):
        for text in dotted_strings(path):
            first, second = text.split(".")[:2]
            assert first in {"answerable", "django"}, f"{name_of(path)} names {text}"
            if first == "answerable":
                assert second in allowed, f"{name_of(path)} names {text}"
                assert (SRC / second).is_dir(), f"{name_of(path)} names {text}, which is not there"


# --- The contracts name all there is. ---


def folders(among: set[str]) -> set[str]:
    return {f"answerable.{name}" for name in among if (SRC / name / "__init__.py").is_file()}


def test_the_contract_on_surfaces_names_every_surface_and_every_adapter() -> None:
    surfaces = contract("Surfaces")
    assert set(surfaces["source_modules"]) == folders(SURFACES)
    assert set(surfaces["forbidden_modules"]) == folders(ADAPTERS)


def test_the_contract_on_the_core_names_every_package_we_depend_on() -> None:
    ours = {re.split(r"[^\w.-]", line)[0].lower() for line in requires("answerable") or []}
    modules = {
        module
        for module, distributions in packages_distributions().items()
        if ours & {name.lower() for name in distributions} and not module.startswith("_")
    }
    assert modules <= set(contract("The core and the use cases know")["forbidden_modules"])


# --- The lock. ---


def pins(name: str) -> Mapping[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"(?m)^([\w.-]+)==([^ ;]+)", text))


def test_run_and_test_requirements_agree() -> None:
    tested = pins("test.txt")
    assert pins("run.txt").items() <= tested.items()
    assert {k: v for k, v in pins("build.txt").items() if tested.get(k, v) != v} == {}


def test_every_requirement_is_pinned_and_hashed_and_names_no_address() -> None:
    for path in (ROOT / "requirements").iterdir():
        text = re.sub(r"(?m)^\s*#.*\n?", "", path.read_text()).replace("\\\n", "")
        for line in text.splitlines():
            assert re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line
        assert "://" not in path.read_text()


def test_every_dependency_is_locked() -> None:
    project = house()["project"]
    assert isinstance(project, dict)
    asked = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    assert asked <= set(pins("run.txt"))


# --- What is handed out. ---


def test_the_wheel_carries_the_licence_and_everything_that_lies_beside_the_code(
    tmp_path: Path,
) -> None:
    # In its own process: building changes the working directory.
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(ZipFile(wheel).namelist())
    assert {
        p.relative_to(ROOT / "src").as_posix() for p in tracked() if SRC in p.parents
    } <= carried
    assert {name.rpartition("/")[2] for name in carried} >= {"LICENSE", "NOTICE"}


def test_the_licence_is_the_text_its_publisher_gives() -> None:
    # The digest of agpl-3.0.txt as the Free Software Foundation publishes it.
    published = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"
    assert sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == published
