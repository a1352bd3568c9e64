"""``answerable proceeding print`` and the other papers: PDF, slip, and a Word file that returns."""

from typing import TYPE_CHECKING

import click

from answerable.casework.documents import Certificate
from answerable.casework.response_docx import RETURNED_BYTES
from answerable.cli import files
from answerable.cli.columns import columns, indented
from answerable.cli.errors import WrongUsage
from answerable.cli.group import Verb
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.surface import Surface

if TYPE_CHECKING:
    from answerable.core.proceeding.comparison import Comparison, Difference

KEY_BYTES = 1 << 20


@click.command("print", cls=Verb)
@click.argument("number")
@click.option("--output", "-o", required=True)
@click.option("--certificate", metavar="PEM")
@click.option("--certificate-key", metavar="PEM")
@click.pass_obj
def print_(surface: Surface, /, number: str, output: str, **signing: str | None) -> int:
    """Write the response as a PDF: as it was cleared last, or as it is, marked as not cleared."""
    application = surface.application()
    docket = application.reading.proceeding(number)
    paper = application.proceedings.paper
    pdf = paper.pdf(docket, surface.manner.language, _certificate(**signing))
    _, cleared = paper.response(docket)
    key = "proceeding.printed" if cleared else "proceeding.printed-not-cleared"
    if cleared and cleared.whole:
        key = "proceeding.printed-without-words"
    return _written(surface, output, pdf, surface.say(key, output=output))


@click.command(cls=Verb)
@click.argument("number")
@click.option("--output", "-o", required=True)
@click.pass_obj
def slip(surface: Surface, number: str, output: str) -> int:
    """Write the slip of the last sending, with its receipt."""
    application = surface.application()
    docket = application.reading.proceeding(number)
    pdf = application.proceedings.paper.slip(docket, surface.manner.language)
    return _written(surface, output, pdf, surface.say("proceeding.slip-printed", output=output))


@click.command(cls=Verb)
@click.argument("number")
@click.option("--output", "-o", required=True)
@click.pass_obj
def word(surface: Surface, number: str, output: str) -> int:
    """Write the response as a Word file that a body edits and hands back."""
    application = surface.application()
    response = application.proceedings.collect(application.reading.proceeding(number))
    docx = application.responses_in_word.response_docx(response, surface.manner.language)
    return _written(surface, output, docx, surface.say("proceeding.word-written", output=output))


@click.command(cls=Verb)
@click.argument("number")
@click.argument("file")
@click.pass_obj
def compare(surface: Surface, number: str, file: str) -> int:
    """Name each edit, lost row and changed number of a Word file that came back."""
    application = surface.application()
    response = application.proceedings.collect(application.reading.proceeding(number))
    found = application.responses_in_word.compared(response, files.read(file, RETURNED_BYTES))
    width = columns()
    lines = [part for line in _lines(surface, found) for part in indented(line, width, rest="  ")]
    listed: list[Json] = [
        {
            "what": one.what,
            "point": None if one.row is None else one.row.point or None,
            "body": None if one.row is None else one.row.body or None,
            "before": one.before,
            "after": one.after,
        }
        for one in found.differences
    ]
    ended = NOT_VALID if found.differences else DONE
    facts: dict[str, Json] = {"differences": listed, "comments": len(found.comments)}
    return surface.tell(Result("compared", facts, "\n".join(lines), ended))


def _lines(surface: Surface, found: "Comparison") -> list[str]:
    say = surface.say
    lines = [
        say(
            f"returned.{one.what}",
            place=_place(surface, one),
            removed=", ".join(one.removed) or None,
            added=", ".join(one.added) or None,
            after=one.after,
        )
        for one in found.differences
    ]
    lines += [say("returned.comment", author=one.author, text=one.text) for one in found.comments]
    if found.tracked:
        lines.append(say("returned.tracked", authors=", ".join(found.tracked)))
    if not found.differences:
        lines.append(say("returned.unchanged"))
    else:
        lines.append(say("proceeding.nothing-taken-over"))
    return lines


def _place(surface: Surface, one: "Difference") -> str:
    row = one.row
    if row is None or not row.point:
        return surface.say("proceeding.place-whole")
    return surface.say("proceeding.place", point=row.point, body=row.body or None)


def _certificate(certificate: str | None, certificate_key: str | None) -> Certificate | None:
    if certificate is None and certificate_key is None:
        return None
    if certificate is None or certificate_key is None:
        raise WrongUsage("one of two", reason="certificate-alone")
    return Certificate(
        certificates=files.read(certificate, KEY_BYTES),
        key=files.read(certificate_key, KEY_BYTES),
    )


def _written(surface: Surface, output: str, octets: bytes, said: str) -> int:
    if output == files.STREAM:
        surface.output.to_stderr = True
    files.write_new(output, octets)
    return surface.tell(Result("written", {"output": output, "bytes": len(octets)}, said))
