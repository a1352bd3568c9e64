"""What holds for every submission, and for every file that anyone may send."""

from contextlib import suppress
from dataclasses import fields as dataclass_fields
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.core.canonical import decode, encode
from answerable.core.case import vocabulary
from answerable.core.case.delivery import read_delivery
from answerable.core.case.fields import leaves
from answerable.core.case.problems import Problem
from answerable.core.case.readers import AS_GIVEN, NAME
from answerable.core.case.schema import Part, Parts, specs
from answerable.core.case.submission import FORMAT, Submission, read_submission
from answerable.forms.form import read_form

VALID = Path(__file__).parents[2] / "docs" / "specs" / "vectors" / "submission" / "valid"
FILES = [path.read_bytes() for path in sorted(VALID.iterdir()) if "fields" not in path.name]

KEYS = st.binary(min_size=32, max_size=32).map(lambda key: f"key:{key.hex()}")
CODES = st.sampled_from(["complainant", "secretariat", "member", "monitor", "public"])
READERS = st.lists(CODES | KEYS, min_size=1, max_size=4)
LINES = st.text(st.sampled_from("abកខ្ា\u200b\u200d é.\U0001f600"), min_size=1, max_size=12)
WORDS = LINES.filter(lambda text: bool(text.strip()))
DAYS = st.dates().filter(lambda day: 1900 <= day.year <= 2199)
DATES = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: f"{day.day}/{day.month}/{day.year}"),
    DAYS.map(lambda day: {"about": f"{day.month}/{day.year}"}),
    st.tuples(DAYS, DAYS).map(lambda two: {"from": str(min(two)), "to": str(max(two))}),
    WORDS.map(lambda text: {"words": text}),
)
LEVELS = WORDS | st.just({"code": "KH-2"}) | WORDS.map(lambda name: {"name": name, "code": "KH"})

BY_TYPE = {
    "str | None": WORDS,
    "When | None": DATES,
    "Level | None": LEVELS,
    "bool | None": st.booleans() | st.sampled_from(["yes", "no"]),
}
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "format": st.just(FORMAT),
    "readers": READERS,
    "level": st.integers(0, 3) | st.sampled_from(["0", "1", "2", "3"]),
    "language": st.sampled_from(["km", "en", "fr", "zh-Hant-TW"]),
    "nature": st.sampled_from(vocabulary.NATURES),
    "speaks_as": st.sampled_from(vocabulary.SPEAKERS),
    "how_known": st.lists(st.sampled_from(vocabulary.HOW_KNOWN), min_size=1, max_size=4),
    "hidden_data": st.sampled_from(vocabulary.HIDDEN_DATA),
    "must_not": st.lists(WORDS, min_size=1, max_size=3),
    "file": st.uuids().map(lambda one: f"photos/{one}.jpg"),
    **dict.fromkeys(
        ("included", "named_to_body", "contacted", "published", "harm"),
        st.sampled_from(vocabulary.ANSWERS),
    ),
}
KINDS = {
    "Allegation": vocabulary.KIND_CODES,
    "Actor": vocabulary.ACTOR_KINDS,
    "Target": vocabulary.TARGET_KINDS,
}


def leaf_of(cls: type, attribute: str, *, narrowed: bool) -> st.SearchStrategy[Any]:
    annotation = next(str(f.type) for f in dataclass_fields(cls) if f.name == attribute)
    name = annotation.replace("answerable.core.case.dates.", "").replace(
        "answerable.core.case.places.", ""
    )
    said = BY_NAME[attribute] if attribute in BY_NAME else BY_TYPE.get(name, WORDS)
    if attribute == "kind":
        said = st.sampled_from(KINDS[cls.__name__])
    if not narrowed or attribute == "readers":
        return said
    return said | st.builds(lambda text, readers: {"text": text, "readers": readers}, said, READERS)


@cache
def part_of(cls: type, *, narrowed: bool) -> st.SearchStrategy[dict[str, Any]]:
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for key, (attribute, spec) in specs(cls).items():
        if isinstance(spec, Part):
            optional[key] = part_of(spec.part, narrowed=narrowed).filter(bool)
        elif isinstance(spec, Parts):
            inner = part_of(spec.part, narrowed=narrowed).filter(
                lambda one: one.keys() - {"readers"}
            )
            optional[key] = st.lists(inner, max_size=2)
        else:
            optional[key] = leaf_of(cls, attribute, narrowed=narrowed)
    required = {key: optional.pop(key) for key in ("what", "file") if key in optional}
    if narrowed and "readers" not in optional:
        optional["readers"] = READERS
    return st.fixed_dictionaries(required, optional=optional)


def submissions(*, narrowed: bool) -> st.SearchStrategy[dict[str, Any]]:
    words = st.just([{"what": "They closed our office."}])
    whole = part_of(Submission, narrowed=narrowed)
    return st.builds(lambda said, items: said | {"requests": items}, whole, words)


def is_readable(value: dict[str, Any]) -> Submission | None:
    submission, problems = read_submission(value)
    # Words of no width are said, and yet nothing is: the one thing that such a value may lack.
    assert submission is not None or {one.code for one in problems} == {"nothing-said"}, problems
    return submission


@settings(deadline=None)
@given(submissions(narrowed=True))
def test_each_field_of_a_submission_has_a_path_of_its_own_a_value_for_a_record_and_readers(
    value: dict[str, Any],
) -> None:
    submission = is_readable(value)
    if submission is None:
        return
    fields = submission.fields()
    assert len({field.path for field in fields}) == len(fields)
    for field in fields:
        assert decode(encode(field.value)) == field.value
        assert field.readers


@settings(deadline=None)
@given(submissions(narrowed=False))
def test_no_name_contact_or_risk_is_public_unless_its_own_field_says_so(
    value: dict[str, Any],
) -> None:
    value["readers"] = ["complainant", "secretariat", "member", "monitor", "public"]
    submission = is_readable(value)
    if submission is None:
        return
    privacy = {path: kind for path, _, kind in leaves(submission)}
    for field in submission.fields():
        if privacy[field.path] != AS_GIVEN:
            assert "public" not in field.readers
        if privacy[field.path] == NAME:
            assert "member" not in field.readers


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | LINES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["allegations", "what", "date", "readers", "text", "place", "targets", "exhibits",
                 "file", "from", "to", "about", "code", "name", "consent", "level", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)  # fmt: skip


@settings(deadline=None)
@given(JUNK)
def test_whatever_is_read_gives_a_submission_or_says_what_is_wrong(value: object) -> None:
    for tried in (
        value,
        {"allegations": [value]},
        {"allegations": [{"what": "a"}], "exhibits": value},
    ):
        submission, problems = read_submission(tried)
        assert (submission is None) == bool(problems)


def attempt(data: bytes, name: str) -> None:
    with suppress(Problem):
        form = read_form(data, name)
        for one in read_delivery(form.documents, lines=form.lines, size=form.size):
            assert (one.submission is None) == bool(one.problems)


@given(st.binary(max_size=60), st.sampled_from(["a.yaml", "a.json", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    attempt(data, name)


@settings(deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_a_file_with_any_byte_changed_is_read_or_refused(file: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(file)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    attempt(bytes(spoilt), data.draw(st.sampled_from(["a.yaml", "a.json", "a"])))
