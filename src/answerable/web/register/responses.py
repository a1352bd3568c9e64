"""Public pages of proceedings: the board, the sending, and each point with its reply or its gap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from answerable.core.acts import ActCode
from answerable.core.happened import EVENT_RECORDED
from answerable.core.proceeding.acts.sending import RESPONSE_CLEARED
from answerable.core.proceeding.board import Stage, stage_of
from answerable.core.proceeding.now import BodyNow
from answerable.core.proceeding.publication import RESPONSE
from answerable.core.register.pages import RESPONSES, page
from answerable.core.register.response_said import PointSaid, ReplySaid
from answerable.core.register.shown import ShownAct
from answerable.core.register.shown_response import ShownResponse
from answerable.locale.catalogue import capital
from answerable.locale.visible import visible
from answerable.web.case_page import Box, Clock, Said
from answerable.web.http import JSON, TEXT, Request, Response, moved
from answerable.web.register.calendar_file import proceeding_file
from answerable.web.register.plain import block, box
from answerable.web.register.rendering import Room
from answerable.web.register.response_words import ResponseWords


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A body on the board: how far it is with which points; empty where it handed nothing over."""

    party: str
    name: str
    stage: str
    points: tuple[tuple[str, str], ...]
    last: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Point:
    """What is asked left, the replies and the gaps right."""

    id: str
    title: str
    left: tuple[Said, ...]
    right: tuple[Said | Box, ...]


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """One proceeding in one language, as far as the register shows it."""

    told: ResponseWords
    one: ShownResponse

    def board(self) -> Iterator[BoardRow]:
        ranges = self.told.words.catalogue.ranges
        for party in self.one.now.bodies():
            stages: dict[Stage, list[int]] = {}
            for number, body in self.one.of(party).items():
                stages.setdefault(stage_of(self.one.now, party, body), []).append(number)
            reached = next(stage for stage in Stage if stage in stages)
            acts = [act.at for act in self.one.envelopes if act.by.party == party]
            yield BoardRow(
                party,
                self.told.body(party),
                self.told.say(f"stage.{reached}"),
                tuple((self.told.say(f"stage.{s}"), ranges(n)) for s, n in stages.items()),
                self.told.words.instant(max(acts)) if acts else self.told.say("web.not-yet"),
                reached not in {Stage.HANDED_OVER, Stage.TOLD_ONLY},
            )

    def unassigned(self) -> str:
        """Return the points that nobody was asked about, "" where there are none."""
        points = self.one.now.points.items()
        unasked = [number for number, point in points if not point.asked()]
        return self.told.words.catalogue.ranges(unasked)

    def sendings(self) -> Iterator[dict[str, Any]]:
        """Yield each sending: when, by and to whom, by which way, and its fingerprint."""
        for act in self.one.sendings:
            facts, sequence = act.envelope.facts, act.envelope.sequence
            cleared = next((self.one.act(n) for n in _numbers(facts.get("acts"))), None)
            yield {
                "sequence": sequence,
                "at": self.told.instant(act.envelope.at),
                "by": self.told.by(act.envelope.by),
                "to": self.told.body(self.one.now.monitor),
                "way": self.told.words.word("choice", str(facts.get("channel"))),
                "file": str(facts.get("sha256") or ""),
                "data": str(cleared.envelope.facts.get("sha256") or "") if cleared else "",
                "acknowledged": sequence in self.one.now.acknowledged,
            }

    def points(self) -> Iterator[Point]:
        said = self.one.said
        for number in self.one.now.points:
            asked = None if said is None else said.points.get(number)
            label = visible(asked.label) if asked is not None and asked.label else None
            title = self.told.say("web.response-point", number=number, label=label)
            yield Point(
                f"p{number}",
                title,
                (self._asked(asked),),
                tuple(self._replies(number, asked)),
            )

    def clocks(self) -> Iterator[Clock]:
        told, one = self.told, self.one
        for item in one.owed:
            due = told.due(item)
            by = told.deadline(item.due_on)[1] if item.due_on else told.say("web.no-date")
            is_open = item.met_by is None
            yield Clock(
                capital(told.words.owed(item.code, told.procedure)),
                told.owner(item),
                item.started_by,
                by if item.confirmed else f"{by} - {told.say('web.period-not-confirmed')}",
                item.met_by,
                told.words.left_sentence(due) if is_open else "",
                is_open and due.is_late,
                told.words.box(due, told.procedure),
            )

    def act(self, act: ShownAct) -> str:
        """Return what an act is called; a step of the procedure as it calls it, with its day."""
        facts, procedure = act.envelope.facts, self.told.procedure
        if act.envelope.act != EVENT_RECORDED:
            return self.told.words.word("act", act.envelope.act)
        code = str(facts.get("event"))
        event = None if procedure is None else procedure.events.get(ActCode(code))
        title = code if event is None else self.told.words.titled(event.titles, code)
        return f"{title}, {self.told.words.catalogue.day(str(facts.get('on')))}"

    def entry(self, act: ShownAct) -> int | None:
        return self.told.words.source.entry(act.commitment)

    # --- One point ---

    def _asked(self, asked: PointSaid | None) -> Said:
        head = capital(self.told.say("web.what-is-asked"))
        if asked is not None:
            language = self.one.said.language if self.one.said else ""
            return Said(head, 1, (), (), visible(asked.text), language)
        later = self.one.publishes == RESPONSE and not self.one.sendings
        key = "web.shown-once-sent" if later else "web.board-alone"
        return Said(head, 1, (), (self.told.say(key),))

    def _replies(self, number: int, asked: PointSaid | None) -> Iterator[Said | Box]:
        replies = {} if asked is None else {reply.act: reply for reply in asked.replies}
        point, sent = self.one.now.points[number], self.one.when_sent.points.get(number)
        said_then = bool(self.one.sendings)
        if not point.asked():
            yield Box(self.told.say("proceeding.assigned-to-nobody"), ())
        for party, body in point.bodies.items():
            before = sent.bodies.get(party) if sent is not None else None
            reply = replies.get(before.given) if before is not None else None
            if reply is not None and before is not None:
                yield self._reply(party, before, reply)
                if body.given != before.given:
                    yield self._handed(number, party, body)
            elif body.given:
                if said_then and (before is None or not before.given):
                    yield self._gap(party, body)
                yield self._handed(number, party, body)
            elif body.owes:
                yield self.silent(number, party, body)

    def _reply(self, party: str, body: BodyNow, reply: ReplySaid) -> Said:
        """Return what the response says for a body, and whether the body stands by it."""
        told, act = self.told, self.one.act(reply.act)
        facts = {} if act is None else act.envelope.facts
        lines = [told.say("proceeding.given-late")] if reply.is_late else []
        lines += [*self._signed(party, act), *self._edited(party, body)]
        cites = sum(n for n in (facts.get("cases"), facts.get("findings")) if type(n) is int)
        if cites:
            lines.append(told.say("web.cites-cases", count=cites))
        position = facts.get("position")
        parts = [
            (told.words.word("part", "position"), told.words.word("choice", str(position)))
            if position
            else None,
            (told.words.word("part", "laws"), visible("; ".join(reply.laws))),
            (told.words.word("part", "figures"), visible("; ".join(reply.figures))),
        ]
        if reply.text is None:
            lines.insert(0, told.say("proceeding.nothing"))
        return Said(
            self._head(party, body, reply.act),
            reply.act,
            tuple((capital(part[0]), part[1]) for part in parts if part and part[1]),
            tuple(lines),
            visible(reply.text or ""),
        )

    def _handed(self, number: int, party: str, body: BodyNow) -> Said:
        """Return that a body handed something over which is not public, or not yet."""
        until = self.one.until.get((number, party))
        given = self.one.act(body.given)
        day = self.told.words.register.day_of(given.envelope.at).isoformat() if given else ""
        cleared = [act.sequence for act in self.one.envelopes if act.act == RESPONSE_CLEARED]
        is_late = (until and day > until) or (cleared and body.given > cleared[0])
        late = [self.told.say("proceeding.given-late")] if is_late else []
        lines = [*late, *self._signed(party, given), *self._edited(party, body)]
        lines.append(self.told.say("web.not-public-handed"))
        return Said(self._head(party, body, body.given), body.given, (), tuple(lines))

    def silent(self, number: int, party: str, body: BodyNow) -> Box:
        """Return what a body owes on a point, as an empty box."""
        told, until = self.told, self.one.until.get((number, party))
        today = told.words.source.now.date().isoformat()
        late = bool(until) and today > str(until)
        role = told.say(f"choice.{body.role}")
        head = told.say("proceeding.owes", body=told.body(party), role=role)
        stage = told.say(f"stage.{stage_of(self.one.now, party, body)}")
        lines = [told.say("web.stage-of", stage=stage)]
        if until:
            key = "web.was-asked-by" if late else "web.asked-by"
            lines.append(told.say(key, day=told.words.catalogue.day(until)))
        return Box(head, tuple(lines), late)

    def _gap(self, party: str, body: BodyNow) -> Box:
        """Return the gap that the response was sent with, though the body spoke later."""
        role = self.told.say(f"choice.{body.role}")
        head = self.told.say("proceeding.owes", body=self.told.body(party), role=role)
        return Box(head, (self.told.say("web.gap-when-sent"),))

    def _signed(self, party: str, act: ShownAct | None) -> tuple[str, ...]:
        """Return that what a body handed over is signed, or that it is not."""
        if act is None:
            return ()
        unsigned = self.told.say("page.unsigned", party=self.told.body(party))
        return self.told.words.signed(act.envelope) or (unsigned,)

    def _edited(self, party: str, body: BodyNow) -> list[str]:
        if not body.edit:
            return []
        if not body.answered:
            return [
                self.told.say("web.edited"),
                self.told.say("proceeding.not-confirmed", body=self.told.body(party)),
            ]
        return [self.told.say("web.edit-refused" if body.refused else "web.edit-confirmed")]

    def _head(self, party: str, body: BodyNow, act: int) -> str:
        role, given = self.told.say(f"choice.{body.role}"), self.one.act(act)
        who = self.told.say("proceeding.said", body=self.told.body(party), role=role)
        at = "" if given is None else self.told.words.instant(given.envelope.at)
        return f"{who} {at}".strip()


