"""F8: what will be handed in, who will see what of it, and the sending."""

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import BinaryIO

from answerable.casework.delivery import Delivery
from answerable.core.case.attached import EXHIBITS
from answerable.core.case.notes import what_the_receiver_will_ask
from answerable.core.case.problems import Problem, UnsafeFileName
from answerable.core.case.submission import Submission
from answerable.core.errors import AnswerableError
from answerable.locale.field_words import item_in_words, label_in_words
from answerable.web.form.asked import change_in_words, explained, field_path, size_words, told_path
from answerable.web.form.draft import Draft, kept_path
from answerable.web.form.files import file_readers
from answerable.web.form.handed import handed
from answerable.web.form.my_case import shown_again
from answerable.web.form.pages import Fault, echoes
from answerable.web.form.preview import Card, Preview
from answerable.web.form.questions import (
    CHECK,
    CONSENT,
    FILES,
    KNOWN,
    NOTED_ON,
    ORGANISATION_SPEAKS,
    READERS,
    RECEIPT,
    TASKS,
    At,
    page_of,
)
from answerable.web.form.room import Visit
from answerable.web.form.sent_before import sent_before
from answerable.web.http import Response
from answerable.web.posted import Posted

PRINT = "print"
OF_THE_WHOLE = {
    "no-consent": CONSENT.number,
    "no-risk": CONSENT.number,
    "exhibits-without-consent": CONSENT.number,
    "published-without-consent": CONSENT.number,
    "no-speaker": KNOWN,
    "named-where-no-names": KNOWN,
}
"""Where it is said what a note on the whole report misses."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader will see: nothing but that there is a case, where it ``is_outline``."""

    reader: str
    cards: list[Card]
    is_outline: bool


def printed(visit: Visit) -> Response:
    """Return the same to be printed: with all that each reader will see, and nothing to press."""
    return check(visit, None, is_printed=True)


def check(visit: Visit, posted: Posted | None, *, is_printed: bool = False) -> Response:
    """F8: everything once more, and what each reader will see; or, posted, the sending."""
    draft = visit.begun()
    if draft.number:
        return visit.to(RECEIPT)
    if posted is not None and posted.asks_language:
        posted = None
    submission, problems = handed(draft, visit.language)
    failed = None
    if posted is not None and submission is not None and draft.pages & {"known"}:
        try:
            _send(visit, draft, submission)
        except AnswerableError as problem:
            failed = problem
        else:
            return visit.to(RECEIPT)
    status = HTTPStatus.OK
    if posted is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if failed is None else _status_of(failed)
    words, before = visit.words, sent_before(visit, draft, failed)
    kept = partial(kept_path, draft)
    preview = None if submission is None else Preview(words, submission, visit.change, kept)
    return visit.page(
        "check.html",
        words.say("form.check-title"),
        status=status,
        cards=[] if preview is None else preview.cards(),
        sights=[] if preview is None else list(_sights(preview)),
        notes=[] if submission is None else list(_notes(visit, submission)),
        echoes=list(echoes(visit, is_checking=True)),
        files=[
            (
                one.name,
                size_words(visit.words, one.size),
                file_readers(visit, draft, one),
            )
            for one in draft.files
        ],
        known=[*([] if preview is not None else _known(visit, draft)), *_shown_again(visit, draft)],
        faults=[_fault(visit, one) for one in problems] if posted is not None else [],
        failed=failed and (before or str(words.explain(failed.code, failed.facts))),
        is_on_record=bool(before),
        can_send=not is_printed and submission is not None and "known" in draft.pages,
        missing=[] if posted is not None else [_fault(visit, one) for one in problems],
        is_printed=is_printed,
        print=visit.address(CHECK, PRINT),
        last_look=visit.address(CHECK),
        change={name: visit.change(at) for name, at in (("known", KNOWN), ("files", FILES))},
        tasks=visit.address(TASKS),
        at=CHECK,
    )


def _status_of(problem: AnswerableError) -> HTTPStatus:
    return (
        HTTPStatus.UNPROCESSABLE_ENTITY
        if isinstance(problem, Problem)
        else HTTPStatus.SERVICE_UNAVAILABLE
    )


