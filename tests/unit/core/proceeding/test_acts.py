"""Who may do what on a proceeding, and what an act leaves."""

import pytest

from answerable.core.acts import By
from answerable.core.proceeding.contradiction import Contradiction
from answerable.core.proceeding.gaps import gaps_of
from answerable.core.proceeding.now import proceeding_of, text_of
from answerable.core.proceeding.standings import standing_of
from tests.support.proceedings import (
    FOREIGN,
    INTERIOR,
    JUSTICE,
    LABOUR,
    NGO,
    OTHER_MONITOR,
    UNION,
    Told,
    asked,
    assigned,
)

SAYS_OTHERWISE = Contradiction(
    "no-evidence", "We found no evidence.", {"submissions": 61, "allegations": 70, "confirmed": 14}
)


def given() -> Told:
    return assigned().then("contribution-given", INTERIOR, 1, text="Words.", laws=["Article 9"])


def edited() -> Told:
    return given().then("contribution-edited", FOREIGN, acts=[5])


def cleared() -> Told:
    return given().then("response-cleared", FOREIGN, despite_gaps="the day has come")


# --- Who may do what. ---


@pytest.mark.parametrize("who", [INTERIOR, JUSTICE, LABOUR])
def test_only_the_collector_assigns_edits_clears_and_sends(who: By) -> None:
    told = given()
    for code, said in (
        ("point-assigned", {"party": "p4", "role": "lead"}),
        ("contribution-edited", {"acts": [5]}),
        ("response-cleared", {}),
        ("response-sent", {"channel": "post"}),
    ):
        assert told.refused(code, who, **said).code == "not-the-collector"


def test_a_body_speaks_only_on_points_that_it_was_asked_about() -> None:
    assert assigned().refused("contribution-given", LABOUR, 1, text="x").code == "not-assigned"
    assert assigned().refused("contribution-given", JUSTICE, 1, text="x").code == "not-assigned"
    assert assigned().refused("request-opened", LABOUR).code == "not-assigned"


def test_who_is_told_only_is_not_asked_for_words() -> None:
    told = assigned().then("point-assigned", FOREIGN, 1, party="p4", role="informed")
    assert told.refused("contribution-given", LABOUR, 1, text="x").code == "informed-only"


def test_only_the_monitor_that_asked_acknowledges_and_concludes() -> None:
    sent = cleared().then("response-sent", FOREIGN, channel="post")
    for who in (OTHER_MONITOR, INTERIOR):
        assert sent.refused("sending-acknowledged", who).code == "not-the-monitor"
        refusal = sent.refused("point-concluded", who, 1, conclusion="relied-on")
        assert refusal.code == "not-the-monitor"
    assert sent.then("sending-acknowledged", UNION).now.acknowledged == (7,)


def test_a_complainant_has_no_act_on_a_proceeding() -> None:
    assert (
        asked().refused("point-assigned", NGO, 1, party="p2", role="lead").code == "not-this-seat"
    )


def test_a_seat_that_is_not_held_is_no_seat() -> None:
    told = asked()
    refusal = told.refused("point-assigned", By(INTERIOR.party, FOREIGN.seat), 1)
    assert refusal.code == "seat-not-held"


def test_what_another_says_is_entered_with_its_evidence() -> None:
    sent = cleared().then("response-sent", FOREIGN, channel="post")
    bare = sent.refused("sending-acknowledged", UNION, entered_by=FOREIGN)
    assert bare.code == "evidence-missing"
    told = sent.then("sending-acknowledged", UNION, entered_by=FOREIGN, evidence="their letter")
    assert told.now.acknowledged == (7,)


def test_a_body_opens_the_request_itself_and_once() -> None:
    told = assigned().then("request-opened", INTERIOR)
    assert told.refused("request-opened", INTERIOR).code == "opened-before"
    entered = told.refused("request-opened", JUSTICE, entered_by=FOREIGN, evidence="a call")
    assert entered.code == "never-for-another"


# --- Points and their bodies. ---


def test_a_point_has_one_body_that_leads() -> None:
    refusal = assigned().refused("point-assigned", FOREIGN, 1, party="p3", role="lead")
    assert (refusal.code, refusal.facts["leads"]) == ("led-by-another", "p2")


def test_a_point_is_assigned_to_a_body_and_to_nobody_else() -> None:
    assert (
        asked().refused("point-assigned", FOREIGN, 1, party="p5", role="lead").code == "not-a-body"
    )


