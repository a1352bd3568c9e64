"""``answerable doctor``: whether everything that a mechanism stands on is well."""

import click

from answerable.cli.group import Verb
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.surface import Surface
from answerable.locale.visible import visible


@click.command(cls=Verb)
@click.option("--sweep", is_flag=True)
@click.pass_obj
def doctor(surface: Surface, *, sweep: bool) -> int:
    if sweep:
        return _sweep(surface)
    seen = list(surface.application().upkeep.diagnoses())
    lines = []
    for code, well, facts in seen:
        sign = "+" if well else "!"
        lines.append(f"{sign} {surface.say(f'doctor.{code}.{_word(well=well)}', **facts)}")
    listed: list[Json] = [{"code": code, "well": well, **dict(facts)} for code, well, facts in seen]
    ill = sum(1 for _, well, _ in seen if not well)
    lines.append(surface.say("doctor.ill" if ill else "doctor.well", ill=ill))
    return surface.tell(
        Result("examined", {"looked_at": listed}, "\n".join(lines), NOT_VALID if ill else DONE)
    )


def _sweep(surface: Surface) -> int:
    swept = surface.application().upkeep.sweep()
    octets = sum(swept.values())
    lines = [f"  {visible(name)}  {length}" for name, length in swept.items()]
    lines.append(surface.say("doctor.swept", files=len(swept), octets=octets))
    facts: dict[str, Json] = {"files": dict(swept), "octets": octets}
    return surface.tell(Result("swept", facts, "\n".join(lines)))


def _word(*, well: bool) -> str:
    return "well" if well else "ill"
