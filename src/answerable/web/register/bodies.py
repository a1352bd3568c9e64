"""What the register says of each body: counts with their cases, in no order but of numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from answerable.core.acts import PartyId, instant_text
from answerable.core.party_keys import HeldKey
from answerable.core.register.pages import page
from answerable.core.register.shown_response import Body
from answerable.web.case_page import Box
from answerable.web.http import JSON, TEXT, Request, Response
from answerable.web.register.calendar_file import body_file
from answerable.web.register.lists import debt_told
from answerable.web.register.of_bodies import (
    HANDED,
    LATE,
    OUTCOME,
    OWED,
    POINTS,
    SILENT,
    WITH,
    means,
    owed_by,
)
from answerable.web.register.opened import Register
from answerable.web.register.plain import box
from answerable.web.register.rendering import RegisterWords, Room
from answerable.web.register.response_words import ResponseWords
from answerable.web.register.responses import ResponsePage
from answerable.web.source import Due


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts, and the address of its list."""

    code: str
    value: int
    means: str
    address: str


FEW = 24
"""So many debts stand on the page of a body; its files have all."""


def counts_of(register: Register) -> Mapping[str, Counter[str]]:
    """Return what the cases and proceedings shown say of each body, by codes."""
    found: dict[str, Counter[str]] = {party: Counter() for party in register.bodies}
    for (party, code), count in register.cases.of_bodies().items():
        if party in found:
            found[party][code] += count
    for one in register.responses.values():
        for party, counts in found.items():
            asked = [body for body in one.of(party).values() if body.owes]
            given = sum(bool(body.given) for body in asked)
            counts.update({POINTS: len(asked), HANDED: given, SILENT: len(asked) - given})
    return found


def bodies_page(room: Room) -> Response:
    words, counts = room.words, counts_of(room.register)
    rows = [
        {
            "id": one.id,
            "name": words.body(one.id),
            "seats": _seats(words, one),
            "counts": [
                {"value": counts[one.id][code], "address": _address(words, one.id, code)}
                for code in (OWED, LATE, WITH, SILENT)
            ],
        }
        for one in room.register.bodies.values()
    ]
    heads = [words.say(f"of-body.{code}") for code in (OWED, LATE, WITH, SILENT)]
    return room.page("bodies.html", words.say("web.nav-bodies"), rows=rows, heads=heads)


def body_page(room: Room, rest: str) -> Response | None:
    party, _, form = rest.partition(".")
    one = room.register.bodies.get(PartyId(party))
    if one is None or form not in {"", "json", "txt", "ics"}:
        return None
    if form == "ics":
        return body_file(room, one.id)
    words, owed = room.words, owed_by(room.register.cases, one.id)
    counts = list(_counts(words, one, counts_of(room.register)[one.id]))
    responses = [r.number for r in room.register.responses.values() if r.of(party)]
    if form == "json":
        told: dict[str, Any] = _told(room.register, one, counts_of(room.register)[one.id])
        return Response(
            page({**told, "owes": [*map(_owes, owed)], "responses": [*responses]}), JSON
        )
    facts = {
        "counts": counts,
        "keys": [_key(words, key) for key in one.keys],
        "seats": _seats(words, one),
        "number": one.id,
        "has_feed": one.id in room.register.lately.values("body"),
        "owed": [debt_told(words, *each) for each in owed],
        "few": FEW,
        "silent": list(_silent(words, one)),
    }
    if form == "txt":
        return Response(_text(room, words.body(party), facts).encode(), TEXT)
    return room.page("body.html", words.body(party), responses=responses, **facts)


def bodies_json(room: Room, _: Request) -> Response:
    counts = counts_of(room.register)
    found: list[Any] = [
        _told(room.register, one, counts[one.id]) for one in room.register.bodies.values()
    ]
    return Response(page({"at": room.register.checked.index.at_text, "bodies": found}), JSON)


