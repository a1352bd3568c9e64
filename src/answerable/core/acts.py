"""What one act is: who did it, who typed it in, what it says, and to whom each part is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, NewType

from answerable.core.errors import Malformed

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

PartyId = NewType("PartyId", str)
Seat = NewType("Seat", str)
ActCode = NewType("ActCode", str)
Commitment = NewType("Commitment", bytes)

READERS = ("complainant", "secretariat", "member", "monitor", "public")
"""The reader codes that a sender may choose, beside ``key:`` and 64 hex digits of a public key."""

INSIDE_READERS = ("collector", "lead", "author")
"""Those of a proceeding: the body that collects, the one that leads on the point, and who said it.

No other body reads what one hands over, before it stands in the response."""

READER_CODES = (*READERS[:-1], *INSIDE_READERS, READERS[-1])
"""Every reader code that a field of a record may carry, in the order of a record."""

PARTIES = ("parties",)
"""The readers of every envelope field: whoever holds a seat on the docket."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_YEAR = 1000


class UnreadableInstant(Malformed):
    """An instant is not written as 2026-05-12T02:14:05.123Z."""

    code = "unreadable-instant"


class Field(NamedTuple):
    """One value of a record with its path and its readers: the unit of disclosure."""

    path: str
    value: Json
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class By:
    """A party, in the seat in which it acts."""

    party: PartyId
    seat: Seat

    def json(self) -> dict[str, Json]:
        return {"party": self.party, "seat": self.seat}


@dataclass(frozen=True, slots=True)
class PartySignature:
    """A party's Ed25519 signature of the content of its act, made before lodging."""

    key: bytes
    signature: bytes

    def json(self) -> dict[str, Json]:
        return {"key": self.key.hex(), "signature": self.signature.hex()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An act before the writer gives it number, time and predecessor.

    ``secret`` is 32 random bytes, used for this record only. ``facts`` go into the envelope, which
    is never erased: codes, counts and instants, no personal data. ``exhibits`` name the ciphertexts
    that the act holds, so that erasing the case finds them.
    """

    act: ActCode
    by: By
    secret: bytes = field(repr=False)
    fields: tuple[Field, ...] = ()
    entered_by: By | None = None
    allegations: tuple[int, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict)
    signature: PartySignature | None = None
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The part of an act that is never erased; standing, clocks and figures fold these only."""

    act: ActCode
    kind: str
    docket: str
    sequence: int
    at: int
    by: By
    entered_by: By | None
    previous: Commitment | None
    allegations: tuple[int, ...]
    facts: Mapping[str, Json]
    signature: PartySignature | None

    @property
    def signed_with(self) -> str:
        """The key with which its party signed the act, in hexadecimal; "" where it did not."""
        return "" if self.signature is None else self.signature.key.hex()

    @property
    def receipt_number(self) -> str:
        """The number of this act's receipt: the docket's, and which of its acts this is."""
        return self.docket if self.sequence == 1 else f"{self.docket}/{self.sequence}"


def instant_text(at: int) -> str:
    """Return milliseconds since 1970, UTC, as 2026-05-12T02:14:05.123Z (RFC 3339)."""
    return f"{_second_text(at // 1000)}.{at % 1000:03d}Z"


# The acts of one batch share their second, and strftime costs more than the rest of the field.
@lru_cache(maxsize=1024)
def _second_text(second: int) -> str:
    return f"{EPOCH + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S}"


def instant_of(text: str) -> int:
    """Return the milliseconds since 1970, UTC, that instant_text writes as text.

    Raises:
        UnreadableInstant: the text is not in that one form.
    """
    try:
        moment = datetime.fromisoformat(text) if text.endswith("Z") else None
    except ValueError:
        moment = None
    # Some systems write the years before 1000 with fewer digits, so they are no years here.
    if moment is not None and moment.year >= FIRST_YEAR:
        at = (moment - EPOCH) // timedelta(milliseconds=1)
        # Other forms are read too, and only one is written.
        if instant_text(at) == text:
            return at
    raise UnreadableInstant("not an instant in UTC with milliseconds")
