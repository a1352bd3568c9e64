"""How a command answers: results on stdout, talk on stderr, and what each ending's code means."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from answerable.core.errors import (
    AnswerableError,
    Broken,
    Fact,
    Malformed,
    Refusal,
    RefusedByServer,
    Undecidable,
    Unreachable,
)
from answerable.locale.catalogue import Catalogue
from answerable.locale.visible import visible

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

DONE, NOT_VALID, UNREADABLE, UNDECIDED, NETWORK, REFUSED_BY_SERVER = range(6)
FAULT = 70
"""The program or what it stands on is at fault, and nothing was decided (EX_SOFTWARE)."""

EXITS: Mapping[type[AnswerableError], int] = {
    Refusal: NOT_VALID,
    Malformed: UNREADABLE,
    Undecidable: UNDECIDED,
    Unreachable: NETWORK,
    RefusedByServer: REFUSED_BY_SERVER,
    Broken: FAULT,
}

_WORST_FIRST = (FAULT, NOT_VALID, UNREADABLE, UNDECIDED, NETWORK, REFUSED_BY_SERVER)


def exit_of(error: AnswerableError) -> int:
    """Return the exit code of an error, by its kind."""
    return next(code for kind, code in EXITS.items() if isinstance(error, kind))


def worst(codes: Sequence[int]) -> int:
    """Return the exit code of several verdicts: one that is not valid outweighs all that are."""
    return next((code for code in _WORST_FIRST if code in codes), DONE)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command found or did: for programs a code with facts, for people a text."""

    code: str
    facts: Mapping[str, Json]
    text: str
    exit: int = DONE
    summary: str | None = None
    """What a program is told in place of the text, where the facts have it all."""
    is_flat: bool = False
    """Whether a program finds the facts beside code and message, and not in an object of theirs."""


class Output:
    """Where results and talk go, in the form asked for."""

    def __init__(self, catalogue: Catalogue, *, json: bool = False, plain: bool = False) -> None:
        self._catalogue, self._json, self._plain = catalogue, json, plain
        self.to_stderr = False
        """Set where stdout carries a file that was asked for."""

    def talk(self, text: str) -> None:
        _write(sys.stderr, text)

    def result(self, result: Result) -> int:
        stream = sys.stderr if self.to_stderr else sys.stdout
        if self._json:
            _write(stream, _object(result))
        elif self._plain:
            rows = (("code", result.code), *_rows(result.facts))
            _write(stream, "\n".join(f"{name}\t{value}" for name, value in rows))
        else:
            _write(stream, result.text)
        return result.exit

    def error(
        self,
        code: str,
        facts: Mapping[str, Fact],
        exit_code: int,
        told: Mapping[str, Fact] | None = None,
    ) -> None:
        """Tell an error; ``told`` are its facts in words, where these are others."""
        text = str(self._catalogue.explain(code, facts if told is None else told))
        if self._json or self._plain:
            self.result(Result(code, {**facts, "exit": exit_code}, text, exit_code))
        else:
            self.talk(text)


def _object(result: Result) -> str:
    import json  # noqa: PLC0415 - most runs print text

    facts = result.facts if result.is_flat else {"facts": result.facts}
    said = {"code": result.code, **facts, "message": result.summary or result.text}
    return json.dumps(said, ensure_ascii=False, indent=2)


def _rows(value: Json, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each single value with the path to it, one to a line."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key != "message":  # for people, and of many lines
                yield from _rows(item, f"{name}.{key}".lstrip("."))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for at, item in enumerate(value, 1):
            yield from _rows(item, f"{name}.{at}".lstrip("."))
    else:
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        yield name, "" if value is None else visible(shown)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text + "\n")
        stream.flush()
    except UnicodeEncodeError:
        stream.write(text.encode("ascii", "backslashreplace").decode() + "\n")
    except BrokenPipeError:
        # Whoever read has read enough (`| head`). The exit code is still the verdict.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
