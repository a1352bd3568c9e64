"""Reading a case once more, of which every octet was checked before: nothing is proven again.

Whoever checked the register opened this very file (verifying.py, ``Seen``), and whoever reads it
here has held its digest against the one of then. Half of what a page takes was to open each
disclosure anew. Any other file is read by shown.py, and what that reads, this reads alike.
"""

import json
from binascii import a2b_base64
from collections.abc import Mapping, Sequence
from typing import Any

from answerable.core.acts import Json
from answerable.core.commitment import ENVELOPE_PATHS, body_of, commitment_to
from answerable.core.register.pages import envelope_of
from answerable.core.register.shown import ShownAct, ShownCase, case_of_acts

_FROM_URL = bytes.maketrans(b"-_", b"+/")


def case_again(checked: bytes, name: str) -> ShownCase:
    """Return the case of a file that was checked, and has not changed since."""
    value = json.loads(checked.decode())
    return case_of_acts(str(value.get("number")), acts_again(value), name)


def acts_again(checked: Mapping[str, Any]) -> Sequence[ShownAct]:
    """Return the acts of what such a file holds, as ``shown_acts`` does."""
    return [_act(one) for one in checked["acts"]]


def _act(opening: Mapping[str, Any]) -> ShownAct:
    envelope: dict[str, Json] = {}
    said: dict[str, Json] = {}
    plain = b",".join(map(_octets, opening["disclosures"]))
    for _, path, shown in json.loads(b"[%b]" % plain):
        (envelope if path in ENVELOPE_PATHS else said)[path] = shown["value"]
    body = opening["body"]
    octets = body_of(body["content"]["_sd"], body["envelope"]["_sd"])
    commitment = commitment_to(octets, _octets(opening["blinding"]))
    return ShownAct(envelope_of(envelope), said, commitment)


def _octets(text: str) -> bytes:
    # What is too much of the padding is passed over.
    return a2b_base64(text.encode().translate(_FROM_URL) + b"==")
