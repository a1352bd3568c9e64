"""Who is to read less from now on: what can be ticked, and who has acknowledged it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from answerable.core.case.acts.consent import NARROWED, acknowledgements
from answerable.core.register.shown import ShownCase
from answerable.locale.catalogue import Catalogue
from answerable.locale.field_words import item_in_words
from answerable.web.form.asked import Choice
from answerable.web.form.people import label_of
from answerable.web.form.room import Visit
from answerable.web.posted import Posted
from answerable.web.words import Words

CODE = str(NARROWED)
SCOPE, WHOSE = "scope", "whose"
WHO = ("secretariat", "member", "monitor", "public")
WHAT = ("names", "contact", "place", "files", "words")
_PERSON = re.compile("(allegations/([0-9]+))/targets/([0-9]+)/")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A consent that was narrowed, and what those who hold what it covers said of it."""

    sequence: int
    purpose: str
    told: tuple[tuple[str, int], ...]


def choices(
    visit: Visit, case: ShownCase, posted: Posted | None
) -> list[tuple[str, str, tuple[Choice, ...]]]:
    """Return whose consent, and who and what, can be ticked, each by its name and its question."""
    say = visit.words.say
    who = {one: say(f"form-who.{one}") for one in WHO}
    what = {one: say(f"form-narrow.{one}") for one in WHAT}
    offered = (
        (WHOSE, say("form.narrow-whose"), people(visit.words, case)),
        ("who", say("form.narrow-who"), who),
        ("what", say("form.narrow-what"), what),
    )
    return [
        (name, asked, tuple(Choice(one, of[one], one in _given(posted, name)) for one in of))
        for name, asked, of in offered
        if of
    ]


def people(words: Catalogue, case: ShownCase) -> Mapping[str, str]:
    """Return whom the case names as affected, where its sender is shown that and they are several.

    A consent is each person's own: of one alone nothing is asked.
    """
    said = case.first.said
    found = {one[0]: one for path in said if (one := _PERSON.match(path)) is not None}
    if len(found) < len(("one", "another")):
        return {}
    listed = sorted(found.items(), key=lambda item: (int(item[1][2]), int(item[1][3])))
    return {start: _called(words, said, one) for start, one in listed}


def _called(words: Catalogue, said: Mapping[str, object], person: re.Match[str]) -> str:
    of = item_in_words(words, person[1])
    called = label_of(lambda name: str(said.get(f"{person[0]}{name}") or ""))
    number = words.say("form.of-person", what=of, number=int(person[3]))
    return words.say("form.narrow-person", person=number, called=called or None)


def whose(visit: Visit, case: ShownCase, posted: Posted, typed: str) -> str:
    """Return whose consent was ticked, a line each, before the words that were typed."""
    offered = people(visit.words, case)
    ticked = [word for code, word in offered.items() if code in _given(posted, WHOSE)]
    return "\n".join(filter(None, (*ticked, typed)))


def typed(
    visit: Visit, case: ShownCase, posted: Posted, said: Mapping[str, str]
) -> Mapping[str, str]:
    """Return what the act says of what was ticked: whose consent, and how far it is narrowed."""
    of = whose(visit, case, posted, said.get(WHOSE, ""))
    narrowed = {SCOPE: scope(visit, posted, said.get(SCOPE, ""))}
    return {**narrowed, WHOSE: of} if of else narrowed


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
    return [one for one in allowed if one in _given(posted, name)]


def _given(posted: Posted | None, name: str) -> tuple[str, ...]:
    return () if posted is None else posted.texts.get(f"narrow-{name}", ())