def test_the_same_is_not_assigned_twice_but_with_another_day() -> None:
    again = {"party": "p2", "role": "lead"}
    assert assigned().refused("point-assigned", FOREIGN, 1, **again).code == "assigned-already"
    told = assigned().then("point-assigned", FOREIGN, 1, **again, until="2019-12-10")
    dates = [item.due_on for item in told.owed if item.code == "contribution" and not item.met_by]
    assert sorted(str(day) for day in dates) == ["2019-12-10", "None", "None"]


def test_a_day_that_is_over_is_no_day_to_ask_for() -> None:
    refusal = asked().refused(
        "point-assigned", FOREIGN, 1, party="p2", role="lead", until="2019-11-11"
    )
    assert refusal.code == "day-passed"


def test_what_was_handed_over_is_not_taken_back() -> None:
    assert given().refused("point-taken-back", FOREIGN, 1, party="p2").code == "given-already"
    assert given().refused("point-taken-back", FOREIGN, 3, party="p2").code == "nothing-assigned"
    told = given().then("point-taken-back", FOREIGN, 2, party="p3")
    assert set(told.now.points[2].bodies) == {"p2"}


def test_points_are_numbered_as_they_were_asked() -> None:
    assert asked().refused("point-assigned", FOREIGN, 4, party="p2", role="lead").code == (
        "no-such-point"
    )
    two = assigned().refused("contribution-given", INTERIOR, 1, 2, text="x")
    none = assigned().refused("contribution-given", INTERIOR, text="x")
    assert (two.code, none.code) == ("one-point-wanted", "one-point-wanted")


# --- Contributions. ---


def test_silence_is_no_contribution_and_nothing_is_one() -> None:
    told = assigned()
    assert told.refused("contribution-given", INTERIOR, 1).code == "contribution-empty"
    assert told.refused("contribution-given", INTERIOR, 1, text="  ").code == "contribution-empty"
    both = told.refused("contribution-given", INTERIOR, 1, text="x", nothing=True)
    assert both.code == "nothing-and-something"
    nothing = told.then("contribution-given", INTERIOR, 1, nothing=True)
    assert not nothing.now.points[1].bodies["p2"].words
    assert ("contribution", "body") in nothing.open()
    assert 1 not in nothing.open()["contribution", "body"]


def test_a_position_alone_answers_recommendations_and_many_at_once() -> None:
    told = assigned().then("contribution-given", INTERIOR, 1, 2, position="noted")
    assert [told.now.points[n].bodies["p2"].given for n in (1, 2)] == [5, 5]
    assert gaps_of(told.now)["without-basis"] == 0
    assert told.refused("contribution-edited", FOREIGN, 1, acts=[5]).code == "nothing-to-edit"


def test_what_contradicts_the_register_is_not_said_unseen() -> None:
    told = assigned()
    refusal = told.refused(
        "contribution-given", INTERIOR, 1, text="No evidence.", contradictions=[SAYS_OTHERWISE]
    )
    assert refusal.code == "contradicts-register"
    assert refusal.facts["submissions"] == 61
    assert refusal.facts["confirmed"] == 14
    blank = told.refused(
        "contribution-given",
        INTERIOR,
        1,
        text="No evidence.",
        despite=" ",
        contradictions=[SAYS_OTHERWISE],
    )
    assert blank.code == "contradicts-register"


def warned() -> Told:
    return assigned().then(
        "contribution-given",
        INTERIOR,
        1,
        text="No evidence.",
        despite="The police wrote so.",
        contradictions=[SAYS_OTHERWISE],
    )


def test_the_collector_clears_nothing_that_contradicts_the_register_unseen() -> None:
    told = warned()
    refusal = told.refused("response-cleared", FOREIGN, despite_gaps="late")
    assert (refusal.code, refusal.facts["act"]) == ("contradiction-undecided", 5)
    decided = told.then("contradiction-decided", FOREIGN, acts=[5])
    assert decided.then("response-cleared", FOREIGN, despite_gaps="late").now.cleared == 7
    assert (
        decided.refused("contradiction-decided", FOREIGN, acts=[5]).code == "nothing-contradicted"
    )


def test_an_edit_may_not_contradict_the_register_unseen_either() -> None:
    refusal = given().refused(
        "contribution-edited", FOREIGN, acts=[5], contradictions=[SAYS_OTHERWISE]
    )
    assert refusal.code == "contradicts-register"


