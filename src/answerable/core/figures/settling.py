"""What a case gives to figures, parted: what no instant and no time zone changes, and the rest."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from answerable.core.acts import Json
from answerable.core.figures.case_figures import CaseFigures, Waited, case_figures_in
from answerable.core.figures.judging import DAY, AsOf, codes_of, days_of

SPACE = " "


class Settled(NamedTuple):
    """A case parted: its sum (summing.py) adds what adding the case would, with less to judge.

    ``once`` are the codes that are settled, each once, and ``more`` is what they count beyond that.
    ``lasted`` has how many days each settled step took. ``rest`` is judged when figures are told.
    """

    once: tuple[str, ...]
    more: Mapping[str, int]
    lasted: tuple[tuple[str, int], ...]
    rest: CaseFigures

    def json(self) -> dict[str, Json]:
        return {
            **self.rest.json(),
            "lasted": [list(one) for one in self.lasted],
            "more": dict(self.more),
            # One text, since a hundred thousand of them are read for one answer.
            "once": SPACE.join(self.once),
        }


def settled(case: CaseFigures) -> Settled:
    """Return a case parted."""
    # A code with a space in it, which no rule of ours gives, would be read as two.
    counts = Counter({code: n for code, n in case.counts.items() if SPACE not in code})
    lasted, rest = list[tuple[str, int]](), list[Waited]()
    for step in case.steps:
        codes = codes_of(step, _EARLIEST)
        if codes != codes_of(step, _LATEST) or not _is_settled(step):
            rest.append(step)
        else:
            counts.update(codes)
            lasted.append((codes[0], days_of(step, _EARLIEST)))
    open_since = case.open_since
    if open_since is not None and case.ended_at is not None:
        # An erased case grows no older at any later instant, in no zone.
        counts["age"] += 1
        lasted.append(("age", (case.ended_at - open_since) // DAY))
        open_since = None
    others = {code: count for code, count in case.counts.items() if SPACE in code}
    return Settled(
        tuple(sorted(counts)),
        {code: count - 1 for code, count in counts.items() if count != 1},
        tuple(lasted),
        case._replace(counts=others, steps=tuple(rest), open_since=open_since, ended_at=None),
    )


def settled_in(value: Mapping[str, Any]) -> Settled:
    """Return what Settled.json told."""
    once = value["once"]
    return Settled(
        tuple(once.split(SPACE)) if once else (),
        value["more"],
        tuple([(code, days) for code, days in value["lasted"]]),
        case_figures_in(value),
    )


def _is_settled(step: Waited) -> bool:
    """Whether a step was met at an instant, and began at one."""
    return step.met_at is not None and step.since_on is None and step.met_on is None


def _day(at: int, days: int) -> date:
    return (datetime.fromtimestamp(at / 1000, UTC) + timedelta(days=days)).date()


# No zone is a whole day away from UTC: what is so a day before and a day after is so in every zone.
_EARLIEST = AsOf(0, lambda at: _day(at, -1))
_LATEST = AsOf(0, lambda at: _day(at, 1))
