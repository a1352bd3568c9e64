"""A day off is called in the language of its page; an English name says that it is English."""

import pytest

from answerable.forms.shipped import ShippedProcedures, calendar_codes
from answerable.locale.catalogue import Catalogue
from answerable.locale.day_off_words import day_off_in_words
from answerable.locale.spoken import Spoken

EN, KM, FR = (Catalogue(language) for language in ("en", "km", "fr"))
WITHOUT_NAME = {
    "Martin Luther King Jr. Day",
    "Platinum Jubilee of Elizabeth II",
    "State Funeral of Queen Elizabeth II",
    "Coronation of Charles III",
    "Scotland's participation in the FIFA World Cup final (Scotland)",
}
"""Days that were off once, and a name with a point, which no key of a catalogue has."""


def test_a_holiday_has_its_name_in_each_language() -> None:
    name = "Constitution Day / Pchum Ben Day"
    assert [day_off_in_words(one, name) for one in (EN, KM, FR)] == [
        name,
        "ទិវាប្រកាសរដ្ឋធម្មនុញ្ញ / ពិធីបុណ្យភ្ផុំបិណ្ឌ",
        "Jour de la Constitution / Pchum Ben, fête des défunts",
    ]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Battle of the Boyne (observed) (Northern Ireland)", None),
        ("Eid al-Fitr Joint Holiday (observed)", None),
        ("Christmas Joint Holiday", "Noël (congé commun)"),
        ("New Year Holiday (Scotland)", "Congé du Nouvel an (Écosse)"),
    ],
)
def test_what_stands_in_brackets_has_its_words_too(name: str, called: str | None) -> None:
    assert day_off_in_words(EN, name) == name
    told = day_off_in_words(FR, name)
    assert called is None or told == called
    assert type(told) is str
    assert "observed" not in told


def test_a_name_that_a_language_does_not_have_is_in_english_and_says_so() -> None:
    told = day_off_in_words(KM, "Day of the boats")
    assert isinstance(told, Spoken)
    assert (told, told.own, told.language) == ("Day of the boats", "Day of the boats", "en")
    half = day_off_in_words(FR, "Good Friday / Day of the boats")
    assert isinstance(half, Spoken)
    assert (half, half.own) == ("Vendredi saint / Day of the boats", "Day of the boats")


@pytest.mark.parametrize("words", [KM, FR], ids=["km", "fr"])
def test_days_off_of_shipped_calendars_have_their_names(words: Catalogue) -> None:
    shipped = ShippedProcedures()
    names = {
        one
        for code in calendar_codes()
        for name in shipped.calendar(code).holidays.values()
        for one in name.split(" / ")
    }
    assert {
        one for one in names if isinstance(day_off_in_words(words, one), Spoken)
    } == WITHOUT_NAME
