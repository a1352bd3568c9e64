"""What is told of an answer once it was given: never whose it was, nor what was asked or typed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

from answerable.web.http import StartResponse

METHODS = frozenset({"GET", "HEAD", "POST"})
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer. ``room`` and ``route`` are names of ours, and no address.

    ``kilobytes`` is rounded up to a power of two: the length of a page would tell which it was.
    """

    room: str
    route: str
    method: str
    status: int
    milliseconds: int
    kilobytes: int


class Watch:
    """Stands between a page and the server, and sees how it was answered and when."""

    def __init__(self, start: StartResponse) -> None:
        self._start, self._begun, self._status = start, perf_counter(), 0

    def __call__(self, status: str, headers: list[tuple[str, str]]) -> object:
        self._status = int(status.partition(" ")[0])
        return self._start(status, headers)

    def told(
        self, place: tuple[str, str], method: str, body: Iterable[bytes], tell: "Answers"
    ) -> Iterable[bytes]:
        """Return a body whose answer is told of: now, or of one in parts once it was given."""
        if isinstance(body, list):
            tell(self._answered(place, method, sum(map(len, body))))
            return body
        return self._parts(place, method, body, tell)

    def _parts(
        self, place: tuple[str, str], method: str, body: Iterable[bytes], tell: "Answers"
    ) -> Iterator[bytes]:
        octets = 0
        try:
            for part in body:
                octets += len(part)
                yield part
        finally:
            tell(self._answered(place, method, octets))

    def _answered(self, place: tuple[str, str], method: str, octets: int) -> Answered:
        room, route = place
        return Answered(
            room,
            route,
            method if method in METHODS else OTHER,
            self._status,
            round((perf_counter() - self._begun) * 1000),
            1 << max(0, (octets - 1).bit_length() - 10) if octets else 0,
        )


Answers = Callable[[Answered], None]


def nobody(_: Answered) -> None:
    """Tell nobody."""
