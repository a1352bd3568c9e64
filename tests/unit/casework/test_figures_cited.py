"""A figure that is cited by its code is run, recorded, and run again at the clearance."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from answerable.casework.deciding import on_docket
from answerable.casework.ports import ActOnFile
from answerable.core.act_form import Asked
from answerable.core.acts import Draft, Field, Json
from answerable.core.docket import Docket, Unit, UnitKey
from answerable.core.errors import Refusal
from answerable.core.proceeding.acts.table import STEPS
from answerable.core.proceeding.basis import Basis
from answerable.core.proceeding.cited_figures import (
    FiguresThen,
    FigureThen,
    beside_figure,
    figures_in,
)
from answerable.locale.catalogue import Catalogue
from answerable.locale.cited_figure_words import cited_figure_words
from tests.support.appending import stored
from tests.support.cases import BODY, OFFICE
from tests.support.overtaken import Overtaken
from tests.support.proceedings_at_work import ProceedingsAtWork

GIVE = next(kind for kind in STEPS.values() if kind.code == "contribution-given")
CLEARING: dict[str, Json] = {"signatories": ["Minister"], "despite_gaps": "It is due."}


@pytest.fixture
def number(work: ProceedingsAtWork) -> str:
    number = work.ask(1)
    work.step(number, "point-assigned", OFFICE, 1, party=BODY.party, role="lead")
    return number


def last(work: ProceedingsAtWork, number: str, code: str) -> ActOnFile:
    acts = work.reading.dockets.acts(work.reading.proceeding(number).id)
    return next(act for act in reversed(acts) if act.kept.envelope.act == code)


def told(work: ProceedingsAtWork, number: str, code: str) -> Any:
    content = work.reading.content(last(work, number, code))
    return {item.path: item for item in content}["figures-told"]


def basis(work: ProceedingsAtWork, number: str) -> Basis:
    (one,) = work.collect(work.reading.proceeding(number)).points[0].replies[0].basis
    return one


def give(work: ProceedingsAtWork, number: str, *figures: str, **said: Json) -> str:
    values: dict[str, Json] = {"text": "It was read.", **said}
    return work.step(number, "contribution-given", BODY, 1, figures=[*figures], **values)


def asking(*figures: str) -> Asked:
    values: dict[str, Json] = {"text": "It was read.", "figures": [*figures]}
    return Asked(by=BODY, allegations=(1,), values=values)


def test_what_a_figure_is_when_it_is_cited_is_recorded_with_where_the_ledger_ended(
    work: ProceedingsAtWork, number: str
) -> None:
    for _ in range(3):
        work.lodge()
    end = work.reading.dockets.end()
    give(work, number, "submissions", "allegations")
    field = told(work, number, "contribution-given")
    assert field.readers == ("collector", "lead", "author")
    assert field.value["size"] == end
    assert field.value["figures"] == {
        "submissions": {"unit": "submissions", "value": 3},
        "allegations": {"unit": "allegations", "value": 6},
    }


def test_the_response_says_what_it_was_and_what_it_is(work: ProceedingsAtWork, number: str) -> None:
    work.lodge()
    give(work, number, "submissions")
    work.lodge()
    assert dict(basis(work, number).told) == {"cited": 1, "unit": "submissions", "value": 2}


def test_what_was_cleared_keeps_the_number_of_its_clearance(
    work: ProceedingsAtWork, number: str
) -> None:
    work.lodge()
    give(work, number, "submissions")
    work.lodge()
    work.step(number, "response-cleared", OFFICE, **CLEARING)
    work.lodge()
    act, docket = last(work, number, "response-cleared"), work.reading.proceeding(number)
    assert told(work, number, "response-cleared").value["figures"]["submissions"]["value"] == 2
    cleared = work.collect.cleared(docket, act.kept.envelope)
    assert dict(cleared.points[0].replies[0].basis[0].told)["value"] == 2
    assert cleared.digest() == act.kept.envelope.facts["sha256"]
    assert basis(work, number).told["value"] == 3


@pytest.mark.parametrize(
    "code", ["threats", "kind/arrest", "stated/submissions", "place/KH-99", ""]
)
def test_what_the_register_does_not_publish_is_no_figure_of_it(
    work: ProceedingsAtWork, number: str, code: str
) -> None:
    work.lodge()
    before = stored(work.store)
    with pytest.raises(Refusal) as refusal:
        give(work, number, code)
    assert (refusal.value.code, refusal.value.facts["figure"]) == ("figure-not-published", code)
    assert stored(work.store) == before


def in_province(work: ProceedingsAtWork, count: int) -> None:
    for _ in range(count):
        where = {"what": "It was closed.", "place": {"province": {"name": "x", "code": "KH-16"}}}
        work.lodge(allegations=[where], readers=["complainant", "secretariat", "public"])


def test_so_few_reports_of_one_place_that_a_number_could_name_somebody_are_not_cited(
    work: ProceedingsAtWork, number: str
) -> None:
    in_province(work, 4)
    with pytest.raises(Refusal) as refusal:
        give(work, number, "place/KH-16")
    assert (refusal.value.code, refusal.value.facts["few"]) == ("figure-too-few", 5)
    in_province(work, 1)
    give(work, number, "place/KH-16")
    assert dict(basis(work, number).told) == {"cited": 5, "unit": "allegations", "value": 5}


def test_a_number_other_than_that_of_the_cited_figure_is_not_said_unseen(
    work: ProceedingsAtWork, number: str
) -> None:
    for _ in range(3):
        work.lodge()
    give(work, number, "submissions", text="There were 3 of them.")
    with pytest.raises(Refusal) as refusal:
        give(work, number, "submissions", text="There were 4 of them.")
    found = refusal.value
    assert (found.code, found.facts["figures"]) == ("contradicts-figure", "submissions: 3")
    give(work, number, "submissions", text="There were 4 of them.", despite="One came by post.")
    (reply,) = work.collect(work.reading.proceeding(number)).points[0].replies
    (warned,) = reply.warned
    assert (warned.code, dict(warned.register)) == ("figure", {"submissions": 3})


def test_an_edit_may_give_the_number_of_then_or_of_now_and_no_other(
    work: ProceedingsAtWork, number: str
) -> None:
    work.lodge()
    give(work, number, "submissions", text="There was 1 of them.")
    act = last(work, number, "contribution-given").kept.envelope.sequence
    for _ in range(3):
        work.lodge()
    for count, is_known in ((1, True), (4, True), (2, False)):
        edit: dict[str, Json] = {
            "acts": [act],
            "text": f"There were {count} of them.",
            "reason": "shorter",
        }
        if is_known:
            work.step(number, "contribution-edited", OFFICE, 1, **edit)
            continue
        with pytest.raises(Refusal) as refusal:
            work.step(number, "contribution-edited", OFFICE, 1, **edit)
        assert refusal.value.facts["figures"] == "submissions: 4"


def test_where_somebody_is_faster_the_figure_is_run_anew_with_the_decision(
    work: ProceedingsAtWork, number: str
) -> None:
    work.lodge()

    def others() -> None:
        work.lodge()
        work.step(number, "request-opened", BODY)

    do = replace(work.do_step, ledger=Overtaken(work.store.ledger, others))
    do(number, GIVE, asking("submissions"), request=uuid4())
    field = told(work, number, "contribution-given")
    assert field.value["figures"]["submissions"]["value"] == 2
    acts = work.reading.dockets.acts(work.reading.proceeding(number).id)
    assert all(act.position < field.value["size"] for act in acts[:-1])


def test_asked_for_again_with_its_key_it_is_the_same_act_whatever_the_figure_is_by_then(
    work: ProceedingsAtWork, number: str
) -> None:
    request: UUID = uuid4()
    work.lodge()
    first = work.do_step(number, GIVE, asking("submissions"), request=request)
    work.lodge()
    again = work.do_step.known(number, GIVE, asking("submissions"), request=request)
    assert again is not None
    assert again.number == first.number
    assert work.do_step(number, GIVE, asking("submissions"), request=request).number == first.number
    with pytest.raises(Refusal):
        work.do_step.known(number, GIVE, asking("allegations"), request=request)


def test_a_text_that_was_cited_as_a_figure_before_stands_as_it_was(
    work: ProceedingsAtWork, number: str
) -> None:
    docket: Docket = work.reading.proceeding(number)
    draft = Draft(
        act=GIVE.code,
        by=BODY,
        secret=bytes(range(32)),
        fields=(
            Field("text", "It was read.", ("collector", "lead", "author")),
            Field("figures", ["threats by year"], ("collector", "lead", "author")),
        ),
        allegations=(1,),
        facts={"figures": 1, "words": True},
    )
    work.store.ledger.append([Unit(UnitKey(uuid4()), (on_docket(docket, draft),))])
    assert (basis(work, number).text, dict(basis(work, number).told)) == ("threats by year", {})
    work.step(number, "response-cleared", OFFICE, **CLEARING)


def test_a_figure_of_days_that_nobody_owes_is_cited_as_such_for_ever() -> None:
    codes = ("steps/unconfirmed/appeal/open-late", "steps/answer/open-late")
    then = FiguresThen(1, 2, {code: FigureThen("steps", 3) for code in codes})
    kept = figures_in(then.with_windows({"appeal"}).json())
    windows = {code for code in codes if beside_figure(code, kept, then).get("window")}
    assert windows == {"steps/unconfirmed/appeal/open-late"}
    basis = Basis(kind="figure", text=codes[0], told=beside_figure(codes[0], kept, then))
    words = cited_figure_words(Catalogue("en"), basis, day="", place_names=lambda _: {})
    assert words.definition == "answers not contested in the days for it"
