"""The response on paper: printed as it was cleared, signed, sent, and back from Word."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from answerable.__main__ import DOORS
from answerable.cli.surface import run
from tests.support.certificates import self_made
from tests.support.pdf_signatures import signatures_of
from tests.support.returned_files import edited

Captured = pytest.CaptureFixture[str]
Said = Callable[..., tuple[int, Mapping[str, Any]]]

REQUEST = """\
format: answerable/request/v1
subject: What is asked (training)
language: en
points:
- How many offices were sealed?
- Who decided on each?
"""


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Said:
    """Return what runs a command on a mechanism with one proceeding, and what it answers."""
    monkeypatch.chdir(tmp_path)
    settings = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", "m", *settings], DOORS) == 0
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")

    def does(*words: str) -> tuple[int, Mapping[str, Any]]:
        capsys.readouterr()
        code = run([*words, "--json"], DOORS)
        out = capsys.readouterr()
        told = json.loads(out.out)
        return code, {"code": told["code"], **told.get("facts", {})}

    for party, seat in (("Affairs", "secretariat"), ("Roads", "member"), ("Union", "monitor")):
        assert run(["party", "add", party], DOORS) == 0
        assert run(["seat", "grant", party, seat], DOORS) == 0
    Path("request.yaml").write_text(REQUEST)
    rules = ("--procedure", "un-special-procedures", "--received-on", "2026-11-02")
    code, told = does("proceeding", "open", "request.yaml", *AS, "--monitor", "Union", *rules)
    assert code == 0, told
    number = str(told["number"])

    def of_it(verb: str, *words: str) -> tuple[int, Mapping[str, Any]]:
        return does("proceeding", verb, number, *words)

    assert of_it("assign", *AS, "--party", "Roads", "--role", "lead", "--point", "1")[0] == 0
    text = ("--text", "Four offices were sealed.", "--laws", "Law on Roads, article 3")
    assert of_it("contribute", "--as", "Roads", "--point", "1", *text)[0] == 0
    return of_it


AS = ("--as", "Affairs")
CLEAR = ("clear", *AS, "--signatories", "The Minister", "--despite-gaps", "It is due.")


def attached(name: str) -> dict[str, bytes]:
    files = PdfReader(BytesIO(Path(name).read_bytes())).attachments
    return {name: bytes(contents[0]) for name, contents in files.items()}


def test_what_is_not_cleared_is_printed_and_says_so(said: Said) -> None:
    assert said("print", "-o", "draft.pdf")[0] == 0
    assert "clearance-receipt.txt" not in attached("draft.pdf")
    first = PdfReader("draft.pdf").pages[0].extract_text().casefold()
    assert "not cleared" in first


def test_what_was_cleared_is_printed_as_it_was_however_late(said: Said) -> None:
    code, cleared = said(*CLEAR)
    assert code == 0, cleared
    assert said("print", "-o", "once.pdf")[0] == 0
    # What comes later is kept as late, and is in no paper of what was cleared before.
    assert said("assign", *AS, "--party", "Roads", "--role", "lead", "--point", "2")[0] == 0
    assert said("contribute", "--as", "Roads", "--point", "2", "--nothing", "yes")[0] == 0
    assert said("print", "-o", "again.pdf")[0] == 0
    assert Path("again.pdf").read_bytes() == Path("once.pdf").read_bytes()
    data = json.loads(attached("once.pdf")["response.json"])
    assert [len(point["replies"]) for point in data["points"]] == [1, 0]
    assert data["training"] is True
    assert Path("m").exists()


def test_the_fingerprint_of_the_clearance_is_that_of_the_attached_data(said: Said) -> None:
    _, cleared = said(*CLEAR)
    said("print", "-o", "cleared.pdf")
    files = attached("cleared.pdf")
    assert sha256(files["response.json"]).hexdigest() == cleared["sha256"]
    assert b"tlog-proof" in files["clearance-receipt.txt"]


def test_a_pdf_is_signed_with_a_certificate_and_its_key(said: Said) -> None:
    certificate = self_made()
    Path("c.pem").write_bytes(certificate.certificates)
    Path("k.pem").write_bytes(certificate.key)
    said(*CLEAR)
    code, told = said("print", "-o", "x.pdf", "--certificate", "c.pem")
    assert (code, told["code"]) == (2, "wrong-usage")
    both = ("--certificate", "c.pem", "--certificate-key", "k.pem")
    assert said("print", "-o", "signed.pdf", *both)[0] == 0
    signed = Path("signed.pdf").read_bytes()
    (signature,) = signatures_of(signed, trusted=certificate.certificates)
    assert signature.is_valid


def test_a_slip_is_of_a_sending(said: Said) -> None:
    assert said("slip", "-o", "slip.pdf")[1]["code"] == "nothing-sent"
    said(*CLEAR)
    said("print", "-o", "cleared.pdf")
    sending = ("--addressee", "Geneva", "--channel", "post", "--file", "cleared.pdf")
    code, sent = said("send", *AS, *sending)
    assert code == 0, sent
    assert said("slip", "-o", "slip.pdf")[0] == 0
    text = "".join(page.extract_text() for page in PdfReader("slip.pdf").pages)
    assert sent["sha256"][:8] in text


KEY = ("--request-key", "5f0c1f1e-3a55-4f0e-9a57-6d0f2f6a0c11")
SENDING = ("send", *AS, "--addressee", "Geneva", "--channel", "post", "--file")


def test_a_response_is_sent_with_the_data_that_were_cleared_signed_or_not(said: Said) -> None:
    certificate = self_made()
    Path("c.pem").write_bytes(certificate.certificates)
    Path("k.pem").write_bytes(certificate.key)
    _, cleared = said(*CLEAR)
    both = ("--certificate", "c.pem", "--certificate-key", "k.pem")
    assert said("print", "-o", "signed.pdf", *both)[0] == 0
    code, sent = said(*SENDING, "signed.pdf")
    assert (code, sent["data"]) == (0, cleared["sha256"])


def test_a_paper_of_other_data_than_were_cleared_is_not_sent(said: Said) -> None:
    said("print", "-o", "draft.pdf")
    said("assign", *AS, "--party", "Roads", "--role", "lead", "--point", "2")
    said(*CLEAR)
    code, told = said(*SENDING, "draft.pdf")
    assert (code, told["code"]) == (1, "sent-another")
    # Nothing was sent, so what was cleared still can be.
    said("print", "-o", "cleared.pdf")
    assert said(*SENDING, "cleared.pdf")[0] == 0


def test_of_a_file_that_carries_none_of_our_data_it_is_told_that_nothing_was_compared(
    said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    said(*CLEAR)
    Path("scan.pdf").write_bytes(b"%PDF-1.7 a scan, and not even whole")
    code, sent = said(*SENDING, "scan.pdf", *KEY)
    assert (code, sent["data"]) == (0, None)
    number = str(sent["number"]).partition("/")[0]
    assert run(["proceeding", SENDING[0], number, *SENDING[1:], "scan.pdf", *KEY], DOORS) == 0
    assert "was not compared" in capsys.readouterr().out


def test_what_comes_back_from_word_is_compared_and_takes_nothing_over(said: Said) -> None:
    assert said("word", "-o", "r.docx")[0] == 0
    code, told = said("compare", "r.docx")
    assert (code, told["differences"]) == (0, [])
    changed = edited(
        Path("r.docx").read_bytes(),
        lambda text: text.replace("Four offices were sealed.", "4 offices were sealed in all."),
    )
    Path("back.docx").write_bytes(changed)
    code, told = said("compare", "back.docx")
    assert code == 1
    assert {one["what"] for one in told["differences"]} == {"edited", "number-changed"}
    assert {(one["point"], one["body"]) for one in told["differences"]} == {(1, "Roads")}
    assert said("compare", "r.docx")[1]["differences"] == []


def test_a_file_that_is_no_word_file_gets_a_sentence(said: Said) -> None:
    Path("x.docx").write_bytes(b"PK\x03\x04 and nothing")
    code, told = said("compare", "x.docx")
    assert code == 2
    assert told["code"]


def test_an_act_is_asked_for_again_with_its_key_and_is_done_once(said: Said) -> None:
    _, first = said(*CLEAR, *KEY)
    code, again = said(*CLEAR, *KEY)
    assert (code, again["again"]) == (0, True)
    assert (again["number"], again["sha256"]) == (first["number"], first["sha256"])
    code, other = said("read", "--as", "Roads", *KEY)
    assert (code, other["code"]) == (1, "act-differs-from-done")


def test_with_the_key_of_a_sending_no_other_file_is_sent(said: Said) -> None:
    said(*CLEAR)
    Path("one.pdf").write_text("one")
    Path("other.pdf").write_text("other")
    sending = ("send", *AS, "--addressee", "Geneva", "--channel", "post", *KEY, "--file")
    assert said(*sending, "one.pdf")[0] == 0
    assert said(*sending, "one.pdf")[1]["again"] is True
    assert said(*sending, "other.pdf")[1]["code"] == "act-differs-from-done"


def test_a_request_is_recorded_once_with_its_key(
    said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said("board")[0] == 0
    rules = ("--procedure", "un-special-procedures", "--received-on", "2026-11-02")
    opening = ("proceeding", "open", "request.yaml", *AS, "--monitor", "Union", *rules)
    numbers = []
    for _ in range(2):
        assert run([*opening, *KEY, "--json"], DOORS) == 0
        numbers.append(json.loads(capsys.readouterr().out)["facts"]["number"])
    assert numbers[0] == numbers[1]
    Path("request.yaml").write_text(REQUEST.replace("each", "it"))
    assert run([*opening, *KEY, "--json"], DOORS) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "act-differs-from-done"
