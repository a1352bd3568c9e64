"""A mechanism at work on proceedings, on the store of a test: its bodies, its monitor, a guide."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

from answerable.casework.asked_request import Asking
from answerable.casework.citations import Citations
from answerable.casework.collect_response import CollectResponse
from answerable.casework.do_step import DoStep, Found
from answerable.casework.figures_cited import CitedFigures
from answerable.casework.proceeding_points import PointsAsked
from answerable.casework.proceeding_view import ProceedingViews
from answerable.casework.record_request import RecordRequest
from answerable.casework.register_counts import RegisterCounts
from answerable.casework.tell_figures import TellFigures
from answerable.core.act_form import Asked, Part, Shape
from answerable.core.acts import By, Json, PartyId
from answerable.core.proceeding.acts.kind import StepKind
from answerable.core.proceeding.acts.table import STEPS
from answerable.core.proceeding.request import About, PointAsked, Request
from answerable.core.signed_act import PartyKey
from answerable.storage.exhibits import FileExhibits
from tests.support.adapters import Store
from tests.support.at_work import AtWork
from tests.support.cases import BODY, MONITOR, OFFICE, OFFICER, OTHER_BODY, PEOPLE
from tests.support.registers import places

BODIES = (OFFICE, OFFICER, BODY, OTHER_BODY)
TEXTS = (
    "The offices were visited and are open.",
    "We found no evidence.",
    "There had been 100 cases.",
    "យើងបានពិនិត្យ ហើយរកមិនឃើញភស្តុតាងទេ។",
)
FIGURES = ("submissions", "allegations", "outcome/no-answer", "kind/not-told", "place/KH-16")
"""Figures that are always told, that may be, and that are of too few reports from one place."""
PLAYED = tuple(kind for kind in STEPS.values() if kind.verb)


class ProceedingsAtWork(AtWork):
    """The use cases of cases and of proceedings, on one mechanism."""

    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store, folder)
        random, zone = store.tools.random, "Asia/Phnom_Penh"
        counts = RegisterCounts(store.dockets, self.reading, self._day)
        self.points = PointsAsked(self.reading, counts, self._day)
        self.record = RecordRequest(
            store.ledger, self.reading, self.rules, FileExhibits(folder), random
        )
        self.views = ProceedingViews(self.reading, self.rules, self.points, zone)
        self.collect = CollectResponse(
            *(self.reading, self.rules, self.points, zone, store.ledger.origin),
            CitedFigures(self.reading, TellFigures(places(store), store.clock, self._windows)),
        )
        self.do_step = DoStep(
            ledger=store.ledger,
            dockets=store.dockets,
            reading=self.reading,
            rules=self.rules,
            collect=self.collect,
            citations=Citations(self.reading, random),
            random=random,
        )

    def _windows(self) -> frozenset[str]:
        return self.ruling.windows(self.reading.mechanism())

    def ask(
        self,
        points: int,
        procedure: str = "eu-gsp-withdrawal",
        follows: str = "",
        *,
        key: PartyKey | None = None,
    ) -> str:
        """Record a request of so many points, and return the number of its proceeding."""
        asked = tuple(
            PointAsked(number=n, text=f"Point {n}.", about=About(kinds=()) if n % 2 else ABOUT)
            for n in range(1, points + 1)
        )
        asking = Asking(
            by=OFFICE,
            monitor=MONITOR.party,
            procedure=procedure,
            request=Request(subject="What is asked", points=asked),
            received_on=self._day(self.store.clock()),
            follows=follows,
            key=key,
        )
        return self.record(asking, request=uuid4()).number

    def step(self, number: str, code: str, by: By, *points: int, **said: Json) -> str:
        """Do an act, and return the number of its receipt."""
        return self.step_signed(number, code, by, points=points, said=said)

    def step_signed(
        self,
        number: str,
        code: str,
        by: By,
        *,
        points: Sequence[int] = (),
        said: Mapping[str, Json] | None = None,
        key: PartyKey | None = None,
    ) -> str:
        """Do an act that is signed with a key, where one is given."""
        values = {name.replace("_", "-"): value for name, value in (said or {}).items()}
        asked = Asked(by=by, allegations=tuple(points), values=values, key=key)
        kind = next(kind for kind in STEPS.values() if kind.code == code)
        return self.do_step(number, kind, asked, request=uuid4()).number

    def rules_day(self) -> date:
        """Return what day it is."""
        return self._day(self.store.clock())

    def _day(self, at: int) -> date:
        return datetime.fromtimestamp(at / 1000, ZoneInfo("Asia/Phnom_Penh")).date()


ABOUT = About(from_=date(2019, 1, 1))


Keys = Mapping[PartyId, PartyKey]
"""The keys of bodies that sign, by their parties."""


def asking(
    random: Random,
    found: Found,
    kind: StepKind,
    cases: list[str],
    *,
    keys: Keys | None = None,
) -> Asked:
    """Return an act as somebody might ask for it: mostly as it would be allowed."""
    numbers = [*found.now.points]
    points = tuple(random.sample(numbers, 1 if kind.one else random.randint(1, len(numbers))))
    values: dict[str, Json] = {}
    for part in kind.parts:
        value = _value(random, found, part, cases)
        if value is not None and (part.required or random.random() < 0.6):
            values[part.name] = value
    if kind.verb == "contribute" and random.random() < 0.3:
        values = {"nothing": True}
    by = _doer(random, kind)
    key = None if keys is None else _key(random, by, keys)
    return Asked(by=by, allegations=points, values=values, key=key)


def _key(random: Random, by: By, keys: Keys) -> PartyKey | None:
    """Return a key: mostly none or its party's own, and now and then another's."""
    if random.random() < 0.1:
        return random.choice([*keys.values()])
    return keys.get(by.party) if random.random() < 0.5 else None


def _doer(random: Random, kind: StepKind) -> By:
    if random.random() < 0.1:
        return random.choice(PEOPLE)
    if kind.by == ("monitor",):
        return MONITOR
    return OFFICE if "collector" in kind.by else random.choice(BODIES)


def _value(random: Random, found: Found, part: Part, cases: list[str]) -> Json:  # noqa: PLR0911 - one answer for each shape
    name, choices = part.name, part.choices
    given = [body.given for _, _, body in found.now.contributions()]
    edits = [body.edit for _, _, body in found.now.contributions() if body.edit]
    match part.shape:
        case Shape.PARTY:
            return random.choice(BODIES).party
        case Shape.CODE:
            return random.choice(choices) if choices else "report-sent"
        case Shape.DAY:
            return "2026-01-01" if name == "on" else "2030-01-01"
        case Shape.YES_NO:
            return False
        case Shape.ACTS:
            return [random.choice((*given, *edits) or (1,))]
        case Shape.TEXTS:
            known = random.sample(cases, min(len(cases), 1))
            if name == "figures":
                return [*random.sample(FIGURES, random.randint(1, 2))]
            return [*known] if name in {"cases", "findings"} else ["LANGO, article 9"]
        case _:
            return random.choice(TEXTS)
