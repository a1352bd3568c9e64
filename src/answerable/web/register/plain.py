"""Boxes and what was said, in plain text."""

from collections.abc import Callable

from answerable.web.case_page import Box, Said

Say = Callable[..., str]


def box(one: Box) -> str:
    """Return an empty box in plain text: framed, so that it is seen among what was said."""
    lines = [one.head, *one.lines]
    return "\n".join(["+" + "- " * 30, *(f"| {line}" for line in lines), "+" + "- " * 30])


def block(one: Box | Said, say: Say) -> str:
    """Return a box, or what was said under the act by which it was."""
    if isinstance(one, Box):
        return box(one)
    lines = [
        f"{one.head} ({say('web.act-link', act=one.sequence)})",
        *(f"  {name}: {value}" for name, value in one.parts),
    ]
    lines += [f"  {line}" for line in (one.quote, *one.lines) if line]
    return "\n".join(lines)
