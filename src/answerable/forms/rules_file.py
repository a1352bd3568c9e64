"""A file of rules as a whole: its format, and the faults that reading it has found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from answerable.casework.procedures import RULES_BYTES, Checked
from answerable.core.case.problems import FileTooLarge, Problem, UnknownFormat
from answerable.forms.faults import SecondDocument
from answerable.forms.form import read_form
from answerable.forms.sheet import Sheet, Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RulesFile:
    """A file that could be opened, or why not."""

    sheet: Sheet = field(default_factory=lambda: Sheet({}))
    root: Value | None = None

    def read(self, reader: Callable[[Value], T]) -> Checked[T]:
        made = None if self.root is None else self.root.read(reader, None)
        return Checked(None if self.sheet.faults else made, self.sheet.in_order())


def opened(data: bytes, name: str, form: str, kind: str) -> RulesFile:
    """Return a file of this format; ``kind`` is what people call it."""
    sheet = Sheet({})
    if len(data) > RULES_BYTES:
        # Whoever reads the file stops here, so the rest is not known: half a file has no rules.
        sheet.wrong("", FileTooLarge("too large", found=len(data), limit=RULES_BYTES))
        return RulesFile(sheet)
    try:
        read = read_form(data, name)
    except Problem as problem:
        facts = {"reason": "rules", **problem.facts}
        sheet.faults.append(type(problem)(str(problem), **facts))
        return RulesFile(sheet)
    sheet.lines = {**read.lines, **read.names}
    if len(read.documents) > 1:
        line = read.lines.get("submissions/2")
        sheet.faults.append(SecondDocument("several documents", line=line, field=""))
        return RulesFile(sheet)
    root = Value(sheet, "", read.documents[0])
    if not isinstance(root.raw, dict) or root.raw.get("format") != form:
        sheet.wrong("format", UnknownFormat("another format", reason=kind))
        return RulesFile(sheet)
    return RulesFile(sheet, root)