def test_new_words_are_a_new_contribution_and_the_old_edit_is_none_of_theirs() -> None:
    told = edited().then("contribution-given", INTERIOR, 1, text="Other words.")
    body = told.now.points[1].bodies["p2"]
    assert (body.given, body.edit, body.answered) == (7, 0, 0)
    assert told.refused("edit-confirmed", INTERIOR, acts=[6]).code == "no-such-act"
    assert ("edit-confirmation", "body") not in told.open()


# --- Edits. ---


def test_a_body_answers_for_its_own_words() -> None:
    told = edited()
    assert told.refused("edit-confirmed", JUSTICE, acts=[6]).code == "not-your-words"
    confirmed = told.then("edit-confirmed", INTERIOR, acts=[6])
    assert gaps_of(confirmed.now)["not-confirmed"] == 0
    assert confirmed.refused("edit-refused", INTERIOR, acts=[6]).code == "edit-answered"


def test_an_edit_that_is_not_answered_or_is_refused_is_a_gap() -> None:
    assert gaps_of(edited().now)["not-confirmed"] == 1
    refused = edited().then("edit-refused", INTERIOR, acts=[6])
    assert gaps_of(refused.now)["not-confirmed"] == 1


def test_nobody_edits_what_was_not_said_or_its_own_words() -> None:
    nothing = assigned().then("contribution-given", INTERIOR, 1, nothing=True)
    assert nothing.refused("contribution-edited", FOREIGN, acts=[5]).code == "nothing-to-edit"
    own = (
        asked()
        .then("point-assigned", FOREIGN, 1, party="p1", role="lead")
        .then("contribution-given", FOREIGN, 1, text="Our own.")
    )
    assert own.refused("contribution-edited", FOREIGN, acts=[3]).code == "edits-itself"
    assert given().refused("contribution-edited", FOREIGN, acts=[4]).code == "no-such-act"


# --- Clearing, sending, concluding. ---


def test_gaps_are_explained_and_never_keep_a_response_from_being_sent() -> None:
    refusal = given().refused("response-cleared", FOREIGN)
    assert refusal.code == "gaps-unexplained"
    assert {name: count for name, count in refusal.facts.items() if isinstance(count, int)} == {
        "unassigned": 1,
        "unanswered": 2,
        "silent": 2,
        "not_confirmed": 0,
        "without_basis": 0,
    }
    assert cleared().then("response-sent", FOREIGN, channel="post").now.sent == (7,)


def test_only_what_was_cleared_is_sent_and_once() -> None:
    assert given().refused("response-sent", FOREIGN, channel="post").code == "nothing-cleared"
    sent = cleared().then("response-sent", FOREIGN, channel="post")
    assert sent.refused("response-sent", FOREIGN, channel="post").code == "nothing-cleared"
    again = sent.then("response-cleared", FOREIGN, despite_gaps="a late reply came in")
    assert again.then("response-sent", FOREIGN, channel="post").now.sent == (7, 9)


def test_a_file_that_carries_other_data_than_were_cleared_is_not_sent() -> None:
    why = "a late reply came in"
    once = given().then("response-cleared", FOREIGN, despite_gaps=why, says={"sha256": "0a"})
    twice = once.then("response-cleared", FOREIGN, despite_gaps=why, says={"sha256": "0b"})
    refusal = twice.refused("response-sent", FOREIGN, channel="post", says={"data": "0a"})
    assert (refusal.code, refusal.facts["number"]) == ("sent-another", "XA-2019-0001-0/7")
    sent = twice.then("response-sent", FOREIGN, channel="post", says={"data": "0b"})
    # A scan of it carries nothing that could be compared.
    scan = twice.then("response-sent", FOREIGN, channel="post", says={"sha256": "0c"})
    assert sent.now.sent == scan.now.sent


def test_what_was_not_sent_is_not_acknowledged_and_nothing_twice() -> None:
    assert cleared().refused("sending-acknowledged", UNION).code == "nothing-sent"
    told = cleared().then("response-sent", FOREIGN, channel="post")
    told = told.then("sending-acknowledged", UNION)
    assert told.refused("sending-acknowledged", UNION).code == "acknowledged-before"


def test_the_monitor_concludes_point_by_point_and_decides() -> None:
    told = cleared().then("point-concluded", UNION, 1, conclusion="not-relied-on")
    assert [point.conclusion for point in told.now.points.values()] == ["not-relied-on", "", ""]
    assert (
        standing_of(told.then("proceeding-decided", UNION, decision="in-part").now)[0] == "decided"
    )


