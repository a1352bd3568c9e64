"""A date that an act says is the one that its clock says, or it is refused; and who owes it."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, By
from answerable.core.case.acts.table import ACTS
from answerable.core.errors import Refusal
from answerable.core.owed import Owed
from tests.support.appending import stored
from tests.support.at_work import AtWork
from tests.support.cases import BODY, CHAIR, NGO, OFFICE, OFFICER, WORDS

RULES = Path(__file__).parents[3] / "src" / "answerable" / "procedures" / "training-mechanism.yaml"
BY_LENGTH = "{event: clock-extended, by: 20 working days, times: 1}"
TO_A_DATE = "{event: clock-extended}"
PROMISE: dict[str, Any] = {"action": WORDS, "party": BODY.party}
MORE: dict[str, Any] = {"clock": "finding", "legal_basis": WORDS, "reason": WORDS}


def case_under(work: AtWork, *changes: tuple[str, str]) -> str:
    """Return a case with both allegations assigned, under the training rules with changes."""
    text = RULES.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    read = work.shipped.read_procedure(text.encode(), "rules.yaml", None)
    assert read.value is not None, read.faults
    work.install.procedure(read.value, text, request=uuid4())
    number = work.lodge()
    work.do(number, "opened", OFFICE)
    work.do(number, "accepted", OFFICE)
    work.do(number, "assigned", CHAIR, party=OFFICER.party, reason=WORDS)
    return number


def open_(work: AtWork, number: str, clock: str) -> list[Owed]:
    owed = work.store.dockets.owed(work.reading.docket(number).id)
    return [item for item in owed if item.code == clock and item.met_by is None]


def refused(work: AtWork, number: str, code: str, who: By, **said: Any) -> dict[str, Any]:
    before = stored(work.store)
    with pytest.raises(Refusal) as refusal:
        work.do(number, code, who, said.pop("allegations", (1,)), **said)
    assert stored(work.store) == before
    return {"code": refusal.value.code, **refusal.value.facts}


def due(work: AtWork, number: str, clock: str) -> list[str | None]:
    return [item.due_on for item in open_(work, number, clock)]


def test_where_the_rule_gives_a_length_the_day_that_is_typed_is_the_one_it_counts(
    work: AtWork,
) -> None:
    number = case_under(work)
    (was,) = due(work, number, "finding")
    assert was is not None
    facts = refused(work, number, "clock-extended", OFFICER, new_date="2027-06-01", **MORE)
    assert facts["code"] == "extension-differs"
    assert (facts["on"], facts["allegation"]) == ("2027-06-01", 1)
    assert was < facts["due"] < "2027-06-01"
    work.do(number, "clock-extended", OFFICER, (1,), new_date=facts["due"], **MORE)
    assert due(work, number, "finding") == [was, facts["due"]]


def test_where_the_rule_gives_no_length_the_day_that_is_typed_is_taken(work: AtWork) -> None:
    number = case_under(work, (BY_LENGTH, TO_A_DATE))
    work.do(number, "clock-extended", OFFICER, new_date="2027-06-01", **MORE)
    assert due(work, number, "finding") == ["2027-06-01"]


def test_what_the_rule_gives_once_is_not_given_in_words_a_second_time(work: AtWork) -> None:
    number = case_under(work, (BY_LENGTH, TO_A_DATE), ("clock-extended: {at-most: 1}", ""))
    work.do(number, "clock-extended", OFFICER, new_date="2027-06-01", **MORE)
    facts = refused(work, number, "clock-extended", OFFICER, new_date="2027-07-01", **MORE)
    assert (facts["code"], facts["due"]) == ("extension-gives-nothing", "2027-06-01")


def agreed(work: AtWork, *changes: tuple[str, str]) -> str:
    """Return a case with an agreement on allegation 1."""
    number = case_under(work, *changes)
    said = {"agreed-terms": WORDS, "party": BODY.party, "action_by": "2099-12-31"}
    work.do(number, "agreement-proposed", BODY, (1,), **said)
    work.do(number, "agreement-accepted", NGO, (1,))
    return number


def test_a_promise_is_owed_by_the_day_that_it_names_where_the_rule_would_leave_longer(
    work: AtWork,
) -> None:
    number = agreed(work)
    today = work.ruling.day(work.shipped.procedure("training-mechanism", date.max))
    soon = f"{today.replace(day=28)}"
    work.do(number, "action-promised", BODY, (1,), action_by=soon, **PROMISE)
    assert due(work, number, "action") == [soon]
    far = f"{today.replace(year=today.year + 1)}"
    work.do(number, "action-promised", BODY, (1,), action_by=far, **PROMISE)
    # Each promise is owed by itself, and the rule's own words hold it to a later day.
    assert due(work, number, "action") == [soon, far]
    work.do(number, "action-done", BODY, (1,), acts=[len(work.codes(number))], proof=WORDS)
    assert due(work, number, "action") == [soon]


def test_no_promise_gives_longer_than_the_rule_and_its_last_day_is_named(work: AtWork) -> None:
    number = agreed(work, ("    extensions: [{event: action-promised}]\n", ""))
    facts = refused(work, number, "action-promised", BODY, action_by="2099-12-31", **PROMISE)
    assert facts["code"] == "promise-too-late"
    work.do(number, "action-promised", BODY, (1,), action_by=facts["due"], **PROMISE)
    assert due(work, number, "action") == [facts["due"]]


def test_where_the_rule_has_no_period_a_promise_is_owed_by_the_day_that_it_names(
    work: AtWork,
) -> None:
    number = agreed(
        work, ("    period: 3 months\n", ""), ("    extensions: [{event: action-promised}]\n", "")
    )
    work.do(number, "action-promised", BODY, (1,), action_by="2099-12-31", **PROMISE)
    assert due(work, number, "action") == ["2099-12-31"]


def test_who_promised_for_another_pays_by_saying_that_it_is_done(work: AtWork) -> None:
    number = agreed(work)
    work.do(number, "action-promised", OFFICE, (1,), action_by="2099-12-31", **PROMISE)
    work.do(number, "action-done", OFFICE, (1,), acts=[len(work.codes(number))], proof=WORDS)
    assert due(work, number, "action") == []


def entered(work: AtWork, number: str, code: str, principal: By, **said: Any) -> int:
    """Do an act that the secretariat enters for its principal, and return its number."""
    asked = Asked(
        by=principal,
        allegations=(1,),
        values=said,
        entered_by=OFFICE,
        evidence="a letter",
    )
    return work.do_act(number, ACTS[ActCode(code)], asked, request=uuid4()).sequence


def test_an_entry_is_confirmed_by_its_principal_and_pays_it_alone(
    work: AtWork,
) -> None:
    number = case_under(work)
    asked = {"party": BODY.party, "question": WORDS, "shown": WORDS, "answer_by": "2026-12-07"}
    work.do(number, "account-asked", OFFICER, (1,), consent_acts=[1], **asked)
    told = {"acts": [len(work.codes(number))], "position": "denies", "words": WORDS}
    account = entered(work, number, "account-given", BODY, **told)
    fact = entered(work, number, "fact-added", NGO, origin="saw", words=WORDS)
    owed = {item.started_by: item.seat for item in open_(work, number, "entry-confirmation")}
    assert owed == {account: "member", fact: "complainant"}
    work.do(number, "entry-confirmed", NGO, acts=[fact])
    (left,) = open_(work, number, "entry-confirmation")
    assert left.started_by == account
    work.do(number, "entry-disputed", BODY, acts=[account], reason=WORDS)
    assert open_(work, number, "entry-confirmation") == []


QUESTION = {"missing": "at what hours", "why": "to go and see"}


def test_a_question_names_the_day_that_the_rule_counts_for_its_answer(work: AtWork) -> None:
    number = case_under(work)
    before = due(work, number, "finding")
    for typed in ("2026-11-20", "2027-06-01"):
        facts = refused(work, number, "clarification-asked", OFFICER, answer_by=typed, **QUESTION)
        assert (facts["code"], facts["clock"]) == ("day-differs", "clarification-theirs")
        assert (facts["on"], facts["due"]) == (typed, "2026-12-14")
    work.do(number, "clarification-asked", OFFICER, (1,), answer_by="2026-12-14", **QUESTION)
    # What is told, what is owed, and when the pause ends at the latest are one day.
    assert due(work, number, "clarification-theirs") == ["2026-12-14"]
    act = work.reading.envelopes(work.reading.docket(number))[-1]
    assert act.facts["until"] == "2026-12-14"
    assert due(work, number, "finding") != before


def test_a_request_for_an_account_names_the_day_that_the_rule_counts_for_it(work: AtWork) -> None:
    number = case_under(work)
    said: dict[str, Any] = {"party": BODY.party, "question": WORDS, "shown": WORDS}
    said["consent_acts"] = [1]
    for typed in ("2026-11-20", "2027-06-01"):
        facts = refused(work, number, "account-asked", OFFICER, answer_by=typed, **said)
        assert (facts["code"], facts["clock"]) == ("day-differs", "account")
        assert (facts["part"], facts["on"], facts["due"]) == ("answer-by", typed, "2026-12-07")
    work.do(number, "account-asked", OFFICER, (1,), answer_by="2026-12-07", **said)
    assert due(work, number, "account") == ["2026-12-07"]


def test_a_hold_is_looked_at_again_by_the_day_of_the_rule_or_sooner(work: AtWork) -> None:
    number, said = case_under(work), {"legal_basis": WORDS, "reason": WORDS}
    facts = refused(work, number, "clock-held", CHAIR, review_on="2026-12-15", **said)
    assert (facts["code"], facts["due"]) == ("hold-too-long", "2026-12-14")
    work.do(number, "clock-held", CHAIR, (1,), review_on="2026-12-01", **said)
    work.do(number, "clock-held", CHAIR, (2,), review_on="2026-12-14", **said)


def test_where_the_rule_counts_no_day_for_an_answer_the_day_that_is_typed_is_taken(
    work: AtWork,
) -> None:
    number = case_under(work, ("    period: 20 working days\n    # Silence", "    # Silence"))
    work.do(number, "clarification-asked", OFFICER, (1,), answer_by="2027-06-01", **QUESTION)
    assert due(work, number, "clarification-theirs") == [None]
