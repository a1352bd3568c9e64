"""``answerable case do``: the acts of a file, each done in its order, or only tried."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from answerable.casework.do_acts import ActsNotReady, Beside, Done, WrittenAct
from answerable.casework.procedures import RULES_BYTES
from answerable.cli import files
from answerable.cli.delivery_key import request_key as key_for
from answerable.cli.group import Verb
from answerable.cli.output import DONE, Json, Result, exit_of
from answerable.cli.rules import told
from answerable.cli.surface import Surface
from answerable.core.act_form import Asked
from answerable.core.case.reading import shown
from answerable.core.errors import AnswerableError
from answerable.core.numbers import typed_number

if TYPE_CHECKING:
    from answerable.casework.application import Application


_ENDINGS = (
    ("acts.all-done", "acts.stopped-done"),
    ("acts.all-tried", "acts.stopped-tried"),
)
"""What is said at the end: of acts that were done, and of acts that were tried."""


@click.command("do", cls=Verb)
@click.argument("file")
@click.option("--dry-run", is_flag=True)
@click.option("--request-key", metavar="UUID")
@click.pass_obj
def do(surface: Surface, file: str, request_key: str | None, *, dry_run: bool) -> int:
    """Do every act of a file in turn; the first that is refused stops, and says what was done."""
    octets = files.read(file, RULES_BYTES)
    application = surface.application()
    written, asked = _ready(surface, application, octets, file)
    key = key_for(file, request_key)
    _require_files(surface, application.do_acts.not_there(written, asked, request=key), file)
    if file == files.STREAM and request_key is None and not dry_run:
        # It lies beside no file: whoever is cut off can ask again only if it was said before.
        surface.talk("acts.request-key", key=str(key))
    run = application.do_acts.tried if dry_run else application.do_acts
    outcomes = list(run(written, asked, request=key))
    return _tell(surface, written, outcomes, key=str(key), tried=dry_run)


def _ready(
    surface: Surface, application: "Application", octets: bytes, file: str
) -> tuple[Sequence[WrittenAct], list[Asked]]:
    """Return the acts of a file, and what each asks for.

    Raises:
        ActsNotReady: once every fault was told, with its line.
    """
    checked = application.forms.acts(octets, file)
    faults = told(surface, checked.faults)
    count = len(checked.faults)
    written = checked.value or ()
    asked: list[Asked] = []
    folder = PurePath(file).parent
    beside = Beside(
        partial(application.forms.exhibit, str(folder)),
        lambda name: application.party_keys.read(str(folder / name)),
    )
    for item, one in enumerate(application.do_acts.asked(written, beside), start=1):
        if isinstance(one, AnswerableError):
            count += 1
            faults += _placed(surface, one, written[item - 1], item if written[1:] else 0)
        else:
            asked.append(one)
    if faults:
        for line in faults:
            surface.output.talk(line)
        raise ActsNotReady("faults", file=file, faults=count)
    return written, asked


def _require_files(surface: Surface, faults: Iterable[AnswerableError], file: str) -> None:
    """Return if every exhibit can be opened.

    Raises:
        ActsNotReady: once every fault was told, with its line.
    """
    found = tuple(faults)
    for line in told(surface, found):
        surface.output.talk(line)
    if found:
        raise ActsNotReady("files", file=file, faults=len(found))


def _placed(surface: Surface, fault: AnswerableError, one: WrittenAct, item: int) -> Iterator[str]:
    """Yield a fault with the line and the field of the file in which it is."""
    key = one.key_at_fault(fault)
    path = f"acts/{item}/{key}" if item else key
    said = surface.explain(fault)
    yield surface.say("shared.where", line=one.line(key), field=shown(path)) + said.what
    yield from (f"  {line}" for line in said.do.splitlines() if line)


def _tell(
    surface: Surface,
    written: Sequence[WrittenAct],
    outcomes: Sequence[Done],
    *,
    key: str,
    tried: bool,
) -> int:
    refused = outcomes[-1].refusal if outcomes else None
    done = len(outcomes) - (refused is not None)
    lines = [line for n, one in enumerate(outcomes, 1) for line in _lines(surface, n, one)]
    whole, stopped = _ENDINGS[tried]
    lines.append(
        surface.say(whole, acts=done)
        if refused is None
        else surface.say(stopped, acts=done, left=len(written) - done)
    )
    facts: dict[str, Json] = {
        "request_key": key,
        "dry_run": tried,
        "done": done,
        "left": len(written) - done,
        "acts": [_facts(n, one) for n, one in enumerate(outcomes, 1)],
    }
    code = "acts-done" if refused is None else refused.code
    exit_code = DONE if refused is None else exit_of(refused)
    return surface.tell(Result(code, facts, "\n".join(lines), exit_code))


def _lines(surface: Surface, place: int, one: Done) -> Iterator[str]:
    act = surface.say(f"act.{one.written.kind.code}")
    said: dict[str, str | int | None] = {"place": place, "act": act}
    if one.refusal is not None:
        yield surface.say("acts.refused", **{**said, **_place(one)}, number=_number(one))
        yield str(surface.explain(one.refusal))
    elif one.issued is None:
        yield surface.say("acts.would", **said, number=_number(one))
    else:
        key = "acts.again" if one.again else "acts.recorded"
        yield surface.say(key, **said, number=one.issued.number, index=one.issued.receipt.index)


def _place(one: Done) -> dict[str, str | int | None]:
    """Return the line of a refused act, and the key of the part that it was refused for."""
    key = "" if one.refusal is None else one.written.key_at_fault(one.refusal)
    is_told = one.refusal is not None and "part" in one.refusal.facts
    return {"line": one.written.line(key if is_told else ""), "field": key if is_told else None}


def _number(one: Done) -> str:
    return str(typed_number(one.written.number))


def _facts(place: int, one: Done) -> dict[str, Json]:
    facts: dict[str, Json] = {
        "place": place,
        **_place(one),
        "case": _number(one),
        "act": one.written.kind.code,
        "again": one.again,
    }
    if one.issued is not None:
        facts |= {"number": one.issued.number, "index": one.issued.receipt.index}
    if one.refusal is not None:
        facts["refusal"] = {"code": one.refusal.code, **one.refusal.facts}
    return facts
