"""``answerable case ask`` and all other acts on a case: one command for each kind of act."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from answerable.casework.asking import SEVERAL, Typed, asked_of, seat_of
from answerable.casework.sealing import attached, file_of, require_openable
from answerable.cli.delivery_key import request_key
from answerable.cli.done import Done
from answerable.cli.errors import WrongUsage
from answerable.cli.files import STREAM
from answerable.cli.group import Says, Verb
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface
from answerable.core.act_form import ActForm, Asked, Carries, Part
from answerable.core.acts import By, Seat
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.acts.table import ACTS
from answerable.core.case.acts.texts import REDACTED
from answerable.core.case.attached import Attached, read_exhibits
from answerable.core.case.vocabulary import REMOVED
from answerable.core.docket import UnitKey
from answerable.core.errors import Malformed, Refusal, Undecidable

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.ports import Issued
    from answerable.core.signed_act import PartyKey


class FormVerb(Verb):
    """A command that does an act: its help is the act's word, and its options are its parts."""

    def __init__(self, form: ActForm, options: Sequence[click.Parameter], does: Any) -> None:
        params: list[click.Parameter] = [
            click.Argument(["number"], metavar="NUMBER"),
            click.Option(["--as", "party"], metavar="PARTY", required=True),
            click.Option(["--seat"], metavar="SEAT"),
            click.Option(["--entered-by"], metavar="PARTY"),
            click.Option(["--evidence"], metavar="TEXT"),
            click.Option(["--request-key"], metavar="UUID"),
            click.Option(["--sign-with"], metavar="FILE"),
            *options,
            *map(option_of_part, form.parts),
        ]
        super().__init__(form.verb, params=params, callback=click.pass_obj(does))
        self.form = form

    def help_of(self, words: Says, path: str) -> str:  # noqa: ARG002 - the table names the act
        return words.say(f"act.{self.form.code}")

    def option_of(self, words: Says, option: click.Option) -> str:
        part = next((p for p in self.form.parts if name_of_part(p) == option.name), None)
        if part is None:
            return words.say(f"option.{option.name}")
        label = words.say(f"part.{part.name}")
        return f"{label} ({', '.join(part.choices)})" if part.choices else label


class ActVerb(FormVerb):
    """A command that does an act on a case."""

    def __init__(self, kind: ActKind) -> None:
        options = [click.Option(["--with", "second"], metavar="PARTY")]
        if not kind.whole:
            options.append(
                click.Option(["--allegation"], metavar="N", multiple=True, type=click.INT)
            )
        if kind.exhibits is not Carries.NONE or kind.enterable:
            options += [
                click.Option(["--exhibit", "exhibit"], metavar="FILE", multiple=True),
                click.Option(["--exhibit-reader"], metavar="READER", multiple=True),
                click.Option(["--remove-hidden-data"], is_flag=True),
            ]
        super().__init__(kind, options, _done_by(kind))
        self.kind = kind


def verbs() -> Iterator[ActVerb]:
    """Yield a command for every act that a person does by itself."""
    return (ActVerb(kind) for kind in ACTS.values() if kind.verb)


def option_of_part(part: Part) -> click.Option:
    metavar = "|".join(part.choices) if part.choices else part.shape.value.upper()
    return click.Option(
        [f"--{part.name}", name_of_part(part)], metavar=metavar, multiple=part.shape in SEVERAL
    )


def name_of_part(part: Part) -> str:
    return "part_" + part.name.replace("-", "_")


def _done_by(kind: ActKind) -> Any:
    def do(surface: Surface, /, number: str, **options: Any) -> int:
        return act(surface, kind, number, typed_in(kind, options), **options)

    return do


def typed_in(form: ActForm, options: Mapping[str, Any]) -> Typed:
    """Return what was typed for each part of an act."""
    return {part.name: told for part in form.parts if (told := options[name_of_part(part)])}


