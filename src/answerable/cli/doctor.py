"""``answerable doctor``: whether everything that a mechanism stands on is well."""

import click

from answerable.cli.group import Verb
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.pass_obj
def doctor(surface: Surface) -> int:
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


def _word(*, well: bool) -> str:
    return "well" if well else "ill"
