"""docs/reference/settings.md: what a server is told by variables, and a mechanism by its file."""

from dataclasses import MISSING, fields

from answerable.bootstrap.folder import LISTS, NUMBERS, Settings
from answerable.locale.catalogue import Catalogue
from answerable.variables import OF_TESTS, VARIABLES, Variable
from tests.support.reference_words import MADE


def settings_page() -> str:
    """Return the page as it is made from the two tables."""
    words = Catalogue("en")
    tests = ", ".join(f"`{one}`" for one in OF_TESTS)
    lines = [
        "# Settings",
        "",
        MADE,
        "",
        "What belongs to a **machine or a process** is told by environment variables. What belongs",
        "to a **mechanism**, and must be the same for all that work on it, stands in",
        "`mechanism.toml` in its folder. `answerable doctor` looks at both, and says which",
        "variable nothing reads and which value is not allowed. An empty variable is as none.",
        "What is typed goes before a variable.",
        "",
        "## Variables",
        "",
        _row("variable", "what for", "default", "allowed", "read by", "option"),
        _row(*["---"] * 6),
        *(_variable(words, one) for one in VARIABLES),
        "",
        f"Names that begin with {tests} are for the project's own tests.",
        "",
        "## mechanism.toml",
        "",
        "Written by `answerable init`. Paths are below the folder, or absolute. After a change,",
        "start again what runs. `origin` and `prefix` are for ever.",
        "",
        _row("setting", "what for", "default", "allowed"),
        _row(*["---"] * 4),
        *(_setting(words, name) for name in Settings.__dataclass_fields__),
        "",
        "Every backup copies this file. Keep the passwords of PostgreSQL out of it: in the",
        "password file of PostgreSQL (`~/.pgpass`, or where `PGPASSFILE` says).",
    ]
    return "\n".join(lines) + "\n"


def _variable(words: Catalogue, one: Variable) -> str:
    allowed = words.say(f"shared.allowed-{one.allowed.value}", **one.facts)
    option = f"`{one.option}`" if one.option else ""
    default = f"`{one.default}`" if one.default else ""
    unit = f" ({one.unit})" if one.unit else ""
    readers = ", ".join(f"`{one}`" if " " not in one else one for one in one.readers)
    meaning = words.say(f"variable.{one.key}")
    return _row(f"`{one.name}`", meaning + unit, default, allowed, readers, option)


def _setting(words: Catalogue, name: str) -> str:
    (found,) = (one for one in fields(Settings) if one.name == name)
    default = "" if found.default in {MISSING, "", ()} else f"`{found.default}`"
    key = f"error.setting-not-allowed.{name}.do"
    allowed = words.say(key) if words.has(key) else "a text"
    if name in {"keys", "head", "exhibits", "public"}:
        allowed = words.say("shared.allowed-folder")
    if name == "database":
        allowed = words.say("error.setting-not-allowed.key_database.do")
    assert (name in NUMBERS) == isinstance(found.default, int)
    assert (name in LISTS) == isinstance(found.default, tuple)
    return _row(f"`{name}`", words.say(f"setting.{name}"), default, allowed)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
