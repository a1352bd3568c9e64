"""The collected response as data: what a document prints, and what is attached to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from answerable.core.acts import Json
from answerable.core.canonical import encode
from answerable.core.proceeding.basis import Basis
from answerable.core.proceeding.clock_told import ClockTold

FIRST, SECOND = "answerable/response/v1", "answerable/response/v2"
"""The second says beside what is cited which findings stand, and who contests them."""
THIRD = "answerable/response/v3"
"""The second, where something is signed: each reply says whether it is."""


class Confirmation(StrEnum):
    """What a body said of the collector's edit of its words."""

    NOT_EDITED = "not-edited"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NOT_CONFIRMED = "not-confirmed"
    """It has not said anything, which is printed as such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A sentence that says otherwise than the register, and what was decided on it.

    ``code`` is no-evidence, no-cases or number; ``said`` the sentence; ``register`` the counts of
    the register on the point; ``writer`` why the body kept it, ``collector`` what the collector
    decided, None where it has not looked at it.
    """

    code: str
    said: str
    register: Mapping[str, int]
    writer: str
    collector: str | None = None

    def json(self) -> dict[str, Json]:
        return {
            "code": self.code,
            "collector": self.collector,
            "register": dict(self.register),
            "said": self.said,
            "writer": self.writer,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One body's contribution to a point: given, edited, why, and whether it confirmed the edit.

    ``given`` is None where the body said that it has nothing on the point, which is an answer.
    ``act`` is the number of the handover on the proceeding (its receipt is NUMBER/ACT), ``at`` its
    instant. ``is_late`` where it was handed over after its day, or after the response was cleared.
    ``signed`` is the key with which the body signed the handover, "" where it did not.
    """

    body: str
    role: str
    act: int
    at: str
    given: str | None
    edited: str | None = None
    why: str | None = None
    confirmation: Confirmation = Confirmation.NOT_EDITED
    position: str | None = None
    is_late: bool = False
    basis: tuple[Basis, ...] = ()
    warned: tuple[Warned, ...] = ()
    signed: str = ""

    @property
    def text(self) -> str | None:
        """What the response says for the body: the edited words, unless the body refused them."""
        if self.edited is None or self.confirmation is Confirmation.REFUSED:
            return self.given
        return self.edited

    def json(self, *, says_signed: bool = False) -> dict[str, Json]:
        signed: dict[str, Json] = {"signed": self.signed or None} if says_signed else {}
        return {
            **signed,
            "act": self.act,
            "at": self.at,
            "basis": [one.json() for one in self.basis],
            "body": self.body,
            "confirmation": self.confirmation,
            "edited": self.edited,
            "given": self.given,
            "late": self.is_late,
            "position": self.position,
            "role": self.role,
            "warned": [one.json() for one in self.warned],
            "why": self.why,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PointAnswered:
    """A point with every reply to it, and what is missing.

    ``silent`` are bodies that it is assigned to and that handed nothing over. ``unassigned`` where
    nobody was asked: the collector owes the assignment. ``cases`` are the register's counts on it.
    """

    number: int
    label: str
    text: str
    page: str = ""
    replies: tuple[Reply, ...] = ()
    silent: tuple[str, ...] = ()
    unassigned: bool = False
    cases: Mapping[str, int] = field(default_factory=dict)
    conclusion: str | None = None

    @property
    def is_gap(self) -> bool:
        """Whether no body said anything on it, be it that it has nothing."""
        return not self.replies

    def json(self, *, says_signed: bool = False) -> dict[str, Json]:
        return {
            "cases": dict(self.cases),
            "conclusion": self.conclusion,
            "label": self.label,
            "number": self.number,
            "page": self.page,
            "replies": [one.json(says_signed=says_signed) for one in self.replies],
            "silent": list(self.silent),
            "text": self.text,
            "unassigned": self.unassigned,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedResponse:
    """One answer to a monitor, point by point, with its gaps.

    ``as_of`` is the instant up to which acts are in it. ``zone`` is the mechanism's time zone,
    ``procedure_zone`` the monitor's. ``format`` is the version of its data.
    """

    number: str
    subject: str
    reference: str
    language: str
    mechanism: str
    monitor: str
    collector: str
    procedure: str
    titles: Mapping[str, str]
    zone: str
    procedure_zone: str
    as_of: str
    received: str
    round_of: str | None = None
    points: tuple[PointAnswered, ...] = ()
    clocks: tuple[ClockTold, ...] = ()
    training: bool = False
    format: str = FIRST

    def without_words(self) -> "CollectedResponse":
        """Return the response with contests that say nothing: what is left when they are erased."""
        return self.with_bases(Basis.without_words)

    def with_bases(self, change: Callable[[Basis], Basis]) -> "CollectedResponse":
        """Return the response with each basis of each reply changed."""
        points = [
            replace(
                point,
                replies=tuple(
                    replace(reply, basis=tuple(map(change, reply.basis))) for reply in point.replies
                ),
            )
            for point in self.points
        ]
        return replace(self, points=tuple(points))

    def gaps(self) -> dict[str, int]:
        """Return what is missing, in counts: each is printed, and none keeps it from being sent."""
        replies = [reply for point in self.points for reply in point.replies]
        return {
            "unassigned": sum(point.unassigned for point in self.points),
            "unanswered": sum(point.is_gap for point in self.points),
            "silent": sum(len(point.silent) for point in self.points),
            "not-confirmed": sum(
                reply.confirmation in {Confirmation.NOT_CONFIRMED, Confirmation.REFUSED}
                for reply in replies
            ),
            "without-basis": sum(not reply.basis and bool(reply.given) for reply in replies),
        }

    def saying_signed(self) -> "CollectedResponse":
        """Return the response in the version that says what is signed, where anything is."""
        replies = (reply for point in self.points for reply in point.replies)
        return replace(self, format=THIRD) if any(reply.signed for reply in replies) else self

    def json(self) -> dict[str, Json]:
        points: list[Json] = [one.json(says_signed=self.format == THIRD) for one in self.points]
        return {
            "as_of": self.as_of,
            "clocks": [one.json() for one in self.clocks],
            "collector": self.collector,
            "format": self.format,
            "gaps": {**self.gaps()},
            "language": self.language,
            "mechanism": self.mechanism,
            "monitor": self.monitor,
            "number": self.number,
            "points": points,
            "procedure": self.procedure,
            "procedure_zone": self.procedure_zone,
            "received": self.received,
            "reference": self.reference,
            "round_of": self.round_of,
            "subject": self.subject,
            "titles": dict(self.titles),
            "training": self.training,
            "zone": self.zone,
        }

    def encoded(self) -> bytes:
        """Return the response as the file that is attached to its document (RFC 8785)."""
        return encode(self.json()) + b"\n"

    def digest(self) -> str:
        """Return the SHA-256 of the attached file: the fingerprint in each footer."""
        return sha256(self.encoded()).hexdigest()
