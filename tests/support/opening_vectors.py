"""The openings of docs/specs/commitment.md: those that open, and what each other is refused for."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from answerable.core.acts import ActCode, Draft, Field
from answerable.core.canonical import encode
from answerable.core.commitment import (
    body_of,
    commitment_to,
    content_statement,
    digest_of,
    disclosure_of,
)
from answerable.core.disclosure import lists_of
from answerable.core.opening import Opening
from tests.support.training_ledger import ORIGIN
from tests.support.training_records import (
    ACKNOWLEDGED,
    ENTERED,
    EXPERT,
    NOTHING,
    OFFICE,
    PARTY,
    PLACE,
    SIGNED,
    SIGNED_ACT,
    STRANGER,
    UNSIGNED,
    draft,
    opening_of,
    record_of,
    recorded,
    signed,
    signed_as,
)

FULL = opening_of(UNSIGNED)
MALFORMED = "opening-malformed"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, the commitment of the receipt it came with, and what must be answered."""

    content: bytes
    commitment: bytes
    code: str
    reason: str | None = None


FIRST = recorded(signed_as(NOTHING, (PLACE[0], "proceeding", None, 1)), sequence=1)
COPIED = recorded(replace(signed_as(NOTHING, PLACE), signature=None))

OPENED: Mapping[str, tuple[bytes, bytes]] = {
    "full": (FULL.encoded(), FULL.commitment),
    "full-without-line-feed": (FULL.encoded()[:-1], FULL.commitment),
    "for-the-monitor": (FULL.for_reader("monitor").encoded(), FULL.commitment),
    "for-the-public": (FULL.for_reader("public").encoded(), FULL.commitment),
    "for-a-named-key": (FULL.for_reader(EXPERT).encoded(), FULL.commitment),
    "envelope-only": (
        Opening(FULL.body, FULL.blinding, FULL.disclosures[:11]).encoded(),
        FULL.commitment,
    ),
    "act-and-docket-only": (FULL.with_paths(["act", "docket"]).encoded(), FULL.commitment),
    "nothing": (FULL.with_paths([]).encoded(), FULL.commitment),
    "in-another-order": (
        Opening(FULL.body, FULL.blinding, FULL.disclosures[::-1]).encoded(),
        FULL.commitment,
    ),
    "signed": (opening_of(SIGNED).encoded(), SIGNED.commitment),
    "signature-only": (
        opening_of(SIGNED).with_paths(["signature"]).encoded(),
        SIGNED.commitment,
    ),
    "without-content": (opening_of(ACKNOWLEDGED).encoded(), ACKNOWLEDGED.commitment),
    "entered-for-another": (opening_of(ENTERED).encoded(), ENTERED.commitment),
    "signed-act": (opening_of(SIGNED_ACT).encoded(), SIGNED_ACT.commitment),
    "signed-act-not-shown": (
        opening_of(SIGNED_ACT).with_paths(["act", "docket", "sequence", "signature"]).encoded(),
        SIGNED_ACT.commitment,
    ),
    "signed-act-without-its-place": (
        opening_of(SIGNED_ACT).with_paths(["act", "signature", "signed-act"]).encoded(),
        SIGNED_ACT.commitment,
    ),
    "signed-first-act": (opening_of(FIRST).encoded(), FIRST.commitment),
    "signed-act-without-signature": (opening_of(COPIED).encoded(), COPIED.commitment),
}


def plain(disclosure: bytes) -> list[Any]:
    value = json.loads(urlsafe_b64decode(disclosure + b"=" * (-len(disclosure) % 4)))
    assert isinstance(value, list)
    return value


def altered(number: int, **changes: Any) -> bytes:
    """Return a disclosure of FULL with another salt, path, readers or value."""
    salt, path, shown = plain(FULL.disclosures[number])
    shown = {"readers": changes.get("readers", shown["readers"]), "value": shown["value"]}
    shown["value"] = changes.get("value", shown["value"])
    return disclosure_of(encode([changes.get("salt", salt), changes.get("path", path), shown]))


def with_disclosures(*disclosures: bytes) -> Opening:
    return Opening(FULL.body, FULL.blinding, disclosures)


def vouched(number: int, disclosure: bytes, *, shown: Iterable[bytes] | None = None) -> Opening:
    """Return an opening whose operator put this disclosure in the place of one of the record's."""
    content, envelope = map(list, lists_of(FULL.body))
    digests = envelope if number < len(envelope) else content
    digests.remove(digest_of(FULL.disclosures[number]))
    digests.append(digest_of(disclosure))
    body = body_of(sorted(content), sorted(envelope))
    listed = shown or (*FULL.disclosures[:number], disclosure, *FULL.disclosures[number + 1 :])
    return Opening(body, FULL.blinding, tuple(listed))


