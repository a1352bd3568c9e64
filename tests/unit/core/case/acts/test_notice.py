"""Claims noted, and what is delivered, opened, acknowledged and passed on."""

from dataclasses import replace
from typing import Any

from tests.support.cases import (
    BODY,
    CHAIR,
    MONITOR,
    NGO,
    OFFICE,
    OFFICER,
    OTHER_BODY,
    accepted,
    lodged,
    read,
)

SENT: dict[str, Any] = {
    "addressee": "the ministry",
    "channel": "registered-post",
    "proof": "the slip",
}


def test_a_claim_is_noted_with_its_source_and_the_invitation_to_report() -> None:
    told = lodged().does("claim-noted", MONITOR)
    assert told.now == lodged().now
    assert lodged().refuses("claim-noted", OFFICE, invitation=None) == "act-incomplete"
    assert lodged().refuses("claim-noted", NGO) == "not-this-seat"


def test_what_is_delivered_elsewhere_is_said_with_channel_and_proof() -> None:
    elsewhere = lodged(host="neutral")
    assert elsewhere.does("delivered", NGO, **SENT).now.delivered
    assert elsewhere.does("delivered", NGO, **SENT).last.facts == {"channel": "registered-post"}
    assert elsewhere.refuses("delivered", NGO, **SENT | {"proof": None}) == "act-incomplete"


def test_a_notice_delivered_is_no_delivery_of_the_submission() -> None:
    elsewhere = lodged(host="neutral").did("accepted", OFFICE)
    told = elsewhere.does("delivered", OFFICE, **SENT, acts=[2])
    assert not told.now.delivered
    assert told.last.facts["acts"] == [2]
    assert told.does("delivered", OFFICE, **SENT, acts=[1, 2]).now.delivered
    assert elsewhere.refuses("delivered", OFFICE, **SENT, acts=[9]) == "no-such-act"


def test_nothing_was_delivered_on_a_day_that_has_not_come() -> None:
    told = lodged().does("delivered", NGO, **SENT, on="2026-05-12")
    assert told.last.facts["on"] == "2026-05-12"
    assert lodged().refuses("delivered", NGO, **SENT, on="2026-05-13") == "day-not-yet"


def test_the_first_reading_counts_and_only_that_of_the_secretariat_opens_the_case() -> None:
    assert not lodged().does("opened", MONITOR).now.opened
    told = lodged().does("opened", OFFICE)
    assert told.now.opened
    assert told.refuses("opened", OFFICE) == "opened-before"
    assert told.does("opened", OFFICER).now.opened


def test_who_handed_it_in_does_not_open_it() -> None:
    first = lodged().last
    own = replace(lodged(), acts=(replace(first, by=OFFICE),))
    assert own.refuses("opened", OFFICE) == "not-yours-to-open"
    assert lodged().refuses("opened", NGO) == "not-this-seat"


def test_each_sealed_part_is_opened_by_itself() -> None:
    told = read().did("fact-added", NGO)
    part = told.does("opened", OFFICE, acts=[3])
    assert part.refuses("opened", OFFICE, acts=[3]) == "opened-before"
    assert not lodged().did("fact-added", NGO).does("opened", OFFICE, acts=[2]).now.opened


def test_a_body_acknowledges_once_and_only_the_secretariat_for_the_case() -> None:
    assert lodged().does("acknowledged", OFFICE).now.acknowledged
    assert not lodged().does("acknowledged", BODY).now.acknowledged
    told = lodged().does("acknowledged", OFFICE)
    assert told.refuses("acknowledged", OFFICE) == "acknowledged-before"
    assert told.refuses("acknowledged", OFFICER) == "acknowledged-before"
    assert told.does("acknowledged", BODY).refuses("acknowledged", BODY) == "acknowledged-before"
    told.does("acknowledged", BODY).does("acknowledged", OTHER_BODY)
    later = told.did("fact-added", NGO).does("acknowledged", OFFICE, acts=[3])
    assert later.refuses("acknowledged", OFFICE, acts=[3]) == "acknowledged-before"


def test_an_acknowledged_notice_is_no_acknowledged_submission() -> None:
    told = lodged().did("fact-added", NGO).does("acknowledged", OFFICE, acts=[2])
    assert not told.now.acknowledged
    assert told.does("acknowledged", OFFICE).now.acknowledged


def test_a_handover_has_its_receipt_and_never_goes_to_the_accused() -> None:
    told = accepted(accused="p6").does("handed-over", OFFICE, **SENT, party="p5")
    assert told.last.facts == {"channel": "registered-post", "party": "p5"}
    assert accepted(accused="p6").refuses("handed-over", OFFICE, **SENT, party="p6") == (
        "accused-decides"
    )
    assert accepted().refuses("handed-over", CHAIR, **SENT) == "not-this-seat"
    assert accepted().refuses("handed-over", OFFICE, **SENT, acts=[7]) == "no-such-act"
    assert accepted().refuses("handed-over", OFFICE, **SENT, on="2027-01-01") == "day-not-yet"


def test_a_later_notice_takes_nothing_back() -> None:
    told = lodged().does("opened", OFFICE).does("acknowledged", OFFICE).did("fact-added", NGO)
    told = told.does("delivered", NGO, **SENT, acts=[4]).does("opened", OFFICE, acts=[4])
    now = told.does("acknowledged", OFFICE, acts=[4]).now
    assert (now.delivered, now.opened, now.acknowledged) == (True, True, True)
