"""Files that are made to take all there is, and files that are no files at all."""

import time
import zlib
from collections.abc import Callable
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.casework.hidden_data import LIMIT, FileHarmful, Hidden, Looked
from answerable.hidden import looker, looking
from answerable.hidden.looker import Looker
from tests.support import hidden_files as made

FILES = list(made.every().values())
STARTS = [one[:16] for one in FILES]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a file with some octets changed, cut or doubled."""
    data = bytearray(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 1))
        how = draw(st.sampled_from(["set", "cut", "insert", "number"]))
        if how == "set":
            data[at] = draw(st.integers(0, 255))
        elif how == "cut":
            del data[at : at + draw(st.integers(1, 64))]
        elif how == "insert":
            data[at:at] = draw(st.binary(max_size=32))
        else:
            data[at : at + 4] = draw(st.sampled_from([b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"]))
        data = data or bytearray(b"\x00")
    return bytes(data)


@settings(deadline=None)
@given(
    damaged()
    | st.binary(max_size=300)
    | st.tuples(st.sampled_from(STARTS), st.binary()).map(b"".join)
)
def test_whatever_the_octets_nothing_is_raised_but_the_named_error(data: bytes) -> None:
    try:
        looked = looking.looked_into(data)
    except FileHarmful:
        return
    if looked.cleaned is not None:
        assert looking.looked_into(looked.cleaned) == Looked(
            looked.kind, (), looked.cleaned, looked.extension
        )


def chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def wide_png() -> bytes:
    head = chunk(b"IHDR", pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def swelling_png() -> bytes:
    head = chunk(b"IHDR", pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes(64 * 1024 * 1024)))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


def swelling_archive() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        packed.writestr("a", bytes(64 * 1024 * 1024))
    return target.getvalue()


def lying_archive() -> bytes:
    """Return a Word file of which the list says that a part has one octet; it has many."""
    with ZipFile(BytesIO(made.docx())) as parts:
        inside = {name: parts.read(name) for name in parts.namelist()}
    data = made.archive(inside | {"word/big.xml": b" " * (300 * 1024 * 1024)})
    return data.replace(pack("<I", 300 * 1024 * 1024), pack("<I", 1))


def many_parts() -> bytes:
    return made.archive({f"{number}": b"" for number in range(6000)})


def deep_xml() -> bytes:
    with ZipFile(BytesIO(made.docx())) as parts:
        inside = {name: parts.read(name) for name in parts.namelist()}
    return made.archive(inside | {"word/document.xml": b"<a>" * 100_000 + b"</a>" * 100_000})


def laughing_xml() -> bytes:
    with ZipFile(BytesIO(made.docx())) as parts:
        inside = {name: parts.read(name) for name in parts.namelist()}
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
    return made.archive(inside | {"word/document.xml": bomb})


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (wide_png, "image-bomb"),
        (swelling_png, "broken"),
        (swelling_archive, "archive-bomb"),
        (lying_archive, "broken"),
        (many_parts, "archive-bomb"),
        (deep_xml, "broken"),
        (laughing_xml, "archive-bomb"),
    ],
)
def test_what_swells_is_refused_soon(make: Callable[[], bytes], reason: str) -> None:
    data = make()
    begin = time.monotonic()
    with pytest.raises(FileHarmful) as refused:
        Looker().look(data)
    assert refused.value.facts["reason"] == reason
    assert time.monotonic() - begin < 20


def test_the_port_gives_what_was_looked_into() -> None:
    for data in FILES:
        assert Looker().look(data) == looking.looked_into(data)


def test_a_file_that_is_too_long_is_not_looked_into() -> None:
    looked = Looker().look(made.jpeg() + bytes(LIMIT))
    assert (looked.kind, looked.found, looked.cleaned) == ("image/jpeg", (Hidden("unread"),), None)


def test_a_process_that_dies_or_hangs_leaves_a_file_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looker, "MODULE", "answerable.hidden.no_such_module")
    assert Looker().look(made.jpeg()).found == (Hidden("unread"),)
    monkeypatch.setattr(looker, "MODULE", "http.server")
    monkeypatch.setattr(looker, "WAIT", 0.5)
    assert Looker().look(made.jpeg()).cleaned is None