def test_an_event_is_one_that_the_procedure_knows_on_a_day_that_has_come() -> None:
    said = {"on": "2019-11-12", "proof": "letter"}
    assert asked().refused("event-recorded", FOREIGN, event="strike", **said).code == (
        "event-not-declared"
    )
    said["on"] = "2019-11-13"
    assert (
        asked().refused("event-recorded", FOREIGN, event="report-sent", **said).code
        == "day-not-yet"
    )


def test_a_monitor_acknowledges_and_decides_on_no_day_that_has_not_come() -> None:
    sent = cleared().then("response-sent", FOREIGN, channel="post")
    for act, said in (
        ("sending-acknowledged", {}),
        ("proceeding-decided", {"decision": "in-part"}),
    ):
        refusal = sent.refused(act, UNION, on="2019-11-13", **said)
        assert (refusal.code, refusal.facts["on"]) == ("day-not-yet", "2019-11-13")
        sent.then(act, UNION, on="2019-11-12", **said)


def test_an_act_says_what_it_must() -> None:
    refusal = given().refused("response-sent", FOREIGN, addressee=None, channel="post")
    assert (refusal.code, refusal.facts["part"]) == ("act-incomplete", "addressee")


# --- Where it stands, and what is owed. ---


def test_a_proceeding_stands_where_its_acts_leave_it() -> None:
    told = asked()
    places = [standing_of(told.now)]
    for code, who, points, said in (
        ("point-assigned", FOREIGN, (1, 2, 3), {"party": "p2", "role": "lead"}),
        ("contribution-given", INTERIOR, (1,), {"text": "x", "laws": ["y"]}),
        ("contribution-given", INTERIOR, (2,), {"nothing": True}),
        ("contribution-given", INTERIOR, (3,), {"text": "x", "laws": ["y"]}),
        ("response-cleared", FOREIGN, (), {}),
        ("response-sent", FOREIGN, (), {"channel": "post"}),
        ("sending-acknowledged", UNION, (), {}),
        ("proceeding-decided", UNION, (), {"decision": "no-measure"}),
    ):
        told = told.then(code, who, *points, **said)
        places.append(standing_of(told.now))
    assert [(str(standing), turn) for standing, turn in places] == [
        ("requested", "collector"),
        ("with-bodies", "body"),
        ("with-bodies", "body"),
        ("with-bodies", "body"),
        ("collected", "collector"),
        ("cleared-not-sent", "collector"),
        ("sent-not-acknowledged", "monitor"),
        ("sent-acknowledged", "monitor"),
        ("decided", None),
    ]


def test_an_unassigned_point_is_owed_by_the_collector_until_somebody_is_asked() -> None:
    assert asked().open() == {("point-assignment", "collector"): (1, 2, 3)}
    told = asked().then("point-assigned", FOREIGN, 1, party="p2", role="informed")
    assert told.open()["point-assignment", "collector"] == (1, 2, 3)
    assert assigned().open()["point-assignment", "collector"] == (3,)


def test_a_point_that_is_taken_from_its_last_body_is_owed_a_body_again() -> None:
    back = assigned().then("point-taken-back", FOREIGN, 1, party="p2")
    assert back.open()["point-assignment", "collector"] == (1, 3)
    told_only = assigned().then("point-assigned", FOREIGN, 1, party="p2", role="informed")
    assert told_only.open()["point-assignment", "collector"] == (1, 3)
    one_left = assigned().then("point-taken-back", FOREIGN, 2, party="p3")
    assert one_left.open()["point-assignment", "collector"] == (3,)


def test_a_contribution_is_owed_by_the_body_that_was_asked_and_no_other_one_pays_it() -> None:
    assert assigned().open()["contribution", "body"] == (1, 2, 2)
    told = assigned().then("contribution-given", JUSTICE, 2, text="x")
    assert told.open()["contribution", "body"] == (1, 2)


def test_an_edit_is_owed_an_answer_and_a_sending_an_acknowledgement() -> None:
    assert edited().open()["edit-confirmation", "body"] == (1,)
    assert ("edit-confirmation", "body") not in edited().then(
        "edit-refused", INTERIOR, acts=[6]
    ).open()
    sent = cleared().then("response-sent", FOREIGN, channel="post")
    assert ("sending-acknowledgement", "monitor") in sent.open()


def test_a_state_is_kept_as_text_and_read_again() -> None:
    for told in (asked(), assigned(), warned(), edited(), cleared()):
        assert proceeding_of(text_of(told.now)) == told.now
