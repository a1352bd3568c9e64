"""May this party do this act now? Every surface meets these same refusals (case.md 4)."""

from collections.abc import Mapping
from typing import cast

from answerable.core.act_form import facts_of, is_content
from answerable.core.acts import Draft, Json, Seat
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.parties import joined_parties
from answerable.core.case.exhibit_rules import require_exhibits
from answerable.core.case.now import Phase
from answerable.core.case.rules import NotThisSeat, SeatNotHeld, require_entered, require_parts
from answerable.core.case.splits import acts_on
from answerable.core.clock_facts import Clocks
from answerable.core.errors import Refusal
from answerable.core.mechanism import ANYONE
from answerable.core.procedure import ActRule
from answerable.core.seats import COMPLAINANT, HANDLER, MEMBER, SECRETARIAT


class NoSuchAllegation(Refusal):
    """The case has no allegation of this number."""

    code = "no-such-allegation"


class NotNow(Refusal):
    """The act cannot be done in the state in which the allegation is."""

    code = "not-now"


class NotHandler(Refusal):
    """The allegation is assigned to another party, or to none yet."""

    code = "not-handler"


class NotYourCase(Refusal):
    """The party did not hand in this case, and did not join it."""

    code = "not-your-case"


class NotKnownWho(Refusal):
    """Who gave no name is told apart by their return key alone, and this was done without it."""

    code = "not-known-who"


class DoneTooOften(Refusal):
    """The procedure allows this act only so often on one allegation."""

    code = "done-too-often"


class SecondPersonMissing(Refusal):
    """The procedure asks two different parties in that seat for this act."""

    code = "second-person-missing"


class SignatureWanted(Refusal):
    """The procedure asks that this act is signed with the key of the party that does it."""

    code = "signature-wanted"


class CaseConcluded(Refusal):
    """The case is concluded: it must be reopened first."""

    code = "case-concluded"


class CaseErased(Refusal):
    """The case was erased: words would be kept under a key that is destroyed."""

    code = "case-erased"


def require(kind: ActKind, deciding: Deciding) -> None:
    """Return if the act may be done.

    Raises:
        Refusal: the first rule that says no.
    """
    rule = deciding.procedure.acts.get(kind.code, ActRule(kind.code))
    if kind.narrowed is not None:
        kind = kind.narrowed(kind, deciding)
    _require_allegations(deciding)
    _require_seat(kind, rule, deciding)
    require_entered(kind, deciding.asked)
    _require_state(kind, deciding)
    _require_key(kind, deciding)
    require_parts(kind, deciding.asked)
    require_exhibits(kind, deciding)
    _require_measure(kind, rule, deciding)
    for further in kind.rules:
        further(deciding)


def require_counted(kind: ActKind, deciding: Deciding, draft: Draft) -> None:
    """Return if the act may do to the clocks what its draft says that it does.

    Raises:
        Refusal: the first rule that says no.
    """
    clocks = cast("Clocks", draft.facts.get("clocks", {}))
    for further in kind.counted:
        further(deciding, clocks)


def facts_told(kind: ActKind, deciding: Deciding) -> Mapping[str, Json]:
    """Return the facts of the act: what is said of it, and what its procedure adds."""
    said = facts_of(kind, deciding.asked)
    return said if kind.adds is None else {**said, **kind.adds(deciding)}


def _require_allegations(deciding: Deciding) -> None:
    for number in deciding.asked.allegations:
        if number not in deciding.case.allegations:
            count = len(deciding.case.allegations)
            raise NoSuchAllegation(f"no allegation {number}", allegation=number, count=count)


def _require_seat(kind: ActKind, rule: ActRule, deciding: Deciding) -> None:
    by, seats = deciding.asked.by, _seats(kind, rule)
    if HANDLER in seats and _is_handler(deciding):
        return
    if by.seat not in seats:
        if HANDLER in seats and by.seat in {SECRETARIAT, MEMBER}:
            raise NotHandler(f"{by.party} does not handle it", party=by.party)
        told = ", ".join(seats)
        raise NotThisSeat(f"{kind.code} is no act of {by.seat}", seat=by.seat, seats=told)
    if by.seat == COMPLAINANT:
        _require_own_case(deciding)
    elif by.seat not in deciding.mechanism.party(by.party).seats:
        raise SeatNotHeld(f"{by.party} is not {by.seat}", party=by.party, seat=by.seat)


