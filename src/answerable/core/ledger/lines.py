"""Strict readings of what a line holds: each value has one spelling, and no other is read."""

import re
from base64 import b64decode, b64encode

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
MAX_NUMBER = 2**63 - 1


def base64_of(content: bytes) -> str:
    return b64encode(content).decode("ascii")


def bytes_of(base64: str) -> bytes:
    """Return the bytes that base64 (RFC 4648, section 4) spells.

    Raises:
        ValueError: another spelling of the same bytes would pass a lenient reader: no padding, line
            ends, or spare bits that are not zero.
    """
    content = b64decode(base64, validate=True)
    if base64_of(content) != base64:
        raise ValueError("not the one spelling of these bytes")
    return content


def number_of(decimal: str) -> int:
    """Return the number from 0 to 2**63 - 1 that ASCII digits without leading zeros spell.

    Raises:
        ValueError: it is spelled otherwise, or is too large.
    """
    # int() alone would read "+1", "1_000", " 1" and the digits of other scripts.
    if not _DECIMAL.fullmatch(decimal) or int(decimal) > MAX_NUMBER:
        raise ValueError("not a decimal number below 2**63")
    return int(decimal)
