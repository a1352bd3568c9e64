"""Who may not decide or inquire: the accused, and who signed an earlier act on the allegation."""

from answerable.core.case.acts.kind import Deciding
from answerable.core.errors import Refusal


class AccusedDecides(Refusal):
    """Nothing about an allegation goes to the party that it accuses (case.md 4)."""

    code = "accused-decides"


class SignedBefore(Refusal):
    """A review goes to someone who signed nothing earlier on the allegation (case.md 4)."""

    code = "signed-before"


def require_not_accused(deciding: Deciding, party: str) -> None:
    """Return if the party is not the accused of any allegation concerned.

    Raises:
        AccusedDecides: with party and allegation.
    """
    for number, allegation in deciding.concerned().items():
        if party and party == allegation.accused:
            raise AccusedDecides(f"{party} is accused", party=party, allegation=number)


def require_new_to_it(deciding: Deciding, party: str, *codes: str) -> None:
    """Return if the party signed none of these acts on an allegation concerned.

    Raises:
        SignedBefore: with party and the number of the act that it signed.
    """
    for act in deciding.of(*codes):
        if party in {act.by.party, act.facts.get("second")}:
            raise SignedBefore(f"{party} signed {act.sequence}", party=party, act=act.sequence)
