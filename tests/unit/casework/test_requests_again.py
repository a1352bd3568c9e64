"""A monitor's request that is asked for again with its key: the same one, or none."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from answerable.casework.asked_request import Asking
from answerable.casework.same_act import ActDiffers
from answerable.core.case.attached import Attached
from answerable.core.proceeding.request import PointAsked, Request
from tests.support.cases import MONITOR, OFFICE
from tests.support.proceedings_at_work import ProceedingsAtWork

POINTS = tuple(PointAsked(number=n, text=f"Point {n}.") for n in (1, 2))
LETTER = Attached(ordinal=1, said={"file": "letter.txt"}, open=lambda: BytesIO(b"Point 1."))
OTHER_LETTER = replace(LETTER, open=lambda: BytesIO(b"Point 9."))


@pytest.fixture
def asking(work: ProceedingsAtWork) -> Asking:
    return Asking(
        by=OFFICE,
        monitor=MONITOR.party,
        procedure="eu-gsp-withdrawal",
        request=Request(subject="What is asked", points=POINTS),
        received_on=work.rules_day(),
        original=(LETTER,),
    )


def test_asked_for_again_it_is_given_and_not_recorded_twice(
    work: ProceedingsAtWork, asking: Asking
) -> None:
    key = uuid4()
    assert work.record.known(asking, request=key) is None
    issued = work.record(asking, request=key)
    assert work.record.known(asking, request=key) == issued


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("monitor", {"monitor": "p1"}),
        ("points", {"request": Request(subject="What is asked", points=POINTS[:1])}),
        ("request/subject", {"request": Request(subject="Something else", points=POINTS)}),
        ("procedure", {"procedure": "upr-mid-term-report"}),
        ("exhibits[1].file", {"original": (OTHER_LETTER,)}),
        ("exhibits", {"original": ()}),
    ],
)
def test_with_its_key_no_other_request_is_taken_for_it(
    work: ProceedingsAtWork, asking: Asking, field: str, changed: dict[str, Any]
) -> None:
    key = uuid4()
    work.record(asking, request=key)
    with pytest.raises(ActDiffers) as refused:
        work.record.known(replace(asking, **changed), request=key)
    assert refused.value.facts["field"] == field


def test_another_day_makes_another_request(work: ProceedingsAtWork, asking: Asking) -> None:
    key = uuid4()
    work.record(asking, request=key)
    earlier = replace(asking, received_on=asking.received_on - timedelta(days=1))
    with pytest.raises(ActDiffers) as refused:
        work.record.known(earlier, request=key)
    assert refused.value.facts["field"] == "on"
