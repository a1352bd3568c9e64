"""A mechanism's folder: its settings file, and where each part of it lies."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from answerable.cli.errors import NoMechanism
from answerable.core.case.limits import LINE
from answerable.core.case.problems import Problem
from answerable.core.case.text import clean_line, is_blank
from answerable.core.errors import Malformed, Refusal
from answerable.core.ledger.keys import is_key_name
from answerable.disk import write_whole

SETTINGS = "mechanism.toml"
HOSTS = ("body", "neutral")
NUMBERS = frozenset({"padding_per_day"})
"""The settings that are whole numbers; every other one is text, or of LISTS."""
LISTS = frozenset({"advice"})
"""The settings that are several lines of text."""
LONGEST_NAME = 200
MOST_ADVICE = 10
MOST_PADDING = 24 * 60 * 60

_PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?")
_ONION = re.compile(r"http://(?:[a-z0-9-]+\.)*[a-z2-7]{56}\.onion")
"""An address of the third version: its 56 letters are a key (rend-spec-v3, [ONIONADDRESS])."""
_ORIGIN = re.compile(r"[a-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~-]+)*")


class SettingsUnreadable(Malformed):
    """The settings file is not whole; ``setting`` names what is wrong in it."""

    code = "settings-unreadable"


class SettingNotAllowed(Malformed):
    """A setting has a value that it may not have; ``file`` where it was read from one."""

    code = "setting-not-allowed"


class FolderInUse(Refusal):
    """The folder holds something already."""

    code = "folder-in-use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator decides of a mechanism. Paths are absolute, or relative to the folder.

    ``contact`` is how to reach whoever runs the server. ``address`` and ``onion`` are where its
    pages are reached, to be printed; ``advice`` are those who advise whoever reports, a line each.

    ``database`` and ``key_database`` are empty for SQLite files in the folder, or the addresses of
    two PostgreSQL databases; then the head's second copy is a row in the second.

    ``padding_per_day`` is how often padding is appended on an average day beside what stands around
    each act; 0 is no padding at all.
    """

    name: str
    origin: str
    prefix: str
    zone: str = "UTC"
    host: str = "body"
    contact: str = ""
    advice: tuple[str, ...] = ()
    address: str = ""
    onion: str = ""
    database: str = ""
    key_database: str = ""
    keys: str = "keys"
    head: str = "head"
    exhibits: str = "exhibits"
    public: str = "public"
    padding_per_day: int = 24

    def __post_init__(self) -> None:
        wrong = {
            "name": is_blank(self.name) or not _is_line(self.name, LONGEST_NAME),
            "contact": not is_blank(self.contact) and not _is_line(self.contact, LINE),
            "advice": len(self.advice) > MOST_ADVICE or not all(map(_is_told, self.advice)),
            "address": bool(self.address) and not _ADDRESS.fullmatch(self.address),
            "onion": bool(self.onion) and not _ONION.fullmatch(self.onion),
            "origin": not _ORIGIN.fullmatch(self.origin) or not is_key_name(self.origin),
            "prefix": not _PREFIX.fullmatch(self.prefix),
            "zone": not _is_zone(self.zone),
            "host": self.host not in HOSTS,
            "key_database": bool(self.database) != bool(self.key_database),
            "padding_per_day": not 0 <= self.padding_per_day <= MOST_PADDING,
        }
        for setting in self.__dataclass_fields__:
            # What the system makes of octets that are no text cannot be written into the file.
            wrong.setdefault(setting, not _is_utf8(str(getattr(self, setting))))
        for setting, is_wrong in wrong.items():
            if is_wrong:
                raise SettingNotAllowed(f"the setting {setting}", setting=setting, reason=setting)


@dataclass(frozen=True, slots=True)
class Folder:
    """A mechanism's folder with its settings."""

    path: Path
    settings: Settings

    @property
    def ledger(self) -> Path:
        return self.path / "ledger.sqlite3"

    @property
    def keys(self) -> Path:
        return self.path / self.settings.keys

    @property
    def case_keys(self) -> Path:
        return self.keys / "case-keys.sqlite3"

    @property
    def signing_keys(self) -> Path:
        return self.keys / "signing-keys.json"

    @property
    def head(self) -> Path:
        return self.path / self.settings.head / "head"

    @property
    def exhibits(self) -> Path:
        return self.path / self.settings.exhibits

    @property
    def forms(self) -> Path:
        """Unsent forms. Not to be put elsewhere by a setting: no backup copies this folder."""
        return self.path / "forms"

    @property
    def public(self) -> Path:
        return self.path / self.settings.public

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.zone)

    @property
    def uses_postgres(self) -> bool:
        return bool(self.settings.database)


def folder_at(path: Path) -> Folder:
    """Return the mechanism's folder at a path.

    Raises:
        NoMechanism: no settings file is there.
        SettingsUnreadable, SettingNotAllowed: it is not what this version reads.
    """
    try:
        text = (path / SETTINGS).read_text(encoding="utf-8")
    except OSError:
        raise NoMechanism("no mechanism.toml", folder=str(path)) from None
    except UnicodeDecodeError:
        raise SettingsUnreadable("not UTF-8", setting=SETTINGS) from None
    try:
        return Folder(path, _settings(tomllib.loads(text)))
    except SettingNotAllowed as problem:
        raise SettingNotAllowed(str(problem), file=SETTINGS, **problem.facts) from None
    except (tomllib.TOMLDecodeError, TypeError):
        raise SettingsUnreadable("not the settings of a mechanism", setting=SETTINGS) from None


def make_folder(path: Path, settings: Settings) -> Folder:
    """Make the folder of a new mechanism, which must be new or empty.

    Raises:
        FolderInUse: something is there. Nothing was changed.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FolderInUse("the folder is not empty", folder=str(path))
    folder = Folder(path, settings)
    for part in (path, folder.keys, folder.head.parent, folder.exhibits, folder.public):
        part.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_settings(folder)
    return folder


def write_settings(folder: Folder) -> None:
    """Write the settings file in one step."""
    lines = [
        f"{name} = {json.dumps(getattr(folder.settings, name), ensure_ascii=False)}"
        for name in Settings.__dataclass_fields__
        if getattr(folder.settings, name) not in {"", ()}
    ]
    write_whole(folder.path / SETTINGS, ("\n".join(lines) + "\n").encode())


def _settings(values: Mapping[str, object]) -> Settings:
    read = dict(values)
    for name, value in values.items():
        kind = int if name in NUMBERS else list if name in LISTS else str
        # True is an integer to Python, and no number.
        is_kind = type(value) is kind
        if isinstance(value, list):
            is_kind = is_kind and all(isinstance(one, str) for one in value)
            read[name] = tuple(value)
        if name not in Settings.__dataclass_fields__ or not is_kind:
            raise SettingsUnreadable(f"the setting {name}", setting=name)
    return Settings(**cast("dict[str, Any]", read))


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_told(text: str) -> bool:
    return not is_blank(text) and _is_line(text, LINE)


def _is_line(text: str, longest: int) -> bool:
    # It ends in the policy and on pages: one line, in which every sign can be seen.
    try:
        clean_line(text, longest)
    except Problem:
        return False
    return True


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
