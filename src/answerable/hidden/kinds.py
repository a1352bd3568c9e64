"""What a file is, by its first octets. What its name says is its sender's word."""

from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

UNKNOWN = ("application/octet-stream", "bin")

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
    (b"II*\x00", "image/tiff", "tif"),
    (b"MM\x00*", "image/tiff", "tif"),
    (b"ID3", "audio/mpeg", "mp3"),
    (b"fLaC", "audio/flac", "flac"),
    (b"OggS", "audio/ogg", "ogg"),
    (b"#!AMR\n", "audio/amr", "amr"),
    (b"#!AMR-WB\n", "audio/amr-wb", "awb"),
    (b"\x1aE\xdf\xa3", "video/webm", "webm"),
    (b"{\\rtf", "application/rtf", "rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "7z"),
    (b"Rar!\x1a\x07", "application/vnd.rar", "rar"),
    (b"\x1f\x8b", "application/gzip", "gz"),
    (b"BM", "image/bmp", "bmp"),
)
_RIFF = {
    b"WEBP": ("image/webp", "webp"),
    b"WAVE": ("audio/wav", "wav"),
    b"AVI ": ("video/x-msvideo", "avi"),
}
_BRANDS = (
    (
        (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
        "image/heic",
        "heic",
    ),
    ((b"avif", b"avis"), "image/avif", "avif"),
    ((b"qt  ",), "video/quicktime", "mov"),
    ((b"3gp", b"3g2"), "video/3gpp", "3gp"),
    ((b"M4A ", b"M4B "), "audio/mp4", "m4a"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = (
    ("EncryptedPackage", "application/x-ole-encrypted", "bin"),
    ("WordDocument", "application/msword", "doc"),
    ("Workbook", "application/vnd.ms-excel", "xls"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint", "ppt"),
)
_PARTS = (
    ("word/document.xml", f"{_OFFICE}.wordprocessingml.document", "docx"),
    ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
    ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation", "pptx"),
)
_OPEN_KINDS = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp", b"graphics": "odg"}
_HTML = (b"<!doctype html", b"<html", b"<script", b"<body", b"<head", b"<iframe")


def kind_of(data: bytes) -> tuple[str, str]:
    """Return the media type and the extension of a file, ``application/octet-stream`` if unknown.

    HTML is unknown too: no browser shall show it as a page of this site.
    """
    for start, kind, extension in _STARTS:
        if data.startswith(start):
            return kind, extension
    if data[:4] == b"RIFF" and data[8:12] in _RIFF:
        return _RIFF[data[8:12]]
    further = next((how for is_one, how in _FURTHER if is_one(data)), _of_text)
    return further(data)


def _of_boxes(data: bytes) -> tuple[str, str]:
    if data[4:8] != b"ftyp":
        return "video/quicktime", "mov"
    brand = data[8:12]
    return next(
        ((kind, extension) for brands, kind, extension in _BRANDS if brand.startswith(brands)),
        ("video/mp4", "mp4"),
    )


def _of_archive(data: bytes) -> tuple[str, str]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return "application/zip", "zip"
    for part, kind, extension in _PARTS:
        if part in names:
            return kind, extension
    if "mimetype" in names and "content.xml" in names:
        # The first entry of an OpenDocument, unpacked, says what it is.
        named = data[38:100].partition(b"opendocument.")[2]
        word = next((one for one in _OPEN_KINDS if named.startswith(one)), b"text")
        return f"{_OPEN}.{word.decode()}", _OPEN_KINDS[word]
    return "application/zip", "zip"


def _of_ole(data: bytes) -> tuple[str, str]:
    for name, kind, extension in _OLE_KINDS:
        if name.encode("utf-16-le") in data:
            return kind, extension
    return "application/x-ole-storage", "bin"


def _of_text(data: bytes) -> tuple[str, str]:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in head and head.startswith((b"<?xml", b"<!--", b"<!doctype svg", b"<svg")):
        return "image/svg+xml", "svg"
    if not data or b"\x00" in data or any(one in head for one in _HTML) or head.startswith(b"<"):
        return UNKNOWN
    try:
        data.decode()
    except UnicodeDecodeError:
        return UNKNOWN
    return "text/plain", "txt"


def _is_mp3(data: bytes) -> bool:
    # The sync of a frame of layer III, where no tag stands before it.
    return len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2  # noqa: PLR2004 - as above


_FURTHER: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], tuple[str, str]]], ...] = (
    (lambda data: data[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"}, _of_boxes),
    (lambda data: data.startswith(b"PK\x03\x04"), _of_archive),
    (lambda data: data.startswith(_OLE), _of_ole),
    (lambda data: b"%PDF-" in data[:1024], lambda _: ("application/pdf", "pdf")),
    (_is_mp3, lambda _: ("audio/mpeg", "mp3")),
)
