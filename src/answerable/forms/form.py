"""A file that someone hands in: from bytes to values, each with its line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answerable.core.case import limits
from answerable.core.case.problems import (
    ByteOrderMark,
    EmptyFile,
    FileTooLarge,
    NotUtf8,
    Problem,
)
from answerable.core.case.reading import located
from answerable.core.case.text import refused_character
from answerable.forms.builder import Builder
from answerable.forms.json_form import read_json
from answerable.forms.yaml_form import read_yaml

_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LINE_ENDS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Form:
    """What a file says: its documents, the line on which each path begins, and its size.

    ``names`` has the lines of keys: a part that is an object begins on the line below its key.
    """

    documents: tuple[Any, ...]
    lines: Mapping[str, int]
    size: int
    names: Mapping[str, int]


def read_form(data: bytes, name: str) -> Form:
    """Return what a file says: JSON if its name ends so or it begins so, YAML otherwise.

    Raises:
        Problem: anything that is refused of the file as a whole.
    """
    text = _text_of(data)
    reader = read_json if _is_json(text, name) else read_yaml
    _check_characters(text, reader)
    builder = reader(text)
    documents = builder.documents
    while documents and documents[-1] is None:
        documents.pop()  # "---" at the end of a file begins no submission
    if not documents:
        raise located(EmptyFile("nothing in the file"), "", None)
    lines, names = builder.lines, builder.names
    if len(documents) == 1 and builder.many:
        lines, names = _of_the_only_one(lines), _of_the_only_one(names)
    return Form(tuple(documents), lines, len(data), names)


def _of_the_only_one(lines: Mapping[str, int]) -> dict[str, int]:
    return {path.removeprefix("submissions/1/"): line for path, line in lines.items()}


def _is_json(text: str, name: str) -> bool:
    suffix = name.lower().rpartition(".")[2]
    if suffix in {"yaml", "yml"}:
        return False
    return suffix == "json" or text.lstrip()[:1] in {"{", "["}


def _text_of(data: bytes) -> str:
    if len(data) > limits.DELIVERY_BYTES:
        found, limit = len(data), limits.DELIVERY_BYTES
        raise located(FileTooLarge(f"{found} bytes", found=found, limit=limit), "", None)
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), None)
    if encoding is not None:
        raise located(NotUtf8("another encoding", found=encoding), "", 1)
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise located(NotUtf8("bytes that are no UTF-8", found="other"), "", line) from None
    if text.startswith("\ufeff"):
        raise located(ByteOrderMark("a byte order mark at the start"), "", 1)
    if not text.strip():
        raise located(EmptyFile("nothing in the file"), "", None)
    return _LINE_ENDS.sub("\n", text)


def _check_characters(text: str, reader: Any) -> None:
    """Refuse a character before a parser does: the parsers' own words name no field."""
    if refused_character(text) is None:
        return
    lines = text.split("\n")
    line, problem = next((n, p) for n, one in enumerate(lines, 1) if (p := refused_character(one)))
    raise located(problem, _path_at(line, "\n".join(map(_marked, lines)), reader), line)


def _marked(line: str) -> str:
    problem = refused_character(line)
    return "".join("?" if refused_character(c) else c for c in line) if problem else line


def _path_at(line: int, text: str, reader: Any) -> str:
    """Return the innermost path that begins on this line, or last before it."""
    try:
        builder: Builder = reader(text)
    except Problem:
        return ""
    begun = [
        (begins, n, p) for n, (p, begins) in enumerate(builder.lines.items()) if begins <= line
    ]
    return max(begun, default=(0, 0, ""))[2]
