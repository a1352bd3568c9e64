"""The commands on openings: what one shows, whether it belongs to a receipt, and narrower ones."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

import click

from answerable.cli.errors import ExhibitDiffers, FieldNotShown, NoDigestShown, WrongUsage
from answerable.cli.files import STREAM, read, read_by, write_new
from answerable.cli.group import Noun, Verb
from answerable.cli.judgement import Judged, facts_of, lines_of
from answerable.cli.output import DONE, Json, Result
from answerable.cli.surface import Surface
from answerable.cli.trust import trust_for
from answerable.cli.verdict import Shown, failed, judged_or_why_not, not_vouched
from answerable.core.acts import Field
from answerable.core.canonical import encode
from answerable.core.commitment import ENVELOPE_PATHS, is_reader
from answerable.core.disclosure import OpeningMalformed, base64url_octets
from answerable.core.errors import AnswerableError
from answerable.core.exhibit import exhibit_digest
from answerable.core.opening import LIMIT, Opened, parse_opening
from answerable.locale.visible import visible, visible_lines

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
        judged = judged_or_why_not(surface, receipt, trust, Shown(file, found))
        if isinstance(judged, Result):
            return surface.tell(judged)
    except AnswerableError as problem:
        return surface.tell(failed(surface, file, problem))
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
    headline = surface.say("opening.belongs", file=file, receipt=receipt)
    before, code, ended = headline, "opening-valid", DONE
    if not trust.is_vouched_for:
        undecided = failed(surface, file, not_vouched(receipt, trust))
        before, code, ended = f"{undecided.text}\n", undecided.code, undecided.exit
        headline = undecided.summary or ""
    lines = (before, *lines_of(surface, judged), "", *_shown(surface, judged, opened))
    fits = (
        surface.say("opening.exhibit-fits", file=name, path=path) for name, path in matched.items()
    )
    return surface.tell(Result(code, facts, "\n".join((*lines, *fits)), ended, headline))


@opening.command(cls=Verb)
@click.argument("file", metavar="FILE")
@click.option("--reader", metavar="READER")
@click.option("--field", "fields", multiple=True, metavar="PATH")
@click.option("-o", "--output", required=True, metavar="FILE")
@click.pass_obj
def disclose(
    surface: Surface, file: str, *, reader: str | None, fields: tuple[str, ...], output: str
) -> int:
    if (reader is None) == (not fields):
        raise WrongUsage("a reader, or fields", reason="reader-or-fields")
    if reader is not None and not is_reader(reader):
        raise WrongUsage("no such reader", reason="reader", found=reader)
    whole = parse_opening(read(file, LIMIT))
    # Opened first: what the record does not vouch for is passed on to nobody.
    before = [item.path for item in _all(whole.opened())]
    for path in fields:
        if path not in before:
            raise FieldNotShown("not disclosed here", field=path, file=file)
    narrower = whole.for_reader(reader) if reader is not None else whole.with_paths(fields)
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


def _all(opened: Opened) -> tuple[Field, ...]:
    return opened.envelope + opened.content


def _fields(fields: tuple[Field, ...]) -> list[Json]:
    return [
        {"path": item.path, "value": item.value, "readers": list(item.readers)} for item in fields
    ]


def _shown(surface: Surface, judged: Judged, opened: Opened) -> Iterator[str]:
    if judged.party_key is not None:
        yield surface.say("opening.signed", key=judged.party_key.hex())
    else:
        is_unsigned = opened.discloses("signature")
        yield surface.say("opening.unsigned" if is_unsigned else "opening.signature-not-shown")
    # The readers of every field of the envelope are the same; the title names them once.
    yield from ("", surface.say("opening.envelope", count=len(opened.envelope)))
    for item in opened.envelope:
        yield f"  {item.path}"
        yield from _value_lines(item)
    yield from ("", surface.say("opening.content", count=len(opened.content)))
    for item in opened.content:
        readers = ", ".join(surface.catalogue.word("reader", reader) for reader in item.readers)
        yield f"  {item.path} ({surface.say('opening.readers', readers=readers)})"
        yield from _value_lines(item)
    yield from ("", surface.say("opening.undisclosed", count=opened.undisclosed))


def _value_lines(item: Field) -> Iterator[str]:
    # A line of its own for each line of a value, so that no value can pass for words of ours.
    if isinstance(item.value, str):
        yield from (f"    | {line}" for line in visible_lines(item.value))
    else:
        yield f"    | {visible(encode(item.value).decode())}"


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
