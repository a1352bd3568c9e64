"""What files hide is found, and taken out without touching what they show."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from answerable.casework.hidden_data import CODES, FileHarmful, Hidden, Looked
from answerable.hidden.looking import looked_into
from tests.support import hidden_files as made

KINDS = sorted(made.every())
FILES = made.every()


def cleaned(data: bytes) -> bytes:
    looked = looked_into(data)
    assert looked.cleaned is not None
    return looked.cleaned


def found(data: bytes) -> set[Hidden]:
    return set(looked_into(data).found)


def codes(data: bytes) -> set[str]:
    return {one.code for one in looked_into(data).found}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_what_its_octets_say(kind: str) -> None:
    assert looked_into(FILES[kind]).extension == kind


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_is_found(kind: str) -> None:
    assert looked_into(FILES[kind]).found
    assert codes(FILES[kind]) <= set(CODES)


@pytest.mark.parametrize("kind", KINDS)
def test_no_octet_of_a_planted_word_is_left_not_even_packed(kind: str) -> None:
    assert made.WORD in made.all_octets(FILES[kind])
    assert made.WORD not in made.all_octets(cleaned(FILES[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_found_in_what_was_cleaned_and_it_stays_as_it_is(kind: str) -> None:
    once = looked_into(FILES[kind])
    again = looked_into(once.cleaned or b"")
    assert again == Looked(once.kind, (), once.cleaned, kind)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "gif"])
def test_the_pixels_of_a_picture_are_the_same(kind: str) -> None:
    data = FILES[kind].replace(b"MPF\x00", b"mpf\x00")  # what is planted there is no index
    before, after = (Image.open(BytesIO(one)) for one in (data, cleaned(data)))
    assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_a_picture_stays_turned_and_says_no_more_than_that(kind: str) -> None:
    assert dict(Image.open(BytesIO(cleaned(FILES[kind]))).getexif()) == {0x0112: 6}


def test_a_profile_of_colours_stays() -> None:
    picture = Image.open(BytesIO(cleaned(made.jpeg())))
    assert picture.info["icc_profile"] == b"a profile of colours"


def test_a_photo_tells_where_when_and_with_what_it_was_taken() -> None:
    assert found(made.jpeg()) >= {
        Hidden("gps", made.POSITION),
        Hidden("device", "PlantedModel"),
        Hidden("time", "2026:05:12 10:21:07"),
        Hidden("maker-note"),
        Hidden("author", "PlantedXmp"),
        Hidden("author", "PlantedByline"),
        Hidden("comment", "PlantedComment"),
        Hidden("attached", "11 B"),
    }


def test_a_png_tells_its_text_in_each_of_its_forms() -> None:
    assert found(made.png()) >= {
        Hidden("author", "PlantedAuthor"),
        Hidden("comment", "PlantedPacked"),
        Hidden("title", "PlantedTitle"),
    }


def test_a_photo_south_and_west_is_told_so() -> None:
    said = made.exif()
    said.get_ifd(0x8825).update({1: "S", 3: "W"})
    target = BytesIO()
    made.picture().save(target, "JPEG", exif=said)
    assert Hidden("gps", "-11.556361, -104.928250") in found(target.getvalue())


def test_a_picture_in_a_photo_is_a_thumbnail() -> None:
    # A second folder of Exif, which says where in it the small picture lies.
    tiff = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + b"\x0e\x00\x00\x00"
    tiff += b"\x01\x00\x01\x02\x04\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    target = BytesIO()
    made.picture().save(target, "JPEG", exif=b"Exif\x00\x00" + tiff)
    assert "thumbnail" in codes(target.getvalue())


def test_what_was_cropped_away_and_lies_behind_the_pixels_is_gone() -> None:
    plain = cleaned(made.photo("PNG"))
    at = plain.index(b"IDAT")
    length = int.from_bytes(plain[at - 4 : at])
    longer = plain[: at - 4] + (length + 7).to_bytes(4) + plain[at : at + 4 + length]
    longer += b"Planted" + plain[at + 4 + length :]
    assert found(longer) == {Hidden("attached", "7 B")}
    assert cleaned(longer) == plain


def test_a_document_tells_its_authors_its_files_and_that_it_had_a_version_before() -> None:
    assert found(made.pdf()) >= {
        Hidden("author", "Another"),
        Hidden("author", "PlantedReviewer"),
        Hidden("author", "PlantedXmp"),
        Hidden("device", "PlantedModel"),
        Hidden("earlier-version", "1"),
    }
    assert codes(made.pdf()) >= {"script", "attached"}
    assert "earlier-version" not in codes(made.pdf(with_earlier=False))


def test_a_note_on_a_page_stays_and_its_author_does_not() -> None:
    assert b"a note that shows" in cleaned(made.pdf())


def test_of_a_word_file_the_last_state_stays() -> None:
    data = cleaned(made.docx())
    with ZipFile(BytesIO(data)) as parts:
        document = parts.read("word/document.xml")
        assert b"kept " in document
        assert b"added" in document
        assert b"<w:tr>" not in document
        assert b'mc:Ignorable="w14"' in document
        assert b"xmlns:w14=" in document
        assert b"a comment that shows" in parts.read("word/comments.xml")
        # No part is spoken of that is not there.
        assert b"docProps" not in parts.read("[Content_Types].xml") + parts.read("_rels/.rels")


def test_a_word_file_tells_who_wrote_who_changed_and_where_its_template_lay() -> None:
    assert found(made.docx()) >= {
        Hidden("author", "PlantedAuthor"),
        Hidden("author", "PlantedReviser"),
        Hidden("tracked-change"),
        Hidden("path", "file:///C:/Users/Planted/a.dotx"),
        Hidden("gps", made.POSITION),
    }


def test_a_film_keeps_its_sound_where_it_was_and_loses_its_positions() -> None:
    data = made.film()
    after = cleaned(data)
    assert len(after) == len(data)
    assert after.index(b"sound sound") == data.index(b"sound sound")
    assert found(data) >= {
        Hidden("gps", "+11.5564+104.9282/"),
        Hidden("time", "2026-05-12 10:21:00"),
        Hidden("software", "PlantedEncoder"),
        Hidden("software", "PlantedHandler"),
    }


def test_a_value_is_one_line_of_what_can_be_seen_and_not_long() -> None:
    data = made.photo(comment=b"one\ntwo\x1b[31m\xe2\x80\xae" + b"x" * 500)
    (said,) = (one.value for one in looked_into(data).found if one.code == "comment")
    assert said.startswith("one two [31m xxx")
    assert len(said) == 100


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(
            b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "script-in-svg", id="script"
        ),
        pytest.param(
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>', "script-in-svg", id="event"
        ),
        pytest.param(
            b'<svg xmlns="http://www.w3.org/2000/svg"><a href=" java\nscript:a()"/></svg>',
            "script-in-svg",
            id="link",
        ),
        pytest.param(
            b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            "script-in-svg",
            id="entity",
        ),
        pytest.param(made.jpeg()[:200], "broken", id="half a photo"),
        pytest.param(b"%PDF-1.7\n%%EOF", "broken", id="no pages"),
        pytest.param(b"PK\x03\x04" + bytes(40), "broken", id="no archive"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            id="Word with a password",
        ),
    ],
)
def test_what_no_one_should_or_can_open_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FileHarmful) as refused:
        looked_into(data)
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!doctype html><script>alert(1)</script>", "application/octet-stream"),
        (b"<html>", "application/octet-stream"),
        (b"\x00\x01", "application/octet-stream"),
        (b"\x1aE\xdf\xa3" + bytes(20), "video/webm"),
        (b"BM" + bytes(60), "image/bmp"),
    ],
)
def test_what_is_not_understood_is_not_said_to_be_clean(data: bytes, kind: str) -> None:
    assert looked_into(data) == Looked(kind, (Hidden("unread"),), None, looked_into(data).extension)


def test_a_text_has_no_place_to_hide_in() -> None:
    said = "ពួកគេបានបិទការិយាល័យ។\n".encode()
    assert looked_into(said) == Looked("text/plain", (), said, "txt")


def test_a_file_in_a_document_that_is_not_understood_keeps_it_from_being_clean() -> None:
    with ZipFile(BytesIO(made.docx())) as parts:
        inside = {name: parts.read(name) for name in parts.namelist()}
    looked = looked_into(made.archive(inside | {"word/embeddings/oleObject1.bin": b"Planted"}))
    assert looked.cleaned is None
    assert Hidden("attached", "oleObject1.bin") in looked.found
