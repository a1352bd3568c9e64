"""The vectors of docs/specs/policy.md: policies that are read, and why others are refused."""

from typing import Any

from answerable.core.ledger.policy import Group, Log, Policy, Window, Witness
from tests.support.training_ledger import (
    JULY,
    JUNE,
    LOG,
    MAY,
    NEW_LOG,
    NEW_TIME,
    NORTH,
    ORIGIN,
    SOUTH,
    TIME,
)

Case = dict[str, Any]

TITLE = "Training mechanism of an invented country"
FROM_2026 = Window(1_767_225_600)

PLAIN = Policy(
    logs=(Log(LOG.verifier, None, FROM_2026),),
    witnesses=(Witness("own", TIME.verifier, None, FROM_2026),),
    quorum="own",
    origin=ORIGIN,
    title=TITLE,
)
"""What init writes: the ledger's key and its own clock."""

UNTIL_JUNE = Window(FROM_2026.from_seconds, JUNE)
ROTATED = Policy(
    logs=(Log(LOG.verifier, None, UNTIL_JUNE), Log(NEW_LOG.verifier, None, Window(JUNE))),
    witnesses=(
        Witness("own-1", TIME.verifier, None, UNTIL_JUNE),
        Witness("own-2", NEW_TIME.verifier, None, Window(JUNE)),
    ),
    groups=(Group("own", 1, ("own-1", "own-2")),),
    quorum="own",
    origin=ORIGIN,
    title=TITLE,
)
"""The same after both keys were changed on the first of June."""

WITNESSED = Policy(
    logs=(Log(LOG.verifier, "https://training.example/xa", FROM_2026),),
    witnesses=(
        Witness("own", TIME.verifier, None, FROM_2026),
        Witness("north", NORTH.verifier, "https://witness.north.example", Window(0, JULY)),
        Witness("south", SOUTH.verifier),
    ),
    groups=(Group("outside", 1, ("north", "south")), Group("enough", 2, ("own", "outside"))),
    quorum="enough",
    origin=ORIGIN,
    title=TITLE,
)
"""The ledger's own clock and one of two outside witnesses."""

DATED_CLOCK = Policy(
    logs=(Log(LOG.verifier),),
    witnesses=(Witness("own", TIME.verifier, None, Window(MAY, JUNE)),),
)
NO_QUORUM = Policy(logs=(Log(LOG.verifier),), witnesses=(Witness("own", TIME.verifier),))
UNKNOWN_CLOCK = Policy(logs=(Log(LOG.verifier),), witnesses=())

READ: dict[str, tuple[Policy, list[tuple[list[str], bool]]]] = {
    "plain": (PLAIN, [(["own"], True), ([], False), (["north"], False)]),
    "rotated": (ROTATED, [(["own-1"], True), (["own-2"], True), ([], False)]),
    "witnessed": (
        WITNESSED,
        [
            (["own", "south"], True),
            (["own", "north", "south"], True),
            (["own"], False),
            (["north", "south"], False),
        ],
    ),
    "dated-clock": (DATED_CLOCK, [([], True)]),
    "no-quorum": (NO_QUORUM, [([], True)]),
    "unknown-clock": (UNKNOWN_CLOCK, [([], True)]),
}

_LOG = f"log {LOG.verifier}\n"
_OWN = f"witness own {TIME.verifier}\n"
_NORTH = f"witness north {NORTH.verifier}\n"
_QUORUM = "quorum own\n"
_ID = LOG.verifier.key_id.hex()
_FROM = f"# answerable key {_ID} from 2026-01-01T00:00:00Z"

LENIENT = (
    "\n \t\n  # any comment, also ភាសាខ្មែរ\n"
    f"\twitness  own\t{TIME.verifier} \n{_LOG}"
    f"#answerable origin {ORIGIN}\n"
    "# answerable  title   A title  with   spaces \n"
    "# answerable-other words are a comment\n"
    f"quorum own\n{_FROM}\n"
)
"""A policy in a form that encode does not write, and that must be read all the same."""

