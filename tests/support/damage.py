"""Ways in which a stored ledger of 618 entries is damaged by SQL, and what a check then says."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.support.by_hand import ByHand, opened

# Entries: 0 founds, 1 to 3 are cases, 4 and 5 protected cases, 6 and 7 acts on the first case, 8 to
# 307 one unit, 308 to 617 another. So two tiles are complete, and checkpoints stand at 1, 4, 6, 7,
# 8, 308 and 618.
SIZE = 618


@dataclass(frozen=True)
class Damage:
    """Statements that damage a ledger, and what the check must then say: these and no others."""

    found: tuple[tuple[str, dict[str, object]], ...]
    statements: tuple[str, ...]


def damage(found: list[tuple[str, dict[str, object]]], *statements: str) -> Damage:
    return Damage(tuple(found), statements)


def flip(column: str, table: str, where: str) -> str:
    return f"UPDATE {table} SET {column} = flipped({column}) WHERE {where}"  # noqa: S608 - names from this file


def one(code: str, **facts: object) -> list[tuple[str, dict[str, object]]]:
    return [(code, facts)]


ENTRY_COPY = "INSERT INTO entry SELECT {0}, commitment FROM entry WHERE position = {1}"

DAMAGES = {
    "a bit of an entry in a complete tile": damage(
        [
            ("entries-differ", {"ledger": 1, "first": 0, "last": 255}),
            ("act-differs", {"ledger": 1, "index": 40}),
        ],
        flip("commitment", "entry", "position = 40"),
    ),
    "a bit of an entry before a checkpoint in its tile": damage(
        [
            ("root-differs", {"size": 7, "after": 6}),
            ("entries-differ", {"first": 0}),
            ("act-differs", {"index": 6}),
        ],
        flip("commitment", "entry", "position = 6"),
    ),
    "a bit of an entry in the current tile": damage(
        [("root-differs", {"size": SIZE, "after": 308}), ("act-differs", {"index": 600})],
        flip("commitment", "entry", "position = 600"),
    ),
    "a lost entry": damage(
        [
            ("entry-missing", {"ledger": 1, "index": 300}),
            ("act-without-entry", {"sequence": 1}),
        ],
        "DELETE FROM entry WHERE position = 300",
    ),
    "the last entry lost": damage(
        [
            ("head-ahead", {"size": SIZE, "entries": SIZE - 1}),
            ("figures-ahead", {"followed": SIZE, "entries": SIZE - 1}),
            ("checkpoint-ahead", {"size": SIZE, "entries": SIZE - 1}),
            ("act-without-entry", {"sequence": 1}),
            ("unit-without-act", {"index": 308, "acts": 310}),
            ("exhibit-without-act", {"index": 617}),
        ],
        "DELETE FROM entry WHERE position = 617",
    ),
    "an entry cut short": damage(
        [
            ("entry-malformed", {"index": 600}),
            ("root-differs", {"size": SIZE}),
            ("act-differs", {"index": 600}),
        ],
        "UPDATE entry SET commitment = substr(commitment, 1, 31) WHERE position = 600",
    ),
    "an entry too many": damage(
        [("entries-uncovered", {"size": SIZE, "entries": SIZE + 1}), ("entry-twice", {})],
        ENTRY_COPY.format(SIZE, 9),
    ),
    "a bit of a tile": damage(
        one("tile-differs", ledger=1, tile=0), flip("root", "tile", "number = 0")
    ),
    "a tile cut short": damage(
        one("tile-differs", ledger=1, tile=1),
        "UPDATE tile SET root = substr(root, 1, 31) WHERE number = 1",
    ),
    "a lost tile": damage(one("tile-missing", tile=0), "DELETE FROM tile WHERE number = 0"),
    "a tile too many": damage(
        one("tile-extra", tile=2), "INSERT INTO tile SELECT ledger, 2, root FROM tile LIMIT 1"
    ),
    "a bit of a checkpoint's root": damage(
        one("checkpoint-altered", ledger=1, size=308), flip("root", "checkpoint", "size = 308")
    ),
    "a bit of a checkpoint's text": damage(
        [
            ("checkpoint-altered", {"size": 308}),
            ("checkpoint-unsigned", {"size": 308, "reason": "signature-does-not-fit"}),
            ("root-differs", {"size": 308}),
        ],
        "UPDATE checkpoint SET note = with_another_root(note) WHERE size = 308",
    ),
    "a checkpoint that is no note": damage(
        one("checkpoint-unreadable", size=308, reason="unreadable-note"),
        "UPDATE checkpoint SET note = x'00' WHERE size = 308",
    ),
    "a checkpoint without its time": damage(
        one("checkpoint-unsigned", size=308, reason="no-timestamp"),
        "UPDATE checkpoint SET note = without_last_line(note) WHERE size = 308",
    ),
    "a checkpoint whose row says another time": damage(
        one("checkpoint-unsigned", size=308, reason="another-time"),
        "UPDATE checkpoint SET at = at + 1000 WHERE size = 308",
    ),
    "a checkpoint before the one it follows": damage(
        [("time-runs-back", {"size": 308}), ("checkpoint-unsigned", {"size": 308})],
        "UPDATE checkpoint SET at = at - 3600000 WHERE size = 308",
    ),
    "the last checkpoint lost": damage(
        one("entries-uncovered", size=308, entries=SIZE),
        "DELETE FROM checkpoint WHERE size = 618",
    ),
    "a bit of an act's facts": damage(
        one("act-differs", index=7),
        "UPDATE act SET settled = replace(settled, 'p1', 'p3') WHERE position = 7",
    ),
    "an act's envelope that is no JSON": damage(
        one("act-unreadable", index=7, docket=2, sequence=3),
        flip("settled", "act", "position = 7"),
    ),
    "a bit of an act's secret": damage(
        one("act-differs", index=6), flip("envelope_secret", "act", "position = 6")
    ),
    "a bit of a digest of content": damage(
        one("act-differs", index=40),
        "UPDATE act SET digests = CASE substr(digests, 1, 1) WHEN 'A' THEN 'B' ELSE 'A' END"
        " || substr(digests, 2) WHERE position = 40",
    ),
    "an act's time": damage(
        [("act-differs", {"index": 6}), ("act-time-runs-back", {"index": 7})],
        "UPDATE act SET at = at + 60000 WHERE position = 6",
    ),
    "an act under another number": damage(
        [("act-differs", {"index": 6}), ("act-of-another-number", {"index": 6})],
        "UPDATE act SET number = 'XA-2026-0002-3' WHERE position = 6",
    ),
    "a lost act": damage(
        [
            ("act-missing", {"docket": 2, "sequence": 2}),
            ("act-differs", {"index": 7}),
            ("unit-without-act", {"index": 6, "acts": 1}),
        ],
        "DELETE FROM act WHERE position = 6",
    ),
    "all acts of a docket lost": damage(
        [
            ("docket-skipped", {"docket": 300, "found": 301}),
            ("docket-without-act", {"docket": 300}),
            ("owed-without-act", {"docket": 300}),
            ("figures-without-act", {"docket": 300}),
            ("unit-without-act", {"index": 8, "acts": 300}),
            ("number-unexplained", {"first": 313, "last": 313}),
            ("exhibit-without-act", {"ledger": 1}),
        ],
        "DELETE FROM act WHERE docket = 300",
    ),
    # A sweep takes what no act names for left over.
    "the name of an exhibit lost": damage(
        one("exhibits-differ", ledger=1, index=40), "DELETE FROM exhibit WHERE position = 40"
    ),
    "a name of an exhibit too many": damage(
        one("exhibits-differ", ledger=1, index=7), "INSERT INTO exhibit VALUES ('ab', 7)"
    ),
    "a name of an exhibit under another act": damage(
        [("exhibits-differ", {"index": 40}), ("exhibits-differ", {"index": 41})],
        "UPDATE exhibit SET position = 41 WHERE position = 40",
    ),
    "a name of an exhibit of no act": damage(
        one("exhibit-without-act", ledger=1, index=9999),
        "INSERT INTO exhibit VALUES ('ab', 9999)",
    ),
    "a lost unit": damage(one("act-without-unit", index=6), "DELETE FROM unit WHERE position = 6"),
    "two units of one act": damage(
        one("units-overlap", index=6, acts=1),
        "INSERT INTO unit SELECT request, 1, position, acts FROM unit WHERE position = 6",
    ),
    "a unit of nothing": damage(
        one("unit-without-act", acts=0),
        "INSERT INTO unit SELECT request, 1, position, 0 FROM unit WHERE position = 6",
    ),
    "another standing": damage(
        one("docket-differs", docket=3),
        "UPDATE docket SET standing = 'being-read' WHERE id = 3",
    ),
    "a docket of an unknown kind": damage(
        one("docket-differs", docket=3), "UPDATE docket SET kind = 'forum' WHERE id = 3"
    ),
    "a lost docket": damage(one("docket-differs", docket=3), "DELETE FROM docket WHERE id = 3"),
    "a docket without acts": damage(
        one("docket-without-act", docket=9999),
        "INSERT INTO docket SELECT 9999, kind, 'XA-2026-9999', sequence, last, first_at, last_at,"
        " party, standing, turn, facts, state FROM docket WHERE id = 3",
    ),
    "an owed act met by nothing": damage(
        one("owed-differ", docket=3), "UPDATE owed SET met_by = 1 WHERE docket = 3"
    ),
    "owed acts lost": damage(one("owed-differ", docket=3), "DELETE FROM owed WHERE docket = 3"),
    "an owed act of no docket": damage(
        one("owed-without-act", docket=9999),
        "INSERT INTO owed SELECT 9999, started_by, code, part, seat, since, due_on, met_by,"
        " allegations, binding, confirmed, calendar FROM owed"
        " WHERE docket = 3 AND code = 'opening'",
    ),
    "other figures": damage(
        [("figures-differ", {"docket": 3}), ("figures-sum-differs", {"docket": 0})],
        "UPDATE figures SET text = replace(text, 'submissions', 'allegations') WHERE docket = 3",
    ),
    "figures lost": damage(
        [("figures-differ", {"docket": 3}), ("figures-sum-differs", {"docket": 0})],
        "DELETE FROM figures WHERE docket = 3",
    ),
    "figures that say to have followed less": damage(
        one("figures-differ", docket=2), "UPDATE figures SET sequence = 2 WHERE docket = 2"
    ),
    "figures that say to have followed more": damage(
        one("figures-differ", docket=2), "UPDATE figures SET sequence = 4 WHERE docket = 2"
    ),
    "figures of the mechanism's own docket": damage(
        [("figures-differ", {"docket": 1}), ("figures-sum-differs", {"docket": 0})],
        "UPDATE figures SET text = (SELECT text FROM figures WHERE docket = 2) WHERE docket = 1",
    ),
    "figures of no docket": damage(
        [("figures-without-act", {"docket": 9999}), ("figures-not-summed", {"docket": 9984})],
        "INSERT INTO figures VALUES (9999, 1, '')",
    ),
    "another sum of figures": damage(
        one("figures-sum-differs", docket=64),
        "UPDATE figures_sum SET text = replace(text, 'submissions', 'allegations') "
        "WHERE first = 64",
    ),
    "a sum of figures that is no JSON": damage(
        one("figures-sum-differs", docket=64),
        "UPDATE figures_sum SET text = '{' WHERE first = 64",
    ),
    "a sum that leaves a case out": damage(
        one("figures-sum-differs", docket=64),
        "UPDATE figures_sum SET text = (SELECT text FROM figures_sum WHERE first = 128) "
        "WHERE first = 64",
    ),
    "a sum of figures lost": damage(
        one("figures-not-summed", docket=64), "DELETE FROM figures_sum WHERE first = 64"
    ),
    "a sum of no figures": damage(
        one("figures-sum-differs", docket=6400), "INSERT INTO figures_sum VALUES (6400, '{}')"
    ),
    "a sum to be made again": damage([], "UPDATE figures_sum SET text = NULL WHERE first = 64"),
    "a mark beyond the entries": damage(
        one("figures-ahead", followed=700, entries=SIZE), "UPDATE mark SET position = 700"
    ),
    # What another version has folded is folded anew, and is no breach.
    "figures of another version": damage(
        [], "UPDATE mark SET version = 0", "UPDATE figures SET text = '' WHERE docket = 3"
    ),
    "a docket's id changed": damage(
        [
            ("docket-skipped", {"docket": 616, "found": 9000}),
            ("docket-without-slot", {"docket": 9000}),
            ("docket-differs", {"docket": 9000}),
            ("owed-differ", {"docket": 9000}),
            ("docket-without-act", {"docket": 616}),
            ("owed-without-act", {"docket": 616}),
            ("figures-differ", {"docket": 9000}),
            ("figures-without-act", {"docket": 616}),
        ],
        "UPDATE act SET docket = 9000 WHERE docket = 616",
    ),
    "a year's last serial too low": damage(
        [("numbers-behind-head", {"year": 2026}), ("number-beyond-year", {"docket": 616})],
        "UPDATE year SET high = high - 1",
    ),
    "a year's last serial too high": damage(
        one("number-unexplained", year=2026, first=630, last=631),
        "UPDATE year SET high = high + 2",
    ),
    "a block lost": damage(
        one("number-unexplained", year=2026),
        "DELETE FROM block",
    ),
    "a block that has drawn too little": damage(
        one("number-not-drawn", year=2026, week=24), "UPDATE block SET drawn = 1"
    ),
    "a block beyond its year": damage(
        one("block-beyond-year", serial=9001), "UPDATE block SET serials = serials || ' 9001'"
    ),
    "a ledger that begins elsewhere": damage(
        one("ledgers-not-contiguous", ledger=2),
        "INSERT INTO ledger SELECT 2, 'training.example/xb', 618, 0, 0, NULL, NULL FROM ledger",
    ),
}


def damaged(folder: Path, statements: tuple[str, ...]) -> ByHand:
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as database:
        database.create_function("flipped", 1, flipped)
        database.create_function("without_last_line", 1, without_last_line)
        database.create_function("with_another_root", 1, with_another_root)
        for statement in statements:
            database.execute(statement)
        database.commit()
    return opened(folder)


def flipped(value: bytes | str) -> bytes | str:
    octets = value.encode() if isinstance(value, str) else value
    changed = bytes((octets[0] ^ 1,)) + octets[1:]
    return changed.decode() if isinstance(value, str) else changed


def without_last_line(note: bytes) -> bytes:
    return note[: note.rstrip(b"\n").rindex(b"\n") + 1]


def with_another_root(note: bytes) -> bytes:
    lines = note.split(b"\n")
    lines[2] = (b"B" if lines[2][:1] == b"A" else b"A") + lines[2][1:]
    return b"\n".join(lines)
