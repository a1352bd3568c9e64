"""The days that an act names: something happened on one that has come, or is due on one ahead."""

from datetime import date
from typing import Protocol

from answerable.core.act_form import Asked
from answerable.core.errors import Refusal


class Deciding(Protocol):
    """What is decided on, on a docket of any kind."""

    @property
    def asked(self) -> Asked:
        """The act that is asked for."""

    @property
    def today(self) -> date:
        """The day, where the procedure counts its days."""


class DayNotYet(Refusal):
    """Something is said to have happened on a day that has not come."""

    code = "day-not-yet"


class DayPassed(Refusal):
    """An act names a day by which something is to be done, and that day is over."""

    code = "day-passed"


def require_come(on: date, today: date) -> None:
    """Return if a day on which something happened is today or before.

    Raises:
        DayNotYet: with the day.
    """
    if on > today:
        raise DayNotYet(f"{on} has not come", on=on.isoformat())


def require_day_come(deciding: Deciding) -> None:
    """Return if the part ``on`` names no day after today.

    Raises:
        DayNotYet: with the day.
    """
    on = deciding.asked.text("on")
    if on:
        require_come(date.fromisoformat(on), deciding.today)


def require_day_ahead(deciding: Deciding, part: str) -> None:
    """Return if the day that a part names, where it names one, is today or later.

    Raises:
        DayPassed: with the day.
    """
    on = deciding.asked.text(part)
    if on and date.fromisoformat(on) < deciding.today:
        raise DayPassed(f"{on} is over", on=on, part=part)
