"""The commands on receipts. They need no network, no server and no mechanism's folder."""

from typing import TYPE_CHECKING

import click

from answerable.cli.errors import PolicyNotVouched, WrongUsage
from answerable.cli.files import read
from answerable.cli.group import Noun, Verb
from answerable.cli.judgement import facts_of, judge, lines_of
from answerable.cli.output import DONE, UNDECIDED, Json, Result, exit_of, worst
from answerable.cli.surface import Surface
from answerable.cli.trust import Trust, trust_for
from answerable.core.errors import AnswerableError, Refusal
from answerable.core.ledger.lines import base64_of
from answerable.core.ledger.proof import MAX_RECEIPT_BYTES, Receipt

if TYPE_CHECKING:
    from answerable.core.opening import Opening

_HEADLINES = {1: "verdict.not-valid", 2: "verdict.unreadable", 3: "verdict.undecided"}


@click.group(cls=Noun)
def receipt() -> None:
    pass


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
    opened = opening_with(opening, disclosure)
    return surface.tell(_together([_verdict(surface, file, given, opened) for file in files]))


def opening_with(file: str | None, disclosures: tuple[str, ...]) -> "Opening | None":
    """Return the opening in a file, with disclosures added that were handed over apart from it.

    Raises:
        CannotRead, OpeningMalformed
    """
    if file is None:
        return None
    from answerable.core.opening import LIMIT, Opening, parse_opening  # noqa: PLC0415 - a receipt alone needs none of it

    found = parse_opening(read(file, LIMIT))
    added = tuple(text.encode("utf-8", "surrogateescape") for text in disclosures)
    return Opening(found.body, found.blinding, found.disclosures + added)


def _verdict(surface: Surface, file: str, trust: Trust | None, opening: "Opening | None") -> Result:
    try:
        trust = trust or trust_for(file, None)
        found = Receipt.parse(read(file, MAX_RECEIPT_BYTES))
        judged = judge(found, trust, surface.offline, opening)
    except Refusal as problem:
        if trust is not None and not trust.is_vouched_for:
            return _unvouched(surface, trust, file, problem)
        return _failed(surface, file, problem)
    except AnswerableError as problem:
        return _failed(surface, file, problem)
    facts: dict[str, Json] = {"file": file, **facts_of(judged)}
    lines = lines_of(surface, judged)
    if not trust.is_vouched_for:
        undecided = _not_vouched(trust, file)
        headline = surface.say("verdict.undecided", file=file)
        explained = str(surface.explain(undecided))
        text = "\n".join((headline, explained, "", *lines))
        return Result(undecided.code, facts, text, UNDECIDED)
    headline = surface.say("verdict.valid", file=file)
    return Result("receipt-valid", facts, "\n".join((headline, *lines)))


def _not_vouched(trust: Trust, file: str) -> PolicyNotVouched:
    return PolicyNotVouched("found beside the receipt", file=file, policy=trust.file)


def _unvouched(surface: Surface, trust: Trust, file: str, problem: Refusal) -> Result:
    """Return that nothing is decided: with another policy, a true receipt can be made to fail."""
    undecided = _not_vouched(trust, file)
    text = "\n".join(
        (
            surface.say("verdict.undecided", file=file),
            surface.explain(problem).what,
            str(surface.explain(undecided)),
        )
    )
    return Result(undecided.code, {**undecided.facts, "found": problem.code}, text, UNDECIDED)


def _failed(surface: Surface, file: str, problem: AnswerableError) -> Result:
    code = exit_of(problem)
    headline = surface.say(_HEADLINES.get(code, "verdict.undecided"), file=file)
    text = f"{headline}\n{surface.explain(problem)}"
    return Result(problem.code, {**problem.facts, "file": file}, text, code)


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