def bodies_text(room: Room, _: Request) -> Response:
    words, counts = room.words, counts_of(room.register)
    parts = [
        "\n".join(
            (
                f"{words.body(one.id)} ({one.id}): {_seats(words, one)}",
                *(f"  {c.value}  {c.means}" for c in _counts(words, one, counts[one.id])),
            )
        )
        for one in room.register.bodies.values()
    ]
    published = words.say("web.published", at=words.instant(room.register.checked.index.at))
    return Response(("\n\n".join([published, *parts]) + "\n").encode(), TEXT)


def _told(register: Register, one: Body, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "at": register.checked.index.at_text,
        "counts": {code: count for code, count in counts.items() if count},
        "keys": [
            {
                "from": instant_text(key.since),
                "key": key.public.hex(),
                "reason": key.reason or None,
                "until": None if key.until is None else instant_text(key.until),
            }
            for key in one.keys
        ],
        "name": one.name,
        "number": one.id,
        "seats": [*one.seats],
    }


def _counts(words: RegisterWords, one: Body, counts: Mapping[str, int]) -> Iterator[Count]:
    outcomes = sorted(code for code in counts if code.startswith(OUTCOME))
    for code in (OWED, LATE, WITH, *outcomes, POINTS, HANDED, SILENT):
        yield Count(code, counts.get(code, 0), means(words, code), _address(words, one.id, code))


def _address(words: RegisterWords, party: str, code: str) -> str:
    """Return where that stands which a number of a body counts."""
    if code in {POINTS, HANDED, SILENT}:
        return f"/{words.language}/responses"
    return f"/{words.language}/register?{urlencode({'body': party, 'of': code})}"


def _owes(owed: tuple[Due, str]) -> dict[str, Any]:
    due, item = owed[0], owed[0].item
    return {
        "code": item.code,
        "due_on": item.due_on,
        "late": due.is_late,
        "number": due.number,
        "started_by": item.started_by,
    }


def _silent(words: RegisterWords, one: Body) -> Iterator[tuple[str, int, Box]]:
    """Yield the points of proceedings on which a body was asked and handed nothing over."""
    for response in words.register.responses.values():
        shown = ResponsePage(ResponseWords(words, response), response)
        for number, body in response.of(one.id).items():
            if body.owes and not body.given:
                yield response.number, number, shown.silent(number, one.id, body)


def _seats(words: RegisterWords, one: Body) -> str:
    return ", ".join(words.seat(seat) for seat in one.seats)


def _key(words: RegisterWords, key: HeldKey) -> tuple[str, str]:
    """Return a key, and from when until when what the body does may be signed with it."""
    since = words.instant(key.since)
    if key.until is None:
        return key.public.hex(), words.say("web.key-in-force", since=since)
    until, reason = words.instant(key.until), words.say(f"key-ended.{key.reason}")
    return key.public.hex(), words.say("web.key-past", since=since, until=until, reason=reason)


def _text(room: Room, name: str, facts: Mapping[str, Any]) -> str:
    words, nothing = room.words, room.words.say("web.owes-nothing")
    boxes = (Box(f"{one['head']} {one['number']}", (one["line"],)) for one in facts["owed"])
    points = (
        Box(f"{words.say('web.response-point', number=n, label=None)} {number}", (b.head, *b.lines))
        for number, n, b in facts["silent"]
    )
    lines = [
        words.say("web.published", at=words.instant(room.register.checked.index.at)),
        "",
        f"{name} ({facts['number']}): {facts['seats']}",
        words.say("web.owes"),
        *(map(box, (*boxes, *points)) if facts["owed"] or facts["silent"] else [nothing]),
        *(f"{room.words.number(one.value)}  {one.means}" for one in facts["counts"]),
        *(f"{key}\n  {when}" for key, when in facts["keys"]),
        *([] if facts["keys"] else [words.say("web.body-no-key")]),
        words.say("web.bodies-limits"),
        f"/{room.language}/bodies/{quote(str(facts['number']))}",
    ]
    return "\n".join(lines) + "\n"
