"""The table of acts as a whole, and the fold over it."""

from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from answerable.core.case.now import AllegationNow, CaseNow
from tests.support.cases import BODY, NGO, Told, lodged


def test_lodging_begins_every_allegation_and_delivers_where_the_body_runs_the_server() -> None:
    assert lodged(2).now == CaseNow({1: AllegationNow(), 2: AllegationNow()}, delivered=True)
    assert not lodged(host="neutral").now.delivered


def test_a_submission_has_the_allegations_that_it_names_and_those_that_it_counts() -> None:
    assert list(Told().did("submitted", NGO, (1, 2)).now.allegations) == [1, 2]
    assert list(Told().did("submitted", NGO, (), {"allegations": 2}).now.allegations) == [1, 2]
    assert Told().did("submitted", NGO, (), {"allegations": "two"}).now.allegations == {}


def test_a_submission_that_names_danger_claims_it() -> None:
    assert (lodged(danger=True).now.danger, lodged().now.danger) == (1, 0)


def test_an_act_of_a_later_version_changes_nothing() -> None:
    assert lodged().did("translated-by-moonlight", BODY).now == lodged().now
    assert Told().did("founded-otherwise", NGO).now == CaseNow()


def test_every_code_stands_under_itself_and_every_command_once() -> None:
    assert all(kind.code == code for code, kind in ACTS.items())
    verbs = [kind.verb for kind in ACTS.values() if kind.verb]
    assert len(set(verbs)) == len(verbs)


def test_what_concerns_the_whole_case_names_no_allegation() -> None:
    assert {code for code, kind in ACTS.items() if kind.whole} >= {
        *("submitted", "claim-noted", "delivered", "opened", "acknowledged"),
        *("party-joined", "party-left", "entry-confirmed", "entry-disputed"),
    }
    assert not ACTS[ActCode("handed-over")].whole
