"""Opens the register in a folder by its extract, which is made where there is none that fits."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize
from zoneinfo import ZoneInfo

from answerable.bootstrap.logs import NAME, facts
from answerable.casework.published_rules import published_procedures
from answerable.core.calendars import Calendar
from answerable.core.errors import AnswerableError, Unreachable
from answerable.core.ledger.policy import parse_policy
from answerable.core.register.ledgers import LedgerFiles
from answerable.core.register.pages import INDEX, POLICY, RULES, RegisterUnreadable, index_of
from answerable.core.register.signed import SignedShown
from answerable.core.register.sums import Checked, Files
from answerable.core.register.verifying import check_register
from answerable.forms.shipped import ShippedProcedures
from answerable.keys import ed25519
from answerable.places.gazetteer import IsoAndCambodia
from answerable.storage.extract import ExtractFile, ExtractLost, OpenedExtract
from answerable.storage.extract_folder import ExtractFolder
from answerable.web.register.gathering import Gathering, register_of
from answerable.web.register.opened import Published, Register
from answerable.web.register.rules_held import Rules

PLACES_KEPT = 2048
"""How many places are kept: to resolve one takes longer than a page may."""

WAITED = 5.0
"""Seconds for which whoever asks first waits for a new register; then the last one is shown."""

_PLACES = IsoAndCambodia()
_TRIES = 3
_PIECE = 1 << 20

Make = Callable[[Path, Path], None]
"""Makes the extract of the register in a folder, in another folder."""

_log = logging.getLogger(NAME)


class RegisterMoved(Unreachable):
    """The register was replaced while its extract was made."""

    code = "register-moved"


def now_seconds() -> int:
    return int(time.time())


class FolderRegisters:
    """The register in a folder, opened anew once another has taken its place.

    Its extract lies in ``extracts``, which other processes may share; without a folder for it, in
    one that goes with this object. ``make`` makes one: here, unless told otherwise.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], int] = now_seconds,
        *,
        extracts: Path | None = None,
        make: Make | None = None,
    ) -> None:
        self._folder, self._lock = folder, threading.Lock()
        if extracts is None:
            extracts = Path(mkdtemp(prefix="answerable-extracts-"))
            finalize(self, rmtree, extracts, ignore_errors=True)
        self._extracts = extracts
        self._make = make or (lambda register, into: make_extract(register, into, now))
        self._seen = mark_of(folder)
        self._register, self._extract = opened(folder, extracts, self._make)

    def current(self) -> Register:
        """Return the register that is shown.

        One that cannot be read does not take the place of the last that could be. While a new one
        is being opened, the last is shown.
        """
        is_new = mark_of(self._folder) not in {self._seen, None} or self._extract.is_lost
        if is_new and self._lock.acquire(blocking=False):
            opening = threading.Thread(target=self._open, name="opening", daemon=True)
            opening.start()
            opening.join(WAITED)
        return self._register

    def _open(self) -> None:
        mark = mark_of(self._folder)
        try:
            if mark is not None and (mark != self._seen or self._extract.is_lost):
                self._register, self._extract = opened(self._folder, self._extracts, self._make)
                _log.info("register-taken", extra=facts(entries=self._register.checked.size))
        except AnswerableError as problem:
            _log.error("register-not-taken", extra=facts(why=problem.code))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the last register is shown
            _log.error("register-not-taken", extra=facts(why=type(fault).__name__))
        finally:
            # What was not taken is tried again once there is another; a lost extract, when it is
            # found lost again.
            self._seen, self._extract.is_lost = mark, False
            self._lock.release()


def mark_of(folder: Path) -> tuple[int, int, int] | None:
    """Return what tells the register in a folder from the one that takes its place."""
    try:
        found = (folder / INDEX).stat()
    except OSError:
        return None  # between two names: storage/register_folder.py
    return found.st_ino, found.st_mtime_ns, found.st_size


def opened(folder: Path, extracts: Path, make: Make) -> tuple[Register, OpenedExtract]:
    """Return the register in a folder, checked, with its extract.

    Raises:
        RegisterUnreadable: it has no index or no policy, or names no zone that is known here.
        UnreadablePolicy, Undecidable: nothing can be said of it.
        NotOurFolder, ExtractNotMade: its extract cannot be kept.
        RegisterMoved, ExtractLost: it changes all the time, or its extract does.
    """
    place = extracts_of(folder, extracts)
    for _ in range(_TRIES):
        mark = mark_of(folder)
        published, key = published_in(folder), key_of(folder)
        extract = place.found(key)
        if extract is None:
            with suppress(RegisterMoved):
                make(folder, extracts)
            extract = place.found(key)
        # Index, policy and rules are those that the extract was made of: all are of one register.
        if extract is not None and mark_of(folder) == mark:
            return register_of(published, extract), extract
    raise RegisterMoved("replaced again and again")


def extracts_of(folder: Path, extracts: Path) -> ExtractFolder:
    """Return where the extracts of a register are: each register has a folder of its own."""
    name = sha256(os.fsencode(folder.absolute())).hexdigest()[:16]
    return ExtractFolder(extracts / name)


def make_extract(folder: Path, extracts: Path, now: Callable[[], int]) -> None:
    """Check the register in a folder, and make its extract if nobody has done so meanwhile.

    Raises:
        As opened.
    """
    place = extracts_of(folder, extracts)
    with place.making():
        key = key_of(folder)
        if place.found(key) is None:
            place.make(key, lambda extract: _fill(folder, key, extract, now()))