REFUSED: dict[str, tuple[str | bytes, str, int]] = {
    "empty": ("", "quorum", 0),
    "no-quorum-line": (_LOG + _OWN, "quorum", 0),
    "two-quorums": (_LOG + _OWN + _QUORUM + _QUORUM, "quorum", 4),
    "quorum-before-its-witness": (_LOG + _QUORUM + _OWN, "unknown-name", 2),
    "quorum-of-two-names": (_LOG + _OWN + _NORTH + "quorum own north\n", "items", 4),
    "last-line-without-end": ((_LOG + _OWN + _QUORUM)[:-1], "line-end", 0),
    "carriage-returns": ((_LOG + _OWN + _QUORUM).replace("\n", "\r\n"), "control-character", 1),
    "not-utf-8": (b"# \xff\n" + (_LOG + _OWN + _QUORUM).encode(), "encoding", 0),
    "unknown-word": (_LOG + _OWN + "revoked own\n" + _QUORUM, "unknown-word", 3),
    "no-break-space": ((_LOG + _OWN + _QUORUM).replace("quorum ", "quorum\xa0"), "unknown-word", 3),
    "unknown-comment-of-ours": (
        _LOG + _OWN + "# answerable revoked\n" + _QUORUM,
        "unknown-word",
        3,
    ),
    "log-without-key": ("log\n" + _OWN + _QUORUM, "items", 1),
    "log-with-two-urls": (_LOG[:-1] + " a b\n" + _OWN + _QUORUM, "items", 1),
    "log-with-a-time-key": (f"log {TIME.verifier}\n" + _NORTH + "quorum north\n", "key-kind", 1),
    "witness-with-a-log-key": (_LOG + f"witness own {NEW_LOG.verifier}\n" + _QUORUM, "key-kind", 2),
    "altered-key-id": (_LOG.replace(_ID, "00000000") + _OWN + _QUORUM, "key", 1),
    "upper-case-key-id": (_LOG.replace(_ID, _ID.upper()) + _OWN + _QUORUM, "key", 1),
    "log-twice": (_LOG + _LOG + _OWN + _QUORUM, "duplicate-key", 2),
    "one-key-two-witnesses": (
        _LOG + _OWN + _OWN.replace("own", "again") + _QUORUM,
        "duplicate-key",
        3,
    ),
    "one-name-two-witnesses": (
        _LOG + _OWN + _NORTH.replace("north ", "own ", 1) + _QUORUM,
        "duplicate-name",
        3,
    ),
    "witness-called-none": (_LOG + _OWN.replace("own", "none") + "quorum none\n", "name", 2),
    "group-without-members": (_LOG + _OWN + "group g any\n" + _QUORUM, "items", 3),
    "group-of-itself": (_LOG + _OWN + "group g any g\n" + _QUORUM, "unknown-name", 3),
    "group-of-none": (_LOG + _OWN + "group g any none\n" + _QUORUM, "unknown-name", 3),
    "group-of-a-later-name": (
        _LOG + _OWN + "group g any north\n" + _NORTH + _QUORUM,
        "unknown-name",
        3,
    ),
    "member-of-two-groups": (
        _LOG + _OWN + "group g any own\ngroup h any own\n" + _QUORUM,
        "duplicate-name",
        4,
    ),
    "member-twice": (_LOG + _OWN + "group g any own own\n" + _QUORUM, "duplicate-name", 3),
    "threshold-zero": (_LOG + _OWN + "group g 0 own\n" + _QUORUM, "threshold", 3),
    "threshold-above-members": (_LOG + _OWN + "group g 2 own\n" + _QUORUM, "threshold", 3),
    "threshold-with-zero-before": (_LOG + _OWN + "group g 01 own\n" + _QUORUM, "threshold", 3),
    "window-without-from": (f"# answerable key {_ID}\n" + _LOG + _OWN + _QUORUM, "items", 1),
    "window-in-another-zone": (
        _FROM.replace("Z", "+00:00") + "\n" + _LOG + _OWN + _QUORUM,
        "instant",
        1,
    ),
    "window-on-no-day": (
        _FROM.replace("01-01", "02-30") + "\n" + _LOG + _OWN + _QUORUM,
        "instant",
        1,
    ),
    "window-that-ends-first": (
        _FROM + " until 2026-01-01T00:00:00Z\n" + _LOG + _OWN + _QUORUM,
        "instant",
        1,
    ),
    "window-of-no-key": (
        _FROM.replace(_ID, "00000000") + "\n" + _LOG + _OWN + _QUORUM,
        "unknown-key",
        1,
    ),
    "two-windows-of-a-key": (
        _FROM + "\n" + _FROM + "\n" + _LOG + _OWN + _QUORUM,
        "duplicate-comment",
        2,
    ),
    "two-titles": (
        "# answerable title a\n# answerable title b\n" + _LOG + _OWN + _QUORUM,
        "duplicate-comment",
        2,
    ),
    "origin-without-log": (
        "# answerable origin a.example/b\n" + _LOG + _OWN + _QUORUM,
        "origin",
        0,
    ),
}


def policy_vectors() -> tuple[dict[str, bytes], list[Case]]:
    """Return the files by name, and the index of what each must give."""
    files: dict[str, bytes] = {"lenient.tlog-policy": LENIENT.encode()}
    index: list[Case] = []
    for name, (policy, asked) in READ.items():
        files[f"{name}.tlog-policy"] = policy.encode()
        quorums = [{"cosigned": names, "met": met} for names, met in asked]
        index.append({"file": f"{name}.tlog-policy", "read": _facts(policy), "quorums": quorums})
    index.append(
        {
            "file": "lenient.tlog-policy",
            "read": {
                "origin": ORIGIN,
                "title": "A title  with   spaces",
                "quorum": "own",
                "logs": [{"key": str(LOG.verifier), "from": FROM_2026.from_seconds, "until": None}],
                "witnesses": [{"name": "own", "key": str(TIME.verifier), "from": 0, "until": None}],
            },
            "quorums": [{"cosigned": ["own"], "met": True}],
        }
    )
    for name, (content, reason, line) in REFUSED.items():
        files[f"refused-{name}.tlog-policy"] = (
            content if isinstance(content, bytes) else content.encode()
        )
        refusal = {"code": "unreadable-policy", "reason": reason, "line": line}
        index.append({"file": f"refused-{name}.tlog-policy", "refused": refusal})
    return files, index


def _facts(policy: Policy) -> Case:
    return {
        "origin": policy.origin,
        "title": policy.title,
        "quorum": policy.quorum,
        "logs": [{"key": str(log.key), **_window(log.window)} for log in policy.logs],
        "witnesses": [
            {"name": by.name, "key": str(by.key), **_window(by.window)} for by in policy.witnesses
        ],
    }


def _window(window: Window) -> Case:
    return {"from": window.from_seconds, "until": window.until_seconds}
