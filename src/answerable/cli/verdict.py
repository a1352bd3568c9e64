"""A receipt, with an opening or alone, is judged; or it is said in words why it cannot be."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from answerable.cli.errors import PolicyNotVouched
from answerable.cli.files import read
from answerable.cli.judgement import Judged, judge, lines_of, with_opening
from answerable.cli.output import UNDECIDED, Result, exit_of
from answerable.cli.surface import Surface
from answerable.cli.trust import Trust
from answerable.core.errors import AnswerableError, Refusal
from answerable.core.ledger.proof import MAX_RECEIPT_BYTES, Receipt

if TYPE_CHECKING:
    from answerable.core.opening import Opening

_HEADLINES = {1: "verdict.not-valid", 2: "verdict.unreadable", 3: "verdict.undecided"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An opening, and the file it came from."""

    file: str
    opening: "Opening"


def judged_or_why_not(
    surface: Surface, file: str, trust: Trust, shown: Shown | None
) -> Judged | Result:
    """Return what the receipt in a file proves, or the verdict where it proves nothing.

    A policy that nobody vouches for refuses nothing: with another one, a true receipt could be
    made to fail.
    """
    try:
        judged = judge(Receipt.parse(read(file, MAX_RECEIPT_BYTES)), trust, surface.offline)
    except Refusal as problem:
        return (
            failed(surface, file, problem)
            if trust.is_vouched_for
            else _by_no_one(surface, file, trust, problem)
        )
    except AnswerableError as problem:
        return failed(surface, file, problem)
    if shown is None:
        return judged
    try:
        return with_opening(judged, shown.opening, surface.offline)
    except AnswerableError as problem:
        return _receipt_alone(surface, file, judged, failed(surface, shown.file, problem))


def failed(surface: Surface, file: str, problem: AnswerableError) -> Result:
    """Return the verdict on a file that fails: its headline, and the error in three parts."""
    code = exit_of(problem)
    headline = surface.say(_HEADLINES.get(code, "verdict.undecided"), file=file)
    text = f"{headline}\n{surface.explain(problem)}"
    return Result(problem.code, {**problem.facts, "file": file}, text, code, headline)


def not_vouched(file: str, trust: Trust) -> PolicyNotVouched:
    return PolicyNotVouched("found beside the receipt", file=file, policy=trust.file)


def _by_no_one(surface: Surface, file: str, trust: Trust, problem: Refusal) -> Result:
    undecided = failed(surface, file, not_vouched(file, trust))
    by_it = surface.say("verdict.by-that-policy", what=surface.explain(problem).what)
    facts = {**undecided.facts, "found": problem.code}
    text = f"{undecided.text}\n{by_it}"
    return Result(undecided.code, facts, text, UNDECIDED, undecided.summary)


def _receipt_alone(surface: Surface, file: str, judged: Judged, opening: Result) -> Result:
    """Return the verdict on an opening that fails, beside which the receipt stays what it is."""
    if not judged.trust.is_vouched_for:
        return opening
    alone = (surface.say("verdict.receipt-alone", file=file), *lines_of(surface, judged))
    text = "\n".join((opening.text, "", *alone))
    return Result(opening.code, opening.facts, text, opening.exit, opening.summary)
