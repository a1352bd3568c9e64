"""The addresses of the form: a language, ``f``, and the number of a page. None names a case."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

from answerable.casework.form_room import FormsFull, FormTextFull
from answerable.casework.ports import StorageFailed
from answerable.core.errors import AnswerableError
from answerable.locale.catalogue import LANGUAGES
from answerable.web.errors import FormNotHere, NoSuchPage
from answerable.web.form import pages, receipt, sending, widening
from answerable.web.form.acting import act_page
from answerable.web.form.copies import FILE as COPY_FILE
from answerable.web.form.copies import copy_file, copy_page, put_back_page
from answerable.web.form.files import files
from answerable.web.form.known import known
from answerable.web.form.leaving import DAY, EXIT, day, leave
from answerable.web.form.offline.offered import FILE as OFFLINE_FILE
from answerable.web.form.offline.offered import offline_file, offline_page
from answerable.web.form.origin import told_by_browser
from answerable.web.form.own_dates import calendar
from answerable.web.form.places import place_page
from answerable.web.form.questions import (
    BEFORE,
    CHECK,
    COPY,
    FILES,
    KEY,
    KNOWN,
    MOST_ITEMS,
    OF_PEOPLE,
    PLACE,
    PUT_BACK,
    QUESTION_PAGES,
    RECEIPT,
    SPLIT,
    TASKS,
    At,
)
from answerable.web.form.reading_answer import READ, read_page
from answerable.web.form.returning import (
    ACT_PAGES,
    CASE,
    RETURN,
    case_file,
    case_page,
    come_back,
    left,
    sees,
    status_slip,
)
from answerable.web.form.room import (
    THEN,
    Host,
    Visit,
    is_check_of,
    token_in,
    visit_of,
)
from answerable.web.form.splitting import TEXT, split_page
from answerable.web.form.start import card, start
from answerable.web.http import Request, Response
from answerable.web.posted import Posted, posted

METHODS = frozenset({"GET", "HEAD", "POST"})
CALENDAR, SAFETY, STATUS = "calendar", "safety", "status"
_MOST_ACTS = 1_000_000
Page = Callable[[Visit, Posted | None], Response]

PAGES: Mapping[int, Page] = {
    BEFORE: pages.before,
    KNOWN: known,
    TASKS: lambda visit, _: pages.tasks(visit),
    FILES: files,
    CHECK: sending.check,
    RECEIPT: lambda visit, _: receipt.receipt(visit),
    KEY: receipt.key_asked_back,
    COPY: copy_page,
    PUT_BACK: put_back_page,
}
OF_ITEMS: Mapping[int, Callable[[Visit, int, Posted | None], Response]] = {
    PLACE.number: place_page,
    SPLIT: split_page,
}
"""Pages of one allegation beside that of its questions."""
OF_CASE: Mapping[str, Callable[[Visit], Response]] = {"": case_page, STATUS: status_slip}
"""Pages of a case that are only read."""
DOES_NOT_KEEP = frozenset({SPLIT, COPY, PUT_BACK})
"""Pages on which what is typed is no answer: it makes the form another, at once or not at all."""
NUMBERS = frozenset({*PAGES, *QUESTION_PAGES, *OF_ITEMS})


def is_of_form(path: str) -> bool:
    """Whether an address belongs to the form."""
    language, _, rest = path.removeprefix("/").partition("/")
    return path == EXIT or (language in LANGUAGES and rest.partition("/")[0] in {"f", SAFETY, DAY})


def takes_long(request: Request) -> bool:
    """Whether an answer takes as long to work out as a post does, so that few are at once."""
    _, _, rest = request.path.removeprefix("/").partition("/")
    return request.method == "POST" or rest == f"f/{COPY}/{COPY_FILE}"


def answer(host: Host, request: Request) -> Response:
    """Return what an address of the form answers.

    Raises:
        NoSuchPage: there is none.
        FormNotHere: the request comes from a page of another site, or did not come whole.
    """
    if request.path == EXIT:
        return leave(host, request)
    language, _, rest = request.path.removeprefix("/").partition("/")
    first, _, rest = rest.partition("/")
    place = f"/{first}/{rest}" if rest else f"/{first}"
    if first == DAY:
        return day(host, request, language)
    if first == SAFETY or request.method != "POST":
        visit = visit_of(host, request, language, place)
        return NAMED[first](visit) if first == SAFETY else _shown(visit, rest)
    told = told_by_browser(request)
    if told is False:
        raise FormNotHere("posted by another site")
    given = posted(request)
    if told is None and not _has_our_check(request, given):
        # A page of ours from before leaving, or one of another site: what it has is shown only.
        problem = FormNotHere("nothing says that a page of ours was filled in")
        return error(host, request, problem, HTTPStatus.FORBIDDEN, given=given)
    if given.is_short:
        # Half of a text would stand in the place of the whole one, or for ever on the record.
        raise FormNotHere("the line was lost before its end")
    # What is long on its way is read before: nobody waits for that.
    with host.turns.of(token_in(request)):
        visit = visit_of(host, request, language, place)
        try:
            return _posted(visit, rest, given)
        except FormNotHere as problem:
            # A tab from before a case was opened, or before leaving: what it has is in no other.
            return error(host, request, problem, HTTPStatus.FORBIDDEN, given=given)


NAMED: Mapping[str, Callable[[Visit], Response]] = {
    "": start,
    "card": card,
    "offline": offline_page,
    f"offline/{OFFLINE_FILE}": lambda _: offline_file(),
    SAFETY: pages.safety,
    RETURN: lambda visit: come_back(visit, None),
}


def _shown(visit: Visit, rest: str) -> Response:
    if rest in NAMED:
        return NAMED[rest](visit)
    if rest.partition("/")[0] == CASE:
        return _of_case(visit, rest, None)
    at, name = _place(rest)
    if at.page == RECEIPT and name:
        found = receipt.receipt_file(visit, name)
    elif at.page == COPY and name == COPY_FILE:
        found = copy_file(visit)
    elif at.page == CHECK and name == sending.PRINT and visit.draft is not None:
        found = sending.printed(visit)
    else:
        found = None if name else _numbered(visit, at)
    if found is None:
        raise NoSuchPage("nothing at this address")
    return found


def _numbered(visit: Visit, at: At) -> Response | None:
    if at.page not in NUMBERS:
        return None
    if at.page != BEFORE and visit.draft is None:
        # Nothing is begun by looking: a page that was kept leads to where one begins.
        return receipt.expired(visit) if at.page in {RECEIPT, KEY} else visit.to(BEFORE)
    return _page(visit, at, None)


def _has_our_check(request: Request, given: Posted) -> bool:
    return is_check_of(token_in(request), given.text("check"))


def _posted(visit: Visit, rest: str, given: Posted) -> Response:
    """Take what was typed, whatever became of the page it was typed on, and keep it."""
    if rest == RETURN or rest.partition("/")[0] == CASE:
        return _returned(visit, rest, given)
    at, name = _place(rest)
    number = at.page
    if name or number not in NUMBERS:
        raise NoSuchPage("nothing at this address")
    visit.is_checking = given.text(THEN) == str(CHECK)
    was_ours = visit.is_ours(given.text("check"))
    if visit.draft is not None and not was_ours:
        raise FormNotHere("a page of another form")
    lost = visit.draft is None and given.has("check") and bool(given.text("check"))
    if lost and number == SPLIT:
        # What is typed there is kept only with the text that it splits.
        raise FormNotHere("a page of a form that is gone")
    try:
        response = _page(visit, at, given)
        visit.save(visit.host.application.ruling.now())
    except (FormsFull, FormTextFull, StorageFailed) as problem:
        return _not_kept(visit, problem, at=at, given=given)
    if lost and number not in {BEFORE, PUT_BACK}:
        return visit.page("lost.html", visit.words.say("form.lost-title"), on=visit.address(TASKS))
    # What is typed on these pages is kept nowhere until they do what they are for.
    if given.asks_language and number not in {SPLIT, PUT_BACK}:
        return visit.to(*_parts(at), language=given.text("language"))
    return response


def _not_kept(visit: Visit, problem: AnswerableError, *, at: At, given: Posted) -> Response:
    """Show the same page with what was typed: it is nowhere else."""
    had_draft = visit.draft is not None
    if at.page == CHECK and visit.draft is not None and visit.draft.number:
        # It was sent, and only that could not be kept: number and key are shown now.
        return receipt.receipt(visit)
    if at.page in DOES_NOT_KEEP:
        # What it would have done was not done: neither a key nor a half of a text is shown.
        visit.as_kept()
        given = replace(given, texts={**given.texts, "language": (visit.language,)})
        visit.shown_only(problem)
        return _page(visit, at, given)
    visit.shown_only(problem)
    if not had_draft and at.page != BEFORE:
        _page(visit, at, given)
    return _page(visit, at, None)


def _returned(visit: Visit, rest: str, given: Posted) -> Response:
    """Take the return key, or what is done in the case that it opened."""
    if given.asks_language and (rest == RETURN or visit.state.case):
        return _in_language(visit, rest, given)
    if rest == RETURN:
        response = come_back(visit, given)
    elif not sees(visit):
        # What was typed cannot be recorded without the case: it is shown again to be copied.
        return visit.page(
            "gone.html",
            visit.words.say("form.gone-title"),
            back=visit.address(RETURN),
            texts=_texts(given),
        )
    elif not visit.is_ours(given.text("check")):
        raise FormNotHere("a page of another form")
    else:
        response = _of_case(visit, rest, given)
    try:
        visit.save(visit.host.application.ruling.now())
    except (FormsFull, FormTextFull, StorageFailed) as problem:
        if rest == RETURN:
            visit.shown_only(problem)
            return come_back(visit, None, given.text("key"))
        # What was done is on record: that it is not told once more is all that is lost.
    return response


def _in_language(visit: Visit, rest: str, given: Posted) -> Response:
    """Show the same page with what was typed, in another language. Nothing is done by that."""
    visit.language = given.text("language")
    return come_back(visit, given) if rest == RETURN else _of_case(visit, rest, given)


def _of_case(visit: Visit, rest: str, given: Posted | None) -> Response:
    """Return a page of the case that the return key opened, or the way to the key."""
    if not sees(visit):
        return visit.to(RETURN)
    first, _, second = rest.removeprefix(CASE).removeprefix("/").partition("/")
    if first in OF_CASE and not second:
        return OF_CASE[first](visit)
    if first == "close" and given is not None and not given.asks_language:
        return left(visit)
    if second or first == CALENDAR:
        return _of_acts(visit, first, second, given)
    if first in ACT_PAGES and given is None:
        # The address of a page tells whoever looks into the history no more than a number.
        return visit.to(CASE, ACT_PAGES[first])
    code = _act_at(first)
    page = widening.widening_page if code in widening.PAGES else act_page
    return page(visit, code, given)


def _act_at(name: str) -> str:
    """Return the act whose page has a number, or the name as it is."""
    numbers = {str(number): code for code, number in ACT_PAGES.items()}
    return numbers.get(name, name)


def _of_acts(visit: Visit, name: str, number: str, given: Posted | None) -> Response:
    """Return a file of the case, or of one of its acts, or the page on which an answer is read."""
    is_number = number.isascii() and number.isdecimal() and len(number) < len(str(_MOST_ACTS))
    sequence = int(number) if is_number else 0
    if name == CALENDAR and not number:
        return _found(calendar(visit, visit.state.case))
    if name == READ and sequence:
        return read_page(visit, sequence, given)
    return _found(case_file(visit, name, sequence))


def _found(response: Response | None) -> Response:
    if response is None:
        raise NoSuchPage("no such file of the case")
    return response


def _page(visit: Visit, at: At, given: Posted | None) -> Response:
    draft, number = visit.draft, at.page
    # Once it was sent, a draft writes nothing more. Its key is not lost by beginning another.
    ways = {RECEIPT, KEY} if draft is not None and draft.key else {RECEIPT, KEY, BEFORE}
    if draft is not None and draft.number and number not in ways:
        return visit.to(RECEIPT)
    if number in OF_ITEMS:
        return OF_ITEMS[number](visit, at.item, given)
    if number in QUESTION_PAGES:
        return pages.questions(visit, at, given)
    return PAGES[number](visit, given)


def _parts(at: At) -> tuple[int, ...]:
    page = QUESTION_PAGES.get(at.page)
    has_items = at.page in OF_ITEMS or (page is not None and page.item not in {"", "quick"})
    return at.parts if has_items else (at.page,)


def _place(rest: str) -> tuple[At, str]:
    """Return what an address names, and what stands where it has no number that could be meant."""
    first, _, second = rest.partition("/")
    number = int(first) if first.isascii() and first.isdecimal() and len(first) < len("100") else 0
    counts = [_count(one) for one in second.split("/")]
    if not second or len(counts) > (2 if number in OF_PEOPLE else 1) or not all(counts):
        return At(number, 1), second
    return At(number, *counts), ""


def _count(said: str) -> int:
    """Return the number of an item or a person, 0 for what is none."""
    is_number = said.isascii() and said.isdecimal() and len(said) <= len("100")
    return int(said) if is_number and int(said) <= MOST_ITEMS else 0


def error(
    host: Host,
    request: Request,
    problem: AnswerableError,
    status: HTTPStatus,
    *,
    given: Posted | None = None,
) -> Response:
    """Return an error in its three parts, with a way on. No draft is opened for it.

    What was ``given`` stands on it to be copied.
    """
    language = request.path.removeprefix("/").partition("/")[0]
    visit = Visit(host, request, language if language in LANGUAGES else LANGUAGES[0], "/f")
    explained = visit.words.explain(problem.code, problem.facts)
    lines = [line for line in (explained.means, explained.do) if line]
    return visit.page("error.html", explained.what, status=status, lines=lines, texts=_texts(given))


def _texts(given: Posted | None) -> list[str]:
    """Return what was typed in what was sent, and not what a page has of its own."""
    named = {} if given is None else given.texts
    return [
        text
        for name, one in named.items()
        if "/" in name or name == TEXT or name.startswith(("part-", "caption-"))
        for text in one
        if text
    ]
