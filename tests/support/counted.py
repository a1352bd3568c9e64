"""Cases made by hand, and what the figures make of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from answerable.core.acts import Json
from answerable.core.figures.counting import count_case
from answerable.core.figures.judging import AsOf, add_case
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import Figure, figures_of
from tests.support.cases import NGO, Told

ZONE_HOURS = 7


def day_of(at: int) -> date:
    return (datetime.fromtimestamp(at / 1000, UTC) + timedelta(hours=ZONE_HOURS)).date()


def on(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T09:00:00+07:00").timestamp() * 1000)


AS_OF = AsOf(on("2026-06-30"), day_of)


def begun(allegations: int = 1, **facts: Json) -> Told:
    told = {"allegations": allegations, "host": "body", **facts}
    return Told().did("submitted", NGO, tuple(range(1, allegations + 1)), told)


def figures(*cases: Told, as_of: AsOf = AS_OF) -> dict[str, int | None]:
    """Return the value of each figure over these cases, which are called XA-1, XA-2 and so on."""
    return {one.code: one.value for one in told_of(*cases, as_of=as_of)}


def told_of(*cases: Told, as_of: AsOf = AS_OF) -> list[Figure]:
    tally = Tally()
    for number, told in enumerate(cases, 1):
        acts = [replace(act, docket=f"XA-{number}") for act in told.acts]
        add_case(tally, count_case(acts), as_of)
    return figures_of(tally)


def at(told: Told, day: str) -> Told:
    """Return the case with its last act on another day."""
    return replace(told, acts=(*told.acts[:-1], replace(told.last, at=on(day))))
