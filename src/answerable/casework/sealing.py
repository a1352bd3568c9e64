"""Exhibits are sealed before their act, and what its record then says of each: of any act alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO, cast

from answerable.casework.exhibits import Exhibits, SealedExhibit
from answerable.casework.hidden_data import HiddenData, as_handed_in
from answerable.casework.ports import Random
from answerable.core.acts import Draft, Field, Json
from answerable.core.case.attached import EXHIBITS, Attached
from answerable.core.case.fields import ADDED_TO_EXHIBITS
from answerable.core.case.problems import Problem
from answerable.core.case.readers import DEFAULT, Readers
from answerable.core.case.reading import located
from answerable.core.commitment import base64url, in_order
from answerable.core.disclosure import base64url_octets
from answerable.core.exhibit import exhibit_digest

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sealing:
    """The exhibits of one act: each is sealed once, however often the act is decided on.

    ``at`` goes before the places of what is wrong: which act or report of many it is.
    """

    exhibits: Exhibits
    random: Random
    attached: Sequence[Attached]
    at: str = ""
    _sealed: list[SealedExhibit] = field(default_factory=list)

    def holding(self) -> AbstractContextManager[None]:
        """Hold off sweeps, until the act that names what is sealed is appended."""
        return self.exhibits.lodging() if self.attached else nullcontext()

    def into(self, draft: Draft) -> Draft:
        """Return the draft of a decided act with its exhibits, which are kept from here on.

        Raises:
            Problem: a file cannot be opened, or changed while it was read; with its place.
            ExhibitTooLong, StorageFailed.
        """
        if not self._sealed:
            self._sealed.extend([self._kept(one) for one in self.attached])
        readers = {item.path: item.readers for item in draft.fields}
        added = (
            item
            for one, file in zip(self.attached, self._sealed, strict=True)
            # What tells of the file and opens it has the readers of its name.
            for item in added_fields(one.path, file, readers[f"{one.path}/file"])
        )
        names = tuple(file.sealed for file in self._sealed)
        return replace(draft, fields=(*draft.fields, *added), exhibits=names)

    def _kept(self, one: Attached) -> SealedExhibit:
        try:
            with one.open() as source:
                return self.exhibits.seal(source, self.random(32))
        except Problem as problem:
            raise located(problem, f"{self.at}{one.path}/file", None) from None


def require_openable(one: Attached, *, at: str = "", line: int | None = None) -> None:
    """Return if the file of an exhibit can be opened.

    Raises:
        Problem: it cannot; with the exhibit's place.
    """
    try:
        one.open().close()
    except Problem as problem:
        raise located(problem, f"{at}{one.path}/file", line) from None


def added_fields(path: str, file: SealedExhibit, readers: Readers) -> tuple[Field, ...]:
    """Return what is known of an exhibit once it is sealed."""
    digest: dict[str, Json] = {"salt": base64url(file.salt), "sha256": file.digest}
    return (
        Field(f"{path}/digest", digest, readers),
        Field(f"{path}/identity", file.identity, readers),
        Field(f"{path}/sealed", file.sealed, readers),
        Field(f"{path}/size-below", size_bucket(file.length), readers),
    )


def attached(
    said: Sequence[Mapping[str, Any]],
    opens: Callable[[str], BinaryIO],
    hidden_data: HiddenData,
) -> tuple[Attached, ...]:
    """Return exhibits as an act asks for them: what is said of each, and how its file is opened."""
    return tuple(
        Attached(
            ordinal=at,
            said=one,
            open=as_handed_in(
                _said_of(one, "hidden-data"), partial(opens, file_of(one)), hidden_data
            ),
        )
        for at, one in enumerate(said, start=1)
    )


def file_of(said: Mapping[str, Any]) -> str:
    """Return the file that is named for an exhibit, which may be written with its own readers."""
    return _said_of(said, "file") or ""


def _said_of(said: Mapping[str, Any], key: str) -> str | None:
    one = Attached(ordinal=1, said=said, open=BytesIO)
    fields = {item.path.rpartition("/")[2]: item.value for item in one.fields(DEFAULT)}
    return str(fields[key]) if key in fields else None


def other_files(
    content: Sequence[Field], asked: Sequence[Attached], base: Readers | None
) -> Iterator[str]:
    """Yield the paths under which what is recorded of exhibits is not what is asked for now.

    Without ``base``, readers are not compared.
    """
    there = {item.path: item for item in content if is_of_file(item.path)}
    for one in asked:
        said = {item.path: _told(item, base) for item in one.fields(base or DEFAULT)}
        kept = {
            path: _told(item, base)
            for path, item in there.items()
            if path.startswith(f"{one.path}/") and not is_added(path)
        }
        yield from (path for path in {**said, **kept} if said.get(path) != kept.get(path))
        digest = there.get(f"{one.path}/digest")
        if digest is not None and not is_file_of(digest.value, one.open):
            yield f"{one.path}/file"


def _told(item: Field, base: Readers | None) -> tuple[Json, Readers]:
    return item.value, () if base is None else in_order(item.readers)


def is_of_file(path: str) -> bool:
    """Whether a path of a record is of an exhibit."""
    return path.startswith(f"{EXHIBITS}/")


def is_added(path: str) -> bool:
    """Whether a path is one of added_fields."""
    folder, _, name = path.rpartition("/")
    return is_of_file(folder) and name in ADDED_TO_EXHIBITS


def size_bucket(length: int) -> int:
    """Return the power of two, at least 1024, that the length in bytes does not exceed."""
    return max(1024, 1 << (length - 1).bit_length()) if length else 1024


def is_file_of(digest: Json, open_file: Callable[[], BinaryIO]) -> bool:
    """Whether a file is the one that a record has the digest of; one that is gone is not asked."""
    told = cast("Mapping[str, Json]", digest)
    try:
        source = open_file()
    except Problem:
        return True
    hashing = exhibit_digest(base64url_octets(told["salt"]))
    with source:
        while piece := source.read(PIECE):
            hashing.update(piece)
    return hashing.hexdigest() == told["sha256"]
