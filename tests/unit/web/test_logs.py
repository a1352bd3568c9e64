"""What a server writes down has codes and numbers of ours, and nothing of who asks or types."""

import io
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from answerable.bootstrap.logs import (
    NAME,
    AnswersOfWeek,
    EachAnswer,
    Faults,
    JsonLines,
    configuration,
)
from answerable.bootstrap.registers import FolderRegisters
from answerable.bootstrap.serving import checks
from answerable.casework.ports import StorageFailed
from answerable.web.answered import Answered
from answerable.web.form.questions import BEFORE, CHECK, FILES, KEY, RECEIPT, TASKS
from answerable.web.form.returning import OFFERED
from answerable.web.form.routes import NUMBERS
from answerable.web.site import Setup, Site
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk, desk, sender
from tests.unit.web.form.test_reporting import _at, key_of, known, quick

__all__ = ["desk", "sender"]

PLANTED = "planted-7f3a"
"""It stands in every field, header, address and file of these tests, and in no line of a log."""

DAY = 86400
MONDAY = 1_764_547_200
"""2025-12-01, the first day of a week."""


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Return what was written down since it was asked last."""
    stream, log = io.StringIO(), logging.getLogger(NAME)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    level = log.level
    # Not by its attribute: a logger remembers what was enabled before, until it is told so.
    log.setLevel(logging.INFO)
    log.addHandler(handler)

    def read() -> list[dict[str, Any]]:
        text = stream.getvalue()
        stream.seek(0)
        stream.truncate()
        return [json.loads(line) for line in text.splitlines()]

    yield read
    log.removeHandler(handler)
    log.setLevel(level)


Lines = Callable[[], list[dict[str, Any]]]
LOG = logging.getLogger(NAME)


def answered(room: str = "register", status: int = 200, ms: int = 3) -> Answered:
    return Answered(room, "home", "GET", status, ms, 4)


def site(desk: Desk, setup: Setup) -> Site:
    registers = FolderRegisters(desk.folder.parent / "register")
    return Site(registers, Faults(LOG, lambda: 0), desk.host, checks=checks(), setup=setup)


# --- Lines. ---


@pytest.mark.parametrize(
    "said",
    [
        f"a sentence with {PLANTED}",
        PLANTED + "\n",
        f'"{PLANTED}"',
        "x" * 61,
        "ប្រភព",
        "",
        12.5,
        None,
        ["a"],
    ],
)
def test_what_is_no_code_is_not_written_whoever_says_it(lines: Lines, said: object) -> None:
    LOG.info("answered", extra={"facts": {"route": said}})
    (line,) = lines()
    assert line["route"] == "unsaid"
    LOG.info(said)
    (line,) = lines()
    assert line["code"] == "unsaid"
    assert set(line) == {"time", "level", "code"}


def test_a_library_is_named_and_not_quoted(lines: Lines) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    for name, code in (("django.request", "library-says"), ("_granian", "server-says")):
        log = logging.getLogger(name)
        log.addHandler(handler)
        fault = ValueError(PLANTED)
        log.error(f"It failed on {PLANTED}: %s", PLANTED, exc_info=fault)  # noqa: G004 - as libraries do
        log.removeHandler(handler)
        line = json.loads(stream.getvalue())
        assert (line["code"], line["level"], line["fault"]) == (code, "error", "ValueError")
        assert PLANTED not in stream.getvalue()
        stream.seek(0)
        stream.truncate()
    assert lines() == []


def test_nothing_but_lines_is_set_up() -> None:
    setup = configuration()
    assert set(setup["loggers"]) == {NAME, "_granian"}
    assert setup["handlers"]["lines"]["formatter"] == "lines"
    # A stream handler writes to stderr where nothing else is said.
    assert "stream" not in setup["handlers"]["lines"]


def test_a_fault_is_told_at_once_and_then_how_often_it_came(lines: Lines) -> None:
    now = [1000]
    faults = Faults(LOG, lambda: now[0])
    for _ in range(5):
        faults("storage-failed")
    faults("server-busy")
    assert [line["code"] for line in lines()] == ["storage-failed", "server-busy"]
    now[0] += 3600
    faults("storage-failed")
    (line,) = lines()
    assert (line["level"], line["times_more_in_the_last_hour"]) == ("error", 4)


def test_each_answer_of_a_server_of_public_pages_is_a_line(lines: Lines) -> None:
    EachAnswer(LOG)(answered())
    (line,) = lines()
    assert set(line) == {
        *("time", "level", "code", "room", "route", "method", "status", "ms", "kb"),
    }
    assert (line["level"], line["code"], line["room"]) == ("info", "answered", "register")


def test_where_the_form_is_served_no_answer_is_told_before_its_week_is_over(lines: Lines) -> None:
    now = [MONDAY]
    answers = AnswersOfWeek(LOG, lambda: now[0])
    for day in range(7):
        now[0] = MONDAY + day * DAY + DAY - 1
        for _ in range(day + 1):
            answers(answered("form", 303, ms=day))
        answers(answered("register", 200, ms=10))
        assert lines() == []
    now[0] = MONDAY + 7 * DAY
    answers(answered("form", 503))
    told = lines()
    assert [(one["room"], one["status"], one["answers"]) for one in told] == [
        ("form", "3xx", 28),
        ("register", "2xx", 7),
    ]
    assert {one["week"] for one in told} == {"2025-W49"}
    assert told[0]["ms_longest"] == 6
    now[0] += 7 * DAY
    answers(answered())
    assert [(one["status"], one["answers"]) for one in lines()] == [("5xx", 1)]


# --- Planted words. ---


def headers() -> Mapping[str, str]:
    return {
        "HTTP_USER_AGENT": PLANTED,
        "HTTP_REFERER": f"https://{PLANTED}.example/",
        "HTTP_X_FORWARDED_FOR": PLANTED,
        "HTTP_FORWARDED": f"for={PLANTED}",
        "HTTP_ACCEPT_LANGUAGE": PLANTED,
        "HTTP_IF_NONE_MATCH": PLANTED,
        "REMOTE_ADDR": PLANTED,
        "REMOTE_PORT": PLANTED,
    }


class Planting(Sender):
    """A sender in whose every header, field and file the planted words stand."""

    def ask(self, address: str, method: str = "GET", **more: Any) -> Any:
        return super().ask(address, method, **{**headers(), **more})


ADDRESSES = (
    f"/en/register/{PLANTED}",
    f"/en/find?number={PLANTED}",
    f"/en/register?q={PLANTED}&{PLANTED}={PLANTED}",
    f"/{PLANTED}",
    f"/en/{PLANTED}",
    f"/en/f/{PLANTED}",
    f"/en/figures/{PLANTED}",
    f"/data/{PLANTED}",
    f"/static/{PLANTED}",
    f"/en/bodies/{PLANTED}",
    f"/exit?{PLANTED}",
)


def fills_in(planting: Planting) -> str:
    """Plant words wherever something can be typed or sent; return the key of what was lodged."""
    known(planting)
    # Every page of the form on which something can be typed, also one that is new.
    for number in sorted(NUMBERS - {BEFORE, TASKS, FILES, CHECK, RECEIPT, KEY}):
        planting.open(_at(planting, f"{number}/1"))
        own = {"", "check", "of"}
        texts = [name for name in planting.page.read.names if name not in own]
        planting.press(typed=dict.fromkeys(texts, PLANTED))
    planting.open(_at(planting, "8"))
    planting.press("more", files={"file": (f"{PLANTED}.txt", PLANTED.encode())})
    # What no reader takes was planted in every choice above: what is sent has words alone.
    planting.cookies.clear()
    quick(planting, what=PLANTED)
    planting.press()
    key = key_of(planting)
    planting.open("/en/f/return")
    planting.press(key=PLANTED)
    planting.press(key=key)
    for act in OFFERED:
        planting.open(f"/en/f/case/{act}")
        names = planting.page.read.names
        planting.press(typed={name: PLANTED for name in names if name.startswith("part-")})
    for rest in ("", "/calendar", "/read/1", f"/read/{PLANTED}", f"/copy/{PLANTED}"):
        planting.ask(f"/en/f/case{rest}")
    return key.replace(" ", "")


def asks(planting: Planting) -> None:
    """Plant words wherever an address, a method or a type of content can be asked with."""
    for address in ADDRESSES:
        planting.ask(address)
        planting.ask(address, PLANTED)
        planting.ask(address, "POST", CONTENT_TYPE=PLANTED, CONTENT_LENGTH=PLANTED)


def breaks(planting: Planting, desk: Desk, patching: pytest.MonkeyPatch) -> None:
    """Let what is below fail with the words in what it says."""

    def fail(*_: object) -> None:
        raise StorageFailed(PLANTED, reason=PLANTED)

    def burst(*_: object) -> None:
        raise RuntimeError(PLANTED)

    for broken in (fail, burst):
        patching.setattr(type(desk.application.kept_forms), "read", broken)
        planting.ask("/en/f/4", HTTP_COOKIE=f"f={'A' * 43}; {PLANTED}={PLANTED}")
    patching.setattr(FolderRegisters, "current", burst)
    planting.ask("/en")


def test_words_planted_everywhere_stand_in_no_line(
    desk: Desk, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer is told here, as it would be of public pages alone: the worst that can be."""
    planting = Planting(site(desk, Setup(answers=EachAnswer(LOG))))
    key = fills_in(planting)
    asks(planting)
    breaks(planting, desk, monkeypatch)
    told = lines()
    assert len(told) > 60
    assert {"storage-failed", "RuntimeError", "answered"} <= {line["code"] for line in told}
    for line in told:
        assert PLANTED not in json.dumps(line)
        assert key not in json.dumps(line)
    assert {line.get("route") for line in told} >= {"register/one", "find", "none", "form"}
    assert {line.get("method") for line in told} == {"GET", "POST", "other", None}


