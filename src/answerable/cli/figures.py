"""``answerable figures``: what the cases add up to, live or from a register, in the same way."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import click

from answerable.cli.errors import WrongUsage
from answerable.cli.figure_words import line, lines_by_criterion, stated_lines
from answerable.cli.group import Verb
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.register import checked_register, windows_told
from answerable.cli.surface import Surface
from answerable.core.acts import instant_text

if TYPE_CHECKING:
    from answerable.core.figures.told import Figure

DAYS = "days"


@click.command(cls=Verb)
@click.option("--from", "from_register", metavar="FOLDER")
@click.option("--policy")
@click.option("--cases", "of_figure", metavar="FIGURE")
@click.pass_obj
def figures(
    surface: Surface, from_register: str | None, policy: str | None, of_figure: str | None
) -> int:
    from answerable.core.figures.told import figures_of  # noqa: PLC0415 - loaded where it is used

    ended, differences = DONE, 0
    if from_register is None:
        told = surface.application().tell_figures()
        at, found, stated, windows = told.as_of, told.figures, told.stated, told.windows
    else:
        checked = checked_register(surface, from_register, policy)
        surface.use_zone(checked.index.zone)
        at, found, stated = checked.index.at, figures_of(checked.tally), checked.stated
        windows = windows_told(surface, from_register, checked)
        differences = len(checked.differences)
        ended = NOT_VALID if differences else DONE
    shown = found if of_figure is None else _with_what_it_needs(found, of_figure)
    lines = [surface.say("figures.what", at=surface.when(at))]
    if of_figure is None:
        lines += [*lines_by_criterion(surface, shown, windows), *stated_lines(surface, stated)]
    else:
        lines += _lines_of_one(surface, shown, windows)
    if differences:
        lines.append(surface.say("register.differs", found=differences))
    listed: list[Json] = [one.json() for one in shown]
    facts: dict[str, Json] = {"at": instant_text(at), "figures": listed, "stated": stated}
    return surface.tell(Result("figures", facts, "\n".join(lines), ended))


def _with_what_it_needs(found: "Sequence[Figure]", code: str) -> "list[Figure]":
    """Return the figure of a code, and behind it those that it is never shown without."""
    from answerable.core.figures.told import BESIDE_SPEED  # noqa: PLC0415 - loaded where it is used

    asked = [one for one in found if one.code == code]
    if not asked:
        raise WrongUsage("no such figure", reason="no-such-figure", found=code)
    is_speed = asked[0].unit == DAYS
    return asked + [one for one in found if is_speed and one.code in BESIDE_SPEED]


def _lines_of_one(
    surface: Surface, shown: "Sequence[Figure]", windows: AbstractSet[str]
) -> list[str]:
    from answerable.core.figures.criteria import is_few  # noqa: PLC0415 - loaded where it is used

    asked, *beside = shown
    lines = [line(surface, asked, windows)]
    if is_few(asked.code, asked.value):
        lines.append(surface.say("figures.few"))
    else:
        lines += [f"    {case}" for case in asked.cases]
    if beside:
        lines.append(surface.say("figures.beside"))
    return [*lines, *(line(surface, one, windows) for one in beside)]
