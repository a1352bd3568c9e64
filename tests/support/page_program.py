"""Pages of one file without their page: their modules, linked as they are there, under Node."""

import json
import shutil
from pathlib import Path

from answerable.verifier.page import catalogues, linked
from answerable.web.form.offline.page import linked as linked_of_form
from tests.support.go_programs import Program

MODULES = (
    *("bytes", "canonical", "catalogue", "ed25519", "envelope", "failure", "opening", "policy"),
    *("receipt", "verdict", "words"),
)
MODULES_OF_FORM = (
    *("checks", "copy", "dates", "failure", "form", "key", "notes", "questions", "restored"),
    *("splitting", "typed"),
)


class NoNode(Exception):
    """Node is not on this machine."""


def page_program(asked_by: Path, into: Path) -> Program:
    """Return the verifier with the text that asks it; the sentences lie beside it.

    Raises:
        NoNode: there is none.
    """
    catalogues_of(into)
    return _program(linked(*MODULES), asked_by, into)


def form_program(asked_by: Path, into: Path) -> Program:
    """Return the form without a network with the text that asks it.

    Raises:
        NoNode: there is none.
    """
    return _program(linked_of_form(*MODULES_OF_FORM), asked_by, into)


def _program(modules: str, asked_by: Path, into: Path) -> Program:
    node = shutil.which("node")
    if node is None:
        raise NoNode("node is missing; on Debian: apt install nodejs")
    script = into / "reader.cjs"
    script.write_text(modules + asked_by.read_text())
    return Program(Path(node), script)


def catalogues_of(folder: Path) -> Path:
    """Return the file of the page's sentences in a folder, written anew."""
    file = folder / "catalogues.json"
    file.write_text(json.dumps(catalogues()))
    return file
