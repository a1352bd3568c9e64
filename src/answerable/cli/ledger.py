"""``answerable ledger``: every invariant checked, and the tiles published."""

import time
from dataclasses import asdict

import click

from answerable.cli.group import Noun, Verb
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.surface import Surface


@click.group(cls=Noun)
def ledger() -> None:
    pass


@ledger.command(cls=Verb)
@click.option("--acts", is_flag=True)
@click.pass_obj
def verify(surface: Surface, *, acts: bool) -> int:
    with surface.progress() as told:
        found, counts = surface.application().upkeep.check(acts=acts, progress=told)
    looked_at = asdict(counts)
    lines = [surface.say(f"invariant.{item.code}", **item.facts) for item in found]
    if found:
        lines.append(surface.say("ledger.broken", findings=len(found)))
    else:
        lines.append(surface.say("ledger.holds-with-acts" if acts else "ledger.holds", **looked_at))
    listed: list[Json] = [{"code": item.code, **item.facts} for item in found]
    facts: dict[str, Json] = {"findings": listed, "looked_at": looked_at}
    text = "\n".join(lines)
    return surface.tell(Result("ledger-verified", facts, text, NOT_VALID if found else DONE))


@ledger.command(cls=Verb)
@click.option("--every", type=click.FloatRange(min=0.1))
@click.pass_obj
def publish(surface: Surface, every: float | None) -> int:
    upkeep = surface.application().upkeep
    size, written = upkeep.publish()
    if every is not None:
        upkeep.keep_padding()
    while every is not None:
        surface.talk("ledger.published", size=size, files=written)
        time.sleep(every)
        size, written = upkeep.publish()
    facts = {"size": size, "files": written}
    return surface.tell(Result("published", facts, surface.say("ledger.published", **facts)))
