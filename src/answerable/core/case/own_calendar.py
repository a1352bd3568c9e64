"""Whether the dates of a case may go into its sender's own calendar, and what may stand there."""

from collections.abc import Sequence

from answerable.core.acts import Envelope
from answerable.core.case.submission import PROTECTED
from answerable.core.errors import Refusal

IN_PUBLIC = 0
"""The level at which everyone may know who reported (submission.md, level)."""

_THREATENED = frozenset({"danger-claimed", "reprisal-reported"})


class CalendarTells(Refusal):
    """Whoever sees the calendar would learn that its owner reported. ``reason``: level or danger.

    Calendars of telephones are copied to other servers and shown on locked screens.
    """

    code = "calendar-tells"


def require_calendar(acts: Sequence[Envelope]) -> None:
    """Return if the dates of a case may be put into a calendar.

    Raises:
        CalendarTells: no names were to be known, or someone is or was in danger.
    """
    first = acts[0]
    if first.facts.get("level") in PROTECTED:
        raise CalendarTells("a protected level", reason="level")
    if first.facts.get("danger") or any(act.act in _THREATENED for act in acts):
        raise CalendarTells("danger was claimed", reason="danger")


def names_the_case(acts: Sequence[Envelope]) -> bool:
    """Whether a calendar may name the case, what is owed and by whom; else it has days only."""
    return acts[0].facts.get("level") == IN_PUBLIC
