"""Registers as folders: written aside, and put in the place of the last one once they are whole."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from answerable.casework.register_ports import Given, GivenBlock, NotARegister
from answerable.core.numbers import Block
from answerable.disk import ARRIVING, sync_below, sync_folder
from answerable.storage.backend import Backend
from answerable.storage.following import FollowedTrees
from answerable.storage.publisher import LOCK, folder_of, publish
from answerable.storage.receipts import checkpoint_of

INDEX = "index.json"
LEDGER = "ledger"
LAST = ".last"


class NewFolder:
    """Casework's port NewRegister, in a folder beside the one that it will replace."""

    def __init__(
        self, path: Path, backend: Backend, trees: FollowedTrees, policy: Callable[[], bytes]
    ) -> None:
        self._path, self._backend, self._trees, self._policy = path, backend, trees, policy
        self._files: dict[str, str] = {}

    def ledgers(self) -> tuple[tuple[str, ...], int]:
        target = self._path / LEDGER
        publish(self._backend, self._trees, target, self._policy())
        (target / LOCK).unlink(missing_ok=True)
        for file in sorted(target.rglob("*")):
            if file.is_file():
                name = file.relative_to(self._path).as_posix()
                self._files[name] = sha256(file.read_bytes()).hexdigest()
        with self._backend.reading() as reads:
            ledgers = reads.ledgers()
            last = reads.last_checkpoint(ledgers[-1].number)
        folders = [folder_of(target, one.number).relative_to(self._path) for one in ledgers]
        size = ledgers[-1].first + (0 if last is None else last.size)
        return tuple(folder.as_posix() for folder in folders), size

    def write(self, name: str, data: bytes) -> None:
        target = self._path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self._files[name] = sha256(data).hexdigest()

    def files(self) -> Mapping[str, str]:
        return dict(self._files)


@contextmanager
def new_register(
    target: Path, backend: Backend, trees: FollowedTrees, policy: Callable[[], bytes]
) -> Iterator[NewFolder]:
    """Give a new register. Whatever ends before it is whole leaves the last one as it is.

    Raises:
        NotARegister: target holds something else.
    """
    target = target.absolute()
    arriving = target.with_name(target.name + ARRIVING)
    last = target.with_name(target.name + LAST)
    if last.exists() and not target.exists():
        # It was ended between the two names: the last register takes its name again.
        last.rename(target)
    _require_register(target)
    # What is left of a publication that was cut off is made anew, so that it is of one moment.
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir(parents=True)
    yield NewFolder(arriving, backend, trees, policy)
    # What has the register's name is whole on the disk too, or a power cut would leave empty files.
    sync_below(arriving)
    shutil.rmtree(last, ignore_errors=True)
    if target.exists():
        target.rename(last)
    arriving.rename(target)
    sync_folder(target.parent)
    shutil.rmtree(last, ignore_errors=True)


def _require_register(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir() or (any(target.iterdir()) and not (target / INDEX).is_file()):
        raise NotARegister("not a register", folder=str(target))


def written(backend: Backend, positions: Sequence[int]) -> Iterator[int]:
    """Yield when entries were written, which come in their order: the times of their checkpoints.

    Raises:
        NoCheckpoint: an entry is stored and no checkpoint includes it.
    """
    with backend.reading() as reads:
        end, at = 0, 0
        for position in positions:
            if position >= end:
                first, checkpoint = checkpoint_of(reads, position)
                end, at = first + checkpoint.size, checkpoint.at
            yield at


def given_numbers(prefix: str, backend: Backend) -> Given:
    """Return the numbers that were given so far."""
    with backend.reading() as reads:
        blocks = [
            GivenBlock(
                row.year,
                row.week,
                row.order[: row.drawn],
                Block(row.year, row.week, row.order, row.drawn).left,
            )
            for row in reads.blocks()
        ]
        return Given(prefix, dict(reads.years()), blocks)
