"""The table of case.md 4: every act of a case by its code, and the case that an act leaves."""

from collections.abc import Mapping

from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.assignment import ASSIGNMENT
from answerable.core.case.acts.entries import ENTRIES
from answerable.core.case.acts.facts import FACTS
from answerable.core.case.acts.intake import INTAKE
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.acts.links import LINKS
from answerable.core.case.acts.notice import NOTICE
from answerable.core.case.acts.parties import PARTIES_IN_IT
from answerable.core.case.acts.questions import QUESTIONS
from answerable.core.case.acts.referral import REFERRAL
from answerable.core.case.acts.safety import SAFETY
from answerable.core.case.now import CaseNow

ACTS: Mapping[ActCode, ActKind] = {
    kind.code: kind
    for kinds in (
        NOTICE,
        INTAKE,
        PARTIES_IN_IT,
        FACTS,
        ENTRIES,
        SAFETY,
        LINKS,
        ASSIGNMENT,
        REFERRAL,
        QUESTIONS,
    )
    for kind in kinds
}
"""Every kind of act, in the order of the matters."""


def case_after(case: CaseNow | None, act: Envelope) -> CaseNow:
    """Return the case after one more act; None is before the first.

    An act of a later version changes nothing: it stays on the record, and is shown as it is.
    """
    before = CaseNow() if case is None else case
    kind = ACTS.get(act.act)
    return before if kind is None else kind.after(before, act)