def raw(number: int, text: str) -> Opening:
    return vouched(number, disclosure_of(text.encode()))


def refused(opening: Opening, reason: str) -> Refused:
    """Refuse a body that its operator committed to: the receipt fits, the form does not."""
    commitment = commitment_to(opening.body, opening.blinding)
    return Refused(opening.encoded(), commitment, MALFORMED, reason)


def foreign(*disclosures: bytes) -> Refused:
    return Refused(with_disclosures(*disclosures).encoded(), FULL.commitment, "foreign-disclosure")


def edited(path: str, value: Any, reason: str) -> Refused:
    """Return the file with one member set, or removed where value is None."""
    whole = json.loads(FULL.encoded())
    *parents, last = path.split("/")
    at = whole
    for name in parents:
        at = at[name]
    if value is None:
        del at[last]
    else:
        at[last] = value
    body = encode(whole.get("body", {}))
    return Refused(encode(whole) + b"\n", commitment_to(body, FULL.blinding), MALFORMED, reason)


def replaced(old: bytes, new: bytes, reason: str) -> Refused:
    content = FULL.encoded().replace(old, new, 1)
    assert content != FULL.encoded()
    return Refused(content, FULL.commitment, MALFORMED, reason)


CONTENT, ENVELOPE = map(list, lists_of(FULL.body))
BLINDING = json.loads(FULL.encoded())["blinding"]
ACT, AT_FIELD, SEQUENCE, WHAT, KIND = 0, 7, 10, 11, 12
KIND_TEXT = encode(plain(FULL.disclosures[KIND])).decode()
KIND_SALT = plain(FULL.disclosures[KIND])[0]

OF_THE_FILE: Mapping[str, Refused] = {
    "empty": Refused(b"", FULL.commitment, MALFORMED, "not-canonical"),
    "not-utf-8": replaced(b"answerable/opening/v1", b"answerable/\xff/v1", "not-canonical"),
    "a-blank-after-a-comma": replaced(b',"body"', b', "body"', "not-canonical"),
    "a-carriage-return": replaced(b"}\n", b"}\r\n", "not-canonical"),
    "two-line-feeds": replaced(b"}\n", b"}\n\n", "not-canonical"),
    "a-member-twice": replaced(b'{"blinding"', b'{"blinding":"A","blinding"', "not-canonical"),
    "cut-short": Refused(FULL.encoded()[:-200], FULL.commitment, MALFORMED, "not-canonical"),
    "many-brackets": Refused(b"[[],[],[],[]]", FULL.commitment, MALFORMED, "wrong-members"),
    "no-object": Refused(b'"opening"\n', FULL.commitment, MALFORMED, "wrong-members"),
    "a-member-too-many": edited("also", "x", "wrong-members"),
    "a-member-missing": edited("blinding", None, "wrong-members"),
    "disclosures-not-a-list": edited("disclosures", "x", "wrong-members"),
    "a-disclosure-not-a-text": edited("disclosures", [1], "wrong-members"),
    "another-format": edited("format", "answerable/opening/v2", "wrong-format"),
    "a-short-blinding": edited("blinding", BLINDING[:-3], "wrong-blinding"),
    "a-padded-blinding": edited("blinding", BLINDING + "=", "not-base64url"),
    "spare-bits-in-the-blinding": edited(
        "blinding", BLINDING[:-1] + chr(ord(BLINDING[-1]) + 1), "not-base64url"
    ),
}

OF_THE_BODY: Mapping[str, Refused] = {
    "another-record-format": edited("body/format", "answerable/record/v2", "wrong-format"),
    "another-digest": edited("body/_sd_alg", "sha-512", "wrong-format"),
    "a-body-member-too-many": edited("body/also", "x", "wrong-body"),
    "content-not-an-object": edited("body/content", "x", "wrong-body"),
    "no-digests": edited("body/content/_sd", [], "wrong-body"),
    "digests-out-of-order": edited("body/content/_sd", CONTENT[::-1], "wrong-body"),
    "a-digest-twice": edited("body/content/_sd", sorted([*CONTENT[1:], CONTENT[1]]), "wrong-body"),
    "a-digest-in-both-lists": edited(
        "body/content/_sd", sorted([*CONTENT[1:], ENVELOPE[0]]), "wrong-body"
    ),
    "a-digest-not-a-text": edited("body/content/_sd", [1, *CONTENT[1:]], "wrong-body"),
    "spare-bits-in-a-digest": edited("body/content/_sd", [*CONTENT[:7], "z" * 43], "wrong-body"),
    "a-short-digest": edited("body/content/_sd", [CONTENT[0][:-3], *CONTENT[1:]], "wrong-body"),
    "seven-digests-of-content": edited("body/content/_sd", CONTENT[1:], "wrong-body"),
    "ten-digests-of-envelope": edited("body/envelope/_sd", ENVELOPE[1:], "wrong-body"),
}

