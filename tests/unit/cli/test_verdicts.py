"""What the offline commands answer on every vector, and on what a hostile file can hold."""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from answerable.bootstrap.offline import offline
from answerable.cli.surface import Doors, run
from answerable.core.acts import Commitment, Field
from answerable.core.commitment import base64url
from answerable.core.opening import Opening
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.locale.fingerprint_words import fingerprint_in_words
from tests.support.training_records import UNSIGNED, draft, opening_of, record_of
from tests.support.transcripts import VECTORS, receipt_for

RECEIPTS = json.loads((VECTORS / "receipt" / "index.json").read_text())
OPENINGS = json.loads((VECTORS / "commitment" / "index.json").read_text())
PLAIN = str(VECTORS / "policy" / "plain.tlog-policy")

Answer = Mapping[str, Any]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Answer]:
    """Return the exit code of a command, and its one object."""
    doors = Doors(offline=lambda: replace(offline(), now_seconds=RECEIPTS["now"]))
    code = run([*words, "--json"], doors, {})
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"code", "facts", "message"}
    return code, answer


def cases(index: Mapping[str, Any]) -> list[Any]:
    return [pytest.param(case, id=case["file"]) for case in index["cases"]]


@pytest.mark.parametrize("case", cases(RECEIPTS))
def test_every_receipt_of_the_specification_gets_its_verdict(
    case: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = str(VECTORS / "policy" / case["policy"])
    receipt = str(VECTORS / "receipt" / case["file"])
    code, answer = asked(capsys, "receipt", "verify", receipt, "--policy", policy)
    refused = case.get("refused", {"code": "receipt-valid", "exit": 0})
    assert (code, answer["code"]) == (refused["exit"], refused["code"])
    if "proven" in case:
        facts = answer["facts"]["receipts"][0]["facts"]
        wanted = {key: case["proven"][key] for key in ("origin", "index", "size", "commitment")}
        assert wanted.items() <= facts.items()


@pytest.mark.parametrize("case", cases(OPENINGS))
def test_every_opening_of_the_specification_gets_its_verdict(
    case: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = tmp_path / "XA.tlog-proof"
    receipt.write_bytes(receipt_for(Commitment(bytes.fromhex(case["commitment"]))).encode())
    words = (str(VECTORS / "commitment" / case["file"]), "--receipt", str(receipt))
    code, answer = asked(capsys, "opening", "verify", *words, "--policy", PLAIN)
    refused = case.get("refused", {"code": "opening-valid", "exit": 0})
    assert (code, answer["code"]) == (refused["exit"], refused["code"])
    if "opened" in case:
        shown = {item["path"]: item["value"] for item in answer["facts"]["envelope"]}
        assert shown == case["opened"]["envelope"]
        assert answer["facts"]["undisclosed"] == case["opened"]["undisclosed"]


@pytest.mark.parametrize("case", cases(RECEIPTS))
def test_a_policy_that_nobody_named_decides_nothing(
    case: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "policy").write_bytes((VECTORS / "policy" / case["policy"]).read_bytes())
    receipt = tmp_path / "XA.tlog-proof"
    receipt.write_bytes((VECTORS / "receipt" / case["file"]).read_bytes())
    code, _ = asked(capsys, "receipt", "verify", str(receipt))
    assert code == (2 if case["file"].startswith("malformed") else 3)


def keep(folder: Path, opening: Opening) -> tuple[str, str]:
    """Put an opening and its receipt into a folder, and return their names."""
    (folder / "XA.opening.json").write_bytes(opening.encoded())
    (folder / "XA.tlog-proof").write_bytes(receipt_for(opening.commitment).encode())
    return str(folder / "XA.opening.json"), str(folder / "XA.tlog-proof")


def text_of(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    doors = Doors(offline=lambda: replace(offline(), now_seconds=RECEIPTS["now"]))
    return run(list(words), doors, {}), capsys.readouterr().out


def test_no_value_of_a_field_can_pass_for_words_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = "harmless\nProves:\n- everything\r\x1b[2J\u202egnihtyreve"
    fields = (Field("allegations/1/what", hostile, ("secretariat",)),)
    opening, receipt = keep(tmp_path, opening_of(record_of(replace(draft(), fields=fields))))
    code, text = text_of(
        capsys, "opening", "verify", opening, "--receipt", receipt, "--policy", PLAIN
    )
    assert code == 0
    assert "    | - everything<U+000D><U+001B>[2J<U+202E>gnihtyreve" in text.splitlines()
    assert text.splitlines().count("Proves:") == 1
    assert not set(text) & set("\r\x1b\u202e")


def exhibit_opening(content: bytes, readers: tuple[str, ...] = ("secretariat",)) -> Opening:
    salt = bytes(range(32))
    digest = sha256(b"answerable/exhibit/v1\x00" + salt + content).hexdigest()
    value = Field("exhibits/1/digest", {"salt": base64url(salt), "sha256": digest}, readers)
    return opening_of(record_of(replace(draft(), fields=(value,))))


def test_a_photo_is_known_again_by_its_digest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opening, receipt = keep(tmp_path, exhibit_opening(b"a photo"))
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a photo")
    words = ("opening", "verify", opening, "--receipt", receipt, "--policy", PLAIN)
    code, answer = asked(capsys, *words, "--exhibit", str(photo))
    assert (code, answer["facts"]["exhibits"]) == (0, {str(photo): "exhibits/1/digest"})
    photo.write_bytes(b"a photo, saved again")
    code, answer = asked(capsys, *words, "--exhibit", str(photo))
    assert (code, answer["code"]) == (1, "exhibit-differs")
    code, answer = asked(capsys, *words, "--exhibit", str(tmp_path / "none.jpg"))
    assert (code, answer["code"]) == (2, "cannot-read")


def test_a_disclosure_handed_over_apart_shows_its_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = opening_of(UNSIGNED)
    opening, receipt = keep(tmp_path, whole.with_paths(["docket"]))
    (act,) = whole.with_paths(["act"]).disclosures
    words = ("receipt", "verify", receipt, "--opening", opening, "--policy", PLAIN)
    _, answer = asked(capsys, *words)
    assert answer["facts"]["receipts"][0]["facts"]["act"] is None
    _, answer = asked(capsys, *words, "--disclosure", act.decode())
    assert answer["facts"]["receipts"][0]["facts"]["act"] == "submitted"
    code, answer = asked(capsys, *words, "--disclosure", "nonsense")
    assert (code, answer["code"]) == (2, "opening-malformed")


def test_an_act_is_numbered_only_where_its_sequence_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = opening_of(record_of(draft(), sequence=3))
    for paths, number in (
        (["act", "docket"], None),
        (["act", "docket", "sequence"], "XA-2026-0061-7/3"),
    ):
        opening, receipt = keep(tmp_path, whole.with_paths(paths))
        words = ("receipt", "verify", receipt, "--opening", opening, "--policy", PLAIN)
        _, answer = asked(capsys, *words)
        facts = answer["facts"]["receipts"][0]["facts"]
        assert (facts["docket"], facts["number"]) == ("XA-2026-0061-7", number)


def test_a_narrower_opening_is_for_its_owner_only_and_goes_to_a_stream_too(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    opening, _ = keep(tmp_path, opening_of(UNSIGNED))
    out = tmp_path / "public.opening.json"
    doors = Doors(offline=offline)
    words = ["opening", "disclose", opening, "--reader", "public", "-o"]
    assert run([*words, str(out)], doors, {}) == 0
    assert out.stat().st_mode & 0o077 == 0
    capsysbinary.readouterr()
    assert run([*words, "-"], doors, {}) == 0
    streamed = capsysbinary.readouterr()
    assert streamed.out == out.read_bytes() == opening_of(UNSIGNED).for_reader("public").encoded()
    assert b"Left out" in streamed.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_that_holds_is_said_in_words_to_be_compared_by_telephone(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commitment, receipt = Commitment(bytes(range(32))), tmp_path / "a.tlog-proof"
    receipt.write_bytes(receipt_for(commitment).encode())
    words = ["receipt", "verify", str(receipt), "--policy", PLAIN, "--lang", language]
    assert run(words, Doors(offline=offline), {}) == 0
    said = capsys.readouterr().out.rstrip("\n").split("\n")
    aloud = [one.text for one in fingerprint_in_words(Catalogue(language), commitment)]
    assert said[-3:] == [Catalogue(language).say("receipt.aloud"), *(f"  {one}" for one in aloud)]
