"""What a server is told by environment variables: every one of them, in one table.

What belongs to a mechanism, and must be the same for whoever works on it, stands in its folder
(``mechanism.toml``); what belongs to a machine or to one process stands here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from answerable.casework.form_room import DEFAULT_MB, LEAST_MB, MOST_MB
from answerable.core.contact import contact_uri
from answerable.core.errors import Malformed

PREFIX = "ANSWERABLE_"
OF_TESTS = ("ANSWERABLE_REQUIRE_", "ANSWERABLE_UPDATE_", "ANSWERABLE_FAULTS_")
"""Beginnings of names by which tests are told something; no program reads them."""

LANGUAGES = ("en", "km", "fr")
LONGEST = 4096
LONGEST_LINE = 200


class Allowed(Enum):
    """What a value may be; the words for it are ``allowed.<value>`` in the catalogues."""

    FOLDER = "folder"
    YES_NO = "yes-no"
    BIND = "bind"
    WHOLE = "whole"
    CHOICE = "choice"
    CONTACT = "contact"
    LINE = "line"


class VariableNotAllowed(Malformed):
    """A variable ``name`` has a value that it may not have; ``reason`` is what is allowed."""

    code = "variable-not-allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable. ``option`` says the same on the command line of ``readers``, and goes first.

    ``least`` and ``most`` are of a whole number, ``codes`` of a choice; ``unit`` is of a number.
    """

    name: str
    allowed: Allowed
    default: str
    readers: tuple[str, ...]
    option: str = ""
    unit: str = ""
    least: int = 0
    most: int = 0
    codes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Under which key of ``variable`` the catalogues say what it is for."""
        return self.name.removeprefix(PREFIX).lower().replace("_", "-")

    @property
    def facts(self) -> Mapping[str, str | int | None]:
        """What the words for what is allowed are filled with."""
        return {
            "least": self.least,
            "most": self.most,
            "unit": self.unit or None,
            "codes": ", ".join(self.codes) or None,
        }

    def text(self, environ: Mapping[str, str]) -> str:
        """Return the value; an empty one is as none.

        Raises:
            VariableNotAllowed: it may not have this value.
        """
        value = environ.get(self.name, "").strip() or self.default
        if value and not _RULES[self.allowed](self, value):
            facts = {"name": self.name, "found": value[:LONGEST], "reason": self.allowed.value}
            raise VariableNotAllowed(f"the variable {self.name}", **facts, **self.facts)
        return value

    def number(self, environ: Mapping[str, str]) -> int:
        """Return the value of a whole number, as text does."""
        return int(self.text(environ))

    def is_yes(self, environ: Mapping[str, str]) -> bool:
        """Return the value of a yes or no, as text does."""
        return self.text(environ).lower() in YES


YES, NO = frozenset({"yes", "true", "1", "on"}), frozenset({"no", "false", "0", "off"})


def address_of(bind: str) -> tuple[str, int] | None:
    """Return the address and the port of ``ADDRESS:PORT``, None where it is none."""
    address, _, port = bind.rpartition(":")
    is_number = port.isascii() and port.isdigit() and len(port) <= len("65535")
    if not address or not is_number or not 0 < int(port) < 1 << 16:
        return None
    return address.strip("[]"), int(port)


def _is_whole(variable: Variable, value: str) -> bool:
    is_number = value.isascii() and value.isdigit() and len(value) <= len(str(variable.most))
    return is_number and variable.least <= int(value) <= variable.most


_RULES: Mapping[Allowed, Callable[[Variable, str], bool]] = {
    Allowed.FOLDER: lambda _, value: "\0" not in value,
    Allowed.YES_NO: lambda _, value: value.lower() in YES | NO,
    Allowed.BIND: lambda _, value: address_of(value) is not None,
    Allowed.WHOLE: _is_whole,
    Allowed.CHOICE: lambda variable, value: value in variable.codes,
    Allowed.CONTACT: lambda _, value: bool(contact_uri(value)),
    # It ends on pages: one line, in which every sign can be seen.
    Allowed.LINE: lambda _, value: len(value) <= LONGEST_LINE and value.isprintable(),
}

SERVE, DOCTOR, EVERY = "serve", "doctor", "every command"

MECHANISM = Variable(
    name="ANSWERABLE_MECHANISM",
    allowed=Allowed.FOLDER,
    default=".",
    readers=(EVERY,),
    option="--mechanism",
)
LANG = Variable(
    name="ANSWERABLE_LANG",
    allowed=Allowed.CHOICE,
    default="en",
    readers=(EVERY,),
    option="--lang",
    codes=LANGUAGES,
)
REGISTER = Variable(
    name="ANSWERABLE_REGISTER",
    allowed=Allowed.FOLDER,
    default="",
    readers=(SERVE, DOCTOR),
    option="--register",
)
FORM = Variable(
    name="ANSWERABLE_FORM",
    allowed=Allowed.YES_NO,
    default="no",
    readers=(SERVE, DOCTOR),
    option="--form",
)
BIND = Variable(
    name="ANSWERABLE_BIND",
    allowed=Allowed.BIND,
    default="127.0.0.1:8000",
    readers=(SERVE,),
    option="--bind",
)
SECURITY_CONTACT = Variable(
    name="ANSWERABLE_SECURITY_CONTACT",
    allowed=Allowed.CONTACT,
    default="",
    readers=(SERVE, DOCTOR),
)
HELP = Variable(
    name="ANSWERABLE_HELP",
    allowed=Allowed.LINE,
    default="",
    readers=(SERVE,),
)
EXTRACTS = Variable(
    name="ANSWERABLE_EXTRACTS",
    allowed=Allowed.FOLDER,
    default="",
    readers=(SERVE,),
)
FORMS_MB = Variable(
    name="ANSWERABLE_FORMS_MB",
    allowed=Allowed.WHOLE,
    default=str(DEFAULT_MB),
    readers=(SERVE, DOCTOR),
    unit="MB",
    least=LEAST_MB,
    most=MOST_MB,
)
PAGES_AT_ONCE = Variable(
    name="ANSWERABLE_PAGES_AT_ONCE",
    allowed=Allowed.WHOLE,
    default="14",
    readers=(SERVE,),
    least=6,
    most=256,
)
WAITING = Variable(
    name="ANSWERABLE_WAITING",
    allowed=Allowed.WHOLE,
    default="128",
    readers=(SERVE,),
    least=16,
    most=65536,
)
LOG = Variable(
    name="ANSWERABLE_LOG",
    allowed=Allowed.CHOICE,
    default="answers",
    readers=(SERVE,),
    codes=("answers", "faults"),
)

VARIABLES = (
    *(MECHANISM, LANG, REGISTER, FORM, BIND, SECURITY_CONTACT, HELP),
    *(EXTRACTS, FORMS_MB, PAGES_AT_ONCE, WAITING, LOG),
)
NAMES = tuple(one.name for one in VARIABLES)
_SHORT = [name.removeprefix(PREFIX) for name in NAMES]


def unknown(environ: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Yield the names that look like ours and are none, each with the one that may be meant."""
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in NAMES and not name.startswith(OF_TESTS):
            near = get_close_matches(name.removeprefix(PREFIX), _SHORT, 1)
            yield name, f"{PREFIX}{near[0]}" if near else None


def given(environ: Mapping[str, str]) -> Sequence[str]:
    """Return the names of those variables that say something."""
    return [name for name in NAMES if environ.get(name, "").strip()]


def lenient(variable: Variable, environ: Mapping[str, str]) -> int:
    """Return a whole number, its default where it has no value that it may have.

    For whoever is not to be stopped by it: ``serve`` and ``doctor`` say that it is wrong.
    """
    try:
        return variable.number(environ)
    except VariableNotAllowed:
        return int(variable.default)
