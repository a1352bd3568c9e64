"""Fills mechanisms with the shared data set, durably and by the writer, at the times it says."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, cast

from answerable.bootstrap.application import application
from answerable.bootstrap.founding import found
from answerable.casework.application import Application
from answerable.casework.ports import Appended
from answerable.core.act_form import Asked, facts_of, is_content
from answerable.core.acts import ActCode, Draft, Field, Json
from answerable.core.case.acts.table import ACTS
from answerable.core.case.counted import counted_facts
from answerable.core.docket import Change, DocketId, NewDocket, OnDocket, Unit, UnitKey
from answerable.forms.shipped import ShippedProcedures
from bench.data import BEGUN, VERSION, Case, in_order
from bench.ground import request
from bench.lives import PARTIES, ZONE, Step

TOGETHER = 500
PROCEDURE = "training-mechanism@2024"
PROMISED = "action-promised"


class Period(NamedTuple):
    """A clock as the training rules have it, counted without holidays and pauses."""

    code: str
    owes: str
    starts: tuple[str, ...]
    working_days: int
    met_by: tuple[str, ...]
    binding: bool = True


PERIODS = (
    Period("opening", "secretariat", ("submitted",), 2, ("opened",)),
    Period("acknowledgement", "secretariat", ("submitted",), 5, ("acknowledged",)),
    Period("intake", "secretariat", ("submitted",), 10, ("accepted", "not-accepted")),
    Period(
        "clarification-theirs",
        "complainant",
        ("clarification-asked",),
        20,
        ("clarification-answered",),
        binding=False,
    ),
    Period(
        "clarification-ours",
        "handler",
        ("clarification-answered",),
        10,
        ("inquiry-step", "account-asked", "clarification-asked", "finding-issued"),
    ),
    Period("referral", "member", ("referred",), 5, ("referral-accepted", "referral-returned")),
    Period("account", "member", ("account-asked",), 15, ("account-given",)),
    Period("finding", "chair", ("accepted",), 60, ("finding-issued", "outcome-given")),
    Period("contest-decision", "reviewer", ("contested",), 30, ("contest-decided",)),
    Period("action", "member", (PROMISED,), 65, ("action-done",)),
)


@dataclass(slots=True)
class Running:
    """A clock that runs on a docket, and for which allegations still."""

    period: Period
    started_by: int
    allegations: set[int]


@dataclass(slots=True)
class Filed:
    """A case as it was filed so far: which act on the docket each of its steps became."""

    id: DocketId
    number: str
    every: tuple[int, ...]
    sequences: list[int] = field(default_factory=lambda: [1])
    last: int = 1
    running: list[Running] = field(default_factory=list)


def filled(folder: Path, count: int, **databases: str) -> Path:
    """Return a mechanism that holds so many cases; one that was filled before is used again."""
    marker = folder.with_name(f"{folder.name}.filled")
    told = json.dumps({"cases": count, "version": VERSION})
    if marker.exists() and marker.read_text(encoding="utf-8") == told:
        return folder
    # It lives at the time of its cases, and Django is set up once in a process.
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        process.submit(_fill, str(folder), count, databases).result()
    marker.write_text(told, encoding="utf-8")
    return folder


def _fill(folder: str, count: int, databases: Mapping[str, str]) -> None:
    values = {"name": "Bench", "origin": "bench.example/cases", "prefix": "XB", **databases}
    now = [BEGUN - timedelta(days=1)]
    time.time_ns = lambda: int(now[0].timestamp() * 1000) * 1_000_000  # the clock of this process
    found(folder, values, request())
    mechanism = application(folder)
    _set_up(mechanism)
    filling = Filling(mechanism, lambda at: now.__setitem__(0, max(at, now[0])))
    for case, step in in_order(count):
        filling.take(case, step)
    filling.flush()
    mechanism.close()


def _set_up(mechanism: Application) -> None:
    rules = ShippedProcedures()
    text = rules.text(rules.procedure("training-mechanism@1", date(2026, 1, 1)))
    text = text.replace('version: "1"', 'version: "2024"').replace("2026-01-01", "2024-01-01")
    procedure = rules.read_procedure(text.encode(), "rules.yaml").value
    if procedure is None or procedure.name != PROCEDURE:
        raise ValueError("the training rules are not what this file takes them for")
    mechanism.install_rules.procedure(procedure, text, request=request())
    for name, seat in PARTIES:
        party, _ = mechanism.add_party(name, key=None, request=request())
        if seat:
            mechanism.grant_seat(party, seat, request=request())


class Filling:
    """Appends acts in their order, many in one call, each on the docket as it then is."""

    def __init__(self, mechanism: Application, set_clock: Callable[[datetime], None]) -> None:
        self._mechanism = mechanism
        self._set_clock = set_clock
        self._filed: dict[int, Filed] = {}
        self._waiting: list[tuple[Unit, Case | None]] = []
        self._lodged: set[int] = set()
        self._at = BEGUN

    def take(self, case: Case, number: int) -> None:
        """Append the report of a case, where number is 0, or a later act of it."""
        step = case.steps[number - 1] if number else None
        touched = {case.number, *(() if step is None or step.links is None else (step.links,))}
        if len(self._waiting) >= TOGETHER or touched & self._lodged:
            self.flush()
        self._at = case.at if step is None else step.at
        if step is None:
            change = Change(NewDocket(protected=case.submission.is_protected), (_report(case),))
            self._lodged.add(case.number)
            self._wait(case, change)
        elif step.links is None:
            self._wait(None, self._change(case.number, step))
        else:
            self._link(case.number, step, step.links)

    def flush(self) -> None:
        """Append what waits."""
        self._set_clock(self._at)
        units = [unit for unit, _ in self._waiting]
        for (_, case), answer in zip(
            self._waiting, self._mechanism.ledger.append(units), strict=True
        ):
            if not isinstance(answer, Appended):
                raise answer
            if case is not None:
                every = tuple(one.ordinal for one in case.submission.allegations)
                filed = Filed(answer.acts[0].docket, answer.acts[0].number, every)
                filed.running = list(_begun("submitted", 1, every))
                self._filed[case.number] = filed
        self._waiting, self._lodged = [], set()

    def _wait(self, case: Case | None, *changes: Change) -> None:
        self._waiting.append((Unit(UnitKey(request()), changes), case))

    def _link(self, number: int, step: Step, other: int) -> None:
        this, that = self._filed[number], self._filed[other]
        if number == other:
            return
        self._wait(
            None,
            self._change(number, step, case=that.number),
            self._change(other, Step(step.at, "linked", step.by, that.every), case=this.number),
        )

    def _change(self, number: int, step: Step, **more: Json) -> Change:
        filed = self._filed[number]
        docket = OnDocket(filed.id, filed.last)
        filed.last += 1
        if not (more and step.links is None):
            filed.sequences.append(filed.last)
        cited: dict[str, Json] = {}
        if step.cites is not None:
            cited["acts"] = [filed.sequences[step.cites]]
        values = {**step.values, **cited, **more}
        return Change(docket, (_draft(filed, step, values),))


def _report(case: Case) -> Draft:
    submission = case.submission
    every = tuple(one.ordinal for one in submission.allegations)
    return Draft(
        act=ActCode("submitted"),
        by=case.by,
        secret=_secret(case.number, 0),
        fields=submission.fields(),
        allegations=every,
        facts={
            **submission.facts(),
            **counted_facts(submission),
            "channel": "command-line" if case.number % 3 else "delivery",
            "clocks": {"starts": list(_starts("submitted", case.at))},
            "host": "body",
            "procedure": PROCEDURE,
        },
    )


def _draft(filed: Filed, step: Step, values: Mapping[str, Json]) -> Draft:
    kind = ACTS[ActCode(step.act)]
    asked = Asked(by=step.by, allegations=step.allegations, values=values)
    fields = tuple(
        Field(part.name, value, part.readers)
        for part in kind.parts
        if is_content(part) and (value := values.get(part.name)) is not None
    )
    clocks = _clocks(filed, step)
    return Draft(
        act=kind.code,
        by=step.by,
        secret=_secret(filed.id, filed.last),
        fields=fields,
        allegations=() if kind.whole else step.allegations,
        facts={**facts_of(kind, asked), **({"clocks": clocks} if clocks else {})},
    )


def _clocks(filed: Filed, step: Step) -> dict[str, Json]:
    concerned = set(step.allegations or filed.every)
    met: list[Json] = []
    for one in filed.running:
        hit = sorted(one.allegations & concerned)
        if step.act in one.period.met_by and hit:
            entry: dict[str, Json] = {"clock": one.period.code, "started-by": one.started_by}
            met.append({**entry, "allegations": cast("list[Json]", hit)})
            one.allegations -= concerned
    filed.running = [one for one in filed.running if one.allegations]
    filed.running += _begun(step.act, filed.last, tuple(sorted(concerned)))
    starts: list[Json] = [*_starts(step.act, step.at)]
    return {**({"meets": met} if met else {}), **({"starts": starts} if starts else {})}


def _starts(act: str, at: datetime) -> Iterator[dict[str, Json]]:
    for period in PERIODS:
        if act in period.starts:
            due = working_days_after((at + ZONE).date(), period.working_days).isoformat()
            entry: dict[str, Json] = {"calendar": "xa@1", "clock": period.code, "due": due}
            yield {**entry, "owes": period.owes, **({} if period.binding else {"binding": False})}


def _begun(act: str, sequence: int, allegations: tuple[int, ...]) -> Iterator[Running]:
    return (
        Running(period, sequence, set(allegations)) for period in PERIODS if act in period.starts
    )


@lru_cache(maxsize=1 << 14)
def working_days_after(day: date, count: int) -> date:
    """Return the working day so many after a day, Saturdays and Sundays left out."""
    while count:
        day += timedelta(days=1)
        count -= day.isoweekday() <= 5  # noqa: PLR2004 - Friday
    return day


def _secret(docket: int, act: int) -> bytes:
    return sha256(f"bench {docket} {act}".encode()).digest()
