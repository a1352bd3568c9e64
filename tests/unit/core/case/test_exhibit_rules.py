"""Which acts come with files, who reads those, and what is never shown more widely than the act."""

from dataclasses import replace

import pytest

from answerable.core.act_form import Asked, Carries
from answerable.core.acts import By
from answerable.core.case.acts.table import ACTS
from answerable.core.case.attached import Attached, read_exhibits
from answerable.core.case.exhibit_rules import base_readers, readers_offered, readers_to_begin_with
from answerable.core.case.limits import EXHIBITS
from tests.support.cases import (
    BODY,
    DUTY,
    MONITOR,
    NGO,
    OFFICE,
    OFFICER,
    Told,
    accepted,
    assigned,
    inquired,
    lodged,
    photo,
)

KEY = f"key:{'ab' * 32}"


def readers_of(told: Told, code: str, who: By, entered_by: By | None = None) -> tuple[str, ...]:
    """Return who reads an exhibit of an act that names no readers."""
    asked = Asked(by=who, allegations=(1,), entered_by=entered_by)
    kind = next(kind for kind in ACTS.values() if kind.code == code)
    return base_readers(kind, told.deciding(asked))


# --- Which acts come with files (case.md 4). ---


def test_the_table_says_which_acts_come_with_files() -> None:
    assert {kind.code for kind in ACTS.values() if kind.exhibits is Carries.MUST} == {
        "exhibit-added"
    }
    assert {kind.code for kind in ACTS.values() if kind.exhibits is Carries.MAY} == {
        *("claim-noted", "delivered", "handed-over", "corrected", "danger-claimed"),
        *("reprisal-reported", "clarification-answered", "account-given", "inquiry-step"),
        *("records-search", "legal-opinion", "draft-commented", "contested"),
        *("action-done", "action-doubted"),
    }


def test_an_act_counts_its_files_in_its_envelope() -> None:
    step = assigned().does(
        "inquiry-step", OFFICER, method="visit", on="2026-05-11", exhibits=(photo(1), photo(2))
    )
    assert step.last.facts["exhibits"] == 2
    without = assigned().does("inquiry-step", OFFICER, method="visit", on="2026-05-11")
    assert "exhibits" not in without.last.facts


def test_an_act_that_takes_no_file_takes_none() -> None:
    refused = lodged().refuses("fact-added", NGO, origin="saw", exhibits=(photo(),))
    assert refused == "no-exhibits-here"


def test_with_what_is_entered_for_another_comes_the_letter() -> None:
    told = lodged().does(
        "fact-added",
        NGO,
        origin="saw",
        entered_by=OFFICE,
        evidence="a letter",
        exhibits=(photo(),),
    )
    assert told.last.facts["exhibits"] == 1


def test_of_an_erased_case_no_file_is_kept() -> None:
    erased = lodged().did("erased", NGO, (), {"ground": "law"})
    assert erased.refuses("acknowledged", OFFICE, words=None, exhibits=(photo(),)) == "case-erased"


# --- Who reads them (case.md 3). ---


def test_without_readers_it_is_those_of_a_report_and_whoever_acts() -> None:
    both = ("complainant", "secretariat")
    assert readers_of(lodged(), "exhibit-added", NGO) == both
    assert readers_of(accepted(), "account-given", BODY) == (*both, "member")
    assert readers_of(assigned(), "inquiry-step", OFFICER) == both
    assert readers_of(accepted(), "account-given", BODY, MONITOR) == (*both, "member", "monitor")


def test_of_a_danger_and_a_reprisal_the_accused_body_is_shown_no_photo() -> None:
    never_the_body = ("complainant", "secretariat", "monitor")
    assert readers_of(lodged(), "danger-claimed", NGO) == never_the_body
    assert readers_of(lodged(), "reprisal-reported", BODY) == never_the_body
    for reader in ("member", KEY):
        files = (photo(), photo(2, ("secretariat", reader)))
        assert (
            lodged().refuses("reprisal-reported", DUTY, exhibits=files)
            == "exhibit-shown-too-widely"
        )
    lodged().does("reprisal-reported", DUTY, exhibits=(photo(1, ("monitor",)),))


def test_a_comment_on_a_draft_is_shown_with_its_files_to_whom_the_procedure_names() -> None:
    out = inquired().did("draft-shared", OFFICER)
    assert readers_of(out, "draft-commented", NGO) == ("complainant", "secretariat", "member")
    narrower = (photo(1, ("complainant",)),)
    out.does("draft-commented", NGO, exhibits=narrower)
    wider = (photo(1, ("complainant", "public")),)
    # A name is never public by what is said of the whole exhibit, so this one names it itself.
    file = {"text": "p.jpg", "readers": ["public"]}
    named = (replace(wider[0], said={"file": file}),)
    assert out.refuses("draft-commented", NGO, exhibits=named) == "exhibit-shown-too-widely"
    monitor = (photo(1, ("monitor",)),)
    assert out.refuses("draft-commented", NGO, exhibits=monitor) == "exhibit-shown-too-widely"


def test_to_whom_an_exhibit_is_shown_its_sender_says() -> None:
    said = {"file": "p.jpg", "title": "The door", "readers": ["monitor", "public"]}
    one = Attached(ordinal=3, said=said, open=photo().open)
    told = {item.path: item.readers for item in one.fields(("complainant",))}
    # As in a report: the name of a file is public only where that is said of the name.
    assert told == {"exhibits/3/file": ("monitor",), "exhibits/3/title": ("monitor", "public")}
    assert {item.readers for item in photo().fields(("complainant",))} == {("complainant",)}


# --- What may be written of them. ---


@pytest.mark.parametrize(
    ("value", "code", "place"),
    [
        ("photo.jpg", "not-a-list", "exhibits"),
        (["photo.jpg"], "not-an-object", "exhibits[1]"),
        ([{"title": "The door"}], "missing-field", "exhibits[1].file"),
        ([{"file": "p.jpg"}, {"file": "p.jpg"}], "exhibit-named-twice", "exhibits[2].file"),
        ([{"file": "../p.jpg"}], "unsafe-file-name", "exhibits[1].file"),
        ([{"file": "p.jpg", "readers": ["all"]}], "unknown-reader", "exhibits[1].readers"),
        ([{"file": "p.jpg", "digest": "0"}], "unknown-field", "exhibits[1].digest"),
        ([{"file": f"{n}.jpg"} for n in range(EXHIBITS + 1)], "too-many", "exhibits"),
        ([{}], "nothing-said", "exhibits[1]"),
    ],
)
def test_what_is_wrong_with_exhibits_is_said_with_its_place(
    value: object, code: str, place: str
) -> None:
    read, (problem,) = read_exhibits(value)
    assert (read, problem.code, problem.facts["field"]) == ((), code, place)


@pytest.mark.parametrize(
    ("code", "offered", "begun"),
    [
        ("exhibit-added", ("secretariat", "member", "monitor"), ("secretariat",)),
        ("reprisal-reported", ("secretariat", "monitor"), ("secretariat", "monitor")),
    ],
)
def test_a_sender_is_offered_the_readers_of_the_words_and_begins_with_those_of_the_rule(
    code: str, offered: tuple[str, ...], begun: tuple[str, ...]
) -> None:
    kind = next(kind for kind in ACTS.values() if kind.code == code)
    assert readers_offered(kind) == offered
    assert readers_to_begin_with(kind) == begun
    base = readers_of(lodged(), code, NGO)
    assert tuple(one for one in base if one != "complainant") == begun
