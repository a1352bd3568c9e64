"""A draft is for those whom the procedure names; nothing of it stands where others read."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, By, Seat
from answerable.core.case.acts.drafts import draft_readers
from answerable.core.case.acts.finding_parts import DRAFT_PARTS
from answerable.core.case.acts.table import ACTS
from tests.support.cases import (
    BODY,
    CHAIR,
    FINDING,
    MONITOR,
    NGO,
    OFFICE,
    OFFICER,
    PROCEDURE,
    WORDS,
    Told,
    inquired,
    starting,
    with_clock,
)


def shared() -> Told:
    return inquired().does("draft-shared", OFFICER, **FINDING)


def read_by(*seats: str) -> Told:
    return replace(inquired(), procedure=replace(PROCEDURE, drafts_read_by=tuple(map(Seat, seats))))


def test_a_draft_leaves_nothing_in_its_envelope_but_that_it_was_shared() -> None:
    assert shared().last.facts == {}
    assert (shared().allegation().draft, shared().allegation().outcome) == (6, "")


def test_every_part_of_a_draft_is_for_the_complainant_and_the_answering_body_only() -> None:
    assert {part.readers for part in DRAFT_PARTS} == {("complainant", "member")}
    assert {part.fact for part in DRAFT_PARTS} == {""}
    finding = [part.name for part in ACTS[ActCode("finding-issued")].parts]
    assert [part.name for part in DRAFT_PARTS] == finding


def test_nobody_reads_a_draft_whom_the_procedure_does_not_name() -> None:
    assert draft_readers(PROCEDURE) == ("complainant", "member")
    assert draft_readers(read_by("complainant").procedure) == ("complainant",)
    assert draft_readers(read_by("monitor", "member").procedure) == ("member", "monitor")
    assert draft_readers(read_by("chair", "public").procedure) == ()


def test_where_nobody_reads_drafts_none_is_shared() -> None:
    assert read_by().refuses("draft-shared", OFFICER, **FINDING) == "drafts-not-read"


LACKING: dict[str, dict[str, Any]] = {
    "basis-missing": {"basis": []},
    "no-evidence-found": {"reasons": "No evidence found"},
    "finding-lacks": {"actor": None},
    "contrary-evidence-missing": {
        "fact": "did-not-happen",
        "law": None,
        "basis": [6],
        "heard": [7],
        "contrary": WORDS,
        "would_change": WORDS,
    },
    "follows-missing": {"nothing_because": None},
}


@pytest.mark.parametrize("code", LACKING)
def test_a_draft_must_say_all_that_a_finding_must(code: str) -> None:
    told = inquired().did("account-given", BODY).does("fact-added", NGO, origin="saw")
    said = {**FINDING, **LACKING[code]}
    assert told.refuses("draft-shared", OFFICER, **said) == code
    assert told.refuses("finding-issued", CHAIR, **said) == code


def test_a_draft_is_on_one_allegation_too() -> None:
    assert inquired().refuses("draft-shared", OFFICER, (1, 2), **FINDING) == "one-allegation-each"


def test_the_accused_drafts_nothing() -> None:
    own = inquired().did("accepted", OFFICE, (1,), {"party": "p11"})
    assert own.refuses("draft-shared", OFFICER, **FINDING) == "accused-decides"


@pytest.mark.parametrize("who", [NGO, BODY])
def test_those_whom_the_procedure_names_comment(who: By) -> None:
    assert shared().does("draft-commented", who).last.facts == {}


def test_no_other_seat_comments() -> None:
    assert shared().refuses("draft-commented", MONITOR) == "not-a-draft-reader"
    named = replace(shared(), procedure=read_by("monitor").procedure)
    named.does("draft-commented", MONITOR)
    assert named.refuses("draft-commented", NGO) == "not-a-draft-reader"


def test_where_no_draft_is_out_nobody_comments() -> None:
    assert inquired().refuses("draft-commented", NGO) == "no-draft"
    issued = shared().does("finding-issued", CHAIR, **FINDING)
    assert issued.refuses("draft-commented", NGO) == "not-now"


def test_the_other_side_does_not_comment_for_the_complainant() -> None:
    said = shared().refuses("draft-commented", NGO, entered_by=OFFICE, evidence="a letter")
    assert said == "never-for-another"
    shared().does("draft-commented", NGO, entered_by=MONITOR, evidence="a letter")
    shared().does("draft-commented", BODY, entered_by=OFFICE, evidence="a letter")


# --- The window for comments, where the procedure has one. ---


def windowed() -> Told:
    return with_clock(inquired(), "draft-comment", starts="draft-shared", meets="draft-commented")


def out(due: str | None = "2026-05-20") -> Told:
    return windowed().did("draft-shared", OFFICER, (1,), starting("draft-comment", due))


def test_where_there_is_a_window_no_finding_is_issued_without_a_draft() -> None:
    assert windowed().refuses("finding-issued", CHAIR, **FINDING) == "draft-not-shared"
    elsewhere = windowed().did("draft-shared", OFFICER, (2,))
    assert elsewhere.refuses("finding-issued", CHAIR, **FINDING) == "draft-not-shared"


def test_no_finding_is_issued_while_there_is_time_to_comment() -> None:
    assert out().refuses("finding-issued", CHAIR, **FINDING) == "comment-window-open"
    last = out("2026-05-12")
    assert last.refuses("finding-issued", CHAIR, **FINDING) == "comment-window-open"


def test_a_finding_is_issued_once_the_window_is_over() -> None:
    after = out("2026-05-11").does("finding-issued", CHAIR, **FINDING).allegation()
    assert (after.draft, after.outcome) == (0, "happened")
    out(None).does("finding-issued", CHAIR, **FINDING)


def test_a_finding_is_issued_once_the_comments_are_there() -> None:
    met: dict[str, Any] = {"clocks": {"meets": [{"clock": "draft-comment", "started-by": 6}]}}
    commented = out().did("draft-commented", NGO, (1,), met)
    commented.does("finding-issued", CHAIR, **FINDING)


def test_where_the_procedure_has_no_window_a_finding_needs_no_draft() -> None:
    inquired().does("finding-issued", CHAIR, **FINDING)


def test_a_draft_is_read_by_whom_the_procedure_names_and_by_the_body_that_drafts() -> None:
    kind = ACTS[ActCode("draft-shared")]
    assert kind.readers is not None
    deciding = inquired().deciding(Asked(by=OFFICER, allegations=(1,)))
    named = deciding.procedure.drafts_read_by
    assert set(kind.readers(deciding)) == {*named, "secretariat"} - {"public"}
