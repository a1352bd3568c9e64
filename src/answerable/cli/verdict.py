"""The verdict on a receipt, with an opening or alone: in words, and as facts for programs."""

from collections.abc import Mapping

from answerable.casework.judging import (
    Handed,
    Judged,
    Shown,
    Trust,
    Verdict,
    fingerprint,
    verdict_on,
)
from answerable.cli.files import read
from answerable.cli.output import DONE, Json, Result, exit_of
from answerable.cli.surface import Surface
from answerable.core.errors import AnswerableError
from answerable.core.ledger.proof import MAX_RECEIPT_BYTES, Receipt
from answerable.core.ledger.windows import seconds_text
from answerable.locale.verdict_words import failed_headline, headline, printed, verdict_lines


def verdict_in(surface: Surface, file: str, trust: Trust, shown: Shown | None) -> Verdict:
    """Return the verdict on the receipt in a file, or on an opening with it."""
    handed = Handed(file, lambda: Receipt.parse(read(file, MAX_RECEIPT_BYTES)), trust, shown)
    return verdict_on(handed, surface.offline.verify, surface.offline.now_seconds)


def failed(surface: Surface, file: str, problem: AnswerableError) -> Result:
    """Return the verdict on a file that fails: its headline, and the error in three parts."""
    said = failed_headline(surface, file, problem)
    facts = {**problem.facts, "file": file}
    text = f"{said}\n{surface.explain(problem)}"
    return Result(problem.code, facts, text, exit_of(problem), said)


def result_of(
    surface: Surface,
    verdict: Verdict,
    code: str,
    *,
    facts: Mapping[str, Json],
    shows_opening: bool,
) -> Result:
    """Return a verdict as a command answers it; code and facts are those of what is proven."""
    problem, said = verdict.problem, headline(surface, verdict, shows_opening=shows_opening)
    text = printed(verdict_lines(surface, verdict, shows_opening=shows_opening))
    if problem is None:
        return Result(code, facts, text, DONE, said)
    if verdict.judged is None:
        facts = {**problem.facts, "file": verdict.file}
    if verdict.by_that_policy is not None:
        facts = {**facts, "found": verdict.by_that_policy.code}
    return Result(problem.code, facts, text, exit_of(problem), said)


def facts_of(judged: Judged) -> dict[str, Json]:
    proven, trust = judged.proven, judged.trust
    return {
        "origin": proven.origin,
        "index": proven.index,
        "size": proven.size,
        "commitment": proven.commitment.hex(),
        "at": seconds_text(proven.at_seconds),
        "log_key": str(proven.log_key),
        "log_key_sha256": fingerprint(proven.log_key),
        "quorum": proven.quorum,
        "cosigners": [
            {
                "name": by.name,
                "at": seconds_text(by.at_seconds),
                "own": by.own,
                "counted": by.counted,
            }
            for by in proven.cosigners
        ],
        "act": judged.act,
        "docket": judged.shown("docket"),
        "number": judged.number,
        "party_key": judged.party_key.hex() if judged.party_key else None,
        "signed_as": judged.signed_as or None,
        "policy": {
            "file": trust.file,
            "sha256": trust.sha256,
            "vouched_for": trust.is_vouched_for,
        },
    }
