"""Places by code: what a gazetteer promises, and what it says about a submission's places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from answerable.core.case.notes import Note
from answerable.core.case.places import Level
from answerable.core.case.problems import Problem, UnknownPlaceCode
from answerable.core.case.reading import located
from answerable.core.case.submission import Submission
from answerable.core.case.submission_parts import Allegation, Place

LEVELS = ("country", "province", "district", "commune", "village")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place of a gazetteer: its code, level and names by language (at least one)."""

    code: str
    level: str
    names: dict[str, str] = field(hash=False)
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level of a place to be chosen: what there is to choose from, and what was chosen."""

    level: str
    offered: tuple[Found, ...]
    chosen: Found | None


class Gazetteer(Protocol):
    """Places with codes. No answer of a gazetteer ever stops a submission in free words."""

    def resolve(self, code: str) -> Found | None:
        """Return the place of this code, or None if the gazetteer knows none."""
        ...

    def suggest(self, text: str, *, within: str | None = None) -> tuple[Found, ...]:
        """Return the places whose name is text in some language, largest first, at most 20.

        ``within`` is the code of a place that holds them. Blanks, letter case and characters of no
        width do not count.
        """
        ...

    def below(self, code: str) -> tuple[Found, ...]:
        """Return the places that lie directly in the one of this code, in the order of codes."""
        ...

    def country_of(self, zone: str) -> str | None:
        """Return the code of the country that has this time zone of IANA, None if none is known."""
        ...


def steps_to(gazetteer: Gazetteer, country: str, codes: Mapping[str, str]) -> Iterator[Step]:
    """Yield the levels below a country, down to the first of which nothing is chosen.

    ``codes`` has what was chosen by level. What does not lie in the place chosen before it, or is
    no place of this level, is as if nothing had been chosen. No level is yielded that has no place.
    """
    within = country
    for level in LEVELS[1:]:
        offered = tuple(one for one in gazetteer.below(within) if one.level == level)
        if not offered:
            return
        chosen = next((one for one in offered if one.code == codes.get(level)), None)
        yield Step(level=level, offered=offered, chosen=chosen)
        if chosen is None:
            return
        within = chosen.code


def places_checked(
    submission: Submission,
    gazetteer: Gazetteer,
) -> tuple[list[Problem], list[Note]]:
    """Return what a gazetteer says: a code that it does not know is a problem, the rest notes."""
    problems: list[Problem] = []
    notes: list[Note] = []
    for item, path, place in _places(submission):
        within: str | None = None
        for name, level in _levels(place):
            found, wrong = _found(gazetteer, name, level, within)
            if wrong == UnknownPlaceCode.code:
                problem = UnknownPlaceCode("the gazetteer knows no such code")
                problems.append(located(problem, f"{path}/{name}", None))
            elif wrong is not None:
                notes.append(Note(wrong, item, {"level": name}))
            within = found.code if found is not None else within
    return problems, notes


def _found(
    gazetteer: Gazetteer,
    name: str,
    level: Level,
    within: str | None,
) -> tuple[Found | None, str | None]:
    """Return the one place that is meant, if that is clear, and the code of what is not."""
    if level.code is not None:
        found = gazetteer.resolve(level.code)
        if found is None or found.level != name:
            return None, UnknownPlaceCode.code
        is_outside = within is not None and not _lies_in(gazetteer, found, within)
        return found, "place-outside-place" if is_outside else None
    meant = [one for one in gazetteer.suggest(level.name or "", within=within) if one.level == name]
    if len(meant) > 1:
        return None, "place-ambiguous"
    return (meant[0] if meant else None), None


def _lies_in(gazetteer: Gazetteer, one: Found, code: str) -> bool:
    above: Found | None = one
    while above is not None and above.code != code:
        above = gazetteer.resolve(above.parent) if above.parent else None
    return above is not None


def _levels(place: Place) -> Iterator[tuple[str, Level]]:
    for name in LEVELS:
        level: Level | None = getattr(place, name)
        if level is not None:
            yield name, level


def _places(submission: Submission) -> Iterator[tuple[str, str, Place]]:
    for path, item in submission.items:
        if not isinstance(item, Allegation):
            continue
        if item.place is not None:
            yield path, f"{path}/place", item.place
        for one in item.instances:
            if one.place is not None:
                yield path, f"{path}/instances/{one.ordinal}/place", one.place
