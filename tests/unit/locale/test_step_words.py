"""Each step of a clock's working, as a sentence."""

from datetime import date

import pytest

from answerable.core.counting import step
from answerable.forms.shipped import ShippedProcedures
from answerable.locale.catalogue import Catalogue
from answerable.locale.step_words import step_in_words


@pytest.mark.parametrize(
    ("language", "called"),
    [
        pytest.param("en", "Harvest Home / River Days", id="English"),
        pytest.param("fr", "Fête de la moisson / Jours du fleuve", id="French"),
    ],
)
@pytest.mark.parametrize("code", ["left-out", "ends-on-day-off"])
def test_a_holiday_is_called_in_the_language_of_its_reader(
    language: str, called: str, code: str
) -> None:
    rules, day = ShippedProcedures().procedure("training-mechanism", date.max), date(2026, 11, 3)
    days = {"first": day, "last": day} if code == "left-out" else {"on": day}
    told = step(code, **days, reason="holiday", name="Harvest Home / River Days")
    assert called in step_in_words(Catalogue(language), rules, told, {})
