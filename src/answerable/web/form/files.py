"""F6: files that go with a report. What they hide is shown, and is removed unless it is kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from http import HTTPStatus

from answerable.casework.hidden_data import Looked
from answerable.casework.kept_forms import FileTooLargeForForm
from answerable.core.case import limits
from answerable.core.errors import AnswerableError
from answerable.locale.visible import visible
from answerable.web.errors import NoMoreFiles, TooMuchAtOnce
from answerable.web.form.asked import Choice, read_by, readers_of, size_words
from answerable.web.form.draft import Draft, KeptFile, RefusedFile
from answerable.web.form.handed import FILE, chosen_for
from answerable.web.form.pages import Fault
from answerable.web.form.questions import FILES
from answerable.web.form.room import Visit, status_of
from answerable.web.http import Response
from answerable.web.posted import FILE_BYTES, PARTS, LeftOut, Posted, SentFile

MIB = limits.MIB
AGAIN = "again-"
_KEPT = "file-{number}"
_PLAIN = re.compile(r"[a-z0-9]{1,8}")
_FINGERPRINT = 8


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file on its page. ``readers`` are those that can be chosen, and ``read_by`` says who is."""

    file: KeptFile
    told: str
    found: tuple[str, ...]
    fingerprint: str
    readers: tuple[Choice, ...]
    read_by: str


@dataclass(frozen=True, slots=True)
class ShownRefusal:
    """A file that was not taken, on its page: what its device calls it, and why."""

    id: str
    number: int
    name: str
    why: str


def files(visit: Visit, posted: Posted | None) -> Response:
    """Show the files, or take what was sent: files, captions, readers, and what is removed."""
    draft, faults, status = visit.begun(), list[Fault](), HTTPStatus.OK
    if posted is not None:
        faults, status = _take(visit, draft, posted)
        draft.pages.add("files")
        if not faults:
            return visit.to(FILES) if _stays(posted) else visit.onward()
    return visit.page(
        "files.html",
        visit.words.say("form-task.files"),
        status=status,
        files=[_shown(visit, draft, one) for one in draft.files],
        refused=[_refusal(visit, one) for one in draft.refused],
        faults=faults,
        most=FILE_BYTES // MIB,
        room=limits.EXHIBITS - len(draft.files),
        at=FILES,
    )


