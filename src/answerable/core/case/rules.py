"""Who may do which act on a case now (case.md 4). Every surface meets these same refusals."""

from collections.abc import Iterable, Sequence

from answerable.core.act_form import ActForm, Asked
from answerable.core.acts import By, Envelope, PartyId
from answerable.core.case.act_codes import OPENED
from answerable.core.case.submission import SEALED, Submission
from answerable.core.errors import Refusal
from answerable.core.mechanism import ANYONE, Mechanism


class NeverForAnother(Refusal):
    """An act that only the one whom it concerns can do, and that is entered for nobody."""

    code = "never-for-another"


class ActIncomplete(Refusal):
    """The act does not say what it must: ``part`` names it, ``choices`` what it may be, if few."""

    code = "act-incomplete"


class SeatNotHeld(Refusal):
    """The party does not hold the seat in which it would act."""

    code = "seat-not-held"


class NotThisSeat(Refusal):
    """The act belongs to other seats than the one in which the party would do it."""

    code = "not-this-seat"


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


class EvidenceAlone(Refusal):
    """Evidence is of an act entered for another, and it is not said who typed it in."""

    code = "evidence-alone"


class EnteredForItself(Refusal):
    """A party enters nothing for itself: it simply acts."""

    code = "entered-for-itself"


class KeyOfAnother(Refusal):
    """The key is not the one that the party is known by, or the party is known by none."""

    code = "key-of-another"


class SealingNotThere(Refusal):
    """Level 4 asks for content that this server cannot read, and this version cannot seal."""

    code = "sealing-not-there"


def require_key(mechanism: Mechanism, party: PartyId, public: bytes | None) -> None:
    """Return if what is signed is signed with the party's own key. Who gives no name may use any.

    Raises:
        KeyOfAnother: with the party.
    """
    if public is not None and party != ANYONE and mechanism.party(party).key != public:
        raise KeyOfAnother(f"not the key of {party}", party=party)


def require_no_sealing(submission: Submission) -> None:
    """Return if the submission asks for no more protection than there is.

    Raises:
        SealingNotThere: whoever runs this server could read what was to be sealed from it.
    """
    if submission.level == SEALED:
        raise SealingNotThere("nothing can be sealed from the server yet", level=SEALED)


def require_entry(principal: PartyId, entered_by: By | None, evidence: str | None) -> None:
    """Return if the act is the principal's own, or is entered for it with evidence.

    Raises:
        EvidenceMissing, EvidenceAlone, EnteredForItself: with the party.
    """
    if entered_by is None:
        if evidence is not None:
            raise EvidenceAlone("evidence of nothing entered for another", party=principal)
        return
    if entered_by.party == principal:
        raise EnteredForItself(f"{principal} acts for itself", party=principal)
    if not (evidence or "").strip():
        raise EvidenceMissing("no evidence named", party=principal)


def require_entered(form: ActForm, asked: Asked) -> None:
    """Return if the act is the principal's own, or may be entered for it and is, with evidence.

    Raises:
        NeverForAnother, EvidenceMissing, EvidenceAlone, EnteredForItself: with the party.
    """
    if asked.entered_by is not None and not form.enterable:
        raise NeverForAnother(f"{form.code} is entered for nobody", party=asked.by.party)
    require_entry(asked.by.party, asked.entered_by, asked.evidence)


def require_parts(form: ActForm, asked: Asked) -> None:
    """Return if the act says all that it must.

    Raises:
        ActIncomplete: with the part and the act.
    """
    for part in form.parts:
        value = asked.values.get(part.name)
        blank = isinstance(value, str) and not value.strip()
        if part.required and (value is None or blank or value == []):
            choices = ", ".join(part.choices) or None
            facts = {"part": part.name, "act": form.code, "choices": choices}
            raise ActIncomplete(f"{form.code} without {part.name}", **facts)


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


def _of(acts: Iterable[Envelope], code: str) -> Iterable[Envelope]:
    return (act for act in acts if act.act == code)
