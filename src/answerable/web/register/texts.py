"""What a case or a proceeding says to everyone, as one text in which it can be found."""

from collections.abc import Callable, Iterator, Mapping

from answerable.core.acts import Json, PartyId
from answerable.core.case.kinds import KINDS
from answerable.core.figures.described import described
from answerable.core.register.shown import ShownAct, ShownCase
from answerable.core.register.shown_response import Body, ShownResponse
from answerable.locale.catalogue import LANGUAGES

_NAMED = {kind.code: " ".join(kind.label(one) for one in LANGUAGES) for kind in KINDS}
"""Kinds of alleged acts, in every language: whoever searches types one of them."""


Bodies = Mapping[PartyId, Body]
"""Whose names stand for their numbers."""


def text_of_case(
    case: ShownCase, bodies: Bodies, place_names: Callable[[str], Mapping[str, str]]
) -> str:
    """Return number, public words, kinds, places and bodies of a case."""
    parts = [case.number, *_of_acts(case.acts, bodies)]
    for one in described(case.envelopes).values():
        parts.append(_NAMED.get(one.kind or "", ""))
        parts += place_names(one.place).values() if one.place else ()
    return "\n".join(filter(None, dict.fromkeys(parts)))


def text_of_response(one: ShownResponse, bodies: Bodies) -> str:
    """Return number, bodies and the words of a proceeding that were sent."""
    return "\n".join(filter(None, dict.fromkeys([one.number, *_of_acts(one.acts, bodies)])))


def _of_acts(acts: tuple[ShownAct, ...], bodies: Bodies) -> Iterator[str]:
    for act in acts:
        for value in act.said.values():
            yield from _texts(value)
        parties = (str(act.envelope.by.party), str(act.envelope.facts.get("party", "")))
        for party in parties:
            body = bodies.get(PartyId(party))
            if body is not None:
                yield body.name


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
