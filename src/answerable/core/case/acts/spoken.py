"""What the sides of a case say to one another, beside the record in which every act stands."""

from answerable.core.acts import Envelope

ANSWERING_ACTS = frozenset({"finding-issued", "outcome-given", "disposition-given", "not-accepted"})
"""Acts that answer: each prints what an answer is and is not (case.md 5)."""

DRAFT_ACTS = frozenset({"draft-shared", "draft-commented"})
"""What is said about a draft: for those concerned alone (case.md 3)."""

_OF_MATTERS = frozenset({"disposition-given"})
"""What answers a concern or a request, and no allegation."""

SPOKEN_ACTS = (
    ANSWERING_ACTS
    | DRAFT_ACTS
    | frozenset(
        (
            *("fact-added", "exhibit-added", "corrected", "translated", "legal-opinion"),
            *("clarification-asked", "clarification-answered"),
            *("account-given", "referral-returned", "separate-view", "contested"),
            *("contest-decided", "reopened", "finding-superseded"),
            *("action-promised", "action-done", "action-doubted", "agreement-proposed"),
            *("agreement-accepted", "agreement-refused", "agreement-kept", "agreement-broken"),
            *("withdrawal-asked", "continued-without-person"),
        )
    )
) - _OF_MATTERS
"""What the sides say on an allegation. Every other act stands in the record alone."""


def is_spoken(act: Envelope, allegation: int) -> bool:
    """Whether an act is said between the sides on an allegation, or on all of them."""
    concerned = not act.allegations or allegation in act.allegations
    return act.act in SPOKEN_ACTS and concerned
