"""On a proceeding too: act, rule, refusal, sentence, command, documentation and transcript."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import click
import pytest

from answerable.cli.proceeding import proceeding
from answerable.cli.steps import StepVerb
from answerable.core.acts import ActCode
from answerable.core.errors import Refusal
from answerable.core.proceeding.acts.kind import StepKind
from answerable.core.proceeding.acts.table import STEPS
from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.support import reference_pages
from tests.support.act_refusals import (
    ONLY_OF_STEPS,
    of_every_step,
    reached_from,
    refusals_of_step,
)
from tests.support.proceedings_page import command_of_step, proceedings_page
from tests.unit.test_acts_agree import in_tests

ROOT = Path(__file__).parents[2]
PLAYED = ROOT / "tests" / "transcripts" / "proceedings"
SPEC = (ROOT / "docs" / "specs" / "act.md").read_text()
ROW = re.compile(r"(?m)^   \| `([a-z-]+)` \| proceeding \| (.+?) \| .+ \|$")
PARTS = ("what", "means", "do")

OF_RECORDING = frozenset(
    {"monitor", "on", "points", "procedure", "publishes", "follows", "carries"}
)
"""What the first act says comes from the request, and stands in no part."""

BY_THE_REGISTER: Mapping[str, frozenset[str]] = {
    "contribution-given": frozenset({"words", "contradictions"}),
    "contribution-edited": frozenset({"words", "contradictions"}),
    "response-cleared": frozenset(
        {
            "sha256",
            "format",
            "size",
            "bare",
            "unassigned",
            "unanswered",
            "silent",
            "not-confirmed",
            "without-basis",
        }
    ),
    "response-sent": frozenset({"acts", "sha256", "data"}),
}
"""Facts that no person says: they are counted, or computed, when the act is done."""


@cache
def refusals() -> Mapping[str, type[Refusal]]:
    """Return the refusals that are of a proceeding, by their codes."""
    return {
        one.code: one
        for one in _below(Refusal)
        if "code" in vars(one) and one.__module__.startswith("answerable.core.proceeding.")
    }


def _below(cls: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


def command(kind: StepKind) -> click.Command | None:
    return proceeding.commands.get(command_of_step(kind).split()[1])


def rows() -> Mapping[str, frozenset[str]]:
    """Return the acts of a proceeding that the specification lists, with their facts."""
    return {
        code: frozenset(re.findall(r"`([a-z0-9-]+)`", facts)) for code, facts in ROW.findall(SPEC)
    }


@pytest.mark.parametrize("code", STEPS)
def test_an_act_has_a_word_in_every_language_and_a_command(code: ActCode) -> None:
    assert all(Catalogue(language).has(f"act.{code}") for language in LANGUAGES)
    assert command(STEPS[code]) is not None


def test_every_command_of_an_act_is_of_an_act_of_the_table() -> None:
    kinds = [verb.kind for verb in proceeding.commands.values() if isinstance(verb, StepVerb)]
    assert {kind.code for kind in kinds} == {kind.code for kind in STEPS.values() if kind.verb}
    assert all(STEPS[kind.code] is kind for kind in kinds)


def test_every_act_of_the_table_is_specified_with_the_facts_that_it_carries() -> None:
    carried = {
        code: frozenset(part.fact for part in kind.parts if part.fact)
        | BY_THE_REGISTER.get(code, frozenset())
        | (frozenset() if kind.verb else OF_RECORDING)
        for code, kind in STEPS.items()
    }
    assert rows() == carried


def test_every_act_is_played_in_a_transcript() -> None:
    text = "\n".join(path.read_text() for path in PLAYED.glob("*.txt"))
    played = set(re.findall(r"(?m)^\$ answerable (proceeding [a-z-]+)", text))
    assert {code for code, kind in STEPS.items() if command_of_step(kind) not in played} == set()


@pytest.mark.parametrize("code", STEPS)
def test_every_rule_of_an_act_refuses_something(code: ActCode) -> None:
    assert [rule.__name__ for rule in STEPS[code].rules if not reached_from(rule)] == []


def test_every_refusal_of_a_proceeding_is_raised_by_an_act() -> None:
    raised = frozenset[str]().union(*map(refusals_of_step, STEPS))
    assert set(refusals()) - raised == set()


def test_what_is_refused_of_some_acts_only_is_what_every_act_is_asked_for() -> None:
    assert set(ONLY_OF_STEPS) <= of_every_step()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_a_proceeding_has_its_sentences(language: str) -> None:
    catalogue = Catalogue(language)
    lacking = {
        code for code in refusals() for part in PARTS if not catalogue.has(f"error.{code}.{part}")
    }
    assert lacking == set()


def test_every_refusal_of_a_proceeding_has_a_test() -> None:
    texts, names = in_tests()
    untested = {
        code for code, one in refusals().items() if code not in texts and one.__name__ not in names
    }
    assert untested == set()


def test_every_act_and_every_refusal_has_its_heading() -> None:
    acts, told = proceedings_page(), reference_pages.refusals_page()
    assert {code for code in STEPS if f"\n## `{code}`\n" not in acts} == set()
    assert {code for code in refusals() if f"\n### `{code}`\n" not in told} == set()
