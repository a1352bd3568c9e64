"""What the receiver will probably ask."""

from typing import Any

import pytest

from answerable.core.case.notes import Note, what_the_receiver_will_ask
from answerable.core.case.submission import read_submission

WHOLE: dict[str, Any] = {
    "language": "en",
    "level": 1,
    "readers": ["complainant", "secretariat"],
    "speaker": {"speaks-as": "person", "name": "A"},
    "consent": {"included": "yes", "published": "no"},
    "risk": {"harm": "no"},
}
ITEM: dict[str, Any] = {
    "nature": "act",
    "kind": "office-closed",
    "what": "They closed our office.",
    "date": "2026-05-12",
    "place": "the lake",
    "actor": {"kind": "police"},
    "targets": [{"kind": "person", "initials": "C.S."}],
    "how-known": "saw",
    "remedy": "Open it.",
    "would-show-it": "the lock",
}


def notes(whole: dict[str, Any], *items: dict[str, Any]) -> list[Note]:
    submission, problems = read_submission(whole | {"allegations": list(items)})
    assert submission is not None, problems
    return what_the_receiver_will_ask(submission)


def codes(whole: dict[str, Any], *items: dict[str, Any]) -> set[str]:
    return {note.code for note in notes(whole, *items)}


def test_a_complete_report_is_asked_nothing() -> None:
    assert notes(WHOLE, ITEM) == []


def test_a_report_in_one_sentence_can_be_sent_and_is_asked_everything() -> None:
    assert codes({}, {"what": "They closed it."}) == {
        "no-language", "no-level", "no-readers", "no-speaker", "no-consent", "no-risk",
        "no-remedy", "no-kind", "no-nature", "no-date", "no-place", "no-actor", "no-target",
        "no-how-known", "nothing-would-show-it",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"what": "They searched it and closed it."}, "may-be-two"),
        ({"what": "ពួកគេបានឆែកឆេរ ហើយបិទ។"}, "may-be-two"),
        ({"kind": "other"}, "other-kind-unsaid"),
        ({"date": "12/5/26"}, "date-read-as"),
        ({"date": "12/5/2570"}, "date-year-unsure"),
        ({"nature": "pattern"}, "pattern-without-instances"),
        ({"instances": [{"what": "once"}]}, "instances-without-pattern"),
        ({"nature": "continuing-act"}, "continuing-without-span"),
        ({"targets": [{"kind": "person"}]}, "target-unnamed"),
        ({"targets": [{"name": "A", "sealed": "yes"}]}, "target-sealed-but-named"),
        ({"targets": [{"name": {"text": "A", "readers": ["public"]}}]},
         "published-without-consent"),
        ({"translations": [{"language": "km", "what": "x"}]}, "translation-without-translator"),
        ({"what": None, "title": "Closed"}, "no-account"),
    ],
)  # fmt: skip
def test_each_thing_of_an_allegation_is_noted_with_its_ordinal(
    change: dict[str, Any],
    code: str,
) -> None:
    found = notes(WHOLE, ITEM, ITEM | change)
    assert [note.code for note in found] == [code]
    assert found[0].allegation in {2, None}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"exhibits": [{"file": "a.jpg"}], "consent": {"included": "no"}},
         "exhibits-without-consent"),
        ({"level": 3}, "named-where-no-names"),
        ({"level": 4, "speaker": None, "readers": ["secretariat", "key:" + "0" * 64]},
         "sealed-but-secretariat-reads"),
        ({"level": 4, "speaker": None, "readers": ["complainant"]}, "sealed-without-key"),
    ],
)  # fmt: skip
def test_each_thing_of_the_whole_is_noted(change: dict[str, Any], code: str) -> None:
    assert codes(WHOLE | change, ITEM) == {code}


def test_words_after_the_first_sentence_do_not_make_two_of_an_allegation() -> None:
    assert notes(WHOLE, ITEM | {"what": "They closed it. A lock and a chain were used."}) == []
