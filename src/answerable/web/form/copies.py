"""F4: a locked copy of what was typed is saved to the phone, and put back from there."""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from answerable.casework.form_copies import NoFormCopy
from answerable.core.case import limits
from answerable.core.case.vocabulary import OTHER
from answerable.core.copy_key import CopyKey, copy_key, typed_copy_key
from answerable.core.errors import AnswerableError
from answerable.web.form.draft import Draft, numbered
from answerable.web.form.handed import value_of
from answerable.web.form.known import known_faults
from answerable.web.form.pages import Fault
from answerable.web.form.questions import (
    COPY,
    LEVELS,
    MOST_ITEMS,
    PLACE,
    PLACE_CODE,
    PLACE_LEVELS,
    PUT_BACK,
    QUESTION_PAGES,
    READERS,
    RETURN_SHOWS,
    SEALED,
    SHOWS,
    TASKS,
    Question,
)
from answerable.web.form.room import Visit, status_of
from answerable.web.http import BYTES, Response
from answerable.web.posted import Posted

FILE = "save.dat"
"""Says nothing of what it is: it lies among the pictures of a telephone."""

FORMAT = "answerable/form-copy/v1"
_ITEM = re.compile(r"(allegations|concerns|requests)/([0-9]{1,3})/(.+)")
_PERSON = re.compile(r"(allegations/[0-9]{1,3}/targets)/([0-9]{1,3})/(.+)")
_SPEAKER = ("speaker/organisation", "speaker/name", "speaker/contact")


def copy_page(visit: Visit, posted: Posted | None) -> Response:
    """Make the key of this form's copies when that is asked for, and show it with the copy."""
    draft = visit.begun()
    if posted is not None and not posted.asks_language:
        if not draft.copy_key:
            draft.copy_key = copy_key(visit.host.application.random(32)).digits
        return visit.to(COPY)
    return visit.page(
        "copy.html",
        visit.words.say("form-page.copy"),
        key=CopyKey(draft.copy_key).groups if draft.copy_key else (),
        files=len(draft.files),
        name=FILE,
        save=visit.address(COPY, FILE),
        put_back=visit.address(PUT_BACK),
        tasks=visit.address(TASKS),
    )


def copy_file(visit: Visit) -> Response | None:
    """Return the copy of what is typed now, None before its key was shown."""
    draft = visit.draft
    if draft is None or not draft.copy_key:
        return None
    said = {"answers": draft.answers, "format": FORMAT}
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    octets = visit.host.application.form_copies.sealed(CopyKey(draft.copy_key), plain)
    disposition = ("Content-Disposition", f'attachment; filename="{FILE}"')
    return Response(octets, BYTES, headers=(disposition,), private=True)


def put_back_page(visit: Visit, posted: Posted | None) -> Response:
    """Take a copy and its key, and put what it holds in the place of what is in the form."""
    draft, faults, status = visit.begun(), list[Fault](), HTTPStatus.OK
    if posted is not None and posted.asks_language:
        visit.language = posted.text("language")
    if posted is not None and not posted.asks_language:
        try:
            faults = list(_put_back(visit, draft, posted))
        except AnswerableError as problem:
            told = visit.words.explain(problem.code, problem.facts)
            text = " ".join(filter(None, (told.what, told.means, told.do)))
            at = "copy" if isinstance(problem, NoFormCopy) else "key"
            faults, status = [Fault(text, at)], status_of(problem)
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else status
            if not faults:
                return visit.to(TASKS)
    return visit.page(
        "put-back.html",
        visit.words.say("form-page.put-back"),
        status=status,
        has_words=not draft.says_nothing,
        typed="" if posted is None else posted.text("key"),
        faults=faults,
        tasks=visit.address(TASKS),
    )


def _put_back(visit: Visit, draft: Draft, posted: Posted) -> Iterator[Fault]:
    """Put a copy back, or yield what is missing for that; a repeated post changes nothing more."""
    if posted.is_cut or not posted.files:
        yield Fault(visit.words.say("form.put-back-file"), "copy")
        return
    key = typed_copy_key(posted.text("key"))
    plain = visit.host.application.form_copies.opened(key, posted.files[0].data)
    answers = dict(restored(_answers(plain)))
    is_there = draft.says_nothing or answers == draft.answers
    if not is_there and posted.text("replace") != "yes":
        yield Fault(visit.words.say("form.put-back-replaces"), "replace")
        return
    draft.answers = answers
    # Further copies of it have the key that its writer knows.
    draft.copy_key = key.digits
    draft.pages = set() if list(known_faults(visit, draft)) else {"known"}


