"""An exhibit is given back to a reader, as it was lodged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

from answerable.casework.exhibits import ExhibitOnFile, Exhibits
from answerable.casework.ports import ContentErased
from answerable.casework.reading import Reading, may_read
from answerable.core.acts import Field, Json
from answerable.core.disclosure import base64url_octets
from answerable.core.errors import Refusal

FOLDER = "exhibits"


class UnknownExhibit(Refusal):
    """The act has no such exhibit, or none that this reader may read: which of both is not said."""

    code = "unknown-exhibit"


@dataclass(frozen=True, slots=True)
class GiveBackExhibit:
    """Finds the exhibits of an act, and gives one back.

    A reader is given what names it among its readers, and what is public. Without a reader, all
    that this server holds.
    """

    reading: Reading
    exhibits: Exhibits

    def listed(self, number: str, reader: str | None = None) -> Sequence[ExhibitOnFile]:
        """Return the exhibits of the act whose receipt has this number, which reader may read.

        Raises:
            UnknownDocket: there is no such act.
            ContentErased: nothing can be read of it any more.
        """
        act = self.reading.act(number)
        if self.reading.is_erased(act):
            raise ContentErased("the content was erased", number=act.number)
        return _of(self.reading.readable(act), reader)

    def find(self, number: str, name: str, reader: str | None = None) -> ExhibitOnFile:
        """Return the one exhibit of this name or place: ``photos/door.png``, or ``2``.

        Raises:
            UnknownExhibit: there is none that reader may read. Else as ``listed``.
        """
        listed = self.listed(number, reader)
        named = [exhibit for exhibit in listed if exhibit.name == name]
        counted = [exhibit for exhibit in listed if str(exhibit.ordinal) == name]
        for exhibit in (*named, *counted):
            return exhibit
        raise UnknownExhibit("no such exhibit", number=number, name=name)

    def __call__(self, exhibit: ExhibitOnFile, target: BinaryIO) -> None:
        """Write the exhibit to target, which is to be shown to nobody before this has returned."""
        self.exhibits.unseal(exhibit, target)


def _of(content: Sequence[Field], reader: str | None) -> Sequence[ExhibitOnFile]:
    found: dict[int, dict[str, Field]] = {}
    for item in content:
        folder, _, rest = item.path.partition("/")
        ordinal, _, name = rest.partition("/")
        if folder == FOLDER and ordinal.isdecimal():
            found.setdefault(int(ordinal), {})[name] = item
    # Who may read the identity may open the file; what tells of the file has the same readers.
    return [
        _on_file(ordinal, fields)
        for ordinal, fields in sorted(found.items())
        if (identity := fields.get("identity")) is not None and may_read(reader, identity)
    ]


def _on_file(ordinal: int, fields: Mapping[str, Field]) -> ExhibitOnFile:
    digest = cast("Mapping[str, Json]", fields["digest"].value)
    return ExhibitOnFile(
        ordinal=ordinal,
        name=str(fields["file"].value),
        readers=fields["identity"].readers,
        size_below=cast("int", fields["size-below"].value),
        sealed=str(fields["sealed"].value),
        digest=str(digest["sha256"]),
        salt=base64url_octets(digest["salt"]),
        identity=str(fields["identity"].value),
        hidden_data=str(fields["hidden-data"].value) if "hidden-data" in fields else None,
    )
