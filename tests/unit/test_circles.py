"""No module imports what imports it: not inside a function either, and not for its types alone."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.support.adapters import ROOT

SRC = ROOT / "src"


def modules() -> dict[str, Path]:
    """Return every module of ours by its dotted name, packages by theirs."""
    found = {}
    for path in SRC.rglob("*.py"):
        parts = path.relative_to(SRC).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(text: str, known: Mapping[str, object]) -> Iterator[str]:
    """Yield the modules that a text imports anywhere: of a package, the one that is named."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                within = f"{node.module}.{name.name}"
                yield within if within in known else node.module


def circle_in(graph: Mapping[str, set[str]]) -> list[str]:
    """Return the modules of one circle, the first again at its end; none where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return [str(name) for name in found.args[1]]
    return []


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    known = modules()
    graph = {
        name: {one for one in imported(path.read_text(), known) if one in known and one != name}
        for name, path in known.items()
    }
    assert sum(map(len, graph.values())) > len(graph)
    assert circle_in(graph) == []


def test_an_import_inside_a_function_or_for_types_closes_a_circle_too() -> None:
    texts = {
        "a": "from b import x",
        "b": "def f():\n    import c",
        "c": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import y",
    }
    graph = {name: {*imported(text, texts)} & {*texts} for name, text in texts.items()}
    assert {*circle_in(graph)} == {"a", "b", "c"}
    assert circle_in({"a": {"b"}, "b": set()}) == []
