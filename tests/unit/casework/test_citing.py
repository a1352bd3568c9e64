"""Cases cited on a point: shown on both sides, and a protected one only as its sender allowed."""

import pytest

from answerable.casework.citations import CaseNotIncluded
from answerable.core.acts import By, Json, Seat
from tests.support.appending import stored
from tests.support.cases import BODY, OFFICE
from tests.support.proceedings_at_work import ProceedingsAtWork

AUTHOR = By(BODY.party, Seat("member"))


def cited_in(work: ProceedingsAtWork, case: str) -> list[tuple[object, object]]:
    acts = work.reading.envelopes(work.reading.docket(case))
    found = [act.facts for act in acts if act.act == "cited-in-proceeding"]
    return [(facts["proceeding"], facts["point"]) for facts in found]


def test_a_case_shows_which_point_cites_it_once(work: ProceedingsAtWork) -> None:
    case, number = work.lodge(), work.ask(2)
    work.step(number, "cases-cited", OFFICE, 2, cases=[case])
    work.step(number, "cases-cited", OFFICE, 2, cases=[case])
    assert cited_in(work, case) == [(number, 2)]


def test_a_case_that_is_cited_by_its_number_and_by_an_act_on_it_shows_it_once(
    work: ProceedingsAtWork,
) -> None:
    case, number = work.lodge(), work.ask(1)
    work.step(number, "point-assigned", OFFICE, 1, party=AUTHOR.party, role="lead")
    text, findings = "It was read.", list[Json]([f"{case}/1"])
    work.step(number, "contribution-given", AUTHOR, 1, text=text, cases=[case], findings=findings)
    assert cited_in(work, case) == [(number, 1)]


def test_of_one_point_the_number_need_not_be_said(work: ProceedingsAtWork) -> None:
    case, number = work.lodge(), work.ask(1)
    work.step(number, "cases-cited", OFFICE, cases=[case])
    assert cited_in(work, case) == [(number, 1)]


@pytest.mark.parametrize(
    ("code", "said"), [("cases-cited", {}), ("contribution-given", {"text": "It was read."})]
)
def test_a_protected_case_is_cited_by_nobody_where_its_sender_did_not_agree(
    work: ProceedingsAtWork, code: str, said: dict[str, str]
) -> None:
    case, number = work.lodge(level=3, consent={"included": "no"}), work.ask(1)
    work.step(number, "point-assigned", OFFICE, 1, party=AUTHOR.party, role="lead")
    before = stored(work.store)
    with pytest.raises(CaseNotIncluded):
        work.step(number, code, AUTHOR, 1, cases=[case], **said)
    assert stored(work.store) == before


def test_where_its_sender_agreed_the_response_says_that_it_is_there_and_no_number(
    work: ProceedingsAtWork,
) -> None:
    case, number = work.lodge(level=3, consent={"included": "yes"}), work.ask(1)
    work.step(number, "point-assigned", OFFICE, 1, party=AUTHOR.party, role="lead")
    work.step(number, "contribution-given", AUTHOR, 1, text="It was read.", cases=[case])
    response = work.collect(work.reading.proceeding(number))
    assert case not in str(response.json())
    (basis,) = response.points[0].replies[0].basis
    assert (basis.text, dict(basis.told)) == ("", {"protected": True})
