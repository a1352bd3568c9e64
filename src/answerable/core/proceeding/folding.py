"""A proceeding's row, folded one act further: its state, its standing, and whose turn it is."""

from answerable.core.acts import Envelope, Seat
from answerable.core.proceeding.acts.table import proceeding_after
from answerable.core.proceeding.now import proceeding_of, text_of
from answerable.core.proceeding.standings import standing_of


def state_after(state: str, envelope: Envelope) -> tuple[str, str, Seat | None]:
    """Return state, standing and turn after one more act; state is "" before the first."""
    now = proceeding_after(proceeding_of(state) if state else None, envelope)
    standing, turn = standing_of(now)
    return text_of(now), str(standing), turn
