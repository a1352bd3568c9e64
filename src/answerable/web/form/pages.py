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
from answerable.locale.visible import shortened
from answerable.web.form.asked import (
    change_in_words,
    field_path,
    shown_questions,
    size_words,
)
from answerable.web.form.draft import Draft
from answerable.web.form.handed import handed
from answerable.web.form.leaving import DAY, TRIED
from answerable.web.form.questions import (
    ALLEGATION,
    BEFORE,
    CHECK,
    CONCERN,
    CONSENT,
    COPY,
    DANGER,
    FILES,
    KNOWN,
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
    Page,
    page_of,
)
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.posted import Posted

__all__ = ["BEFORE", "KNOWN", "TASKS", "before", "questions", "tasks"]

MOST_ITEMS = 100
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
    keys = {"allegations": "web.allegation", "concerns": "web.concern", "requests": "web.request"}
    for page in (ALLEGATION, CONCERN, REQUEST):
        for number in draft.items(page.item):
            start = f"{page.item}/{number}"
            title = shortened(draft.text(f"{start}/title") or draft.text(f"{start}/what"), TITLE)
            yield {
                "href": visit.address(page.number, number),
                "name": visit.words.say(keys[page.item], number=number, title=title or None),
                "state": ""
                if draft.text(f"{start}/what")
                else visit.words.say("form.no-words-yet"),
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


def questions(visit: Visit, number: int, item: int, posted: Posted | None) -> Response:
    """F5, F7 and the other pages of questions: shown, or taken and kept."""
    page, draft = QUESTION_PAGES[number], visit.begun()
    at = 1 if page is QUICK else item
    problems: list[Problem] = []
    if posted is not None:
        take(draft, page, at, posted)
        if posted.is_cut:
            visit.cut()
        problems = [
            problem
            for one in _starts(page, at)
            for problem in problems_below(draft, one)
            # What is wrong with a level of a place is told on the page that asks for it.
            if page_of(field_path(problem))[0] != PLACE.number
        ]
        if posted.has("remove"):
            draft.drop(f"{page.item}/{at}")
            return visit.onward()
        if not problems:
            draft.pages.add(page.code)
            if not posted.is_cut:
                return _onward(visit, page, at, posted)
    shown = shown_questions(page, draft, visit.words, number=at, problems=problems)
    return visit.page(
        "questions.html",
        visit.words.say(f"form-page.{page.code}", number=at),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK,
        page=page,
        lead=visit.words.say(f"form-lead.{page.code}"),
        questions=shown,
        faults=[Fault(one.error, one.id) for one in shown if one.error],
        at=(number, item) if page.item and page is not QUICK else (number,),
        can_split=page is ALLEGATION,
        place=place_words(draft, at) if page is ALLEGATION else None,
        can_remove=page.item in _ITEMS and at in draft.items(page.item),
        is_danger=page is DANGER,
    )


def take(draft: Draft, page: Page, number: int, posted: Posted) -> None:
    """Take what was answered on a page in the place of what was answered before."""
    for one in page.questions:
        path = one.at(number)
        if posted.is_cut and not posted.has(path):
            # It was not said: what came before it was too long to be read to the end.
            continue
        given = posted.texts.get(path, ())
        if one.choices:
            given = tuple(code for code in given if code in (*one.choices, OTHER))
        draft.put(path, given)


def place_words(draft: Draft, item: int) -> str:
    """Say the place that was chosen or written, from the smallest level up."""
    words = (draft.text(f"allegations/{item}/place/{level}") for level in reversed(PLACE_LEVELS))
    return ", ".join(filter(None, words))


def _onward(visit: Visit, page: Page, number: int, posted: Posted) -> Response:
    aside = {"place": PLACE.number, "split-text": SPLIT}
    for name, at in aside.items():
        if posted.has(name) and page is ALLEGATION:
            return visit.to(at, number)
    if posted.has("split"):
        target = next_number(visit.begun(), page.item)
        if target <= MOST_ITEMS:
            visit.begun().copy(f"{page.item}/{number}", f"{page.item}/{target}", SHARED)
            return visit.to(page.number, target)
    return visit.to(CHECK) if page is QUICK else visit.onward()


def _starts(page: Page, number: int) -> tuple[str, ...]:
    if page is QUICK:
        return ("allegations/1", "speaker")
    if page.item:
        return (f"{page.item}/{number}",)
    return tuple({one.path.partition("/")[0] for one in page.questions})


def problems_below(draft: Draft, start: str) -> list[Problem]:
    """Return what is wrong below a path. That something is not said yet is not wrong."""
    _, found = handed(draft, "")
    wanted = start.replace("/", "[", 1) + ("]" if "/" in start else "")
    return [
        one
        for one in found
        if not isinstance(one, NothingSaid) and str(one.facts["field"]).startswith(wanted)
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
            place = (QUICK.number,) if is_quick else (ALLEGATION.number, item.ordinal)
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
