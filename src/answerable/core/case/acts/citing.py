"""What several matters ask of an act: that it cites what is there, and that no accused decides."""

from answerable.core.acts import Draft, Envelope
from answerable.core.case.acts.kind import Deciding
from answerable.core.case.conflict import require_not_accused
from answerable.core.errors import Refusal


class NoSuchAct(Refusal):
    """The case has no act of this number."""

    code = "no-such-act"


class OneActWanted(Refusal):
    """The act is about one other act, and names several."""

    code = "one-act-wanted"


def cited(deciding: Deciding) -> tuple[Envelope, ...]:
    """Return the acts that the part ``acts`` names.

    Raises:
        NoSuchAct: with the number, and how many acts there are.
    """
    return tuple(_one(deciding, sequence) for sequence in deciding.asked.acts("acts"))


def the_one_cited(deciding: Deciding) -> Envelope:
    """Return the one act that the part ``acts`` names.

    Raises:
        NoSuchAct, OneActWanted: with the number, or with how many are named.
    """
    acts = cited(deciding)
    if len(acts) != 1:
        raise OneActWanted("one act is wanted", found=len(acts))
    return acts[0]


def require_cited(deciding: Deciding) -> None:
    """Return if every act that is cited is there."""
    cited(deciding)


def require_decider_not_accused(deciding: Deciding) -> None:
    """Return if who acts is not the accused of any allegation concerned.

    Raises:
        AccusedDecides: with party and allegation.
    """
    require_not_accused(deciding, deciding.asked.by.party)


def acts_of(act: Envelope | Draft) -> tuple[int, ...]:
    """Return the numbers of the acts that an envelope cites."""
    value = act.facts.get("acts")
    return tuple(n for n in value if isinstance(n, int)) if isinstance(value, list) else ()


def party_of(act: Draft | Envelope) -> str:
    """Return the party that an envelope names, "" where it names none."""
    value = act.facts.get("party")
    return value if isinstance(value, str) else ""


def _one(deciding: Deciding, sequence: int) -> Envelope:
    act = deciding.act(sequence)
    if act is None:
        raise NoSuchAct(f"no act {sequence}", act=sequence, count=len(deciding.acts))
    return act
