"""What a server writes down: one JSON object on a line for each event, of codes and numbers alone.

What is no code is not written, whoever says it: no sentence of a library, no text of an exception.
"""

import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from answerable.web.answered import Answered

NAME = "answerable"
SERVER = "_granian"

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,59}")
_UNSAID = "unsaid"
_OF_SERVER: Mapping[str, str] = {
    "Starting granian": "server-starts",
    "Listening at": "server-listens",
    "Spawning worker": "process-starts",
    "Started worker": "process-listens",
    "Unexpected exit": "process-died",
    "Worker crash loop": "process-dies-again-and-again",
    "Stopping worker": "process-stops",
    "Stopped worker": "process-stopped",
    "Killing worker": "process-killed",
    "Shutting down": "server-stops",
    "Granian shutdown completed": "server-stopped",
    "Application callable raised": "answer-failed",
}
"""By how a sentence of the server below us begins: the code that is written in its place."""

HOUR = 3600


class JsonLines(logging.Formatter):
    """Writes a record as one line, whose only words are names of ours."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(int(record.created), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
        }
        if record.name == NAME:
            line["code"] = _code(record.msg)
            told = getattr(record, "facts", {})
            line.update({_code(name): _fact(value) for name, value in told.items()})
        elif record.name.partition(".")[0] == SERVER:
            said = str(record.msg)
            found = (code for start, code in _OF_SERVER.items() if said.startswith(start))
            line["code"] = next(found, "server-says")
        else:
            line |= {"code": "library-says", "library": _code(record.name.partition(".")[0])}
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = _code(record.exc_info[0].__name__)
        return json.dumps(line)


def facts(**told: str | int) -> Mapping[str, Any]:
    """Return what stands beside the code of a line, as ``extra`` of logging takes it."""
    return {"facts": told}


class Ours(logging.Filter):
    """Leaves out what the server below us advises about a setting of ours, at every start."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("Configuration allows spawning")


def _fact(value: object) -> str | int | bool:
    return value if isinstance(value, int) else _code(value)


def _code(value: object) -> str:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else _UNSAID


def configuration(level: str = "INFO") -> dict[str, Any]:
    """Return how logging is set up in the processes of a server: all of it to stderr, as lines."""
    handlers = {"lines": {"()": logging.StreamHandler, "formatter": "lines", "filters": ["ours"]}}
    to_lines = {"handlers": ["lines"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": JsonLines}},
        "filters": {"ours": {"()": Ours}},
        "handlers": handlers,
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            NAME: {**to_lines, "level": level},
            SERVER: {**to_lines, "level": level},
        },
    }


class Faults:
    """Tells of a fault at once, and of the same fault within an hour only how often it came.

    A server in trouble would else write a line for each visitor, with the second.
    """

    def __init__(self, log: logging.Logger, now: Callable[[], int]) -> None:
        self._log, self._now, self._lock = log, now, Lock()
        self._last: dict[str, int] = {}
        self._more: dict[str, int] = {}

    def __call__(self, code: str) -> None:
        now = self._now()
        with self._lock:
            if now < self._last.get(code, -HOUR) + HOUR:
                self._more[code] = self._more.get(code, 0) + 1
                return
            self._last[code] = now
            more = self._more.pop(code, 0)
        told = facts(times_more_in_the_last_hour=more) if more else facts()
        self._log.error(code, extra=told)


class EachAnswer:
    """Tells of each answer: for a server of public pages alone."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log

    def __call__(self, answered: Answered) -> None:
        told = facts(
            room=answered.room,
            route=answered.route,
            method=answered.method,
            status=answered.status,
            ms=answered.milliseconds,
            kb=answered.kilobytes,
        )
        self._log.info("answered", extra=told)


class AnswersOfWeek:
    """Tells how many answers there were in a week that is over: where the form is served.

    When somebody lodged is told by the week, and padding hides on which day anything came at all. A
    line for each request, or a sum of each day, would undo both: also one of a public page, since a
    browser asks for the stylesheet when it first opens the form. A week that a stop cuts in two is
    told from the start on.
    """

    def __init__(self, log: logging.Logger, now: Callable[[], int]) -> None:
        self._log, self._now, self._lock = log, now, Lock()
        self._week = ""
        self._sums: dict[tuple[str, int], list[int]] = {}

    def __call__(self, answered: Answered) -> None:
        year, week, _ = datetime.fromtimestamp(self._now(), UTC).isocalendar()
        name = f"{year}-W{week:02}"
        with self._lock:
            over, self._week = self._week, name
            sums = self._sums if over != name else {}
            if over != name:
                self._sums = {}
            kind = (answered.room, answered.status // 100)
            count = self._sums.setdefault(kind, [0, 0, 0])
            count[0] += 1
            count[1] += answered.milliseconds
            count[2] = max(count[2], answered.milliseconds)
        for (room, status), (number, total, longest) in sorted(sums.items()):
            told = facts(
                week=over,
                room=room,
                status=f"{status}xx",
                answers=number,
                ms=total // number,
                ms_longest=longest,
            )
            self._log.info("answers-of-week", extra=told)
