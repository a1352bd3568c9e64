"""F10 and F11: back with the return key, to the case as its sender may read it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

from answerable.casework.unread_answers import Unread
from answerable.core.act_form import Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.now import case_of
from answerable.core.case.standings import Standing
from answerable.core.errors import AnswerableError
from answerable.core.numbers import DocketNumber
from answerable.core.register.shown import ShownAct, ShownCase
from answerable.core.return_key import typed_return_key
from answerable.core.seats import COMPLAINANT
from answerable.web.case_page import CasePage
from answerable.web.form.asked import read_by
from answerable.web.form.my_case import MyCase, OwnWords, own_case
from answerable.web.form.narrowing import narrowings
from answerable.web.form.own_dates import offer
from answerable.web.form.pages import Fault
from answerable.web.form.room import Visit, status_of
from answerable.web.form.slip import slip
from answerable.web.form.waiting import waiting
from answerable.web.form.working_days import nobody_opened
from answerable.web.http import TEXT, Response
from answerable.web.posted import Posted
from answerable.web.rendering import foot
from answerable.web.words import Words

CASE, RETURN = "case", "return"
OPENED = "opened"
_SERIAL = 61
"""Of the example of a number."""


def come_back(visit: Visit, posted: Posted | None, typed: str = "") -> Response:
    """F10: take the return key. A receipt opens nothing; a slip of a digit is told at once."""
    faults, status = list[Fault](), HTTPStatus.OK
    if posted is None:
        visit.looked()
    else:
        typed = posted.text("key")
    if posted is not None and not posted.asks_language:
        try:
            key = typed_return_key(typed)
            return_keys = visit.host.application.return_keys
            digest = return_keys.digest(key)
            docket, shows = return_keys.docket_by_digest(digest), return_keys.shows(digest)
            visit.renewed()
        except AnswerableError as problem:
            told = visit.words.explain(problem.code, {**problem.facts, "example": _example(visit)})
            faults = [Fault(" ".join(filter(None, (told.what, told.do))), "key")]
            status = status_of(problem)
        else:
            visit.state.case, visit.state.done, visit.state.shows = docket.number, "", shows
            return visit.to(CASE)
    return visit.page(
        "return.html",
        visit.words.say("form.return-title"),
        status=status,
        faults=faults,
        typed=typed,
    )


def _example(visit: Visit) -> str:
    """Return what a number of this mechanism looks like: of the receipt, not of the key."""
    application = visit.host.application
    at = datetime.fromtimestamp(application.ruling.now() / 1000, UTC).astimezone(visit.host.zone)
    return str(DocketNumber(application.upkeep.described().prefix, at.year, _SERIAL))


def case_page(visit: Visit) -> Response:
    """F11: whose turn it is, claim and answer side by side, the record, and what one can do."""
    source = own_case(visit)
    words = OwnWords(visit.words, source)
    page = CasePage(words, source.shown())
    offered = list(_offered(visit, source, page.case))
    return visit.page(
        "case.html",
        visit.words.say("form.case-title"),
        page=page,
        case_words=words,
        hides_words=source.hides_words,
        rules_title=words.titled(source.rules.titles, source.rules.id),
        undertaking=source.rules.undertaking is not None,
        nobody_yet=_nobody_opened(words, page),
        next_owed=_next_owed(words, page),
        first=[(ACT_PAGES[code], name) for code, name in offered if code in FIRST],
        further=[
            (ACT_PAGES[code], name) for code, name in offered if code not in {*FIRST, *IN_BOX}
        ],
        files=[(one, read_by(one.readers, visit.words)) for one in source.files()],
        waiting=[(one.answer, _waits(visit, one)) for one in source.unread],
        windows={f"a{number}": told for number, told in window_lines(words, source)},
        calendar=offer(visit, source),
        wider=waiting(words, source),
        in_box=[ACT_PAGES[code] for code in IN_BOX],
        narrowings=list(narrowings(words, page.case)),
        news=page.case.since(COMPLAINANT),
        done=visit.state.done,
        base=visit.address(CASE),
        foot=foot(words.catalogue, *_last(page.case)),
    )


def status_slip(visit: Visit) -> Response:
    """F11: two lines to print: where the case stands and whose turn it is, and what is next."""
    source = own_case(visit)
    words = OwnWords(visit.words, source)
    page = CasePage(words, source.shown())
    at = words.instant(visit.host.application.ruling.now())
    standing = words.word("standing", page.state.code)
    stands = words.say(
        "form.stands", number=page.case.number, standing=standing, turn=page.state.turn, at=at
    )
    owed = " ".join(page.late()) or _next_owed(words, page) or words.say("form.nothing-dated")
    return visit.page(
        "status.html",
        words.say("form.status-title"),
        lines=(stands, owed),
        back=visit.address(CASE),
        foot=foot(words.catalogue, *_last(page.case)),
    )


def _last(case: ShownCase) -> tuple[str, str]:
    """Return the number and fingerprint of the last act: each commits to the one before it."""
    act = case.acts[-1]
    return f"{case.number}/{act.envelope.sequence}", act.commitment.hex()


def _nobody_opened(words: OwnWords, page: CasePage) -> str:
    """Say that nobody has opened the case, and until when that is normal, "" where it is opened."""
    if page.state.code not in {Standing.LODGED, Standing.DELIVERED}:
        return ""
    clocks = words.source.rules.clocks
    for due in page.due:
        clock = clocks.get(due.item.code)
        if clock is not None and OPENED in clock.met_by and due.item.due_on and not due.is_late:
            calendar = words.source.calendar_of(due.item)
            told = nobody_opened(words.catalogue, due, calendar, words.source.zone)
            counted = words.say("form.counted-late") if words.source.is_told else ""
            return " ".join(filter(None, (told, counted)))
    return words.say("form.nobody-opened")


def _next_owed(words: OwnWords, page: CasePage) -> str:
    """Say what is owed next, by whom, by when and how long that is, "" where nothing has a date."""
    due = next((one for one in page.due if one.is_owed and one.item.due_on), None)
    if due is None:
        return ""
    owed = words.owed(due.item.code, words.source.rules)
    told = (words.by_when(due), words.left_sentence(due))
    owner = words.by(due.owner)
    return " ".join(filter(None, (words.say("form.next-owed", owed=owed, owner=owner), *told)))


def _offered(visit: Visit, source: MyCase, case: ShownCase) -> Iterator[tuple[str, str]]:
    """Yield the acts that can be done now and that there is something to be done with."""
    kinds = {kind.code: kind for kind in visit.host.application.returned.kinds(source.docket)}
    for code in OFFERED:
        kind = kinds.get(ActCode(code))
        if kind is not None and offers(kind, source, case):
            yield code, visit.words.say(f"form-act.{code}")


def offers(kind: ActKind, source: MyCase, case: ShownCase) -> bool:
    """Return whether there is something that the act can be done with, and that was read."""
    meant = [act for act in case.acts if meant_by(kind)(act)]
    if kind.code == "contested":
        # Where no day depends on it, nothing waits to be read.
        return not source.unread or any(not source.withholds(act) for act in meant)
    return not needs_act(kind) or any(not source.withholds(act) for act in meant)


def window_lines(words: Words, source: MyCase) -> Iterator[tuple[int, str]]:
    """Yield until when the answer on each allegation can be contested, or that this is over."""
    for number, last in source.last_days.items():
        key = "form.window-over" if last.is_over else "form.window"
        yield number, words.say(key, allegation=number, last=words.catalogue.day(last.day))


def _waits(visit: Visit, one: Unread) -> str:
    allegations = visit.words.numbers(one.allegations)
    return visit.words.say("form.answer-waits", allegations=allegations)


def needs_act(kind: ActKind) -> bool:
    return any(part.shape is Shape.ACTS and part.required for part in kind.parts)


def meant_by(kind: ActKind) -> Callable[[ShownAct], bool]:
    """Return which acts of the case an act of this kind may mean."""
    if kind.code in {"entry-confirmed", "entry-disputed"}:
        return lambda act: act.envelope.entered_by is not None and by_sender(act)
    if kind.code == "corrected":
        return by_sender
    wanted = ABOUT.get(kind.code)
    return lambda act: wanted is None or act.envelope.act in wanted


IN_BOX = ("readers-widened", "readers-widening-dropped")
"""What can be done with an asking for more readers: it stands where that is told."""

ABOUT: Mapping[str, frozenset[str]] = {
    "clarification-answered": frozenset({"clarification-asked"}),
    "draft-commented": frozenset({"draft-shared"}),
    "contested": frozenset({"finding-issued", "outcome-given", "not-accepted"}),
    "action-doubted": frozenset({"action-done"}),
    "agreement-accepted": frozenset({"agreement-proposed"}),
    "agreement-refused": frozenset({"agreement-proposed"}),
    "withdrawal-revoked": frozenset({"withdrawal-asked"}),
    **dict.fromkeys(IN_BOX, frozenset({"readers-widening-asked"})),
}
"""Which acts are shown above the questions of an act: what it answers."""

FIRST = frozenset({"clarification-answered", "draft-commented", "contested", "agreement-accepted"})
"""What somebody may be waiting for: it stands above the case."""

OFFERED = (
    *("clarification-answered", "draft-commented", "contested", "action-doubted"),
    *("entry-confirmed", "entry-disputed", "agreement-accepted", "agreement-refused"),
    *("agreement-kept", "agreement-broken", "fact-added", "exhibit-added", "corrected"),
    *("danger-claimed", "reprisal-reported", "consent-narrowed", "readers-widening-asked"),
    *("mechanism-complained", "withdrawal-asked", "withdrawal-revoked"),
    *IN_BOX,
)
"""The acts that have a page, in the order in which they are offered."""

ACT_PAGES: Mapping[str, int] = {code: number for number, code in enumerate(OFFERED, start=1)}
"""The number of each act's page: an address stays in the history, and says not what was done."""


