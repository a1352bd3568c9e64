"""What is told of the files of a submission before they are handed in."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from answerable.casework.hidden_data import LIMIT, FileHarmful, HiddenData, HiddenDataStays, Looked
from answerable.core.case.notes import Note
from answerable.core.case.problems import Problem
from answerable.core.case.reading import located
from answerable.core.case.submission import Submission
from answerable.core.case.vocabulary import KEPT, REMOVED
from answerable.core.errors import Fact


def exhibits_looked_into(
    submission: Submission, opens: Callable[[str], BinaryIO], hidden_data: HiddenData
) -> tuple[list[Problem], list[Note]]:
    """Return what is wrong with the files that a submission names, and what they hide.

    A file that is handed in as it is, on purpose, is not looked into.
    """
    problems: list[Problem] = []
    notes: list[Note] = []
    for exhibit in submission.exhibits:
        path = f"exhibits/{exhibit.ordinal}"
        try:
            with opens(exhibit.file or "") as source:
                data = b"" if exhibit.hidden_data == KEPT else source.read(LIMIT + 1)
            if data:
                notes += _told(path, hidden_data.look(data), exhibit.hidden_data)
        except FileHarmful as harmful:
            reason = harmful.facts["reason"]
            if exhibit.hidden_data == REMOVED:
                stays = HiddenDataStays("not to be opened", kind=reason)
                problems.append(located(stays, f"{path}/file", None))
            else:
                notes.append(Note("file-harmful", path, {"reason": reason}))
        except Problem as problem:
            problems.append(located(problem, f"{path}/file", None))
    return problems, notes


def _told(path: str, looked: Looked, asked: str | None) -> Iterator[Note]:
    """Yield what was found, and last what will be done with it.

    Raises:
        HiddenDataStays: what is asked for cannot be done.
    """
    if asked == REMOVED and looked.cleaned is None:
        raise HiddenDataStays("cannot be cleaned", kind=looked.kind)
    for one in looked.found:
        facts: dict[str, Fact] = {"found": one.code, "value": one.value}
        yield Note("hidden-data-found", path, facts)
    if asked == REMOVED:
        yield Note("hidden-data-removed", path)
    elif looked.cleaned is None:
        yield Note("hidden-data-unremovable", path, {"kind": looked.kind})
    elif looked.found:
        yield Note("hidden-data-removable", path)
