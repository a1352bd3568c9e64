"""How a part of an act, and a refusal, is told on the pages of docs/reference."""

from collections.abc import Mapping

from answerable.core.act_form import Part, Shape, is_content
from answerable.locale.catalogue import Catalogue

MADE = "<!-- Made by `make docs` from the code. Do not edit. -->"

SHAPES: Mapping[Shape, str] = {
    Shape.TEXT: "words",
    Shape.TEXTS: "words, several times",
    Shape.DAY: "a day",
    Shape.CODE: "one of",
    Shape.COUNT: "a whole number",
    Shape.ACTS: "numbers of acts on the docket",
    Shape.PARTY: "a party",
    Shape.YES_NO: "yes or no",
    Shape.NUMBER: "the number of a case",
    Shape.EXHIBITS: "exhibits of acts on the docket, as `9/2`: the second of act 9",
}


def part_row(part: Part, english: Catalogue, *, named_by_procedure: bool) -> str:
    """Return the row of a part in the table of its act."""
    readers = (
        "the readers that the procedure names" if named_by_procedure else ", ".join(part.readers)
    )
    cells = (
        f"`{part.name}`: {english.word('part', part.name)}",
        "yes" if part.required else "no",
        SHAPES[part.shape],
        ", ".join(f"`{choice}`" for choice in part.choices) or "-",
        _kept(part, readers),
    )
    return f"| {' | '.join(cells)} |"


def _kept(part: Part, readers: str) -> str:
    content = f"content, for {readers}"
    if not part.fact:
        return content
    if is_content(part):
        return f"{content}; how many is the fact `{part.fact}`, for ever"
    return f"fact `{part.fact}`, for ever"


def link_of(code: str) -> str:
    """Return a link to what a refusal says."""
    return f"[`{code}`](refusals.md#{code})"
