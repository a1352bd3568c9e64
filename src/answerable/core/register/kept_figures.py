"""What is kept of a case for live figures: a pure function of its acts, true at every instant."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from answerable.core.acts import Envelope
from answerable.core.canonical import encode
from answerable.core.figures.counting import count_case
from answerable.core.figures.settling import Settled, settled, settled_in
from answerable.core.register.accounts import CLAIMS, allegations_in
from answerable.core.register.showing import is_tellable, told_of

CASE = "case"
FOLD = 6
"""Which fold made the text. A change of what a case contributes, or of what is kept of several,
counts it up, so that what an older version kept is folded anew and not told beside the new."""

_READ = json.JSONDecoder().raw_decode


class KeptFigures(NamedTuple):
    """What a case gives to the figures. ``shown`` is None where it may be told in sum only.

    That a case has a protected number is not in it: numbers are not acts. ``claims`` are those that
    no case shows, each with its instant.
    """

    number: str
    first_at: int
    allegations: int
    claims: tuple[tuple[str, int], ...]
    shown: Settled | None

    def text(self) -> str:
        value = {
            "allegations": self.allegations,
            "claims": self.claims,
            "first_at": self.first_at,
            "number": self.number,
            "shown": None if self.shown is None else self.shown.json(),
        }
        return encode(value).decode()


def kept_figures(acts: Sequence[Envelope]) -> KeptFigures:
    """Return what is kept of a case: all of its acts in their order, also those not shown."""
    return KeptFigures(
        acts[0].docket,
        acts[0].at,
        allegations_in(acts[0]),
        tuple((act.act, act.at) for act in acts if act.act in CLAIMS),
        settled(count_case(told_of(acts))) if is_tellable(acts) else None,
    )


def kept_text(acts: Sequence[Envelope]) -> str:
    """Return what is kept of a docket: of one that is no case, nothing."""
    return kept_figures(acts).text() if acts[0].kind == CASE else ""


def kept_figures_of(text: str) -> KeptFigures:
    """Return what KeptFigures.text wrote."""
    value = read(text)
    shown = value["shown"]
    return KeptFigures(
        value["number"],
        value["first_at"],
        value["allegations"],
        tuple((act, at) for act, at in value["claims"]),
        None if shown is None else settled_in(shown),
    )


def read(text: str) -> dict[str, Any]:
    """Return the value of a text that this program kept."""
    # Nothing else writes these: looking whether it is canonical costs five times as much as reading
    # it, for every case and every time that figures are told.
    value: dict[str, Any]
    value, _ = _READ(text)
    return value
