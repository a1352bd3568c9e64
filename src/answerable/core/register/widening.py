"""Fields that a register shows since their sender let everyone read them, on two days."""

from collections.abc import Container, Sequence

from answerable.core.acts import Envelope
from answerable.core.case.acts.widened import PUBLIC, WIDENED, widened_by
from answerable.core.case.exposure import Place
from answerable.core.opening import Opened


def made_public(
    acts: Sequence[tuple[Envelope, Opened]], entries: Container[bytes]
) -> frozenset[Place]:
    """Return the fields of a docket that its shown acts make public: those that are in a ledger."""
    said = {
        act.sequence: {item.path: item.value for item in opened.content}
        for act, opened in acts
        if act.act == WIDENED and opened.commitment in entries
    }
    if not said:
        return frozenset()
    widened = widened_by([act for act, _ in acts], lambda act: said.get(act.sequence, {}))
    return frozenset(place for place, readers in widened.added.items() if PUBLIC in readers)
