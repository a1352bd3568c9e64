"""A case is erased: what its acts say can be read by nobody here any more, that they were stays."""

import re
from dataclasses import replace

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope, instant_text
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.kind import ANY_SEAT, ActKind, Deciding
from answerable.core.case.now import CaseNow
from answerable.core.case.rules import NotThisSeat
from answerable.core.errors import Refusal
from answerable.core.seats import CHAIR

ERASED = ActCode("erased")
ERASURE_GROUNDS = (
    "consent-withdrawn",
    "harm-to-a-person",
    "no-longer-needed",
    "never-allowed",
    "ordered",
    "time-is-over",
)
_PROVISION = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 40


class ErasedBefore(Refusal):
    """The case was erased before, by an act that is on record."""

    code = "erased-before"


class ProvisionNoCode(Refusal):
    """What names the law stays for ever, so it is a code and no words: ``gdpr-17-1-b``."""

    code = "provision-no-code"


def _require_named(deciding: Deciding) -> None:
    rule, seat = deciding.procedure.acts.get(ERASED), deciding.asked.by.seat
    if seat != CHAIR and not (rule and rule.by):
        raise NotThisSeat(f"{ERASED} is no act of {seat}", seat=seat, seats=CHAIR)


def _require_first(deciding: Deciding) -> None:
    act = deciding.act(deciding.case.erased)
    if act is not None:
        raise erased_before(act)


def _require_code(deciding: Deciding) -> None:
    found = deciding.asked.text("provision")
    if len(found) > _LONGEST or _PROVISION.fullmatch(found) is None:
        raise ProvisionNoCode("no code", found=found[:_LONGEST], limit=_LONGEST)


def _erased(case: CaseNow, act: Envelope) -> CaseNow:
    return replace(case, erased=act.sequence)


def erased_before(act: Envelope) -> ErasedBefore:
    """Return the refusal that names the act by which the case was erased."""
    return ErasedBefore(act.docket, number=act.receipt_number, day=instant_text(act.at)[:10])


ERASURE = (
    # It says nothing but codes: what it said in words would be erased with the rest.
    ActKind(
        code=ERASED,
        verb="erase",
        by=(CHAIR, *(seat for seat in ANY_SEAT if seat != CHAIR)),
        parts=(
            Part("ground", Shape.CODE, fact="ground", choices=ERASURE_GROUNDS),
            Part("provision", Shape.CODE, fact="provision"),
        ),
        rules=(_require_named, require_none_accused, _require_first, _require_code),
        after=_erased,
        enterable=False,
        whole=True,
    ),
)
