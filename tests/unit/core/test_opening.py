"""Openings: what each file of the vectors shows, and what each other is refused for."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from answerable.core.errors import AnswerableError, Malformed
from answerable.core.opening import LIMIT, Opening, OpeningMalformed, parse_opening
from tests.support.record_vectors import SPECS, vectors, with_examples
from tests.support.training_records import EXPERT, SIGNED, UNSIGNED, judged, kept, opening_of

VECTORS = Path(__file__).parents[3] / "docs" / "specs" / "vectors" / "commitment"
INDEX = json.loads((VECTORS / "index.json").read_text())
OPENED = [case for case in INDEX["cases"] if "opened" in case]
REFUSED = [case for case in INDEX["cases"] if "refused" in case]
FULL = opening_of(UNSIGNED)


def name(case: dict[str, Any]) -> str:
    return str(case["file"]).removesuffix(".opening.json")


@pytest.mark.parametrize("case", OPENED, ids=name)
def test_an_opening_shows_what_the_vectors_say(case: dict[str, Any]) -> None:
    found = judged((VECTORS / case["file"]).read_bytes(), bytes.fromhex(case["commitment"]))
    wanted, opened = case["opened"], found.opened
    assert {item.path: item.value for item in opened.envelope} == wanted["envelope"]
    assert {
        item.path: {"readers": list(item.readers), "value": item.value} for item in opened.content
    } == wanted["content"]
    assert opened.undisclosed == wanted["undisclosed"]
    assert opened.discloses("signature") == wanted["signature_shown"]
    assert (found.signed_by.hex() if found.signed_by else None) == wanted["signed_by"]


@pytest.mark.parametrize("case", REFUSED, ids=name)
def test_an_altered_opening_is_refused_for_what_was_altered(case: dict[str, Any]) -> None:
    octets = (VECTORS / case["file"]).read_bytes()
    with pytest.raises(AnswerableError) as refused:
        judged(octets, bytes.fromhex(case["commitment"]), INDEX["origin"])
    assert refused.value.code == case["refused"]["code"]
    assert refused.value.facts.get("reason") == case["refused"].get("reason")
    assert isinstance(refused.value, Malformed) == (case["refused"]["exit"] == 2)


def test_the_vectors_and_the_examples_are_as_the_code_makes_them() -> None:
    made = vectors()
    folders = [SPECS / "vectors" / folder for folder in ("commitment", "act")]
    there = {f"{f.name}/{file.name}": file.read_bytes() for f in folders for file in f.iterdir()}
    assert there == made
    for page in ("commitment.md", "act.md"):
        text = (SPECS / page).read_text()
        assert "<!-- made: " in text
        assert with_examples(text) == text


def test_every_reason_of_the_specification_has_a_vector() -> None:
    page = (SPECS / "commitment.md").read_text().partition("## What a reader must refuse")[2]
    named = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
    answers = [case["refused"] for case in REFUSED]
    shown = {answer.get("reason", answer["code"]) for answer in answers}
    assert named - shown == {"too-long"}  # its file would be 32 MiB; the next tests make it


def test_a_file_beyond_the_limit_is_not_even_parsed() -> None:
    with pytest.raises(OpeningMalformed) as refused:
        parse_opening(b"[" * (LIMIT + 1))
    assert refused.value.facts["reason"] == "too-long"


def test_a_disclosure_beyond_the_limit_is_not_even_decoded() -> None:
    long = Opening(FULL.body, FULL.blinding, (b"A" * (4 * 1024 * 1024 + 4),))
    with pytest.raises(OpeningMalformed) as refused:
        parse_opening(long.encoded())
    assert refused.value.facts["reason"] == "too-long"


@pytest.mark.parametrize(
    "part",
    [b"[],", b"{},", b"0,", b'"",', b"[" * 400 + b"]" * 400 + b","],
    ids=["lists", "objects", "numbers", "texts", "nests"],
)
def test_a_hostile_file_takes_no_more_memory_than_a_few_times_its_length(part: bytes) -> None:
    octets = b"[" + part * (4 * 1024 * 1024 // len(part)) + b"0]"
    tracemalloc.start()
    with pytest.raises(OpeningMalformed):
        parse_opening(octets)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * len(octets)


def test_an_opening_for_the_monitor_shows_its_fields_and_those_of_the_public() -> None:
    opened = FULL.for_reader("monitor").opened()
    assert [item.path for item in opened.content] == [
        "allegations/1/what",
        "allegations/1/kind",
        "consent/published",
    ]
    assert len(opened.envelope) == 11


@pytest.mark.parametrize("reader", ["public", "Monitor", "police", "", "parties"])
def test_who_holds_no_seat_is_shown_what_the_public_is_and_no_envelope(reader: str) -> None:
    opened = FULL.for_reader(reader).opened()
    assert [item.path for item in opened.content] == ["allegations/1/kind"]
    assert opened.envelope == ()


def test_a_named_key_reads_its_field_and_what_is_public() -> None:
    opened = FULL.for_reader(EXPERT).opened()
    assert [item.path for item in opened.content] == ["allegations/1/what", "allegations/1/kind"]
    assert opened.envelope == ()


def test_not_disclosed_and_null_are_told_apart() -> None:
    shown = FULL.with_paths(["signature"]).opened()
    assert (shown.discloses("signature"), shown.shown("signature")) == (True, None)
    hidden = FULL.with_paths(["act"]).opened()
    assert (hidden.discloses("signature"), hidden.shown("signature")) == (False, None)


def test_what_is_kept_after_erasure_makes_an_opening_of_the_envelope() -> None:
    after = kept(SIGNED)
    opening = Opening(after.body(), after.blinding, tuple(after.disclosures()))
    found = judged(opening.encoded(), SIGNED.commitment)
    assert found.opened.shown("docket") == "XA-2026-0061-7"
    assert found.signed_by is not None
