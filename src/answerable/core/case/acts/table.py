"""The table of case.md 4: every act of a case by its code, and the case that an act leaves."""

from collections.abc import Mapping

from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.accounts import ACCOUNTS
from answerable.core.case.acts.actions import ACTIONS
from answerable.core.case.acts.agreement import AGREEMENT
from answerable.core.case.acts.answers import READINGS
from answerable.core.case.acts.assignment import ASSIGNMENT
from answerable.core.case.acts.complaint import COMPLAINTS
from answerable.core.case.acts.conclusion import CONCLUSION
from answerable.core.case.acts.consent import CONSENTS
from answerable.core.case.acts.contest import CONTESTS
from answerable.core.case.acts.drafts import DRAFTS
from answerable.core.case.acts.entries import ENTRIES
from answerable.core.case.acts.erasure import ERASURE
from answerable.core.case.acts.events import EVENTS
from answerable.core.case.acts.facts import FACTS
from answerable.core.case.acts.finding import FINDINGS
from answerable.core.case.acts.holds import HOLDS
from answerable.core.case.acts.inquiry import INQUIRY
from answerable.core.case.acts.intake import INTAKE
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.acts.links import LINKS
from answerable.core.case.acts.notice import NOTICE
from answerable.core.case.acts.outcomes import OUTCOME_ACTS
from answerable.core.case.acts.panel import PANEL
from answerable.core.case.acts.parties import PARTIES_IN_IT
from answerable.core.case.acts.questions import QUESTIONS
from answerable.core.case.acts.referral import REFERRAL
from answerable.core.case.acts.safety import SAFETY
from answerable.core.case.acts.texts import TEXTS
from answerable.core.case.acts.widening import WIDENINGS
from answerable.core.case.acts.withdrawal import WITHDRAWALS
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
        ACCOUNTS,
        INQUIRY,
        PANEL,
        EVENTS,
        HOLDS,
        AGREEMENT,
        DRAFTS,
        FINDINGS,
        OUTCOME_ACTS,
        READINGS,
        CONTESTS,
        ACTIONS,
        WITHDRAWALS,
        CONSENTS,
        WIDENINGS,
        TEXTS,
        ERASURE,
        COMPLAINTS,
        CONCLUSION,
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