def case_file(visit: Visit, name: str, sequence: int) -> Response | None:
    """Return the receipt of an act of the case, or the copy that shows what it says."""
    source, returned = own_case(visit), visit.host.application.returned
    if not 0 < sequence <= len(source.acts):
        return None
    act = source.acts[sequence - 1]
    if name == "slip":
        octets = returned.receipt(source.docket, sequence).encode()
        return slip(visit, act, octets, key="", back=visit.address(CASE))
    number = act.number.replace("/", "-")
    if name == "receipt":
        octets, file = returned.receipt(source.docket, sequence).encode(), f"{number}.tlog-proof"
    elif name == "copy" and not source.keeps_back(sequence):
        octets = returned.opening(source.docket, sequence).encoded()
        file = f"{number}.opening.json"
    else:
        return None
    disposition = ("Content-Disposition", f'attachment; filename="{file}"')
    return Response(octets, TEXT, headers=(disposition,), private=True)


def sees(visit: Visit) -> bool:
    """Whether a return key opened a case in this visit, which was not erased since."""
    if not visit.state.case:
        return False
    docket = visit.host.application.reading.docket(visit.state.case)
    return not case_of(docket.state).erased


def by_sender(act: ShownAct) -> bool:
    return act.envelope.by.seat == COMPLAINANT


def left(visit: Visit) -> Response:
    """Close the case in this browser; the draft that waits beside it stays."""
    visit.state = replace(visit.state, case="", done="", shows=None)
    return visit.to()
