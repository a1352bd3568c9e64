"""The pages of the form before it is sent: what is read first, the tasks, the questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from answerable.casework.kept_forms import KEPT_DAYS
from answerable.core.case.dates import When
from answerable.core.case.problems import NothingSaid, Problem
from answerable.core.case.vocabulary import OTHER
from answerable.locale.field_words import item_in_words
from answerable.locale.visible import shortened
from answerable.web.form import people
from answerable.web.form.asked import (
    change_in_words,
    field_path,
    of_person,
    shown_questions,
    size_words,
    task_in_words,
)
from answerable.web.form.draft import Draft, numbered
from answerable.web.form.handed import handed
from answerable.web.form.leaving import DAY, TRIED
from answerable.web.form.questions import (
    ALLEGATION,
    ALLEGATION_PAGES,
    BEFORE,
    CHECK,
    CONCERN,
    CONSENT,
    COPY,
    DANGER,
    FILES,
    KNOWN,
    MOST_ITEMS,
    PLACE,
    PLACE_LEVELS,
    PUT_BACK,
    QUESTION_PAGES,
    QUICK,
    REQUEST,
    SENT_BEFORE,
    SHARED,
    SPLIT,
    TASKS,
    WHAT_SHOWS_IT,
    WHEN_WHERE,
    WHO_WAS_AFFECTED,
    At,
    Page,
    page_of,
)
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.posted import Posted

__all__ = ["BEFORE", "KNOWN", "TASKS", "before", "questions", "tasks"]

TITLE = 60
"""The letters of a title that stands in a row of the tasks."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the summary of what is wrong: what, and where on the page.

    ``change`` is what a link beside it says, where it is mended on another page.
    """

    text: str
    id: str
    change: str = ""


def safety(visit: Visit) -> Response:
    """F16: what can be seen by others, and what to do about it."""
    return visit.page("safety.html", visit.words.say("form.safety-title"), days=KEPT_DAYS)


def before(visit: Visit, posted: Posted | None) -> Response:
    """F2: what the leave button does and does not do, before anything private is shown."""
    if posted is None or posted.asks_language:
        visit.looked()
        say = visit.words.say
        return visit.page(
            "before.html",
            say("form.before-title"),
            days=KEPT_DAYS,
            trying=f"/{visit.language}/{DAY}?{TRIED}=yes",
        )
    if visit.draft is not None and visit.draft.number:
        # Another report, or another person at this browser: what was sent is left behind.
        visit.state.draft = None
        visit.renewed()
    visit.begun()
    return visit.to(KNOWN)


def tasks(visit: Visit) -> Response:
    """F4: what there is to fill in, in any order, and how far each of it is."""
    draft = visit.begun()
    first, *others = _other_rows(visit, draft)
    return visit.page(
        "tasks.html",
        visit.words.say("form.tasks-title"),
        rows=[first, *_item_rows(visit, draft)],
        others=others,
        echoes=list(echoes(visit)),
        quick=visit.address(QUICK.number),
        more=[
            (visit.address(page.number, next_number(draft, page.item)), visit.words.say(key))
            for page, key in (
                (ALLEGATION, "form.add-allegation"),
                (CONCERN, "form.add-concern"),
                (REQUEST, "form.add-request"),
            )
        ],
        can_send=bool(draft.pages & {"known"}) and any(map(draft.items, _ITEMS)),
        send=visit.address(CHECK),
        copy=visit.address(COPY),
        put_back=visit.address(PUT_BACK),
    )


_ITEMS = ("allegations", "concerns", "requests")


def next_number(draft: Draft, name: str) -> int:
    """Return the number that a further allegation, concern or request gets."""
    return max(draft.items(name), default=0) + 1


def _item_rows(visit: Visit, draft: Draft) -> Iterator[dict[str, Any]]:
    """Yield a row for each concern and request, and for each page of each allegation."""
    for page in (ALLEGATION, CONCERN, REQUEST):
        for number in draft.items(page.item):
            start = f"{page.item}/{number}"
            title = shortened(draft.text(f"{start}/title") or draft.text(f"{start}/what"), TITLE)
            state = "" if draft.text(f"{start}/what") else visit.words.say("form.no-words-yet")
            row = {"name": item_in_words(visit.words, start, title), "state": state}
            if page is ALLEGATION:
                yield {**row, "pages": list(_page_rows(visit, draft, number))}
            else:
                yield {**row, "href": visit.address(page.number, number)}


def _page_rows(visit: Visit, draft: Draft, number: int) -> Iterator[dict[str, Any]]:
    for page in ALLEGATION_PAGES:
        first, *others = draft.people(number) or [1]
        at = At(page.number, number, first)
        is_placed = page is WHEN_WHERE and bool(place_words(draft, number))
        state = "form.completed" if is_placed or people.is_filled(draft, at) else ""
        state = "form.people-count" if page is WHO_WAS_AFFECTED and others else state
        yield {
            "href": visit.address(*at.parts),
            "name": task_in_words(visit.words, page.number),
            "label": f"{task_in_words(visit.words, page.number)}, "
            + item_in_words(visit.words, f"{page.item}/{number}"),
            "state": visit.words.say(state, count=len(others) + 1) if state else "",
        }


def _other_rows(visit: Visit, draft: Draft) -> Iterator[dict[str, Any]]:
    say = visit.words.say
    count = len(draft.files)
    starts = {"known": "level", "consent": "consent", "danger": "danger-now"}
    for number, code in (
        (KNOWN, "known"),
        (FILES, "files"),
        (CONSENT.number, CONSENT.code),
        (DANGER.number, DANGER.code),
        (SENT_BEFORE.number, SENT_BEFORE.code),
    ):
        start = starts.get(code, code)
        is_filled = any(path.startswith(start) for path in draft.answers)
        state = say("form.completed") if is_filled else ""
        if code == "files":
            size = size_words(visit.words, sum(one.size for one in draft.files))
            told = [say("form.files-count", count=count, size=size)] if count else []
            left = len(draft.refused)
            state = ". ".join([*told, *([say("form.files-not-added", count=left)] if left else [])])
        yield {
            "href": visit.address(number),
            "name": say(f"form-task.{code}"),
            "state": state,
            "done": bool(state),
        }


def questions(visit: Visit, at: At, posted: Posted | None) -> Response:
    """F5, F7 and the other pages of questions: shown, or taken and kept."""
    page, draft = QUESTION_PAGES[at.page], visit.begun()
    at = at._replace(item=1) if page is QUICK else at
    if posted is None and (other := people.instead_of(draft, at)) is not None:
        return visit.to(*other.parts)
    problems: list[Problem] = []
    if posted is not None:
        if not (posted.has("remove") or people.is_removed(at, posted)):
            take(draft, page, at, posted)
        if posted.is_cut:
            visit.cut()
        if (left := _removed(visit, page, at, posted)) is not None:
            return left
        problems = [one for one in _problems(draft, page, at.item) if _is_asked(one, draft, at)]
    shown = shown_questions(
        page,
        draft,
        visit.words,
        at=at,
        problems=problems,
        is_taken=posted is not None,
    )
    faults = [Fault(one.error, one.id) for one in shown if one.error]
    if posted is not None and not (problems or faults):
        draft.pages.add(page.code)
        if not posted.is_cut:
            return _onward(visit, page, at, posted)
    return visit.page(
        "questions.html",
        _title(visit, page, at),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems or faults else HTTPStatus.OK,
        page=page,
        lead=visit.words.say(f"form-lead.{page.code}"),
        questions=shown,
        faults=faults,
        place=place_words(draft, at.item) if page is WHEN_WHERE else None,
        is_danger=page is DANGER,
        **_buttons(visit, page, at),
        **_of_people(visit, at),
    )


def _title(visit: Visit, page: Page, at: At) -> str:
    title = visit.words.say(f"form-page.{page.code}", number=at.item)
    return of_person(visit.words, title, people.ordinal(visit.begun(), at))


def _buttons(visit: Visit, page: Page, at: At) -> dict[str, bool | str]:
    """Return what can be done on a page beside saving it, and what removing it would remove."""
    is_one_of = page in ALLEGATION_PAGES
    can_be_removed = page in {ALLEGATION, CONCERN, REQUEST}
    return {
        "can_split": page is ALLEGATION,
        "can_repeat": page in {ALLEGATION, WHAT_SHOWS_IT},
        "can_go_back": is_one_of and page is not ALLEGATION and not visit.is_checking,
        "can_stop": is_one_of and page is not WHAT_SHOWS_IT and not visit.is_checking,
        "can_remove": can_be_removed and at.item in visit.begun().items(page.item),
        "of": visit.begun().mark(f"{page.item}/{at.item}"),
    }


def _of_people(visit: Visit, at: At) -> dict[str, Any]:
    """Return who is affected so far, who of them the page is of, and whether there can be more."""
    draft = visit.begun()
    is_theirs = at.page == WHO_WAS_AFFECTED.number
    is_one_of = people.ordinal(draft, at) is not None
    return {
        "affected": people.listed(draft, visit.words, at),
        "called": people.called(draft, visit.words, at) if is_one_of else "",
        "can_add": is_theirs and people.next_person(draft, at.item) is not None,
        "most": people.MOST,
    }


def _removed(visit: Visit, page: Page, at: At, posted: Posted) -> Response | None:
    """Remove what a button says, and return the way on; None where none says so."""
    start = f"{page.item}/{at.item}"
    if posted.has("remove"):
        # The same post again, when the next part has moved up, removes nothing.
        if posted.text("of") == visit.begun().mark(start):
            visit.begun().drop(start)
        return visit.onward()
    if page is WHO_WAS_AFFECTED and posted.has(people.REMOVE):
        return visit.to(*people.removed(visit.begun(), at, posted).parts)
    return None


def _problems(draft: Draft, page: Page, number: int) -> Iterator[Problem]:
    for start in _starts(page, number):
        yield from problems_below(draft, start)


def _is_asked(problem: Problem, draft: Draft, at: At) -> bool:
    """Whether a page asks for what is wrong: what others ask for is told there."""
    path = field_path(problem, draft)
    if at.page == QUICK.number:
        return path in {one.at(1) for one in QUICK.questions}
    asked = page_of(path)
    return (asked.page, asked.person) == (at.page, at.person)


def take(draft: Draft, page: Page, at: At, posted: Posted) -> None:
    """Take what was answered on a page in the place of what was answered before."""
    # Also of a page that a browser was given before people had numbers.
    texts = {numbered(name): given for name, given in posted.texts.items()}
    for one in page.questions:
        path = one.at(at.item, at.person)
        if posted.is_cut and path not in texts:
            # It was not said: what came before it was too long to be read to the end.
            continue
        given = texts.get(path, ())
        if one.choices:
            given = tuple(code for code in given if code in (*one.choices, OTHER))
        draft.put(path, given)


def place_words(draft: Draft, item: int) -> str:
    """Say the place that was chosen or written, from the smallest level up."""
    words = (draft.text(f"allegations/{item}/place/{level}") for level in reversed(PLACE_LEVELS))
    return ", ".join(filter(None, words))


def _onward(visit: Visit, page: Page, at: At, posted: Posted) -> Response:
    draft = visit.begun()
    if (aside := _aside(page, posted)) is not None:
        return visit.to(aside, at.item)
    if posted.has("split"):
        target = next_number(draft, page.item)
        if target <= MOST_ITEMS:
            draft.copy(f"{page.item}/{at.item}", f"{page.item}/{target}", SHARED)
            return visit.to(ALLEGATION.number, target)
    unasked = people.asked_next(draft, at) if visit.is_checking else None
    if (other := people.chosen(draft, at, posted) or unasked) is not None:
        return visit.to(*other.parts)
    if page in ALLEGATION_PAGES and not visit.is_checking and not posted.has("stop"):
        steps = people.steps(draft, at)
        step = steps.index(at) + (-1 if posted.has("back") else 1)
        if 0 <= step < len(steps):
            return visit.to(*steps[step].parts)
    return visit.to(CHECK) if page is QUICK else visit.onward()


def _aside(page: Page, posted: Posted) -> int | None:
    """Return the page of the same item to which a button leads, None where none was pressed."""
    asides = (("place", WHEN_WHERE, PLACE.number), ("split-text", ALLEGATION, SPLIT))
    return next((to for name, asker, to in asides if posted.has(name) and page is asker), None)


def _starts(page: Page, number: int) -> tuple[str, ...]:
    if page is QUICK:
        return ("allegations/1", "speaker")
    if page.item:
        return (f"{page.item}/{number}",)
    return tuple({one.path.partition("/")[0] for one in page.questions})


def problems_below(draft: Draft, start: str) -> list[Problem]:
    """Return what is wrong below a path. That something is not said yet is not wrong."""
    _, found = handed(draft, "")
    return [
        one
        for one in found
        if not isinstance(one, NothingSaid) and f"{field_path(one, draft)}/".startswith(f"{start}/")
    ]


@dataclass(frozen=True, slots=True)
class Echo:
    """A date as it was typed, and as it was read: to be looked over, not to be confirmed."""

    told: str
    href: str
    change: str


def echoes(visit: Visit, *, is_checking: bool = False) -> Iterator[Echo]:
    """Yield each date that was typed, with what it was read as, or that it was not."""
    submission, _ = handed(visit.begun(), "")
    to = visit.change if is_checking else visit.address
    for item in () if submission is None else submission.allegations:
        if item.date is not None and (told := _read_as(visit, item.date)):
            is_quick = "quick" in visit.begun().pages
            place = (QUICK.number,) if is_quick else (WHEN_WHERE.number, item.ordinal)
            yield Echo(told, to(*place), change_in_words(visit.words, *place))


def _read_as(visit: Visit, when: When) -> str:
    """Say as which days a date was read; where it has digits, also that it was read as none."""
    say, typed = visit.words.say, " - ".join(filter(None, when.typed))
    ends = [one for one in (when.first, when.last) if one]
    if not ends:
        has_digits = any(sign.isdecimal() for sign in typed)
        return say("form.echo-unread", typed=typed) if has_digits else ""
    days = [visit.words.day(one.isoformat()) for one in ends]
    is_one = len(set(days)) == 1
    read = days[0] if is_one else say("page.span", first=days[0], last=days[-1])
    told = say("form.echo", typed=typed, read=read)
    today = datetime.fromtimestamp(visit.host.application.ruling.now() / 1000, UTC)
    if ends[0] > today.astimezone(visit.host.zone).date():
        return f"{told} {say('form.echo-to-come')}"
    return told
