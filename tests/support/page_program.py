"""The verifier's page without its page: its modules, linked as they are there, under Node."""

import json
import shutil
from pathlib import Path

from answerable.verifier.page import catalogues, linked
from tests.support.go_programs import Program

MODULES = (
    *("bytes", "canonical", "catalogue", "ed25519", "envelope", "failure", "opening", "policy"),
    *("receipt", "verdict", "words"),
)


class NoNode(Exception):
    """Node is not on this machine."""


def page_program(asked_by: Path, into: Path) -> Program:
    """Return the modules with the text that asks them as a program; the sentences lie beside it.

    Raises:
        NoNode: there is none.
    """
    node = shutil.which("node")
    if node is None:
        raise NoNode("node is missing; on Debian: apt install nodejs")
    script = into / "reader.cjs"
    script.write_text(linked(*MODULES) + asked_by.read_text())
    catalogues_of(into)
    return Program(Path(node), script)


def catalogues_of(folder: Path) -> Path:
    """Return the file of the page's sentences in a folder, written anew."""
    file = folder / "catalogues.json"
    file.write_text(json.dumps(catalogues()))
    return file
