"""The data set that benchmarks share: reports in Khmer and English, and what becomes of each case.

The same for the same number of cases on every machine: nothing in it is drawn by chance.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from answerable.core.acts import ActCode, By, Draft, Field, Json, PartyId, Seat

BEGUN = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
MINUTES_APART = 3
READERS = ("complainant", "secretariat", "monitor")
PUBLIC = (*READERS, "public")

TEXTS = (
    "ក្រុមការងារបានមកដល់ការិយាល័យ ហើយបានប្រាប់ឲ្យផ្អាកសិក្ខាសាលា។",
    "Officers came to our office and told us to stop the workshop.",
    "មន្ត្រីបានថតរូបអ្នកចូលរួម ហើយសួររកបញ្ជីឈ្មោះ។",
    "We were photographed at the entrance, and asked for the list of names.",
)
KINDS = ("office-closed", "workshop-stopped", "surveillance", "threat")
OUTCOMES = ("happened", "happened-in-part", "not-established", "did-not-happen")

_COMPLAINANT, _OFFICE, _CHAIR = Seat("complainant"), Seat("secretariat"), Seat("chair")


@dataclass(frozen=True, slots=True)
class Step:
    """An act of a case: so many days after the report, by whom, with which facts."""

    act: str
    day: int
    by: By
    facts: Mapping[str, Json] = field(default_factory=dict)
    allegations: tuple[int, ...] = (1,)


def begun(case: int) -> datetime:
    """Return when a case was lodged."""
    return BEGUN + timedelta(minutes=MINUTES_APART * case)


def steps(case: int) -> Sequence[Step]:
    """Return the acts of a case. One in four is not opened, one in three is answered."""
    day = begun(case).date()
    ngo = By(PartyId(f"p{10 + case % 40}"), _COMPLAINANT)
    office, chair = By(PartyId("p3"), _OFFICE), By(PartyId("p4"), _CHAIR)
    starts: Json = [
        {
            "clock": clock,
            "owes": "secretariat",
            "due": (day + timedelta(days=days)).isoformat(),
            "calendar": "xa@1",
        }
        for clock, days in (("opening", 5), ("acknowledgement", 10), ("finding", 60))
    ]
    first: dict[str, Json] = {
        "allegations": 1 + case % 3,
        "concerns": int(case % 5 == 0),
        "danger": False,
        "exhibits": 0,
        "host": "body",
        "level": case % 3,
        "procedure": "training-mechanism@1",
        "requests": 0,
        "clocks": {"starts": starts},
    }
    every = tuple(range(1, 2 + case % 3))
    told = [Step("submitted", 0, ngo, first, every)]
    if case % 4:
        told.append(Step("opened", 1 + case % 9, office, _meets("opening"), ()))
        told.append(Step("acknowledged", 2 + case % 13, office, _meets("acknowledgement"), ()))
    if case % 3 == 0 and case % 4:
        told.append(Step("accepted", 16, office, {}, every))
        told.append(Step("inquiry-step", 20, office, {"method": "interview"}))
        fact = OUTCOMES[case // 12 % len(OUTCOMES)]
        finding: dict[str, Json] = {"fact": fact, "acts": [5], "heard": [5], **_meets("finding")}
        if fact.startswith("happened"):
            finding |= {"actor": "as-alleged", "law": "held-unlawful"}
        told.append(Step("finding-issued", 30 + case % 50, chair, finding))
    return told


def _meets(clock: str) -> dict[str, Json]:
    return {"clocks": {"meets": [{"clock": clock, "started-by": 1}]}}


def draft(case: int, number: int, step: Step) -> Draft:
    """Return an act as the writer takes it; a report has its words."""
    fields: tuple[Field, ...] = ()
    if number == 1:
        fields = (
            Field("allegations/1/kind", KINDS[case % len(KINDS)], PUBLIC),
            Field("allegations/1/what", f"{TEXTS[case % len(TEXTS)]} ({case})", READERS),
        )
    return Draft(
        act=ActCode(step.act),
        by=step.by,
        secret=sha256(f"bench {case} {number}".encode()).digest(),
        fields=fields,
        allegations=step.allegations,
        facts=step.facts,
    )


def cases(count: int) -> Iterator[tuple[int, Sequence[Step]]]:
    """Yield so many cases, each with its acts."""
    return ((case, steps(case)) for case in range(count))
