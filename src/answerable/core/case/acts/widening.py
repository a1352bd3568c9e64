"""A sender lets more people read what they said: asked on one day, confirmed on another.

No record changes. What is on record keeps its readers, and these acts add some
(docs/adr/0035-readers-are-added-by-two-acts-on-two-days.md).
"""

from collections.abc import Mapping
from datetime import timedelta

from answerable.core.act_form import Part, Shape
from answerable.core.acts import Json
from answerable.core.case.acts.citing import the_one_cited
from answerable.core.case.acts.exposing import require_may_be_read
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.acts.widened import (
    ASKED,
    DROPPED,
    FIELDS,
    PUBLIC,
    PURPOSE_OF,
    WIDENED,
    WIDER,
    asking_of,
    places_in,
    readers_in,
)
from answerable.core.case.deciding import CaseErased
from answerable.core.commitment import in_order
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT


class WideningOfWithdrawn(Refusal):
    """A withdrawal of the report waits or has taken effect: one is revoked before the other."""

    code = "widening-of-withdrawn"


class NoWideningAsked(Refusal):
    """No asking for more readers stands."""

    code = "no-widening-asked"


class WideningReplaced(Refusal):
    """Another asking took the place of the one that is confirmed: ``act`` is that one."""

    code = "widening-replaced"


class WideningTooSoon(Refusal):
    """It was asked for today: ``earliest`` is the first day on which it can be confirmed."""

    code = "widening-too-soon"


class WideningDiffers(Refusal):
    """What is confirmed is not what was asked for."""

    code = "widening-differs"


def _require_open(deciding: Deciding) -> None:
    if deciding.case.erased:
        raise CaseErased("nothing is left to be read", act=ASKED)
    if deciding.case.withdrawal:
        raise WideningOfWithdrawn("withdrawn", act=deciding.case.withdrawal)


def _require_asked(deciding: Deciding) -> None:
    if not asking_of(deciding.acts):
        raise NoWideningAsked("none stands")


def _require_another_day(deciding: Deciding) -> None:
    standing, asking = asking_of(deciding.acts), deciding.exposure().asking
    # One that is not read back yet was asked for a moment ago.
    on = deciding.today if asking is None or asking.act != standing else asking.on
    if standing and deciding.today <= on:
        earliest = (on + timedelta(days=1)).isoformat()
        raise WideningTooSoon(f"asked on {on}", act=standing, earliest=earliest)


def _require_that_one(deciding: Deciding) -> None:
    act, standing = the_one_cited(deciding), asking_of(deciding.acts)
    if act.sequence != standing:
        raise WideningReplaced(f"{act.sequence} does not stand", act=standing)


def _require_same(deciding: Deciding) -> None:
    said, asking = deciding.asked.values, deciding.exposure().asking
    if asking is None or (
        set(places_in(said)) != set(asking.places) or readers_in(said) != asking.readers
    ):
        raise WideningDiffers("not what was asked for", act=asking_of(deciding.acts))


def _read_by(deciding: Deciding) -> tuple[str, ...]:
    """Return who reads what was widened: whoever reads more because of it."""
    return in_order((COMPLAINANT, *readers_in(deciding.asked.values)))


def _public(deciding: Deciding) -> Mapping[str, Json]:
    return {PUBLIC: PUBLIC in readers_in(deciding.asked.values)}


_FIELDS = Part(FIELDS, Shape.TEXTS, readers=(COMPLAINANT,))
_WIDER = Part(WIDER, Shape.READERS, choices=tuple(PURPOSE_OF), readers=(COMPLAINANT,))

WIDENINGS = (
    ActKind(
        code=ASKED,
        verb="ask-wider-readers",
        by=(COMPLAINANT,),
        # Nobody else is told what: whoever knew before the day could press for the opposite.
        parts=(_FIELDS, _WIDER),
        rules=(_require_open, require_may_be_read),
        enterable=False,
        whole=True,
    ),
    ActKind(
        code=DROPPED,
        verb="drop-wider-readers",
        by=(COMPLAINANT,),
        rules=(_require_asked,),
        enterable=False,
        whole=True,
    ),
    ActKind(
        code=WIDENED,
        verb="confirm-wider-readers",
        by=(COMPLAINANT,),
        parts=(Part("acts", Shape.ACTS, fact="acts"), _FIELDS, _WIDER),
        rules=(
            _require_open,
            _require_asked,
            _require_another_day,
            _require_that_one,
            _require_same,
            require_may_be_read,
        ),
        readers=_read_by,
        adds=_public,
        enterable=False,
        whole=True,
    ),
)
