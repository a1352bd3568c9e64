"""The files of a register, built and read: cases, the mechanism's own acts, and the accounts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from answerable.core.acts import (
    ActCode,
    By,
    Envelope,
    Json,
    PartyId,
    PartySignature,
    Seat,
    instant_of,
)
from answerable.core.canonical import decode, encode
from answerable.core.case.acts.erasure import ERASED
from answerable.core.disclosure import octets_of_hex
from answerable.core.errors import Malformed
from answerable.core.opening import Opened, Opening, opening_of
from answerable.core.owed import Owed, owed_after
from answerable.core.record import Kept
from answerable.core.register.showing import (
    ALWAYS,
    PROCEEDING,
    UNNAMED,
    shown_paths,
    standing_told,
)

FORMAT = "answerable/register/v1"

INDEX, MECHANISM, ACCOUNTS = "index.json", "mechanism.json", "accounts.json"
FIGURES, FIGURES_TABLE = "figures.json", "figures.csv"
CASES, RESPONSES, LEDGER, RULES = "cases/", "responses/", "ledger/", "rules/"
POLICY = f"{LEDGER}policy"


class RegisterUnreadable(Malformed):
    """A file of a register does not keep docs/specs/register.md."""

    code = "register-unreadable"


@dataclass(frozen=True, slots=True)
class Index:
    """What a register says of itself: the instant and time zone, and the digest of each file."""

    origin: str
    at: int
    at_text: str
    zone: str
    ledgers: tuple[str, ...]
    files: Mapping[str, str]

    def encoded(self) -> bytes:
        return page(
            {
                "at": self.at_text,
                "files": dict(self.files),
                "format": FORMAT,
                "ledgers": list(self.ledgers),
                "origin": self.origin,
                "zone": self.zone,
            }
        )


def index_of(data: bytes) -> Index:
    """Return the index that a file holds.

    Raises:
        RegisterUnreadable: it is none.
    """
    value = value_of(data, INDEX)
    try:
        if value["format"] != FORMAT:
            raise RegisterUnreadable("another format", file=INDEX)
        ledgers, files = tuple(map(str, value["ledgers"])), dict(value["files"])
        at = value["at"]
        return Index(value["origin"], instant_of(at), at, value["zone"], ledgers, files)
    except (KeyError, TypeError, ValueError):
        raise RegisterUnreadable("a member is missing", file=INDEX) from None


def page(value: Mapping[str, Json]) -> bytes:
    """Return a value as a file: canonical JSON and a line feed."""
    return encode(dict(value)) + b"\n"


def value_of(data: bytes, name: str) -> dict[str, Any]:
    """Return the object that a file holds.

    Raises:
        RegisterUnreadable: it is not the canonical form of one.
    """
    try:
        value = decode(data.removesuffix(b"\n"))
    except Malformed:
        raise RegisterUnreadable("not canonical JSON", file=name) from None
    if not isinstance(value, dict):
        raise RegisterUnreadable("not an object", file=name)
    return cast("dict[str, Any]", value)


def disclosed(kept: Kept, public: Sequence[bytes], paths: frozenset[str] | None = None) -> Opening:
    """Return the opening that shows of an act what is public, with its public content.

    ``paths`` are the fields of the envelope, where it is not a case's.
    """
    wanted = shown_paths(kept.envelope) if paths is None else paths
    envelope = Opening(kept.body(), kept.blinding, tuple(kept.disclosures())).with_paths(wanted)
    return Opening(envelope.body, envelope.blinding, (*envelope.disclosures, *public))


def acts_page(openings: Iterable[Opening], **others: Json) -> bytes:
    """Return the file of a docket: its acts as openings, and what else is told of it."""
    acts: list[Json] = [decode(opening.encoded().removesuffix(b"\n")) for opening in openings]
    return page({"acts": acts, **others})


def case_page(number: str, openings: Iterable[Opening], acts: Sequence[Envelope]) -> bytes:
    """Return the file of a case, with its standing, its turn, and what is owed."""
    return acts_page(openings, number=number, **derived(acts))


def derived(acts: Sequence[Envelope]) -> dict[str, Json]:
    """Return what a case's file says that anyone can fold from its acts."""
    owed: tuple[Owed, ...] = ()
    for act in acts:
        owed = owed_after(owed, act)
    return {**standing_told(acts), "owed": [_owed(item) for item in owed]}


_OF_EACH = frozenset(("allegations", "matters"))


def derived_in(said: Mapping[str, Any], acts: Sequence[Envelope]) -> dict[str, Json]:
    """Return what a case's file must say that anyone can fold, as the version had it that wrote it.

    An earlier one told nothing of each allegation and matter, and of a case that was erased whose
    turn it had been: what was published then is still kept, and still has to hold.
    """
    told = derived(acts)
    if not _OF_EACH.isdisjoint(said):
        return told
    turn = standing_told([act for act in acts if act.act != ERASED])["turn"]
    return {"owed": told["owed"], "standing": told["standing"], "turn": turn}


def _owed(item: Owed) -> dict[str, Json]:
    return {**item._asdict(), "allegations": [*item.allegations]}


def openings_in(value: Mapping[str, Any], name: str) -> list[Opening]:
    """Return the openings of a docket's file.

    Raises:
        RegisterUnreadable, OpeningMalformed: there are none, or one is malformed.
    """
    acts = value.get("acts")
    if not isinstance(acts, list):
        raise RegisterUnreadable("no acts", file=name)
    return [opening_of(item) for item in acts]


def envelope_shown(opened: Opened) -> Envelope:
    """Return the envelope that the disclosures of an act show.

    Raises:
        RegisterUnreadable: a field that every shown act discloses is not there.
    """
    return envelope_of({item.path: item.value for item in opened.envelope})


def envelope_of(fields: Mapping[str, Json]) -> Envelope:
    """Return the envelope that has these fields, by their paths.

    Raises:
        RegisterUnreadable: as envelope_shown.
    """
    shown = cast("Mapping[str, Any]", fields)
    # Of a proceeding an act may be shown without its facts (responses.py says which).
    # So is the act by which a case was erased.
    is_bare = shown.get("kind") == PROCEEDING or shown.get("act") == ERASED
    optional = {"facts"} if is_bare else set[str]()
    missing = ALWAYS - optional - set(shown)
    if missing:
        raise RegisterUnreadable("an envelope field is not shown", file=min(missing))
    return Envelope(
        act=ActCode(shown["act"]),
        kind=shown["kind"],
        docket=shown["docket"],
        sequence=shown["sequence"],
        at=instant_of(shown["at"]),
        by=_by(shown, "by") or UNNAMED,
        entered_by=_by(shown, "entered_by"),
        previous=None,
        allegations=tuple(shown["allegations"]),
        facts=shown.get("facts", {}),
        signature=_signature(shown.get("signature")),
    )


def _signature(value: Json) -> PartySignature | None:
    if not isinstance(value, dict):
        return None
    return PartySignature(octets_of_hex(value["key"]), octets_of_hex(value["signature"]))


def _by(shown: Mapping[str, Any], path: str) -> By | None:
    if path not in shown:
        return UNNAMED
    value = shown[path]
    return None if value is None else By(PartyId(value["party"]), Seat(value["seat"]))
