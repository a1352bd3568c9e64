"""F8 and F9: what will be handed in and who will see what of it; sending it; the receipt."""

import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import BinaryIO

from answerable.casework.lodge_submission import Delivery
from answerable.casework.ports import ActOnFile
from answerable.core.acts import Json
from answerable.core.case.attached import EXHIBITS
from answerable.core.case.notes import what_the_receiver_will_ask
from answerable.core.case.problems import Problem, UnsafeFileName
from answerable.core.case.submission import PROTECTED, Submission
from answerable.core.docket import Docket
from answerable.core.errors import AnswerableError
from answerable.core.return_key import GROUP_LENGTH, ReturnKey
from answerable.locale.claim import Claim
from answerable.qr import lines_of_groups, qr_svg
from answerable.web.form.asked import explained
from answerable.web.form.draft import Draft
from answerable.web.form.files import file_readers, size_words
from answerable.web.form.handed import handed
from answerable.web.form.my_case import my_case
from answerable.web.form.own_dates import calendar, offer
from answerable.web.form.pages import Fault, echoes
from answerable.web.form.questions import (
    CHECK,
    FILES,
    KEY,
    KNOWN,
    ORGANISATION_SPEAKS,
    READERS,
    RECEIPT,
    SPEAKER,
    SPLIT,
    TASKS,
    page_of,
)
from answerable.web.form.room import Visit
from answerable.web.form.sent_before import sent_before
from answerable.web.http import TEXT, Response
from answerable.web.posted import Posted

MAY_BE_TWO = "may-be-two"
ASKED_GROUP = 3
"""Which group of the return key is asked back: neither the first nor the last that is seen."""


