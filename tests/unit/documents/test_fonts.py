"""Which letters can be shown, asked of the fonts in two ways."""

from fontTools.ttLib import TTFont

from answerable.documents import fonts


def test_the_letters_of_a_font_are_those_that_another_reader_finds() -> None:
    for folder in fonts.folders():
        for path in sorted(folder.glob("*.ttf")):
            listed = TTFont(path).getBestCmap()
            found = set(fonts._code_points(path.read_bytes()))  # noqa: SLF001 - read from a table
            assert found == set(listed), path.name


def test_khmer_and_the_letters_of_our_languages_can_be_shown() -> None:
    wanted = "aéœçÀ«»\u2019…\u2013ក្ខំ៉៎១៛\u200b\u202f\u00a0"
    assert {ord(sign) for sign in wanted} <= fonts.shown()
    assert not {ord(sign) for sign in "中ع😀"} & fonts.shown()
