"""Records of any fields, and openings forged so well that only their form can betray them."""

import json
from base64 import urlsafe_b64decode
from dataclasses import replace
from random import Random

from answerable.core.acts import READERS, ActCode, Draft, Field, Json
from answerable.core.canonical import encode
from answerable.core.commitment import base64url, digest_of, in_order
from answerable.core.opening import Opening
from tests.support.tampering import TAMPERINGS
from tests.support.training_records import EXPERT, NGO, OFFICE, opening_of, record_of, signed

TEXTS = (
    *("", "a", "the office was sealed", "ការិយាល័យត្រូវបានបិទ", 'a "quoted" back\\slash', "a/b"),
    *(
        "\x00\x01\x1f\x7f\x80",
        "\b\f\n\r\t",
        "\u2028\u2029\ufeff\ufffe\uffff",
        "e\u0301",
        "\U0001f512",
    ),
)
NAMES = ("", "a", "b", "\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33", "\uffff")
NUMBERS = (0, 1, -1, 7, 61, 2**53 - 1, 1 - 2**53)
WRITINGS = (
    *(
        b"-0",
        b"1.0",
        b"1e3",
        b"9007199254740992",
        b"-9007199254740992",
        b"01",
        b"NaN",
        b'"\\u0041"',
    ),
    *(
        b'"\\u001F"',
        b'"\\u001f"',
        b'"\\b"',
        b'"\\u0008"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\\ud83d\\ude00"',
    ),
    *(
        b'"\xed\xa0\x80"',
        b'"\xc0\x80"',
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b"[1,]",
        b"[ ]",
        b"True",
    ),
    *(b'{"\xef\xac\xb3":1,"\xf0\x9f\x98\x80":1}', b'{"\xf0\x9f\x98\x80":1,"\xef\xac\xb3":1}'),
    *(b"[" * depth + b"]" * depth for depth in (28, 29, 30, 31, 64)),
)
"""Values as bytes of JSON, of which some are canonical and some are not."""

ANY_READERS = (*READERS, "parties", "nobody", EXPERT, EXPERT.upper(), "key:", f"key:{'0' * 64}")
ANY_PATHS = ("act", "docket", "signature", "a", "a//b", "/a", "a/", "A", "a" * 200, "a" * 201, "ក")


def value(draw: Random, depth: int = 4) -> Json:
    kind = draw.randrange(7 if depth else 4)
    if kind == 0:
        return draw.choice((None, True, False))
    if kind == 1:
        return draw.choice(NUMBERS)
    if kind < 4:
        return draw.choice(TEXTS)
    inner = [value(draw, depth - 1) for _ in range(draw.randrange(4))]
    if kind == 4:
        return inner
    return dict(zip(draw.sample(NAMES, len(inner)), inner, strict=True))


def opening(draw: Random) -> Opening:
    """Return a true opening of a record of any fields, with any disclosures in any order."""
    paths = draw.sample([f"{a}/{b}" for a in ("allegations", "a-b", "x_1") for b in range(9)], 9)
    readers = (*READERS, EXPERT, f"key:{draw.randbytes(32).hex()}")
    fields = tuple(
        Field(path, value(draw), in_order(tuple(draw.sample(readers, draw.randrange(1, 6)))))
        for path in paths[: draw.randrange(10)]
    )
    draft = Draft(
        act=ActCode(draw.choice(("submitted", "opened", "not-known-yet"))),
        by=NGO,
        entered_by=draw.choice((None, OFFICE)),
        secret=draw.randbytes(32),
        fields=fields,
        allegations=tuple(range(1, draw.randrange(1, 4))),
    )
    whole = opening_of(record_of(signed(draft) if draw.randrange(2) else draft))
    shown = draw.sample(whole.disclosures, draw.randrange(len(whole.disclosures) + 1))
    return replace(whole, disclosures=tuple(shown))


def forged(true: Opening, draw: Random) -> Opening:
    """Return the opening with one disclosure written anew, and a body that vouches for it."""
    old = draw.choice(true.disclosures)
    new = base64url(_rewritten(urlsafe_b64decode(old + b"=" * (-len(old) % 4)), draw)).encode()
    body = json.loads(true.body)
    for part in ("content", "envelope"):
        digests = {digest_of(new) if one == digest_of(old) else one for one in body[part]["_sd"]}
        body[part]["_sd"] = sorted(digests)
    text = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    disclosures = tuple(new if one == old else one for one in true.disclosures)
    return Opening(text, true.blinding, disclosures)


def _rewritten(plain: bytes, draw: Random) -> bytes:
    kind = draw.randrange(3)
    if kind == 0:
        return draw.choice(TAMPERINGS)(plain, draw)
    if kind == 1:
        salt, path, claim = json.loads(plain)
        readers = draw.choices((*claim["readers"], *ANY_READERS), k=draw.randrange(4))
        path = draw.choice((path, path, *ANY_PATHS))
        claim = {"readers": draw.choice((readers, sorted(readers))), "value": claim["value"]}
        return encode([salt, path, claim])
    start = plain.index(b'"value":') + len(b'"value":')
    return plain[:start] + draw.choice(WRITINGS) + b"}]"
