"""What a submission is read as, who may read which field, and what is refused."""

from typing import Any

import pytest

from answerable.core.acts import Field
from answerable.core.case import limits
from answerable.core.case.submission import Submission, read_submission

KEY = "key:" + "0a" * 32


def read(**said: Any) -> Submission:
    submission, problems = read_submission({"allegations": [{"what": "They came."}]} | said)
    assert problems == []
    assert submission is not None
    return submission


def codes(value: object) -> list[tuple[str, object]]:
    submission, problems = read_submission(value)
    assert submission is None
    return [(problem.code, problem.facts["field"]) for problem in problems]


def readers(submission: Submission, path: str) -> tuple[str, ...]:
    return next(field.readers for field in submission.fields() if field.path == path)


def test_the_smallest_submission_is_one_allegation_in_words() -> None:
    submission = read()
    assert submission.fields() == (
        Field("allegations/1/what", "They came.", ("complainant", "secretariat")),
    )
    assert submission.facts() == {
        "allegations": 1,
        "concerns": 0,
        "danger": False,
        "exhibits": 0,
        "level": None,
        "requests": 0,
    }


def test_names_and_contacts_are_not_public_where_everything_else_is() -> None:
    everybody = ["complainant", "secretariat", "member", "monitor", "public", KEY]
    submission = read(
        readers=everybody,
        speaker={"name": "A", "contact": "B", "organisation": "C"},
        allegations=[
            {"what": "x", "actor": {"body": "D", "name": "E"}, "targets": [{"name": "F"}]},
        ],
    )
    hidden = ("complainant", "secretariat", "monitor", KEY)
    for path in (
        "speaker/name",
        "speaker/contact",
        "allegations/1/actor/name",
        "allegations/1/targets/1/name",
    ):
        assert readers(submission, path) == hidden
    assert "public" in readers(submission, "speaker/organisation")
    assert "public" in readers(submission, "allegations/1/actor/body")


def test_readers_narrow_from_the_whole_to_the_part_to_the_field() -> None:
    submission = read(
        readers=["complainant", "secretariat", "member"],
        allegations=[
            {
                "what": {"text": "x", "readers": [KEY, "monitor"]},
                "remedy": "y",
                "readers": ["monitor", "complainant"],
            },
            {"what": "z"},
        ],
    )
    assert readers(submission, "allegations/1/what") == ("monitor", KEY)
    assert readers(submission, "allegations/1/remedy") == ("complainant", "monitor")
    assert readers(submission, "allegations/2/what") == ("complainant", "secretariat", "member")


def test_a_name_is_public_only_where_its_own_field_says_so() -> None:
    name = {"text": "A", "readers": ["complainant", "public"]}
    submission = read(allegations=[{"what": "x", "actor": {"name": name}}])
    assert readers(submission, "allegations/1/actor/name") == ("complainant", "public")


def test_a_place_that_is_not_to_be_published_is_not_even_where_a_level_says_so() -> None:
    place = {"village": {"text": "V", "readers": ["public", KEY]}, "do-not-publish": "yes"}
    submission = read(
        readers=["complainant", "public"],
        allegations=[{"what": "x", "place": place}],
    )
    assert readers(submission, "allegations/1/place/village") == (KEY,)
    assert readers(submission, "allegations/1/place/do-not-publish") == ("complainant",)


def test_the_name_of_a_file_which_decides_who_opens_it_is_not_public_by_default() -> None:
    submission = read(
        readers=["complainant", "secretariat", "public"],
        exhibits=[
            {"file": "a.jpg", "readers": ["monitor", "public"], "title": "A"},
            {"file": {"text": "b.jpg", "readers": ["public"]}},
            {"file": "c.jpg"},
        ],
    )
    assert readers(submission, "exhibits/1/file") == ("monitor",)
    assert readers(submission, "exhibits/1/title") == ("monitor", "public")
    assert readers(submission, "exhibits/2/file") == ("public",)
    assert readers(submission, "exhibits/3/file") == ("complainant", "secretariat")


def test_a_hundred_items_are_read_and_one_more_is_refused() -> None:
    item = {"what": "a"}
    hundred = {"allegations": [item] * 60, "concerns": [item] * 40}
    assert read_submission(hundred)[1] == []
    assert codes(hundred | {"requests": [item]}) == [("too-many", "allegations")]
    assert codes({"allegations": [item] * 101}) == [("too-many", "allegations")]


def test_too_many_fields_are_refused() -> None:
    targets = [{"name": "a", "kind": "person"}] * limits.TARGETS
    value = {"allegations": [{"what": "a", "targets": targets}] * 100}
    assert codes(value) == [("too-many", "")]


def test_problems_are_collected_and_told_up_to_twenty() -> None:
    value: dict[str, Any] = {"allegations": [{"what": 1, "kind": "x"} for _ in range(60)]}
    assert len(codes(value)) == limits.PROBLEMS
    assert len(codes({f"key{n}": "x" for n in range(50_000)})) == limits.PROBLEMS


def test_a_problem_names_the_field_the_nearest_word_and_never_the_content() -> None:
    _, problems = read_submission({"allegatons": [], "allegations": [{"what": 12345}]})
    assert problems[0].facts == {"field": "allegatons", "line": None, "nearest": "allegations"}
    assert problems[1].facts["found"] == "number"
    assert "12345" not in str(problems[1])


def test_a_key_that_is_no_word_is_not_repeated() -> None:
    assert codes({"<script>\n": 1, "allegations": [{"what": "a"}]}) == [("unknown-field", "?")]


@pytest.mark.parametrize("nothing", [None, "", "  ", [], {}])
def test_nothing_is_as_if_the_key_were_not_there(nothing: object) -> None:
    assert read(title=nothing, exhibits=nothing, speaker=nothing) == read()


@pytest.mark.parametrize(
    "items",
    [{}, {"allegations": [{"kind": "office-closed"}]}, {"requests": [{"what": "\u200b"}]},
     {"allegations": [{"what": "a"}, {}]}],
)  # fmt: skip
def test_only_emptiness_stops_a_submission(items: dict[str, Any]) -> None:
    assert [code for code, _ in codes(items)] == ["nothing-said"]


def test_the_words_of_an_instance_or_a_title_are_words() -> None:
    read(allegations=[{"title": "Stopped"}, {"instances": [{"what": "Stopped."}]}])


def test_level_four_needs_readers_since_the_default_would_show_it() -> None:
    item = {"allegations": [{"what": "a"}]}
    assert codes(item | {"level": 4}) == [("sealed-without-readers", "readers")]
    assert read(level=4, readers=[KEY]).is_protected
    assert read(level="3").is_protected
    assert not read(level=2).is_protected


@pytest.mark.parametrize("value", [None, 1, 1.5, "x", [], [[]], b"x", {1: 2}, {"allegations": {}}])
def test_what_is_no_submission_is_refused_and_never_raises(value: object) -> None:
    assert codes(value)
