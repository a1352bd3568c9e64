"""Reads from content who reads what of a case, for rules and pages about readers."""

from collections.abc import Sequence

from answerable.casework.ports import ActOnFile
from answerable.casework.reading import Reading
from answerable.casework.ruling import local
from answerable.core.acts import Envelope
from answerable.core.case.acts.widened import asking_of, places_in, readers_in
from answerable.core.case.exposure import Asking, Exposure
from answerable.core.case.submission import PROTECTED
from answerable.core.procedure import Procedure
from answerable.core.register.showing import is_shown, is_tellable


def exposure_of(reading: Reading, acts: Sequence[ActOnFile], procedure: Procedure) -> Exposure:
    """Return who reads what of a case. Days are those of its procedure's time zone."""
    envelopes = [act.kept.envelope for act in acts]
    said = {
        act.kept.envelope.sequence: {item.path: item for item in reading.content(act)}
        for act in acts
    }
    return Exposure(
        said=said,
        widened=reading.widened(acts),
        asking=standing_asking(reading, acts, procedure),
        is_told=may_be_told(envelopes),
        shown=frozenset(one.sequence for one in envelopes if is_shown(one)),
    )


def may_be_told(acts: Sequence[Envelope]) -> bool:
    """Whether a register may tell a case act by act, and not as a silhouette only."""
    return acts[0].facts.get("level") not in PROTECTED and is_tellable(acts)


def standing_asking(
    reading: Reading, acts: Sequence[ActOnFile], procedure: Procedure
) -> Asking | None:
    """Return what the sender of a case asked for and did not confirm, None where nothing waits."""
    standing = asking_of(act.kept.envelope for act in acts)
    if not standing:
        return None
    act = acts[standing - 1]
    said = reading.said(act)
    on = local(act.kept.envelope.at, procedure).date()
    return Asking(standing, on, places_in(said), readers_in(said))
