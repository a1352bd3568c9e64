"""What a field says, in words: a level by its name, and what is counted as a number."""

import pytest

from answerable.core.acts import Field, Json
from answerable.locale.catalogue import Catalogue
from answerable.locale.field_words import value_in_words


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        pytest.param("level", 3, "គ្មានឈ្មោះ", id="a level has its name"),
        pytest.param("people-asked", 3, "៣", id="a count is a number"),
        pytest.param("allegations/1/place/do-not-publish", True, "បាទ/ចាស", id="true is yes"),
    ],
)
def test_a_number_is_a_level_only_where_the_level_stands(path: str, value: Json, said: str) -> None:
    assert value_in_words(Catalogue("km"), Field(path, value, ("complainant",))) == said