@dataclass(frozen=True, slots=True)
class Part:
    """One allegation, concern or request as it will be handed in, and where it is changed."""

    title: str
    lines: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader will see."""

    reader: str
    parts: tuple[Part, ...]


def check(visit: Visit, posted: Posted | None) -> Response:
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
    say, before = visit.words.say, sent_before(visit, draft, failed)
    return visit.page(
        "check.html",
        say("form.check-title"),
        status=status,
        parts=[] if submission is None else list(_parts(visit, submission, None)),
        sights=[] if submission is None else list(_sights(visit, submission)),
        notes=[] if submission is None else list(_notes(visit, submission)),
        echoes=list(echoes(visit)),
        files=[
            (one.name, one.caption, size_words(visit, one.size), file_readers(visit, draft, one))
            for one in draft.files
        ],
        known=_known(visit, draft),
        faults=[_fault(visit, one) for one in problems] if posted is not None else [],
        failed=failed and (before or str(visit.words.explain(failed.code, failed.facts))),
        is_on_record=bool(before),
        can_send=submission is not None and "known" in draft.pages,
        missing=[] if submission is not None else [_fault(visit, one) for one in problems],
        change={name: visit.address(at) for name, at in (("known", KNOWN), ("files", FILES))},
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
    readers = [words.word("reader", code) for code in draft.answers.get("readers", ())]
    rows = [
        (
            words.say("form.level"),
            words.word("level", draft.text("level")) if draft.text("level") else "",
        ),
        (words.say("form.readers"), ", ".join(readers)),
        (
            words.say("form.speaker"),
            draft.text("speaker/name") or draft.text("speaker/organisation"),
        ),
        (words.say("question.contact"), draft.text("speaker/contact")),
    ]
    return [(name, value) for name, value in rows if value]


def _fault(visit: Visit, problem: Problem) -> Fault:
    path = str(problem.facts["field"]).replace("[", "/").replace("]", "").replace(".", "/")
    page, item = page_of(path)
    label = visit.words.say("form.this-part")
    where = visit.address(page, item) if item else visit.address(page)
    return Fault(explained(problem, visit.words, label), where)


def _notes(visit: Visit, submission: Submission) -> Iterator[Fault]:
    for one in what_the_receiver_will_ask(submission):
        if one.code in {"date-read-as", "no-level", "no-readers", "no-kind", "no-nature"}:
            continue
        page, item = page_of(one.path) if one.path else (TASKS, 0)
        name = _name_of(visit, submission, one.path)
        facts = {key: _day(visit, value) for key, value in one.facts.items()}
        text = visit.words.say(f"note.{one.code}", **{**facts, "path": name})
        page = SPLIT if one.code == MAY_BE_TWO else page
        yield Fault(text, visit.address(page, item) if item else visit.address(page))
    draft = visit.begun()
    if draft.text("level") == ORGANISATION_SPEAKS and draft.text("speaker/name"):
        yield Fault(visit.words.say("form.named-beside-organisation"), visit.address(KNOWN))
    for left in draft.refused:
        yield Fault(visit.words.say("form.file-not-added", name=left.name), visit.address(FILES))


def _name_of(visit: Visit, submission: Submission, path: str) -> str | None:
    kind, _, ordinal = path.partition("/")
    if kind == EXHIBITS:
        return submission.exhibits[int(ordinal) - 1].file
    return visit.words.say("form.item", number=page_of(path)[1]) if path else None


def _day(visit: Visit, value: object) -> str | int | None:
    if isinstance(value, str):
        return visit.words.day(value) if value[:4].isdecimal() else value
    return value if isinstance(value, int) else None


def _sights(visit: Visit, submission: Submission) -> Iterator[Sight]:
    for reader in READERS:
        yield Sight(visit.words.word("reader", reader), tuple(_parts(visit, submission, reader)))


def _parts(visit: Visit, submission: Submission, reader: str | None) -> Iterator[Part]:
    """Yield each item as a reader will see it; with None, as its sender does."""
    said = {
        one.path: one.value
        for one in submission.fields()
        if reader is None or {reader, "public"} & {*one.readers}
    }
    keys = {"allegations": "web.allegation", "concerns": "web.concern", "requests": "web.request"}
    for path, item in submission.items:
        claim = Claim(visit.words, said, path)
        name = path.partition("/")[0]
        page, number = page_of(path)
        yield Part(
            visit.words.say(keys[name], number=item.ordinal, title=claim.title() or None),
            tuple(claim.lines()),
            visit.address(page, number),
        )
    if reader is not None and (who := tuple(_speaker_seen(visit, said))):
        yield Part(visit.words.say("form.speaker"), who, visit.address(KNOWN))
    if reader is not None and (files := tuple(_files_seen(visit, submission, said))):
        yield Part(visit.words.say("form-task.files"), files, visit.address(FILES))


def _speaker_seen(visit: Visit, said: Mapping[str, Json]) -> Iterator[str]:
    for name in SPEAKER:
        if value := said.get(f"speaker/{name}"):
            yield f"{visit.words.say(f'form-speaker.{name}')}: {value}"


def _files_seen(visit: Visit, submission: Submission, said: Mapping[str, Json]) -> Iterator[str]:
    """Yield each file that a reader may open, and what else they may read of it."""
    for one in submission.exhibits:
        name, caption = (said.get(f"exhibits/{one.ordinal}/{of}") for of in ("file", "caption"))
        if name or caption:
            shown = str(name) if name else visit.words.say("form.file-not-shown")
            yield ". ".join([shown, *([str(caption)] if caption else [])])


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
    application.return_keys.bind_digest(bytes.fromhex(draft.digest), issued.docket)
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


# --- The receipt ---


def receipt(visit: Visit) -> Response:
    """F9: the number, the return key until it was asked back, the files, and what comes next."""
    draft = visit.draft
    if draft is None or not draft.number:
        return expired(visit)
    application, say = visit.host.application, visit.words.say
    act = application.reading.act(draft.number)
    docket = application.reading.docket(draft.number)
    at = act.kept.envelope.at
    return visit.page(
        "receipt.html",
        say("form.receipt-title"),
        number=draft.number,
        received=visit.words.instant(at // 1000, visit.host.zone, visit.host.zone_name),
        entry=application.ledger.receipt(act).index,
        key=ReturnKey(draft.key).groups if draft.key else (),
        next=list(_next(visit, docket)),
        key_page=visit.address(KEY),
        back=visit.address("return"),
        files={
            name: visit.address(RECEIPT, name)
            for name in ("receipt", "copy", "policy", "slip", "calendar")
        },
        calendar=offer(visit, my_case(visit.host, draft.number)),
        gives_copy=_gives_copy(visit, act),
        undertaking=not _has_undertaking(visit, docket),
    )


def expired(visit: Visit) -> Response:
    """Return the page that stands where a receipt was shown once: no error, and the way back."""
    return visit.page(
        "expired.html",
        visit.words.say("form.expired-title"),
        back=visit.address("return"),
        status=HTTPStatus.OK,
    )


def _has_undertaking(visit: Visit, docket: Docket) -> bool:
    application = visit.host.application
    envelopes = application.reading.envelopes(docket)
    procedure = application.ruling.of_case(application.reading.mechanism(), envelopes)
    return procedure.undertaking is not None


def _next(visit: Visit, docket: Docket) -> Iterator[tuple[str, str, str]]:
    """Yield what is owed now: what, by whom, and by when in words."""
    application, words = visit.host.application, visit.words
    envelopes = application.reading.envelopes(docket)
    procedure = application.ruling.of_case(application.reading.mechanism(), envelopes)
    for item in application.dockets.owed(docket.id):
        clock = procedure.clocks.get(item.code)
        if item.met_by is not None:
            continue
        titles = {} if clock is None else clock.titles
        title = titles.get(visit.language) or titles.get("en") or words.word("owed", item.code)
        yield title, words.word("seat", item.seat), _due(visit, item.due_on)


def _due(visit: Visit, due_on: str | None) -> str:
    if due_on is None:
        return visit.words.say("page.no-date")
    if "T" in due_on:
        at = datetime.fromisoformat(due_on).astimezone(visit.host.zone)
        return visit.words.say("page.by", due=visit.words.hour(at.isoformat(timespec="minutes")))
    return visit.words.say("page.by", due=visit.words.day(due_on))


def receipt_file(visit: Visit, name: str) -> Response | None:
    """Return a file of the receipt: the proof, the full copy, the policy, or the page to print."""
    draft = visit.draft
    if draft is None or not draft.number:
        return expired(visit)
    application = visit.host.application
    act = application.reading.act(draft.number)
    if name == "slip":
        return _slip(visit, act)
    if name == "calendar":
        return calendar(visit, draft.number)
    octets = {
        "receipt": lambda: application.ledger.receipt(act).encode(),
        "copy": lambda: application.reading.opening(act).for_reader("complainant").encoded(),
        "policy": lambda: application.upkeep.policy().encode(),
    }.get(name)
    if octets is None or (name == "copy" and not _gives_copy(visit, act)):
        return None
    endings = {"receipt": ".tlog-proof", "copy": ".opening.json", "policy": ""}
    file = "policy" if name == "policy" else f"{act.number.replace('/', '-')}{endings[name]}"
    disposition = ("Content-Disposition", f'attachment; filename="{file}"')
    return Response(octets(), TEXT, headers=(disposition,), private=True)


def _gives_copy(visit: Visit, act: ActOnFile) -> bool:
    """Whether what was written is still given: in a protected case until the key was asked back."""
    has_key = visit.draft is not None and bool(visit.draft.key)
    return has_key or act.kept.envelope.facts.get("level") not in PROTECTED


def _slip(visit: Visit, act: ActOnFile) -> Response:
    octets = visit.host.application.ledger.receipt(act).encode()
    at = act.kept.envelope.at
    facts = act.kept.envelope.facts
    key = visit.draft.key if visit.draft is not None else ""
    return visit.page(
        "slip.html",
        visit.words.say("form.slip-title"),
        number=act.number,
        received=visit.words.instant(at // 1000, visit.host.zone, visit.host.zone_name),
        counts=(facts.get("allegations"), facts.get("exhibits")),
        qr=qr_svg(octets),
        typed=lines_of_groups(octets),
        key=ReturnKey(key).groups if key else (),
        back=visit.address("return"),
    )


def key_asked_back(visit: Visit, posted: Posted | None) -> Response:
    """Ask for one group of the return key. Once it was typed, the key is shown no more."""
    draft = visit.draft
    if draft is None or not draft.number:
        return expired(visit)
    if not draft.key:
        return visit.to(RECEIPT)
    faults = []
    if posted is not None and not posted.asks_language:
        typed = "".join(sign for sign in _latin(posted.text("group")) if sign.isdecimal())
        if typed == ReturnKey(draft.key).groups[ASKED_GROUP - 1]:
            draft.key = ""
            return visit.to(RECEIPT)
        faults = [Fault(visit.words.say("form.group-differs", group=ASKED_GROUP), "group")]
    return visit.page(
        "key.html",
        visit.words.say("form.key-title"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        group=ASKED_GROUP,
        length=GROUP_LENGTH,
        faults=faults,
        back=visit.address(RECEIPT),
        at=KEY,
    )


def _latin(text: str) -> str:
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
