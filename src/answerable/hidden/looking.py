"""One file is looked into, with what its kind asks for. This runs in a process of its own."""

from collections.abc import Callable, Mapping

from answerable.casework.hidden_data import UNREAD, FileHarmful, Looked
from answerable.hidden.exif import read_exif
from answerable.hidden.films import film
from answerable.hidden.findings import Findings
from answerable.hidden.kinds import kind_of
from answerable.hidden.packages import package, require_unpackable
from answerable.hidden.pictures import gif, jpeg, png
from answerable.hidden.riff import wav, webp
from answerable.hidden.sounds import amr, flac, mp3, ogg
from answerable.hidden.svg import svg

_TIMES = 3

Clean = Callable[[bytes, Findings], bytes | None]


def _tiff(data: bytes, found: Findings) -> None:
    # Its pixels and its tags lie anywhere, and point at one another.
    read_exif(data, found, alone=True)


def _archive(data: bytes, found: Findings) -> None:
    require_unpackable(data).close()
    found.add(UNREAD)


def _pdf(data: bytes, found: Findings) -> bytes:
    from answerable.hidden.pdf import pdf  # noqa: PLC0415 - loaded where it is used

    return pdf(data, found)


def _encrypted(data: bytes, found: Findings) -> None:  # noqa: ARG001 - as every kind
    raise FileHarmful("needs a password", reason="encrypted")


def _as_it_is(data: bytes, found: Findings) -> bytes:  # noqa: ARG001 - as every kind
    return data


def _unread(data: bytes, found: Findings) -> None:  # noqa: ARG001 - as every kind
    found.add(UNREAD)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_KINDS: Mapping[str, Clean] = {
    "image/jpeg": jpeg, "image/png": png, "image/gif": gif, "image/webp": webp,
    "image/heic": film, "image/avif": film, "image/tiff": _tiff, "image/svg+xml": svg,
    "video/mp4": film, "video/quicktime": film, "video/3gpp": film, "audio/mp4": film,
    "audio/mpeg": mp3, "audio/flac": flac, "audio/ogg": ogg, "audio/wav": wav,
    "audio/amr": amr, "audio/amr-wb": amr, "application/pdf": _pdf, "application/zip": _archive,
    "application/x-ole-encrypted": _encrypted, "text/plain": _as_it_is,
}  # fmt: skip


def looked_into(data: bytes) -> Looked:
    """Return what a file hides, and the file without it.

    Raises:
        FileHarmful: as the port has it. What else is raised is a fault, which the port makes good.
    """
    kind, extension = kind_of(data)
    found = Findings()
    cleaned = _cleaned(kind, data, found)
    return Looked(
        kind, found.told(), None if cleaned is None else _settled(kind, cleaned), extension
    )


def _cleaned(kind: str, data: bytes, found: Findings) -> bytes | None:
    clean = package if kind.startswith((_OFFICE, _OPEN)) else _KINDS.get(kind, _unread)
    return clean(data, found)


def _settled(kind: str, cleaned: bytes) -> bytes | None:
    """Return what was cleaned once nothing more is found in it; None where that never comes.

    Nobody is told that a file is clean who has not looked again. Of whole files it is so at once.
    """
    for _ in range(_TIMES):
        found = Findings()
        try:
            again = _cleaned(kind_of(cleaned)[0], cleaned, found)
        except FileHarmful:
            return None
        if again == cleaned and not found and kind_of(cleaned)[0] == kind:
            return cleaned
        if again is None:
            return None
        cleaned = again
    return None
