"""F14: a sender lets more people read: chosen and asked on one day, confirmed on another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from answerable.casework.wider_readers import Widenable
from answerable.core.acts import ActCode, Field
from answerable.core.case.acts.widened import ASKED, FIELDS, PURPOSE_OF, WIDENED, WIDER
from answerable.core.case.attached import EXHIBITS
from answerable.core.case.exposure import Place
from answerable.core.errors import AnswerableError
from answerable.locale.catalogue import capital
from answerable.locale.field_words import (
    field_in_words,
    item_in_words,
    label_in_words,
    value_in_words,
)
from answerable.web.form.acting import request_of, told_of
from answerable.web.form.asked import Choice, read_by
from answerable.web.form.my_case import MyCase, own_case
from answerable.web.form.pages import Fault
from answerable.web.form.returning import CASE
from answerable.web.form.room import Visit, status_of
from answerable.web.form.waiting import has_come
from answerable.web.http import Response
from answerable.web.posted import Posted
from answerable.web.words import Words

PAGES = frozenset({str(ASKED), str(WIDENED)})
FORMALITIES = frozenset({"format", "language", "level", "readers"})
"""Fields that nobody typed as words of theirs: no page offers to show them to more people."""
_EXCERPT = 120
"""The letters of a field that are shown where it is chosen: all of it stands on the next page."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A field that can be ticked: what it is, how it begins, and who reads it now."""

    code: str
    label: str
    begins: str
    readers: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A field as its new readers will see it; "" where this page does not show it again."""

    code: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the two acts as it is shown before it is done; ``asked`` is what it would confirm."""

    act: ActCode
    chosen: Sequence[Widenable]
    readers: Sequence[str]
    asked: int = 0
    faults: Sequence[Fault] = ()


def widening_page(visit: Visit, code: str, posted: Posted | None) -> Response:
    """Ask for more readers, or confirm them: before the day of that, this leads to the case."""
    source = own_case(visit)
    if code == ASKED:
        return _ask(visit, source, posted)
    return _confirm(visit, source, posted)


# --- Asking ---


def _ask(visit: Visit, source: MyCase, posted: Posted | None) -> Response:
    offered = visit.host.application.returned.widenables(source.docket)
    fields = [one for one in offered.fields if one.place.path.split("/")[-1] not in FORMALITIES]
    chosen = _chosen(fields, posted)
    readers = () if posted is None else _readers(posted)
    faults, status = list[Fault](), HTTPStatus.OK
    looks = posted is not None and not posted.has("change")
    if posted is not None and posted.asks_language:
        looks = posted.has("look")
    elif posted is not None and looks:
        if posted.has("record"):
            faults = _recorded(visit, source, ASKED, posted)
        elif not (chosen and readers):
            faults = [Fault(visit.words.say("form.widen-choose"), "who")]
        else:
            faults = _tried(visit, source, chosen, readers)
        if not faults and posted.has("record"):
            return visit.to(CASE)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else status
    if looks and not faults and chosen and readers:
        return _look(visit, source, Step(ASKED, chosen, readers), posted)
    words = Words(visit.words, source)
    possible = {reader for one in fields for reader in one.may}
    return visit.page(
        "widen.html",
        visit.words.say(f"form-act.{ASKED}"),
        status=status,
        lead=visit.words.say(f"form-act-lead.{ASKED}"),
        who=[
            Choice(one, visit.words.say(f"form-who.{one}"), one in readers)
            for one in PURPOSE_OF
            if one in possible
        ],
        not_everyone=not offered.is_told,
        groups=list(_groups(words, source, fields, chosen)),
        request=request_of(visit, posted).hex,
        faults=faults,
        back=visit.address(CASE),
    )


def _chosen(offered: Sequence[Widenable], posted: Posted | None) -> list[Widenable]:
    ticked = set() if posted is None else {*posted.texts.get("field", ())}
    return [one for one in offered if str(one.place) in ticked]


def _readers(posted: Posted) -> tuple[str, ...]:
    ticked = posted.texts.get("reader", ())
    return tuple(one for one in PURPOSE_OF if one in ticked)


