"""A proceeding in the register: which of its acts are shown, how much of each, and its board.

Nothing of a proceeding is shown whose procedure publishes nothing. Of what a body says, edits or
has edited nothing is shown before it stands in a response that was sent.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from answerable.core.acts import Envelope, Json
from answerable.core.case.acts.citing import acts_of, party_of
from answerable.core.happened import EVENT_RECORDED
from answerable.core.mechanism import CLOCKS_MOVED
from answerable.core.opening import Opened
from answerable.core.owed import Owed, owed_after
from answerable.core.proceeding.acts.assignment import ASSIGNED, TAKEN_BACK
from answerable.core.proceeding.acts.contribution import CLEARED, DRAFTED, GIVEN
from answerable.core.proceeding.acts.edits import CONFIRMED, EDITED, REFUSED
from answerable.core.proceeding.acts.outcome import DECIDED
from answerable.core.proceeding.acts.request import OPENED, REQUESTED
from answerable.core.proceeding.acts.sending import ACKNOWLEDGED, RESPONSE_CLEARED, SENT
from answerable.core.proceeding.acts.table import proceeding_after
from answerable.core.proceeding.board import stage_of
from answerable.core.proceeding.clocking import CONFIRMATION, CONTRIBUTION
from answerable.core.proceeding.now import BodyNow, ProceedingNow
from answerable.core.proceeding.publication import RESPONSE, published_by
from answerable.core.proceeding.standings import standing_of
from answerable.core.register.showing import ALWAYS, PROCEEDING, signature_path

WHOLE = frozenset(
    (
        *(REQUESTED, OPENED, EVENT_RECORDED, ASSIGNED, TAKEN_BACK),
        *(SENT, ACKNOWLEDGED, DECIDED, CLOCKS_MOVED),
    )
)
"""Acts that are shown with their facts: who was asked what by when, what was sent, what moved."""
STAGES = frozenset((DRAFTED, CLEARED, GIVEN, RESPONSE_CLEARED))
"""Acts that are shown without their facts: that they were done, and no more, until it is sent."""
EDITS = frozenset((EDITED, CONFIRMED, REFUSED))
"""Acts that are shown once what they are about was sent, and not before."""
AMONG_BODIES = frozenset((CONTRIBUTION, CONFIRMATION))
"""Debts that acts without their facts pay: the board tells them, and ``owed`` does not."""

PATHS = ALWAYS | {"by", "entered_by"}


class Shown(NamedTuple):
    """An act of a proceeding that is shown: ``whole`` with its facts and its public content."""

    act: Envelope
    whole: bool

    @property
    def paths(self) -> frozenset[str]:
        """The fields of its envelope that are disclosed: these, and no others."""
        paths = PATHS | signature_path(self.act)
        return paths if self.whole else paths - {"facts"}


def shown_of(acts: Sequence[Envelope]) -> list[Shown]:
    """Return those acts of a published proceeding that are shown, and how much of each."""
    sent, published = sent_up_to(acts), published_by(acts[0].facts)
    shown = []
    for act in acts:
        is_sent = act.sequence <= sent
        if act.act in WHOLE or (act.act in EDITS and is_sent):
            shown.append(Shown(act, whole=True))
        elif act.act in STAGES:
            # A contribution's position and counts are part of what its body says.
            tells = act.act == RESPONSE_CLEARED or published == RESPONSE
            shown.append(Shown(act, whole=is_sent and tells))
    return shown


def sent_up_to(acts: Iterable[Envelope]) -> int:
    """Return the act up to which a response was cleared that was sent, 0 where none was."""
    return max((number for act in acts if act.act == SENT for number in acts_of(act)), default=0)


def is_published(acts: Sequence[Envelope], is_told: Callable[[str], bool] = lambda _: True) -> bool:
    """Whether the register shows a proceeding; ``is_told`` says so of the round before it.

    Not where an act that is not shown whole says anything of a clock of the procedure: what is
    shown would then be told wrongly.
    """
    follows = acts[0].facts.get("follows")
    if not published_by(acts[0].facts):
        return False
    if isinstance(follows, str) and not is_told(follows):
        return False
    whole = {one.act.sequence for one in shown_of(acts) if one.whole}
    return all(act.sequence in whole or _clocks_of(act) <= AMONG_BODIES for act in acts)


def shown_too_much(acts: Sequence[Envelope], opened: Sequence[Opened]) -> Iterator[str]:
    """Yield the receipt numbers of acts of a file that it may not show, or not as it does.

    What is shown whole, and what without its facts, follows from the acts that are there.
    """
    may = acts and acts[0].act == REQUESTED and is_published(acts)
    allowed = {one.act.sequence: one for one in shown_of(acts)} if may else {}
    for act, one in zip(acts, opened, strict=True):
        shown = allowed.get(act.sequence) if act.kind == PROCEEDING else None
        if shown is None or _is_too_much(shown, one):
            yield act.receipt_number


def _is_too_much(shown: Shown, opened: Opened) -> bool:
    if any("public" not in item.readers for item in opened.content):
        return True
    if opened.content and not shown.whole:
        return True
    return {item.path for item in opened.envelope} != shown.paths


def as_shown(shown: Iterable[Shown]) -> list[Envelope]:
    """Return envelopes as their disclosed fields tell them."""
    bare = (one.act if one.whole else replace(one.act, facts={}) for one in shown)
    return [replace(act, previous=None) for act in bare]


def derived(acts: Sequence[Envelope]) -> dict[str, Json]:
    """Return what a proceeding's file says that anyone can fold from its shown acts."""
    now = folded(acts)
    standing, turn = standing_of(now)
    owed = [{**item._asdict(), "allegations": [*item.allegations]} for item in owed_in(acts)]
    return {
        "board": board(now, acts),
        "owed": cast("list[Json]", owed),
        "standing": str(standing),
        "turn": turn,
    }


