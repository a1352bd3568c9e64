"""F5: one text that holds two assertions becomes two parts, each to be judged by itself."""

from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

from answerable.core.case.splitting import MARK, beginnings, parted, parted_at_mark
from answerable.locale.visible import shortened
from answerable.web.errors import FormNotHere
from answerable.web.form.draft import Draft
from answerable.web.form.pages import Fault, next_number
from answerable.web.form.questions import ALLEGATION, MOST_ITEMS, SHARED, SPLIT, TASKS
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.posted import Posted

BEGINS, TEXT, OF = "begins", "text", "of"
AT_MARK = "mark"
_SHOWN = 160
"""The letters of the longest beginning that is shown whole."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A place where the second part may begin, with the words that it begins with."""

    at: int
    words: str
    is_chosen: bool


def split_page(visit: Visit, item: int, posted: Posted | None) -> Response:
    """Show where a text can be split, or split it. What was split already is not split again."""
    draft, faults = visit.begun(), list[Fault]()
    if posted is not None and posted.asks_language:
        visit.language = posted.text("language")
    text = draft.text(_path(item))
    if posted is not None and posted.text(OF) != _digest(text):
        if _is_there(draft, posted.text(TEXT)):
            # The same post again: both parts stand there.
            return visit.to(TASKS)
        raise FormNotHere("another page changed the text meanwhile")
    if posted is not None and not posted.asks_language:
        parts = _parts(text, posted)
        if parts is not None and _put(draft, item, parts):
            return visit.to(ALLEGATION.number, next_number(draft, ALLEGATION.item) - 1)
        key = "form.split-where" if parts is None else "form.split-no-more"
        faults = [Fault(visit.words.say(key, mark=MARK), "begins-mark")]
    chosen = "" if posted is None else posted.text(BEGINS)
    return visit.page(
        "split.html",
        visit.words.say("form-page.split", number=item),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        beginnings=[
            Beginning(at, shortened(text[at:], _SHOWN), chosen == str(at))
            for at in beginnings(text)
        ],
        at_mark=chosen == AT_MARK,
        text=posted.text(TEXT) if posted is not None and posted.has(TEXT) else text,
        of=_digest(text),
        mark=MARK,
        faults=faults,
        at=SPLIT,
        back=visit.address(ALLEGATION.number, item),
    )


def _parts(text: str, posted: Posted) -> tuple[str, str] | None:
    chosen = posted.text(BEGINS)
    if chosen == AT_MARK:
        return parted_at_mark(posted.text(TEXT))
    places = {str(at): at for at in beginnings(text)}
    return parted(text, places[chosen]) if chosen in places else None


def _put(draft: Draft, item: int, parts: tuple[str, str]) -> bool:
    """Put both parts into the draft, the second with what it shares; False if there are enough."""
    target = next_number(draft, ALLEGATION.item)
    if target > MOST_ITEMS:
        return False
    draft.copy(f"{ALLEGATION.item}/{item}", f"{ALLEGATION.item}/{target}", (*SHARED, "how-known"))
    for number, words in zip((item, target), parts, strict=True):
        draft.put(_path(number), (words,))
    return True


def _is_there(draft: Draft, typed: str) -> bool:
    """Whether the form holds all of a text, whole or in two parts."""
    wanted = "".join(typed.replace(MARK, "").split())
    said = {"".join(draft.text(_path(item)).split()) for item in draft.items(ALLEGATION.item)}
    return wanted in said or any(
        wanted.startswith(one) and wanted[len(one) :] in said for one in said if one
    )


def _path(item: int) -> str:
    return f"{ALLEGATION.item}/{item}/what"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
