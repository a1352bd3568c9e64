"""Unsent forms: a folder for each beside the ledger's database, where no backup copies them."""

import errno
import fcntl
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from shutil import disk_usage, rmtree
from struct import Struct
from threading import Lock

from answerable.casework.form_room import Before
from answerable.casework.form_store import SealedPart
from answerable.casework.ports import StorageFailed
from answerable.disk import ARRIVING, sync_folder, write_whole
from answerable.storage.form_sizes import AllTaken, Head, Taken, heads_of, size_of

RESERVE_BYTES = 256 * 2**20
"""What is left free for the ledger: what is never sent must not keep others from being heard."""

GONE = "gone-"
_NAME = re.compile(r"[0-9a-f]{64}")
_HEAD = Struct(">QQ")
"""Before what is sealed: until when it is kept, in milliseconds, and how much of it counts."""


class FolderForms:
    """Casework's port FormStore, in a folder that only its owner can read.

    Whoever writes in a form's folder holds a lock on it, so what is half-written there while nobody
    holds it was cut off. A form is left by giving its folder another name, which is one step.
    """

    def __init__(self, folder: Path, reserve_bytes: int = RESERVE_BYTES) -> None:
        self._folder = folder
        self._reserve_bytes = reserve_bytes
        self._all = AllTaken()

    def keep(
        self,
        form: str,
        part: str,
        sealed: SealedPart,
        *,
        now: int,
        require: Callable[[Before], None],
    ) -> None:
        with _of_the_disk(), self._holding(form) as place:
            self._all.count(self._forms)
            heads = _heads(place)
            if _is_over(heads, now):
                # What is over must not come back with what is written today.
                _remove(place, heads)
                heads = {}
            others = {name: head for name, head in heads.items() if name != part}
            new = Head(sealed.until, sealed.counted, len(sealed.sealed))

            def ask(old: Taken, before: Before) -> None:
                files = size_of(others).files
                require(replace(before, text=old.text, files=files))

            with self._all.taking(form, size_of(heads), size_of({**others, part: new}), ask):
                if part not in heads or new.length > heads[part].length:
                    self._require_room(new.length)
                head = _HEAD.pack(sealed.until, sealed.counted)
                write_whole(place / part, head + sealed.sealed)

    def taken(self) -> Before:
        with _of_the_disk():
            self._all.count(self._forms)
        return self._all.before()

    def part(self, form: str, part: str, *, now: int) -> bytes | None:
        place = self._folder / form
        with _of_the_disk():
            if _is_over(_heads(place), now):
                return None
            with suppress(FileNotFoundError):
                return (place / part).read_bytes()[_HEAD.size :]
        return None

    def share(self, form: str, parts: Sequence[str], to: str, *, now: int) -> None:
        with _of_the_disk(), ExitStack() as held:
            # In one order, so that two who share with each other wait for none.
            places = {f: held.enter_context(self._holding_old(f)) for f in sorted((form, to))}
            old, new = places[form], places[to]
            if old is None or new is None or _is_over(_heads(old), now):
                return
            for part in parts:
                # A second name for the same octets: nothing is written, and neither loses them.
                with suppress(FileNotFoundError, FileExistsError):
                    os.link(old / part, new / part)
            sync_folder(new)
            self._all.put(to, size_of(_heads(new)))

    def drop(self, form: str, part: str) -> None:
        with _of_the_disk(), self._holding_old(form) as place:
            if place is not None:
                _remove(place, [part])
                self._all.put(form, size_of(_heads(place)))

    def remove(self, form: str) -> None:
        with _of_the_disk(), self._holding_old(form) as place:
            if place is not None:
                self._take_away(place)

    def sweep(self, now: int) -> int:
        swept = 0
        with _of_the_disk():
            for path in self._paths():
                if path.name.startswith(GONE):
                    rmtree(path, ignore_errors=True)
                    continue
                with suppress(BlockingIOError), self._holding_old(path.name, wait=False) as place:
                    if place is None:
                        continue
                    heads = _heads(place)
                    if not heads or _is_over(heads, now):
                        self._take_away(place)
                        swept += bool(heads)
                    else:
                        _remove(place, [p.name for p in place.glob(f"*{ARRIVING}")])
            self._all.count(self._forms, again=True)
        return swept

    def count(self, now: int) -> int:
        with _of_the_disk():
            forms = [path for path in self._paths() if not path.name.startswith(GONE)]
            return sum(not _is_over(_heads(path), now) for path in forms)

    @contextmanager
    def _holding(self, form: str) -> Iterator[Path]:
        """Hold a form, which is made if it is not there."""
        while True:
            self._make(form)
            with self._holding_old(form) as place:
                # Left, or swept away empty, between the two.
                if place is not None:
                    yield place
                    return

    @contextmanager
    def _holding_old(self, form: str, *, wait: bool = True) -> Iterator[Path | None]:
        """Hold a form alone, over all processes, if it is there.

        Raises:
            BlockingIOError: someone else holds it, and that is not waited for.
        """
        place = self._folder / form
        try:
            held = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            yield None
            return
        try:
            fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            yield place if _is_still(held, place) else None
        finally:
            os.close(held)

    def _make(self, form: str) -> None:
        for place in (self._folder, self._folder / form):
            with suppress(FileExistsError):
                place.mkdir(mode=0o700)
                sync_folder(place.parent)

    def _take_away(self, place: Path) -> None:
        gone = self._folder / f"{GONE}{secrets.token_hex(16)}"
        form = place.name
        place.rename(gone)
        self._all.put(form, Taken())
        sync_folder(self._folder)
        # What cannot be removed now is for the next sweep: nobody finds it any more.
        rmtree(gone, ignore_errors=True)

    def _forms(self) -> dict[str, Taken]:
        paths = [path for path in self._paths() if not path.name.startswith(GONE)]
        return {path.name: size_of(_heads(path)) for path in paths}

    def _paths(self) -> list[Path]:
        if not self._folder.exists():
            return []
        paths = self._folder.iterdir()
        return [p for p in paths if _NAME.fullmatch(p.name) or p.name.startswith(GONE)]

    def _require_room(self, length: int) -> None:
        if disk_usage(self._folder).free < length + self._reserve_bytes:
            raise OSError(errno.ENOSPC, "what is left is for the ledger")


