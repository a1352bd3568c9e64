"""A mechanism pads as it is founded: ledger, register, copies and successor hold."""

import json
import shutil
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.bootstrap import serving
from answerable.bootstrap.application import application
from answerable.bootstrap.upkeep import StoredUpkeep
from answerable.cli.surface import run
from answerable.variables import FORM, MECHANISM, REGISTER

Captured = pytest.CaptureFixture[str]
NAMED = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")


def told(capsys: Captured, *words: str, ends: int = 0) -> Mapping[str, Any]:
    assert run([*words, "--json"], DOORS) == ends
    value: Mapping[str, Any] = json.loads(capsys.readouterr().out)["facts"]
    return value


def lodge(name: str, level: int = 2) -> Path:
    """Lodge a report, and return the file of its receipt."""
    text = f"allegations:\n- what: The office {name} was closed.\nlevel: {level}\n"
    Path(name).write_text(text)
    assert run(["submission", "lodge", name], DOORS) == 0
    (receipt,) = Path(f"{name}.receipts").glob("*.tlog-proof")
    return receipt


@pytest.fixture
def m(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    """A mechanism with nothing said of padding, and twelve reports, some of them protected."""
    monkeypatch.chdir(tmp_path)
    assert run(["init", "m", *NAMED], DOORS) == 0
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    for number in range(12):
        lodge(f"report-{number}", 3 if number % 3 == 0 else 2)
    capsys.readouterr()
    return Path("m")


def counts(capsys: Captured) -> Mapping[str, int]:
    verified: Mapping[str, Any] = told(capsys, "ledger", "verify", "--acts")
    assert verified["findings"] == []
    looked_at: Mapping[str, int] = verified["looked_at"]
    return looked_at


def padding_since(before: set[threading.Thread]) -> list[threading.Thread]:
    """Tell the threads that pad and were not there: other tests' servers pad in this process."""
    new = set(threading.enumerate()) - before
    return [thread for thread in new if thread.name == "answerable-padding"]


def test_it_holds_and_every_receipt_verifies(m: Path, capsys: Captured) -> None:
    looked_at = counts(capsys)
    # None in 26 draws, each of which gives nothing half of the time, would be a broken draw.
    assert looked_at["padding"] > 0
    assert looked_at["entries"] == looked_at["acts"] + looked_at["padding"]
    assert run(["ledger", "publish"], DOORS) == 0
    for receipt in Path().glob("*.receipts/*.tlog-proof"):
        policy = ("--policy", str(m / "public" / "policy"))
        assert run(["receipt", "verify", str(receipt), *policy], DOORS) == 0


def test_its_register_holds_and_counts_what_no_act_explains(m: Path, capsys: Captured) -> None:
    assert m.is_dir()
    looked_at = counts(capsys)
    assert run(["register", "publish", "register"], DOORS) == 0
    policy = ("--policy", "register/ledger/policy")
    assert run(["register", "verify", "register", *policy], DOORS) == 0
    capsys.readouterr()
    accounts = json.loads(Path("register/accounts.json").read_text())
    (week,) = accounts["weeks"]
    assert week["entries"] == looked_at["entries"]
    assert (week["protected"], week["padding"]) == (None, None)
    assert accounts["silhouettes"] == []


def test_it_is_rebuilt_copied_and_put_back_with_its_padding(m: Path, capsys: Captured) -> None:
    before = counts(capsys)
    assert run(["rebuild"], DOORS) == 0
    assert run(["backup", "away"], DOORS) == 0
    (copy,) = Path("away/ledger").glob("20*")
    for part in m.glob("ledger.sqlite3*"):
        part.unlink()
    assert run(["restore", str(copy)], DOORS) == 0
    capsys.readouterr()
    assert counts(capsys) == before
    lodge("after")
    capsys.readouterr()
    assert counts(capsys)["acts"] == before["acts"] + 1


def test_a_successor_begins_with_its_act_and_pads(m: Path, capsys: Captured) -> None:
    for part in ("ledger.sqlite3", "ledger.sqlite3-wal"):
        if (m / part).exists():
            shutil.copy(m / part, f"old-{part}")
    lodge("lost")
    for part in ("ledger.sqlite3", "ledger.sqlite3-wal", "ledger.sqlite3-shm"):
        (m / part).unlink(missing_ok=True)
        if Path(f"old-{part}").exists():
            shutil.copy(f"old-{part}", m / part)
    capsys.readouterr()
    assert run(["restore", "--successor", "training.example/xa/2"], DOORS) == 0
    capsys.readouterr()
    padded = counts(capsys)["padding"]
    for number in range(12):
        lodge(f"later-{number}")
    capsys.readouterr()
    assert counts(capsys)["padding"] > padded
    assert counts(capsys)["ledgers"] == 2


def test_padding_can_be_switched_off(m: Path, capsys: Captured) -> None:
    padded = counts(capsys)["padding"]
    settings = m / "mechanism.toml"
    settings.write_text(settings.read_text().replace("_day = 24", "_day = 0"))
    for number in range(6):
        lodge(f"bare-{number}")
    capsys.readouterr()
    assert counts(capsys)["padding"] == padded
    opened = application("m")
    before = set(threading.enumerate())
    opened.upkeep.keep_padding()
    assert padding_since(before) == []
    opened.close()


def test_a_process_that_is_to_pad_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    # Once a second on average: that nothing comes in a minute has odds of one in 10^26.
    assert run(["init", "m", *NAMED, "--padding-per-day", "86400"], DOORS) == 0
    opened = application("m")
    before, _ = opened.upkeep.publish()
    threads = set(threading.enumerate())
    end = opened.upkeep.keep_padding()
    until = time.monotonic() + 60
    while (size := opened.upkeep.publish()[0]) == before and time.monotonic() < until:
        time.sleep(0.1)
    assert size > before
    (thread,) = padding_since(threads)
    end()
    thread.join(10)
    assert not thread.is_alive()
    opened.close()
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    capsys.readouterr()
    assert counts(capsys)["acts"] == 1


def test_whoever_publishes_again_and_again_and_whoever_serves_the_form_pads(
    m: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(StoredUpkeep, "keep_padding", lambda _: asked.append("pads"))

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    assert run(["ledger", "publish"], DOORS) == 0
    assert asked == []
    with monkeypatch.context() as asleep:
        asleep.setattr("answerable.cli.ledger.time.sleep", interrupted)
        run(["ledger", "publish", "--every", "3600"], DOORS)
    assert asked == ["pads"]
    assert run(["register", "publish", "register"], DOORS) == 0
    monkeypatch.setenv(REGISTER.name, "register")
    serving.site()
    assert asked == ["pads"]
    monkeypatch.setenv(FORM.name, "yes")
    monkeypatch.setenv(MECHANISM.name, str(m))
    serving.site()
    assert asked == ["pads", "pads"]
