"""Translations name who made them; what is taken out names its ground."""

from typing import Any

import pytest

from answerable.core.case.acts.texts import GROUNDS, TRANSLATORS
from tests.support.cases import NGO, OFFICE, OTHER_BODY, accepted

KHMER: dict[str, Any] = {"acts": [1], "from_language": "km", "to_language": "en"}
REDACTED: dict[str, Any] = {"acts": [1], "ground": "third-person"}


@pytest.mark.parametrize("how", TRANSLATORS)
def test_a_translation_names_the_act_and_who_or_which_machine_made_it(how: str) -> None:
    told = accepted().does("translated", NGO, **KHMER, how_translated=how)
    assert told.last.facts == {"acts": [1], "how": how}
    nameless = accepted().refuses("translated", NGO, **KHMER, how_translated=how, translator=None)
    assert nameless == "act-incomplete"


def test_a_translation_is_of_one_act_into_another_language() -> None:
    def refuses(**said: Any) -> str:
        machine = {**KHMER, "how_translated": "translated-by-machine", **said}
        return accepted().refuses("translated", NGO, **machine)

    assert refuses(to_language=" KM ") == "same-language"
    assert refuses(acts=[1, 2]) == "one-act-wanted"
    assert refuses(acts=[9]) == "no-such-act"


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_taken_out_names_act_and_ground(ground: str) -> None:
    told = accepted().does("redacted", OFFICE, **{**REDACTED, "ground": ground})
    assert told.last.facts == {"acts": [1], "ground": ground}


def test_the_accused_takes_nothing_out() -> None:
    assert accepted().refuses("redacted", OTHER_BODY, **REDACTED) == "accused-decides"
    assert accepted().refuses("redacted", OFFICE, **{**REDACTED, "acts": [9]}) == "no-such-act"
