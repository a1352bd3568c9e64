"""Who decides is neither accused nor, in a review, one who had a hand in what is reviewed."""

from answerable.core.case.acts.kind import Deciding
from answerable.core.case.conflict import require_new_to_it, require_not_accused

HAD_A_HAND = (
    *("accepted", "not-accepted", "assigned", "reassigned", "clarification-asked", "referred"),
    *("referral-recalled", "referral-accepted", "referral-returned", "account-asked"),
    *("account-given", "inquiry-step", "records-search", "legal-opinion", "clock-extended"),
    *("clock-held", "clock-resumed", "agreement-proposed", "agreement-accepted", "draft-shared"),
    *("draft-commented", "finding-issued", "separate-view", "disposition-given", "outcome-given"),
    *("contested", "continued-without-person"),
)
"""The acts after which one is no longer new to an allegation: all that moved or judged it."""


def deciders(deciding: Deciding) -> tuple[str, ...]:
    """Return who answers for the act: its party, and the second where the procedure asks two."""
    asked = deciding.asked
    return (asked.by.party,) if asked.second is None else (asked.by.party, asked.second)


def require_none_accused(deciding: Deciding) -> None:
    """Return if nobody who decides is accused.

    Raises:
        AccusedDecides: with party and allegation.
    """
    for party in deciders(deciding):
        require_not_accused(deciding, party)


def require_none_had_a_hand(deciding: Deciding) -> None:
    """Return if everybody who decides is new to the allegations.

    Raises:
        SignedBefore: with party and the number of the act that it signed.
    """
    for party in deciders(deciding):
        require_new_to_it(deciding, party, *HAD_A_HAND)