def folded(acts: Iterable[Envelope]) -> ProceedingNow:
    """Return a proceeding as its shown acts leave it."""
    now: ProceedingNow | None = None
    for act in acts:
        now = proceeding_after(now, act)
    return ProceedingNow() if now is None else now


def owed_in(acts: Iterable[Envelope]) -> tuple[Owed, ...]:
    """Return what is owed by the procedure, by the collector and by the monitor, met too."""
    owed: tuple[Owed, ...] = ()
    for act in acts:
        owed = owed_after(owed, act)
    return tuple(item for item in owed if item.code not in AMONG_BODIES)


def board(now: ProceedingNow, acts: Sequence[Envelope]) -> list[Json]:
    """Return each point with its bodies: role, stage, by when it was asked, and when it gave."""
    until, at = until_told(acts), {act.sequence: act.at for act in acts}
    points: list[Json] = []
    for number, point in now.points.items():
        bodies: list[Json] = [
            {
                "body": party,
                "role": body.role,
                "stage": str(stage_of(now, party, body)),
                "until": until.get((number, party)),
                "given": body.given or None,
                "given_at": at.get(body.given),
                "edit": _edit(body),
            }
            for party, body in point.bodies.items()
        ]
        points.append({"point": number, "bodies": bodies})
    return points


def _edit(body: BodyNow) -> str | None:
    """Return what a body said of the edit of its words, None where there is no edit."""
    if not body.edit:
        return None
    if not body.answered:
        return "not-confirmed"
    return "refused" if body.refused else "confirmed"


def until_told(acts: Iterable[Envelope]) -> dict[tuple[int, str], str | None]:
    """Return by when each body was asked for each point, as it was when it gave its answer."""
    until: dict[tuple[int, str], str | None] = {}
    given: set[tuple[int, str]] = set()
    for act in acts:
        if act.act == GIVEN:
            given |= {(number, act.by.party) for number in act.allegations}
        elif act.act in {ASSIGNED, TAKEN_BACK}:
            day = act.facts.get("until")
            for key in ((number, party_of(act)) for number in act.allegations):
                if key not in given:
                    until[key] = day if isinstance(day, str) else None
    return until


def _clocks_of(act: Envelope) -> set[str]:
    clocks = act.facts.get("clocks")
    lists = cast("dict[str, list[dict[str, str]]]", clocks if isinstance(clocks, dict) else {})
    return {entry["clock"] for entries in lists.values() for entry in entries}