OF_A_DISCLOSURE: Mapping[str, Refused] = {
    "not-base64url": edited("disclosures", ["a b"], "not-base64url"),
    "padded": edited("disclosures", ["AAAAAA=="], "not-base64url"),
    "not-json": refused(raw(KIND, "no"), "wrong-disclosure"),
    "a-blank": refused(raw(KIND, KIND_TEXT.replace(",", ", ", 1)), "wrong-disclosure"),
    "a-float": refused(raw(KIND, KIND_TEXT.replace('"office-closed"', "1.5")), "wrong-disclosure"),
    "a-lone-surrogate": refused(
        raw(KIND, KIND_TEXT.replace("office-closed", "\\ud800")), "wrong-disclosure"
    ),
    "too-deep": refused(
        raw(KIND, KIND_TEXT.replace('"office-closed"', "[" * 31 + "]" * 31)), "wrong-disclosure"
    ),
    "two-elements": refused(raw(KIND, f'["{KIND_SALT}","a"]'), "wrong-disclosure"),
    "four-elements": refused(raw(KIND, KIND_TEXT[:-1] + ",1]"), "wrong-disclosure"),
    "no-readers-member": refused(
        raw(KIND, f'["{KIND_SALT}","a",{{"value":1}}]'), "wrong-disclosure"
    ),
    "a-short-salt": refused(vouched(KIND, altered(KIND, salt=KIND_SALT[:-2])), "wrong-disclosure"),
    "no-readers": refused(vouched(KIND, altered(KIND, readers=[])), "wrong-readers"),
    "an-unknown-reader": refused(vouched(KIND, altered(KIND, readers=["police"])), "wrong-readers"),
    "a-reader-twice": refused(
        vouched(KIND, altered(KIND, readers=["public", "public"])), "wrong-readers"
    ),
    "readers-out-of-order": refused(
        vouched(KIND, altered(KIND, readers=["monitor", "member"])), "wrong-readers"
    ),
    "an-upper-case-key": refused(
        vouched(KIND, altered(KIND, readers=["key:" + "A" * 64])), "wrong-readers"
    ),
    "parties-for-content": refused(
        vouched(KIND, altered(KIND, readers=["parties"])), "wrong-readers"
    ),
    "public-for-the-envelope": refused(
        vouched(ACT, altered(ACT, readers=["public"])), "wrong-readers"
    ),
    "an-upper-case-path": refused(vouched(KIND, altered(KIND, path="Kind")), "wrong-path"),
    "an-empty-path": refused(vouched(KIND, altered(KIND, path="")), "wrong-path"),
    "a-path-with-an-empty-part": refused(vouched(KIND, altered(KIND, path="a//b")), "wrong-path"),
    "an-act-in-upper-case": refused(vouched(ACT, altered(ACT, value="Submitted")), "wrong-value"),
    "an-instant-without-milliseconds": refused(
        vouched(AT_FIELD, altered(AT_FIELD, value="2026-05-12T00:14:05Z")), "wrong-value"
    ),
    "sequence-zero": refused(vouched(SEQUENCE, altered(SEQUENCE, value=0)), "wrong-value"),
    "sequence-true": refused(vouched(SEQUENCE, altered(SEQUENCE, value=True)), "wrong-value"),
}

OF_THE_LISTS: Mapping[str, Refused] = {
    "a-changed-word": foreign(altered(WHAT, value="Nothing was sealed."), *FULL.disclosures[12:]),
    "a-changed-salt": foreign(altered(KIND, salt="A" * 22)),
    "a-reader-added": foreign(altered(WHAT, readers=["public"])),
    "an-invented-field": foreign(*FULL.disclosures, altered(KIND, path="allegations/2/kind")),
    "a-field-of-another-record": foreign(opening_of(SIGNED).disclosures[KIND]),
    "a-disclosure-twice": refused(
        with_disclosures(FULL.disclosures[KIND], FULL.disclosures[KIND]), "path-twice"
    ),
    "a-path-twice": refused(vouched(WHAT, altered(KIND, value="other")), "path-twice"),
    "envelope-in-content": refused(
        vouched(KIND, altered(ACT, value="opened"), shown=[altered(ACT, value="opened")]),
        "wrong-list",
    ),
    "content-in-envelope": refused(
        vouched(ACT, altered(KIND, value="x"), shown=[altered(KIND, value="x")]), "wrong-list"
    ),
    "another-blinding": Refused(
        Opening(FULL.body, bytes(32), FULL.disclosures).encoded(),
        FULL.commitment,
        "opening-of-another",
    ),
    "of-another-act": Refused(FULL.encoded(), SIGNED.commitment, "opening-of-another"),
}


