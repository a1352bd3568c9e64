"""What a finding must say before it can be made (case.md 5): no answer without a method."""

from collections.abc import Iterable

from answerable.core.act_days import require_day_ahead
from answerable.core.acts import Envelope
from answerable.core.case.acts.finding_parts import (
    DID_NOT_HAPPEN,
    FOLLOWS,
    HAPPENED,
    IN_PART,
    NOT_ASSESSED,
    OF_FACT,
    OF_LAW,
)
from answerable.core.case.acts.inquiry import FOUND, INTERVIEW
from answerable.core.case.acts.kind import Deciding, Rule
from answerable.core.case.acts.no_evidence import says_no_more
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT, MONITOR

BASES = frozenset({"inquiry-step", "account-given", "records-search", "exhibit-added"})
"""What a finding can rest on; any other act only by the exhibits that were handed in with it."""

SPEAKING = frozenset(
    {"clarification-answered", "fact-added", "exhibit-added", "corrected", "draft-commented"}
)
"""Acts by which a complainant is heard, after the submission itself."""


class OneAllegationEach(Refusal):
    """A finding is on one allegation: none hides behind another."""

    code = "one-allegation-each"


class BasisMissing(Refusal):
    """A finding cites nothing that was examined, so nothing was."""

    code = "basis-missing"


class NotABasis(Refusal):
    """An act that is cited is no inquiry, account, search or exhibit on this allegation."""

    code = "not-a-basis"


class ExhibitNotInBasis(Refusal):
    """An exhibit is cited of an act that the basis does not name."""

    code = "exhibit-not-in-basis"


class NoSuchExhibit(Refusal):
    """No exhibit of this number was handed in with the act."""

    code = "no-such-exhibit"


class FindingLacks(Refusal):
    """The word on the fact, or on the law, requires a part that is not there."""

    code = "finding-lacks"


class LawWithoutFact(Refusal):
    """The law is spoken of only where something happened."""

    code = "law-without-fact"


class ContraryEvidenceMissing(Refusal):
    """That something did not happen rests on evidence found, and never on evidence missing."""

    code = "contrary-evidence-missing"


class ComplainantNotHeard(Refusal):
    """An act that is cited does not show that the complainant was heard."""

    code = "complainant-not-heard"


class FollowsMissing(Refusal):
    """A finding says what follows, by whom and when, or why nothing does."""

    code = "follows-missing"


class FollowsBoth(Refusal):
    """A finding says that something follows, and that nothing does."""

    code = "follows-both"


class NoEvidenceFound(Refusal):
    """Words say no more than that no evidence was found, which can mean two things."""

    code = "no-evidence-found"


def _require_one(deciding: Deciding) -> None:
    count = len(deciding.concerned())
    if count != 1:
        raise OneAllegationEach(f"{count} allegations", count=count)


def _require_words(deciding: Deciding) -> None:
    for name in ("reasons", "examined"):
        if says_no_more(deciding.asked.text(name)):
            raise NoEvidenceFound(f"{name} says no more", part=name)


def _require_basis(deciding: Deciding) -> None:
    if not deciding.asked.acts("basis"):
        raise BasisMissing("nothing is cited")
    for number in deciding.asked.acts("basis"):
        act = deciding.act(number)
        if act is None or not _is_basis(act) or not _concerns(deciding, act):
            raise NotABasis(f"{number} is no basis", act=number)


def _require_exhibits(deciding: Deciding) -> None:
    basis = deciding.asked.acts("basis")
    for number, place in deciding.asked.exhibits_of("basis-exhibits"):
        if number not in basis:
            raise ExhibitNotInBasis(f"{number} is no basis", act=number, exhibit=place)
        act = deciding.act(number)
        count = 0 if act is None else _exhibits(act)
        if not 0 < place <= count:
            raise NoSuchExhibit(f"{number}/{place}", act=number, exhibit=place, count=count)


def _require_parts(deciding: Deciding) -> None:
    fact, law = deciding.asked.text("fact"), deciding.asked.text("law")
    _require_each(deciding, OF_FACT.get(fact, ()))
    if law and fact not in {HAPPENED, IN_PART}:
        raise LawWithoutFact(f"{law} of {fact}", fact=fact)
    if law and law != NOT_ASSESSED:
        _require_each(deciding, OF_LAW)


def _require_each(deciding: Deciding, names: Iterable[str]) -> None:
    for name in names:
        if not _said(deciding, name):
            raise FindingLacks(f"no {name}", reason=name, part=name)


def _require_contrary(deciding: Deciding) -> None:
    if deciding.asked.text("fact") != DID_NOT_HAPPEN:
        return
    cited = [act for number in deciding.asked.acts("basis") if (act := deciding.act(number))]
    if not any(map(_shows_something, cited)):
        raise ContraryEvidenceMissing("nothing cited shows anything")
    for number in deciding.asked.acts("heard"):
        act = deciding.act(number)
        if act is None or not _concerns(deciding, act) or not _hears(act):
            raise ComplainantNotHeard(f"{number} hears nobody", act=number)


def _require_follows(deciding: Deciding) -> None:
    told = [name for name in FOLLOWS if _said(deciding, name)]
    if told and deciding.asked.text("nothing-because").strip():
        raise FollowsBoth("something follows, and nothing")
    if len(told) < len(FOLLOWS) and not deciding.asked.text("nothing-because").strip():
        raise FollowsMissing("what follows is not said")
    require_day_ahead(deciding, "action-by")


def _is_basis(act: Envelope) -> bool:
    return act.act in BASES or _exhibits(act) > 0


def _exhibits(act: Envelope) -> int:
    count = act.facts.get("exhibits")
    return count if isinstance(count, int) else 0


def _said(deciding: Deciding, name: str) -> bool:
    return bool(deciding.asked.text(name).strip() or deciding.asked.acts(name))


def _concerns(deciding: Deciding, act: Envelope) -> bool:
    return not act.allegations or bool(set(deciding.concerned()) & set(act.allegations))


def _shows_something(act: Envelope) -> bool:
    # A denial is the other side's word, and a search without result is evidence missing.
    if act.act == "records-search":
        return act.facts.get("result") == FOUND
    return act.act in {"inquiry-step", "exhibit-added"}


def _hears(act: Envelope) -> bool:
    if act.act == "inquiry-step":
        answered = act.facts.get("people-answered")
        return act.facts.get("method") == INTERVIEW and isinstance(answered, int) and answered > 0
    # What the other side typed in for the complainant shows nothing of the kind.
    own = act.entered_by is None or act.entered_by.seat in {COMPLAINANT, MONITOR}
    return act.act in SPEAKING and act.by.seat == COMPLAINANT and own


FINDING_RULES: tuple[Rule, ...] = (
    _require_one,
    _require_words,
    _require_basis,
    _require_exhibits,
    _require_parts,
    _require_contrary,
    _require_follows,
)
"""In the order in which someone is told what is missing."""
