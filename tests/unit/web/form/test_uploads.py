"""Files from anyone: refused in a sentence, and nothing that was typed is lost."""

import json
import re
import zlib
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from answerable.casework.ports import StorageFailed
from answerable.core.return_key import typed_return_key
from answerable.web.posted import FILE_BYTES
from tests.support.senders import Page, Sender, SeveralFiles, encoded
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known, quick

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
    assert page.status == 413
    assert "20 MB" in page.text
    assert "the door" in page.text
    assert not desk.logged


def test_a_name_of_four_thousand_letters_and_many_files_are_no_fault_of_ours(
    desk: Desk, at_files: Sender
) -> None:
    page = at_files.press("more", files={"file": ("ក" * 4000 + ".svg", SCRIPT)})
    assert page.status == 413
    assert len(page.text) < 60_000
    assert not desk.logged


def test_of_more_files_than_are_read_the_page_says_so_and_keeps_what_was_typed(
    desk: Desk, at_files: Sender
) -> None:
    at_files.press("more", files={"file": ("a.txt", b"A list of days.")})
    at_files.open("/en/f/8")
    many = {f"file{number}": (f"{number}.txt", b"%d" % number) for number in range(450)}
    page = at_files.press("more", typed={"caption-file-1": "Whose days."}, files=many)
    assert page.status == 413
    assert "400 files and fields" in page.text
    assert "20 MB at once" not in page.text
    assert "Whose days." in page.text
    assert "A report takes 20 files" in page.text
    kept = json.loads(desk.application.kept_forms.read(at_files.cookies["f"]) or b"")
    assert len(kept["draft"]["files"]) == 20
    assert not desk.logged


