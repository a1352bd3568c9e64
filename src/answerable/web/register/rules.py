"""The rules and calendars that a register holds, and the keys by which it is believed."""

from answerable.core.ledger.keys import VerifierKey
from answerable.core.ledger.windows import ALWAYS, Window
from answerable.core.procedure import Clock, Procedure
from answerable.core.register.pages import RULES
from answerable.web.http import Response
from answerable.web.register.rendering import RegisterWords, Room
from answerable.web.rule_words import period_of

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
        clocks=[_clock(words, procedure, clock) for clock in procedure.clocks.values()],
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
        days=[
            (words.catalogue.day(day.isoformat()), holiday)
            for day, holiday in sorted(calendar.holidays.items())
        ],
    )


def _since(words: RegisterWords, procedure: Procedure) -> str:
    if procedure.in_force_from is None:
        return ""
    day = words.catalogue.day(procedure.in_force_from.isoformat())
    return words.say("web.in-force", day=day)


def _undertaking(words: RegisterWords, procedure: Procedure) -> str:
    given = procedure.undertaking
    if given is None:
        return words.say("page.no-undertaking")
    text, on = words.titled(given.text), given.signed_on.isoformat()
    return words.say("page.undertaking", text=text, by=given.signed_by, on=on)


def _clock(words: RegisterWords, procedure: Procedure, clock: Clock) -> dict[str, str | None]:
    rule = procedure.seats.get(clock.owes)
    code = clock.counting.calendar
    named = next((n for n in words.register.rules.calendars if n.partition("@")[0] == code), None)
    return {
        "title": words.titled(clock.titles, clock.code),
        "owes": words.seat(clock.owes) if rule is None else words.titled(rule.titles, clock.owes),
        "period": ", ".join(period_of(words.catalogue, clock)),
        "calendar": code,
        "calendar_known": named,
    }


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


def _key(words: RegisterWords, name: str, key: VerifierKey, window: Window) -> dict[str, str]:
    told = ""
    if window != ALWAYS:
        until = window.until_seconds
        told = words.say(
            "web.window",
            since=words.instant(window.from_seconds * 1000),
            until=None if until is None else words.instant(until * 1000),
        )
    return {"name": name, "text": str(key), "window": told}
