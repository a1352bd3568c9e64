"""What the clocks of a procedure are called, and how long they run, in one language."""

from collections.abc import Iterator

from answerable.core.procedure import Clock
from answerable.locale.catalogue import Catalogue
from answerable.locale.step_words import titled


def title_of(words: Catalogue, clock: Clock) -> str:
    """Return what the procedure calls a clock."""
    return titled(words, clock.titles, clock.code)


def period_of(words: Catalogue, clock: Clock) -> Iterator[str]:
    """Yield how long a clock runs, and what is to be known of that."""
    periods = [clock.period] if clock.period else [*clock.by_class.values()]
    for period in periods:
        number = "one" if period.length == 1 else "many"
        yield words.say(f"duration.{period.unit.value}-{number}", length=period.length)
    if not periods:
        yield words.say("page.no-period")
    if not clock.binding:
        yield words.say("page.indicative")
    if not clock.confirmed:
        yield words.say("web.period-not-confirmed")
