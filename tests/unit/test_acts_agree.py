"""Act, rule, refusal, sentence, command, documentation and transcript: none without the others."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import click
import pytest

from answerable.cli.acts import ActVerb
from answerable.cli.case import case
from answerable.cli.submission import submission
from answerable.core.acts import ActCode
from answerable.core.case.act_codes import ACT_CODES
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.acts.table import ACTS
from answerable.core.case.later_readers import NotALaterAct
from answerable.core.case.own_calendar import CalendarTells
from answerable.core.errors import Refusal
from answerable.forms.acts_file import DONE_BY_COMMAND
from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.support import reference_pages
from tests.support.act_refusals import ONLY_WHERE, of_every_act, reached_from, refusals_of
from tests.support.reference_pages import command_of

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
SPEC = (ROOT / "docs" / "specs" / "act.md").read_text()
ROW = re.compile(r"(?m)^   \| `([a-z-]+)` \| case \| (.+?) \| .+ \|$")
PARTS = ("what", "means", "do")

OF_CASES = ("answerable.core.case.", "answerable.core.act_days")
"""Where the refusals of a case are."""

NOT_OF_AN_ACT: Mapping[str, str] = {
    CalendarTells.code: "of a file for one's own calendar, for which nothing is recorded",
    NotALaterAct.code: "of disclosing an opening, for which nothing is recorded",
    "key-of-another": "of lodging, which is decided on by its own use case",
    "sealing-not-there": "of lodging, which is decided on by its own use case",
}
"""Refusals of a case that no row of the table raises, each with where it is raised."""


@cache
def refusals() -> Mapping[str, type[Refusal]]:
    """Return the refusals that are of a case, by their codes."""
    return {
        one.code: one
        for one in _below(Refusal)
        if "code" in vars(one) and one.__module__.startswith(OF_CASES)
    }


def _below(cls: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


@cache
def in_tests() -> tuple[frozenset[str], frozenset[str]]:
    """Return the texts and the names that stand in tests."""
    here = [path for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    nodes = [node for path in here for node in ast.walk(ast.parse(path.read_text()))]
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    names = (node.id for node in nodes if isinstance(node, ast.Name))
    return frozenset(text for text in texts if isinstance(text, str)), frozenset(names)


@cache
def played() -> frozenset[str]:
    """Return the commands of the transcripts, as "noun verb", and the acts of their files."""
    text = "\n".join(path.read_text() for path in (TESTS / "transcripts").rglob("*.txt"))
    commands = re.findall(r"(?m)^\$ answerable ([a-z]+ [a-z-]+)", text)
    written = re.findall(r"(?m)^> (?:- )?act: ([a-z-]+)$", text)
    return frozenset((*commands, *(command_of(ACTS[ActCode(code)]) for code in written)))


def command(kind: ActKind) -> click.Command | None:
    noun, verb = command_of(kind).split()
    return {"case": case, "submission": submission}[noun].commands.get(verb)


def rows() -> Mapping[str, frozenset[str]]:
    """Return the acts of a case that the specification lists, with their facts."""
    return {code: frozenset(re.findall(r"`([a-z-]+)`", facts)) for code, facts in ROW.findall(SPEC)}


# --- An act has its words, its command, its place in the documentation, and a transcript. ---


@pytest.mark.parametrize("code", ACTS)
def test_an_act_has_a_word_in_every_language_and_a_command(code: ActCode) -> None:
    assert all(Catalogue(language).has(f"act.{code}") for language in LANGUAGES)
    assert command(ACTS[code]) is not None


def test_every_command_of_an_act_is_of_an_act_of_the_table() -> None:
    kinds = [verb.kind for verb in case.commands.values() if isinstance(verb, ActVerb)]
    assert {kind.code for kind in kinds} <= set(ACTS)
    assert all(ACTS[kind.code] is kind for kind in kinds)
    assert {kind.code for kind in ACTS.values() if kind.verb} == set(DONE_BY_COMMAND)


def test_every_act_of_the_table_is_specified_with_the_facts_that_it_carries() -> None:
    listed = rows()
    assert set(listed) - {"clocks-moved", "cited-in-proceeding"} == ACT_CODES
    # What lodging carries is the submission's, and stands there; that an event is public is the
    # procedure's word, and no part of what a person says.
    carried = {
        code: frozenset(
            (*(p.fact for p in kind.parts if p.fact), *(["public"] if kind.adds else []))
        )
        for code, kind in ACTS.items()
        if code != "submitted"
    }
    assert {code: listed[code] for code in carried} == carried


def test_every_act_is_played_in_a_transcript() -> None:
    assert {code for code, kind in ACTS.items() if command_of(kind) not in played()} == set()


# --- A rule refuses, a refusal has a rule, a sentence, a heading, and a test. ---


def _rules(code: ActCode) -> list[Callable[..., None]]:
    return [*ACTS[code].rules, *ACTS[code].counted]


@pytest.mark.parametrize("code", ACTS)
def test_every_rule_of_an_act_refuses_something(code: ActCode) -> None:
    assert [rule.__name__ for rule in _rules(code) if not reached_from(rule)] == []


def test_every_refusal_of_a_case_is_raised_by_the_rule_of_an_act() -> None:
    raised = frozenset[str]().union(*map(refusals_of, ACTS))
    assert set(refusals()) - raised == set(NOT_OF_AN_ACT)
    assert raised - set(refusals()) == set()


def test_what_is_refused_of_some_acts_only_is_what_every_act_is_asked_for() -> None:
    assert set(ONLY_WHERE) <= of_every_act()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_a_case_has_its_sentences(language: str) -> None:
    catalogue = Catalogue(language)
    lacking = {
        code for code in refusals() for part in PARTS if not catalogue.has(f"error.{code}.{part}")
    }
    assert lacking == set()


def test_every_refusal_of_a_case_has_a_test() -> None:
    texts, names = in_tests()
    untested = {
        code for code, one in refusals().items() if code not in texts and one.__name__ not in names
    }
    assert untested == set()


# --- What is written of them is what the code says. ---


def test_the_reference_is_what_make_docs_would_write_now() -> None:
    assert reference_pages.stale() == [], "make docs"


def test_every_act_and_every_refusal_has_its_heading() -> None:
    acts, told = reference_pages.acts_page(), reference_pages.refusals_page()
    assert {code for code in ACTS if f"\n## `{code}`\n" not in acts} == set()
    assert {code for code in refusals() if f"\n### `{code}`\n" not in told} == set()
