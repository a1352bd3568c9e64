"""``answerable figures``: what the cases add up to, live or from a register, in the same way."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from answerable.cli.errors import WrongUsage
from answerable.cli.group import Verb
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.register import checked_register
from answerable.cli.surface import Surface
from answerable.core.acts import instant_text

if TYPE_CHECKING:
    from answerable.core.figures.told import Figure

OF_CLOCKS = ("steps", "days")
UNCONFIRMED = "unconfirmed/"


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
        at, found, stated = told.as_of, told.figures, told.stated
    else:
        checked = checked_register(surface, from_register, policy)
        at, found, stated = checked.index.at, figures_of(checked.tally), checked.stated
        differences = len(checked.differences)
        ended = NOT_VALID if differences else DONE
    code = of_figure
    if code is not None:
        found = [one for one in found if one.code == code]
        if not found:
            raise WrongUsage("no such figure", reason="no-such-figure", found=code)
    lines = _lines(surface, found, {} if code else stated, surface.when(at))
    if code is not None:
        lines += [f"    {case}" for one in found for case in one.cases]
    if differences:
        lines.append(surface.say("register.differs", found=differences))
    listed: list[Json] = [one.json() for one in found]
    facts: dict[str, Json] = {"at": instant_text(at), "figures": listed, "stated": stated}
    return surface.tell(Result("figures", facts, "\n".join(lines), ended))


def _lines(
    surface: Surface, found: "Sequence[Figure]", stated: Mapping[str, int], at: str
) -> list[str]:
    lines = [surface.say("figures.what", at=at)]
    for one in found:
        key, clock, is_apart = definition_of(one.code)
        facts = {"clock": surface.catalogue.word("owed", clock)} if clock else {}
        lines.append(
            surface.say(
                "figures.line-unknown" if one.value is None else "figures.line",
                value=one.value,
                unit=surface.say(f"unit.{one.unit}"),
                definition=surface.say(f"figure.{key}", **facts),
                apart=surface.say("figures.apart") if is_apart else None,
                code=one.code,
                cases=len(one.cases),
            )
        )
    if stated:
        lines.append(surface.say("figures.stated"))
        lines += [
            surface.say("figures.stated-line", value=n, definition=surface.say(f"figure.{_key(c)}"))
            for c, n in stated.items()
        ]
    return lines


def definition_of(code: str) -> tuple[str, str, bool]:
    """Return the key of a figure's definition, its clock, and whether its period is in doubt."""
    kind, _, rest = code.partition("/")
    if kind not in OF_CLOCKS:
        return _key(code), "", False
    clock, _, way = rest.rpartition("/")
    return f"{kind}-{way}", clock.removeprefix(UNCONFIRMED), clock.startswith(UNCONFIRMED)


def _key(code: str) -> str:
    return code.replace("/", "-")
