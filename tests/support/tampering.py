"""Changed files, the same in every run, and what our own reader says of them."""

from collections.abc import Callable
from random import Random

from answerable.core.errors import AnswerableError, Malformed, Undecidable
from answerable.core.ledger.policy import Log, Policy, Witness, parse_policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from tests.support.go_programs import Answer
from tests.support.training_ledger import ORIGIN, verify
from tests.support.training_records import judged


def seeded(name: str) -> Random:
    return Random(name)  # noqa: S311 - tests draw the same in every run


def flipped(octets: bytes, draw: Random) -> bytes:
    """Return the file with one bit changed."""
    at = draw.randrange(len(octets))
    return octets[:at] + bytes([octets[at] ^ 1 << draw.randrange(8)]) + octets[at + 1 :]


def _one_byte_written(octets: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(octets))
    return (
        octets[:at] + bytes([draw.choice(b'\n\r\t -+=#/0129AZaz{}[]",:\x7f\x85\xff')]) + octets[at:]
    )


def _one_byte_less(octets: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(octets))
    return octets[:at] + octets[at + 1 :]


def _cut_short(octets: bytes, draw: Random) -> bytes:
    return octets[: draw.randrange(len(octets))]


def _one_line_less(octets: bytes, draw: Random) -> bytes:
    lines = octets.splitlines(keepends=True)
    del lines[draw.randrange(len(lines))]
    return b"".join(lines)


def _one_line_more(octets: bytes, draw: Random) -> bytes:
    lines = octets.splitlines(keepends=True)
    lines.insert(draw.randrange(len(lines)), draw.choice(lines))
    return b"".join(lines)


def _two_lines_exchanged(octets: bytes, draw: Random) -> bytes:
    lines = octets.splitlines(keepends=True)
    a, b = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"".join(lines)


TAMPERINGS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flipped,
    flipped,
    _one_byte_written,
    _one_byte_less,
    _cut_short,
    _one_line_less,
    _one_line_more,
    _two_lines_exchanged,
)


def _answer(judge: Callable[[], Answer]) -> Answer:
    try:
        return {"outcome": "proven", **judge()}
    except AnswerableError as refused:
        return {"outcome": "refused", "code": refused.code, "exit": _exit_code(refused)}


def _exit_code(refused: AnswerableError) -> int:
    if isinstance(refused, Malformed):
        return 2
    return 3 if isinstance(refused, Undecidable) else 1


def our_policy(octets: bytes) -> Answer:
    return _answer(lambda: _policy(parse_policy(octets)))


def _policy(policy: Policy) -> Answer:
    return {
        "origin": policy.origin,
        "title": policy.title,
        "quorum": policy.quorum,
        "logs": [_dated(log) for log in policy.logs],
        "witnesses": [{"name": by.name, **_dated(by)} for by in policy.witnesses],
        "met": policy.quorum_met(()),
    }


def _dated(line: Log | Witness) -> Answer:
    window = line.window
    return {"key": str(line.key), "from": window.from_seconds, "until": window.until_seconds}


def our_receipt(policy: bytes, octets: bytes, now: int | None) -> Answer:
    def proven() -> Answer:
        trusted = parse_policy(policy)
        found = verify_receipt(Receipt.parse(octets), trusted, verify, now_seconds=now)
        return {
            "origin": found.origin,
            "index": found.index,
            "size": found.size,
            "commitment": found.commitment.hex(),
            "log_key": str(found.log_key),
            "at": found.at_seconds,
            "quorum": found.quorum,
            "cosigners": [
                {"name": by.name, "at": by.at_seconds, "own": by.own, "counted": by.counted}
                for by in found.cosigners
            ],
        }

    return _answer(proven)


def our_opening(octets: bytes, commitment: bytes, origin: str = ORIGIN) -> Answer:
    def proven() -> Answer:
        found = judged(octets, commitment, origin)
        opened = found.opened
        return {
            "commitment": opened.commitment.hex(),
            "envelope": {item.path: item.value for item in opened.envelope},
            "content": {
                item.path: {"readers": list(item.readers), "value": item.value}
                for item in opened.content
            },
            "undisclosed": opened.undisclosed,
            "signature_shown": opened.discloses("signature"),
            "signed_by": found.signed_by.hex() if found.signed_by else None,
        }

    return _answer(proven)
