"""A known answer for each standing, with whose turn it is."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.case.standings import NEED, Over, Standing, over, standing_of, summary_of
from tests.support.cases import (
    BODY,
    CHAIR,
    DUTY,
    MONITOR,
    NGO,
    OFFICE,
    OFFICER,
    Told,
    accepted,
    assigned,
    lodged,
    read,
)

SENT: dict[str, Any] = {"addressee": "ministry", "channel": "by-hand", "proof": "stamp"}


def of(one: AllegationNow, **case: object) -> tuple[str, str | None]:
    whole = replace(CaseNow({1: one}, delivered=True, opened=True), **case)  # type: ignore[arg-type] # any fact
    return standing_of(whole, 1)


def answered(**facts: object) -> AllegationNow:
    return replace(AllegationNow(phase=Phase.ANSWERED, finding=5), **facts)  # type: ignore[arg-type] # any fact


def examined(**facts: object) -> AllegationNow:
    return replace(AllegationNow(phase=Phase.ACCEPTED, handler="p11"), **facts)  # type: ignore[arg-type] # any fact


# --- By acts. ---


@pytest.mark.parametrize(
    ("told", "standing", "turn"),
    [
        (lodged(host="neutral"), "lodged-not-delivered", "sender"),
        (
            lodged(host="neutral").does("delivered", NGO, **SENT),
            "delivered-not-opened",
            "secretariat",
        ),
        (
            lodged(host="neutral").does("acknowledged", OFFICE),
            "delivered-not-opened",
            "secretariat",
        ),
        (lodged(), "delivered-not-opened", "secretariat"),
        (lodged().does("opened", MONITOR), "delivered-not-opened", "secretariat"),
        (lodged().does("opened", OFFICE), "being-read", "secretariat"),
        (accepted(), "being-examined", "chair"),
        (assigned(), "being-examined", "handler"),
        (
            assigned().does("clarification-asked", OFFICER, answer_by="2026-06-01"),
            "question-to-complainant",
            "complainant",
        ),
        (assigned().does("referred", OFFICE, party="p5"), "with-body", "member"),
        (
            assigned().does("referred", OFFICE, party="p5").does("referral-accepted", BODY),
            "with-body",
            "member",
        ),
        (
            assigned().does("referred", OFFICE, party="p5").does("referral-returned", BODY),
            "being-examined",
            "handler",
        ),
        (read().does("not-accepted", OFFICE, outcome="outside"), "outside", "chair"),
        (read().does("not-accepted", OFFICE, outcome="not-examined"), "not-examined", "chair"),
        (assigned().does("recused", CHAIR, party="p11"), "being-examined", "chair"),
    ],
)
def test_acts_tell_the_standing(told: Told, standing: str, turn: str) -> None:
    assert standing_of(told.now, 1) == (standing, turn)


# --- By what is open, where the acts are of other matters. ---


@pytest.mark.parametrize(
    ("place", "standing", "turn"),
    [
        (of(examined(asked_unit=5)), "one-side-only", "member"),
        (of(examined(asked_unit=9, accounts=1)), "with-body", "member"),
        (of(examined(draft=7)), "draft-out", "complainant"),
        (of(examined(held=7, question=5)), "on-hold", "chair"),
        (of(examined(reopened=9)), "reopened", "handler"),
        (of(examined(reopened=9, handler="")), "reopened", "chair"),
        (of(examined(reopened=9, contest=8)), "reopened", "handler"),
        (of(examined(agreement=7)), "being-examined", "handler"),
        (of(examined(agreement=8, actions=(8,))), "agreed", "secretariat"),
        (of(examined(agreement=8, actions=(7,))), "being-examined", "handler"),
        (of(examined(reopened=9, actions=(7,))), "reopened", "handler"),
        (of(examined(), continued=8), "continued-without-complainant", "handler"),
        (of(answered(outcome="happened")), "answered", "chair"),
        (of(answered(outcome="agreed")), "agreed", "chair"),
        (of(answered(outcome="withdrawn")), "withdrawn", "chair"),
        (of(answered(outcome="happened", contest=8)), "answered-contested", "reviewer"),
        (of(answered(outcome="happened", actions=(6,))), "action-due", "secretariat"),
        (of(answered(outcome="happened", actions=(6,), member="p5")), "action-due", "member"),
        (of(answered(outcome="happened"), concluded=9), "concluded", None),
        (of(replace(answered(), phase=Phase.OVER)), "concluded", None),
        (of(answered(outcome="withdrawn"), concluded=9), "withdrawn", None),
        (
            of(answered(outcome="happened", contest=8), concluded=7),
            "answered-contested",
            "reviewer",
        ),
        (of(answered(outcome="happened", actions=(6,)), concluded=9), "action-due", "secretariat"),
        (of(examined(outcome="not-examined")), "not-examined", "handler"),
        (of(AllegationNow(outcome="not-examined")), "not-examined", "secretariat"),
        (of(examined(outcome="not-examined", reopened=9)), "reopened", "handler"),
        (
            of(examined(outcome="not-examined", question=9)),
            "question-to-complainant",
            "complainant",
        ),
    ],
)
def test_what_is_open_tells_the_standing(
    place: tuple[str, str | None], standing: str, turn: str | None
) -> None:
    assert place == (standing, turn)


def test_an_action_is_late_only_where_the_day_says_so() -> None:
    case = CaseNow({1: answered(outcome="happened", actions=(6, 7))})
    assert standing_of(case, 1, late=(7,)) == ("action-late", "secretariat")
    assert standing_of(case, 1, late=(5,)) == ("action-due", "secretariat")


# --- The case. ---


def test_a_case_stands_where_the_allegation_stands_that_most_needs_someone() -> None:
    told = assigned().does("clarification-asked", OFFICER, (2,), answer_by="2026-06-01")
    assert standing_of(told.now, 1)[0] is Standing.BEING_EXAMINED
    assert summary_of(told.now) == ("question-to-complainant", "complainant")
    late = replace(told.now, allegations={**told.now.allegations, 1: answered(actions=(6,))})
    assert summary_of(late, late=(6,)) == ("action-late", "secretariat")


def test_a_case_of_concerns_alone_stands_as_far_as_it_was_read() -> None:
    assert summary_of(CaseNow()) == ("lodged-not-delivered", "sender")
    assert summary_of(CaseNow(delivered=True)) == ("delivered-not-opened", "secretariat")
    assert summary_of(CaseNow(opened=True)) == ("being-read", "secretariat")
    assert summary_of(CaseNow(concluded=4)) == ("concluded", None)


def test_every_standing_has_its_place_in_the_order_of_need() -> None:
    assert sorted(NEED) == sorted(Standing)
    assert len(NEED) == 20
    assert NEED[-1] is Standing.CONCLUDED


def test_danger_and_reprisal_lie_over_the_case_until_they_are_answered() -> None:
    told = lodged(danger=True).does("reprisal-reported", NGO)
    assert over(told.now) == (Over.DANGER, Over.REPRISAL)
    assert over(told.does("danger-answered", DUTY, measure="called").now) == (Over.REPRISAL,)
    assert over(told.does("reprisal-looked-into", MONITOR).now) == (Over.DANGER,)
    assert over(lodged().now) == ()


def test_a_withdrawal_that_is_asked_is_no_withdrawal_yet() -> None:
    case = replace(assigned().now, withdrawal=5)
    assert over(case) == (Over.WITHDRAWAL,)
    assert standing_of(case, 1)[0] is Standing.BEING_EXAMINED
