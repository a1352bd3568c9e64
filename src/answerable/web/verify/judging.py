"""What was handed in is judged, as the commands `receipt verify` and `opening verify` do it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from answerable.casework.judging import (
    Handed,
    Shown,
    Trust,
    Verdict,
    Verify,
    trust_in,
    verdict_on,
)
from answerable.core.errors import AnswerableError, Undecidable
from answerable.core.ledger.proof import Receipt
from answerable.core.numbers import typed_number
from answerable.core.opening import parse_opening
from answerable.core.register.pages import POLICY
from answerable.web.register.opened import Register
from answerable.web.verify.asked import Asked, File


class ReceiptMissing(Undecidable):
    """An opening was given, and not the receipt that it belongs to."""

    code = "receipt-missing"


class NumberAlone(Undecidable):
    """A case number was given, and no receipt."""

    code = "number-alone"


@dataclass(frozen=True, slots=True)
class Checks:
    """What a check needs: the check of a signature, the clock, and the verifier in one file."""

    verify: Verify
    now_seconds: Callable[[], int]
    page: Callable[[], bytes]


def verdicts(checks: Checks, register: Register, asked: Asked) -> Iterator[Verdict]:
    """Yield the verdict on each receipt with its opening, and on what came without one."""
    for receipt, opening in asked.pairs:
        try:
            trust = _trust(register, asked)
        except AnswerableError as problem:
            yield Verdict(receipt.name, receipt.name, problem=problem)
        else:
            yield _judged(checks, trust, receipt, opening)
    if not asked.receipts:
        yield from map(_opening_alone, asked.openings)
    if asked.number:
        yield _number_alone(asked.number)


def _trust(register: Register, asked: Asked) -> Trust:
    """Return the policy that was chosen; else that of the register, which nobody vouched for.

    Raises:
        UnreadablePolicy: with the file.
    """
    if asked.policy is not None:
        return trust_in(asked.policy.data, asked.policy.name, is_vouched_for=True)
    name = POLICY.rpartition("/")[2]
    return trust_in(register.files.read(POLICY) or b"", name, is_vouched_for=False)


def _judged(checks: Checks, trust: Trust, receipt: File, opening: File | None) -> Verdict:
    shown = None
    if opening is not None:
        try:
            shown = Shown(opening.name, parse_opening(opening.data))
        except AnswerableError as problem:
            return Verdict(opening.name, receipt.name, problem=problem)
    handed = Handed(receipt.name, lambda: Receipt.parse(receipt.data), trust, shown)
    return verdict_on(handed, checks.verify, checks.now_seconds())


def _opening_alone(opening: File) -> Verdict:
    try:
        parse_opening(opening.data)
    except AnswerableError as problem:
        return Verdict(opening.name, opening.name, problem=problem)
    missing = ReceiptMissing("an opening alone", file=opening.name)
    return Verdict(opening.name, opening.name, problem=missing)


def _number_alone(text: str) -> Verdict:
    problem: AnswerableError
    try:
        problem = NumberAlone("a number alone", number=str(typed_number(text)))
    except AnswerableError as wrong:
        problem = wrong
    return Verdict(text, text, problem=problem)
