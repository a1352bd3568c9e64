"""What every command stands on: what was asked for, in which language, and how it ends."""

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import click

from answerable.cli.errors import CannotWrite, FileExists, NoMechanism, UnknownZone, WrongUsage
from answerable.cli.group import Root
from answerable.cli.output import DONE, FAULT, Output, Result, exit_of
from answerable.cli.progress import ProgressLine
from answerable.core.errors import AnswerableError, Broken, Fact, Refusal
from answerable.locale.catalogue import LANGUAGES, Catalogue, Explained

if TYPE_CHECKING:
    from answerable.casework.procedures import Procedures

INTERRUPTED = 130
MECHANISM_FILE = "mechanism.toml"
"""The file that makes a folder that of a mechanism."""

Door = TypeVar("Door")
Verify = Callable[[bytes, bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Offline:
    """What the offline commands need: the check of a signature, the reader's clock, and files.

    ``delivery`` reads a file of submissions, ``looked_over`` says what is wrong with one and what
    its receiver will ask, ``new_party_key`` writes a key file and returns the public key,
    ``procedures`` gives the rules at hand, ``place_names`` the names of a place by language,
    ``verifier`` the page that checks receipts in a browser, ``form`` the one in which a report is
    written without a network, ``copy_opened`` what such a form, or the pages, locked under a key.
    """

    verify: Verify
    now_seconds: int
    delivery: Callable[[bytes, str], tuple[Any, ...]]
    looked_over: Callable[[Any, str], tuple[list[Any], list[Any]]]
    new_party_key: Callable[[str], bytes]
    procedures: Callable[[], "Procedures"]
    place_names: Callable[[str], Mapping[str, str]]
    verifier: Callable[[], bytes]
    form: Callable[[], bytes]
    copy_opened: Callable[[bytes, str], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Doors:
    """How a command gets at the world. Nothing behind a door is loaded before it is opened."""

    offline: Callable[[], Offline]
    application: Callable[[str], Any] | None = None
    found: Callable[[str, Mapping[str, str | int], UUID], Any] | None = None
    restore: Callable[[str, str, str | None], Mapping[str, Fact]] | None = None
    serve: Callable[[str, str | None, str, int], None] | None = None


@dataclass(slots=True)
class Manner:
    """How a person wants to be answered, wherever on the command line it stands."""

    language: str
    json: bool = False
    plain: bool = False
    debug: bool = False
    mechanism: str | None = None


class Surface:
    """What a command is given as ``ctx.obj``."""

    def __init__(self, manner: Manner, doors: Doors, environ: Mapping[str, str]) -> None:
        self.manner, self.doors, self._environ = manner, doors, environ
        self.catalogue = Catalogue(manner.language)
        self._zone: tzinfo | None = None
        self._opened: Any = None
        self.output = Output(self.catalogue, json=manner.json, plain=manner.plain)

    @property
    def offline(self) -> Offline:
        return self.doors.offline()

    @property
    def environ(self) -> Mapping[str, str]:
        """What the command was told by variables (variables.py)."""
        return self._environ

    @property
    def folder(self) -> str:
        """The mechanism's folder: --mechanism, ANSWERABLE_MECHANISM, or the current folder."""
        return self.manner.mechanism or self._environ.get("ANSWERABLE_MECHANISM") or "."

    def application(self) -> Any:
        """Return the Application of the mechanism in the folder.

        Raises:
            NoMechanism: there is none.
        """
        marker = os.path.join(self.folder, MECHANISM_FILE)  # noqa: PTH118 - pathlib starts slowly
        if self.doors.application is None or not os.path.isfile(marker):  # noqa: PTH113 - as above
            raise NoMechanism(f"no {MECHANISM_FILE}", folder=self.folder)
        application = self._opened = self.doors.application(self.folder)
        self.use_zone(application.zone)
        return application

    def found(self, folder: str, settings: Mapping[str, str | int], request: UUID) -> Any:
        """Make a mechanism in a folder, and return its first act as issued."""
        return _open(self.doors.found)(folder, settings, request)

    def restore(self, backup: str, case_keys: str | None) -> Mapping[str, Fact]:
        """Put a backup back into the mechanism's folder, and return what there is to say of it."""
        return _open(self.doors.restore)(self.folder, backup, case_keys)

    def serve(self, register: str, mechanism: str | None, address: str, port: int) -> None:
        """Serve the pages of a register, and a mechanism's form, until told to stop."""
        _open(self.doors.serve)(register, mechanism, address, port)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """Show on a terminal what is being done and how far it is; elsewhere nothing."""
        told = ProgressLine(self.say, shows=not self.manner.json)
        try:
            yield told
        finally:
            told.end()

    def say(self, key: str, /, **facts: str | int | None) -> str:
        return self.catalogue.say(key, **facts)

    def explain(self, error: AnswerableError) -> Explained:
        return self.catalogue.explain(error.code, self._told(error))

    def refuse(self, error: AnswerableError) -> int:
        """Tell what went wrong, and return the exit code that goes with it."""
        code = exit_of(error)
        self.output.error(error.code, error.facts, code, told=self._told(error))
        return code

    def _told(self, error: AnswerableError) -> Mapping[str, Fact]:
        """Return what is told of an error: a body by its name, as pages do, and a person never."""
        party = error.facts.get("party")
        if self._opened is None or not isinstance(party, str) or not isinstance(error, Refusal):
            return error.facts
        known = self._opened.reading.mechanism().parties.get(party)
        if known is None or known.name is None or not known.is_body:
            return error.facts
        return {**error.facts, "party": known.name}

    def use_zone(self, name: str | None) -> None:
        """Give instants in this time zone too.

        Raises:
            UnknownZone: this computer does not know it.
        """
        if name is None:
            return
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - only who asks for a zone waits for it

        try:
            self._zone = ZoneInfo(name)
        except (KeyError, OSError, ValueError) as problem:  # ZoneInfoNotFoundError is a KeyError
            raise UnknownZone(str(problem), zone=name) from None

    def local(self, at_seconds: int) -> str | None:
        """Return an instant in the zone asked for, None where none was."""
        if self._zone is None:
            return None
        return self.catalogue.instant(at_seconds, self._zone, str(self._zone))

    def when(self, at: int) -> str:
        """Return an instant, in milliseconds, in words: in the mechanism's zone, which is named."""
        return self.local(at // 1000) or self.catalogue.instant(at // 1000)

    def talk(self, key: str, /, **facts: str | int | None) -> None:
        """Say something on the side: on stderr, and not in a result."""
        self.output.talk(self.say(key, **facts))

    def tell(self, result: Result) -> int:
        """Print the result of a command, and return the exit code that goes with it."""
        return self.output.result(result)


def _open(door: Door | None) -> Door:
    if door is None:
        raise AssertionError("this surface was built without that door")
    return door


def run(argv: Sequence[str], doors: Doors, environ: Mapping[str, str] = os.environ) -> int:
    """Do what a command line asks, and return its exit code. No input makes it raise."""
    surface = Surface(Manner("en"), doors, environ)
    try:
        manner, rest = manner_of(argv, environ)
        surface = Surface(manner, doors, environ)
        if surface.catalogue.is_draft:
            surface.talk("catalogue.notice")
        ended = Root(name="answerable").main(
            list(rest), prog_name="answerable", standalone_mode=False, obj=surface
        )
    except AnswerableError as error:
        return _told(error, surface)
    except click.UsageError as error:
        return _told(_usage(error), surface)
    except (click.Abort, KeyboardInterrupt):
        surface.talk("surface.interrupted")
        return INTERRUPTED
    except OSError as problem:
        return _told(_about_file(problem), surface)
    except Exception as fault:  # noqa: BLE001 - whatever it is, nobody is shown a traceback unasked
        _trace(surface)
        surface.output.error("fault", {"kind": type(fault).__name__}, FAULT)
        return FAULT
    return ended if isinstance(ended, int) else DONE


def manner_of(argv: Sequence[str], environ: Mapping[str, str]) -> tuple[Manner, list[str]]:
    """Return the options that every command has, and the command line without them.

    They are read before anything else, so that even a command line that cannot be understood is
    answered in the language and form asked for.

    Raises:
        WrongUsage: a language that there is no catalogue for, or an option without its value.
    """
    manner, rest = Manner("en"), []
    language: str | None = environ.get("ANSWERABLE_LANG")
    words = iter(argv)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif name in {"--lang", "--mechanism"}:
            chosen = value if equals else next(words, None)
            if chosen is None:
                raise WrongUsage("no value", reason="no-value", option=name)
            if name == "--lang":
                language = chosen
            else:
                manner.mechanism = chosen
        elif word in {"--json", "--plain", "--debug"}:
            setattr(manner, word.removeprefix("--"), True)
        else:
            rest.append(word)
    if language and language not in LANGUAGES:
        raise WrongUsage("no such language", reason="language", found=language)
    manner.language = language or "en"
    return manner, rest


def _told(error: AnswerableError, surface: Surface) -> int:
    if isinstance(error, Broken) or surface.manner.debug:
        _trace(surface)
    return surface.refuse(error)


def _usage(error: click.UsageError) -> WrongUsage:
    """Return Click's complaint as one of ours, so that it can be said in every language."""
    command = error.ctx.command_path if error.ctx else None
    facts: dict[str, str | None] = {"reason": "other", "detail": error.format_message()}
    if isinstance(error, click.NoSuchOption):
        nearest = next(iter(error.possibilities or ()), None)
        facts = {"reason": "no-such-option", "option": error.option_name, "nearest": nearest}
    elif isinstance(error, click.MissingParameter) and error.param and error.ctx:
        is_option = isinstance(error.param, click.Option)
        name = max(error.param.opts, key=len) if is_option else error.param.make_metavar(error.ctx)
        facts = {"reason": "missing", "option": name.rstrip(".")}
    elif isinstance(error, click.BadOptionUsage):
        facts = {"reason": "no-value", "option": error.option_name}
    elif isinstance(error, click.exceptions.NoArgsIsHelpError):
        facts = {"reason": "no-command"}
    return WrongUsage(error.message, **facts, command=command)


def _about_file(problem: OSError) -> AnswerableError:
    """Return what the system says of a file as an error of ours."""
    name = str(problem.filename or "-")
    if isinstance(problem, FileExistsError):
        return FileExists(str(problem), file=name)
    reasons = {FileNotFoundError: "missing", PermissionError: "not-allowed"}
    reason = reasons.get(type(problem), "full" if problem.errno == errno.ENOSPC else "other")
    return CannotWrite(str(problem), file=name, reason=reason)


def _trace(surface: Surface) -> None:
    if surface.manner.debug:
        import traceback  # noqa: PLC0415 - loads much that no other run needs

        traceback.print_exc(file=sys.stderr)
