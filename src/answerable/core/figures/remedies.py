"""What came of a finding: whether it was delivered, and what was promised and done after it."""

from collections.abc import Iterable, Iterator

from answerable.core.acts import Envelope
from answerable.core.case.acts.citing import acts_of
from answerable.core.case.acts.finding_parts import HAPPENED, IN_PART
from answerable.core.case.now import AllegationNow

FOUND = frozenset({HAPPENED, IN_PART})

_PROMISING = frozenset({"finding-issued", "action-promised"})


def after_finding(number: int, one: AllegationNow, acts: Iterable[Envelope]) -> Iterator[str]:
    """Yield the code of each figure that counts an answered allegation by what came of its finding.

    A remedy is done once nothing that was promised to it is owed; what was doubted is owed again.
    """
    after = [act for act in acts if act.sequence >= one.finding and _concerns(act, number)]
    if any(act.act == "delivered" and one.finding in acts_of(act) for act in after):
        yield "answers/delivered"
    if one.outcome not in FOUND:
        return
    if any(act.act in _PROMISING and act.facts.get("party") for act in after):
        yield "remedy/promised"
        if not one.actions:
            yield "remedy/done"
    if any(act.act == "action-doubted" for act in after):
        yield "remedy/doubted"


def _concerns(act: Envelope, number: int) -> bool:
    return not act.allegations or number in act.allegations
