"""Where it happened, step by step: no page lists more than what lies in the place before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from answerable.casework.gazetteer import Found, Step, steps_to
from answerable.core.case.problems import Problem
from answerable.locale.catalogue import LANGUAGES
from answerable.web.form.asked import Choice, explained, read_by, readers_of
from answerable.web.form.draft import Draft
from answerable.web.form.handed import handed
from answerable.web.form.pages import Fault
from answerable.web.form.questions import PLACE, PLACE_CODE, PLACE_LEVELS, WHEN_WHERE
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.posted import Posted


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """A level of a place: its list, where there is one, and the words that stand beside it."""

    id: str
    path: str
    label: str
    offered: tuple[Choice, ...]
    words: str
    error: str


def place_page(visit: Visit, item: int, posted: Posted | None) -> Response:
    """Show the levels of a place as far as they are chosen, or take what was chosen."""
    draft, faults = visit.begun(), list[Fault]()
    before = _chosen(draft, item)
    if posted is not None:
        _take(visit, draft, item, posted)
    problems = list(_problems(draft, item)) if posted is not None else []
    levels = list(_levels(visit, draft, item, problems))
    faults = [Fault(one.error, one.id) for one in levels if one.error]
    if posted is not None and not faults:
        goes_deeper = posted.has("more") and _chosen(draft, item) != before
        return visit.to(*((PLACE.number, item) if goes_deeper else (WHEN_WHERE.number, item)))
    listed = [one for one in levels if one.offered]
    return visit.page(
        "place.html",
        visit.words.say("form-page.place", number=item),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        listed=listed,
        levels=levels,
        is_written=any(one.words for one in levels) or not listed,
        readers=_readers(visit, draft, item),
        is_counted="public" in readers_of(draft, f"allegations/{item}/place/province"),
        is_deepest=len(listed) == len(PLACE_LEVELS)
        and any(c.is_chosen for c in listed[-1].offered),
        faults=faults,
        back=visit.address(WHEN_WHERE.number, item),
    )


def _take(visit: Visit, draft: Draft, item: int, posted: Posted) -> None:
    codes = {level: posted.text(f"{_path(item, level)}{PLACE_CODE}") for level in PLACE_LEVELS}
    chosen = {one.level: one.chosen for one in _steps(visit, codes)}
    for level in PLACE_LEVELS:
        path, found = _path(item, level), chosen.get(level)
        words = posted.text(path)
        if found is not None and not words.strip():
            # The record says it in letters too: codes outlive the lists that explain them.
            words = _name(found, visit.language)
        draft.put(path, (words,))
        draft.put(f"{path}{PLACE_CODE}", () if found is None else (found.code,))


def _steps(visit: Visit, codes: dict[str, str]) -> Iterator[Step]:
    gazetteer = visit.host.application.gazetteer
    country = gazetteer.country_of(visit.host.zone_name)
    return iter(()) if country is None else steps_to(gazetteer, country, codes)


def _levels(
    visit: Visit, draft: Draft, item: int, problems: Sequence[Problem]
) -> Iterator[ShownLevel]:
    codes = {level: draft.text(f"{_path(item, level)}{PLACE_CODE}") for level in PLACE_LEVELS}
    steps = {one.level: one for one in _steps(visit, codes)}
    wrong = {str(one.facts["field"]).rpartition(".")[2]: one for one in problems}
    for level in PLACE_LEVELS:
        step, label = steps.get(level), visit.words.say(f"question.{level}")
        problem = wrong.get(level)
        yield ShownLevel(
            f"q-{level}",
            _path(item, level),
            label,
            () if step is None else tuple(_offered(step, visit.language)),
            _written(draft.text(_path(item, level)), None if step is None else step.chosen),
            "" if problem is None else explained(problem, visit.words, label),
        )


def _offered(step: Step, language: str) -> Iterator[Choice]:
    for one in step.offered:
        yield Choice(one.code, _name(one, language), one == step.chosen)


def _written(words: str, found: Found | None) -> str:
    """Return the words that someone typed: those of the list are not shown as theirs."""
    listed = () if found is None else {_name(found, language) for language in LANGUAGES}
    return "" if words in listed else words


def _name(one: Found, language: str) -> str:
    """Return a place's name in a language, and that which people there or elsewhere call it."""
    first = one.names.get(language) or one.names.get("en") or one.code
    others = (one.names.get(name) for name in ("km", "en"))
    other = next((name for name in others if name and name != first), None)
    return first if other is None else f"{first} ({other})"


def _problems(draft: Draft, item: int) -> Iterator[Problem]:
    start = f"allegations[{item}].place."
    for one in handed(draft, "")[1]:
        if str(one.facts["field"]).startswith(start):
            yield one


def _chosen(draft: Draft, item: int) -> list[str]:
    return [draft.text(f"{_path(item, level)}{PLACE_CODE}") for level in PLACE_LEVELS]


def _readers(visit: Visit, draft: Draft, item: int) -> str:
    if not draft.answers.get("readers"):
        return ""
    return read_by(readers_of(draft, _path(item, PLACE_LEVELS[0])), visit.words)


def _path(item: int, level: str) -> str:
    return f"allegations/{item}/place/{level}"
