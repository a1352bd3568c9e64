"""What is being done, and how far it is: one line on a terminal, written over."""

import sys
import time
from collections.abc import Callable


class ProgressLine:
    """Shows each step now and then. Where nobody watches, it shows nothing."""

    EVERY_SECONDS = 0.2

    def __init__(self, say: Callable[..., str], *, shows: bool) -> None:
        self._say = say
        self._shows = shows and sys.stderr.isatty()
        self._shown_at = 0.0

    def __call__(self, what: str, done: int, of: int) -> None:
        now = time.monotonic()
        if self._shows and now - self._shown_at >= self.EVERY_SECONDS:
            self._shown_at = now
            said = self._say(f"progress.{what}", done=done, of=of or "?")
            sys.stderr.write(f"\r\x1b[K{said}")
            sys.stderr.flush()

    def end(self) -> None:
        if self._shown_at:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
