"""The shipped calendars agree with the package holidays, but for differences that are meant.

The package is an oracle and no part of Answerable: what it knows of each day was copied once, as
facts, and is edited since, because governments move holidays while clocks run.
"""

from collections.abc import Mapping
from datetime import date

import holidays
import pytest

from answerable.core.calendars import Calendar
from answerable.forms.shipped import ShippedProcedures, calendar_codes
from answerable.locale.catalogue import Catalogue
from answerable.locale.day_off_words import day_off_in_words

NATIONS = ("ENG", "WLS", "SCT", "NIR")

AGREEING = ("kh@2026-11", "uk-any-nation", "de", "id", "world-bank")
"""Calendars whose every day is a day of the oracle. Of world-bank, these are the days of another
institution, and the calendar says so: it is not confirmed."""

WITHOUT_ORACLE = {
    "eu-commission": "the package knows no list of the Commission",
    "eu-weekdays": "weekends only",
    "ilo-sessions": "sessions, of which none is known",
    "xa": "an invented country",
}

MOVED = {
    "kh@2019-12": "as published before April 2020, when Khmer New Year was still in April",
    "kh@2020-04": "the same years as the newest version, which ends later",
}
"""Versions that differ in days or years, and why."""

APRIL = {date(2020, 4, day) for day in range(13, 17)}
AUGUST = {date(2020, 8, day) for day in range(17, 22)}


def calendar(name: str) -> Calendar:
    return ShippedProcedures().calendar(name)


def days_off(code: str, years: range) -> set[date]:
    """Return the days off that the package knows."""
    if code == "uk-any-nation":
        return {day for nation in NATIONS for day in _days("GB", years, subdiv=nation)}
    if code == "id":
        return _days("ID", years, categories=("public", "government"))
    return _days({"kh": "KH", "de": "DE", "world-bank": "US"}[code], years)


def _days(
    country: str, years: range, *, subdiv: str | None = None, categories: tuple[str, ...] = ()
) -> set[date]:
    found = holidays.country_holidays(
        country, years=years, subdiv=subdiv, categories=categories or None
    )
    return set(found)


def years_of(of: Calendar) -> range:
    return range(of.first.year, of.last.year + 1)


@pytest.mark.parametrize("name", AGREEING)
def test_a_calendar_has_the_days_off_that_the_oracle_has(name: str) -> None:
    ours = calendar(name)
    assert (ours.first, ours.last) == (
        date(years_of(ours)[0], 1, 1),
        date(years_of(ours)[-1], 12, 31),
    )
    assert set(ours.holidays) == days_off(ours.code, years_of(ours))


def test_before_april_2020_khmer_new_year_was_in_april_and_nothing_in_august() -> None:
    ours = calendar("kh@2019-12")
    theirs = days_off("kh", years_of(ours))
    assert set(ours.holidays) - theirs == APRIL
    assert theirs - set(ours.holidays) == AUGUST


def test_after_the_move_it_is_in_august_as_the_oracle_says() -> None:
    ours = calendar("kh@2020-04")
    assert set(ours.holidays) == days_off("kh", years_of(ours))
    assert set(ours.holidays) >= AUGUST


def test_feasts_that_are_only_estimated_are_left_out_with_their_year() -> None:
    """Indonesia ends with 2026: the oracle calls some feasts of 2027 estimated."""
    ours = calendar("id")
    after = holidays.country_holidays("ID", years=ours.last.year + 1, language="en_US")
    until = holidays.country_holidays("ID", years=years_of(ours), language="en_US")
    assert any("estimated" in name for name in after.values())
    assert not any("estimated" in name for name in until.values())


def test_weekends_are_those_of_the_days_off() -> None:
    countries = {"kh": "KH", "uk-any-nation": "GB", "de": "DE", "id": "ID", "world-bank": "US"}
    for code, country in countries.items():
        theirs = holidays.country_holidays(country, years=2025).weekend
        assert calendar(code).weekend == frozenset(theirs)


def test_every_calendar_is_compared_or_has_a_reason_not_to_be() -> None:
    compared: Mapping[str, object] = {name.partition("@")[0]: None for name in (*AGREEING, *MOVED)}
    assert {*compared, *WITHOUT_ORACLE} == set(calendar_codes())
    assert not set(compared) & set(WITHOUT_ORACLE)


def test_holidays_of_cambodia_are_called_in_khmer_as_there_and_no_name_is_left_in_english() -> None:
    years = range(2015, 2028)
    english = holidays.country_holidays("KH", years=years, language="en_US")
    khmer = holidays.country_holidays("KH", years=years, language="km")
    words = Catalogue("km")
    # Spelt as docs/glossary.md says: one way where two look alike.
    single = [day for day, name in english.items() if "; " not in name]
    ours = {english[day]: day_off_in_words(words, english[day]) for day in single}
    spelt = {english[day]: khmer[day].replace("\u17d2\u178a", "\u17d2\u178f") for day in single}
    assert {name: said for name, said in ours.items() if said != spelt[name]} == {}
    of_demo = set(calendar("xa").holidays.values())
    assert not [name for name in of_demo if day_off_in_words(words, name) == name]
