"""Makes docs/reference from the code and the catalogues; ``make docs`` runs this file.

A test compares what is written with what would be written now.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from answerable.cli.output import exit_of
from answerable.core import errors
from answerable.core.act_form import Carries
from answerable.core.case.acts.kind import ActKind, When
from answerable.core.case.acts.table import ACTS
from answerable.core.proceeding.acts.table import STEPS
from answerable.locale.catalogue import LANGUAGES
from answerable.verifier.page import page as verifier_file
from answerable.web.form.offline.page import form_file
from tests.support.act_refusals import (
    ONLY_OF_STEPS,
    ONLY_WHERE,
    of_every_act,
    of_every_step,
    of_its_rules,
    refusals_of,
    refusals_of_step,
)
from tests.support.proceedings_page import proceedings_page
from tests.support.reference_words import MADE, anyway, row, section
from tests.support.settings_page import settings_page

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "answerable"
REFERENCE = ROOT / "docs" / "reference"
PARTS = ("what", "means", "do")

WHEN: Mapping[When, str] = {
    When.ANY: "any",
    When.INTAKE: "intake",
    When.BEFORE_FINDING: "before finding",
    When.ACCEPTED: "accepted",
    When.AFTER_FINDING: "after finding",
    When.BEFORE_CONCLUSION: "before conclusion",
}
CARRIES: Mapping[Carries, str] = {
    Carries.NONE: "only where it is entered for another",
    Carries.MAY: "may come with it",
    Carries.MUST: "at least one comes with it",
}
OTHERWISE: Mapping[str, str] = {"submitted": "submission lodge", "erased": "case erase"}
"""The commands of acts that are not done as the others are."""

KINDS = ("Refusal", "Malformed", "Undecidable", "Unreachable", "RefusedByServer", "Broken")
MEANING: Mapping[str, str] = {
    "Refusal": "A rule says no. Nothing was written.",
    "Malformed": "What came from outside cannot be read, or does not keep its format.",
    "Undecidable": "What is needed to answer is missing.",
    "Unreachable": "The other end of a network did not answer.",
    "RefusedByServer": "The other end answered no.",
    "Broken": "What must always hold does not. Nothing is mended silently.",
}


class Error(NamedTuple):
    """An error that has a code, and of which kind it is."""

    code: str
    kind: str


# --- What there is. ---


@cache
def all_errors() -> Mapping[str, Error]:
    """Return every error of the house by its code. Read from the text: some need a database."""
    classes: dict[str, list[ast.ClassDef]] = {}
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                classes.setdefault(node.name, []).append(node)
    found: dict[str, Error] = {}
    for nodes in classes.values():
        for node in nodes:
            code, kind = _code_of(node), _kind_of(node, classes)
            if code and kind:
                found[code] = Error(code, kind)
    return dict(sorted(found.items()))


def _code_of(node: ast.ClassDef) -> str:
    for line in node.body:
        match line:
            case ast.Assign(targets=[ast.Name("code")], value=ast.Constant(str(code))):
                return code
            case _:
                pass
    return ""


def _kind_of(node: ast.ClassDef, classes: Mapping[str, list[ast.ClassDef]]) -> str:
    for base in map(ast.unparse, node.bases):
        if base in KINDS:
            return base
        for above in classes.get(base, ()):
            if kind := _kind_of(above, classes):
                return kind
    return ""


@cache
def texts(language: str) -> Mapping[str, Any]:
    return tomllib.loads((SRC / "locale" / f"{language}.toml").read_text())


# --- The page of acts. ---


def _when(kind: ActKind) -> str:
    return "as the procedure says" if kind.narrowed is not None else WHEN[kind.when]


def acts_page() -> str:
    lines = [
        MADE,
        "# Acts on a case",
        "",
        "Every act that can be done on a case, as the code has it. A procedure narrows who may do",
        "an act and how often, and never widens it. How acts are written in a file:",
        "[specs/acts-file.md](../specs/acts-file.md). What an act leaves in its envelope:",
        "[specs/act.md](../specs/act.md). In which words it is refused:",
        "[refusals.md](refusals.md).",
        "",
        "| act | command | by | when | says (optional in brackets) |",
        "|---|---|---|---|---|",
        *(row(kind, command_of(kind), _when(kind)) for kind in ACTS.values()),
        "",
        "*Handler*: whoever the allegation is assigned to, in that party's own seat. *When* is of",
        "each allegation concerned: *intake* until it is accepted or not, *accepted* until it is",
        "answered, *before finding* is both, *any* also after conclusion.",
        "",
        "## What every act may be refused for",
        "",
        *(anyway(code, ONLY_WHERE) for code in sorted(of_every_act())),
        "",
        *(line for kind in ACTS.values() for line in _section(kind)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def command_of(kind: ActKind) -> str:
    """Return the command that does an act."""
    return f"case {kind.verb}" if kind.verb else OTHERWISE[kind.code]


_BY_PROCEDURE = "the readers that the procedure names"
READ_BY = {
    "draft-shared": _BY_PROCEDURE,
    "draft-commented": _BY_PROCEDURE,
    "clarification-answered": (
        "complainant, secretariat, member, monitor; where the answer is `only-to-the-monitor`, for "
        "complainant and monitor alone, files too"
    ),
    "readers-widened": "complainant, and the readers that are added",
}
"""Who reads what an act says, where its kind says so."""


def _section(kind: ActKind) -> Iterator[str]:
    about = {
        "When": _when(kind),
        "Concerns": "the whole case" if kind.whole else "the allegations that it names",
        "Exhibits": CARRIES[kind.exhibits],
    }
    # A kind that says who reads it does so whatever its parts say.
    readers = "" if kind.readers is None else READ_BY[kind.code]
    return section(kind, command_of(kind), about, rules=of_its_rules(kind.code), readers=readers)


# --- The page of refusals. ---


def refusals_page() -> str:
    lines = [
        MADE,
        "# What is refused, and in which words",
        "",
        "Every code of an error, with its sentences. Those in Khmer and French are **drafts**:",
        "native readers have not gone over them. In braces stand facts of the error; what stands",
        "in square brackets is left out where its fact is missing. Where the cause decides what to",
        "do, a reason has words of its own. Acts are named whose rules raise it:",
        "[acts.md](acts.md), [proceedings.md](proceedings.md).",
        "",
    ]
    for kind in KINDS:
        here = [error for error in all_errors().values() if error.kind == kind]
        if here:
            exit_code = exit_of(getattr(errors, kind)(""))
            lines += [f"## Exit code {exit_code}: {kind}", "", MEANING[kind], ""]
            lines += [line for error in here for line in _error(error, exit_code)]
    return "\n".join(lines).rstrip() + "\n"


def _error(error: Error, exit_code: int) -> Iterator[str]:
    yield f"### `{error.code}`"
    yield ""
    yield f"Exit code {exit_code}.{_raised_by(error.code)}"
    yield ""
    said = {language: texts(language)["error"].get(error.code, {}) for language in LANGUAGES}
    yield from _sentences(said)
    for reason in (name for name, value in said["en"].items() if isinstance(value, dict)):
        yield f"- reason `{reason}`:"
        yield from (
            f"  {line}"
            for line in _sentences({one: said[one].get(reason, {}) for one in LANGUAGES})
        )
    yield ""


def _sentences(said: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for language, table in said.items():
        sentences = [str(table[part]) for part in PARTS if isinstance(table.get(part), str)]
        if sentences:
            draft = "" if language == "en" else " (draft)"
            yield f"- {language}{draft}: {_escaped(_shared(language, ' '.join(sentences)))}"


def _shared(language: str, text: str) -> str:
    return re.sub(r"\$\(([a-z-]+)\)", lambda name: str(texts(language)["shared"][name[1]]), text)


def _escaped(text: str) -> str:
    one_line = " ".join(text.split())
    return re.sub(r"([<>*_\[\]`|])", r"\\\1", one_line)


def _raised_by(code: str) -> str:
    of_cases = (
        _of_every("act on a case", code, ONLY_WHERE)
        if code in of_every_act()
        else _links("acts.md", [act for act in ACTS if code in refusals_of(act)])
    )
    of_proceedings = (
        _of_every("act on a proceeding", code, ONLY_OF_STEPS)
        if code in of_every_step()
        else _links("proceedings.md", [act for act in STEPS if code in refusals_of_step(act)])
    )
    told = [one for one in (of_cases, of_proceedings) if one]
    return f" By {'; by '.join(told)}." if told else ""


def _of_every(act: str, code: str, only: Mapping[str, tuple[str, Any]]) -> str:
    return f"every {act}" + (f" {only[code][0]}" if code in only else "")


def _links(page: str, acts: Sequence[str]) -> str:
    return ", ".join(f"[`{act}`]({page}#{act})" for act in acts)


# --- The page of the verifier's fingerprint. ---


def form_page() -> str:
    """Return the page of the form's fingerprint: the file that is filled in without a network."""
    return _fingerprint(
        form_file()[0],
        "# The fingerprint of the form without a network",
        "`answerable submission form --output form.html`",
        "[howto/without-a-network.md](../howto/without-a-network.md)",
    )


