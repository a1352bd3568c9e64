"""``answerable submission``: look a report over before it is sent, and lodge it."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from answerable.cli import files
from answerable.cli.delivery_key import delivery_key
from answerable.cli.group import Noun, Verb
from answerable.cli.output import DONE, NOT_VALID, UNREADABLE, Json, Result
from answerable.cli.surface import Surface
from answerable.core.acts import By, Seat
from answerable.core.case.limits import DELIVERY_BYTES
from answerable.core.errors import AnswerableError, Malformed

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.ports import Appended, Issued
    from answerable.core.case.delivery import Handed


class SubmissionNotReady(Malformed):
    """A submission of the file cannot be lodged as it is; nothing of the file was lodged."""

    code = "submission-not-ready"


@click.group(cls=Noun)
def submission() -> None:
    pass


@submission.command(cls=Verb)
@click.argument("file")
@click.pass_obj
def check(surface: Surface, file: str) -> int:
    """Say what the receiver will probably ask. Only emptiness and faults of form block."""
    handed = surface.offline.delivery(files.read(file, DELIVERY_BYTES), file)
    report: list[Json] = []
    lines: list[str] = []
    for one in handed:
        problems, notes = _looked_over(surface, one)
        report.append(
            {
                "at": one.at,
                "problems": [{"code": item.code, **item.facts} for item in problems],
                "notes": [{"code": item.code, "path": item.path, **item.facts} for item in notes],
            }
        )
        lines += _heading(surface, one, len(handed))
        lines += [str(surface.explain(item)) for item in problems]
        lines += [_noted(surface, item.code, item.path, item.facts) for item in notes]
    blocked = sum(1 for one in handed if one.submission is None)
    lines.append(surface.say("submission.blocked" if blocked else "submission.ready"))
    facts: dict[str, Json] = {"submissions": report, "blocked": blocked}
    return surface.tell(Result("checked", facts, "\n".join(lines), UNREADABLE if blocked else DONE))


@submission.command(cls=Verb)
@click.argument("file")
@click.option("--as", "party")
@click.option("--entered-by")
@click.option("--evidence")
@click.option("--key", "key_file")
@click.option("--delivery-key", "given")
@click.option("--to", "folder")
@click.pass_obj
def lodge(  # noqa: PLR0913 - one for each option
    surface: Surface,
    file: str,
    party: str | None,
    entered_by: str | None,
    evidence: str | None,
    key_file: str | None,
    given: str | None,
    folder: str | None,
) -> int:
    """Lodge every submission of a file, and keep its receipt, its opening and the policy."""
    octets = files.read(file, DELIVERY_BYTES)
    application = surface.application()
    handed = application.forms.delivery(octets, file)
    _require_ready(surface, handed)
    mechanism = application.reading.mechanism()
    request, before = delivery_key(file, octets, given)
    if before:
        surface.talk("submission.again")
    beside = PurePath(file).parent
    from answerable.casework.lodge_submission import Delivery  # noqa: PLC0415 - starts slowly
    from answerable.core.mechanism import ANYONE  # noqa: PLC0415

    typist = None
    if entered_by is not None:
        found = mechanism.party(entered_by)
        typist = By(found.id, min(found.seats, default=Seat("complainant")))
    delivery = Delivery(
        request=request,
        submissions=[one.submission for one in handed if one.submission is not None],
        exhibit=lambda name: application.forms.exhibit(str(beside), name),
        party=ANYONE if party is None else mechanism.party(party).id,
        entered_by=typist,
        evidence=evidence,
        key=None if key_file is None else application.party_keys.read(key_file),
    )
    with surface.progress() as told:
        outcomes = application.lodge_submission(
            delivery, lambda done: told("submission-lodging", done, len(handed))
        )
    return _told(surface, application, outcomes, Path(folder or f"{file}.receipts"))


def _told(
    surface: Surface,
    application: "Application",
    outcomes: "Sequence[Appended | AnswerableError]",
    folder: Path,
) -> int:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _keep(folder / "policy", application.upkeep.policy().encode())
    lines: list[str] = []
    listed: list[Json] = []
    refused = 0
    for outcome in outcomes:
        if isinstance(outcome, AnswerableError):
            refused += 1
            lines.append(str(surface.explain(outcome)))
            listed.append({"code": outcome.code, **outcome.facts})
            continue
        issued = outcome.acts[0]
        name = issued.number
        _keep(folder / f"{name}.tlog-proof", issued.receipt.encode())
        opening = application.reading.opening(application.reading.act(issued.number))
        _keep(folder / f"{name}.opening.json", opening.encoded())
        lines.append(_received(surface, issued))
        listed.append({"number": name, "index": issued.receipt.index, "at": issued.at})
    lines.append(surface.say("submission.kept", folder=str(folder)))
    facts: dict[str, Json] = {"folder": str(folder), "submissions": listed}
    return surface.tell(Result("lodged", facts, "\n".join(lines), NOT_VALID if refused else DONE))


def _received(surface: Surface, issued: "Issued") -> str:
    return surface.say(
        "submission.received",
        number=issued.number,
        at=issued.at // 1000,
        index=issued.receipt.index,
    )


def _keep(path: Path, content: bytes) -> None:
    # The same delivery again writes the same files again: receipts do not differ by a byte, and a
    # policy is only added to. Whole or not at all, since a cut receipt would look like a forgery.
    arriving = path.with_name(f".{path.name}.arriving")
    descriptor = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    arriving.replace(path)


def _require_ready(surface: Surface, handed: "Sequence[Handed]") -> None:
    blocked = [one for one in handed if one.submission is None]
    if not blocked:
        return
    for one in blocked:
        for line in _heading(surface, one, len(handed)):
            surface.output.talk(line)
        for problem in one.problems:
            surface.output.talk(str(surface.explain(problem)))
    raise SubmissionNotReady("not as it is", blocked=len(blocked), submissions=len(handed))


def _looked_over(surface: Surface, one: "Handed") -> tuple[list[AnswerableError], list[object]]:
    if one.submission is None:
        return list(one.problems), []
    problems, notes = surface.offline.looked_over(one.submission)
    return list(problems), list(notes)


def _heading(surface: Surface, one: "Handed", count: int) -> Iterator[str]:
    if count > 1:
        yield surface.say("submission.of-file", at=one.at)


def _noted(surface: Surface, code: str, path: str, facts: object) -> str:
    return surface.say(f"note.{code}", path=path or "-", **dict(facts or {}))  # type: ignore[call-overload]  # facts of a note
