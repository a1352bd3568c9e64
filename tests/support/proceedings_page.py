"""Makes docs/reference/proceedings.md: the acts on a proceeding, from the code."""

from collections.abc import Iterator

from answerable.core.proceeding.acts.kind import StepKind
from answerable.core.proceeding.acts.table import STEPS
from tests.support.act_refusals import ONLY_OF_STEPS, of_every_step, of_rules_of_step
from tests.support.reference_words import MADE, anyway, row, section


def proceedings_page() -> str:
    """Return the page as it would be written now."""
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
        *(row(kind, command_of_step(kind), _about(kind)) for kind in STEPS.values()),
        "",
        "*Collector*: the body that recorded the request. *Body*: one that the point is assigned",
        "to. What a body hands over is read by the *collector*, by the *lead* of the point, and by",
        "its *author*, and by no other body before it stands in a response that was cleared.",
        "",
        "## What every act may be refused for",
        "",
        *(anyway(code, ONLY_OF_STEPS) for code in sorted(of_every_step())),
        "",
        *(line for kind in STEPS.values() for line in _section(kind)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def command_of_step(kind: StepKind) -> str:
    """Return the command that does an act on a proceeding."""
    return f"proceeding {kind.verb or 'open'}"


def _about(kind: StepKind) -> str:
    if kind.whole:
        return "the whole proceeding"
    return "one point" if kind.one else "the points that it names"


def _section(kind: StepKind) -> Iterator[str]:
    about = {"About": _about(kind)}
    return section(kind, command_of_step(kind), about, rules=of_rules_of_step(kind.code))
