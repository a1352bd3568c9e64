"""What a sent response says to everyone: read from the public content of the act that sent it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from answerable.core.acts import Json

SAID = "response/"
POINT = f"{SAID}points/"
"""Paths of content that nobody types: it is made of the response when that is sent."""


@dataclass(frozen=True, slots=True)
class ReplySaid:
    """One body's reply, by the act that handed it over; ``text`` is None where it has nothing."""

    act: int
    text: str | None
    is_late: bool
    laws: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointSaid:
    """A point as it was asked, and the replies to it; none of them is a gap."""

    number: int
    label: str
    page: str
    text: str
    replies: tuple[ReplySaid, ...]


@dataclass(frozen=True, slots=True)
class ResponseSaid:
    """A response as it was sent. What of it cannot be read is left out."""

    subject: str
    reference: str
    language: str
    points: Mapping[int, PointSaid]


def response_said(said: Mapping[str, Json]) -> ResponseSaid | None:
    """Return the response that the content of an act holds, None where it holds none."""
    points = {one.number: one for one in _points(said)}
    if not points:
        return None
    return ResponseSaid(
        str(said.get(f"{SAID}subject", "")),
        str(said.get(f"{SAID}reference", "")),
        str(said.get(f"{SAID}language", "")),
        dict(sorted(points.items())),
    )


def _points(said: Mapping[str, Json]) -> Iterator[PointSaid]:
    for path, value in said.items():
        number = path.removeprefix(POINT)
        if path.startswith(POINT) and number.isascii() and number.isdigit():
            told = cast("dict[str, Any]", value if isinstance(value, dict) else {})
            replies = told.get("replies")
            yield PointSaid(
                int(number),
                str(told.get("label", "")),
                str(told.get("page", "")),
                str(told.get("text", "")),
                tuple(map(_reply, replies if isinstance(replies, list) else ())),
            )


def _reply(told: Any) -> ReplySaid:
    value: dict[str, Any] = told if isinstance(told, dict) else {}
    text, act = value.get("text"), value.get("act")
    return ReplySaid(
        act if type(act) is int else 0,
        text if isinstance(text, str) else None,
        value.get("late") is True,
        _texts(value.get("laws")),
        _texts(value.get("figures")),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