def test_of_more_fields_than_are_read_the_first_are_kept(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    sender.open("/en/f/5/1")
    check = dict(sender.page.form.fields)["check"]
    fields = [("check", check), ("allegations/1/what", "The door was broken.")]
    fields += [(f"x{number}", "y") for number in range(500)]
    sender.ask("/en/f/5/1", "POST", **encoded(fields, "application/x-www-form-urlencoded", {}))
    assert b"The door was broken." in (desk.application.kept_forms.read(sender.cookies["f"]) or b"")


def test_a_file_of_no_known_kind_is_taken_and_said_to_be_unread(at_files: Sender) -> None:
    page = at_files.press("more", files={"file": ("a.xyz", b"\x00\x01\x02 nothing known")})
    assert page.status == 200
    assert "Nobody here can look into" in page.text or "cannot be removed" in page.text


# --- Several at once ---


def names_on(page: Page) -> list[str]:
    return re.findall(r"<legend>(file-\d+\.\w+)</legend>", page.text)


def several(*files: tuple[str, bytes]) -> SeveralFiles:
    return [("file", *one) for one in files]


def test_of_several_files_each_is_taken_or_refused_by_itself(desk: Desk, at_files: Sender) -> None:
    page = at_files.press(
        "more",
        files=several(
            ("door.png", picture(text=PLANTED)), ("drawing.svg", SCRIPT), ("list.txt", b"Days.")
        ),
    )
    assert page.status == 422
    assert names_on(page) == ["file-1.png", "file-3.txt"]
    assert "Not added: drawing.svg" in page.text
    assert 'href="#again-2"' in page.text
    assert exhibits_of(desk, at_files) == [picture(), b"Days."]


def test_a_row_that_was_refused_stays_until_it_is_tried_again_or_left_out(
    at_files: Sender,
) -> None:
    at_files.press("more", files=several(("drawing.svg", SCRIPT), ("other.svg", SCRIPT + b" ")))
    page = at_files.open("/en/f/8")
    assert page.status == 200
    assert page.text.count("Not added: ") == 2
    assert "Not added: 2" in at_files.open("/en/f/3").text
    assert "drawing.svg was not added." in at_files.open("/en/f/12").text
    at_files.open("/en/f/8")
    page = at_files.press("more", files=[("again-1", "still.svg", SCRIPT + b"  ")])
    assert page.status == 422
    assert page.text.count("Not added: ") == 2
    assert "drawing.svg" not in page.text
    page = at_files.press("more", files=[("again-1", "drawing.png", picture())])
    assert page.status == 200
    assert page.text.count("Not added: ") == 1
    page = at_files.press("leave-out-2")
    assert page.address == "/en/f/8"
    assert "Not added: " not in page.text
    assert len(names_on(page)) == 1


def test_a_post_of_files_that_comes_again_doubles_nothing_and_removes_no_other(
    at_files: Sender,
) -> None:
    address, posted = at_files.filled(
        "more", files=several(("a.png", picture()), ("b.svg", SCRIPT), ("c.txt", b"Days."))
    )
    for _ in range(3):
        page = again(at_files, address, posted)
        assert names_on(page) == ["file-1.png", "file-3.txt"]
        assert page.text.count("Not added: ") == 1
    at_files.page = page
    address, posted = at_files.filled("remove-file-3")
    again(at_files, address, posted)
    at_files.open("/en/f/8")
    at_files.press("more", files=several(("d.txt", b"Other days.")))
    again(at_files, address, posted)
    assert names_on(at_files.open("/en/f/8")) == ["file-1.png", "file-4.txt"]


def test_a_file_that_is_too_long_takes_none_of_the_others_with_it(
    desk: Desk, at_files: Sender
) -> None:
    page = at_files.press(
        "more",
        files=several(
            ("a.txt", b"Days."), ("film.mp4", b"\0" * (FILE_BYTES + 1)), ("b.txt", b"Nights.")
        ),
        typed={},
    )
    assert page.status == 413
    assert "Not added: film.mp4" in page.text
    assert len(names_on(page)) == 2
    half = b"\1" * (FILE_BYTES // 2 + 1)
    page = at_files.press("more", files=several(("one.bin", half), ("two.bin", half + b"\2")))
    assert page.status == 413
    assert "Not added: two.bin" in page.text
    assert "at once" in page.text
    assert len(names_on(page)) == 3
    assert not desk.logged


def test_a_report_has_twenty_files_and_says_so_of_each_further_one(at_files: Sender) -> None:
    many = several(*((f"{number}.txt", b"%d" % number) for number in range(22)))
    page = at_files.press("more", files=many)
    assert page.status == 422
    assert len(names_on(page)) == 20
    assert page.text.count("Not added: ") == 2


# --- Who reads a file ---


def test_a_file_is_read_by_whom_its_sender_chose_and_the_preview_says_so(
    desk: Desk, at_files: Sender
) -> None:
    at_files.press("more", files=several(("a.txt", b"Days."), ("b.txt", b"Nights.")))
    page = at_files.press(
        typed={"caption-file-1": "The planted caption", "readers-file-1": ("monitor",)}
    )
    page = at_files.open("/en/f/12")
    sights = dict(re.findall(r"<summary>([^<]+)</summary>(.*?)</details>", page.text, re.DOTALL))
    assert "file-1.txt" not in sights["What is seen by: The secretariat"]
    assert "The planted caption" not in sights["What is seen by: The secretariat"]
    assert "file-2.txt" in sights["What is seen by: The secretariat"]
    assert "<dd>file-1.txt</dd>" in sights["What is seen by: The outside monitor"]
    assert "The planted caption" in sights["What is seen by: The outside monitor"]
    assert "file-" not in sights["What is seen by: Everyone"]
    at_files.press()
    key = key_of(at_files)
    docket = desk.application.return_keys.docket(typed_return_key(key))
    listed = desk.application.give_back_exhibit.listed
    assert [one.name for one in listed(docket.number, "secretariat")] == ["file-2.txt"]
    assert [one.name for one in listed(docket.number, "member")] == ["file-2.txt"]
    assert len(listed(docket.number, "monitor")) == 2
    at_files.open("/en/f/return")
    page = at_files.press(key=key)
    told = page.text.partition('id="files"')[2]
    assert re.search(r"file-1\.txt.*?Read by: monitor<", told, re.DOTALL)


def test_a_file_that_nobody_may_read_is_told_and_can_be_sent_for_its_sender_alone(
    at_files: Sender,
) -> None:
    at_files.press("more", files=several(("a.txt", b"Days.")))
    page = at_files.press(typed={"caption-file-1": "the door", "readers-file-1": ()})
    assert page.status == 422
    assert "Choose who may read file-1.txt" in page.text
    assert "the door" in page.text
    assert "checked" not in page.text
    assert "file-1.txt: Nobody but its sender may open this file." in at_files.open("/en/f/12").text


def test_who_is_no_longer_a_reader_of_the_report_is_none_of_its_files(
    desk: Desk, at_files: Sender
) -> None:
    at_files.press("more", files=several(("a.txt", b"Days.")))
    at_files.press(typed={"readers-file-1": ("secretariat", "monitor")})
    at_files.open("/en/f/2")
    at_files.press(readers=("secretariat", "member"))
    at_files.open("/en/f/12")
    at_files.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(at_files)))
    (act,) = desk.application.dockets.acts(docket.id)
    read = {one.path: one.readers for one in desk.application.reading.content(act)}
    assert read["exhibits/1/file"] == read["exhibits/1/identity"] == ("complainant", "secretariat")


def test_a_file_that_is_removed_is_there_as_long_as_what_is_kept_names_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = desk.sender()
    quick(sender)
    sender.open("/en/f/8")
    sender.press("more", files={"file": ("a.txt", b"A list of days.")})
    sender.open("/en/f/8")
    token, forms = sender.cookies["f"], desk.application.kept_forms

    def cut(*_: object, **__: object) -> None:
        raise StorageFailed("cut off before the form was kept")

    with monkeypatch.context() as broken:
        broken.setattr(type(forms.store), "keep", cut)
        assert sender.press("remove-file-1").status == 503
    assert b"file-1" in (forms.read(token) or b"")
    assert forms.file(token, "file-1") == b"A list of days."
    sender.open("/en/f/8")
    sender.press("remove-file-1")
    assert b"file-1" not in (forms.read(token) or b"")
    assert forms.file(token, "file-1") is None
    desk.logged.clear()
