"""A monitor's request as it is handed in: its points, numbered in their order."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from answerable.core.acts import Field, Json

MOST_POINTS = 1000
"""A UPR has had more than 300 recommendations; what is longer is no list of points."""

READERS = ("secretariat", "member", "monitor")
"""Who reads a request: those who answer it, and who asked. Such texts often stay unpublished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which reports a point is about: kinds of alleged acts, and the days they were lodged."""

    kinds: tuple[str, ...] = ()
    from_: date | None = None
    to: date | None = None

    def json(self) -> dict[str, Json]:
        return {
            "from": None if self.from_ is None else self.from_.isoformat(),
            "kinds": list(self.kinds),
            "to": None if self.to is None else self.to.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PointAsked:
    """One thing that is asked and can be answered by itself.

    ``label`` is what the monitor calls it (``12 (b)``), ``page`` where it stands in the original.
    ``carries`` is the number of the point of the round before that it goes on with, 0 for none.
    """

    number: int
    text: str
    label: str = ""
    page: str = ""
    about: About = field(default_factory=About)
    carries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a monitor asked. ``language`` is that of the original, which binds."""

    subject: str
    points: tuple[PointAsked, ...]
    language: str = "en"
    reference: str = ""

    def fields(self, readers: tuple[str, ...] = READERS) -> tuple[Field, ...]:
        """Return the request as content of the act that records it."""
        fields = [Field("request/subject", self.subject, readers)]
        fields.append(Field("request/language", self.language, readers))
        if self.reference:
            fields.append(Field("request/reference", self.reference, readers))
        for point in self.points:
            path = f"points/{point.number}"
            fields.append(Field(f"{path}/text", point.text, readers))
            told: list[tuple[str, Any]] = [("label", point.label), ("page", point.page)]
            if point.about != About():
                told.append(("about", point.about.json()))
            fields += [Field(f"{path}/{name}", value, readers) for name, value in told if value]
        return tuple(fields)
