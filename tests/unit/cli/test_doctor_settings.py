"""The doctor looks at what a server is told, and at what it is to serve."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.cli.doctor import OLD_DAYS
from answerable.cli.surface import run
from answerable.locale.catalogue import LANGUAGES
from tests.unit.cli.test_doctor import case, seen, told

__all__ = ["case"]


@pytest.fixture
def founded(case: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["register", "publish", "register"], DOORS) == 0
    capsys.readouterr()
    return case


def test_variables_that_are_understood_are_named(
    case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert case
    monkeypatch.delenv("ANSWERABLE_EXTRACTS", raising=False)  # tests/conftest.py
    found = seen(told(capsys, "doctor")[1], "variables")
    assert (found["well"], found["names"]) == (True, "ANSWERABLE_MECHANISM")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nothing_reads_and_what_is_not_allowed_is_told_with_what_is(
    case: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    assert case
    monkeypatch.setenv("ANSWERABLE_REGSTER", "r")
    monkeypatch.setenv("ANSWERABLE_FORMS_MB", "12")
    monkeypatch.setenv("ANSWERABLE_SECURITY_CONTACT", "012 345 678")
    assert run(["doctor", "--lang", language], DOORS) == 1
    said = capsys.readouterr().out
    ill = [line for line in said.splitlines() if line.startswith("!") and "ANSWERABLE_" in line]
    assert len(ill) == 3
    assert "ANSWERABLE_REGISTER" in ill[0]
    assert "+855 12 345 678" in ill[1]
    assert "1024" in ill[2]
    assert "variables" not in [
        one["code"] for one in told(capsys, "doctor")[1]["facts"]["looked_at"]
    ]


@pytest.mark.parametrize(
    ("bind", "well"),
    [
        ("", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("localhost:8000", True),
        ("0.0.0.0:8000", False),
        ("192.0.2.7:8000", False),
        ("ledger.example:8000", False),
    ],
)
def test_a_form_that_is_open_to_other_machines_wants_a_server_in_front(
    case: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    bind: str,
    *,
    well: bool,
) -> None:
    assert case
    monkeypatch.setenv("ANSWERABLE_BIND", bind)
    looked_at = told(capsys, "doctor")[1]["facts"]["looked_at"]
    assert [one for one in looked_at if one["code"] == "front"] == []
    monkeypatch.setenv("ANSWERABLE_FORM", "yes")
    found = seen(told(capsys, "doctor")[1], "front")
    assert (found["well"], found["bind"]) == (well, bind or "127.0.0.1:8000")


def test_a_folder_without_a_register_is_told_before_a_server_fails_by_it(
    case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert case
    monkeypatch.setenv("ANSWERABLE_REGISTER", "m")
    found = seen(told(capsys, "doctor")[1], "register")
    assert (found["well"], found["folder"]) == (False, "m")


def test_a_register_that_nobody_published_for_a_week_is_old(
    founded: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert founded
    monkeypatch.setenv("ANSWERABLE_REGISTER", "register")
    listed = told(capsys, "doctor")[1]
    assert seen(listed, "register")["well"]
    assert "register-old" not in [one["code"] for one in listed["facts"]["looked_at"]]
    late = replace(DOORS.offline(), now_seconds=DOORS.offline().now_seconds + OLD_DAYS * 86400)
    assert run(["doctor"], replace(DOORS, offline=lambda: late)) == 1
    assert f"{OLD_DAYS} days old" in capsys.readouterr().out


def test_where_only_a_register_is_served_only_that_is_looked_at(
    founded: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    assert founded
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.delenv("ANSWERABLE_MECHANISM")
    assert run(["doctor"], DOORS) == 2
    capsys.readouterr()
    monkeypatch.setenv("ANSWERABLE_REGISTER", "../register")
    code, said = told(capsys, "doctor")
    codes: list[Any] = [one["code"] for one in said["facts"]["looked_at"]]
    assert (code, codes) == (0, ["variables", "register", "no-mechanism"])
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "/nowhere")
    assert run(["doctor"], DOORS) == 2


def test_a_second_copy_or_keys_that_are_gone_are_not_called_something_else(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case
    Path("m/head/head").unlink()
    Path("m/keys/signing-keys.json").rename("elsewhere.json")
    listed = told(capsys, "doctor")[1]
    assert not seen(listed, "head-gone")["well"]
    assert not seen(listed, "keys-gone")["well"]
    assert not {"head", "keys"} & {one["code"] for one in listed["facts"]["looked_at"]}


def test_the_contact_is_that_which_security_txt_names(
    founded: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert founded
    assert seen(told(capsys, "doctor")[1], "contact")["contact"] == "security@ledger.example"
    monkeypatch.setenv("ANSWERABLE_SECURITY_CONTACT", "https://other.example/s")
    monkeypatch.setenv("ANSWERABLE_REGISTER", "register")
    listed = told(capsys, "doctor")[1]
    assert seen(listed, "contact")["contact"] == "https://other.example/s"
    assert "contact-unlisted" not in [one["code"] for one in listed["facts"]["looked_at"]]
    settings = Path("m/mechanism.toml")
    settings.write_text(settings.read_text().replace("security@ledger.example", "012 345 678"))
    monkeypatch.delenv("ANSWERABLE_SECURITY_CONTACT")
    assert not seen(told(capsys, "doctor")[1], "contact-unlisted")["well"]


def test_the_room_of_unsent_forms_is_what_the_variable_says(
    case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert case
    assert seen(told(capsys, "doctor")[1], "forms-room")["most_mb"] == 4096
    monkeypatch.setenv("ANSWERABLE_FORMS_MB", "2048")
    assert seen(told(capsys, "doctor")[1], "forms-room")["most_mb"] == 2048


def test_a_restore_says_that_there_is_no_folder_for_keys_before_it_moves_anything(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case
    assert run(["backup", "away"], DOORS) == 0
    (made,) = Path("away/ledger").glob("2*")
    Path("drill").mkdir()
    Path("drill/mechanism.toml").write_bytes((made / "mechanism.toml").read_bytes())
    assert run(["restore", str(made), "--mechanism", "drill"], DOORS) == 70
    assert "drill/keys" in capsys.readouterr().err
    assert [path.name for path in Path("drill").iterdir()] == ["mechanism.toml"]
    Path("drill/keys").mkdir()
    (keys,) = Path("away/case-keys").iterdir()
    typed = ["restore", str(made), "--case-keys", str(keys), "--mechanism", "drill"]
    assert run(typed, DOORS) == 0
    assert run(["case", "list", "--mechanism", "drill"], DOORS) == 0
    assert case in capsys.readouterr().out
