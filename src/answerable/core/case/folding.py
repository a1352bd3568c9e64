"""A case's row, folded one act further: its state, its standing, and whose turn it is."""

from answerable.core.acts import Envelope, Json, Seat
from answerable.core.case.acts.table import case_after
from answerable.core.case.now import case_of, text_of
from answerable.core.case.standings import summary_of

Folded = tuple[str, str, Seat | None]

# Most cases begin alike, and folding one costs as much as storing it.
_BEGUN: dict[tuple[Json, ...], Folded] = {}
_MOST = 1024


def state_after(state: str, envelope: Envelope) -> Folded:
    """Return state, standing and turn after one more act; state is "" before the first."""
    if state:
        return _folded(state, envelope)
    facts = envelope.facts
    key = (envelope.act, str(envelope.allegations), *map(str, map(facts.get, _DECIDING)))
    if key not in _BEGUN:
        if len(_BEGUN) >= _MOST:
            _BEGUN.clear()
        _BEGUN[key] = _folded("", envelope)
    return _BEGUN[key]


_DECIDING = ("allegations", "host", "danger")
"""The facts of a first act that decide where its case stands."""


def _folded(state: str, envelope: Envelope) -> Folded:
    case = case_after(case_of(state) if state else None, envelope)
    standing, turn = summary_of(case)
    return text_of(case), str(standing), turn
