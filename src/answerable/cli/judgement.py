"""What a receipt proves, with an opening or without, in words and as facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from answerable.cli.output import Json
from answerable.cli.surface import Offline, Surface
from answerable.cli.trust import Trust, fingerprint, trust_lines
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import Cosigner, Proven, verify_receipt
from answerable.core.ledger.windows import seconds_text

if TYPE_CHECKING:
    from answerable.core.opening import Opened, Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A receipt that is proven by a policy, and what the opening shows that belongs to it."""

    proven: Proven
    trust: Trust
    opened: "Opened | None" = None
    party_key: bytes | None = None

    def shown(self, path: str) -> Json:
        return None if self.opened is None else self.opened.shown(path)

    @property
    def act(self) -> str | None:
        """The code of the act, where act and docket are shown: else it is not known which it is."""
        act = self.shown("act")
        return act if isinstance(act, str) and self.shown("docket") is not None else None

    @property
    def number(self) -> str | None:
        """The number of the act's receipt, where it is shown which of the docket's acts it is."""
        docket, sequence = self.shown("docket"), self.shown("sequence")
        if self.act is None or not isinstance(sequence, int):
            return None
        return f"{docket}/{sequence}" if sequence > 1 else str(docket)

    @property
    def witnesses(self) -> list[Cosigner]:
        return [by for by in self.proven.cosigners if by.counted and not by.own]


def judge(receipt: Receipt, trust: Trust, offline: Offline) -> Judged:
    """Return what the receipt proves by the policy.

    Raises:
        NotProven, Undecidable: as verify_receipt does.
    """
    proven = verify_receipt(receipt, trust.policy, offline.verify, now_seconds=offline.now_seconds)
    return Judged(proven=proven, trust=trust)


def with_opening(judged: Judged, opening: "Opening", offline: Offline) -> Judged:
    """Return what is proven with the opening too, in the order of docs/specs/commitment.md.

    Raises:
        OpeningOfAnother, ForeignDisclosure, OpeningMalformed, PartySignatureWrong: of the opening.
    """
    # Loaded here: who checks a receipt alone does not wait for it.
    from answerable.core.opening import OpeningOfAnother, signed_by_party  # noqa: PLC0415 - see above

    proven = judged.proven
    if opening.commitment != proven.commitment:
        raise OpeningOfAnother(
            "the opening is of another commitment",
            index=proven.index,
            expected=proven.commitment.hex(),
            got=opening.commitment.hex(),
        )
    opened = opening.opened()
    party_key = signed_by_party(opened, proven.origin, offline.verify)
    return replace(judged, opened=opened, party_key=party_key)


def facts_of(judged: Judged) -> dict[str, Json]:
    proven, trust = judged.proven, judged.trust
    return {
        "origin": proven.origin,
        "index": proven.index,
        "size": proven.size,
        "commitment": proven.commitment.hex(),
        "at": seconds_text(proven.at_seconds),
        "log_key": str(proven.log_key),
        "log_key_sha256": fingerprint(proven.log_key),
        "quorum": proven.quorum,
        "cosigners": [
            {
                "name": by.name,
                "at": seconds_text(by.at_seconds),
                "own": by.own,
                "counted": by.counted,
            }
            for by in proven.cosigners
        ],
        "act": judged.act,
        "docket": judged.shown("docket"),
        "number": judged.number,
        "party_key": judged.party_key.hex() if judged.party_key else None,
        "policy": {
            "file": trust.file,
            "sha256": trust.sha256,
            "vouched_for": trust.is_vouched_for,
        },
    }


def lines_of(surface: Surface, judged: Judged) -> list[str]:
    """Return who signed, by when, what it covers; what it proves, what not, and on whose word."""
    return [
        *_first_three(surface, judged),
        "",
        surface.say("proves.title" if judged.trust.is_vouched_for else "proves.title-if"),
        *(f"- {line}" for line in _proves(surface, judged)),
        surface.say("not.title"),
        *(f"- {line}" for line in _does_not_prove(surface, judged)),
        "",
        *trust_lines(surface, judged.trust, judged.proven.log_key),
    ]


def _first_three(surface: Surface, judged: Judged) -> Iterator[str]:
    proven = judged.proven
    yield surface.say(
        "receipt.signed-by",
        origin=proven.origin,
        key_id=proven.log_key.key_id.hex(),
        title=judged.trust.title_of(proven.origin),
    )
    yield surface.say(
        "receipt.by-when", at=proven.at_seconds, local=surface.local(proven.at_seconds)
    )
    if judged.act is None:
        yield surface.say("receipt.covers", index=proven.index)
    else:
        act, docket = surface.catalogue.word("act", judged.act), str(judged.shown("docket"))
        yield surface.say("receipt.covers-act", index=proven.index, act=act, docket=docket)


def _proves(surface: Surface, judged: Judged) -> Iterator[str]:
    yield surface.say("proves.entry", origin=judged.proven.origin, index=judged.proven.index)
    yield surface.say("proves.fixed")
    if judged.act is not None:
        act, docket = surface.catalogue.word("act", judged.act), str(judged.shown("docket"))
        which = "proves.act" if judged.number else "proves.act-of"
        yield surface.say(which, act=act, code=judged.act, number=judged.number, docket=docket)
    if judged.party_key is not None:
        yield surface.say("proves.party-key", key=judged.party_key.hex())
    for by in judged.witnesses:
        yield surface.say("proves.witness", name=by.name, key_name=by.key.name, at=by.at_seconds)


def _does_not_prove(surface: Surface, judged: Judged) -> Iterator[str]:
    if judged.opened is None:
        yield surface.say("not.content")
    else:
        yield surface.say("not.true")
        yield from _who(surface, judged)
    facts = judged.shown("facts")
    hosted_by_body = isinstance(facts, Mapping) and facts.get("host") == "body"
    if judged.act == "submitted" and not hosted_by_body:
        yield surface.say("not.delivered")
    yield surface.say("not.read")
    yield surface.say("not.time")
    if not judged.witnesses:
        yield surface.say("not.same-ledger")


def _who(surface: Surface, judged: Judged) -> Iterator[str]:
    by, entered_by = judged.shown("by"), judged.shown("entered_by")
    party = str(by["party"]) if isinstance(by, Mapping) else None
    if judged.party_key is not None:
        yield surface.say("not.whose-key")
    elif judged.opened is not None and judged.opened.discloses("signature"):
        yield surface.say("not.unsigned", party=party)
    else:
        yield surface.say("not.signature-unknown")
    if isinstance(entered_by, Mapping):
        yield surface.say("not.entered", party=party, by=str(entered_by["party"]))