def test_whatever_breaks_is_answered_and_said_by_its_kind(
    desk: Desk, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(_: object) -> None:
        raise RuntimeError(PLANTED)

    asking = Sender(site(desk, Setup()))
    monkeypatch.setattr(FolderRegisters, "current", burst)
    page = asking.ask("/en")
    assert (page.status, page.text) == (500, "500\n")
    assert [line["code"] for line in lines()] == ["RuntimeError"]


@pytest.mark.slow
def test_a_real_server_with_the_form_writes_lines_alone_and_none_for_a_request(
    desk: Desk,
) -> None:
    said, statuses = served(desk, {"ANSWERABLE_FORM": "yes"})
    assert statuses == {200, 404, 403}
    told = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    # What is no line is what the command says to whoever typed it.
    rest = [line for line in said.splitlines() if not line.startswith("{")]
    assert len(rest) == 2
    codes = [line["code"] for line in told]
    assert {"server-starts", "server-listens", "serves", "server-stops"} <= set(codes)
    assert {line["level"] for line in told} == {"info"}
    assert "answered" not in codes
    assert "answers-of-week" not in codes
    assert PLANTED not in said
    assert "127.0.0.1" not in "".join(json.dumps(line) for line in told)


@pytest.mark.slow
def test_a_real_server_of_public_pages_writes_a_line_for_each(desk: Desk) -> None:
    said, _ = served(desk, {})
    told = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    routes = [line["route"] for line in told if line["code"] == "answered"]
    assert {"home", "none", "register/one"} <= set(routes)
    assert PLANTED not in said
    said, _ = served(desk, {"ANSWERABLE_LOG": "faults"})
    assert "answered" not in said
    assert "serves" in said


def served(desk: Desk, environ: Mapping[str, str]) -> tuple[str, set[int]]:
    """Start the command, ask it for pages, stop it by its id; return what it wrote and answered."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    register = desk.folder.parent / "register"
    process = subprocess.Popen(
        [sys.executable, "-m", "answerable", "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={
            **os.environ,
            "ANSWERABLE_REGISTER": str(register),
            "ANSWERABLE_MECHANISM": str(desk.folder),
            "ANSWERABLE_BIND": f"127.0.0.1:{port}",
            **environ,
        },
        text=True,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        statuses = {_fetched(f"{base}/en")}
        for rest in ("en/f", f"en/register/{PLANTED}", f"{PLANTED}?{PLANTED}"):
            statuses.add(_fetched(f"{base}/{rest}"))
        statuses.add(_fetched(f"{base}/en/f/1", f"check={PLANTED}".encode()))
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=30)
    return said, statuses


def _fetched(address: str, body: bytes | None = None) -> int:
    asked = Request(address, body, {"User-Agent": PLANTED, "X-Forwarded-For": PLANTED})  # noqa: S310 - our own server
    for _ in range(150):
        try:
            with urlopen(asked, timeout=10) as page:  # noqa: S310 - our own server
                return int(page.status)
        except HTTPError as answer:
            return answer.code
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")
