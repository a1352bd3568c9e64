"""What came of a delivery: receipts and openings are kept, and what has no receipt is counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from answerable.cli.errors import ReceiptsNotKept
from answerable.cli.output import DONE, Json, Result, exit_of, worst
from answerable.cli.surface import Surface
from answerable.core.case.delivery import spans
from answerable.core.errors import AnswerableError, Fact
from answerable.disk import replacing, sync_folder

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.ports import Appended, Issued

    Outcome = Appended | AnswerableError


@dataclass(frozen=True, slots=True)
class Refusals:
    """One error, and the places of the delivery's submissions that it stands for."""

    error: AnswerableError
    places: list[int]


def tell(
    surface: Surface,
    application: "Application",
    outcomes: "Sequence[Outcome]",
    *,
    folder: Path,
    key: str,
) -> int:
    """Keep what was received, and say of each submission what came of it.

    Raises:
        AnswerableError: nothing was received, for one reason.
        ReceiptsNotKept: everything was received, and the receipts cannot be written.
    """
    received = [one.acts[0] for one in outcomes if not isinstance(one, AnswerableError)]
    refusals = _refusals(outcomes)
    if not received and len(refusals) == 1:
        raise refusals[0].error
    lines = [_received(surface, issued) for issued in received]
    problems = [refused.error for refused in refusals]
    for refused in refusals:
        lines += ["", surface.say("submission.refused", reports=spans(refused.places))]
        lines.append(str(surface.explain(refused.error)))
    if refusals:
        counted = {"received": len(received), "reports": len(outcomes)}
        left = len(outcomes) - len(received)
        lines += ["", surface.say("submission.counted", **counted, left=left)]
        lines += [surface.say("submission.ask-again", key=key), ""]
    try:
        unread = _keep_all(application, received, folder)
    except ReceiptsNotKept as problem:
        if not refusals:
            raise
        problems.append(problem)
        lines.append(str(surface.explain(problem)))
    else:
        if unread is not None:
            problems.append(unread)
            lines += [surface.say("submission.unopened"), str(surface.explain(unread)), ""]
        lines.append(surface.say("submission.kept", folder=str(folder)))
    facts: dict[str, Json] = {
        "folder": str(folder),
        "delivery_key": key,
        "received": len(received),
        "not_received": len(outcomes) - len(received),
        "problems": [problem.code for problem in problems],
        "submissions": [_facts(one) for one in outcomes],
    }
    ending = worst([DONE, *map(exit_of, problems)])
    return surface.tell(Result("lodged", facts, "\n".join(lines), ending))


def _refusals(outcomes: "Sequence[Outcome]") -> list[Refusals]:
    """Return the errors, each once, however many submissions it stands for."""
    found: dict[tuple[str, tuple[tuple[str, Fact], ...]], Refusals] = {}
    for place, outcome in enumerate(outcomes, start=1):
        if isinstance(outcome, AnswerableError):
            same = (outcome.code, tuple(sorted(outcome.facts.items())))
            found.setdefault(same, Refusals(outcome, [])).places.append(place)
    return list(found.values())


def _keep_all(
    application: "Application", received: "Sequence[Issued]", folder: Path
) -> AnswerableError | None:
    """Write the receipts, then policy and openings, or return why these cannot be read any more.

    Raises:
        ReceiptsNotKept: the system refuses to write them.
    """
    try:
        return _kept_in(application, received, folder)
    except OSError as problem:
        raise ReceiptsNotKept(str(problem), file=str(problem.filename or folder)) from None


def _kept_in(
    application: "Application", received: "Sequence[Issued]", folder: Path
) -> AnswerableError | None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for issued in received:
        _keep(folder / f"{issued.number}.tlog-proof", issued.receipt.encode())
    unread = None
    try:
        for name, octets in _beside(application, received):
            _keep(folder / name, octets)
    except AnswerableError as problem:
        unread = problem
    # Before they are said to be kept; the folder itself may be new.
    sync_folder(folder)
    sync_folder(folder.parent)
    return unread


def _beside(
    application: "Application", received: "Sequence[Issued]"
) -> Iterator[tuple[str, bytes]]:
    yield "policy", application.upkeep.policy().encode()
    for issued in received:
        act = application.reading.act(issued.number)
        # What cannot be read here any more must not take the place of the sender's own full copy.
        if not application.reading.is_erased(act):
            yield f"{issued.number}.opening.json", application.reading.opening(act).encoded()


def _received(surface: Surface, issued: "Issued") -> str:
    return surface.say(
        "submission.received",
        number=issued.number,
        at=surface.when(issued.at),
        index=issued.receipt.index,
    )


def _facts(outcome: "Outcome") -> dict[str, Json]:
    if isinstance(outcome, AnswerableError):
        return {"code": outcome.code, **outcome.facts}
    issued = outcome.acts[0]
    return {"number": issued.number, "index": issued.receipt.index, "at": issued.at}


def _keep(path: Path, content: bytes) -> None:
    # The same delivery again writes the same files again, and a policy is only added to. Whole or
    # not at all, since a cut receipt would look like a forgery.
    with replacing(path) as file:
        file.write(content)
