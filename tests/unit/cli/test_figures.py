"""Every figure and every difference of a register has its words, and figures are told with them."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from answerable.bootstrap.offline import offline
from answerable.cli.figure_words import line
from answerable.cli.surface import Doors, Manner, Surface
from answerable.core.case.acts.kind import changes_nothing
from answerable.core.case.acts.table import ACTS
from answerable.core.case.vocabulary import ACTOR_KINDS, CHANNELS, OTHER
from answerable.core.case.vocabulary import LANGUAGES as COUNTED_LANGUAGES
from answerable.core.figures.criteria import CRITERIA, criterion_of
from answerable.core.figures.tally import Tally, Unit
from answerable.core.figures.told import WAYS, Figure, figures_of
from answerable.core.register.showing import SHOWN_ACTS
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.locale.figure_words import OF_CODES, definition_of

REGISTER = Path(__file__).parents[3] / "src" / "answerable" / "core" / "register"
WINDOWS = {"appeal"}
FEW = "1\u20134"
NEVER_SHOWN = ("danger-", "reprisal-", "consent-")


def codes() -> list[str]:
    always = [one.code for one in figures_of(Tally())]
    of_clocks = [f"steps/{apart}opening/{way}" for apart in ("", "unconfirmed/") for way in WAYS]
    ends = ("median", "ninety-percent")
    of_days = [f"days/{apart}opening/{end}" for apart in ("", "unconfirmed/") for end in ends]
    given = [f"given/{side}/{end}" for side in ("complainant", "respondent") for end in ends]
    ages = [f"age/{end}" for end in ends]
    of_codes = [f"{family}/{code}" for family in OF_CODES for code in ("x", "not-told")]
    of_clocks += [f"steps/{apart}appeal/{way}" for apart in ("", "unconfirmed/") for way in WAYS]
    return [*always, *of_clocks, *of_days, *given, *ages, *of_codes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_definition_and_every_unit_a_word(language: str) -> None:
    catalogue = Catalogue(language)
    for code in codes():
        key, named, _ = definition_of(code, WINDOWS)
        name = "what" if code.partition("/")[0] in OF_CODES else "clock"
        assert catalogue.say(f"figure.{key}", **({name: named} if named else {})) != f"figure.{key}"
    assert all(catalogue.say(f"unit.{unit}") for unit in Unit)


def test_a_period_in_doubt_is_told_apart_from_its_clock() -> None:
    assert definition_of("steps/unconfirmed/opening/open-late") == (
        "steps-open-late",
        "opening",
        True,
    )
    assert definition_of("days/opening/median") == ("days-median", "opening", False)
    window = definition_of("steps/unconfirmed/appeal/open-late", WINDOWS)
    assert window == ("window-open-late", "", True)
    assert definition_of("outcome/no-answer") == ("outcome-no-answer", "", False)


def test_that_nobody_owes_what_a_clock_waits_for_is_said_by_the_rules_and_not_by_its_name() -> None:
    surface = Surface(Manner("en"), Doors(offline), {})
    for name in ("appeal", "contest-window"):
        figure = Figure(f"steps/{name}/open-late", Unit.STEPS, 1, ("XA-2026-0001-7",))
        assert "not contested in the days for it" in line(surface, figure, {name})
        assert "late" in line(surface, figure).partition("steps/")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_under_a_question_that_says_what_is_not_collected(
    language: str,
) -> None:
    assert {criterion_of(code) for code in codes()} == set(CRITERIA)
    catalogue = Catalogue(language)
    for criterion in CRITERIA:
        assert catalogue.has(f"criterion.{criterion}")
        assert catalogue.has(f"criterion-note.{criterion}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("family", "known"),
    [("accused", ACTOR_KINDS), ("came", CHANNELS), ("tongue", (*COUNTED_LANGUAGES, OTHER))],
)
def test_every_code_that_submissions_are_counted_by_has_a_word(
    family: str, known: Sequence[str], language: str
) -> None:
    assert all(Catalogue(language).has(f"{family}.{code}") for code in known)


@pytest.mark.parametrize(("value", "told"), [(1, FEW), (4, FEW), (5, "5"), (0, "0")])
def test_fewer_than_five_of_one_place_are_not_told_apart(value: int, told: str) -> None:
    surface = Surface(Manner("en"), Doors(offline), {})
    cases = tuple(f"XA-{number}" for number in range(value))
    said = line(surface, Figure("place/KH-2", Unit.ALLEGATIONS, value, cases))
    assert said.startswith(f"{told} allegations: in this province: Battambang")
    assert ("cases behind it" in said) == (told != FEW)
    elsewhere = line(surface, Figure("kind/other", Unit.ALLEGATIONS, value, cases))
    assert elsewhere.startswith(f"{value} ")


def test_every_difference_has_a_sentence() -> None:
    text = "".join(file.read_text() for file in REGISTER.glob("*.py"))
    named = set(re.findall(r'differs\(\s*"([a-z-]+)"', text))
    assert len(named) > 10
    facts = dict.fromkeys(
        ("file", "problem", "number", "what", "week", "told", "found", "year", "figure"), "x"
    )
    assert all(Catalogue("en").say(f"difference.{code}", **facts) for code in named)


def test_what_the_register_does_not_show_moves_no_standing() -> None:
    hidden = [kind for code, kind in ACTS.items() if code not in SHOWN_ACTS]
    moving = {kind.code for kind in hidden if kind.after is not changes_nothing}
    # That a case is erased is no standing of it, and why it was is nobody's business.
    assert all(code.startswith((*NEVER_SHOWN, "erased")) for code in moving), moving


def test_nothing_of_danger_reprisals_or_consent_is_shown() -> None:
    assert not [code for code in SHOWN_ACTS if code.startswith(NEVER_SHOWN)]
