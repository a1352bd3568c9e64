"""The commands on openings: what one shows, whether it belongs to a receipt, and narrower ones."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

import click

from answerable.casework.judging import Shown
from answerable.cli.errors import ExhibitDiffers, FieldNotShown, NoDigestShown, WrongUsage
from answerable.cli.files import STREAM, read, read_by, write_new
from answerable.cli.group import Noun, Verb
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface
from answerable.cli.trust import trust_for
from answerable.cli.verdict import facts_of, failed, result_of, verdict_in
from answerable.core.acts import Field
from answerable.core.case.later_readers import read_now
from answerable.core.commitment import ENVELOPE_PATHS, is_reader
from answerable.core.disclosure import OpeningMalformed, base64url_octets
from answerable.core.errors import AnswerableError
from answerable.core.exhibit import exhibit_digest
from answerable.core.opening import LIMIT, Opened, Opening, parse_opening

_CHUNK = 1 << 20


@click.group(cls=Noun)
def opening() -> None:
    pass


@opening.command(cls=Verb)
@click.argument("file", metavar="FILE")
@click.option("--receipt", required=True, metavar="FILE")
@click.option("--policy", metavar="FILE")
@click.option("--exhibit", "exhibits", multiple=True, metavar="FILE")
@click.option("--zone", metavar="ZONE")
@click.pass_obj
def verify(
    surface: Surface,
    file: str,
    *,
    receipt: str,
    policy: str | None,
    exhibits: tuple[str, ...],
    zone: str | None,
) -> int:
    surface.use_zone(zone)
    trust = trust_for(receipt, policy)
    try:
        found = parse_opening(read(file, LIMIT))
    except AnswerableError as problem:
        return surface.tell(failed(surface, file, problem))
    verdict = verdict_in(surface, receipt, trust, Shown(file, found))
    judged = verdict.judged
    if judged is None:
        return surface.tell(
            result_of(surface, verdict, "opening-valid", facts={}, shows_opening=True)
        )
    opened = found.opened()
    matched: dict[str, str] = {}
    for name in exhibits:
        try:
            matched[name] = _exhibit_path(opened, name)
        except AnswerableError as problem:
            return surface.tell(failed(surface, name, problem))
    facts: dict[str, Json] = {
        "file": file,
        **facts_of(judged),
        "envelope": _fields(opened.envelope),
        "content": _fields(opened.content),
        "undisclosed": opened.undisclosed,
        "exhibits": matched,
    }
    told = result_of(surface, verdict, "opening-valid", facts=facts, shows_opening=True)
    fits = (
        surface.say("opening.exhibit-fits", file=name, path=path) for name, path in matched.items()
    )
    return surface.tell(replace(told, text="\n".join((told.text, *fits))))


@opening.command(cls=Verb)
@click.argument("file", metavar="FILE")
@click.option("--reader", metavar="READER")
@click.option("--later", multiple=True, metavar="FILE")
@click.option("--field", "fields", multiple=True, metavar="PATH")
@click.option("-o", "--output", required=True, metavar="FILE")
@click.pass_obj
def disclose(
    surface: Surface,
    file: str,
    *,
    reader: str | None,
    later: tuple[str, ...],
    fields: tuple[str, ...],
    output: str,
) -> int:
    if (reader is None) == (not fields) or (later and reader is None):
        raise WrongUsage("a reader, or fields", reason="reader-or-fields")
    if reader is not None and not is_reader(reader):
        raise WrongUsage("no such reader", reason="reader", found=reader)
    whole = parse_opening(read(file, LIMIT))
    # Opened first: what the record does not vouch for is passed on to nobody.
    before = [item.path for item in _all(whole.opened())]
    for path in fields:
        if path not in before:
            raise FieldNotShown("not disclosed here", field=path, file=file)
    narrower = whole.with_paths(fields) if reader is None else _read_by(whole, reader, later)
    shown = [item.path for item in _all(narrower.opened())]
    left_out = [path for path in before if path not in shown]
    write_new(output, narrower.encoded())
    surface.output.to_stderr = output == STREAM
    facts: dict[str, Json] = {
        "file": file,
        "output": output,
        "shown": shown,
        "left_out": left_out,
    }
    envelope = [path for path in left_out if path in ENVELOPE_PATHS]
    content = [path for path in left_out if path not in ENVELOPE_PATHS]
    lines = [
        surface.say("disclose.written", output=output, count=len(shown)),
        *(f"  {path}" for path in shown),
        surface.say("disclose.left-out-content", count=len(content)),
        *(f"  {path}" for path in content),
        surface.say("disclose.left-out-envelope", count=len(envelope)),
        *(f"  {path}" for path in envelope),
        surface.say("disclose.copies"),
    ]
    return surface.tell(Result("opening-disclosed", facts, "\n".join(lines)))


def _read_by(whole: Opening, reader: str, later: tuple[str, ...]) -> Opening:
    """Return what a reader may see of an opening after later acts, of which these are openings."""
    if not later:
        return whole.for_reader(reader)
    openings = [parse_opening(read(name, LIMIT)).opened() for name in later]
    return whole.for_reader(reader, read_now(whole.opened(), openings))


def _all(opened: Opened) -> tuple[Field, ...]:
    return opened.envelope + opened.content


def _fields(fields: tuple[Field, ...]) -> list[Json]:
    return [
        {"path": item.path, "value": item.value, "readers": list(item.readers)} for item in fields
    ]


def _exhibit_path(opened: Opened, name: str) -> str:
    """Return the path of the exhibit whose digest is that of a file.

    Raises:
        CannotRead, NoDigestShown, ExhibitDiffers: with the file.
    """
    digests = dict(_exhibit_digests(opened))
    if not digests:
        raise NoDigestShown("no exhibit's digest is shown", file=name)
    salts = list({salt for salt, _ in digests.values()})
    found = dict(zip(salts, read_by(name, lambda file: _digests(file, salts)), strict=True))
    for path, (salt, digest) in digests.items():
        if found[salt] == digest:
            return path
    raise ExhibitDiffers("none of the digests shown", file=name, shown=len(digests))


def _exhibit_digests(opened: Opened) -> Iterator[tuple[str, tuple[bytes, str]]]:
    for item in opened.content:
        if item.path.startswith("exhibits/") and item.path.endswith("/digest"):
            match item.value:
                case Mapping() as shown if isinstance(shown.get("sha256"), str):
                    yield item.path, (base64url_octets(shown.get("salt")), str(shown["sha256"]))
                case _:
                    raise OpeningMalformed("no digest of an exhibit", reason="wrong-value")


def _digests(file: BinaryIO, salts: list[bytes]) -> list[str]:
    """Return SHA-256 over label, salt and the file, for each salt, reading the file once."""
    hashes = [exhibit_digest(salt) for salt in salts]
    while chunk := file.read(_CHUNK):
        for one in hashes:
            one.update(chunk)
    return [one.hexdigest() for one in hashes]
