"""A proceeding as its acts leave it: for each point, what each body it is assigned to has done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, cast

from answerable.core.acts import Json
from answerable.core.canonical import decode, encode

LEAD, CONTRIBUTES, INFORMED = "lead", "contributes", "informed"
ROLES = (LEAD, CONTRIBUTES, INFORMED)


@dataclass(frozen=True, slots=True)
class BodyNow:
    """What one body has done on one point. Numbers are those of acts on the docket; 0 is none.

    ``given`` is its contribution that counts, the last one handed over, with ``words`` or without:
    a position alone, or that there is nothing. ``bases`` is what it rests on, in number. ``edit``
    is the collector's last edit of it, ``answered`` the body's answer to that edit, and ``refused``
    whether it was no. ``warned`` is how many of its sentences say otherwise than the register, and
    ``decided`` the act by which the collector said what becomes of them.
    """

    role: str = INFORMED
    drafted: int = 0
    cleared: int = 0
    given: int = 0
    words: bool = False
    bases: int = 0
    edit: int = 0
    answered: int = 0
    refused: bool = False
    warned: int = 0
    decided: int = 0

    @property
    def owes(self) -> bool:
        """Whether the body was asked to say something on the point."""
        return self.role != INFORMED


@dataclass(frozen=True, slots=True)
class PointNow:
    """Where one point stands: who was asked, and what the monitor concluded on it."""

    bodies: Mapping[str, BodyNow] = field(default_factory=dict)
    conclusion: str = ""

    def asked(self) -> dict[str, BodyNow]:
        """Return the bodies that owe something on it, or gave it."""
        return {party: body for party, body in self.bodies.items() if body.owes}


@dataclass(frozen=True, slots=True)
class ProceedingNow:
    """A proceeding after its acts. ``opened`` are the bodies that opened the request.

    ``cleared`` is the last clearance, ``sent`` every sending, ``acknowledged`` those of them that
    the monitor acknowledged.
    """

    collector: str = ""
    monitor: str = ""
    points: Mapping[int, PointNow] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    cleared: int = 0
    sent: tuple[int, ...] = ()
    acknowledged: tuple[int, ...] = ()
    decided: int = 0

    def change(
        self, numbers: tuple[int, ...], party: str, change: Callable[[BodyNow], BodyNow]
    ) -> "ProceedingNow":
        """Return the proceeding with what a body has done on these points changed."""
        points = dict(self.points)
        for number in numbers or tuple(points):
            point = points[number]
            body = change(point.bodies.get(party, BodyNow()))
            points[number] = replace(point, bodies={**point.bodies, party: body})
        return replace(self, points=points)

    def set(self, numbers: tuple[int, ...], party: str, **facts: Any) -> "ProceedingNow":
        """Return the proceeding with facts of a body on these points set."""
        return self.change(numbers, party, lambda body: replace(body, **facts))

    def contributions(self) -> Iterator[tuple[int, str, BodyNow]]:
        """Yield each contribution that counts, with its point and its body."""
        for number, point in self.points.items():
            for party, body in point.bodies.items():
                if body.given:
                    yield number, party, body

    def bodies(self) -> list[str]:
        """Return every body that is in it, in the order of its first point."""
        return list(dict.fromkeys(party for p in self.points.values() for party in p.bodies))


def text_of(now: ProceedingNow) -> str:
    """Return a proceeding's state as storage keeps it."""
    points: dict[str, Json] = {str(n): _point_text(point) for n, point in now.points.items()}
    over: dict[str, Json] = {
        "acknowledged": list(now.acknowledged),
        "cleared": now.cleared,
        "collector": now.collector,
        "decided": now.decided,
        "monitor": now.monitor,
        "opened": list(now.opened),
        "points": points,
        "sent": list(now.sent),
    }
    return encode(over).decode()


def proceeding_of(text: str) -> ProceedingNow:
    """Return the proceeding of a stored state."""
    value = cast("dict[str, Any]", decode(text.encode()))
    points = {int(number): _point_of(facts) for number, facts in value.pop("points").items()}
    value |= {name: tuple(value[name]) for name in ("acknowledged", "opened", "sent")}
    return ProceedingNow(points=dict(sorted(points.items())), **value)


def _point_text(point: PointNow) -> Json:
    told: dict[str, Json] = {party: _differing(body) for party, body in point.bodies.items()}
    return {"bodies": told, "conclusion": point.conclusion}


def _point_of(facts: dict[str, Any]) -> PointNow:
    bodies = {party: BodyNow(**told) for party, told in facts["bodies"].items()}
    return PointNow(bodies, facts["conclusion"])


def _differing(body: BodyNow) -> dict[str, Json]:
    told, plain = asdict(body), asdict(_PLAIN)
    return {
        item.name: told[item.name] for item in fields(body) if told[item.name] != plain[item.name]
    }


_PLAIN = BodyNow()
