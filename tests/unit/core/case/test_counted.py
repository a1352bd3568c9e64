"""What an envelope keeps of a submission is codes that its sender shows to everyone anyway."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.core.acts import READERS
from answerable.core.case.counted import counted_facts
from answerable.core.case.submission import read_submission
from answerable.core.case.vocabulary import ACTOR_KINDS, KIND_CODES, LANGUAGES
from answerable.locale import catalogue

ONE = {
    "what": "They closed the office.",
    "kind": "office-closed",
    "place": {"province": {"code": "KH-2"}},
    "actor": {"kind": "police"},
}


def counted(**said: Any) -> dict[str, Any]:
    submission, problems = read_submission({"allegations": [ONE]} | said)
    assert submission is not None, problems
    return counted_facts(submission)


def test_what_the_public_reads_is_counted() -> None:
    assert counted(readers=["public"], language="km") == {
        "accused": ["police"],
        "kinds": ["office-closed"],
        "language": "km",
        "provinces": ["KH-2"],
    }


def test_without_readers_nothing_of_an_allegation_is_counted() -> None:
    assert counted(language="fr-FR") == {"language": "fr"}


@pytest.mark.parametrize("said", [{"level": 3}, {"danger_now": {"what": "Men wait."}}])
def test_a_silhouette_leaves_no_code(said: dict[str, Any]) -> None:
    said = {name.replace("_", "-"): value for name, value in said.items()}
    assert counted(readers=["public"], language="km", **said) == {"language": None}


def test_a_place_that_is_not_to_be_published_is_not_counted() -> None:
    place = {"province": {"code": "KH-2"}, "do-not-publish": True}
    allegations = [ONE | {"place": place}]
    assert "provinces" not in counted(readers=["public"], allegations=allegations)


@pytest.mark.parametrize("code", ["KH", "KH-0203", "KH-SOKDARA"])
def test_only_the_code_of_a_province_is_kept(code: str) -> None:
    allegations = [ONE | {"place": {"province": {"code": code}}}]
    assert "provinces" not in counted(readers=["public"], allegations=allegations)


@pytest.mark.parametrize(("tag", "told"), [("KM-kh", "km"), ("bwr", "other"), (None, None)])
def test_a_language_that_few_speak_is_told_as_another(tag: str | None, told: str | None) -> None:
    assert counted(language=tag)["language"] == told


def test_submissions_are_counted_by_the_languages_of_the_catalogues() -> None:
    assert sorted(LANGUAGES) == sorted(catalogue.LANGUAGES)


readers = st.lists(st.sampled_from(READERS), min_size=1, unique=True)


@given(readers, readers, st.sampled_from(KIND_CODES), st.sampled_from(ACTOR_KINDS))
def test_a_code_is_kept_where_its_own_field_is_public_and_nowhere_else(
    of_all: list[str], of_kind: list[str], kind: str, accused: str
) -> None:
    one = ONE | {"kind": {"text": kind, "readers": of_kind}, "actor": {"kind": accused}}
    facts = counted(readers=of_all, allegations=[one])
    assert facts.get("kinds") == ([kind] if "public" in of_kind else None)
    assert facts.get("accused") == ([accused] if "public" in of_all else None)
    assert facts.get("provinces") == (["KH-2"] if "public" in of_all else None)
