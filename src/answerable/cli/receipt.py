"""The commands on receipts. They need no network, no server and no mechanism's folder."""

import click

from answerable.casework.judging import Shown, Trust
from answerable.cli.errors import WrongUsage
from answerable.cli.files import read
from answerable.cli.group import Noun, Verb
from answerable.cli.output import DONE, Json, Result, worst
from answerable.cli.page_file import page_written
from answerable.cli.reissue import reissue
from answerable.cli.surface import Surface
from answerable.cli.trust import trust_for
from answerable.cli.verdict import facts_of, failed, result_of, verdict_in
from answerable.core.errors import AnswerableError
from answerable.core.ledger.lines import base64_of
from answerable.core.ledger.proof import MAX_RECEIPT_BYTES, Receipt


@click.group(cls=Noun)
def receipt() -> None:
    pass


receipt.add_command(reissue)


@receipt.command(cls=Verb)
@click.argument("file", metavar="FILE")
@click.pass_obj
def show(surface: Surface, file: str) -> int:
    found = Receipt.parse(read(file, MAX_RECEIPT_BYTES))
    checkpoint, signatures = found.checkpoint, found.note.signatures
    facts: dict[str, Json] = {
        "file": file,
        "origin": checkpoint.origin,
        "index": found.index,
        "size": checkpoint.size,
        "root": base64_of(checkpoint.root),
        "commitment": found.commitment.hex(),
        "signatures": [{"name": by.name, "key_id": by.key_id.hex()} for by in signatures],
    }
    lines = [
        surface.say("show.origin", origin=checkpoint.origin),
        surface.say("show.entry", index=found.index, size=checkpoint.size),
        surface.say("show.commitment", commitment=found.commitment.hex()),
        *(surface.say("show.signature", name=by.name, key_id=by.key_id.hex()) for by in signatures),
        surface.say("show.nothing-checked", file=file),
    ]
    return surface.tell(Result("receipt-shown", facts, "\n".join(lines)))


@receipt.command(cls=Verb)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--policy", metavar="FILE")
@click.option("--opening", metavar="FILE")
@click.option("--disclosure", multiple=True, metavar="TEXT")
@click.option("--zone", metavar="ZONE")
@click.pass_obj
def verify(
    surface: Surface,
    files: tuple[str, ...],
    *,
    policy: str | None,
    opening: str | None,
    disclosure: tuple[str, ...],
    zone: str | None,
) -> int:
    if opening is not None and len(files) > 1:
        raise WrongUsage("an opening belongs to one receipt", reason="one-receipt")
    if disclosure and opening is None:
        raise WrongUsage("a disclosure needs its record's body", reason="disclosure-alone")
    surface.use_zone(zone)
    given = None if policy is None else trust_for(files[0], policy)
    shown = shown_with(opening, disclosure)
    return surface.tell(_together([_verdict(surface, file, given, shown) for file in files]))


@receipt.command(cls=Verb)
@click.option("-o", "--output", required=True, metavar="FILE")
@click.pass_obj
def verifier(surface: Surface, output: str) -> int:
    return page_written(surface, output, surface.offline.verifier(), "verifier")


def shown_with(file: str | None, disclosures: tuple[str, ...]) -> Shown | None:
    """Return the opening in a file, with disclosures added that were handed over apart from it.

    Raises:
        CannotRead, OpeningMalformed
    """
    if file is None:
        return None
    from answerable.core.opening import LIMIT, Opening, parse_opening  # noqa: PLC0415 - needed for openings only

    found = parse_opening(read(file, LIMIT))
    added = tuple(text.encode("utf-8", "surrogateescape") for text in disclosures)
    return Shown(file, Opening(found.body, found.blinding, found.disclosures + added))


def _verdict(surface: Surface, file: str, given: Trust | None, shown: Shown | None) -> Result:
    try:
        trust = given or trust_for(file, None)
    except AnswerableError as problem:
        return failed(surface, file, problem)
    verdict = verdict_in(surface, file, trust, shown)
    facts: dict[str, Json] = {"file": file, **(facts_of(verdict.judged) if verdict.judged else {})}
    return result_of(surface, verdict, "receipt-valid", facts=facts, shows_opening=False)


def _together(verdicts: list[Result]) -> Result:
    """Return several verdicts as one, which is the worst of them."""
    ended = worst([one.exit for one in verdicts])
    code = next(one.code for one in verdicts if one.exit == ended)
    listed: list[Json] = [
        {"code": one.code, "exit": one.exit, "facts": one.facts, "message": one.text}
        for one in verdicts
    ]
    text = "\n\n".join(one.text for one in verdicts)
    return Result(code, {"receipts": listed}, text, ended or DONE)
