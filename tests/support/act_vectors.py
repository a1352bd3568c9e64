"""The vectors of docs/specs/act.md: numbers, instants, and what an envelope field may hold."""

from typing import Any

from answerable.core.acts import UnreadableInstant
from answerable.core.errors import AnswerableError
from answerable.core.numbers import docket_number
from tests.support.training_records import ACKNOWLEDGED, ENTERED, SIGNED, UNSIGNED

NUMBERS = {
    "XA-2026-0001-1": ("XA", 2026, 1, None),
    "XA-2026-0061-7": ("XA", 2026, 61, None),
    "XA-2026-0061-7/3": ("XA", 2026, 61, 3),
    " xa-2026-0061-7 ": ("XA", 2026, 61, None),
    "MOJ4-2019-12345678-6": ("MOJ4", 2019, 12345678, None),
    "XA-2026-10000-0": ("XA", 2026, 10000, None),
}
UNREADABLE = (
    "",
    "XA-2026-0061",
    "XA-2026-61-7",
    "XA-2026-00061-7",
    "XA-2026-0061-7/0",
    "XA-2026-0061-7/03",
    "XA-2026-0061-7/",
    "XA-2026-123456789-0",
    "X-2026-0061-7",
    "4A-2026-0061-7",
    "XA2026-0061-7",
    "XA-2026-0061 -7",
    "XA-2026-០០៦១-7",
    "\u017fA-2026-0061-7",
    "XA\u20112026-0061-7",
)
MISTYPED = ("XA-2026-0061-8", "XA-2026-0016-7", "XA-2025-0061-7", "XA-2026-0062-7/3")

INSTANTS = {
    "1970-01-01T00:00:00.000Z": 0,
    "2026-05-12T02:14:05.123Z": 1_778_552_045_123,
    "2028-02-29T23:59:59.999Z": 1_835_481_599_999,
    "1969-12-31T23:59:59.999Z": -1,
}
NO_INSTANTS = (
    "",
    "2026-05-12T02:14:05Z",
    "2026-05-12T02:14:05.12Z",
    "2026-05-12T02:14:05.123456Z",
    "2026-05-12T02:14:05.123+00:00",
    "2026-05-12 02:14:05.123Z",
    "2026-05-12t02:14:05.123z",
    "2026-02-29T00:00:00.000Z",
    "2026-06-30T23:59:60.000Z",
    "2026-5-12T02:14:05.123Z",
    "២០២៦-05-12T02:14:05.123Z",
)

_BY = {"party": "river-watch", "seat": "complainant"}
VALUES: dict[str, tuple[list[Any], list[Any]]] = {
    "act": (
        ["submitted", "key-rotated", "not-known-yet"],
        ["", "Submitted", "key_rotated", "-a", 1],
    ),
    "allegations": ([[], [1, 2], [7]], [None, [0], ["1"], [True], {"1": 1}]),
    "at": (["2026-05-12T02:14:05.123Z"], [0, None, "2026-05-12"]),
    "by": ([_BY], [None, {"party": "a"}, {**_BY, "name": "x"}, {**_BY, "party": ""}]),
    "docket": (["XA-2026-0061-7", "XA"], ["", None, 61]),
    "entered_by": ([None, _BY], ["", [], {}]),
    "facts": ([{}, {"allegations": 3}], [None, [], "x"]),
    "kind": (["case", "mechanism", "forum"], ["Case", None]),
    "previous": ([None, "A" * 43], ["", "A" * 42, "A" * 43 + "=", "B" * 43]),
    "sequence": ([1, 2**53 - 1], [0, -1, True, "1", None]),
    "signature": (
        [None, {"key": "0" * 64, "signature": "0" * 128}],
        [{}, "", {"key": "0" * 62, "signature": "0" * 128}, {"key": "A" * 64, "signature": "0"}],
    ),
}


def act_vectors() -> dict[str, Any]:
    return {
        "numbers.json": {
            "valid": [
                {"text": text, "prefix": prefix, "year": year, "serial": serial, "act": act}
                for text, (prefix, year, serial, act) in NUMBERS.items()
            ],
            "refused": [{"text": text, "code": _code(text)} for text in (*UNREADABLE, *MISTYPED)],
        },
        "instants.json": {
            "valid": [{"text": text, "milliseconds": at} for text, at in INSTANTS.items()],
            "refused": [{"text": text, "code": UnreadableInstant.code} for text in NO_INSTANTS],
        },
        "values.json": [
            {"path": path, "valid": valid, "refused": refused}
            for path, (valid, refused) in VALUES.items()
        ],
        "receipt-numbers.json": [
            {"docket": item.docket, "sequence": item.sequence, "receipt": item.receipt_number}
            for item in (r.envelope for r in (UNSIGNED, SIGNED, ACKNOWLEDGED, ENTERED))
        ],
    }


def _code(text: str) -> str:
    try:
        docket_number(text)
    except AnswerableError as refused:
        return refused.code
    raise AssertionError(f"{text!r} is a number")
