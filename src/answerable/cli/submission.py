"""``answerable submission``: look a report over before it is sent, and lodge it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from uuid import UUID

import click

from answerable.cli import files
from answerable.cli.delivery_key import delivery_key
from answerable.cli.form_copy import open_copy
from answerable.cli.group import Noun, Verb
from answerable.cli.handed_in import tell
from answerable.cli.output import DONE, UNREADABLE, Json, Result
from answerable.cli.page_file import page_written
from answerable.cli.surface import Surface
from answerable.core.acts import By
from answerable.core.case.limits import DELIVERY_BYTES
from answerable.core.errors import AnswerableError, Malformed
from answerable.core.mechanism import ANYONE

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.delivery import Delivery
    from answerable.core.case.delivery import Handed
    from answerable.core.case.notes import Note


class SubmissionNotReady(Malformed):
    """A submission of the file cannot be lodged as it is; nothing of the file was lodged."""

    code = "submission-not-ready"


@click.group(cls=Noun)
def submission() -> None:
    pass


submission.add_command(open_copy)


@submission.command(cls=Verb)
@click.argument("file")
@click.pass_obj
def check(surface: Surface, file: str) -> int:
    """Say what the receiver will probably ask. Only emptiness and faults of form block."""
    handed = surface.offline.delivery(files.read(file, DELIVERY_BYTES), file)
    report: list[Json] = []
    lines: list[str] = []
    blocked = 0
    for one in handed:
        problems, notes = _looked_over(surface, one, str(PurePath(file).parent))
        report.append(
            {
                "at": one.at,
                "problems": [{"code": item.code, **item.facts} for item in problems],
                "notes": [{"code": item.code, "path": item.path, **item.facts} for item in notes],
            }
        )
        lines += _heading(surface, one, len(handed))
        lines += [str(surface.explain(item)) for item in problems]
        lines += [_said(surface, item) for item in notes]
        blocked += bool(problems)
    lines.append(surface.say("submission.blocked" if blocked else "submission.ready"))
    facts: dict[str, Json] = {"submissions": report, "blocked": blocked}
    return surface.tell(Result("checked", facts, "\n".join(lines), UNREADABLE if blocked else DONE))


@submission.command(cls=Verb)
@click.option("-o", "--output", required=True, metavar="FILE")
@click.pass_obj
def form(surface: Surface, output: str) -> int:
    """Write the form that is filled in without a network, as one file."""
    return page_written(surface, output, surface.offline.form(), "form")


@submission.command(cls=Verb)
@click.argument("file")
@click.option("--as", "party")
@click.option("--entered-by")
@click.option("--evidence")
@click.option("--key", "--sign-with", "key_file", metavar="FILE")
@click.option("--delivery-key", "given")
@click.option("--to", "folder")
@click.pass_obj
def lodge(surface: Surface, /, file: str, **options: str | None) -> int:
    """Lodge every submission of a file, and keep its receipt, its opening and the policy."""
    octets = files.read(file, DELIVERY_BYTES)
    application = surface.application()
    handed = application.forms.delivery(octets, file)
    _require_ready(surface, handed)
    delivery = _delivery(application, handed, str(PurePath(file).parent), options)
    request, before = delivery_key(
        file, octets, options["given"], was_lodged=application.lodge_submission.was_lodged
    )
    if file == files.STREAM:
        # It lies beside no file: whoever is cut off can ask again only if it was said before.
        surface.talk("submission.delivery-key", key=str(request))
    if not before:
        _say_what_is_missing(surface, delivery)
    with surface.progress() as told:
        outcomes = application.lodge_submission(
            replace(delivery, request=request),
            lambda done: told("submission-lodging", done, len(handed)),
        )
    if before:
        surface.talk("submission.again")
    folder = options["folder"] or f"{file}.receipts"
    return tell(surface, application, outcomes, folder=Path(folder), key=str(request))


def _say_what_is_missing(surface: Surface, delivery: "Delivery") -> None:
    if delivery.party == ANYONE:
        surface.talk("submission.without-name")
    elif delivery.key is None:
        surface.talk("submission.unsigned")
    exhibits = [one for submission in delivery.submissions for one in submission.exhibits]
    if as_they_are := sum(one.hidden_data is None for one in exhibits):
        surface.talk("submission.as-they-are", exhibits=as_they_are)


def _delivery(
    application: "Application",
    handed: "Sequence[Handed]",
    beside: str,
    options: Mapping[str, str | None],
) -> "Delivery":
    from answerable.casework.delivery import Delivery  # noqa: PLC0415 - loaded late

    mechanism = application.reading.mechanism()
    party, entered_by, key = options["party"], options["entered_by"], options["key_file"]
    typist = None if entered_by is None else mechanism.party(entered_by)
    return Delivery(
        request=UUID(int=0),
        submissions=[one.submission for one in handed if one.submission is not None],
        exhibit=lambda name: application.forms.exhibit(beside, name),
        party=ANYONE if party is None else mechanism.party(party).id,
        entered_by=None if typist is None else By(typist.id, typist.seat),
        evidence=options["evidence"],
        key=None if key is None else application.party_keys.read(key),
    )


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


def _looked_over(
    surface: Surface, one: "Handed", folder: str
) -> tuple[list[AnswerableError], "list[Note]"]:
    if one.submission is None:
        return list(one.problems), []
    problems, notes = surface.offline.looked_over(one.submission, folder)
    return list(problems), list(notes)


def _said(surface: Surface, note: "Note") -> str:
    facts = dict(note.facts)
    if "found" in facts:
        facts["found"] = surface.say(f"hidden.{facts['found']}", **facts)
    return surface.say(f"note.{note.code}", path=note.path or None, **facts)


def _heading(surface: Surface, one: "Handed", count: int) -> Iterator[str]:
    if count > 1:
        yield surface.say("submission.of-file", at=one.at)
