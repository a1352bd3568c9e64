"""How a sentence is made of a code and facts."""

from datetime import timedelta, timezone

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.locale.visible import visible, visible_lines

EN, KM, FR = map(Catalogue, ("en", "km", "fr"))
SEPTEMBER_13 = 1_568_363_445
"""2019-09-13T08:30:45Z: the Friday on which the article of ux.md H is dated."""


def test_an_instant_is_written_in_words_with_its_zone_named() -> None:
    assert EN.instant(SEPTEMBER_13) == "13 September 2019, 08:30:45 UTC"
    assert FR.instant(SEPTEMBER_13) == "13 septembre 2019, 08:30:45 UTC"
    assert KM.instant(SEPTEMBER_13) == "ថ្ងៃទី១៣ ខែកញ្ញា ឆ្នាំ២០១៩ ម៉ោង ០៨:៣០:៤៥ UTC"


def test_an_instant_in_another_zone_is_another_hour_and_can_be_another_day() -> None:
    phnom_penh = timezone(timedelta(hours=7))
    evening = SEPTEMBER_13 + 10 * 3600
    said = EN.instant(evening, phnom_penh, "Asia/Phnom_Penh")
    assert said == "14 September 2019, 01:30:45 Asia/Phnom_Penh"


@pytest.mark.parametrize(
    ("catalogue", "said"),
    [(EN, "Phnom Penh time"), (KM, "ម៉ោងភ្នំពេញ"), (FR, "heure de Phnom Penh")],
)
def test_a_time_zone_is_called_after_its_city(catalogue: Catalogue, said: str) -> None:
    assert catalogue.zone("Asia/Phnom_Penh") == said
    assert catalogue.zone("UTC") == "UTC"
    assert catalogue.city("America/Argentina/Buenos_Aires") == "Buenos Aires"


def test_a_number_has_the_digits_and_the_sign_of_its_language() -> None:
    assert [one.decimal(12.34) for one in (EN, KM, FR)] == ["12.3", "១២,៣", "12,3"]
    assert [one.number(2026) for one in (EN, KM, FR)] == ["2026", "២០២៦", "2026"]


def test_a_week_is_written_in_words() -> None:
    assert EN.week("2026-W07") == "week 7 of 2026"
    assert KM.week("2026-W47") == "សប្តាហ៍ទី៤៧ ឆ្នាំ២០២៦"
    assert FR.week("soon\u202e") == "soon<U+202E>"


def test_a_year_and_a_month_are_written_in_words_and_nothing_that_only_looks_so() -> None:
    assert [EN.period(one) for one in ("2026", "2026-11")] == ["2026", "November 2026"]
    for text in ("2026-", "2026x11", "2026-1", "2026-13", "2026-11-30", "២០២៦", "2026\u202e11"):
        assert EN.period(text) == text.replace("\u202e", "<U+202E>")


def test_a_day_is_written_in_words_with_its_weekday() -> None:
    assert EN.day("2019-12-12") == "Thursday 12 December 2019"
    assert FR.day("2020-01-01") == "mercredi 1er janvier 2020"
    assert KM.day("2019-12-12") == "ថ្ងៃព្រហស្បតិ៍ ទី១២ ខែធ្នូ ឆ្នាំ២០១៩"


def test_an_hour_is_written_with_its_offset_where_it_has_one() -> None:
    assert EN.hour("2019-12-12T09:05+07:00") == "Thursday 12 December 2019, 09:05 (UTC+07:00)"
    assert EN.hour("2019-12-12T09:05-03:30") == "Thursday 12 December 2019, 09:05 (UTC-03:30)"
    assert EN.hour("2019-12-12T09:05") == "Thursday 12 December 2019, 09:05"


@pytest.mark.parametrize("catalogue", [EN, KM, FR])
def test_what_is_no_day_is_given_as_it_is(catalogue: Catalogue) -> None:
    assert catalogue.day("soon\u202e") == "soon<U+202E>"
    assert catalogue.hour("soon") == "soon"


def test_french_counts_the_first_of_a_month_as_first() -> None:
    assert FR.instant(1_577_836_800) == "1er janvier 2020, 00:00:00 UTC"
    assert KM.instant(1_577_836_800).startswith("ថ្ងៃទី១ ខែមករា ឆ្នាំ២០២០")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", [2**62, -(2**62), 253_402_300_800])
def test_an_instant_beyond_all_calendars_is_given_as_a_number(language: str, at: int) -> None:
    assert Catalogue(language).instant(at) == str(at)


def test_what_stands_in_brackets_is_left_out_where_its_fact_is_missing() -> None:
    facts: dict[str, str | int | None] = {
        "field": "allegations[2].date",
        "line": 14,
        "nearest": None,
        "allowed": "a, b",
    }
    explained = EN.explain("unknown-code", facts)
    assert explained.what.startswith("Line 14. allegations[2].date: ")
    assert explained.do == "Use one of these: a, b."
    assert EN.explain("unknown-code", {"field": "", "line": None}).what[:4] == "this"


def test_a_fact_is_never_read_as_part_of_the_sentence() -> None:
    said = EN.say("verdict.valid", file="{origin}[{x}]$(keep-both)")
    assert said == "{origin}[{x}]$(keep-both): VALID"


def test_what_cannot_be_seen_in_a_fact_is_made_visible() -> None:
    said = EN.say("verdict.valid", file="a\u202etxt.\x1b[31m\nb")
    assert said == "a<U+202E>txt.<U+001B>[31m<U+000A>b: VALID"


def test_khmer_keeps_the_signs_of_no_width_it_is_written_with() -> None:
    text = "ការិយាល័យ\u200bត្រូវ\u200cបាន\u200dបិទ"
    assert visible(text) == text


def test_half_a_character_and_a_tag_are_spelt() -> None:
    assert visible("\udcff\U000e0041") == "<U+DCFF><U+E0041>"


def test_lines_stay_lines_and_no_other_sign_ends_one() -> None:
    assert visible_lines("one\ntwo\u2028three\r\x85") == ["one", "two<U+2028>three<U+000D><U+0085>"]


def test_a_reason_wins_part_by_part() -> None:
    plain = EN.explain("unreadable-receipt", {})
    by_mail = EN.explain("unreadable-receipt", {"reason": "line-ends"})
    assert by_mail.what != plain.what
    assert by_mail.means != plain.means
    assert by_mail.do == plain.do
    assert EN.explain("unreadable-receipt", {"reason": "never heard of"}) == plain


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert EN.explain("no-such-error", {}).what == "no-such-error"
    assert EN.word("act", "act-of-a-later-version") == "act-of-a-later-version"
    assert EN.say("no.such.key", file="x") == "no.such.key"


def test_only_khmer_and_french_are_drafts() -> None:
    assert [language for language in LANGUAGES if Catalogue(language).is_draft] == ["km", "fr"]


def test_what_is_counted_in_a_khmer_sentence_has_khmer_digits_and_a_code_has_those_of_all() -> None:
    assert "២០" in KM.say("error.no-more-files.what", limit=20)
    assert "20" in EN.say("error.no-more-files.what", limit=20)
    assert KM.numbers((1, 12)) == "១, ១២"
    assert EN.numbers((1, 12)) == "1, 12"
    told = KM.say("page.act", sequence=3, act="XA-2026-0061-7/3", who="p12", day="d")
    assert "៣" in told
    assert "XA-2026-0061-7/3" in told
    assert "p12" in told
    at = KM.say("serve.begins", folder="r", address="127.0.0.1", port=8000)
    assert "http://127.0.0.1:8000" in at
