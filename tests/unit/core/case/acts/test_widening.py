"""A sender lets more people read: asked on one day, confirmed on another, and who never reads."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from answerable.core.act_form import Asked
from answerable.core.acts import Field, Json
from answerable.core.case.acts.exposing import may_read_of
from answerable.core.case.acts.widened import asking_of, widened_by
from answerable.core.case.exposure import Asking, Exposure, Place, Widened, place_of
from tests.support.cases import NGO, OFFICE, TODAY, UNION, Told, lodged, read

WHAT = "1/allegations/1/what"
PERSON = "1/allegations/1/targets/1/name"
INSIDE = ("complainant", "secretariat")
SAID: Mapping[str, Json] = {
    "allegations/1/what": "They closed the office.",
    "allegations/1/kind": "office-closed",
    "allegations/1/place/words": "by the pagoda",
    "allegations/1/place/do-not-publish": True,
    "allegations/2/place/words": "by the lake",
    "allegations/1/targets/1/name": "Chan",
    "allegations/1/targets/1/consent/included": "yes",
    "allegations/1/targets/2/name": "Sok",
    "allegations/1/actor/name": "Officer R",
    "speaker/name": "Dara",
    "speaker/contact": "by the pagoda",
    "risk/why": "they know where I live",
    "consent/published": "no",
    "consent/included": "yes",
    "exhibits/1/file": "door.jpg",
    "exhibits/1/caption": "the door",
    "entered/evidence": "a letter",
}


def exposed(told: Told, said: Mapping[str, Json] = SAID, *, is_told: bool = True) -> Told:
    """Return a case whose first act says these things, for the complainant and the secretariat."""
    fields = {path: Field(path, value, INSIDE) for path, value in said.items()}
    shown = frozenset({1})
    return replace(told, exposure=Exposure({1: fields}, is_told=is_told, shown=shown))


def asked(told: Told, *, fields: list[str], readers: list[str], days: int = 1) -> Told:
    """Return the case so many days after its sender asked for more readers."""
    after = told.does("readers-widening-asked", NGO, (), fields=fields, wider_readers=readers)
    places = tuple(filter(None, map(place_of, fields)))
    asking = Asking(after.last.sequence, TODAY, places, tuple(readers))
    return replace(
        after,
        today=TODAY + timedelta(days=days),
        exposure=replace(told.exposure, asking=asking),
    )


def refused(told: Told, field: str, reader: str) -> str:
    return told.refuses("readers-widening-asked", NGO, (), fields=[field], wider_readers=[reader])


def test_it_is_asked_on_one_day_and_confirmed_on_another() -> None:
    told = asked(exposed(read()), fields=[WHAT], readers=["public"])
    done = told.does("readers-widened", NGO, (), acts=[3], fields=[WHAT], wider_readers=["public"])
    assert done.last.facts == {"acts": [3], "public": True}
    assert asking_of(done.acts) == 0


def test_on_the_day_of_the_asking_it_is_never_confirmed() -> None:
    told = asked(exposed(read()), fields=[WHAT], readers=["monitor"], days=0)
    said: dict[str, Any] = {"acts": [3], "fields": [WHAT], "wider_readers": ["monitor"]}
    assert told.refuses("readers-widened", NGO, (), **said) == "widening-too-soon"
    before = replace(told, today=TODAY - timedelta(days=1))
    assert before.refuses("readers-widened", NGO, (), **said) == "widening-too-soon"


def test_what_was_asked_a_moment_ago_was_asked_today() -> None:
    """Acts that are tried together are on no record yet, so that nobody can read the day there."""
    told = asked(exposed(read()), fields=[WHAT], readers=["monitor"])
    tried = replace(told, exposure=replace(told.exposure, asking=None))
    said: dict[str, Any] = {"acts": [3], "fields": [WHAT], "wider_readers": ["monitor"]}
    assert tried.refuses("readers-widened", NGO, (), **said) == "widening-too-soon"


def test_nothing_is_confirmed_that_was_not_asked_for() -> None:
    said: dict[str, Any] = {"acts": [1], "fields": [WHAT], "wider_readers": ["monitor"]}
    assert exposed(read()).refuses("readers-widened", NGO, (), **said) == "no-widening-asked"
    told = asked(exposed(read()), fields=[WHAT], readers=["monitor"])
    more = {**said, "acts": [3], "wider_readers": ["public"]}
    assert told.refuses("readers-widened", NGO, (), **more) == "widening-differs"
    other = {**said, "acts": [3], "fields": ["1/allegations/1/kind"]}
    assert told.refuses("readers-widened", NGO, (), **other) == "widening-differs"


def test_a_newer_asking_takes_the_place_of_the_one_before() -> None:
    first = asked(exposed(read()), fields=[WHAT], readers=["monitor"])
    both = asked(replace(first, today=TODAY), fields=[WHAT], readers=["public"])
    said: dict[str, Any] = {"acts": [3], "fields": [WHAT], "wider_readers": ["monitor"]}
    assert both.refuses("readers-widened", NGO, (), **said) == "widening-replaced"


@pytest.mark.parametrize("code", ["readers-widening-dropped", "consent-narrowed"])
def test_what_was_dropped_or_narrowed_since_is_not_confirmed(code: str) -> None:
    told = asked(exposed(read()), fields=[WHAT], readers=["monitor"])
    purpose: dict[str, Any] = {"purpose": "published"} if code == "consent-narrowed" else {}
    dropped = told.does(code, NGO, (), **purpose)
    said: dict[str, Any] = {"acts": [3], "fields": [WHAT], "wider_readers": ["monitor"]}
    assert dropped.refuses("readers-widened", NGO, (), **said) == "no-widening-asked"
    assert dropped.refuses("readers-widening-dropped", NGO, ()) == "no-widening-asked"


def test_nothing_is_widened_of_what_is_withdrawn_or_erased() -> None:
    withdrawn = exposed(read().did("withdrawal-asked", NGO))
    assert refused(withdrawn, WHAT, "monitor") == "widening-of-withdrawn"
    again = exposed(withdrawn.does("withdrawal-revoked", NGO, ()))
    done = again.does("readers-widening-asked", NGO, (), fields=[WHAT], wider_readers=["monitor"])
    assert asking_of(done.acts) == done.last.sequence
    erased = exposed(read().did("erased", OFFICE, ()))
    assert refused(erased, WHAT, "monitor") == "case-erased"
    told = asked(exposed(read()), fields=[WHAT], readers=["monitor"]).did("erased", OFFICE, ())
    said: dict[str, Any] = {"acts": [3], "fields": [WHAT], "wider_readers": ["monitor"]}
    assert told.refuses("readers-widened", NGO, (), **said) == "case-erased"


def test_it_is_the_senders_alone() -> None:
    told = exposed(read())
    said: dict[str, Any] = {"fields": [WHAT], "wider_readers": ["monitor"]}
    assert told.refuses("readers-widening-asked", OFFICE, (), **said) == "not-this-seat"
    assert told.refuses("readers-widening-asked", UNION, (), **said) == "not-your-case"
    entered = told.refuses("readers-widening-asked", NGO, (), entered_by=OFFICE, **said)
    assert entered == "never-for-another"
    joined = exposed(read().did("party-joined", NGO, (), {"party": "p2"}))
    assert joined.refuses("readers-widening-asked", UNION, (), **said) == "widening-field-unknown"


@pytest.mark.parametrize(
    ("field", "reader", "code"),
    [
        (WHAT, "secretariat", "widening-adds-nothing"),
        ("1/allegations/2/what", "monitor", "widening-field-unknown"),
        ("9/allegations/1/what", "monitor", "widening-field-unknown"),
        ("2/words", "monitor", "widening-field-unknown"),
        ("allegations/1/what", "monitor", "widening-field-unknown"),
        ("1/entered/evidence", "monitor", "widening-field-unknown"),
        ("1/risk/why", "public", "widening-never"),
        ("1/consent/published", "public", "widening-never"),
        ("1/speaker/contact", "public", "widening-never"),
        ("1/allegations/1/actor/name", "public", "widening-never"),
        ("1/exhibits/1/file", "public", "widening-never"),
        ("1/allegations/1/place/words", "public", "widening-never"),
        (PERSON, "public", "widening-consent-missing"),
        (PERSON, "member", "widening-consent-missing"),
        ("1/allegations/1/targets/2/name", "public", "widening-consent-missing"),
    ],
)
def test_some_fields_are_shown_to_some_readers_never(field: str, reader: str, code: str) -> None:
    assert refused(exposed(lodged()), field, reader) == code


@pytest.mark.parametrize(
    ("field", "reader"),
    [
        (WHAT, "public"),
        ("1/risk/why", "monitor"),
        ("1/exhibits/1/file", "monitor"),
        ("1/exhibits/1/caption", "public"),
        ("1/allegations/1/place/words", "monitor"),
        ("1/allegations/2/place/words", "public"),
        ("1/speaker/name", "public"),
        (PERSON, "monitor"),
        ("1/allegations/1/targets/2/name", "monitor"),
    ],
)
def test_others_may_be(field: str, reader: str) -> None:
    told = exposed(lodged())
    said: dict[str, Any] = {"fields": [field], "wider_readers": [reader]}
    assert told.does("readers-widening-asked", NGO, (), **said).last.facts == {}
    assert place_of(field) is not None


def test_a_consent_that_was_narrowed_is_none() -> None:
    narrowed = exposed(read().did("consent-narrowed", NGO, (1,), {"purpose": "included"}))
    assert refused(narrowed, PERSON, "monitor") == "widening-consent-missing"
    said: dict[str, Any] = {"fields": [WHAT], "wider_readers": ["monitor"]}
    done = narrowed.does("readers-widening-asked", NGO, (), **said)
    assert done.last.act == "readers-widening-asked"


def test_a_speaker_who_said_no_is_not_named() -> None:
    said = {**SAID, "speaker/consent/published": "no"}
    assert refused(exposed(lodged(), said), "1/speaker/name", "public") == (
        "widening-consent-missing"
    )


def test_nothing_of_a_protected_case_becomes_public() -> None:
    protected = exposed(lodged(), is_told=False)
    assert refused(protected, WHAT, "public") == "widening-of-silhouette"
    said: dict[str, Any] = {"fields": [WHAT], "wider_readers": ["monitor", "member"]}
    done = protected.does("readers-widening-asked", NGO, (), **said)
    assert asking_of(done.acts) == done.last.sequence


def test_words_on_a_danger_never_reach_the_body() -> None:
    told = exposed(read().did("danger-claimed", NGO, ()))
    fields = {"words": Field("words", "a van", INSIDE)}
    told = replace(told, exposure=replace(told.exposure, said={3: fields}))
    assert refused(told, "3/words", "member") == "widening-never"
    assert refused(told, "3/words", "public") == "widening-never"


def test_of_a_field_it_is_told_who_could_be_added() -> None:
    told = exposed(lodged())
    deciding = told.deciding(Asked(by=NGO))
    assert may_read_of(deciding, Place(1, "allegations/1/what")) == ("monitor", "member", "public")
    assert may_read_of(deciding, Place(1, "exhibits/1/file")) == ("monitor", "member")
    assert may_read_of(deciding, Place(1, "exhibits/1/digest")) == ()
    assert may_read_of(deciding, Place(2, "words")) == ()


CONTENT: Mapping[int, Mapping[str, Json]] = {
    3: {"fields": [WHAT, "1/exhibits/1/file"], "wider-readers": ["monitor"]},
    4: {"fields": [WHAT], "wider-readers": ["public"]},
}


def widened(told: Told) -> Widened:
    return widened_by(told.acts, lambda act: CONTENT[act.sequence])


def test_readers_add_up_and_who_reads_a_name_opens_the_file() -> None:
    told = read().did("readers-widened", NGO, ()).did("readers-widened", NGO, ())
    found = widened(told)
    assert found.of(1, Field("allegations/1/what", "", INSIDE)).readers == (
        *INSIDE,
        "monitor",
        "public",
    )
    for name in ("file", "identity", "digest", "sealed", "size-below"):
        assert "monitor" in found.of(1, Field(f"exhibits/1/{name}", "", INSIDE)).readers
    for act, path in ((1, "exhibits/1/caption"), (1, "exhibits/2/file"), (2, "allegations/1/what")):
        assert found.of(act, Field(path, "", INSIDE)).readers == INSIDE


def test_a_consent_that_is_narrowed_takes_away_those_for_whom_it_was() -> None:
    told = read().did("readers-widened", NGO, ()).did("readers-widened", NGO, ())
    after = told.did("consent-narrowed", NGO, (1,), {"purpose": "published"})
    assert widened(after).of(1, Field("allegations/1/what", "", INSIDE)).readers == (
        *INSIDE,
        "monitor",
    )


def test_a_day_is_one_of_the_calendar() -> None:
    assert Asking(3, date(2026, 11, 30), (), ()).earliest == date(2026, 12, 1)
