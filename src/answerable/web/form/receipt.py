"""F9: the receipt, the return key until it was asked back, and what comes next."""

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus

from answerable.casework.ports import ActOnFile
from answerable.core.docket import Docket
from answerable.core.return_key import GROUP_LENGTH, ReturnKey
from answerable.web.form.draft import Draft
from answerable.web.form.my_case import my_case, shown_again
from answerable.web.form.own_dates import calendar, offer
from answerable.web.form.pages import Fault
from answerable.web.form.questions import KEY, RECEIPT
from answerable.web.form.room import Visit
from answerable.web.form.slip import slip
from answerable.web.http import TEXT, Response
from answerable.web.posted import Posted

ASKED_GROUP = 3
"""Which group of the return key is asked back: neither the first nor the last that is seen."""


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
        received=visit.instant(at),
        text=application.ledger.receipt(act).encode().decode(),
        key=ReturnKey(draft.key).groups if draft.key else (),
        next=list(_next(visit, docket)),
        key_page=visit.address(KEY),
        back=visit.address("return"),
        files={
            name: visit.address(RECEIPT, name)
            for name in ("receipt", "copy", "policy", "slip", "calendar")
        },
        calendar=offer(visit, my_case(visit.host, draft.number)),
        gives_copy=_gives_copy(visit, draft, act),
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
        proof = application.ledger.receipt(act).encode()
        return slip(visit, act, proof, key=draft.key, back=visit.address(RECEIPT))
    if name == "calendar":
        return calendar(visit, draft.number)
    octets = {
        "receipt": lambda: application.ledger.receipt(act).encode(),
        "copy": lambda: application.reading.opening(act).for_reader("complainant").encoded(),
        "policy": lambda: application.upkeep.policy().encode(),
    }.get(name)
    if octets is None or (name == "copy" and not _gives_copy(visit, draft, act)):
        return None
    endings = {"receipt": ".tlog-proof", "copy": ".opening.json", "policy": ""}
    file = "policy" if name == "policy" else f"{act.number.replace('/', '-')}{endings[name]}"
    disposition = ("Content-Disposition", f'attachment; filename="{file}"')
    return Response(octets(), TEXT, headers=(disposition,), private=True)


def _gives_copy(visit: Visit, draft: Draft, act: ActOnFile) -> bool:
    """Whether what was sent is given: until the key was asked back, and then as the key does."""
    if draft.key:
        return True
    chosen = visit.host.application.return_keys.shows(bytes.fromhex(draft.digest))
    return shown_again(act.kept.envelope.facts.get("level"), chosen=chosen)


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