def _known(visit: Visit, draft: Draft) -> list[tuple[str, str]]:
    words = visit.words
    readers = [words.say(f"form-who.{code}") for code in draft.answers.get("readers", ())]
    rows = [
        (
            words.say("form.level"),
            words.word("level", draft.text("level")) if draft.text("level") else "",
        ),
        (words.say("form.readers"), "; ".join(readers)),
        (
            words.say("form.speaker"),
            draft.text("speaker/name") or draft.text("speaker/organisation"),
        ),
        (words.say("question.contact"), draft.text("speaker/contact")),
    ]
    return [(name, value) for name, value in rows if value]


def _shown_again(visit: Visit, draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield what the return key will show of it, once the level that decides is chosen."""
    if level := draft.text("level"):
        is_shown = shown_again(int(level), chosen=draft.shows)
        told = "form.is-shown-again" if is_shown else "form.is-not-shown-again"
        yield visit.words.say("form.with-return-key"), visit.words.say(told)


def _fault(visit: Visit, problem: Problem) -> Fault:
    at, path, words = page_of(field_path(problem, visit.begun())), told_path(problem), visit.words
    label = ", ".join(filter(None, (item_in_words(words, path), label_in_words(words, path))))
    return Fault(explained(problem, words, label), visit.change(*at.parts))


def _notes(visit: Visit, submission: Submission) -> Iterator[Fault]:
    for one in what_the_receiver_will_ask(submission):
        if one.code in {"date-read-as", "no-level", "no-readers", "no-kind", "no-nature"}:
            continue
        kept = kept_path(visit.begun(), one.path)
        at = page_of(kept) if one.path else At(OF_THE_WHOLE.get(one.code, TASKS))
        at = at._replace(page=NOTED_ON.get(one.code, at.page))
        name = _name_of(visit, submission, one.path)
        facts = {key: _day(visit, value) for key, value in one.facts.items()}
        text = visit.words.say(f"note.{one.code}", **{**facts, "path": name})
        change = change_in_words(visit.words, at.page, at.item)
        yield Fault(text, visit.change(*at.parts), change)
    draft, say = visit.begun(), visit.words.say
    if draft.text("level") == ORGANISATION_SPEAKS and draft.text("speaker/name"):
        change = change_in_words(visit.words, KNOWN)
        yield Fault(say("form.named-beside-organisation"), visit.change(KNOWN), change)
    for left in draft.refused:
        change = change_in_words(visit.words, FILES)
        yield Fault(say("form.file-not-added", name=left.name), visit.change(FILES), change)


def _name_of(visit: Visit, submission: Submission, path: str) -> str | None:
    kind, _, ordinal = path.partition("/")
    if kind == EXHIBITS:
        return submission.exhibits[int(ordinal) - 1].file
    return visit.words.say("form.item", number=page_of(path).item) if path else None


def _day(visit: Visit, value: object) -> str | int | None:
    if isinstance(value, str):
        return visit.words.day(value) if value[:4].isdecimal() else value
    return value if isinstance(value, int) else None


def _sights(preview: Preview) -> Iterator[Sight]:
    for reader in READERS:
        who = preview.words.say(f"form-who.{reader}")
        yield Sight(who, preview.cards(reader), preview.is_outline(reader))


# --- Sending ---


def _send(visit: Visit, draft: Draft, submission: Submission) -> None:
    """Lodge it, bind the return key to its case, and forget what was written."""
    application = visit.host.application
    delivery = Delivery(
        request=draft.request,
        submissions=(submission,),
        exhibit=lambda name: _exhibit(visit, draft, name),
        is_from_form=True,
    )
    (outcome,) = application.lodge_submission(delivery)
    if isinstance(outcome, AnswerableError):
        raise outcome
    issued = outcome.acts[0]
    # Cut off before this, the same post again finds the same case, and binds the same key.
    application.return_keys.bind_digest(
        bytes.fromhex(draft.digest), issued.docket, shows=draft.shows
    )
    visit.without += [part for one in draft.files for part in one.parts]
    draft.sent(issued.number)
    # It is on record, whatever becomes of what was kept until now: nobody is told otherwise.
    with suppress(AnswerableError):
        visit.save(application.ruling.now())


def _exhibit(visit: Visit, draft: Draft, name: str) -> BinaryIO:
    for one in draft.files:
        if one.name == name:
            kept = one.original if one.keeps_original and one.original else one.kept
            data = visit.host.application.kept_forms.file(visit.token, kept, one.under)
            if data is not None:
                return io.BytesIO(data)
    raise UnsafeFileName("no such file in this form", reason="outside")
