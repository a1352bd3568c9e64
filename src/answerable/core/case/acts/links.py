"""Reports of one incident are linked, never merged; one allegation that is several is split."""

from collections.abc import Iterable
from dataclasses import replace

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case import limits
from answerable.core.case.acts.citing import the_one_cited
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.parties import joined_parties
from answerable.core.case.now import AllegationNow, CaseNow
from answerable.core.case.splits import SPLIT, TooManyAllegations, count_in
from answerable.core.errors import Refusal
from answerable.core.mechanism import ANYONE
from answerable.core.seats import COMPLAINANT, SECRETARIAT

LINKED = ActCode("linked")
UNLINKED = ActCode("unlinked")

AGREEING = frozenset({"clarification-answered", "fact-added", "corrected"})
"""Where a complainant says that an allegation may be split."""

FEWEST = 2
"""Parts of a split: fewer are none."""


class LinkedToItself(Refusal):
    """A case is linked to another one."""

    code = "linked-to-itself"


class LinkedBefore(Refusal):
    """The cases are linked already."""

    code = "linked-before"


class NotLinked(Refusal):
    """The cases are not linked, so there is nothing to undo."""

    code = "not-linked"


class LinkedCaseNotYours(Refusal):
    """A complainant links its own cases: on a stranger's case it does nothing (case.md 4)."""

    code = "linked-case-not-yours"


class OneAllegationWanted(Refusal):
    """One allegation is split at a time, and it is named."""

    code = "one-allegation-wanted"


class SplitUneven(Refusal):
    """An allegation is split into two or more, each with its own words."""

    code = "split-uneven"


class SplitWhileOpen(Refusal):
    """Something is open on the allegation; which of its parts it would belong to, nobody says."""

    code = "split-while-open"


class SplitWithoutConsent(Refusal):
    """The complainant agrees to a split; the act cited is not where they do."""

    code = "split-without-consent"


def linked_cases(acts: Iterable[Envelope]) -> frozenset[str]:
    """Return the numbers of the cases to which a case is linked by its own acts."""
    linked: set[str] = set()
    for act in acts:
        if act.act == LINKED:
            linked.add(str(act.facts.get("case")))
        elif act.act == UNLINKED:
            linked.discard(str(act.facts.get("case")))
    return frozenset(linked)


def _require_another(deciding: Deciding) -> None:
    number = deciding.asked.text("case")
    if number == deciding.acts[0].docket:
        raise LinkedToItself(f"{number} to itself", number=number)
    if number in linked_cases(deciding.acts):
        raise LinkedBefore(f"linked to {number}", number=number)


def _require_yours(deciding: Deciding) -> None:
    # A link stands on both cases. Whether there is a case of that number, nobody learns here.
    by = deciding.asked.by
    if by.seat != COMPLAINANT:
        return
    first = {deciding.other[0].by.party} if deciding.other else set()
    if by.party == ANYONE or by.party not in {*first, *joined_parties(deciding.other)}:
        number = deciding.asked.text("case")
        raise LinkedCaseNotYours(f"{by.party} in {number}", party=by.party, number=number)


def _require_linked(deciding: Deciding) -> None:
    number = deciding.asked.text("case")
    if number not in linked_cases(deciding.acts):
        raise NotLinked(f"not linked to {number}", number=number)


def _require_divisible(deciding: Deciding) -> None:
    asked = deciding.asked
    if len(asked.allegations) != 1:
        raise OneAllegationWanted("one is split", found=len(asked.allegations))
    parts, words = asked.values.get("into"), asked.values.get("shares")
    into = parts if isinstance(parts, int) else 0
    said = len(words) if isinstance(words, list) else 0
    if into < FEWEST or said != into:
        raise SplitUneven(f"{said} texts for {into}", into=into, found=said)
    if len(deciding.case.allegations) + into - 1 > limits.ITEMS:
        raise TooManyAllegations(f"more than {limits.ITEMS}", limit=limits.ITEMS)


def _require_nothing_open(deciding: Deciding) -> None:
    for number, one in deciding.concerned().items():
        waiting = (one.referral, one.question, one.asked_unit, one.held, one.agreement, one.draft)
        if any(waiting):
            act = next(filter(None, waiting))
            raise SplitWhileOpen(f"{act} is open on {number}", allegation=number, act=act)


def _require_agreed(deciding: Deciding) -> None:
    if deciding.asked.by.seat == COMPLAINANT:
        return
    if not deciding.asked.acts("acts"):
        raise SplitWithoutConsent("no act is cited", act=None)
    act = the_one_cited(deciding)
    number = deciding.asked.allegations[0]
    concerns = not act.allegations or number in act.allegations
    if act.act not in AGREEING or act.by.seat != COMPLAINANT or not concerns:
        raise SplitWithoutConsent(f"{act.sequence} agrees to nothing", act=act.sequence)


def _split(case: CaseNow, act: Envelope) -> CaseNow:
    if len(act.allegations) != 1:
        return case
    into = count_in(act, "into")
    whole = case.allegations[act.allegations[0]]
    share = AllegationNow(
        phase=whole.phase, handler=whole.handler, member=whole.member, accused=whole.accused
    )
    first = max(case.allegations) + 1
    shares = dict.fromkeys(range(first, first + into - 1), share)
    return replace(case, allegations={**case.allegations, **shares})


LINKS = (
    ActKind(
        code=LINKED,
        verb="link",
        by=(SECRETARIAT, COMPLAINANT),
        parts=(Part("case", Shape.NUMBER, fact="case"), Part("reason")),
        rules=(_require_another, _require_yours),
    ),
    ActKind(
        code=UNLINKED,
        verb="unlink",
        by=(SECRETARIAT, COMPLAINANT),
        parts=(Part("case", Shape.NUMBER, fact="case"), Part("reason")),
        rules=(_require_linked, _require_yours),
    ),
    ActKind(
        code=SPLIT,
        verb="split",
        by=(SECRETARIAT, COMPLAINANT),
        when=When.BEFORE_FINDING,
        parts=(
            Part("into", Shape.COUNT, fact="into"),
            Part("shares", Shape.TEXTS),
            Part("reason"),
            # The act by which the complainant agrees; who splits their own words cites none.
            Part("acts", Shape.ACTS, required=False, fact="acts"),
        ),
        rules=(_require_divisible, _require_nothing_open, _require_agreed),
        after=_split,
    ),
)