def verifier_page() -> str:
    return _fingerprint(
        verifier_file(),
        "# The verifier's fingerprint",
        "`answerable receipt verifier --output verify.html`",
        "[howto/verify.md](../howto/verify.md)",
    )


def _fingerprint(made: bytes, title: str, command: str, howto: str) -> str:
    lines = [
        MADE,
        title,
        "",
        f"{command}, made from this source, writes",
        f"{len(made):,} bytes. Their SHA-256 is",
        "",
        "```",
        sha256(made).hexdigest(),
        "```",
        "",
        "A file with another fingerprint is of another version, or was changed. How to compare,",
        f"and what a fingerprint cannot tell: {howto}.",
    ]
    return "\n".join(lines) + "\n"


PAGES: Mapping[str, Any] = {
    "acts.md": acts_page,
    "proceedings.md": proceedings_page,
    "refusals.md": refusals_page,
    "settings.md": settings_page,
    "form.md": form_page,
    "verifier.md": verifier_page,
}


def stale() -> Sequence[str]:
    """Return the pages that do not say what the code says now."""
    return [
        name
        for name, page in PAGES.items()
        if not (REFERENCE / name).exists() or (REFERENCE / name).read_text() != page()
    ]


def main() -> None:
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page())


if __name__ == "__main__":
    main()
