"""What one case adds to the figures, counted from the envelopes of its shown acts alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from answerable.core.acts import Envelope
from answerable.core.case.acts.finding_parts import DID_NOT_HAPPEN, HAPPENED, IN_PART
from answerable.core.case.acts.outcomes import undisposed
from answerable.core.case.acts.table import case_after
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.case.splits import count_in
from answerable.core.figures.across import contribution
from answerable.core.figures.case_figures import CaseFigures, DaysGiven, Waited
from answerable.core.figures.described import described, described_counts
from answerable.core.figures.remedies import after_finding
from answerable.core.happened import happened_on
from answerable.core.owed import Owed, owed_after
from answerable.core.seats import COMPLAINANT

NO_ANSWER = "outcome/no-answer"
FINDINGS = frozenset({HAPPENED, IN_PART, "not-established", DID_NOT_HAPPEN})
ANSWERED = Phase.ANSWERED, Phase.OVER

_ONCE = {"acknowledged": "acknowledged", "opened": "opened"}
_EACH = {
    "clarification-asked": "questions/asked",
    "clarification-answered": "questions/answered",
    "contested": "contests/contested",
    "contest-decided": "contests/decided",
    "action-promised": "actions/promised",
    "action-done": "actions/done",
    "action-doubted": "actions/doubted",
    "reopened": "contests/changed",
    "finding-superseded": "contests/changed",
}
_GIVEN = {"clarification-asked": "complainant", "account-asked": "respondent"}
"""The questions that name a day: how long the one side is given, and how long the other."""


def count_case(acts: Sequence[Envelope]) -> CaseFigures:
    """Return what a case contributes: its acts in their order, of which the first lodged it."""
    case, owed = CaseNow(), tuple[Owed, ...]()
    codes = ["submissions"]
    for act in acts:
        case, owed = case_after(case, act), owed_after(owed, act)
        codes += _counted(act)
    by_sequence = {act.sequence: act for act in acts}
    ended = by_sequence.get(case.erased)
    for number, allegation in case.allegations.items():
        codes += _outcome(number, allegation, by_sequence)
    # That a sender reads is no reading by the body.
    done = {act.act for act in acts if act.by.seat != COMPLAINANT}
    codes += (code for act, code in _ONCE.items() if act in done)
    each = described(acts)
    codes += described_counts(acts, each.values())
    counts = Counter(codes)
    counts["allegations"] = len(case.allegations)
    counts["delivered"] = int(case.delivered)
    counts.update(_matters(acts))
    return CaseFigures(
        acts[0].docket,
        {code: count for code, count in counts.items() if count},
        tuple(_waited(item, by_sequence, ended) for item in owed),
        tuple(_given(acts)),
        contribution(acts, case, each),
        acts[0].at if counts[NO_ANSWER] else None,
        None if ended is None else ended.at,
    )


def _counted(act: Envelope) -> Iterator[str]:
    if act.act in _EACH:
        yield _EACH[act.act]
    if act.act == "not-accepted":
        for _ in act.allegations:
            yield f"not-accepted/{act.facts.get('outcome')}"
    if act.act == "contest-decided" and act.facts.get("result") != "not-upheld":
        yield "contests/changed"
    if act.act == "finding-issued" and act.facts.get("party"):
        yield "actions/promised"


def _given(acts: Iterable[Envelope]) -> Iterator[DaysGiven]:
    for act in acts:
        until = act.facts.get("until")
        if act.act in _GIVEN and isinstance(until, str):
            yield DaysGiven(_GIVEN[act.act], act.at, date.fromisoformat(until).isoformat())


def _waited(item: Owed, acts: Mapping[int, Envelope], ended: Envelope | None) -> Waited:
    began, met = acts.get(item.started_by), acts.get(item.met_by or 0)
    return Waited(
        item.code,
        item.confirmed,
        item.since,
        item.due_on,
        None if met is None else met.at,
        _day(began),
        _day(met),
        None if ended is None or met is not None else max(ended.at, item.since),
    )


def _day(act: Envelope | None) -> str | None:
    on = None if act is None else happened_on(act)
    return None if on is None else on.isoformat()


def _outcome(number: int, one: AllegationNow, acts: Mapping[int, Envelope]) -> Iterator[str]:
    answered = one.phase in ANSWERED and bool(one.outcome) and not one.reopened
    if not answered:
        yield NO_ANSWER
        return
    yield f"outcome/{one.outcome}"
    if one.outcome in FINDINGS:
        yield "reasons/answers"
        if _has_reasons(acts.get(one.finding)):
            yield "reasons/complete"
        yield from after_finding(number, one, acts.values())


def _has_reasons(finding: Envelope | None) -> bool:
    """Whether a finding cites what it rests on, and says all that its word on the fact requires."""
    if finding is None or not finding.facts.get("acts"):
        return False
    facts = finding.facts
    if facts.get("fact") in {HAPPENED, IN_PART}:
        return bool(facts.get("actor")) and bool(facts.get("law"))
    return facts.get("fact") != DID_NOT_HAPPEN or bool(facts.get("heard"))


def _matters(acts: Sequence[Envelope]) -> dict[str, int]:
    open_still = len(undisposed(acts))
    matters = sum(count_in(acts[0], name) for name in ("concerns", "requests"))
    return {
        "matters": matters,
        "matters/answered": matters - open_still,
        "matters/no-answer": open_still,
    }