def _seats(kind: ActKind, rule: ActRule) -> tuple[Seat, ...]:
    return tuple(seat for seat in rule.by if seat in kind.by) if rule.by else kind.by


def _is_handler(deciding: Deciding) -> bool:
    by = deciding.asked.by
    if by.seat not in deciding.mechanism.party(by.party).seats:
        return False
    handlers = {allegation.handler for allegation in deciding.concerned().values()}
    # Concerns and requests are assigned to nobody: those of a case without allegations are asked
    # about and looked into by the secretariat.
    return handlers == {by.party} if handlers else by.seat == SECRETARIAT


def _require_own_case(deciding: Deciding) -> None:
    by = deciding.asked.by
    if by.party == ANYONE and not (deciding.asked.by_key or _is_entered_by_secretariat(deciding)):
        raise NotKnownWho("who gives no name is known by nothing", number=deciding.acts[0].docket)
    if by.party not in {deciding.acts[0].by.party, *joined_parties(deciding.acts)}:
        raise NotYourCase(f"{by.party} is no complainant here", party=by.party)


def _is_entered_by_secretariat(deciding: Deciding) -> bool:
    typist = deciding.asked.entered_by
    if typist is None or typist.seat != SECRETARIAT:
        return False
    return SECRETARIAT in deciding.mechanism.party(typist.party).seats


_PHASES: Mapping[When, frozenset[Phase]] = {
    When.INTAKE: frozenset({Phase.INTAKE}),
    When.BEFORE_FINDING: frozenset({Phase.INTAKE, Phase.ACCEPTED}),
    When.ACCEPTED: frozenset({Phase.ACCEPTED}),
    When.AFTER_FINDING: frozenset({Phase.ANSWERED}),
    When.BEFORE_CONCLUSION: frozenset(Phase) - {Phase.OVER},
    When.ANY: frozenset(Phase),
}


def _require_state(kind: ActKind, deciding: Deciding) -> None:
    if kind.when is When.ANY:
        return
    if deciding.case.concluded:
        raise CaseConcluded("concluded", act=deciding.case.concluded)
    for number, allegation in deciding.concerned().items():
        if allegation.phase not in _PHASES[kind.when]:
            raise NotNow(
                f"{kind.code} on {number}",
                allegation=number,
                phase=allegation.phase.value,
                act=kind.code,
            )


def _require_key(kind: ActKind, deciding: Deciding) -> None:
    asked, words = deciding.asked, [part for part in kind.parts if is_content(part)]
    says = any(part.required or asked.values.get(part.name) is not None for part in words)
    # What is signed is content too: it says which act it is.
    says = says or bool(asked.exhibits) or asked.entered_by is not None or asked.key is not None
    if deciding.case.erased and says:
        raise CaseErased(f"{kind.code} says something", act=kind.code)


def _require_measure(kind: ActKind, rule: ActRule, deciding: Deciding) -> None:
    if rule.at_most is not None:
        for number in deciding.concerned():
            # A split gives no further turn: what was done on the whole was done on its parts.
            on_it = acts_on(deciding.acts, (number,))
            done = [act for act in on_it if act.act == kind.code and act.allegations]
            if len(done) >= rule.at_most:
                raise DoneTooOften(f"{kind.code}", allegation=number, at_most=rule.at_most)
    if rule.two_persons:
        _require_second(kind, rule, deciding)
    if rule.signed and deciding.asked.signer is None:
        party = deciding.asked.by.party
        raise SignatureWanted(f"{kind.code} is not signed", act=kind.code, party=party)


def _require_second(kind: ActKind, rule: ActRule, deciding: Deciding) -> None:
    asked = deciding.asked
    seats = _seats(kind, rule)
    if asked.second is None or asked.second == asked.by.party:
        raise SecondPersonMissing(f"{kind.code} by one", act=kind.code)
    if not deciding.mechanism.party(asked.second).seats & set(seats):
        raise SeatNotHeld(f"{asked.second}", party=asked.second, seat=seats[0])