def _signed(value: Any) -> Opening:
    whole = opening_of(SIGNED)
    number = next(n for n, item in enumerate(whole.disclosures) if plain(item)[1] == "signature")
    salt, path, shown = plain(whole.disclosures[number])
    disclosure = disclosure_of(encode([salt, path, {**shown, "value": value}]))
    content, envelope = map(list, lists_of(whole.body))
    envelope.remove(digest_of(whole.disclosures[number]))
    body = body_of(content, sorted([*envelope, digest_of(disclosure)]))
    return Opening(body, whole.blinding, (disclosure,))


SIGNATURE = SIGNED.envelope.signature
assert SIGNATURE is not None
STRANGERS_KEY = STRANGER.public_key().public_bytes_raw().hex()
OTHER_CONTENT = content_statement(ORIGIN, CONTENT)
ELSEWHERE = opening_of(record_of(signed(draft("2"), "other.example/xb")))


def _wrong_signature(opening: Opening) -> Refused:
    return Refused(opening.encoded(), opening.commitment, "party-signature-wrong")


OF_THE_SIGNATURE: Mapping[str, Refused] = {
    "for-another-ledger": _wrong_signature(ELSEWHERE),
    "by-another-key": _wrong_signature(_signed({**SIGNATURE.json(), "key": STRANGERS_KEY})),
    "of-other-content": _wrong_signature(
        _signed({**SIGNATURE.json(), "signature": PARTY.sign(OTHER_CONTENT).hex()})
    ),
    "a-short-key": refused(_signed({**SIGNATURE.json(), "key": "00" * 31}), "wrong-value"),
    "in-upper-case": refused(
        _signed({**SIGNATURE.json(), "key": SIGNATURE.key.hex().upper()}), "wrong-value"
    ),
    "without-key": refused(_signed({"signature": SIGNATURE.signature.hex()}), "wrong-value"),
}

WAITING = signed_as(NOTHING, PLACE)
"""What a ministry signed: that it has nothing on point 2, as act 4 of its proceeding."""


def _another(act: Draft, **place: Any) -> Refused:
    opening = opening_of(recorded(act, **place))
    return Refused(opening.encoded(), opening.commitment, "signed-another-act")


def _saying(value: Any) -> Draft:
    """Return an act whose party signed something else than which act it is."""
    return signed(replace(NOTHING, fields=(Field("signed-act", value, ("author",)),)))


SAID = WAITING.fields[-1].value
assert isinstance(SAID, dict)

OF_WHAT_WAS_SIGNED: Mapping[str, Refused] = {
    "as-another-act": _another(replace(WAITING, act=ActCode("edit-confirmed"))),
    "by-another-party": _another(replace(WAITING, by=OFFICE)),
    "on-another-docket": _another(WAITING, docket="XA-2026-0062-5"),
    "in-another-place": _another(WAITING, sequence=5),
    "on-another-point": _another(replace(WAITING, allegations=(3,))),
    "with-another-fact": _another(replace(WAITING, facts={**NOTHING.facts, "nothing": False})),
    "with-a-fact-more": _another(replace(WAITING, facts={**NOTHING.facts, "words": True})),
    "entered-by-another": _another(replace(WAITING, entered_by=OFFICE)),
    "a-first-act-later": _another(signed_as(NOTHING, (PLACE[0], "proceeding", None, 1))),
    "no-docket-named": _another(_saying({**SAID, "docket": None})),
    "true-for-one": _another(_saying({**SAID, "docket": None, "sequence": True}), sequence=1),
    "a-member-missing": _another(_saying({"act": "contribution-given"})),
    "a-member-too-many": _another(_saying({**SAID, "also": 1})),
    "not-an-object": _another(_saying("contribution-given")),
}

REFUSED: Mapping[str, Refused] = {
    f"{part}-{name}": case
    for part, cases in {
        "file": OF_THE_FILE,
        "body": OF_THE_BODY,
        "disclosure": OF_A_DISCLOSURE,
        "list": OF_THE_LISTS,
        "signature": OF_THE_SIGNATURE,
        "signed": OF_WHAT_WAS_SIGNED,
    }.items()
    for name, case in cases.items()
}
