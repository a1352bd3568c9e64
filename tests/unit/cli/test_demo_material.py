"""The demo's training reports: marked, well-formed, and varied as the story says."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from answerable.bootstrap.offline import delivery
from answerable.cli.demonstration.response import REQUEST
from answerable.cli.demonstration.story import FEW_WORDS, MATERIAL, ON_PAPER, REPORTS
from answerable.core.acts import Json
from answerable.core.case.submission import Submission
from answerable.forms.request_file import read_request
from answerable.places.gazetteer import IsoAndCambodia
from tests.support.demo_photos import PHOTOS, drawn, pixels_of

MARK = "TRAINING / សម្រាប់ហ្វឹកហ្វឺន: "
LARGEST_PHOTO = 15_000
FILES = (REPORTS, FEW_WORDS, ON_PAPER)


def submissions(name: str) -> list[Submission]:
    handed = delivery((MATERIAL / name).read_bytes(), name)
    assert [one.problems for one in handed if one.problems] == []
    return [one.submission for one in handed if one.submission is not None]


def fields(submission: Submission) -> Mapping[str, Json]:
    return {item.path: item.value for item in submission.fields()}


@pytest.mark.parametrize("name", FILES)
def test_every_report_says_in_its_title_that_it_is_for_training(name: str) -> None:
    for submission in submissions(name):
        assert str(fields(submission)["title"]).startswith(MARK)


def test_each_point_of_the_request_says_that_it_is_for_training() -> None:
    read = read_request((MATERIAL / REQUEST).read_bytes(), REQUEST).value
    assert read is not None
    texts = [read.request.subject, *(point.text for point in read.request.points)]
    assert [text for text in texts if "(training)" not in text] == []


def test_no_place_or_body_of_a_report_is_one_that_the_gazetteer_knows() -> None:
    gazetteer = IsoAndCambodia()
    real = [
        (path, name)
        for file in FILES
        for submission in submissions(file)
        for path, name in named(submission)
        if gazetteer.suggest(name)
    ]
    assert real == []


def named(submission: Submission) -> Iterator[tuple[str, str]]:
    """Yield the names of places in a report, and of the bodies that are named after places."""
    for path, value in fields(submission).items():
        if "/place/" in path and isinstance(value, Mapping):
            yield path, str(value["name"])
        elif path.endswith(("/actor/body", "/actor/unit")):
            yield path, str(value).removeprefix("រដ្ឋបាល")


def test_the_delivery_is_as_varied_as_the_story_says() -> None:
    reports = [fields(one) for one in submissions(REPORTS)]
    assert [one["language"] for one in reports].count("km") == 6
    assert [one["language"] for one in reports].count("en") == 6
    natures = {one.get("allegations/1/nature") for one in reports}
    assert natures >= {"act", "continuing-act", "pattern"}
    kinds = [one.get("allegations/1/kind") for one in reports]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "office-closed": 1,
        "event-stopped-moved-or-refused": 2,
        "participants-watched-or-listed": 2,
        "public-vilification": 2,
        "threat-or-intimidation": 1,
        "dismissal-for-union-activity": 1,
        "prior-notice-or-permission-demanded": 1,
        None: 2,
    }
    for path in ("requests/1/what", "concerns/1/what", "sent-before/2/channel", "danger-now/what"):
        assert len([one for one in reports if path in one]) == 1, path


def test_the_report_without_names_holds_none() -> None:
    (nameless,) = [one for one in submissions(REPORTS) if one.is_protected]
    assert not [path for path in fields(nameless) if path.endswith(("/name", "/initials"))]


def test_every_photo_is_named_by_one_report_and_the_other_way_round() -> None:
    named = [item.file for one in submissions(REPORTS) for item in one.exhibits]
    assert sorted(map(str, named)) == sorted(f"photos/{name}" for name in PHOTOS)
    assert sorted(path.name for path in Path(MATERIAL, "photos").iterdir()) == sorted(PHOTOS)


@pytest.mark.parametrize("name", sorted(PHOTOS))
def test_each_photo_is_the_one_that_is_drawn(name: str) -> None:
    shipped = (MATERIAL / "photos" / name).read_bytes()
    assert len(shipped) <= LARGEST_PHOTO
    # The pixels, since another release of zlib packs them otherwise.
    assert pixels_of(shipped) == pixels_of(drawn(name))
