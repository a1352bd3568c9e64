"""What the receiver will probably ask about a submission. Nothing here blocks anything."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from answerable.core.case.dates import When
from answerable.core.case.submission import PROTECTED, SEALED, Submission
from answerable.core.case.submission_parts import (
    Allegation,
    Concern,
    Consent,
    Place,
    Request,
    Target,
)
from answerable.core.case.vocabulary import OTHER
from answerable.core.errors import Fact
from answerable.core.seats import COMPLAINANT

# Two assertions in one sentence. In Khmer "និង" joins things, "ហើយ" and "ព្រមទាំង" join clauses.
_AND = re.compile(r"\b(?:and|et)\b|ហើយ|ព្រមទាំង", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;\n។៕]")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing worth saying before sending; ``path`` is the item's, empty for the whole."""

    code: str
    path: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def allegation(self) -> int | None:
        name, _, ordinal = self.path.partition("/")
        return int(ordinal) if name == "allegations" and ordinal else None


def what_the_receiver_will_ask(submission: Submission) -> list[Note]:
    """Return the notes on a submission: of the whole first, then of each item in order."""
    notes = [Note(code) for code in _of_the_whole(submission)]
    notes += [Note("exhibit-for-nobody", path) for path in _exhibits_for_nobody(submission)]
    for path, item in submission.items:
        if not item.what:
            notes.append(Note("no-account", path))
        if isinstance(item, Allegation):
            notes += [Note(code, path) for code in _of_an_allegation(item, submission)]
            notes += [_date_note(path, when) for when in _dates(item) if when.read_as]
        notes += [
            Note("translation-without-translator", path)
            for one in item.translations
            if not one.translator and not one.machine
        ]
    return notes


def _of_the_whole(submission: Submission) -> Iterator[str]:
    checks = {
        "no-language": submission.language is None and _any_without_language(submission),
        "no-level": submission.level is None,
        "no-readers": submission.readers is None,
        "no-speaker": submission.speaker is None and submission.level not in PROTECTED,
        "no-consent": not _all_consent(submission),
        "no-risk": submission.risk is None or submission.risk.harm is None,
        "no-remedy": _asks_for_nothing(submission),
        "exhibits-without-consent": bool(submission.exhibits) and not _may_include(submission),
        "named-where-no-names": _is_named(submission) and submission.level in PROTECTED,
        "sealed-but-secretariat-reads": submission.level == SEALED
        and "secretariat" in (submission.readers or ()),
        "sealed-without-key": submission.level == SEALED
        and not any(reader.startswith("key:") for reader in submission.readers or ()),
        "published-without-consent": _is_published_without_consent(submission),
    }
    yield from (code for code, holds in checks.items() if holds)


def _of_an_allegation(item: Allegation, submission: Submission) -> Iterator[str]:
    whole = item.title or _SENTENCE_END.split(item.what or "")[0]
    checks = {
        "no-kind": item.kind is None,
        "other-kind-unsaid": item.kind == OTHER and item.other_kind is None,
        "no-nature": item.nature is None,
        "no-date": item.date is None and not any(one.date for one in item.instances),
        "no-place": not _is_placed(item.place) and not any(one.place for one in item.instances),
        "no-actor": item.actor is None or not (item.actor.kind or item.actor.body),
        "no-target": not item.targets,
        "no-how-known": not item.how_known,
        "nothing-would-show-it": item.would_show_it is None,
        "may-be-two": _AND.search(whole) is not None,
        "pattern-without-instances": item.nature == "pattern" and not item.instances,
        "instances-without-pattern": bool(item.instances) and item.nature in {"act", "omission"},
        "continuing-without-span": item.nature == "continuing-act"
        and item.date is not None
        and item.date.kind == "exact",
        "target-unnamed": any(_is_unnamed(target) for target in item.targets),
        "target-sealed-but-named": any(one.sealed and one.name for one in item.targets),
    }
    yield from (code for code, holds in checks.items() if holds)
    if item.translations and not (item.language or submission.language):
        yield "translation-of-unknown-language"


def _exhibits_for_nobody(submission: Submission) -> Iterator[str]:
    for one in submission.fields() if submission.exhibits else ():
        path, _, name = one.path.rpartition("/")
        # Who may read its name may open it.
        if path.startswith("exhibits/") and name == "file" and one.readers == (COMPLAINANT,):
            yield path


def _date_note(path: str, when: When) -> Note:
    facts: dict[str, Fact] = {
        "first": when.first.isoformat() if when.first else None,
        "last": when.last.isoformat() if when.last else None,
    }
    code = "date-year-unsure" if "buddhist-era-may" in when.read_as else "date-read-as"
    return Note(code, path, facts)


def _dates(item: Allegation) -> list[When]:
    dates = [item.date, *(instance.date for instance in item.instances)]
    return [when for when in dates if when is not None]


def _any_without_language(submission: Submission) -> bool:
    return any(item.language is None for _, item in submission.items)


def _asks_for_nothing(submission: Submission) -> bool:
    if submission.requests:
        return False
    items: list[Allegation | Concern | Request] = [item for _, item in submission.items]
    return not any(getattr(item, "remedy", None) for item in items)


def _is_placed(place: Place | None) -> bool:
    if place is None:
        return False
    levels = (place.province, place.district, place.commune, place.village)
    return bool(place.words or any(levels))


def _is_unnamed(target: Target) -> bool:
    return not (target.name or target.initials or target.described or target.sealed)


def _is_named(submission: Submission) -> bool:
    speaker = submission.speaker
    return speaker is not None and bool(speaker.name or speaker.contact)


def _consents(submission: Submission) -> Iterator[Consent | None]:
    """Yield each affected person's consent, or the one that is stated for all."""
    for item in submission.allegations:
        for target in item.targets:
            yield target.consent or submission.consent


def _all_consent(submission: Submission) -> bool:
    given = list(_consents(submission)) or [submission.consent]
    return all(consent is not None and consent.included for consent in given)


def _may_include(submission: Submission) -> bool:
    given = list(_consents(submission)) or [submission.consent]
    return all(consent is not None and consent.included == "yes" for consent in given)


def _is_published_without_consent(submission: Submission) -> bool:
    named = [
        (path, target.consent or submission.consent)
        for path, item in submission.items
        if isinstance(item, Allegation)
        for target in item.targets
        for path in [f"{path}/targets/{target.ordinal}/name"]
        if "public" in submission.shown_to.get(path, ())
    ]
    return any(consent is None or consent.published != "yes" for _, consent in named)
