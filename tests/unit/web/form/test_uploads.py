"""Files from anyone: refused in a sentence, and nothing that was typed is lost."""

import zlib
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from answerable.core.return_key import typed_return_key
from answerable.web.posted import FILE_BYTES
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, quick

PLANTED = b"Planted Author"


def picture(width: int = 2, height: int = 2, text: bytes = b"") -> bytes:
    """Return a PNG, with a text hidden in it if one is given."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(min(height, 100))))
    hidden = chunk(b"tEXt", b"Author\0" + text) if text else b""
    parts = (chunk(b"IHDR", head), hidden, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bomb() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (200 * 1024 * 1024))
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return made.getvalue()


SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def at_files(desk: Desk) -> Sender:
    sender = desk.sender()
    quick(sender)
    sender.open(_at(sender, "8"))
    return sender


def exhibits_of(desk: Desk, sender: Sender) -> list[bytes]:
    """Send the report, and return the files that came with it, as they are given back."""
    sender.open("/en/f/12")
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    found = []
    count = desk.application.reading.envelopes(docket)[0].facts["exhibits"]
    for exhibit in desk.application.give_back_exhibit.listed(docket.number, "secretariat"):
        into = BytesIO()
        desk.application.give_back_exhibit(exhibit, into)
        found.append(into.getvalue())
    assert len(found) == count
    return found


def test_hidden_data_is_shown_and_not_handed_in(desk: Desk, at_files: Sender) -> None:
    page = at_files.press("more", files={"file": ("IMG_0001.png", picture(text=PLANTED))})
    assert page.status == 200
    assert PLANTED.decode() in page.text
    assert "IMG_0001" not in page.text
    (octets,) = exhibits_of(desk, at_files)
    assert PLANTED not in octets
    assert octets.startswith(b"\x89PNG")


def test_the_original_is_handed_in_only_where_its_sender_says_so(
    desk: Desk, at_files: Sender
) -> None:
    at_files.press("more", files={"file": ("a.png", picture(text=PLANTED))})
    at_files.press(typed={"original-file-1": "yes"})
    (octets,) = exhibits_of(desk, at_files)
    assert octets == picture(text=PLANTED)


def test_a_file_can_be_removed_again(desk: Desk, at_files: Sender) -> None:
    at_files.press("more", files={"file": ("a.png", picture())})
    page = at_files.press("remove-file-1")
    assert "file-1.png" not in page.text
    assert exhibits_of(desk, at_files) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.docx", bomb(), id="an archive that unpacks to 200 MB"),
        pytest.param("a.svg", SCRIPT, id="a drawing with a script"),
        pytest.param("a.png", picture(100_000, 100_000), id="a picture of ten thousand million"),
    ],
)
def test_a_file_that_would_harm_its_reader_is_refused_in_a_sentence(
    desk: Desk, at_files: Sender, name: str, data: bytes
) -> None:
    at_files.press("more", files={"file": ("b.png", picture())})
    page = at_files.press(
        "more", files={"file": (name, data)}, typed={"caption-file-1": "the door"}
    )
    assert page.status == 422
    assert page.read.title.startswith("Error:")
    assert name in page.text
    assert "the door" in page.text
    assert WHAT in at_files.open("/en/f/12").text
    assert not desk.logged


def test_a_file_that_is_too_long_is_refused_and_the_caption_beside_it_is_kept(
    desk: Desk, at_files: Sender
) -> None:
    at_files.press("more", files={"file": ("b.png", picture())})
    page = at_files.press(
        "more",
        files={"file": ("long.bin", b"\0" * (FILE_BYTES + 1))},
        typed={"caption-file-1": "the door"},
    )
    assert page.status == 422
    assert "20 MB" in page.text
    assert "the door" in page.text
    assert not desk.logged


def test_a_name_of_four_thousand_letters_and_many_files_are_no_fault_of_ours(
    desk: Desk, at_files: Sender
) -> None:
    page = at_files.press("more", files={"file": ("ក" * 4000 + ".svg", SCRIPT)})
    assert page.status == 422
    assert len(page.text) < 60_000
    many = {f"file{number}": (f"{number}.png", picture()) for number in range(300)}
    page = at_files.press("more", files=many)
    assert page.status == 422
    assert not desk.logged


def test_a_file_of_no_known_kind_is_taken_and_said_to_be_unread(at_files: Sender) -> None:
    page = at_files.press("more", files={"file": ("a.xyz", b"\x00\x01\x02 nothing known")})
    assert page.status == 200
    assert "Nobody here can look into" in page.text or "cannot be removed" in page.text
