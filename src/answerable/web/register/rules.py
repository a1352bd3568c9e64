"""The rules and calendars that a register holds, and the keys by which it is believed."""

from typing import Any

from answerable.casework.judging import fingerprint
from answerable.core.acts import Json, instant_text
from answerable.core.calendars import Calendar
from answerable.core.ledger.keys import VerifierKey
from answerable.core.ledger.windows import ALWAYS, Window
from answerable.core.procedure import Procedure
from answerable.core.register.pages import RULES, page
from answerable.locale.day_off_words import day_off_in_words
from answerable.locale.fingerprint_words import fingerprint_in_words
from answerable.web.http import JSON, Response
from answerable.web.register.procedure_told import ProcedureTold
from answerable.web.register.rendering import RegisterWords, Room

_YAML = ".yaml"


def rules_page(room: Room) -> Response:
    words, rules = room.words, room.register.rules
    read = {f"{RULES}procedures/{name}{_YAML}" for name in rules.procedures}
    read |= {f"{RULES}calendars/{name}{_YAML}" for name in rules.calendars}
    files = room.register.checked.index.files
    return room.page(
        "rules.html",
        words.say("web.nav-rules"),
        procedures=[
            {
                "name": one.name,
                "title": words.titled(one.titles, one.id),
                "since": _since(words, one),
            }
            for one in rules.procedures.values()
        ],
        calendars=[
            {"name": one.name, "title": words.titled(one.titles, one.code)}
            for one in rules.calendars.values()
        ],
        unread=[name for name in sorted(files) if name.startswith(RULES) and name not in read],
    )


def rules_json(room: Room) -> Response:
    """Return which rules there are, with the file of each in the register's data."""
    words, rules = room.words, room.register.rules
    found: dict[str, Any] = {
        "at": room.register.checked.index.at_text,
        "calendars": [
            {
                "file": f"{RULES}calendars/{one.name}{_YAML}",
                "name": one.name,
                "title": words.titled(one.titles, one.code),
            }
            for one in rules.calendars.values()
        ],
        "procedures": [
            {
                "file": f"{RULES}procedures/{one.name}{_YAML}",
                "in_force_from": one.in_force_from and one.in_force_from.isoformat(),
                "kind": one.kind,
                "name": one.name,
                "publishes": one.publishes,
                "title": words.titled(one.titles, one.id),
            }
            for one in rules.procedures.values()
        ],
    }
    return Response(page(found), JSON)


def procedure_page(room: Room, name: str) -> Response | None:
    words, procedure = room.words, room.register.rules.procedures.get(name)
    if procedure is None:
        return None
    return room.page(
        "procedure.html",
        words.titled(procedure.titles, procedure.id),
        rules=procedure,
        since=_since(words, procedure),
        standard=words.word("proof", procedure.standard_of_proof or "balance-of-probabilities"),
        undertaking=_undertaking(words, procedure),
        told=ProcedureTold(words, procedure),
    )


def calendar_page(room: Room, name: str) -> Response | None:
    words, calendar = room.words, room.register.rules.calendars.get(name)
    if calendar is None:
        return None
    return room.page(
        "calendar.html",
        words.titled(calendar.titles, calendar.code),
        rules=calendar,
        first=words.catalogue.day(calendar.first.isoformat()),
        last=words.catalogue.day(calendar.last.isoformat()),
        weekend=[words.catalogue.weekday(day) for day in sorted(calendar.weekend)],
        years=_by_year(words, calendar),
    )


def _by_year(words: RegisterWords, calendar: Calendar) -> list[tuple[int, list[tuple[str, str]]]]:
    """Return the days off of each year: this year's and those to come first, then the past ones."""
    years: dict[int, list[tuple[str, str]]] = {}
    for day, name in sorted(calendar.holidays.items()):
        told = (words.catalogue.day(day.isoformat()), day_off_in_words(words.catalogue, name))
        years.setdefault(day.year, []).append(told)
    now = words.source.now.year
    return sorted(years.items(), key=lambda one: (one[0] < now, abs(one[0] - now)))


def _since(words: RegisterWords, procedure: Procedure) -> str:
    if procedure.in_force_from is None:
        return ""
    day = words.catalogue.day(procedure.in_force_from.isoformat())
    return words.say("web.in-force", day=day)


def _undertaking(words: RegisterWords, procedure: Procedure) -> str:
    given = procedure.undertaking
    if given is None:
        return words.say("web.no-undertaking")
    text, on = words.titled(given.text), given.signed_on.isoformat()
    return words.say("page.undertaking", text=text, by=given.signed_by, on=on)


# --- Keys ---


def keys_page(room: Room) -> Response:
    words, policy = room.words, room.register.policy
    logs = [_key(words, one.key.name, one.key, one.window) for one in policy.logs]
    witnesses = [_key(words, one.name, one.key, one.window) for one in policy.witnesses]
    return room.page(
        "keys.html",
        words.say("web.nav-keys"),
        origin=room.register.checked.index.origin,
        size=room.register.checked.size,
        groups=[
            {"name": words.say("web.log-keys"), "listed": logs},
            {"name": words.say("web.witness-keys"), "listed": witnesses},
        ],
        quorum=words.say("web.quorum", quorum=policy.quorum),
    )


def keys_json(room: Room) -> Response:
    """Return the keys by which the register is believed, and from when until when each holds."""
    policy, checked = room.register.policy, room.register.checked
    found: dict[str, Any] = {
        "logs": [_key_told(one.key.name, one.key, one.window) for one in policy.logs],
        "origin": checked.index.origin,
        "quorum": policy.quorum,
        "size": checked.size,
        "witnesses": [_key_told(one.name, one.key, one.window) for one in policy.witnesses],
    }
    return Response(page(found), JSON)


def _key_told(name: str, key: VerifierKey, window: Window) -> dict[str, Json]:
    since, until = window.from_seconds, window.until_seconds
    return {
        "from": None if window == ALWAYS else instant_text(since * 1000),
        "key": str(key),
        "name": name,
        "until": None if until is None else instant_text(until * 1000),
    }


def _key(words: RegisterWords, name: str, key: VerifierKey, window: Window) -> dict[str, object]:
    told = ""
    if window != ALWAYS:
        until = window.until_seconds
        told = words.say(
            "web.window",
            since=words.instant(window.from_seconds * 1000),
            until=None if until is None else words.instant(until * 1000),
        )
    aloud = fingerprint_in_words(words.catalogue, bytes.fromhex(fingerprint(key)))
    return {"name": name, "text": str(key), "window": told, "aloud": aloud}
