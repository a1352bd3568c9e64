"""Who may not decide or inquire: the accused, and who signed an earlier act on the allegation."""

from answerable.core.acts import Envelope
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
        SignedBefore: with party and the number of the act that it signed; where nobody else is left
            in the seat, a reason, the seat, and the procedure that names the door outside.
    """
    for act in deciding.of(*codes):
        if party in signers(act):
            raise SignedBefore(
                f"{party} signed {act.sequence}",
                party=party,
                act=act.sequence,
                **_way_out(deciding, party, codes),
            )


def _way_out(deciding: Deciding, party: str, codes: tuple[str, ...]) -> dict[str, str]:
    """Return why nobody else decides instead, where nobody is left who could.

    A mechanism with one chair is not stuck: the seat is given to another, or the rules name a door
    outside. The same person never looks again at what they signed.
    """
    asked, seat = deciding.asked, deciding.asked.by.seat
    if party not in {asked.by.party, asked.second}:
        return {}
    barred = {str(signed) for act in deciding.of(*codes) for signed in signers(act)}
    barred |= {one.accused for one in deciding.concerned().values()}
    free = [one for one in deciding.mechanism.parties.values() if seat in one.seats]
    free = [one for one in free if one.id not in barred]
    if len(free) > (asked.second is not None):
        return {}
    reason = "alone" if deciding.procedure.outside_doors else "alone-no-door"
    return {"reason": reason, "seat": seat, "procedure": deciding.procedure.name}


def signers(act: Envelope) -> frozenset[object]:
    """Return the parties that signed an act: who did it, and the second where there is one."""
    return frozenset({act.by.party, act.facts.get("second")}) - {None}
