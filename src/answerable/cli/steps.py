"""``answerable proceeding assign`` and all other acts on a proceeding: one command for each."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from answerable.casework.asking import PartUnreadable, Typed, asked_of
from answerable.cli import files
from answerable.cli.acts import FormVerb, asked_once, key_of, typed_in, typist
from answerable.cli.done import Done
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface
from answerable.core.act_form import Asked
from answerable.core.acts import By, Seat
from answerable.core.numbers import TYPED_DIGITS
from answerable.core.proceeding.acts.kind import ANSWERING, StepKind
from answerable.core.proceeding.acts.sending import RESPONSE_CLEARED, SENT
from answerable.core.proceeding.acts.table import STEPS
from answerable.core.seats import MONITOR

if TYPE_CHECKING:
    from answerable.casework.application import Application

_POINTS = re.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?")

_FINGERPRINTS = {
    RESPONSE_CLEARED: "proceeding.fingerprint-clear",
    SENT: "proceeding.fingerprint-send",
}

FINGERPRINT, DATA = "sha256", "data"

FILE_BYTES = 1 << 30
"""The largest response that is sent: what is larger is no document."""


class StepVerb(FormVerb):
    """A command that does an act on a proceeding."""

    def __init__(self, kind: StepKind) -> None:
        options = []
        if not kind.whole:
            options.append(click.Option(["--point"], metavar="N|N-M", multiple=True))
        if kind.code == SENT:
            options.append(click.Option(["--file"], metavar="FILE", required=True))
        super().__init__(kind, options, _done_by(kind))
        self.kind = kind


def verbs() -> Iterator[StepVerb]:
    """Yield a command for every act that a body or the monitor does by itself."""
    return (StepVerb(kind) for kind in STEPS.values() if kind.verb)


def _done_by(kind: StepKind) -> Any:
    def do(surface: Surface, /, number: str, **options: Any) -> int:
        return step(surface, kind, number, typed_in(kind, options), **options)

    return do


def step(surface: Surface, kind: StepKind, number: str, typed: Typed, **options: Any) -> int:
    """Do an act on a proceeding, and tell it with its receipt and what it did to the clocks."""
    application = surface.application()
    asked = asked_for(application, kind, typed, options)
    docket = application.reading.proceeding(number)
    sent = _sent(application, options["file"]) if kind.code == SENT else {}
    before = application.dockets.owed(docket.id)
    with asked_once(surface, options.get("request_key")) as key:
        do = application.proceedings.do
        known = do.known(number, kind, asked, request=key, says=sent)
        issued = known or do(number, kind, asked, request=key, says=sent)
        done = Done(surface, application, issued, before)
        facts: dict[str, Json] = {
            "number": issued.number,
            "index": issued.receipt.index,
            "act": kind.code,
            "request_key": str(key),
            "again": known is not None,
            **_fingerprint(application, kind, issued.number),
            **done.facts(),
        }
        said = surface.say(
            "case.done" if known is None else "case.done-before",
            act=surface.say(f"act.{kind.code}"),
            number=issued.number,
            index=issued.receipt.index,
        )
        lines = [said]
        if kind.code in _FINGERPRINTS:
            lines.append(surface.say(_FINGERPRINTS[kind.code], digest=str(facts[FINGERPRINT])))
        if kind.code == SENT:
            compared = "proceeding.same-data" if facts[DATA] else "proceeding.not-compared"
            lines.append(surface.say(compared))
        return surface.tell(Result("act", facts, "\n".join((*lines, *done.lines()))))


def _sent(application: "Application", file: str) -> dict[str, str]:
    return application.proceedings.paper.says_of(files.read(file, FILE_BYTES))


def _fingerprint(application: "Application", kind: StepKind, number: str) -> dict[str, Json]:
    """Return the fingerprints that an act recorded: of what was cleared, or of the file sent."""
    if kind.code not in _FINGERPRINTS:
        return {}
    facts = application.reading.act(number).kept.envelope.facts
    carried: dict[str, Json] = {DATA: facts.get(DATA)} if kind.code == SENT else {}
    return {FINGERPRINT: facts[FINGERPRINT], **carried}


def asked_for(
    application: "Application", kind: StepKind, typed: Typed, options: Mapping[str, Any]
) -> Asked:
    """Return what the options of an act's command ask for.

    Raises:
        UnknownParty, UnknownPart, PartUnreadable.
    """
    mechanism = application.reading.mechanism()
    party = mechanism.party(options["party"])
    may = (MONITOR,) if kind.by == (MONITOR,) else (*ANSWERING, MONITOR)
    seat = next((one for one in may if one in party.seats), may[0])
    return asked_of(
        kind,
        typed,
        By(party.id, Seat(options["seat"]) if options.get("seat") else seat),
        mechanism,
        allegations=tuple(n for typed in options.get("point") or () for n in _points(typed)),
        entered_by=typist(mechanism, options.get("entered_by")),
        evidence=options.get("evidence"),
        key=key_of(application, options.get("sign_with")),
    )


def _points(typed: str) -> range:
    """Return the points that a person names: one, or the first and the last of several.

    Raises:
        PartUnreadable: it is neither.
    """
    found = _POINTS.fullmatch(typed.strip().translate(TYPED_DIGITS))
    if found is None:
        raise PartUnreadable(typed, part="points", reason="points", found=typed)
    return range(int(found[1]), int(found[2] or found[1]) + 1)
