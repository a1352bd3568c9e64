"""Which version of what is shipped a name means."""

from datetime import date

import pytest

from answerable.casework.procedures import UnknownCalendar, UnknownProcedure
from answerable.forms.shipped import ShippedProcedures, calendar_codes, procedure_ids

RULES = ShippedProcedures()
TODAY = date(2026, 11, 22)


def test_an_id_alone_is_the_latest_version_in_force() -> None:
    assert RULES.procedure("india-cpgrams", TODAY).version == "2024-08-23"
    assert RULES.procedure("india-cpgrams", date(2024, 8, 22)).version == "2022-07-27"
    assert RULES.procedure("india-cpgrams@2021", TODAY).version == "2021"


def test_before_any_version_is_in_force_the_first_is_meant() -> None:
    assert RULES.procedure("eu-gsp-withdrawal", date(2000, 1, 1)).version == "2012"


def test_a_calendar_alone_is_its_latest_version() -> None:
    versions = [name for name in ("kh@2019-12", "kh@2020-04") if RULES.calendar(name).name == name]
    assert versions == ["kh@2019-12", "kh@2020-04"]
    assert RULES.calendar("kh").version >= "2020-04"


@pytest.mark.parametrize("name", ["eu-gsp-withdrawl", "../eu-gsp-withdrawal", "@2012", "", "é"])
def test_an_unknown_procedure_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(UnknownProcedure) as refused:
        RULES.procedure(name, TODAY)
    assert refused.value.facts["known"] == ", ".join(procedure_ids())


def test_a_near_name_and_a_version_that_is_not_there_are_helped_on() -> None:
    with pytest.raises(UnknownProcedure) as misspelt:
        RULES.procedure("eu-gsp-withdrawl", TODAY)
    assert misspelt.value.facts["nearest"] == "eu-gsp-withdrawal"
    with pytest.raises(UnknownProcedure) as other:
        RULES.procedure("india-cpgrams@2019", TODAY)
    assert str(other.value.facts["known"]).startswith("india-cpgrams@2020, india-cpgrams@2021")
    with pytest.raises(UnknownCalendar) as calendar:
        RULES.calendar("kh@1999")
    assert "kh@2019-12" in str(calendar.value.facts["known"])


def test_every_shipped_file_is_whole_and_named_after_what_it_holds() -> None:
    assert {one.id for one in RULES.shipped()} == set(procedure_ids())
    assert {RULES.calendar(code).code for code in calendar_codes()} == set(calendar_codes())
