"""Boxes and what was said, in plain text."""

from answerable.web.case_page import Box, Said


def box(one: Box) -> str:
    """Return an empty box in plain text: framed, so that it is seen among what was said."""
    lines = [one.head, *one.lines]
    return "\n".join(["+" + "- " * 30, *(f"| {line}" for line in lines), "+" + "- " * 30])


def block(one: Box | Said) -> str:
    if isinstance(one, Box):
        return box(one)
    lines = [one.head, *(f"  {name}: {value}" for name, value in one.parts)]
    lines += [f"  {line}" for line in (one.quote, *one.lines) if line]
    return "\n".join(lines)
