"""How an act, a part of it, and a refusal are told on the pages of docs/reference."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from answerable.core.act_form import ActForm, Part, Shape, is_content
from answerable.locale.catalogue import LANGUAGES, Catalogue

MADE = "<!-- Made by `make docs` from the code. Do not edit. -->"

SHAPES: Mapping[Shape, str] = {
    Shape.TEXT: "words",
    Shape.TEXTS: "words, several times",
    Shape.DAY: "a day",
    Shape.CODE: "one of",
    Shape.READERS: "some of",
    Shape.COUNT: "a whole number",
    Shape.ACTS: "numbers of acts on the docket",
    Shape.PARTY: "a party",
    Shape.YES_NO: "yes or no",
    Shape.NUMBER: "the number of a case",
    Shape.EXHIBITS: "exhibits of acts on the docket, as `9/2`: the second of act 9",
}


def section(
    form: ActForm,
    command: str,
    about: Mapping[str, str],
    *,
    rules: Iterable[str],
    readers: str = "",
) -> Iterator[str]:
    """Yield the section of an act. ``readers`` where its procedure names them, not its parts."""
    english = Catalogue("en")
    yield f"## `{form.code}`"
    yield ""
    yield "; ".join(f"{Catalogue(one).word('act', form.code)} ({one})" for one in LANGUAGES) + "."
    yield ""
    yield f"- Command: `{command}`"
    yield f"- By: {', '.join(english.word('seat', seat) for seat in form.by)}"
    yield from (f"- {name}: {told}" for name, told in about.items())
    yield f"- Entered for another: {'may be, with evidence' if form.enterable else 'never'}"
    if refused := sorted(rules):
        yield f"- Its rules refuse: {', '.join(map(link_of, refused))}"
    yield ""
    if form.parts:
        yield "| part | must be said | is | choices | kept |"
        yield "|---|---|---|---|---|"
        yield from (_part(one, english, readers or ", ".join(one.readers)) for one in form.parts)
        yield ""


def row(form: ActForm, command: str, about: str) -> str:
    """Return the row of an act in the table of its page."""
    says = ", ".join(p.name if p.required else f"[{p.name}]" for p in form.parts) or "-"
    cells = (f"[`{form.code}`](#{form.code})", f"`{command}`", ", ".join(form.by), about, says)
    return f"| {' | '.join(cells)} |"


def anyway(code: str, only: Mapping[str, tuple[str, Any]]) -> str:
    """Return the line of what every act may be refused for, or every act of some sort."""
    return f"- {link_of(code)}" + (f": an act {only[code][0]}" if code in only else "")


def _part(part: Part, english: Catalogue, readers: str) -> str:
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
