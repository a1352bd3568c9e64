"""What is kept of a case for live figures: it comes back from its text, and names its fold."""

from dataclasses import replace
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from answerable.core.acts import Json
from answerable.core.canonical import decode
from answerable.core.register.groups import GROUP
from answerable.core.register.kept_figures import (
    FOLD,
    kept_figures,
    kept_figures_of,
    kept_text,
)
from answerable.core.register.kept_sums import kept_sum
from tests.support.cases import (
    BODY,
    CHAIR,
    MONITOR,
    NGO,
    OFFICE,
    REVIEWER,
    Told,
)

KEPT = {6: "083c5e6db8fd2e02"}
"""What the cases below are kept as, one by one and in sum, by each version of the fold: the first
digits of a SHA-256."""


def begun(allegations: int = 2, **facts: Json) -> Told:
    starts: Json = {
        "starts": [
            {"clock": "opening", "owes": "secretariat", "due": "2026-05-20", "calendar": "xa@1"},
            {"clock": "finding", "owes": "secretariat", "confirmed": False},
        ]
    }
    told: dict[str, Json] = {"allegations": allegations, "clocks": starts, "host": "body", **facts}
    return Told().did("submitted", NGO, tuple(range(1, allegations + 1)), told)


def meets(clock: str) -> dict[str, Json]:
    return {"clocks": {"meets": [{"clock": clock, "started-by": 1}]}}


def answered() -> Told:
    told = begun(3, concerns=1, requests=1).did("opened", OFFICE, (), meets("opening"))
    told = told.did("acknowledged", OFFICE, ()).did("accepted", OFFICE, (1, 2, 3))
    told = told.did("clarification-asked", OFFICE, (1,), {"until": "2026-05-22"})
    told = told.did("clarification-answered", NGO, (1,))
    told = told.did("account-asked", OFFICE, (2,), {"until": "2026-06-11", "party": "p5"})
    finding: dict[str, Json] = {"fact": "happened", "acts": [2], "actor": "as-alleged"}
    told = told.did(
        "finding-issued", CHAIR, (1,), {**finding, "law": "not-assessed", "party": "p5"}
    )
    told = told.did("finding-issued", CHAIR, (2,), {"fact": "did-not-happen", "acts": [2]})
    told = told.did("outcome-given", CHAIR, (3,), {"outcome": "outside"})
    told = told.did("disposition-given", CHAIR, (), {"matter": "concern", "number": 1})
    told = told.did("contested", NGO, (2,), {"grounds": 1})
    told = told.did("contest-decided", REVIEWER, (2,), {"acts": [12], "result": "upheld"})
    told = told.did("action-promised", BODY).did("action-done", BODY, (1,), {"acts": [14]})
    return told.did("action-doubted", NGO, (1,), {"acts": [14]})


def feared() -> Told:
    told = begun(1).did("danger-claimed", NGO, ()).did("reprisal-reported", NGO, ())
    return told.did("opened", OFFICE, (), meets("opening"))


def erased() -> Told:
    return begun().did("opened", OFFICE, (), meets("opening")).did("erased", CHAIR, ())


CASES = (begun(), answered(), feared(), begun(danger=True), erased())


def test_the_fold_has_a_version_which_a_change_of_it_counts_up() -> None:
    """If this fails, figures are folded in another way: count FOLD up, and put its digits here.

    Without that, mechanisms would tell what an older version has kept beside what is new.
    """
    total = kept_sum([kept_figures(case.acts) for case in CASES], frozenset()).text()
    texts = "\n".join([*(kept_text(case.acts) for case in CASES), total, str(GROUP)])
    assert {FOLD: sha256(texts.encode()).hexdigest()[:16]} == KEPT


def test_what_is_kept_comes_back_from_its_canonical_text() -> None:
    for case in CASES:
        kept = kept_figures(case.acts)
        assert decode(kept.text().encode())
        assert kept_figures_of(kept.text()) == kept


def test_a_case_with_danger_on_lodging_is_kept_for_sums_only() -> None:
    kept = kept_figures(begun(2, danger=True).acts)
    assert kept.shown is None
    assert (kept.allegations, kept.claims) == (2, ())


def test_claims_that_no_case_shows_are_kept_with_their_instants() -> None:
    told = feared()
    kept = kept_figures(told.acts)
    assert [act for act, _ in kept.claims] == ["danger-claimed", "reprisal-reported"]
    assert [at for _, at in kept.claims] == [act.at for act in told.acts[1:3]]
    assert kept.shown is not None
    assert "danger" not in str(kept.shown.json())


def test_of_a_docket_that_is_no_case_nothing_is_kept() -> None:
    (act,) = begun().acts
    assert kept_text([act]) != ""
    assert kept_text([replace(act, kind="mechanism")]) == ""


hidden = st.sampled_from(
    ["consent-narrowed", "translated", "party-joined", "answer-read", "fact-added"]
)


@given(st.lists(hidden, max_size=4))
def test_acts_that_the_register_does_not_show_change_nothing_shown(acts: list[str]) -> None:
    told = answered()
    for act in acts:
        told = told.did(act, MONITOR, ())
    assert kept_figures(told.acts).shown == kept_figures(answered().acts).shown
