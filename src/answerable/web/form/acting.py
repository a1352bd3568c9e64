"""F12 to F14: what a sender does in a case: answer, comment, contest, add, narrow, withdraw."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import UUID

from answerable.casework.same_act import ActDiffers
from answerable.casework.sealing import attached
from answerable.core.act_form import Carries, Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.acts.outcomes import WITHDRAWAL_DAYS
from answerable.core.case.acts.table import ACTS
from answerable.core.case.attached import Attached
from answerable.core.case.exhibit_rules import readers_offered, readers_to_begin_with
from answerable.core.case.vocabulary import KEPT, REMOVED
from answerable.core.errors import AnswerableError
from answerable.core.register.shown import ShownCase
from answerable.core.seats import COMPLAINANT
from answerable.locale.catalogue import capital
from answerable.web.case_page import CasePage
from answerable.web.errors import NoSuchPage
from answerable.web.form import narrowing
from answerable.web.form.asked import Choice, Shown
from answerable.web.form.consequences import earlier_answers, lines
from answerable.web.form.files import too_much
from answerable.web.form.my_case import MyCase, OwnWords, own_case
from answerable.web.form.pages import Fault
from answerable.web.form.returning import (
    ABOUT,
    CASE,
    OFFERED,
    meant_by,
    offers,
)
from answerable.web.form.room import Visit, status_of
from answerable.web.http import Response
from answerable.web.posted import FILE_BYTES, Posted
from answerable.web.words import Words

MIB = 1 << 20

GROUNDS = ("facts", "source", "method", "unanswered", "new", "other-matter")
"""The grounds of a contest that can be ticked (ux.md F13), each a sentence of its own."""

DANGER = "danger-claimed"
GIVES_UP = frozenset({"withdrawal-asked", "agreement-accepted"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What an act's page shows of an earlier act."""

    head: str
    concerns: str
    parts: tuple[tuple[str, str], ...]


class Refused(NamedTuple):
    """Why a post did nothing; ``is_new`` where it can be posted again as an act of its own only."""

    fault: Fault
    status: HTTPStatus
    is_new: bool = False


def act_page(visit: Visit, code: str, posted: Posted | None) -> Response:
    """Show the questions of an act, or take it: recorded, or refused in the words of any surface.

    Raises:
        NoSuchPage: there is no such act here.
    """
    kind = ACTS.get(ActCode(code))
    if kind is None or code not in OFFERED:
        raise NoSuchPage("no such act")
    source = own_case(visit)
    if posted is None and not _is_open(kind, source):
        # Of the act nothing can be said yet: nothing was asked, or the answer was not read.
        return visit.to(CASE)
    refused = None
    if posted is not None and (posted.is_cut or not posted.asks_language):
        refused = _taken(visit, source, kind, posted)
        if refused is None:
            return visit.to(CASE)
    return _asking(visit, source, kind, posted=posted, refused=refused)


def _asking(
    visit: Visit, source: MyCase, kind: ActKind, *, posted: Posted | None, refused: Refused | None
) -> Response:
    """Return the page with the questions of an act, and with what was typed and not taken."""
    code, case, words = kind.code, source.shown(), OwnWords(visit.words, source)
    faults = [] if refused is None else [refused.fault]
    is_new = refused is not None and refused.is_new
    return visit.page(
        "act.html",
        visit.words.say(f"form-act.{code}"),
        status=HTTPStatus.OK if refused is None else refused.status,
        lead=visit.words.say(f"form-act-lead.{code}", days=WITHDRAWAL_DAYS),
        about=list(_about(words, case, code)),
        lines=list(lines(visit, words, case, code)),
        earlier=earlier_answers(case, code),
        calls=code == DANGER,
        questions=list(_questions(words, kind, case, posted=posted, faults=faults)),
        allegations=[] if kind.whole else _allegations(visit, case, posted),
        grounds=_grounds(visit, posted) if code == "contested" else (),
        narrow=narrowing.choices(visit, case, posted) if code == narrowing.CODE else (),
        file_readers=_file_readers(visit, kind, posted),
        takes_file=kind.exhibits is not Carries.NONE,
        needs_file=kind.exhibits is Carries.MUST,
        most=FILE_BYTES // MIB,
        request=request_of(visit, None if is_new else posted).hex,
        faults=[*faults, *_files_again(visit, posted)],
        back=visit.address(CASE),
    )


