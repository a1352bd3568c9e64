"""From a secret to salts, disclosures, digests and a commitment, as the specification says."""

import json
from base64 import urlsafe_b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from answerable.core.acts import PARTIES, Field, Json
from answerable.core.commitment import (
    BUCKET,
    LONGEST_FIELD,
    UnusableField,
    body_of,
    commitment_to,
    content_of,
    content_statement,
    extract,
    plain_disclosure,
)
from answerable.core.disclosure import disclosures_in, field_of
from tests.support.training_ledger import ORIGIN
from tests.support.training_records import FIELDS, secret

VECTORS = Path(__file__).parents[3] / "docs" / "specs" / "vectors" / "commitment"
RECORDS = json.loads((VECTORS / "records.json").read_text())
KEY = extract(secret("1"))
READERS = ("secretariat",)


def fields_of(record: dict[str, Any]) -> list[Field]:
    return [Field(f["path"], f["value"], tuple(f["readers"])) for f in record["content"]]


def nested(depth: int) -> Json:
    value: Json = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["name"])
def test_a_secret_and_fields_give_the_digests_of_the_vectors(record: dict[str, Any]) -> None:
    content = content_of(fields_of(record), extract(bytes.fromhex(record["record_secret"])))
    expected = [shown["digest"] for shown in (*record["content"], *record["decoys"])]
    assert content.digests == tuple(sorted(expected))
    listed = [shown["disclosure"].encode() for shown in record["content"]]
    assert disclosures_in(content.plain) == tuple(listed)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["name"])
def test_two_lists_and_a_blinding_give_the_commitment_of_the_vectors(
    record: dict[str, Any],
) -> None:
    content = sorted(shown["digest"] for shown in (*record["content"], *record["decoys"]))
    envelope = sorted(shown["digest"] for shown in record["envelope"])
    body = body_of(content, envelope)
    assert body.decode() == record["body"]
    assert commitment_to(body, bytes.fromhex(record["blinding"])).hex() == record["commitment"]
    assert content_statement(ORIGIN, content).decode() == record["content_statement"]


def test_the_commitment_is_one_hash_over_label_blinding_and_the_bodys_hash() -> None:
    body, blinding = b"{}", bytes(range(32))
    by_hand = sha256(b"answerable/commit/v1\0" + blinding + sha256(body).digest()).digest()
    assert commitment_to(body, blinding) == by_hand


@pytest.mark.parametrize("filled", [0, 1, 7, 8, 9, 16])
def test_a_list_is_filled_with_decoys_to_a_multiple_of_eight_and_holds_one_at_least(
    filled: int,
) -> None:
    fields = [Field(f"path-{number}", number, READERS) for number in range(filled)]
    digests = content_of(fields, KEY).digests
    assert len(digests) % BUCKET == 0
    assert 1 <= len(digests) - filled <= BUCKET
    assert all(len(urlsafe_b64decode(digest + "=")) == 32 for digest in digests)


def test_the_order_of_fields_does_not_show_in_the_digests() -> None:
    assert content_of(FIELDS, KEY).digests == content_of(FIELDS[::-1], KEY).digests


def test_readers_are_written_once_each_and_in_one_order() -> None:
    key = f"key:{'0' * 64}"
    chosen = ("public", key, "monitor", "member", "monitor", "secretariat", "complainant")
    item = field_of(disclosures_in(content_of([Field("a", 1, chosen)], KEY).plain)[0])
    assert item.readers == ("complainant", "secretariat", "member", "monitor", "public", key)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (Field("", "x", READERS), "path"),
        (Field("a//b", "x", READERS), "path"),
        (Field("/a", "x", READERS), "path"),
        (Field("A", "x", READERS), "path"),
        (Field("a\n", "x", READERS), "path"),
        (Field("ឈ្មោះ", "x", READERS), "path"),
        (Field("a" * 201, "x", READERS), "path"),
        (Field("act", "x", READERS), "path"),
        (Field("act", "x", PARTIES), "path"),
        (Field("a", "x", ()), "readers"),
        (Field("a", "x", PARTIES), "readers"),
        (Field("a", "x", ("police",)), "readers"),
        (Field("a", "x", ("public", "key:0")), "readers"),
        (Field("a", "\ud800", READERS), "lone-surrogate"),
        (Field("a", ["\ud800"], READERS), "lone-surrogate"),
        (Field("a", 2**53, READERS), "integer-too-large"),
        (Field("a", 0.5, READERS), "float"),  # type: ignore[arg-type]  # what a caller may do
        (Field("a", nested(30), READERS), "too-deep"),
        (Field("a", "x" * LONGEST_FIELD, READERS), "too-long"),
    ],
    ids=lambda given: f"{given.path!a:.20}" if isinstance(given, Field) else given,
)
def test_a_field_that_no_reader_would_take_is_not_written(item: Field, reason: str) -> None:
    with pytest.raises(UnusableField) as refused:
        content_of([item], KEY)
    assert refused.value.facts == {"field": item.path, "reason": reason}


def test_two_fields_of_one_path_would_share_a_salt_and_are_refused() -> None:
    with pytest.raises(UnusableField) as refused:
        content_of([Field("a", 1, READERS), Field("b", 1, READERS), Field("a", 2, READERS)], KEY)
    assert refused.value.facts == {"field": "a", "reason": "path-twice"}


def test_the_deepest_and_the_longest_value_come_back() -> None:
    frame = len(plain_disclosure(KEY, Field("b", "", READERS)))
    fields = [Field("a", nested(29), READERS), Field("b", "x" * (LONGEST_FIELD - frame), READERS)]
    shown = disclosures_in(content_of(fields, KEY).plain)
    assert [field_of(disclosure) for disclosure in shown] == fields
