"""What one case adds to the figures, told from the envelopes of its shown acts alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from answerable.core.acts import Envelope, instant_text
from answerable.core.case.acts.finding_parts import DID_NOT_HAPPEN, HAPPENED, IN_PART
from answerable.core.case.acts.outcomes import undisposed
from answerable.core.case.acts.table import case_after
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.figures.tally import Tally
from answerable.core.owed import Owed, owed_after

DAY = 24 * 60 * 60 * 1000
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
_GIVEN = {"clarification-asked": "given/complainant", "account-asked": "given/respondent"}
"""The questions that name a day: how long the one side is given, and how long the other."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The instant at which figures are told, and the day that an instant falls on there."""

    at: int
    day_of: Callable[[int], date]

    @property
    def today(self) -> str:
        return self.day_of(self.at).isoformat()


def count_case(tally: Tally, acts: Sequence[Envelope], as_of: AsOf) -> None:
    """Add a case: its acts in their order, of which the first lodged it."""
    number = acts[0].docket
    case: CaseNow | None = None
    owed: tuple[Owed, ...] = ()
    once: set[str] = set()
    for act in acts:
        case, owed = case_after(case, act), owed_after(owed, act)
        once.add(act.act)
        _count_act(tally, number, act, as_of)
    if case is None:
        return
    tally.add("submissions", number)
    tally.add("allegations", number, len(case.allegations))
    tally.add("delivered", number, int(case.delivered))
    for act_code, code in _ONCE.items():
        tally.add(code, number, int(act_code in once))
    by_sequence = {act.sequence: act for act in acts}
    for allegation in case.allegations.values():
        _count_outcome(tally, number, allegation, by_sequence)
    _count_matters(tally, number, acts)
    for item in owed:
        met = by_sequence.get(item.met_by or 0)
        _count_step(tally, item, None if met is None else met.at, as_of, number=number)


def _count_act(tally: Tally, number: str, act: Envelope, as_of: AsOf) -> None:
    code = _EACH.get(act.act)
    if code is not None:
        tally.add(code, number)
    if act.act == "contest-decided" and act.facts.get("result") != "not-upheld":
        tally.add("contests/changed", number)
    if act.act == "finding-issued" and act.facts.get("party"):
        tally.add("actions/promised", number)
    until = act.facts.get("until")
    if act.act in _GIVEN and isinstance(until, str):
        days = (date.fromisoformat(until) - as_of.day_of(act.at)).days
        tally.took(_GIVEN[act.act], number, days, ended=True)


def _count_outcome(
    tally: Tally, number: str, one: AllegationNow, acts: dict[int, Envelope]
) -> None:
    answered = one.phase in ANSWERED and bool(one.outcome) and not one.reopened
    if not answered:
        tally.add(NO_ANSWER, number)
        return
    tally.add(f"outcome/{one.outcome}", number)
    if one.outcome in FINDINGS:
        tally.add("reasons/answers", number)
        tally.add("reasons/complete", number, int(_has_reasons(acts.get(one.finding))))


def _has_reasons(finding: Envelope | None) -> bool:
    """Whether a finding cites what it rests on, and says all that its word on the fact requires."""
    if finding is None or not finding.facts.get("acts"):
        return False
    facts = finding.facts
    if facts.get("fact") in {HAPPENED, IN_PART}:
        return bool(facts.get("actor")) and bool(facts.get("law"))
    return facts.get("fact") != DID_NOT_HAPPEN or bool(facts.get("heard"))


def _count_matters(tally: Tally, number: str, acts: Sequence[Envelope]) -> None:
    open_still = len(undisposed(acts))
    counts = (acts[0].facts.get(name) for name in ("concerns", "requests"))
    matters = sum(count for count in counts if isinstance(count, int))
    tally.add("matters", number, matters)
    tally.add("matters/answered", number, matters - open_still)
    tally.add("matters/no-answer", number, open_still)


def _count_step(tally: Tally, item: Owed, met_at: int | None, as_of: AsOf, *, number: str) -> None:
    apart = "" if item.confirmed else "unconfirmed/"
    tally.add(f"steps/{apart}{item.code}/{_how(item, met_at, as_of)}", number)
    end = as_of.at if met_at is None else met_at
    days = (end - item.since) // DAY
    tally.took(f"days/{apart}{item.code}", number, days, ended=met_at is not None)


def _how(item: Owed, met_at: int | None, as_of: AsOf) -> str:
    if item.due_on is None:
        return "met-without-date" if met_at is not None else "open-without-date"
    end = as_of.at if met_at is None else met_at
    late = _told(end, as_of, instant="T" in item.due_on) > item.due_on
    if met_at is None:
        return "open-late" if late else "open"
    return "met-late" if late else "met-in-time"


def _told(at: int, as_of: AsOf, *, instant: bool) -> str:
    """Return an instant as a due date is written: a day, or a second in UTC."""
    return f"{instant_text(at)[:19]}Z" if instant else _day_text(as_of.day_of, at)


@lru_cache(maxsize=1 << 16)
def _day_text(day_of: Callable[[int], date], at: int) -> str:
    return day_of(at).isoformat()
