"""F6: files that go with a report. What they hide is shown, and is removed unless it is kept."""

import re
from http import HTTPStatus

from answerable.casework.hidden_data import Looked
from answerable.core.case import limits
from answerable.core.errors import AnswerableError
from answerable.locale.visible import visible
from answerable.web.form.draft import Draft, KeptFile
from answerable.web.form.pages import Fault
from answerable.web.form.questions import FILES, TASKS
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.posted import FILE_BYTES, Posted, SentFile

MIB = limits.MIB
_KEPT = "file-{number}"
_PLAIN = re.compile(r"[a-z0-9]{1,8}")


def files(visit: Visit, posted: Posted | None) -> Response:
    """Show the files, or take what was sent: a new file, captions, and what is to be removed."""
    draft, faults = visit.begun(), list[Fault]()
    if posted is not None:
        _captions(draft, posted)
        _removals(visit, draft, posted)
        _originals(draft, posted)
        faults = [*_cut(visit, posted), *_taken(visit, draft, posted)]
        draft.pages.add("files")
        if not faults and not posted.has("more"):
            return visit.to(TASKS)
        if not faults:
            return visit.to(FILES)
    return visit.page(
        "files.html",
        visit.words.say("form-task.files"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        files=draft.files,
        kinds={one.kept: _kind(visit, one) for one in draft.files},
        found={one.kept: _found(visit, one) for one in draft.files},
        sizes={one.kept: size_words(visit, one.size) for one in draft.files},
        faults=faults,
        most=FILE_BYTES // MIB,
        room=limits.EXHIBITS - len(draft.files),
        at=FILES,
    )


def size_words(visit: Visit, size: int) -> str:
    """Return a size as people say it: in thousands of octets, or in millions."""
    if size >= MIB:
        return visit.words.say("form.mib", size=f"{size / MIB:.1f}")
    return visit.words.say("form.kib", size=str(max(1, size // limits.KIB)))


def _captions(draft: Draft, posted: Posted) -> None:
    for at, one in enumerate(draft.files):
        name = f"caption-{one.kept}"
        if posted.has(name):
            draft.files[at] = _changed(one, caption=posted.text(name)[: limits.LINE])


def _removals(visit: Visit, draft: Draft, posted: Posted) -> None:
    for one in list(draft.files):
        if posted.has(f"remove-{one.kept}"):
            for name in filter(None, (one.kept, one.original)):
                visit.host.application.kept_forms.drop_file(visit.token, name)
            draft.files.remove(one)


def _originals(draft: Draft, posted: Posted) -> None:
    """Take the choice between the copy without hidden data and the file as it was."""
    for at, one in enumerate(draft.files):
        wanted = posted.text(f"original-{one.kept}")
        if one.original and wanted in {"yes", "no"}:
            draft.files[at] = _changed(one, keeps_original=wanted == "yes")


def _cut(visit: Visit, posted: Posted) -> list[Fault]:
    if not posted.is_cut:
        return []
    return [Fault(visit.words.say("form.file-too-long", most=FILE_BYTES // MIB), "file-1")]


def _taken(visit: Visit, draft: Draft, posted: Posted) -> list[Fault]:
    faults: list[Fault] = []
    for number, sent in enumerate(posted.files, start=1):
        if len(draft.files) >= limits.EXHIBITS:
            text = visit.words.say("form.files-enough", most=limits.EXHIBITS)
            return [*faults, Fault(text, f"file-{number}")]
        try:
            draft.files.append(_kept(visit, draft, sent))
        except AnswerableError as problem:
            told = visit.words.explain(problem.code, problem.facts)
            text = " ".join(filter(None, (_short(sent.name), told.what, told.do)))
            faults.append(Fault(text, f"file-{number}"))
    return faults


def _kept(visit: Visit, draft: Draft, sent: SentFile) -> KeptFile:
    application = visit.host.application
    looked = application.hidden_data.look(sent.data)
    number = 1 + max((int(one.kept.rpartition("-")[2]) for one in draft.files), default=0)
    kept = _KEPT.format(number=number)
    data = sent.data if looked.cleaned is None else looked.cleaned
    application.kept_forms.add_file(visit.token, kept, data)
    original = ""
    if looked.cleaned is not None and looked.found:
        original = f"original-{number}"
        application.kept_forms.add_file(visit.token, original, sent.data)
    return KeptFile(
        kept=kept,
        original=original,
        # A neutral name: what a device calls a picture can tell a day, a place or a person.
        name=f"{kept}.{_extension(looked)}",
        kind=looked.kind,
        size=len(data),
        found=tuple((one.code, one.value) for one in looked.found),
        is_cleaned=looked.cleaned is not None,
    )


def _extension(looked: Looked) -> str:
    return looked.extension if _PLAIN.fullmatch(looked.extension) else "bin"


def _changed(one: KeptFile, **said: str | bool) -> KeptFile:
    return KeptFile(**{**one.json(), **said})


def _kind(visit: Visit, one: KeptFile) -> str:
    return visit.words.word("file-kind", one.kind.partition("/")[0])


def _found(visit: Visit, one: KeptFile) -> list[str]:
    return [visit.words.say(f"hidden.{code}", value=value or None) for code, value in one.found]


def _short(name: str) -> str:
    text = visible(name)
    return text if len(text) <= limits.KEY else text[: limits.KEY] + "..."
