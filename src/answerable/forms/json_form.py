"""Reads JSON as RFC 8259 has it, refusing doubled keys and numbers that are no safe integers."""

import json
import re
from typing import Any

from answerable.core.canonical import SAFE_INTEGER
from answerable.core.case import limits
from answerable.core.case.problems import NotAnInteger, NotJson, TooDeep
from answerable.core.case.reading import located
from answerable.forms.builder import Builder

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]|[^\s,:"\[\]{}]+|\n', re.DOTALL)
_INTEGER = re.compile(r"-?[0-9]{1,16}")
_WORDS = {"true": True, "false": False, "null": None}


def read_json(text: str) -> Builder:
    """Return the one value of a JSON file.

    Raises:
        Problem: what is no JSON, or is JSON that is refused here.
    """
    _check_grammar(text)
    builder = Builder()
    line = 1
    for found in _PIECE.finditer(text):
        piece = found.group()
        if piece == "\n":
            line += 1
        elif piece in "{[":
            empty: dict[str, Any] | list[Any] = {} if piece == "{" else []
            builder.begin(empty, line)
        elif piece in "}]":
            builder.end()
        else:
            builder.scalar(_scalar(piece, builder, line), line)
    return builder


def _check_grammar(text: str) -> None:
    try:
        json.loads(text, parse_int=len, parse_float=len, parse_constant=len)
    except json.JSONDecodeError as problem:
        raise located(NotJson("not JSON", column=problem.colno), "", problem.lineno) from None
    except RecursionError:
        raise located(TooDeep("nested too deep", limit=limits.DEPTH), "", None) from None


def _scalar(piece: str, builder: Builder, line: int) -> Any:
    if piece.startswith('"'):
        return json.loads(piece)
    if piece in _WORDS:
        return _WORDS[piece]
    if not _INTEGER.fullmatch(piece) or abs(int(piece)) > SAFE_INTEGER:
        raise builder.wrong(NotAnInteger("no safe integer"), line)
    return int(piece)
