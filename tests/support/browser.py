"""A real browser with one page, driven through a pipe: no port, no driver, no other package."""

import fcntl
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 30.0


class NoBrowser(Exception):
    """No browser is on this machine."""


class Browser:
    """One page of Chromium, by its DevTools protocol."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._read, self._number = b"", 0
        self._session: str | None = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.ask("Page.enable")

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Return what the browser answers; events on the way are passed over."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            more = os.read(self._from, 1 << 16)
            assert more, "the browser has ended"
            self._read += more
        message, _, self._read = self._read.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def open(self, file: Path, now_seconds: int) -> None:
        """Open a file, with a clock that stands still."""
        clock = f"Date.now = () => {now_seconds * 1000};"
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=clock)
        self.ask("Page.navigate", url=file.as_uri())
        self.wait_for("document.readyState === 'complete'")

    def value(self, expression: str) -> Any:
        """Return the value of an expression, awaited where it is a promise."""
        words = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        found = self.ask("Runtime.evaluate", **words)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait_for(self, expression: str) -> Any:
        """Return the value of an expression as soon as it is true."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            found = self.value(expression)
            if found:
                return found
        raise AssertionError(f"never true: {expression}")

    def choose(self, element: str, files: Sequence[Path]) -> None:
        """Choose files in the file field of this id, as a person does."""
        found = self.ask("Runtime.evaluate", expression=f"document.getElementById('{element}')")
        names = [str(file) for file in files]
        self.ask("DOM.setFileInputFiles", files=names, objectId=found["result"]["objectId"])


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser, and end it.

    Raises:
        NoBrowser: there is none.
    """
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise NoBrowser("no browser; on Debian: apt install chromium")
    read_by_it, written_by_us = os.pipe()
    read_by_us, written_by_it = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # A container of CI has no user to build a sandbox.
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
        words = [program, *options, "--remote-debugging-pipe", f"--user-data-dir={profile}"]
        number = _started(words, read_by_it, written_by_it)
        try:
            yield Browser(written_by_us, read_by_us)
        finally:
            os.kill(number, signal.SIGTERM)
            os.waitpid(number, 0)
            os.close(written_by_us)
            os.close(read_by_us)


def _started(words: list[str], read_by_it: int, written_by_it: int) -> int:
    """Start a process that has its pipe as the descriptors 3 and 4, and return its number."""
    # Above all others first, so that neither takes the other's place.
    given = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (read_by_it, written_by_it)]
    actions: list[tuple[Any, ...]] = [
        (os.POSIX_SPAWN_OPEN, out, os.devnull, os.O_WRONLY, 0) for out in (1, 2)
    ]
    actions += [(os.POSIX_SPAWN_DUP2, one, at) for at, one in enumerate(given, 3)]
    number = os.posix_spawn(words[0], words, os.environ, file_actions=actions)
    for one in (*given, read_by_it, written_by_it):
        os.close(one)
    return number
