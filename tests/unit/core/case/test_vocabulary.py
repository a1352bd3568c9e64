"""The kinds of alleged act."""

import re

from answerable.core.case.kinds import CIVIC_SPACE, KINDS, LABOUR


def test_every_kind_has_one_kebab_case_code_and_three_labels() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", kind.code)
        assert len({kind.label(language) for language in ("en", "km", "fr")}) == 3
        assert re.search("[\u1780-\u17d3]", kind.km)
        assert kind.right
        assert kind.source


def test_the_fourteen_acts_against_civic_space_and_twelve_of_labour_are_there() -> None:
    assert (len(CIVIC_SPACE), len(LABOUR)) == (14, 12)