def _taken(visit: Visit, source: MyCase, kind: ActKind, posted: Posted) -> Refused | None:
    """Do the act that was posted, or return why it is not done."""
    if posted.is_cut:
        # Without the file that was meant to be with it, the act would stand for ever.
        fault = Fault(too_much(visit, posted), "file")
        return Refused(fault, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if _must_choose(source.shown(), kind, posted):
        fault = Fault(visit.words.say("form.which-allegation"), "act")
        return Refused(fault, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        visit.state.done = _done(visit, source, kind, posted)
    except AnswerableError as problem:
        # Also where the ledger is down: the page is the only place that has what was typed.
        fault = _fault(visit, kind, problem)
        return Refused(fault, status_of(problem), is_new=isinstance(problem, ActDiffers))
    return None


def _is_open(kind: ActKind, source: MyCase) -> bool:
    """Return whether there is something that the act answers, and that was read."""
    case = source.shown()
    if kind.code == "contested":
        return offers(kind, source, case)
    meant = (act for act in case.acts if meant_by(kind)(act))
    return kind.code not in ABOUT or any(not source.withholds(act) for act in meant)


def _fault(visit: Visit, kind: ActKind, problem: AnswerableError) -> Fault:
    """Return a refusal, with the field that it is about, where it is about one."""
    part = problem.facts.get("part")
    is_field = any(part == one.name and one.shape is not Shape.EXHIBITS for one in kind.parts)
    return Fault(told_of(visit, problem), f"q-{part}" if is_field else "act")


def _files_again(visit: Visit, posted: Posted | None) -> Iterator[Fault]:
    """Say that the page does not keep the files that were sent with what was not recorded."""
    if posted is not None and posted.files and not posted.is_cut:
        # Pressed again without them, the act would stand for ever without what belongs to it.
        yield Fault(visit.words.say("form.files-again"), "file")


def request_of(visit: Visit, posted: Posted | None) -> UUID:
    """Return the key of this act: a page that is posted twice does it once."""
    given = "" if posted is None else posted.text("request")
    try:
        return UUID(hex=given)
    except ValueError:
        return UUID(bytes=visit.host.application.random(16), version=4)


def told_of(visit: Visit, problem: AnswerableError) -> str:
    """Return a refusal in its three parts, as one text."""
    facts = dict(problem.facts)
    if isinstance(problem, ActDiffers):
        # The answer to the first post was lost, or the page is one that was gone back to.
        return visit.words.say("form.act-recorded-before", number=str(facts["number"]))
    if isinstance(facts.get("part"), str):
        facts["part"] = visit.words.word("part", str(facts["part"]))
    # What can be chosen stands on the page, in words.
    facts.pop("choices", None)
    told = visit.words.explain(problem.code, facts)
    return " ".join(filter(None, (told.what, told.means, told.do)))


def _done(visit: Visit, source: MyCase, kind: ActKind, posted: Posted) -> str:
    """Do the act, and return the number of its receipt."""
    typed = {part.name: value for part in kind.parts if (value := _typed(part, posted))}
    if kind.code == "contested":
        ticked = [visit.words.say(f"form-ground.{one}") for one in _ticked(posted)]
        typed["grounds"] = [*ticked, *typed.get("grounds", [])]
    if kind.code == narrowing.CODE:
        typed |= narrowing.typed(visit, source.shown(), posted, typed)
    issued = visit.host.application.returned.do(
        source.docket,
        kind.code,
        typed,
        request=request_of(visit, posted),
        allegations=_concerned(source.shown(), kind, posted),
        exhibits=_exhibits(visit, kind, posted),
    )
    return issued.number


def _typed(part: Part, posted: Posted) -> Any:
    given = [one for one in posted.texts.get(f"part-{part.name}", ()) if one.strip()]
    if part.shape is Shape.TEXTS:
        return [line for text in given for line in text.split("\n") if line.strip()]
    return given if part.shape is Shape.ACTS else "".join(given[:1])


def _ticked(posted: Posted) -> list[str]:
    return [one for one in GROUNDS if one in posted.texts.get("ground", ())]


def _concerned(case: ShownCase, kind: ActKind, posted: Posted) -> Sequence[int]:
    chosen = {one for one in posted.texts.get("allegation", ()) if one.isdecimal()}
    known = [number for number in case.now.allegations if str(number) in chosen]
    return () if kind.whole or len(known) == len(case.now.allegations) else known


def _must_choose(case: ShownCase, kind: ActKind, posted: Posted) -> bool:
    """Whether it is not said which allegations are given up: nobody gives up all by saying none."""
    is_open = kind.code in GIVES_UP and len(case.now.allegations) > 1
    return is_open and not posted.has("allegation")


def _file_readers(visit: Visit, kind: ActKind, posted: Posted | None) -> tuple[Choice, ...]:
    """Return who can be chosen to read the files of an act, where there is a choice."""
    offered = readers_offered(kind)
    chosen = _chosen_readers(kind, posted)
    if kind.exhibits is Carries.NONE or len(offered) == 1:
        return ()
    return tuple(Choice(one, visit.words.say(f"form-who.{one}"), one in chosen) for one in offered)


def _chosen_readers(kind: ActKind, posted: Posted | None) -> tuple[str, ...]:
    if posted is None or not posted.has("readers-seen"):
        return readers_to_begin_with(kind)
    chosen = posted.texts.get("file-readers", ())
    return tuple(one for one in readers_offered(kind) if one in chosen)


def _exhibits(visit: Visit, kind: ActKind, posted: Posted) -> tuple[Attached, ...]:
    """Return the files that were sent, each without what it hid where that could be removed."""
    chosen = _chosen_readers(kind, posted)
    # What was left as it is offered is the rule of the act, which knows more than this page.
    is_own = chosen != readers_to_begin_with(kind)
    readers = {"readers": [COMPLAINANT, *chosen]} if is_own else {}
    hidden_data, octets, said = visit.host.application.hidden_data, dict[str, bytes](), []
    for at, sent in enumerate(posted.files, start=1):
        looked = hidden_data.look(sent.data)
        name = f"file-{at}.{looked.extension}"
        keeps = posted.text("keep-hidden") == "yes" or looked.cleaned is None
        octets[name] = sent.data
        said.append(
            {
                "file": name,
                "caption": posted.text("part-caption"),
                "hidden-data": KEPT if keeps else REMOVED,
                **readers,
            }
        )
    return attached(said, lambda name: io.BytesIO(octets[name]), hidden_data)


# --- The page ---


def _about(words: Words, case: ShownCase, code: str) -> Iterator[Heading]:
    page = CasePage(words, case)
    for act in case.acts:
        if act.envelope.act in ABOUT.get(code, ()) and not words.source.withholds(act):
            head = words.say(
                "web.act-head",
                act=capital(words.word("act", act.envelope.act)),
                who=words.who(act),
                day=words.day(act.envelope.at),
            )
            concerned = words.numbers(act.envelope.allegations)
            yield Heading(
                head,
                words.say("page.concerns", allegations=concerned) if concerned else "",
                tuple(page.parts(act)),
            )


def _allegations(visit: Visit, case: ShownCase, posted: Posted | None) -> list[Choice]:
    chosen = () if posted is None else posted.texts.get("allegation", ())
    numbers = list(case.now.allegations)
    return [
        Choice(
            str(number),
            visit.words.say("web.allegation", number=number, title=None),
            str(number) in chosen or len(numbers) == 1,
        )
        for number in numbers
    ]


def _grounds(visit: Visit, posted: Posted | None) -> tuple[Choice, ...]:
    chosen = [] if posted is None else _ticked(posted)
    return tuple(
        Choice(one, visit.words.say(f"form-ground.{one}"), one in chosen) for one in GROUNDS
    )


def _questions(
    words: Words,
    kind: ActKind,
    case: ShownCase,
    *,
    posted: Posted | None,
    faults: Sequence[Fault],
) -> Iterator[Shown]:
    wrong = {one.id: one.text for one in faults}
    for part in kind.parts:
        given = () if posted is None else posted.texts.get(f"part-{part.name}", ())
        yield Shown(
            f"q-{part.name}",
            f"part-{part.name}",
            _SHAPES.get(part.shape, "line"),
            _label(words, part),
            words.say("form.one-a-line") if part.shape is Shape.TEXTS else "",
            "",
            given[0] if given else "",
            tuple(_choices(words, kind, part, case, given=given)),
            wrong.get(f"q-{part.name}", ""),
            part.shape in {Shape.DAY, Shape.COUNT},
        )


_SHAPES = {
    Shape.TEXT: "text",
    Shape.TEXTS: "text",
    Shape.CODE: "one",
    Shape.YES_NO: "one",
    Shape.ACTS: "several",
}


def _label(words: Words, part: Part) -> str:
    key = "form.part-label" if part.required else "form.part-optional"
    return words.say(key, part=capital(words.word("part", part.name)))


def _choices(
    words: Words, kind: ActKind, part: Part, case: ShownCase, *, given: Sequence[str]
) -> Iterator[Choice]:
    if part.shape is Shape.YES_NO:
        for code in ("yes", "no"):
            yield Choice(code, words.word("yes-no", code), code in given)
    for code in part.choices:
        yield Choice(code, capital(words.word("choice", code)), code in given)
    if part.shape is Shape.ACTS:
        for act in filter(meant_by(kind), case.acts):
            if kind.code in ABOUT and words.source.withholds(act):
                continue
            number = str(act.envelope.sequence)
            word = words.say("form.act-choice", number=number, act=words.act(act))
            yield Choice(number, word, number in given)
