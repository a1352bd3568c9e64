"""What is judged together: a receipt, the policy it is judged by, and an opening of the receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from answerable.core.errors import AnswerableError, Refusal, Undecidable
from answerable.core.ledger.keys import VerifierKey
from answerable.core.ledger.policy import Policy, UnreadablePolicy, parse_policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import Cosigner, Proven, verify_receipt

# Who checks a receipt alone does not wait for what reads openings.
if TYPE_CHECKING:
    from answerable.core.acts import Json
    from answerable.core.opening import Opened, Opening

Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether (public key, signature, message) fit: Ed25519, RFC 8032."""


class PolicyNotVouched(Undecidable):
    """The policy was found beside the receipt: who made the one could have made the other."""

    code = "policy-not-vouched"


@dataclass(frozen=True, slots=True)
class Trust:
    """A policy, the file it came from, and whether the reader named that file."""

    policy: Policy
    file: str
    sha256: str
    is_vouched_for: bool

    def title_of(self, origin: str) -> str | None:
        return self.policy.title if self.policy.origin == origin else None


def trust_in(content: bytes, file: str, *, is_vouched_for: bool) -> Trust:
    """Return the trust that a policy's bytes are given.

    Raises:
        UnreadablePolicy: with the file.
    """
    try:
        policy = parse_policy(content)
    except UnreadablePolicy as problem:
        raise UnreadablePolicy(str(problem), **{**problem.facts, "file": file}) from None
    return Trust(policy, file, sha256(content).hexdigest(), is_vouched_for)


def fingerprint(key: VerifierKey) -> str:
    """Return the SHA-256 of the public key, in hexadecimal."""
    return sha256(key.public).hexdigest()


@dataclass(frozen=True, slots=True)
class Shown:
    """An opening, and the file it came from."""

    file: str
    opening: "Opening"


@dataclass(frozen=True, slots=True)
class Handed:
    """What is to be judged. ``receipt`` reads it from its file, and raises where it cannot."""

    file: str
    receipt: Callable[[], Receipt]
    trust: Trust
    shown: Shown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A receipt that is proven by a policy, and what the opening shows that belongs to it."""

    proven: Proven
    trust: Trust
    opened: "Opened | None" = None
    party_key: bytes | None = None

    def shown(self, path: str) -> "Json":
        return None if self.opened is None else self.opened.shown(path)

    @property
    def act(self) -> str | None:
        """The code of the act, where act and docket are shown: else it is not known which it is."""
        act = self.shown("act")
        return act if isinstance(act, str) and self.shown("docket") is not None else None

    @property
    def number(self) -> str | None:
        """The number of the act's receipt, where it is shown which of the docket's acts it is."""
        docket, sequence = self.shown("docket"), self.shown("sequence")
        if self.act is None or not isinstance(sequence, int):
            return None
        return f"{docket}/{sequence}" if sequence > 1 else str(docket)

    @property
    def signed_as(self) -> str:
        """What is shown of what a party signed: that it names this act, or only its content.

        ``act`` where it names it in its place, ``first-act`` where it names it as the first of a
        docket, else ``content``; "" where nothing is signed.
        """
        if self.party_key is None or self.opened is None:
            return ""
        if not self.opened.names_its_act:
            return "content"
        return "act" if self.opened.names_its_docket else "first-act"

    @property
    def is_with_body(self) -> bool:
        """Whether the body that the case is about keeps the ledger itself, as far as is shown."""
        facts = self.shown("facts")
        return isinstance(facts, Mapping) and facts.get("host") == "body"

    @property
    def witnesses(self) -> list[Cosigner]:
        return [by for by in self.proven.cosigners if by.counted and not by.own]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a file: that it is proven, or what is wrong with it, or both.

    ``file`` is the one that the verdict is on, ``receipt`` that of the receipt. Where a policy that
    nobody vouches for decides, both are there: ``problem`` says so. ``by_that_policy`` is what such
    a policy would refuse. ``alone`` is the receipt that stays what it is beside an opening that
    fails.
    """

    file: str
    receipt: str
    judged: Judged | None = None
    problem: AnswerableError | None = None
    by_that_policy: Refusal | None = None
    alone: Judged | None = None


def verdict_on(handed: Handed, verify: Verify, now_seconds: int) -> Verdict:
    """Return the verdict on a receipt, or on an opening with its receipt. It raises no error.

    A policy that nobody vouches for refuses nothing: with another one, a true receipt could be
    made to fail.
    """
    file, trust, shown = handed.file, handed.trust, handed.shown
    about = file if shown is None else shown.file
    try:
        proven = verify_receipt(handed.receipt(), trust.policy, verify, now_seconds=now_seconds)
    except Refusal as problem:
        if trust.is_vouched_for:
            return Verdict(file, file, problem=problem)
        return Verdict(file, file, problem=_not_vouched(handed), by_that_policy=problem)
    except AnswerableError as problem:
        return Verdict(file, file, problem=problem)
    judged = alone = Judged(proven=proven, trust=trust)
    if shown is not None:
        try:
            judged = with_opening(alone, shown.opening, verify)
        except AnswerableError as problem:
            beside = alone if trust.is_vouched_for else None
            return Verdict(about, file, problem=problem, alone=beside)
    undecided = None if trust.is_vouched_for else _not_vouched(handed)
    return Verdict(about, file, judged, undecided)


def with_opening(judged: Judged, opening: "Opening", verify: Verify) -> Judged:
    """Return what is proven with the opening too, in the order of docs/specs/commitment.md.

    Raises:
        OpeningOfAnother, ForeignDisclosure, OpeningMalformed, PartySignatureWrong,
            SignedAnotherAct: of the opening.
    """
    from answerable.core.opening import OpeningOfAnother, signed_by_party  # noqa: PLC0415 - see above

    proven = judged.proven
    if opening.commitment != proven.commitment:
        raise OpeningOfAnother(
            "the opening is of another commitment",
            index=proven.index,
            expected=proven.commitment.hex(),
            got=opening.commitment.hex(),
        )
    opened = opening.opened()
    party_key = signed_by_party(opened, proven.origin, verify)
    return replace(judged, opened=opened, party_key=party_key)


def _not_vouched(handed: Handed) -> PolicyNotVouched:
    return PolicyNotVouched("found beside the receipt", file=handed.file, policy=handed.trust.file)
