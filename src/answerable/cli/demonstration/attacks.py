"""Three attacks: a forged receipt, an altered report, a deleted entry; each is found and named."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast

from answerable.cli.demonstration.stage import Cut, Stage, head
from answerable.cli.demonstration.story import (
    FEW_WORDS,
    NAME,
    ORIGIN,
    PREFIX,
    RECEIPTS,
    SECRETARIAT,
    ZONE,
    Numbers,
)
from answerable.core.acts import Json
from answerable.core.canonical import decode, encode
from answerable.core.commitment import base64url
from answerable.core.disclosure import base64url_octets
from answerable.core.ledger.note import Note, Signature
from answerable.core.ledger.policy import parse_policy
from answerable.core.ledger.proof import Receipt
from answerable.core.opening import parse_opening

NOT_VALID, UNDECIDED, FAULT = 1, 3, 70
POLICY = ("--policy", f"{RECEIPTS}/policy")
THAT_HEAD = Cut("| grep -E 'origin|size|root'", ("origin", "size", "root"))


def play(stage: Stage, numbers: Numbers) -> None:
    """Play the attacks on copies: the mechanism and its receipts stay whole."""
    _forge(stage)
    _alter(stage, numbers)
    _delete(stage, numbers)
    _go_on_with_an_old_copy(stage, numbers)


def _forge(stage: Stage) -> None:
    stage.chapter("forged")
    forger = ("--mechanism", "attacks/forger")
    named = ("--name", NAME, "--origin", ORIGIN, "--prefix", PREFIX, "--zone", ZONE)
    stage.run("init", "attacks/forger", *named, "--padding-per-day", "0", cut=head(1))
    stage.run(
        *("submission", "lodge", f"attacks/{FEW_WORDS}", "--to", "attacks/forged", *forger),
        cut=head(2),
    )
    (made,) = (stage.folder / "attacks/forged").glob("*.tlog-proof")
    forged = made.with_name("forged.tlog-proof")
    made.rename(forged)
    stage.typed("mv", f"attacks/forged/{PREFIX}-*.tlog-proof", "attacks/forged/forged.tlog-proof")
    stage.pause()
    stage.run("receipt", "verify", "attacks/forged/forged.tlog-proof", *POLICY, ends=UNDECIDED)
    stage.say("demo.forged.renamed")
    passed_off = forged.with_name("passed-off.tlog-proof")
    passed_off.write_bytes(_under_key_ids_of(stage.folder / RECEIPTS / "policy", forged))
    stage.run("receipt", "verify", "attacks/forged/passed-off.tlog-proof", *POLICY, ends=NOT_VALID)


def _under_key_ids_of(policy: Path, receipt: Path) -> bytes:
    """Return a receipt whose signatures bear the ids of the keys that the policy trusts."""
    trusted = parse_policy(policy.read_bytes())
    keys = [*(log.key for log in trusted.logs), *(witness.key for witness in trusted.witnesses)]
    ids = {key.name: key.key_id for key in keys}
    forged = Receipt.parse(receipt.read_bytes())
    lines = tuple(Signature(by.name, ids[by.name], by.blob) for by in forged.note.signatures)
    return replace(forged, checkpoint_note_bytes=Note(forged.note.text, lines).encode()).encode()


def _alter(stage: Stage, numbers: Numbers) -> None:
    before, after = "Three times", "Once"
    stage.chapter("altered", before=before, after=after)
    held = f"{RECEIPTS}/{numbers.watched}"
    altered = "attacks/altered.opening.json"
    opening = (stage.folder / f"{held}.opening.json").read_bytes()
    changed = _with_text(opening, "allegations/1/what", lambda text: text.replace(before, after))
    (stage.folder / altered).write_bytes(changed)
    verify = ("receipt", "verify", f"{held}.tlog-proof", *POLICY, "--opening")
    stage.run(*verify, altered, cut=head(6), ends=NOT_VALID)
    stage.say("demo.altered.another")
    another = f"{RECEIPTS}/{numbers.white_book}.opening.json"
    stage.run(*verify, another, cut=head(4), ends=NOT_VALID)
    stage.say("demo.altered.photo")
    photo = (stage.folder / "lantern/photos/door.png").read_bytes()
    (stage.folder / "attacks/door.png").write_bytes(photo[:-1] + b"\x83")
    office = f"{RECEIPTS}/{numbers.office_closed}"
    stage.run(
        *("opening", "verify", f"{office}.opening.json", "--receipt", f"{office}.tlog-proof"),
        *(*POLICY, "--exhibit", "attacks/door.png"),
        ends=NOT_VALID,
    )


def _with_text(octets: bytes, path: str, change: Callable[[str], str]) -> bytes:
    """Return an opening in which the text of one field is another."""
    opening = parse_opening(octets)
    listed = []
    for disclosure in opening.disclosures:
        salt, field, shown = cast(
            "tuple[str, str, dict[str, Json]]",
            decode(base64url_octets(disclosure.decode())),
        )
        if field == path:
            shown = {**shown, "value": change(str(shown["value"]))}
            listed.append(base64url(encode([salt, field, shown])).encode())
        else:
            listed.append(disclosure)
    return replace(opening, disclosures=tuple(listed)).encoded()


def _delete(stage: Stage, numbers: Numbers) -> None:
    held = Receipt.parse((stage.folder / f"seller/{numbers.on_paper}.tlog-proof").read_bytes())
    stage.chapter("deleted", number=numbers.on_paper)
    stage.copy("mechanism", "attacks/operator")
    with closing(sqlite3.connect(stage.folder / "attacks/operator/ledger.sqlite3")) as database:
        for table in ("act", "entry"):
            deletion = f"DELETE FROM {table} WHERE position = {held.index}"  # noqa: S608 - nothing in it comes from outside
            stage.typed("sqlite3", "attacks/operator/ledger.sqlite3", f"'{deletion}'")
            database.execute(deletion)
        database.commit()
    stage.pause()
    operator = ("--mechanism", "attacks/operator")
    stage.run("ledger", "verify", "--acts", *operator, ends=NOT_VALID)
    stage.say("demo.deleted.refused")
    stage.run("case", "open", numbers.unread, "--as", SECRETARIAT, *operator, ends=FAULT)


def _go_on_with_an_old_copy(stage: Stage, numbers: Numbers) -> None:
    stage.chapter("history", number=numbers.on_paper)
    old = ("--mechanism", "attacks/old-copy")
    stage.run("ledger", "verify", "--acts", *old)
    stage.run("case", "show", numbers.on_paper, *old, ends=NOT_VALID)
    stage.run("case", "open", numbers.watched, "--as", SECRETARIAT, *old)
    stage.run(
        *("receipt", "reissue", f"{numbers.watched}/2", "--output", "attacks/other.tlog-proof"),
        *old,
    )
    held = f"seller/{numbers.on_paper}.tlog-proof"
    stage.say("demo.history.held")
    stage.run("receipt", "verify", held, *POLICY, cut=head(4))
    stage.say("demo.history.both")
    for file in (held, "attacks/other.tlog-proof"):
        stage.run("receipt", "show", file, "--plain", cut=THAT_HEAD)
    stage.run("receipt", "verify", "attacks/other.tlog-proof", *POLICY, cut=head(4))
    stage.say("demo.history.means")
