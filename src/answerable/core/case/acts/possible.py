"""Which acts are refused as a case stands, whatever they say: a page offers only the others."""

from dataclasses import replace

from answerable.core.act_form import Carries, is_content
from answerable.core.case.acts.agreement import (
    AgreementOpen,
    NothingAgreed,
    NothingProposed,
    OwnerSaysKept,
    SameSideAnswers,
)
from answerable.core.case.acts.answers import AnswerReadBefore, NothingToRead, ReadBySenderAlone
from answerable.core.case.acts.contest import ContestTooLate, NothingToContest
from answerable.core.case.acts.drafts import NoDraft, NotADraftReader
from answerable.core.case.acts.erasure import ErasedBefore
from answerable.core.case.acts.events import EventNotDeclared
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.acts.links import SplitWhileOpen
from answerable.core.case.acts.questions import NothingAsked
from answerable.core.case.acts.widening import (
    NoWideningAsked,
    WideningOfWithdrawn,
    WideningTooSoon,
)
from answerable.core.case.acts.withdrawal import NothingWithdrawn, WithdrawalOpen
from answerable.core.case.deciding import (
    CaseConcluded,
    CaseErased,
    SecondPersonMissing,
    SignatureWanted,
    require,
)
from answerable.core.case.rules import NotThisSeat
from answerable.core.errors import Refusal

AS_IT_STANDS: tuple[type[Refusal], ...] = (
    *(AgreementOpen, NothingAgreed, NothingProposed, OwnerSaysKept, SameSideAnswers),
    *(AnswerReadBefore, NothingToRead, ReadBySenderAlone),
    *(CaseConcluded, ContestTooLate, NothingToContest, ErasedBefore, NotThisSeat),
    *(CaseErased, NoWideningAsked, WideningOfWithdrawn, WideningTooSoon),
    *(NoDraft, NotADraftReader, NothingAsked, NothingWithdrawn, WithdrawalOpen, SplitWhileOpen),
    # Which event is meant is a part of what is said.
    EventNotDeclared,
)
"""What rules of single acts say of the case and of who acts. Their other refusals are of words."""


def is_possible(kind: ActKind, deciding: Deciding) -> bool:
    """Return whether an act may be done for all that is known before anything of it is said.

    Who else does an act of two persons, and with which key one is signed, is said with it. The
    return key is one person's and signs nothing: neither act is possible with it. Events that a
    procedure declares are never among them: each is a matter of its own.
    """
    if deciding.case.erased and any(part.required and is_content(part) for part in kind.parts):
        return False
    bare = replace(kind, parts=(), exhibits=Carries.NONE, rules=())
    try:
        require(bare, deciding)
    except (SecondPersonMissing, SignatureWanted):
        # The last that is asked of an act without parts and rules: all else was met.
        if deciding.asked.by_key:
            return False
    except Refusal:
        return False
    return not any(_is_refused(kind, at, deciding) for at in range(len(kind.rules)))


def _is_refused(kind: ActKind, at: int, deciding: Deciding) -> bool:
    try:
        kind.rules[at](deciding)
    except AS_IT_STANDS:
        return True
    except Refusal:
        return False
    return False
