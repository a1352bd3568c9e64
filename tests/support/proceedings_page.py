"""Makes docs/reference/proceedings.md: the acts on a proceeding, from the code."""

from collections.abc import Iterator

from answerable.core.proceeding.acts.kind import StepKind
from answerable.core.proceeding.acts.table import STEPS
from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.support.act_refusals import ONLY_OF_STEPS, of_every_step, of_rules_of_step
from tests.support.reference_words import MADE, link_of, part_row


def proceedings_page() -> str:
    """Return the page as it would be written now."""
    english = Catalogue("en")
    lines = [
        MADE,
        "# Acts on a proceeding",
        "",
        "Every act by which several bodies answer one monitor, as the code has it. What an act",
        "leaves in its envelope: [specs/act.md](../specs/act.md). How the answer is collected:",
        "[specs/response.md](../specs/response.md). In which words an act is refused:",
        "[refusals.md](refusals.md).",
        "",
        "| act | command | by | about | says (optional in brackets) |",
        "|---|---|---|---|---|",
        *(_step_row(kind) for kind in STEPS.values()),
        "",
        "*Collector*: the body that recorded the request. *Body*: one that the point is assigned",
        "to. What a body hands over is read by the *collector*, by the *lead* of the point, and by",
        "its *author*, and by no other body before it stands in a response that was cleared.",
        "",
        "## What every act may be refused for",
        "",
        *(_anyway_of_step(code) for code in sorted(of_every_step())),
        "",
        *(line for kind in STEPS.values() for line in _step_section(kind, english)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def command_of_step(kind: StepKind) -> str:
    """Return the command that does an act on a proceeding."""
    return f"proceeding {kind.verb or 'open'}"


def _step_row(kind: StepKind) -> str:
    says = ", ".join(p.name if p.required else f"[{p.name}]" for p in kind.parts) or "-"
    cells = (
        f"[`{kind.code}`](#{kind.code})",
        f"`{command_of_step(kind)}`",
        ", ".join(kind.by),
        _about(kind),
        says,
    )
    return f"| {' | '.join(cells)} |"


def _about(kind: StepKind) -> str:
    if kind.whole:
        return "the whole proceeding"
    return "one point" if kind.one else "the points that it names"


def _anyway_of_step(code: str) -> str:
    where = f": an act {ONLY_OF_STEPS[code][0]}" if code in ONLY_OF_STEPS else ""
    return f"- {link_of(code)}{where}"


def _step_section(kind: StepKind, english: Catalogue) -> Iterator[str]:
    yield f"## `{kind.code}`"
    yield ""
    yield "; ".join(f"{Catalogue(one).word('act', kind.code)} ({one})" for one in LANGUAGES) + "."
    yield ""
    yield f"- Command: `{command_of_step(kind)}`"
    yield f"- By: {', '.join(english.word('seat', seat) for seat in kind.by)}"
    yield f"- About: {_about(kind)}"
    yield f"- Entered for another: {'may be, with evidence' if kind.enterable else 'never'}"
    rules = sorted(of_rules_of_step(kind.code))
    if rules:
        yield f"- Its rules refuse: {', '.join(map(link_of, rules))}"
    yield ""
    if kind.parts:
        yield "| part | must be said | is | choices | kept |"
        yield "|---|---|---|---|---|"
        yield from (part_row(part, english, named_by_procedure=False) for part in kind.parts)
        yield ""