def too_much(visit: Visit, posted: Posted) -> str:
    """Say what was more than is taken of one post, and what to do."""
    if posted.is_many:
        return visit.words.say("form.too-many-parts", most=PARTS)
    return visit.words.say("form.file-too-long", most=FILE_BYTES // MIB)


def file_readers(visit: Visit, draft: Draft, one: KeptFile) -> str:
    """Say who will read a file, once readers were chosen."""
    if not draft.answers.get("readers"):
        return ""
    chosen = readers_of(draft, FILE) if one.readers is None else chosen_for(draft, one)
    return read_by(chosen, visit.words)


# --- What was sent ---


def _stays(posted: Posted) -> bool:
    """Whether a button was pressed that belongs to the list of files, and not to what is next."""
    return any(
        name == "more" or name.startswith(("remove-", "leave-out-")) for name in posted.texts
    )


def _take(visit: Visit, draft: Draft, posted: Posted) -> tuple[list[Fault], HTTPStatus]:
    _captions(draft, posted)
    faults = list(_readers(visit, draft, posted))
    _removals(visit, draft, posted)
    _originals(draft, posted)
    is_long = posted.is_cut and not posted.left_out
    if is_long:
        faults.append(Fault(too_much(visit, posted), "file-1"))
    refused, status = _taken(visit, draft, posted)
    if is_long:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    elif faults and not refused:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return [*faults, *refused], status


def _captions(draft: Draft, posted: Posted) -> None:
    for at, one in enumerate(draft.files):
        name = f"caption-{one.kept}"
        if posted.has(name):
            draft.files[at] = replace(one, caption=posted.text(name)[: limits.LINE])


def _readers(visit: Visit, draft: Draft, posted: Posted) -> Iterator[Fault]:
    """Take who reads each file. That nobody is ticked is kept too, and told."""
    offered = readers_of(draft, FILE)
    for at, one in enumerate(draft.files):
        # Boxes that are not ticked send nothing: the caption beside them tells that they were seen.
        if not posted.has(f"caption-{one.kept}") or len(offered) == 1:
            continue
        given = posted.texts.get(f"readers-{one.kept}", ())
        chosen = tuple(code for code in offered if code in given)
        draft.files[at] = replace(one, readers=None if chosen == offered else chosen)
        if not chosen and not posted.has(f"remove-{one.kept}"):
            text = visit.words.say("form.file-for-nobody", name=one.name)
            yield Fault(text, f"r-{one.kept}-{offered[0]}")


def _removals(visit: Visit, draft: Draft, posted: Posted) -> None:
    for one in list(draft.files):
        if posted.has(f"remove-{one.kept}"):
            visit.without += one.parts
            draft.files.remove(one)
    draft.refused = [one for one in draft.refused if not posted.has(f"leave-out-{one.number}")]


def _originals(draft: Draft, posted: Posted) -> None:
    """Take the choice between the copy without hidden data and the file as it was."""
    for at, one in enumerate(draft.files):
        wanted = posted.text(f"original-{one.kept}")
        if one.original and wanted in {"yes", "no"}:
            draft.files[at] = replace(one, keeps_original=wanted == "yes")


def _taken(visit: Visit, draft: Draft, posted: Posted) -> tuple[list[Fault], HTTPStatus]:
    """Take each file by itself: one that is refused takes no other with it."""
    faults, status = list[Fault](), HTTPStatus.OK
    each: list[SentFile | LeftOut] = [*posted.files, *posted.left_out]
    for sent in each:
        problem = _tried(visit, draft, sent)
        if problem is None:
            _forget(draft, sent)
            continue
        refused = _remember(draft, sent, problem)
        shown = _refusal(visit, refused)
        faults.append(Fault(f"{shown.name}: {shown.why}", shown.id))
        status = status_of(problem)
    return faults, status


def _tried(visit: Visit, draft: Draft, sent: SentFile | LeftOut) -> AnswerableError | None:
    if isinstance(sent, LeftOut):
        most = FILE_BYTES // MIB
        if sent.size > FILE_BYTES:
            return FileTooLargeForForm("a file is too long", limit_mb=most)
        return TooMuchAtOnce("too much in one post", limit_mb=most)
    if any(one.sent == _digest(sent) for one in draft.files):
        # It is there: the same post came again, or the same file was chosen twice.
        return None
    if len(draft.files) >= limits.EXHIBITS:
        return NoMoreFiles("enough files", limit=limits.EXHIBITS)
    try:
        draft.files.append(_kept(visit, draft, sent))
    except AnswerableError as problem:
        return problem
    return None


def _kept(visit: Visit, draft: Draft, sent: SentFile) -> KeptFile:
    application = visit.host.application
    looked = application.hidden_data.look(sent.data)
    number = _next_number(draft)
    kept = _KEPT.format(number=number)
    data = sent.data if looked.cleaned is None else looked.cleaned
    application.kept_forms.add_file(visit.token, kept, data)
    original = ""
    if looked.cleaned is not None and looked.found:
        original = f"original-{number}"
        try:
            application.kept_forms.add_file(visit.token, original, sent.data)
        except AnswerableError:
            application.kept_forms.drop_file(visit.token, kept)
            raise
    return KeptFile(
        kept=kept,
        original=original,
        # A neutral name: what a device calls a picture can tell a day, a place or a person.
        name=f"{kept}.{_extension(looked)}",
        kind=looked.kind,
        size=len(data),
        found=tuple((one.code, one.value) for one in looked.found),
        is_cleaned=looked.cleaned is not None,
        digest=sha256(data).hexdigest(),
        sent=_digest(sent),
    )


def _next_number(draft: Draft) -> int:
    draft.files_made += 1
    return draft.files_made


def _digest(sent: SentFile | LeftOut) -> str:
    if isinstance(sent, SentFile):
        return sha256(sent.data).hexdigest()
    return f"{sent.size} {_short(sent.name)}"


def _remember(draft: Draft, sent: SentFile | LeftOut, problem: AnswerableError) -> RefusedFile:
    """Keep a row for a file that was not taken, in the place of the one that it was tried for."""
    before = _row_of(draft, sent)
    refused = RefusedFile(
        number=_next_number(draft) if before is None else before.number,
        name=_short(sent.name),
        sent=_digest(sent),
        code=problem.code,
        facts=problem.facts,
    )
    rows = [refused if one == before else one for one in draft.refused]
    draft.refused = rows if before is not None else [*rows, refused][-limits.EXHIBITS :]
    return refused


def _forget(draft: Draft, sent: SentFile | LeftOut) -> None:
    before = _row_of(draft, sent)
    draft.refused = [one for one in draft.refused if one != before]


def _row_of(draft: Draft, sent: SentFile | LeftOut) -> RefusedFile | None:
    digest = _digest(sent)
    return next(
        (one for one in draft.refused if sent.field == f"{AGAIN}{one.number}"),
        next((one for one in draft.refused if one.sent == digest), None),
    )


def _extension(looked: Looked) -> str:
    return looked.extension if _PLAIN.fullmatch(looked.extension) else "bin"


# --- The page ---


def _shown(visit: Visit, draft: Draft, one: KeptFile) -> ShownFile:
    words, offered = visit.words, readers_of(draft, FILE)
    kind = words.word("file-kind", one.kind.partition("/")[0])
    chosen = offered if one.readers is None else one.readers
    is_choice = bool(draft.answers.get("readers")) and len(offered) > 1
    return ShownFile(
        one,
        f"{kind}, {size_words(words, one.size)}",
        tuple(words.say(f"hidden.{code}", value=value or None) for code, value in one.found),
        one.fingerprint[:_FINGERPRINT],
        tuple(Choice(code, words.say(f"form-who.{code}"), code in chosen) for code in offered)
        if is_choice
        else (),
        file_readers(visit, draft, one),
    )


def _refusal(visit: Visit, one: RefusedFile) -> ShownRefusal:
    told = visit.words.explain(one.code, one.facts)
    why = " ".join(filter(None, (told.what, told.do)))
    return ShownRefusal(f"{AGAIN}{one.number}", one.number, one.name, why)


def _short(name: str) -> str:
    text = visible(name)
    return text if len(text) <= limits.KEY else text[: limits.KEY] + "..."
