"""What is on file on a point: counts of reports, allegations and their outcomes, and no words."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from answerable.casework.moments import Moment
from answerable.casework.ports import Dockets
from answerable.casework.reading import Reading
from answerable.core.case.acts.finding_parts import HAPPENED, IN_PART
from answerable.core.case.acts.outcomes import NOT_EXAMINED
from answerable.core.case.acts.table import case_after
from answerable.core.case.now import AllegationNow, CaseNow, case_of
from answerable.core.case.submission import PROTECTED
from answerable.core.docket import Docket, Kind
from answerable.core.proceeding.request import About

_KIND = re.compile(r"allegations/([0-9]+)/kind")

CONFIRMED = frozenset({HAPPENED, IN_PART})

NOTHING = (
    *("submissions", "allegations", "confirmed", "answered-otherwise", "not-examined"),
    *("no-answer", "contested"),
)
"""The counts that are always told, nought too; ``protected`` only where there are some."""


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """Counts the cases that a point is about, and those that bodies cited on it."""

    dockets: Dockets
    reading: Reading
    day_of: Callable[[int], date]

    def __call__(self, about: About, cited: Iterable[str], moment: Moment) -> Mapping[str, int]:
        """Return the counts of a point at a moment; nought of all where nothing is about it.

        ``submissions`` and ``allegations`` are what was lodged, ``confirmed`` those found to have
        happened, in part too, ``answered-otherwise`` those with any other finding or outcome; these
        with ``not-examined`` and ``no-answer`` make the allegations. ``contested`` are those whose
        answer is contested, ``protected`` submissions of which no more is told.
        """
        wanted, counts = frozenset(cited), Counter(dict.fromkeys(NOTHING, 0))
        for docket in self.dockets.dockets(Kind.CASE):
            case = self.case_at(docket, moment)
            if case is None:
                continue
            is_cited = docket.number in wanted
            numbers = [*case.allegations] if is_cited else self._about(docket, case, about)
            for name, count in _counts(docket, case, numbers):
                counts[name] += count
        return dict(counts)

    def case_at(self, docket: Docket, moment: Moment) -> CaseNow | None:
        """Return a case as it was at a moment, None before it was lodged."""
        if moment.has_all_of(docket):
            return case_of(docket.state)
        case: CaseNow | None = None
        for act in self.dockets.acts(docket.id):
            if moment.has(act):
                case = case_after(case, act.kept.envelope)
        return case

    def _about(self, docket: Docket, case: CaseNow, about: About) -> list[int]:
        """Return the allegations of a case that a point is about."""
        lodged = self.day_of(docket.first_at)
        if about == About() or not (about.from_ or lodged) <= lodged <= (about.to or lodged):
            return []
        kinds = self._kinds(docket) if about.kinds else {}
        return [n for n in case.allegations if not about.kinds or kinds.get(n) in about.kinds]

    def _kinds(self, docket: Docket) -> dict[int, str]:
        found = {}
        for item in self.reading.content(self.dockets.acts(docket.id)[0]):
            path = _KIND.fullmatch(item.path)
            if path:
                found[int(path[1])] = str(item.value)
        return found


def _counts(docket: Docket, case: CaseNow, numbers: list[int]) -> Iterator[tuple[str, int]]:
    if not numbers:
        return
    yield "submissions", 1
    yield "allegations", len(numbers)
    if docket.facts.get("level") in PROTECTED:
        yield "protected", 1
    for number in numbers:
        yield _outcome(case.allegations[number]), 1
        yield "contested", int(bool(case.allegations[number].contest))


def _outcome(one: AllegationNow) -> str:
    if not one.outcome or one.reopened:
        return "no-answer"
    if one.outcome in CONFIRMED:
        return "confirmed"
    return NOT_EXAMINED if one.outcome == NOT_EXAMINED else "answered-otherwise"