def _fill(folder: Path, key: str, extract: ExtractFile, now: int) -> None:
    published = published_in(folder)
    gathering = Gathering(published, extract)
    by = LedgerFiles(published.policy, ed25519.verify, now)
    gathering.finish(check_register(published.files, by, _days_in, gathering))
    if key_of(folder) != key:
        raise RegisterMoved("replaced while it was read")


# --- Apart: so that neither the memory nor the time it takes is that of the server ---


def make_apart(folder: Path, extracts: Path) -> None:
    """Make an extract in a process of its own, as make_extract does."""
    words = [sys.executable, "-m", __name__, str(folder), str(extracts)]
    ended = subprocess.run(words, stdout=subprocess.PIPE, check=False)  # noqa: S603 - ourselves
    if ended.returncode:
        raise _told(ended.stdout)


def _told(said: bytes) -> AnswerableError:
    try:
        told = json.loads(said)
    except ValueError:
        return ExtractLost("the process that makes it ended")
    kinds = [AnswerableError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    found = next((kind for kind in kinds if kind.code == told["code"]), ExtractLost)
    return found("told by another process", **told["facts"])


def main(folder: str, extracts: str) -> int:
    try:
        make_extract(Path(folder), Path(extracts), now_seconds)
    except AnswerableError as problem:
        json.dump({"code": problem.code, "facts": dict(problem.facts)}, sys.stdout)
        return 1
    return 0


# --- What an extract is made of ---


def key_of(folder: Path) -> str:
    """Return what an extract was made of and by: files as the system knows them, and programs.

    A file that is written, or put in the place of another, has another time of change, whatever
    else is kept as it was: so a register that was checked is not read whole again.

    Raises:
        RegisterUnreadable: there is no index.
    """
    digest = sha256(_program())
    try:
        digest.update((folder / INDEX).read_bytes())
    except OSError:
        raise RegisterUnreadable("not a register", file=INDEX) from None
    for name in _names(folder):
        try:
            found = (folder / name).stat()
            digest.update(f"{name}\n{found.st_size} {found.st_ctime_ns}\n".encode())
        except (OSError, UnicodeEncodeError):
            digest.update(os.fsencode(name))
    return digest.hexdigest()[:32]


@lru_cache(1)
def _program() -> bytes:
    """Return a digest of everything that an extract is made by: another program, another one."""
    digest = sha256(f"{sys.version} {sys.byteorder}".encode())
    root = Path(__file__).parents[1]
    for file in sorted(root.rglob("*")):
        if file.suffix in {".py", ".toml", ".yaml", ".csv"}:
            digest.update(f"{file.relative_to(root)}\n".encode())
            digest.update(file.read_bytes())
    return digest.digest()


def published_in(folder: Path) -> Published:
    """Return what is read of a register before it is checked.

    Raises:
        RegisterUnreadable: it has no index or no policy, or names no zone that is known here.
        UnreadablePolicy: its policy is none.
    """
    files = Files(
        lambda: _names(folder), lambda name: _read(folder, name), lambda name: _parts(folder, name)
    )
    data, text = files.read(INDEX), files.read(POLICY)
    if data is None or text is None:
        raise RegisterUnreadable("not a register", file=INDEX if text else POLICY)
    policy, index = parse_policy(text), index_of(data)
    _days_in(index.zone)
    return Published(
        files,
        sha256(data).hexdigest(),
        Checked(index, SignedShown(ed25519.verify)),
        policy,
        _rules(files, index.files),
        ZoneInfo(index.zone),
        _place_names,
    )


def _rules(files: Files, named: Mapping[str, str]) -> Rules:
    shipped = ShippedProcedures()
    procedures = {one.name: one for one in published_procedures(files, named, shipped)}
    calendars: dict[str, Calendar] = {}
    for name in sorted(one for one in named if one.startswith(f"{RULES}calendars/")):
        data = files.read(name)
        calendar = None if data is None else shipped.read_calendar(data, name).value
        if calendar is not None:
            calendars[calendar.name] = calendar
    return Rules(procedures, calendars)


def _days_in(zone: str) -> Callable[[int], date]:
    try:
        found = ZoneInfo(zone)
    except (KeyError, OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        raise RegisterUnreadable("no such time zone", file=INDEX) from None
    return lambda at: datetime.fromtimestamp(at / 1000, UTC).astimezone(found).date()


@lru_cache(PLACES_KEPT)
def _place_names(code: str) -> Mapping[str, str]:
    found = _PLACES.resolve(code)
    return {} if found is None else found.names


def _names(root: Path) -> Iterator[str]:
    """Yield the names of all files below a folder, in an order that is always the same."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(root / below) as found:
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
        for name, is_folder in entries:
            if is_folder:
                waiting.append(f"{below}{name}/")
            else:
                yield f"{below}{name}"


def _path(root: Path, name: str) -> Path | None:
    """Return where a file is; a name or a link that leads out of the folder is none."""
    try:
        path = (root / name).resolve()
        return path if path.is_relative_to(root.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _read(root: Path, name: str) -> bytes | None:
    path = _path(root, name)
    try:
        return None if path is None else path.read_bytes()
    except OSError:
        return None


def _parts(root: Path, name: str) -> Iterator[bytes] | None:
    path = _path(root, name)
    return None if path is None else _pieces(path)


def _pieces(path: Path) -> Iterator[bytes]:
    # Opened once it is read, since not everyone reads what they were given. One that is gone by
    # then is empty, which is another one than the index names.
    with suppress(OSError), path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