# --- Addresses ---


def responses_page(room: Room) -> Response:
    return room.page("responses.html", room.words.say("web.nav-responses"), rows=_rows(room))


def responses_json(room: Room, _: Request) -> Response:
    found: list[Any] = [
        {
            "number": one.number,
            "publishes": one.publishes,
            "standing": str(one.place()[0]),
            "turn": one.place()[1],
            "sent": [act.envelope.sequence for act in one.sendings],
        }
        for one in room.register.responses.values()
    ]
    return Response(page({"at": room.register.checked.index.at_text, "responses": found}), JSON)


def responses_text(room: Room, _: Request) -> Response:
    lines = [
        " | ".join((row["number"], row["standing_word"], row["turn"], *row["lines"]))
        for row in _rows(room)
    ]
    published = room.words.say(
        "web.published", at=room.words.instant(room.register.checked.index.at)
    )
    lines = lines or [room.words.say("web.no-responses")]
    return Response(("\n".join([published, "", *lines]) + "\n").encode(), TEXT)


def response_page(room: Room, rest: str) -> Response | None:
    number, dot, form = rest.partition(".")
    number, slash, below = number.partition("/")
    if slash:
        return moved(f"/{room.language}/responses/{quote(number)}#{quote(below)}")
    name = f"{RESPONSES}{number}.json"
    if form == "json":
        data = room.register.file(name)
        return None if data is None else Response(data, JSON)
    one = room.register.response(number) if form in {"", "txt", "ics"} else None
    if one is None or (dot and not form):
        return None
    if form == "ics":
        return proceeding_file(room, one)
    told = ResponseWords(room.words, one)
    standing, _ = one.place()
    facts: dict[str, Any] = {
        "page": ResponsePage(told, one),
        "told": told,
        "one": one,
        "standing": str(standing),
        "cause": one.cause(),
        "rules": str(one.first.facts.get("procedure")),
        "follows": one.first.facts.get("follows"),
    }
    title = room.words.say("web.response-title", number=number)
    if form == "txt":
        text = room.text("response.txt", title=title, box=box, block=block, **facts)
        return Response(text.encode(), TEXT)
    return room.page("response.html", title, **facts, **room.foot(name, number))


def _rows(room: Room) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for one in room.register.responses.values():
        told = ResponseWords(room.words, one)
        standing, _ = one.place()
        rows.append(
            {
                "number": one.number,
                "monitor": told.body(one.now.monitor),
                "standing": str(standing),
                "standing_word": room.words.word("standing", standing),
                "turn": told.turn(),
                "cause": one.cause(),
                "lines": [*told.sent_or_not()],
                "is_empty": not one.sendings,
                "is_late": told.is_late(),
            }
        )
    return sorted(rows, key=lambda row: (not row["is_late"], not row["is_empty"], row["number"]))


def _numbers(value: object) -> list[int]:
    return [n for n in value if type(n) is int] if isinstance(value, list) else []
