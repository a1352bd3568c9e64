"""What of a proceeding may be shown: nothing unpublished, and nothing that was not sent."""

from dataclasses import replace

import pytest

from answerable.core.acts import Commitment, Field, Json
from answerable.core.opening import Opened
from answerable.core.proceeding.publication import BOARD, PUBLISHED, RESPONSE
from answerable.core.register.responses import (
    EDITS,
    STAGES,
    as_shown,
    derived,
    is_published,
    shown_of,
    shown_too_much,
)
from tests.support.proceedings import FOREIGN, INTERIOR, UNION, Told, asked


def published(publishes: str, **facts: Json) -> Told:
    """Return a proceeding of one point whose procedure publishes so much."""
    told = asked(1)
    first = replace(told.acts[0], facts={**told.acts[0].facts, "publishes": publishes, **facts})
    return Told((first,), told.owed)


def sent(publishes: str) -> Told:
    """Return one that was answered, edited, cleared and sent, and answered anew after that."""
    told = (
        published(publishes)
        .then("point-assigned", FOREIGN, 1, party=INTERIOR.party, role="lead")
        .then("contribution-drafted", INTERIOR, 1)
        .then("contribution-cleared", INTERIOR, 1)
        .then("contribution-given", INTERIOR, 1, text="It is so.", laws=["9"])
        .then("contribution-edited", FOREIGN, 1, acts=[5])
        .then("response-cleared", FOREIGN, despite_gaps="no time")
    )
    assert told.acts[-1].sequence == 7
    facts: dict[str, Json] = {"acts": [7], "channel": "post"}
    told = told.recorded("response-sent", FOREIGN, (1,), facts)
    return told.then("sending-acknowledged", UNION).then(
        "contribution-given", INTERIOR, 1, text="It is not so."
    )


@pytest.mark.parametrize("publishes", PUBLISHED)
def test_before_it_is_sent_no_act_of_a_body_shows_more_than_that_it_was_done(
    publishes: str,
) -> None:
    acts = sent(publishes).acts
    for upto in range(1, len(acts) + 1):
        part = acts[:upto]
        is_sent = any(act.act == "response-sent" for act in part)
        for one in shown_of(part):
            if one.act.act in STAGES | EDITS and not (is_sent and one.act.sequence <= 7):
                assert (one.act.act in STAGES, one.whole) == (True, False), upto
                assert "facts" not in one.paths


def test_the_board_alone_never_shows_what_a_contribution_says_in_codes() -> None:
    whole = {one.act.act for one in shown_of(sent(BOARD).acts) if one.whole}
    assert not {"contribution-given", "contribution-drafted", "contribution-cleared"} & whole
    assert {"contribution-edited", "response-cleared", "response-sent"} <= whole


def test_with_the_response_it_shows_what_was_sent_and_not_what_came_later() -> None:
    given = [one for one in shown_of(sent(RESPONSE).acts) if one.act.act == "contribution-given"]
    assert [one.whole for one in given] == [True, False]


@pytest.mark.parametrize("publishes", ["", "nothing", "all"])
def test_without_a_rule_that_publishes_it_nothing_is_shown(publishes: str) -> None:
    assert not is_published(published(publishes).acts)


def test_a_round_is_shown_where_the_round_before_it_is() -> None:
    acts = published(BOARD, follows="XA-2019-0000-1").acts
    assert is_published(acts)
    assert not is_published(acts, lambda _: False)


def test_it_is_not_shown_where_an_act_without_its_facts_moves_a_clock_of_the_procedure() -> None:
    acts = sent(BOARD).acts
    assert is_published(acts)
    clocks: Json = {"meets": [{"clock": "comments", "started-by": 1}]}
    told = [replace(act, facts={**act.facts, "clocks": clocks}) for act in acts[4:5]]
    assert not is_published((*acts[:4], *told, *acts[5:]))


def test_what_is_shown_is_told_alike_by_whoever_has_it_and_by_whoever_has_all() -> None:
    for publishes in PUBLISHED:
        shown = as_shown(shown_of(sent(publishes).acts))
        assert as_shown(shown_of(shown)) == shown
        assert derived(shown)["standing"] == "sent-acknowledged"


def of(paths: frozenset[str], *content: Field) -> Opened:
    envelope = tuple(Field(path, None, ()) for path in sorted(paths))
    return Opened(Commitment(bytes(32)), envelope, content, ())


def named(publishes: str, *content: Field, at: int, **facts: bool) -> list[str]:
    """Return what is named in a file that shows this content with an act, or its facts."""
    shown = shown_of(sent(publishes).acts)
    opened = [
        of(
            one.paths | ({"facts"} if facts and one.act.sequence == at else frozenset()),
            *(content if one.act.sequence == at else ()),
        )
        for one in shown
    ]
    return [*shown_too_much([one.act for one in shown], opened)]


def test_public_content_of_an_act_that_is_not_sent_is_named() -> None:
    words = Field("text", "It is not so.", ("public",))
    assert named(RESPONSE, words, at=10) == ["XA-2019-0001-0/10"]
    assert named(RESPONSE, words, at=8) == []
    assert named(RESPONSE, words._replace(readers=("monitor",)), at=8) == ["XA-2019-0001-0/8"]


def test_facts_of_an_act_that_is_not_sent_are_named() -> None:
    assert named(RESPONSE, at=10, facts=True) == ["XA-2019-0001-0/10"]
    assert named(RESPONSE, at=5) == []