def act(surface: Surface, kind: ActKind, number: str, typed: Typed, **options: Any) -> int:
    """Do an act, and tell it with its receipt and what it did to the clocks."""
    application = surface.application()
    asked = asked_for(application, kind, typed, options)
    before = application.dockets.owed(application.reading.docket(number).id)
    with asked_once(surface, options.get("request_key")) as key:
        known = done_before(application, number, kind, asked, key=key)
        issued = known or application.do_act(number, kind, asked, request=key)
        done = Done(surface, application, issued, before)
        facts: dict[str, Json] = {
            "number": issued.number,
            "index": issued.receipt.index,
            "act": kind.code,
            "request_key": str(key),
            "again": known is not None,
            **done.facts(),
        }
        word = surface.say(f"act.{kind.code}")
        said = surface.say(
            "case.done" if known is None else "case.done-before",
            act=word,
            number=issued.number,
            index=issued.receipt.index,
        )
        lines = [said, *done.lines()]
        if kind.code == REDACTED:
            lines.append(surface.say("case.redacted"))
        return surface.tell(Result("act", facts, "\n".join(lines)))


def done_before(
    application: "Application", number: str, kind: ActKind, asked: Asked, *, key: UUID
) -> "Issued | None":
    """Return the act that was done with a key, or None once its files are seen to be there.

    Who lost a photo that was handed in has the receipt of it all the same.

    Raises:
        ActDiffers: that was another act.
        Problem: what is wrong with a file.
    """
    known: Issued | None = application.do_acts.known(number, kind, asked, UnitKey(key))
    for one in () if known is not None else asked.exhibits:
        require_openable(one)
    return known


@contextmanager
def asked_once(surface: Surface, given: str | None) -> Iterator[UUID]:
    """Yield the key with which an act is done once, and say it where nobody knows whether it was.

    A refusal wrote nothing, so it needs no key: who mends what was asked asks for something else.

    Raises:
        DeliveryKeyUnreadable: nothing was done.
    """
    key = request_key(STREAM, given)
    try:
        yield key
    except (Refusal, Malformed, Undecidable):
        raise
    except BaseException:
        surface.talk("acts.in-doubt", key=str(key))
        raise


def asked_for(
    application: "Application", kind: ActKind, typed: Typed, options: Mapping[str, Any]
) -> Asked:
    """Return what the options of an act's command ask for.

    Raises:
        UnknownParty, UnknownPart, PartUnreadable, UnreadableNumber.
    """
    mechanism = application.reading.mechanism()
    party = mechanism.party(options["party"])
    seat = Seat(options["seat"]) if options.get("seat") else seat_of(kind, party.id, mechanism)
    return asked_of(
        kind,
        typed,
        By(party.id, seat),
        mechanism,
        allegations=tuple(options.get("allegation") or ()),
        entered_by=typist(mechanism, options.get("entered_by")),
        evidence=options.get("evidence"),
        second=mechanism.party(options["second"]).id if options.get("second") else None,
        exhibits=exhibits_of(application, options),
        key=key_of(application, options.get("sign_with")),
    )


def key_of(application: "Application", file: str | None) -> "PartyKey | None":
    """Return the key with which an act is signed, from its party's own file.

    Raises:
        PartyKeyUnreadable: the file is not there, or is no party's key.
    """
    return None if file is None else application.party_keys.read(file)


def exhibits_of(application: "Application", options: Mapping[str, Any]) -> tuple[Attached, ...]:
    """Return the files that are named; of the folders on the way to one nothing is recorded.

    Raises:
        Problem: the first that is wrong with them.
    """
    readers = list(options.get("exhibit_reader") or ())
    paths = [PurePath(path) for path in options.get("exhibit") or ()]
    if readers and not paths:
        raise WrongUsage("readers of nothing", reason="exhibit-reader")
    if not paths:
        return ()
    of_all: dict[str, Any] = {"readers": readers} if readers else {}
    if options.get("remove_hidden_data"):
        of_all["hidden-data"] = REMOVED
    said = [{"file": path.name or str(path), **of_all} for path in paths]
    read, problems = read_exhibits(said)
    for problem in problems:
        raise problem
    folders = {file_of(one): str(path.parent) for one, path in zip(read, paths, strict=False)}
    return attached(
        read,
        lambda name: application.forms.exhibit(folders[name], name),
        application.hidden_data,
    )


def typist(mechanism: Any, typed: str | None) -> By | None:
    if typed is None:
        return None
    party = mechanism.party(typed)
    return By(party.id, party.seat)
