"""Words of others made printable, and shortened for a list."""

import pytest

from answerable.documents.saying import SHORTENED, Saying, printable, shortened

EN = Saying("en", ("Asia/Phnom_Penh", "Europe/Brussels"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\nlines"),
        ("a\tb", "a b"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\u200bb", "a\u200bb"),
        ("\u0085", "<U+0085>"),
        ("www.example.org/a-file", "www.\u200bexample.\u200borg/\u200ba-\u200bfile"),
    ],
)
def test_what_cannot_be_seen_is_spelt_and_lines_stay_lines(text: str, shown: str) -> None:
    assert (
        printable(text).replace("\u200b/", "/").replace("\u200b.", ".").replace("\u200b-", "-")
        == shown
    )


def test_what_is_long_is_shortened_between_words_or_between_clusters() -> None:
    assert shortened("short") == "short"
    english = shortened("word " * 40)
    assert english.endswith("word \u2026")
    khmer = shortened("ស្ត្រី" * 40)
    assert khmer.removesuffix(" \u2026").replace("ស្ត្រី", "") == ""
    assert max(len(english), len(khmer)) <= SHORTENED + 2


def test_an_instant_is_told_once_for_each_zone_with_another_hour() -> None:
    assert EN.at("2026-12-10T09:40:00.000Z") == [
        "Thursday 10 December 2026, 16:40 (UTC+07:00), Asia/Phnom_Penh",
        "Thursday 10 December 2026, 10:40 (UTC+01:00), Europe/Brussels",
    ]
    assert (
        len(Saying("en", ("Asia/Phnom_Penh", "Asia/Bangkok")).at("2026-12-10T09:40:00.000Z")) == 1
    )
    assert EN.due("2026-12-12") == ["Saturday 12 December 2026"]
    assert EN.due(None) == []
