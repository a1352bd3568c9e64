"""Whose keys count: the policy a receipt is judged by, and who vouches for it."""

import os
from dataclasses import dataclass
from hashlib import sha256

from answerable.cli.errors import NoPolicy
from answerable.cli.files import STREAM, read
from answerable.cli.surface import Surface
from answerable.core.ledger.keys import VerifierKey
from answerable.core.ledger.policy import (
    MAX_POLICY_BYTES,
    Policy,
    UnreadablePolicy,
    parse_policy,
)

BESIDE = "policy"
"""The name under which a policy may lie beside a receipt."""


@dataclass(frozen=True, slots=True)
class Trust:
    """A policy, the file it came from, and whether the reader named that file."""

    policy: Policy
    file: str
    sha256: str
    is_vouched_for: bool

    def title_of(self, origin: str) -> str | None:
        return self.policy.title if self.policy.origin == origin else None


def trust_for(receipt: str, given: str | None) -> Trust:
    """Return what a receipt is judged by: the policy given, or the one that lies beside it.

    Raises:
        NoPolicy: there is neither.
        CannotRead, UnreadablePolicy: with the file.
    """
    file = given if given is not None else _beside(receipt)
    content = read(file, MAX_POLICY_BYTES)
    try:
        policy = parse_policy(content)
    except UnreadablePolicy as problem:
        raise UnreadablePolicy(str(problem), **{**problem.facts, "file": file}) from None
    return Trust(policy, file, sha256(content).hexdigest(), given is not None)


def _beside(receipt: str) -> str:
    file = os.path.join(os.path.dirname(receipt), BESIDE)  # noqa: PTH118, PTH120 - pathlib is slow to start
    if receipt == STREAM or not os.path.isfile(file):  # noqa: PTH113 - as above
        raise NoPolicy("no policy given, and none beside the receipt", file=receipt)
    return file


def fingerprint(key: VerifierKey) -> str:
    """Return the SHA-256 of the public key, in hexadecimal."""
    return sha256(key.public).hexdigest()


def trust_lines(surface: Surface, trust: Trust, key: VerifierKey) -> list[str]:
    """Return which key was used and why, and what a reader may compare."""
    why = "trust.because-given" if trust.is_vouched_for else "trust.because-beside"
    return [
        surface.say(why, key_id=key.key_id.hex(), origin=key.name, file=trust.file),
        surface.say("trust.key-fingerprint", fingerprint=fingerprint(key)),
        surface.say("trust.policy-fingerprint", fingerprint=trust.sha256),
    ]
