"""Who is to read less from now on: what can be ticked, and who has acknowledged it."""

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.core.case.acts.consent import NARROWED, acknowledgements
from answerable.core.register.shown import ShownCase
from answerable.web.form.asked import Choice
from answerable.web.form.room import Visit
from answerable.web.posted import Posted
from answerable.web.words import Words

CODE = str(NARROWED)
SCOPE = "scope"
WHO = ("secretariat", "member", "monitor", "public")
WHAT = ("names", "contact", "place", "files", "words")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A consent that was narrowed, and what those who hold what it covers said of it."""

    sequence: int
    purpose: str
    told: tuple[tuple[str, int], ...]


def choices(visit: Visit, posted: Posted | None) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return who and what can be ticked on the page of the act."""
    who, what = ((), ()) if posted is None else (_ticked(posted, "who"), _ticked(posted, "what"))
    return (
        tuple(Choice(one, visit.words.say(f"form-who.{one}"), one in who) for one in WHO),
        tuple(Choice(one, visit.words.say(f"form-narrow.{one}"), one in what) for one in WHAT),
    )


def scope(visit: Visit, posted: Posted, typed: str) -> str:
    """Return what was ticked as a sentence, before the words that were typed."""
    say = visit.words.say
    who = ", ".join(say(f"form-who.{one}") for one in _ticked(posted, "who"))
    what = ", ".join(say(f"form-narrow.{one}") for one in _ticked(posted, "what"))
    told = (
        say("form.narrow-who-is", who=who) if who else "",
        say("form.narrow-what-is", what=what) if what else "",
        typed,
    )
    return " ".join(filter(None, told))


def narrowings(words: Words, case: ShownCase) -> Iterator[Narrowing]:
    """Yield each narrowing of a consent on a case, with the acts that acknowledge it."""
    for sequence, acts in acknowledgements(case.envelopes).items():
        act = next(one for one in case.envelopes if one.sequence == sequence)
        purpose = words.word("choice", str(act.facts.get("purpose")))
        yield Narrowing(sequence, purpose, tuple((words.by(one.by), one.sequence) for one in acts))


def _ticked(posted: Posted, name: str) -> list[str]:
    allowed = WHO if name == "who" else WHAT
    return [one for one in allowed if one in posted.texts.get(f"narrow-{name}", ())]
