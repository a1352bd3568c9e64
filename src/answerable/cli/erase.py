"""``answerable case erase``: what will be lost and what stays, asked for by the case's number."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.acts import ActVerb, asked_for, asked_once, done_before
from answerable.cli.errors import NotConfirmed, WrongUsage
from answerable.cli.group import Says
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.surface import Surface
from answerable.core.acts import Envelope
from answerable.core.case.acts.erasure import ERASED
from answerable.core.case.acts.table import ACTS
from answerable.core.errors import Malformed
from answerable.core.numbers import typed_number

if TYPE_CHECKING:
    from answerable.casework.erase_case import EraseCase, Erased, Loss


class EraseVerb(ActVerb):
    """The command of an act that cannot be undone: it asks for the number once more."""

    def __init__(self) -> None:
        super().__init__(ACTS[ERASED])
        self.params.append(click.Option(["--yes"], is_flag=True))
        self.callback = click.pass_obj(_erase)

    def help_of(self, words: Says, path: str) -> str:  # noqa: ARG002 - there is one such act
        return words.say("help.case.erase")

    def option_of(self, words: Says, option: click.Option) -> str:
        if option.name == "yes":
            return words.say("option.erase-yes")
        return super().option_of(words, option)


def _erase(surface: Surface, /, number: str, *, yes: bool, **options: Any) -> int:
    application = surface.application()
    erasing: EraseCase = application.erase_case
    typed = {"ground": options["part_ground"], "provision": options["part_provision"]}
    asked = asked_for(application, ACTS[ERASED], {k: v for k, v in typed.items() if v}, options)
    loss = erasing.loss(number, asked)
    for line in _before(surface, loss):
        surface.output.talk(line)
    if not yes:
        _confirm(surface, loss.docket.number)
    with asked_once(surface, options["request_key"]) as key:
        done_before(application, number, ACTS[ERASED], asked, key=key)
        issued, erased = erasing(number, asked, request=key)
    facts: dict[str, Json] = {
        "number": issued.number,
        "index": issued.receipt.index,
        "request_key": str(key),
        **facts_of(erased),
        "acts": loss.acts,
        "exhibits": loss.exhibits,
    }
    lines = [
        surface.say(
            "case.done",
            act=surface.say(f"act.{ERASED}"),
            number=issued.number,
            index=issued.receipt.index,
        ),
        surface.say("erase.pending" if erased.is_pending else "erase.done"),
        *_elsewhere(surface, erased.copies),
    ]
    ended = NOT_VALID if erased.is_pending else DONE
    return surface.tell(Result("erased", facts, "\n".join(lines), ended))


def _before(surface: Surface, loss: "Loss") -> Iterator[str]:
    standing = surface.say(f"standing.{loss.docket.standing}")
    yield surface.say(
        "erase.lost", number=loss.docket.number, acts=loss.acts, exhibits=loss.exhibits
    )
    yield surface.say("erase.stays", standing=standing, owed=loss.owed)
    yield from _elsewhere(surface, loss.copies)


def _elsewhere(surface: Surface, copies: Sequence[str] | None) -> Iterator[str]:
    if copies is None:
        yield surface.say("erase.copies-unknown")
    elif copies:
        days = ", ".join(map(surface.catalogue.day, copies))
        yield surface.say("erase.copies", days=days)
    else:
        yield surface.say("erase.no-copies")
    yield surface.say("erase.others")


def _confirm(surface: Surface, number: str) -> None:
    """Return if the number of the case is typed once more; nobody is asked in a script.

    Raises:
        WrongUsage: nobody can be asked.
        NotConfirmed: another number, or none.
    """
    if surface.manner.json or surface.manner.plain or not sys.stdin.isatty():
        raise WrongUsage("nobody can be asked", reason="confirm")
    surface.talk("erase.type", number=number)
    try:
        typed = str(typed_number(sys.stdin.readline().strip()))
    except Malformed:
        typed = ""
    if typed != number:
        raise NotConfirmed("not the number", number=number)


def facts_of(erased: "Erased") -> dict[str, Json]:
    """Return for programs by which act a case was erased, and what is left elsewhere."""
    return {
        "act": erased.act.receipt_number,
        "ground": str(erased.act.facts.get("ground", "")),
        "provision": str(erased.act.facts.get("provision", "")),
        "pending": erased.is_pending,
        "copies": None if erased.copies is None else list(erased.copies),
    }


def erased_lines(surface: Surface, erasing: "EraseCase", acts: Sequence[Envelope]) -> Iterator[str]:
    """Yield that a case was erased, on what ground and when, and where copies may still be."""
    erased = erasing.told(acts)
    if erased is None:
        return
    yield surface.say(
        "erase.told",
        day=surface.when(erased.act.at),
        act=erased.act.receipt_number,
        ground=surface.catalogue.word("choice", str(erased.act.facts.get("ground"))),
        provision=str(erased.act.facts.get("provision")),
    )
    yield from _elsewhere(surface, erased.copies)


def erased_facts(erasing: "EraseCase", acts: Sequence[Envelope]) -> dict[str, Json] | None:
    """Return the same for programs, None where nothing was erased."""
    erased = erasing.told(acts)
    return None if erased is None else facts_of(erased)