def _answers(plain: bytes) -> Mapping[str, list[str]]:
    """Return what a copy holds. Whoever has its key may have made it: nothing of it is trusted."""
    try:
        value: Any = json.loads(plain)
    except (ValueError, RecursionError):
        raise NoFormCopy("not JSON") from None
    said = value.get("answers") if isinstance(value, dict) else None
    if not isinstance(said, dict) or value.get("format") != FORMAT:
        raise NoFormCopy("not a form")
    return {
        path: given
        for path, given in said.items()
        if isinstance(given, list) and given and all(isinstance(one, str) for one in given)
    }


def submission_in(plain: bytes) -> Mapping[str, Any]:
    """Return what a copy holds as the value that a file of a submission would hold.

    Raises:
        NoFormCopy: what was locked is no form.
    """
    draft = Draft(UUID(int=0), "", answers=dict(restored(_answers(plain))))
    said: Mapping[str, Any] = _without_blanks(value_of(draft, ""))
    return said


def _without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_blanks(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in ("", [], {}, None)}
    return [_without_blanks(one) for one in value] if isinstance(value, list) else value


def restored(said: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield what a form could hold of these answers: what its pages ask for, and no other."""
    said = {numbered(path): given for path, given in said.items()}
    numbers = _numbers(said, _ITEM, MOST_ITEMS) | _numbers(said, _PERSON, limits.TARGETS)
    for path, given in said.items():
        place = _place(path, numbers)
        if place is not None:
            question, at = place
            taken = _of_item(question, given) if question != path else _whole(path, given)
            if taken:
                yield at, taken


def _place(path: str, numbers: Mapping[tuple[str, str], int]) -> tuple[str, str] | None:
    """Return which question a path answers, and where it is put; None beyond what a form takes."""
    item, person = _ITEM.fullmatch(path), _PERSON.fullmatch(path)
    if item is None:
        return path, path
    number, kind, rest = numbers.get((item[1], item[2])), item[1], item[3]
    if person is None:
        return None if number is None else (f"{kind}/{{n}}/{rest}", f"{kind}/{number}/{rest}")
    one, rest = numbers.get((person[1], person[2])), person[3]
    if number is None or one is None:
        return None
    return f"{kind}/{{n}}/targets/{{m}}/{rest}", f"{kind}/{number}/targets/{one}/{rest}"


def _numbers(
    said: Mapping[str, list[str]], counted: re.Pattern[str], most: int
) -> dict[tuple[str, str], int]:
    """Return the new number of each item or person: from 1 on without a gap, as many as fit."""
    found: dict[str, dict[str, int]] = {}
    for path in said:
        if (one := counted.fullmatch(path)) is not None and int(one[2]) > 0:
            found.setdefault(one[1], {})[one[2]] = int(one[2])
    return {
        (kind, old): new
        for kind, listed in found.items()
        for new, old in enumerate(sorted(listed, key=lambda one: listed[one]), start=1)
        if new <= most
    }


def _whole(path: str, given: list[str]) -> list[str]:
    if path == "level":
        return [one for one in given[:1] if one in LEVELS and one != SEALED]
    if "{" in path:
        # How a question writes the number of an item, and no path of an answer.
        return []
    if path == RETURN_SHOWS:
        return [one for one in given[:1] if one in SHOWS]
    if path == "readers":
        return [code for code in READERS if code in given]
    return given[:1] if path in _SPEAKER else _answer(path, given)


def _of_item(question: str, given: list[str]) -> list[str]:
    codes = {f"allegations/{{n}}/place/{level}{PLACE_CODE}" for level in PLACE_LEVELS}
    return given[:1] if question in codes else _answer(question, given)


def _answer(path: str, given: list[str]) -> list[str]:
    question = _QUESTIONS.get(path)
    if question is None:
        return []
    if question.choices:
        return [code for code in dict.fromkeys((*question.choices, OTHER)) if code in given]
    return given[:1]


_QUESTIONS: Mapping[str, Question] = {
    question.path: question
    for page in (*QUESTION_PAGES.values(), PLACE)
    for question in page.questions
}
