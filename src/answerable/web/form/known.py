"""F3: how the sender is known, who may read the report, and what the return key shows of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus

from answerable.core.mechanism import Party
from answerable.locale.fingerprint_words import Said, fingerprint_in_words
from answerable.locale.visible import visible
from answerable.web.form.asked import explained, read_by, readers_of
from answerable.web.form.draft import Draft
from answerable.web.form.pages import Fault, problems_below
from answerable.web.form.questions import (
    KNOWN,
    LEVELS,
    READERS,
    RETURN_SHOWS,
    SEALED,
    SHOWS,
    SPEAKER,
)
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.posted import Posted


@dataclass(frozen=True, slots=True)
class Body:
    """A body that holds the seat of a reader: its key in force, said aloud, and since which day.

    Both are empty where no key is registered; the day alone where an earlier version did not
    record it.
    """

    name: str
    aloud: tuple[Said, ...]
    since: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may be chosen as a reader, and who holds that seat now."""

    code: str
    is_chosen: bool
    is_vacant: bool
    bodies: tuple[Body, ...]


def known(visit: Visit, posted: Posted | None) -> Response:
    """F3: how the sender is known, who may read, and what the return key shows.

    Nothing is chosen beforehand.
    """
    draft, faults = visit.begun(), list[Fault]()
    if posted is not None:
        level = posted.text("level")
        if level in LEVELS and level != SEALED:
            draft.put("level", (level,))
        chosen = [code for code in READERS if code in posted.texts.get("readers", ())]
        draft.put("readers", tuple(chosen))
        draft.put(RETURN_SHOWS, tuple(code for code in SHOWS if code == posted.text(RETURN_SHOWS)))
        for name in SPEAKER:
            draft.put(f"speaker/{name}", posted.texts.get(f"speaker/{name}", ()))
        faults = list(known_faults(visit, draft))
        if not faults:
            draft.pages.add("known")
            return visit.onward()
    return visit.page(
        "known.html",
        visit.words.say("form.known-title"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        level=draft.text("level"),
        levels=[code for code in LEVELS if code != SEALED],
        readers=list(_readers(visit, draft)),
        speaker=list(_speaker(visit, draft)),
        shows=draft.text(RETURN_SHOWS),
        may_show=zip(SHOWS, _shown_or_not(visit), strict=True),
        faults=faults,
        at=KNOWN,
    )


def _shown_or_not(visit: Visit) -> tuple[str, ...]:
    """Return what follows of each answer to whether the return key shows what is sent."""
    return visit.words.say("form.return-shows-yes"), visit.words.say("form.return-shows-no")


def _readers(visit: Visit, draft: Draft) -> Iterator[Reader]:
    chosen, parties = draft.answers.get("readers", ()), visit.host.application.reading.mechanism()
    for code in READERS:
        # Of who has a seat since before names of bodies were public, name and key are not.
        holders = [one for one in parties.parties.values() if code in one.seats and one.is_body]
        bodies = tuple(_body(visit, one) for one in holders)
        yield Reader(code, code in chosen, visit.is_vacant(code), bodies)


def _body(visit: Visit, party: Party) -> Body:
    name = visible(party.name or party.id)
    if party.key is None:
        return Body(name, (), "")
    aloud = fingerprint_in_words(visit.words, sha256(party.key).digest())
    held = next((one for one in party.keys if one.public == party.key and one.since), None)
    if held is None:
        return Body(name, aloud, "")
    day = datetime.fromtimestamp(held.since / 1000, UTC).astimezone(visit.host.zone).date()
    return Body(name, aloud, visit.words.day(day.isoformat()))


def _speaker(visit: Visit, draft: Draft) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is asked of who speaks: its name, its words, what was typed, and who reads it."""
    for name in SPEAKER:
        path = f"speaker/{name}"
        # The level too decides who reads it, so that nothing is said before that is chosen.
        is_chosen = bool(draft.answers.get("readers") and draft.text("level"))
        told = read_by(readers_of(draft, path), visit.words) if is_chosen else ""
        yield name, visit.words.say(f"form-speaker.{name}"), draft.text(path), told


def known_faults(visit: Visit, draft: Draft) -> Iterator[Fault]:
    """Yield what must be said of level, readers and sender before a report can be sent."""
    say = visit.words.say
    if not draft.text("level"):
        yield Fault(say("form.choose-level"), "level-0")
    if "secretariat" not in draft.answers.get("readers", ()):
        yield Fault(
            say(
                "form.secretariat-reads" if draft.answers.get("readers") else "form.choose-readers"
            ),
            "readers-secretariat",
        )
    for problem in problems_below(draft, "speaker"):
        label = say("form.speaker")
        yield Fault(explained(problem, visit.words, label), "speaker-name")
