"""Links modules of JavaScript into the one script of a page: the same source gives the same bytes.

A link needs no tool of others, whose version would change the bytes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent

_IMPORT = re.compile(r'(?m)^import (\{[^}]*\}|\* as \w+) from "(\./[\w./]+)\.js";$')
_DECLARED = re.compile(r"(?m)^export ((?:async function|function|const|class) (\w+))")
_LISTED = re.compile(r"(?m)^export \{([^}]*)\};$")
# Comments on lines of their own. What stands behind code stays: it may be part of a text.
_REMARKS = re.compile(r"(?ms)^[ \t]*(?://[^\n]*|/\*\*?(?:(?!\*/).)*\*/[ \t]*)\n")


@dataclass(frozen=True, slots=True)
class Modules:
    """Where the modules of a page lie: in its own folder, then here, or ``made`` of something else.

    ``keeps_remarks`` where a page is to be read as it was written, and not to be small.
    """

    folder: Path
    made: Mapping[str, str] = field(default_factory=dict)
    keeps_remarks: bool = True

    def text(self, name: str) -> str:
        text = self.made.get(name)
        if text is None:
            near = self.folder / f"{name}.js"
            text = (near if near.exists() else HERE / f"{name}.js").read_text("utf-8")
        return text if self.keeps_remarks else _REMARKS.sub("", text)

    def linked(self, *names: str) -> str:
        """Return modules and all they import as one script: each a function giving its exports."""
        found: dict[str, str] = {}
        for name in names:
            self._link(name, found)
        script = '"use strict";\n' + "".join(found.values())
        if "</script" in script.lower() or "<!--" in script:
            raise AssertionError("a script that ends its element")
        return script

    def _link(self, name: str, found: dict[str, str]) -> None:
        if name in found:
            return
        text = self.text(name)
        for one in _IMPORT.finditer(text):
            self._link(_resolved(name, one[2]), found)
        exported = [declared[2] for declared in _DECLARED.finditer(text)]
        for listed in _LISTED.finditer(text):
            exported += [item.strip() for item in listed[1].split(",") if item.strip()]
        text = _IMPORT.sub(lambda one: _binding(name, one), text)
        text = _LISTED.sub("", _DECLARED.sub(r"\1", text))
        ends = f"return {{ {', '.join(exported)} }};" if exported else ""
        found[name] = f"const {_variable(name)} = (() => {{\n{text}\n{ends}\n}})();\n"


def _resolved(importer: str, path: str) -> str:
    return Path(importer).parent.joinpath(path).as_posix()


def _variable(name: str) -> str:
    return "$" + name.replace("/", "$")


def _binding(importer: str, found: re.Match[str]) -> str:
    module = _variable(_resolved(importer, found[2]))
    name = found[1].removeprefix("* as ").replace(" as ", ": ")
    return f"const {name} = {module};"
