"""Who may do which act on a case now (case.md 4). Every surface meets these same refusals."""

from collections.abc import Iterable, Sequence

from answerable.core.acts import By, Envelope, PartyId
from answerable.core.case.standing import ACKNOWLEDGED, OPENED, SECRETARIAT
from answerable.core.errors import Refusal
from answerable.core.mechanism import Mechanism


class SeatNotHeld(Refusal):
    """The party does not hold the seat in which it would act."""

    code = "seat-not-held"


class OpenedBefore(Refusal):
    """The party opened the submission before: the first time is the one that counts."""

    code = "opened-before"


class AcknowledgedBefore(Refusal):
    """The body acknowledged this submission before."""

    code = "acknowledged-before"


class NotYoursToOpen(Refusal):
    """The party handed this submission in: its reading of it is no opening."""

    code = "not-yours-to-open"


class EvidenceMissing(Refusal):
    """An act entered for another names its evidence: a letter, a form, a mail."""

    code = "evidence-missing"


class EnteredForItself(Refusal):
    """A party enters nothing for itself: it simply acts."""

    code = "entered-for-itself"


def require_seat(mechanism: Mechanism, by: By) -> None:
    """Return if the party holds the seat. Anyone may be a complainant (case.md 1).

    Raises:
        SeatNotHeld: with party and seat.
    """
    if by.seat not in mechanism.party(by.party).seats:
        raise SeatNotHeld(f"{by.party} is not {by.seat}", party=by.party, seat=by.seat)


def require_entry(principal: PartyId, entered_by: By | None, evidence: str | None) -> None:
    """Return if the act is the principal's own, or is entered for it with evidence.

    Raises:
        EvidenceMissing, EnteredForItself: with the party.
    """
    if entered_by is None:
        return
    if entered_by.party == principal:
        raise EnteredForItself(f"{principal} acts for itself", party=principal)
    if not (evidence or "").strip():
        raise EvidenceMissing("no evidence named", party=principal)


def require_openable(acts: Sequence[Envelope], by: By) -> None:
    """Return if this party may open the submission now, and has not before.

    Raises:
        NotYoursToOpen, OpenedBefore: with the case's number.
    """
    number = acts[0].docket
    if acts[0].by.party == by.party:
        raise NotYoursToOpen(f"{by.party} handed in {number}", number=number)
    if any(act.by.party == by.party for act in _of(acts, OPENED)):
        raise OpenedBefore(f"{by.party} opened {number} before", number=number)


def require_unacknowledged(acts: Sequence[Envelope]) -> None:
    """Return if the body has not acknowledged the submission yet.

    Raises:
        AcknowledgedBefore: with the case's number.
    """
    number = acts[0].docket
    if any(act.by.seat == SECRETARIAT for act in _of(acts, ACKNOWLEDGED)):
        raise AcknowledgedBefore(f"{number} was acknowledged before", number=number)


def _of(acts: Iterable[Envelope], code: str) -> Iterable[Envelope]:
    return (act for act in acts if act.act == code)
