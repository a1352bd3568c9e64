"""The catalogues agree with one another, with the errors of the code, and with the glossary."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from answerable.casework.hidden_data import CODES, REASONS
from answerable.core.act_form import ActForm, Shape
from answerable.core.acts import PARTIES, READER_CODES
from answerable.core.case import standings
from answerable.core.case.acts.table import ACTS
from answerable.core.case.standings import Over, Standing
from answerable.core.check import INVARIANTS
from answerable.core.period import Unit
from answerable.core.procedure import (
    Bound,
    ProcedureKind,
)
from answerable.core.proceeding import standings as proceedings
from answerable.core.proceeding.acts.table import STEPS
from answerable.core.proceeding.board import Stage
from answerable.core.proceeding.comparison import What
from answerable.core.proceeding.publication import PUBLISHED
from answerable.core.seats import SEATS, SENDER
from answerable.forms.procedure_file import STANDARDS
from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.support.families import FAMILIES

ROOT = Path(__file__).parents[3]
SRC = ROOT / "src" / "answerable"
PARTS = ("what", "means", "do")


@cache
def sentences(language: str) -> Mapping[str, str]:
    table = tomllib.loads((SRC / "locale" / f"{language}.toml").read_text())
    return dict(_flat(table))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value if isinstance(value, str) else " ".join(map(str, [value]))


def places(text: str) -> set[str]:
    return set(re.findall(r"\{[a-z_|]+\}|\$\([a-z-]+\)", text))


# --- What the code raises, read from its text: importing all of it would need a database. ---


@dataclass
class Raised:
    """A class of error: its code, and the facts with which it is made, place by place."""

    code: str
    made: list[tuple[set[str], str | None]] = field(default_factory=list)


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SRC.rglob("*.py"):
        yield path, ast.parse(path.read_text())


@cache
def errors() -> Mapping[str, list[Raised]]:
    """List the errors with a code by the names of their classes."""
    found = _classes()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for raised in found.get(ast.unparse(node.func), ()):
                    raised.made += _facts_of(node)
    return found


def _classes() -> dict[str, list[Raised]]:
    bases: dict[str, set[str]] = {}
    codes: dict[str, list[Raised]] = {}
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(map(ast.unparse, node.bases))
                codes.setdefault(node.name, []).extend(map(Raised, _codes_in(node)))
    known = {"AnswerableError"}
    while more := {name for name, above in bases.items() if above & known} - known:
        known |= more
    return {name: codes[name] for name in known - {"AnswerableError"} if codes[name]}


def _codes_in(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        match line:
            case ast.Assign(targets=[ast.Name("code")], value=ast.Constant(str(code))):
                yield code
            case _:
                pass


def _facts_of(call: ast.Call) -> Iterator[tuple[set[str], str | None]]:
    if any(one.arg is None for one in call.keywords):
        return  # **facts: not known from the text
    reason = next((one.value for one in call.keywords if one.arg == "reason"), None)
    known = reason.value if isinstance(reason, ast.Constant) else None
    yield {str(one.arg) for one in call.keywords}, known if isinstance(known, str) else None


def codes() -> set[str]:
    return {raised.code for found in errors().values() for raised in found}


@cache
def constants() -> set[str]:
    """List the texts that stand in the code, and the keys that stand in pages beside it."""
    page = (path.read_text() for path in SRC.glob("verifier/page.*"))
    keys = {key for text in page for key in re.findall(r"\bverifier\.[a-z-]+\b", text)}
    offline = (path.read_text() for path in SRC.glob("web/form/offline/*.*"))
    keys |= {key for text in offline for key in re.findall(r"\boffline\.[a-z-]+\b", text)}
    templates = (path.read_text() for path in SRC.glob("web/**/templates/*"))
    keys |= {key for text in templates for key in re.findall(r"say\('([a-z.-]+)'", text)}
    return keys | {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


# --- The languages agree. ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert set(sentences(language)) ^ set(sentences("en")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_the_facts_of_the_english_one(language: str) -> None:
    english = sentences("en")
    other = {key: text for key, text in sentences(language).items() if key in english}
    assert {key for key, text in other.items() if places(text) != places(english[key])} == set()


def test_every_shared_text_is_there_and_used() -> None:
    used = set(re.findall(r"\$\(([a-z-]+)\)", " ".join(sentences("en").values())))
    assert used == {key.removeprefix("shared.") for key in sentences("en") if key[:7] == "shared."}


# --- Every error has its sentence, and every sentence its error. ---


def test_no_two_errors_have_one_code() -> None:
    listed = sorted(raised.code for found in errors().values() for raised in found)
    assert [code for code in set(listed) if listed.count(code) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_says_what_happened_what_it_means_and_what_to_do(language: str) -> None:
    catalogue = Catalogue(language)
    lacking = {
        code for code in codes() for part in PARTS if not catalogue.has(f"error.{code}.{part}")
    }
    assert lacking == set()


def test_every_sentence_of_an_error_is_of_an_error() -> None:
    said = {key.split(".")[1] for key in sentences("en") if key.startswith("error.")}
    assert said - codes() == {"fault"}  # what the surface says of a bug


def test_every_reason_with_words_is_a_reason_that_is_given() -> None:
    keys = (key.split(".") for key in sentences("en") if key.startswith("error."))
    assert {key[2] for key in keys if len(key) > 3} - constants() == set()


def test_no_sentence_asks_for_a_fact_that_its_error_does_not_give() -> None:
    catalogue = sentences("en")
    lacking = set()
    for name, found in errors().items():
        for raised in found if len(found) == 1 else ():
            for facts, reason in raised.made:
                asked = set()
                for part in PARTS:
                    plain = catalogue.get(f"error.{raised.code}.{part}", "")
                    text = catalogue.get(f"error.{raised.code}.{reason}.{part}", plain)
                    asked |= set(re.findall(r"\{([a-z_]+)", re.sub(r"\[[^\[\]]*\]", "", text)))
                lacking |= {f"{name} {reason}: {fact}" for fact in asked - facts}
    assert lacking == set()


# --- Every code that is shown has a word. ---


def test_every_invariant_has_a_sentence_and_no_other() -> None:
    said = {key.removeprefix("invariant.") for key in sentences("en") if key[:10] == "invariant."}
    assert said == set(INVARIANTS)


def test_every_act_of_the_specification_has_a_word() -> None:
    spec = (ROOT / "docs" / "specs" / "act.md").read_text()
    listed = re.findall(r"(?m)^   \| `([a-z-]+)` \| (?:mechanism|case) \|", spec)
    assert len(listed) > 5
    assert {f"act.{code}" for code in listed} <= set(sentences("en"))


def test_every_seat_reader_and_standing_has_a_word() -> None:
    wanted = {f"seat.{seat}" for seat in (*SEATS, SENDER)}
    wanted |= {f"reader.{reader}" for reader in (*READER_CODES, *PARTIES)}
    wanted |= {f"standing.{standing}" for standing in (*Standing, *standings.NEED, *Over)}
    wanted |= {f"standing.{standing}" for standing in proceedings.Standing}
    wanted |= {f"stage.{stage}" for stage in Stage}
    wanted |= {f"published.{one}" for one in PUBLISHED}
    assert wanted - set(sentences("en")) == set()


def test_every_act_its_parts_and_their_choices_have_words() -> None:
    forms: list[ActForm] = [*ACTS.values(), *STEPS.values()]
    parts = [part for form in forms for part in form.parts]
    wanted = {f"act.{form.code}" for form in forms} | {f"part.{part.name}" for part in parts}
    of_readers = [part for part in parts if part.shape is Shape.READERS]
    assert {f"reader.{code}" for part in of_readers for code in part.choices} <= set(
        sentences("en")
    )
    others = [part for part in parts if part not in of_readers]
    wanted |= {f"choice.{code}" for part in others for code in part.choices}
    wanted |= {f"seat.{seat}" for form in forms for seat in form.by}
    assert wanted - set(sentences("en")) == set()
    said = {key for key in sentences("en") if key.partition(".")[0] in {"part", "choice"}}
    assert said - wanted == set()


def test_every_step_of_a_clock_has_a_sentence_and_no_other() -> None:
    steps = {
        node.args[0].value
        for path, tree in trees()
        if path.is_relative_to(SRC / "core")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"step", "Step"}
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert len(steps) > 20
    assert {key.removeprefix("step.") for key in sentences("en") if key[:5] == "step."} == steps


def test_every_unit_bound_kind_and_standard_has_its_words() -> None:
    backs = ("", "-back")
    wanted = {f"duration.{unit}-{number}" for unit in Unit for number in ("one", "many")}
    wanted |= {f"due.{bound}{end}" for bound in Bound for end in ("", "-hour")}
    wanted |= {f"within.{bound}{end}" for bound in Bound for end in backs}
    wanted |= {f"kind.{kind}" for kind in ProcedureKind}
    wanted |= {f"proof.{standard}" for standard in STANDARDS}
    families = {"duration", "due", "within", "kind", "proof"}
    assert {key for key in sentences("en") if key.partition(".")[0] in families} == wanted


def test_everything_that_may_be_hidden_in_a_file_has_a_word_and_nothing_else() -> None:
    said = {key.partition(".")[2] for key in sentences("en") if key.startswith("hidden.")}
    assert said == set(CODES)
    harmful = {
        key.split(".")[2] for key in sentences("en") if key.startswith("error.file-harmful.")
    }
    assert harmful - {"what", "means", "do"} == set(REASONS)


def test_every_note_on_a_submission_has_a_sentence() -> None:
    text = (SRC / "core" / "case" / "notes.py").read_text()
    text += (SRC / "casework" / "gazetteer.py").read_text()
    text += (SRC / "casework" / "hidden_notes.py").read_text()
    known = {key.removeprefix("note.") for key in sentences("en") if key.startswith("note.")}
    given = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text))
    not_notes = {"act", "continuing-act", "buddhist-era-may"}
    assert given - not_notes == known


def test_every_note_on_a_request_has_a_sentence_and_no_other() -> None:
    given = {
        node.args[0].value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "RequestNote"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    said = {key.partition(".")[2] for key in sentences("en") if key.startswith("request-note.")}
    assert given == said


def test_every_difference_of_a_returned_response_has_a_sentence_and_no_other() -> None:
    said = {key.partition(".")[2] for key in sentences("en") if key.startswith("returned.")}
    assert said == {*What, "comment", "tracked", "unchanged"}


def test_no_sentence_is_unused() -> None:
    unused = {
        key
        for key in sentences("en")
        if key.partition(".")[0] not in FAMILIES
        and key not in constants()
        and not key.startswith("verifier.error.")  # by codes of errors: tests/unit/verifier
    }
    # Whose end is chosen: case.{act}
    assert unused - {"case.opened", "case.acknowledged"} == set()


# --- How they are written. ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_in_one_place_what_it_is(language: str) -> None:
    text = (SRC / "locale" / f"{language}.toml").read_text()
    assert re.search(r"(?m)\A(#.*\n)*\n\[catalogue\]\nname = ", text)
    assert text.count("draft for native readers") == (0 if language == "en" else 1)


def test_no_word_promises_without_an_object() -> None:
    # ux.md G.9: we write who can read, who can see, what remains.
    promising = r"\b(secure(ly|d)?|anonymous(ly)?|guaranteed?|military[- ]grade|safe(ly)?)\b"
    assert [key for key, text in sentences("en").items() if re.search(promising, text)] == []


def test_khmer_sentences_are_khmer() -> None:
    names = (
        r"\{[^}]*\}|\$\([^)]*\)|--[a-z-]+|answerable [a-z ]+|contact = |[\w.*/:-]*[./:_-]\w[\w.*-]*"
    )
    latin = {
        key: words
        for key, text in sentences("km").items()
        if key != "catalogue.status"
        and len(words := re.findall(r"\b[a-z]{2,}\b", re.sub(names, " ", text))) > 3
        and not re.search("complainant, secretariat", text)
    }
    assert latin == {}
    silent = [
        key for key, text in sentences("km").items() if not re.search("[\u1780-\u17ff]", text)
    ]
    bare = [
        key for key in silent if re.search(r"[a-z]{3}", re.sub(names, " ", sentences("km")[key]))
    ]
    assert bare == ["catalogue.status"]


def test_what_looks_alike_below_a_khmer_letter_is_typed_in_one_way() -> None:
    # Coeng da and coeng ta have one shape: who reads cannot tell them, who searches a page does.
    assert [key for key, text in sentences("km").items() if "\u17d2\u178a" in text] == []


def test_the_sentences_use_the_words_of_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    terms = {
        cells[0]: cells[3:5]
        for line in glossary.splitlines()
        if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 5
    }
    for term in ("receipt", "opening", "policy", "ledger", "mechanism", "commitment", "exhibit"):
        khmer, french = terms[term]
        assert any(khmer in text for text in sentences("km").values()), khmer
        assert any(french.split()[0] in text for text in sentences("fr").values()), french


def test_a_french_sign_that_stands_apart_is_never_parted_from_its_word() -> None:
    # A blank there lets a line begin with a lone colon; a no-break space does not.
    apart = re.compile("[ \u202f](?=[:;!?\u00bb])|(?<=\u00ab)[ \u202f]")
    assert [key for key, said in sentences("fr").items() if apart.search(said)] == []
