"""``answerable submission open``: a locked copy becomes a submission; its key stands nowhere."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from answerable.bootstrap.offline import offline
from answerable.casework.form_copies import FormCopies
from answerable.cli.surface import Doors, run
from answerable.core.copy_key import copy_key, typed_copy_key
from answerable.keys.cipher import Aes256Gcm
from answerable.web.form.copies import FORMAT

VECTOR = json.loads(
    (Path(__file__).parents[3] / "docs/specs/vectors/form-copy/two-parts.json").read_text()
)


def opened(folder: Path, data: bytes, key: str, *more: str) -> tuple[int, Path]:
    copy, typed, output = folder / "save.dat", folder / "key", folder / "report.json"
    copy.write_bytes(data)
    typed.write_text(key)
    words = ["submission", "open", str(copy), "-o", str(output), "--copy-key-from", str(typed)]
    return run([*words, *more], Doors(offline=offline), {}), output


def test_the_vector_becomes_a_submission_that_can_be_lodged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, output = opened(tmp_path, b64decode(VECTOR["file"]), VECTOR["key"])
    assert ended == 0
    assert VECTOR["key"] not in capsys.readouterr().out
    assert output.stat().st_mode & 0o077 == 0
    said = json.loads(output.read_text())
    assert [one["what"] for one in said["allegations"]] == [
        "គេបានចាក់សោទ្វារ។",
        "Then they took the files.",
    ]
    assert said["allegations"][0]["place"]["province"]["code"] == "KH-2"
    assert said["readers"] == ["complainant", "secretariat"]
    assert run(["submission", "check", str(output)], Doors(offline=offline), {}) == 0


def test_where_no_readers_were_chosen_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = {"format": FORMAT, "answers": {"allegations/1/what": ["a"], "exhibits/1/file": ["b"]}}
    key = typed_copy_key(VECTOR["key"])
    copies = FormCopies(Aes256Gcm(), bytes)
    data = copies.sealed(key, json.dumps(plain).encode())
    ended, output = opened(tmp_path, data, VECTOR["key"], "--json")
    assert (ended, json.loads(capsys.readouterr().out)["facts"]["readers_chosen"]) == (0, False)
    said = json.loads(output.read_text())
    assert said == {"format": said["format"], "allegations": [{"what": "a"}]}


@pytest.mark.parametrize(
    ("data", "key", "code", "exit_code"),
    [
        (b"no copy", VECTOR["key"], "no-form-copy", 2),
        (b64decode(VECTOR["file"]), " ".join(copy_key(bytes(32)).groups), "copy-stays-shut", 1),
        (b64decode(VECTOR["file"]), "0004 0001", "copy-key-unreadable", 2),
    ],
)
def test_what_does_not_open_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, key: str, code: str,
    exit_code: int,
) -> None:  # fmt: skip
    ended, output = opened(tmp_path, data, key, "--json")
    told = capsys.readouterr()
    assert ended == exit_code
    assert code in told.out + told.err
    assert not output.exists()


def test_where_nobody_can_be_asked_the_key_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "save.dat"
    copy.write_bytes(b64decode(VECTOR["file"]))
    words = ["submission", "open", str(copy), "-o", str(tmp_path / "out"), "--json"]
    assert run(words, Doors(offline=offline), {}) == 2
    assert "copy-key" in capsys.readouterr().out
    twice = ["submission", "open", "-", "-o", str(tmp_path / "out"), "--copy-key-from", "-"]
    assert run(twice, Doors(offline=offline), {}) == 2
