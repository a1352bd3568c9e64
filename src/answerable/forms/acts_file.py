"""Reads the file of acts on cases: which act of which case, by whom, and what each part says."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from answerable.casework.asking import SEVERAL
from answerable.casework.do_acts import KEYS, WrittenAct, key_of
from answerable.casework.procedures import RULES_BYTES, Checked
from answerable.core.act_form import Part
from answerable.core.acts import ActCode
from answerable.core.case import limits
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.acts.table import ACTS
from answerable.core.case.attached import EXHIBITS, read_exhibits
from answerable.core.case.problems import (
    EmptyFile,
    FileTooLarge,
    NotText,
    Problem,
    TooMany,
    UnknownFormat,
)
from answerable.core.case.reading import shown
from answerable.core.case.text import clean, kind_of
from answerable.forms.form import Form, read_form
from answerable.forms.sheet import Fields, Sheet, Value, count, line, unknown

FORMAT = "answerable/acts/v1"
DONE_BY_COMMAND = {code: kind for code, kind in ACTS.items() if kind.verb}
"""The acts that are done on a case there is: what hands one in is a submission's file."""


def read_acts(data: bytes, name: str) -> Checked[tuple[WrittenAct, ...]]:
    """Return the acts of a file in their order, or all that is wrong with it."""
    sheet = Sheet({})
    if len(data) > RULES_BYTES:
        sheet.wrong("", FileTooLarge("too large", found=len(data), limit=RULES_BYTES))
        return Checked(None, sheet.in_order())
    try:
        form = read_form(data, name)
    except Problem as problem:
        facts = {"reason": "rules", **problem.facts}
        return Checked(None, (type(problem)(str(problem), **facts),))
    sheet.lines = {_own(path, form): on for path, on in {**form.lines, **form.names}.items()}
    values = _values(sheet, form)
    if not values:
        sheet.wrong("", EmptyFile("no act in the file"))
    if len(values) > limits.SUBMISSIONS:
        found, limit = len(values), limits.SUBMISSIONS
        sheet.wrong("", TooMany("too many acts", found=found, limit=limit))
        return Checked(None, sheet.in_order())
    read = [one.read(_written, None) for one in values]
    made = tuple(one for one in read if one is not None)
    return Checked(None, sheet.in_order()) if sheet.faults else Checked(made)


def _own(path: str, form: Form) -> str:
    """Return a path as it is in a file of acts: each of several begins with its place."""
    if len(form.documents) > 1:
        return f"acts/{path.removeprefix('submissions/')}"
    return f"acts/{path}" if path and isinstance(form.documents[0], list) else path


def _values(sheet: Sheet, form: Form) -> list[Value]:
    whole = form.documents[0]
    if len(form.documents) == 1 and not isinstance(whole, list):
        return [Value(sheet, "", whole)]
    listed = whole if len(form.documents) == 1 else form.documents
    return [Value(sheet, f"acts/{n}", one) for n, one in enumerate(listed, start=1)]


def _written(value: Value) -> WrittenAct | None:
    kind = value.inside()["act"].read(_kind, None) if "act" in value.inside() else None
    keys = {key_of(part.name): part for part in kind.parts} if kind else {}
    # Where the act is not known, its parts are not either: one fault is told, and not one for each.
    fields = value.fields(*KEYS, *(keys if kind else value.inside()))
    if kind is None and not fields.has("act"):
        fields.need("act", line, "")
    given_format = fields.read("format", line, FORMAT)
    if given_format != FORMAT:
        fields.wrong("format", UnknownFormat("another format", reason="acts"))
    number, party = fields.need("case", line, ""), fields.need("as", line, "")
    if kind is None:
        return None
    return WrittenAct(
        number=number,
        kind=kind,
        party=party,
        seat=fields.read("seat", line, ""),
        allegations=fields.each("allegations", count(1)),
        second=fields.read("with", line, ""),
        entered_by=fields.read("entered-by", line, ""),
        evidence=fields.read("evidence", line, None),
        exhibits=_exhibits(fields),
        sign_with=fields.read("sign-with", line, ""),
        typed={
            part.name: fields.read(key, _typed_for(part), "")
            for key, part in keys.items()
            if fields.has(key)
        },
        lines=_lines(value, keys),
    )


def _exhibits(fields: Fields) -> tuple[Mapping[str, Any], ...]:
    """Return what is written of each exhibit: as in docs/specs/submission.md."""
    if not fields.has(EXHIBITS):
        return ()
    owner, sheet = fields.owner, fields.owner.sheet
    at = f"{owner.path}/" if owner.path else ""
    lines = {path.removeprefix(at): on for path, on in sheet.lines.items() if path.startswith(at)}
    read, problems = read_exhibits(fields.given[EXHIBITS].raw, lines=lines)
    for problem in problems:
        place = str(problem.facts["field"])
        facts = {**problem.facts, "field": f"{shown(owner.path)}.{place}" if at else place}
        sheet.wrong(owner.path, type(problem)(str(problem), **facts))
    return read


def _lines(value: Value, keys: Iterable[str]) -> dict[str, int]:
    """Return the lines of an act's keys, and under "" that on which it begins."""
    prefix = f"{value.path}/" if value.path else ""
    lines = value.sheet.lines
    found = {key: lines[prefix + key] for key in (*KEYS, *keys) if prefix + key in lines}
    if EXHIBITS in found:
        below = f"{prefix}{EXHIBITS}/"
        found |= {p.removeprefix(prefix): n for p, n in lines.items() if p.startswith(below)}
    return {"": value.sheet.lines.get(value.path, 1), **found}


def _kind(value: Value) -> ActKind | None:
    code = ActCode(line(value))
    if code not in DONE_BY_COMMAND:
        raise unknown("act", code, DONE_BY_COMMAND)
    return DONE_BY_COMMAND[code]


def _typed_for(part: Part) -> Callable[[Value], str | list[str]]:
    return _many if part.shape in SEVERAL else _one


def _many(value: Value) -> list[str]:
    return [_one(item) for item in value.items()]


def _one(value: Value) -> str:
    """Return a value as it would be typed: YAML gives text, JSON numbers and yes or no too."""
    raw = value.raw
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, list | dict):
        raise NotText("text is wanted", found=kind_of(raw))
    return clean(str(raw) if isinstance(raw, int) else raw, limits.ACCOUNT)