class MemoryForms:
    """The same in memory: for tests and for trying out. It forgets everything at the end."""

    def __init__(self) -> None:
        self._forms: dict[str, dict[str, SealedPart]] = {}
        self._lock = Lock()

    def keep(
        self,
        form: str,
        part: str,
        sealed: SealedPart,
        *,
        now: int,
        require: Callable[[Before], None],
    ) -> None:
        with self._lock:
            parts = {} if self._is_over(form, now) else self._forms[form]
            own = size_of(heads_of(parts))
            others = size_of(heads_of({n: p for n, p in parts.items() if n != part}))
            all_others = [
                size_of(heads_of(kept)) for name, kept in self._forms.items() if name != form
            ]
            text = sum(one.set_aside for one in all_others)
            files = sum(one.files for one in all_others)
            require(Before(own.text, others.files, text, files))
            self._forms[form] = {**parts, part: sealed}

    def taken(self) -> Before:
        with self._lock:
            every = [size_of(heads_of(kept)) for kept in self._forms.values()]
        return Before(0, 0, sum(o.set_aside for o in every), sum(o.files for o in every))

    def part(self, form: str, part: str, *, now: int) -> bytes | None:
        with self._lock:
            found = None if self._is_over(form, now) else self._forms[form].get(part)
            return None if found is None else found.sealed

    def share(self, form: str, parts: Sequence[str], to: str, *, now: int) -> None:
        with self._lock:
            if not self._is_over(form, now) and to in self._forms:
                found = {p: kept for p, kept in self._forms[form].items() if p in parts}
                self._forms[to] = {**found, **self._forms[to]}

    def drop(self, form: str, part: str) -> None:
        with self._lock:
            self._forms.get(form, {}).pop(part, None)

    def remove(self, form: str) -> None:
        with self._lock:
            self._forms.pop(form, None)

    def sweep(self, now: int) -> int:
        with self._lock:
            over = [form for form in self._forms if self._is_over(form, now)]
            return sum(bool(self._forms.pop(form)) for form in over)

    def count(self, now: int) -> int:
        with self._lock:
            return sum(not self._is_over(form, now) for form in self._forms)

    def _is_over(self, form: str, now: int) -> bool:
        return max((one.until for one in self._forms.get(form, {}).values()), default=0) <= now


def _heads(place: Path) -> Mapping[str, Head]:
    """Return what is told of each part of a form."""
    heads = {}
    # It may be left, and each part dropped, while it is read.
    with suppress(FileNotFoundError):
        for path in place.iterdir():
            if _NAME.fullmatch(path.name):
                with suppress(FileNotFoundError), path.open("rb") as file:
                    head = file.read(_HEAD.size)
                    length = os.fstat(file.fileno()).st_size - _HEAD.size
                    # One that somebody cut short says nothing, and goes with the others.
                    until, counted = _HEAD.unpack(head) if len(head) == _HEAD.size else (0, 0)
                    heads[path.name] = Head(until, counted, max(0, length))
    return heads


def _is_over(heads: Mapping[str, Head], now: int) -> bool:
    return max((head.until for head in heads.values()), default=0) <= now


def _is_still(held: int, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(held), place.stat())
    except FileNotFoundError:
        return False


def _remove(place: Path, names: Iterable[str]) -> None:
    for name in names:
        (place / name).unlink(missing_ok=True)
    sync_folder(place)


@contextmanager
def _of_the_disk() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        full = problem.errno in {errno.ENOSPC, errno.EDQUOT}
        reason = "disk-full" if full else "form"
        raise StorageFailed("a form could not be kept", reason=reason) from problem
