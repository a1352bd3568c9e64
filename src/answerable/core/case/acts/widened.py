"""What acts about more readers leave: which asking stands, and who was added to which field."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from answerable.core.acts import ActCode, Envelope, Json
from answerable.core.case.acts.consent import NARROWED
from answerable.core.case.exposure import Place, Widened, place_of
from answerable.core.commitment import in_order
from answerable.core.seats import COMPLAINANT

ASKED = ActCode("readers-widening-asked")
DROPPED = ActCode("readers-widening-dropped")
WIDENED = ActCode("readers-widened")

FIELDS, WIDER = "fields", "wider-readers"
PUBLIC = "public"
PURPOSE_OF = {
    "secretariat": "included",
    "monitor": "included",
    "member": "named-to-body",
    PUBLIC: "published",
}
"""Who can be added as a reader, and to what a person must have agreed before they read of them."""


def asking_of(acts: Iterable[Envelope]) -> int:
    """Return the act by which more readers are asked for, 0 where none stands.

    Whatever came after it and says less, or it anew, ends it: also a consent that was narrowed.
    """
    standing = 0
    for act in acts:
        if act.act == ASKED:
            standing = act.sequence
        elif act.act in {DROPPED, WIDENED, NARROWED}:
            standing = 0
    return standing


def places_in(said: Mapping[str, Json]) -> tuple[Place, ...]:
    """Return the fields that an act of this kind names in its content."""
    named = said.get(FIELDS)
    found = (place_of(str(one)) for one in (named if isinstance(named, list) else ()))
    return tuple(place for place in found if place is not None)


def readers_in(said: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the readers that an act of this kind names in its content."""
    named = said.get(WIDER)
    listed = map(str, named) if isinstance(named, list) else ()
    return in_order(tuple(one for one in listed if one in PURPOSE_OF))


def widened_by(acts: Sequence[Envelope], said: Callable[[Envelope], Mapping[str, Json]]) -> Widened:
    """Return the readers that acts of a case added; ``said`` gives the content of one of them.

    Only a sender adds some, by itself, to what senders said before. A consent that was narrowed
    since takes those away again for whom it is.
    """
    added: dict[Place, tuple[str, ...]] = {}
    senders: set[int] = set()
    for act in acts:
        if act.by.seat == COMPLAINANT and act.act == WIDENED and act.entered_by is None:
            content = said(act)
            for place in places_in(content):
                if place.act in senders:
                    added[place] = in_order((*added.get(place, ()), *readers_in(content)))
        elif act.act == NARROWED and added:
            purpose = act.facts.get("purpose")
            added = {
                place: tuple(one for one in readers if PURPOSE_OF[one] != purpose)
                for place, readers in added.items()
            }
        if act.by.seat == COMPLAINANT:
            senders.add(act.sequence)
    return Widened(added)
