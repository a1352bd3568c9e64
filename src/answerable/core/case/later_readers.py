"""Who reads what an opening shows, by openings of later acts of its case: without any server."""

from collections.abc import Callable, Sequence

from answerable.core.acts import ActCode, By, Envelope, Field, Json, PartyId, Seat
from answerable.core.case.acts.consent import NARROWED
from answerable.core.case.acts.widened import WIDENED, widened_by
from answerable.core.errors import Refusal
from answerable.core.opening import Opened

_ENVELOPE = ("act", "by", "docket", "entered_by", "facts", "sequence")


class NotALaterAct(Refusal):
    """The opening shows no later act of the same case by which its readers are others."""

    code = "not-a-later-act"


def read_now(opened: Opened, later: Sequence[Opened]) -> Callable[[Field], Field]:
    """Return what gives a field of an opening with all who read it after these later acts.

    Nothing is proven by it: whoever holds the opening may pass on any field. Nor is it known
    whether still later acts took a reader away.

    Raises:
        NotALaterAct: one of them is of another case, came before, or does not change readers.
    """
    first = _envelope(opened)
    acts = {first.sequence: opened}
    for one in later:
        act = _envelope(one)
        is_later = act.docket == first.docket and act.sequence > first.sequence
        if not is_later or act.act not in {WIDENED, NARROWED}:
            raise NotALaterAct(f"{act.act} of {act.docket}")
        acts[act.sequence] = one
    in_order = [_envelope(acts[number]) for number in sorted(acts)]
    widened = widened_by(in_order, lambda act: _said(acts[act.sequence]))
    return lambda item: widened.of(first.sequence, item)


def _said(opened: Opened) -> dict[str, Json]:
    return {item.path: item.value for item in opened.content}


def _envelope(opened: Opened) -> Envelope:
    if not all(map(opened.discloses, _ENVELOPE)):
        raise NotALaterAct("its envelope is not shown")
    facts, sequence = opened.shown("facts"), opened.shown("sequence")
    return Envelope(
        act=ActCode(str(opened.shown("act"))),
        kind="",
        docket=str(opened.shown("docket")),
        sequence=sequence if isinstance(sequence, int) else 0,
        at=0,
        by=_by(opened.shown("by")) or By(PartyId(""), Seat("")),
        entered_by=_by(opened.shown("entered_by")),
        previous=None,
        allegations=(),
        facts=facts if isinstance(facts, dict) else {},
        signature=None,
    )


def _by(value: Json) -> By | None:
    if not isinstance(value, dict):
        return None
    return By(PartyId(str(value.get("party"))), Seat(str(value.get("seat"))))