def _tried(
    visit: Visit, source: MyCase, chosen: Sequence[Widenable], readers: Sequence[str]
) -> list[Fault]:
    """Return what the rules say to it: of what they refuse no page is shown that could be sent."""
    typed = {FIELDS: [str(one.place) for one in chosen], WIDER: [*readers]}
    try:
        visit.host.application.returned.would(source.docket, ASKED, typed)
    except AnswerableError as problem:
        return [Fault(told_of(visit, problem), "who")]
    return []


def _recorded(visit: Visit, source: MyCase, act: ActCode, posted: Posted) -> list[Fault]:
    """Record an act as its page showed it, or return why not. Posted twice, it is done once."""
    typed = {
        FIELDS: [one for one in posted.texts.get("field", ()) if one],
        WIDER: [*_readers(posted)],
        "acts": [one for one in (posted.text("asked"),) if one and act == WIDENED],
    }
    try:
        issued = visit.host.application.returned.do(
            source.docket,
            act,
            {name: value for name, value in typed.items() if value},
            request=request_of(visit, posted),
        )
    except AnswerableError as problem:
        visit.refused = status_of(problem)
        return [Fault(told_of(visit, problem), "who")]
    visit.state.done = issued.number
    return []


def _groups(
    words: Words, source: MyCase, offered: Sequence[Widenable], chosen: Sequence[Widenable]
) -> Iterator[tuple[str, list[Offered]]]:
    """Yield the fields that can be ticked, by the act and the part of a report they belong to."""
    groups: dict[str, list[Offered]] = {}
    for one in offered:
        item = item_in_words(words.catalogue, one.place.path)
        head = _act_in_words(words, source, one.place.act)
        begins = _value(words, source, one.place, one.field)
        groups.setdefault(f"{head}. {item}" if item else head, []).append(
            Offered(
                str(one.place),
                label_in_words(words.catalogue, one.place.path),
                f"{begins[:_EXCERPT]}..." if len(begins) > _EXCERPT else begins,
                read_by(one.field.readers, words.catalogue),
                one in chosen,
            )
        )
    yield from groups.items()


# --- What they will see ---


def _look(visit: Visit, source: MyCase, step: Step, posted: Posted | None) -> Response:
    """Show exactly what the new readers will see, and what cannot be undone afterwards."""
    words = Words(visit.words, source)
    return visit.page(
        "widen-look.html",
        visit.words.say(f"form-act.{step.act}"),
        lead=visit.words.say(f"form-act-lead.{step.act}"),
        is_confirmed=step.act == WIDENED,
        readers=_names(words, step.readers),
        codes=step.readers,
        is_public="public" in step.readers,
        seen=[_seen(words, source, one) for one in step.chosen],
        asked=step.asked,
        request=request_of(visit, posted).hex,
        faults=step.faults,
        back=visit.address(CASE),
    )


def _seen(words: Words, source: MyCase, one: Widenable) -> Seen:
    head = _act_in_words(words, source, one.place.act)
    label = f"{head}. {field_in_words(words.catalogue, one.place)}"
    return Seen(str(one.place), label, _value(words, source, one.place, one.field))


def _value(words: Words, source: MyCase, place: Place, item: Field) -> str:
    if source.keeps_back(place.act):
        return words.say("form.words-hidden")
    value = value_in_words(words.catalogue, item, source.place_names)
    is_file = item.path.startswith(f"{EXHIBITS}/") and item.path.endswith("/file")
    return words.say("form.widen-file", name=value) if is_file else value


def _act_in_words(words: Words, source: MyCase, sequence: int) -> str:
    act = source.shown().act(sequence)
    return "" if act is None else capital(words.act(act))


def _names(words: Words, readers: Sequence[str]) -> str:
    return ", ".join(words.word("reader", one) for one in readers)


# --- Confirming ---


def _confirm(visit: Visit, source: MyCase, posted: Posted | None) -> Response:
    faults = list[Fault]()
    # The Enter key presses no button here: whoever confirms has pressed the one that says so.
    if posted is not None and posted.has("record") and not posted.asks_language:
        faults = _recorded(visit, source, WIDENED, posted)
        if not faults:
            return visit.to(CASE)
    asking = own_case(visit).asking
    if asking is None or not has_come(source, asking):
        visit.refused = None
        return visit.to(CASE)
    offered = visit.host.application.returned.widenables(source.docket).fields
    chosen = [one for one in offered if one.place in asking.places]
    step = Step(WIDENED, chosen, asking.readers, asking.act, faults)
    return _look(visit, source, step, posted)
