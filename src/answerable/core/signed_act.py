"""What a party signs of its act: the content, and in it which act of which docket it is.

Every byte is fixed by docs/specs/commitment.md, rules 13 to 16e. Signing and verifying come in as
arguments.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from answerable.core.acts import (
    INSIDE_READERS,
    READER_CODES,
    READERS,
    Draft,
    Envelope,
    Field,
    Json,
    PartySignature,
)
from answerable.core.canonical import encode
from answerable.core.commitment import content_of, content_statement, extract, in_order
from answerable.core.errors import Refusal

SIGNED_ACT = "signed-act"
"""The path of the content field that says which act was signed."""

TOLD = ("act", "allegations", "by", "docket", "entered_by", "facts", "sequence")
"""What that field says, by the names of the envelope."""

NOT_SIGNED = "clocks"
"""The fact that nobody signs: what an act does to clocks is counted by the mechanism."""

Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether (public key, signature, message) fit: Ed25519, RFC 8032."""


class PartySignatureWrong(Refusal):
    """The record names a party's signature that does not fit its content."""

    code = "party-signature-wrong"


class SignedAnotherAct(Refusal):
    """What the party signed is another act than the one that this record is of."""

    code = "signed-another-act"


@dataclass(frozen=True, slots=True)
class PartyKey:
    """A party's key: it signs the content of what the party hands in or does."""

    public: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Signing:
    """With which key an act is signed, for which ledger, and as which act of which docket."""

    key: PartyKey
    origin: str
    kind: str
    docket: str | None
    sequence: int

    def signed(self, draft: Draft) -> Draft:
        """Return the draft, decided and whole, with the field that says what it is, and signed."""
        told = said_of(draft, self.docket, self.sequence)
        said = Field(SIGNED_ACT, told, _readers(draft.fields, self.kind))
        fields = (*draft.fields, said)
        signature = content_signature(self.key, self.origin, fields, draft.secret)
        return replace(draft, fields=fields, signature=signature)


def said_of(part: Draft | Envelope, docket: str | None, sequence: int) -> dict[str, Json]:
    """Return what a party signs of its act beside what the act says: which act it is, and where."""
    entered = part.entered_by
    return {
        "act": part.act,
        "allegations": list(part.allegations),
        "by": part.by.json(),
        "docket": docket,
        "entered_by": None if entered is None else entered.json(),
        "facts": signed_facts(part.facts),
        "sequence": sequence,
    }


def signed_facts(facts: Mapping[str, Json]) -> dict[str, Json]:
    """Return those facts of an act that its party signs."""
    return {name: fact for name, fact in facts.items() if name != NOT_SIGNED}


def content_signature(
    key: PartyKey, origin: str, fields: Iterable[Field], secret: bytes
) -> PartySignature:
    """Return a party's signature of these fields, as the record with this secret will hold them."""
    digests = content_of(fields, extract(secret)).digests
    return PartySignature(key.public, key.sign(content_statement(origin, digests)))


def fits(signature: PartySignature, origin: str, digests: Iterable[str], verify: Verify) -> bool:
    """Whether a signature is one of this content list, for the ledger of this origin."""
    return verify(signature.key, signature.signature, content_statement(origin, digests))


def require_this_act(said: Json, shown: Mapping[str, Json]) -> None:
    """Return if what a party signed says nothing else than those envelope fields that are shown.

    Raises:
        SignedAnotherAct: with the first field that differs, or with the field itself, where it
            does not have the form of one.
    """
    if not isinstance(said, dict) or set(said) != set(TOLD):
        raise SignedAnotherAct("not what is signed of an act", field=SIGNED_ACT)
    for name in TOLD:
        if name not in shown:
            continue
        wanted = shown[name]
        if name == "facts" and isinstance(wanted, dict):
            wanted = {**signed_facts(wanted)}
        if not _same(said[name], wanted) and not (name == "docket" and _is_new(said)):
            raise SignedAnotherAct(f"another {name}", field=name)


def require_signed_here(draft: Draft, docket: str | None, sequence: int) -> None:
    """Return if an act that is to stand in this place is the one that its party signed.

    ``docket`` is None where the act begins one.

    Raises:
        SignedAnotherAct: it is another, or was signed for another place.
    """
    said = next((item.value for item in draft.fields if item.path == SIGNED_ACT), None)
    if said is not None and draft.signature is not None:
        require_this_act(said, said_of(draft, docket, sequence))


def _is_new(said: Mapping[str, Json]) -> bool:
    """Whether the act begins a docket, whose number only the writer knows."""
    return said["docket"] is None and _same(said["sequence"], 1)


def _same(left: Json, right: Json) -> bool:
    # Python takes True for 1; canonical JSON does not.
    return encode(left) == encode(right)


def _readers(fields: Iterable[Field], kind: str) -> tuple[str, ...]:
    """Return who reads which act was signed: whoever reads what it says, and nobody in public."""
    base = INSIDE_READERS if kind == "proceeding" else ()
    found = {reader for item in fields for reader in item.readers if reader in READER_CODES}
    found = (found | {*base}) - {"public"}
    return in_order(tuple(found or READERS[:-1]))
