"""Writes docs/specs/vectors/{commitment,act}: python -m tests.support.record_vectors."""

import json
import re
from pathlib import Path
from textwrap import wrap
from typing import Any

from answerable.core.commitment import (
    BLINDING,
    BUCKET,
    CONTENT_KEY,
    DECOY,
    ENVELOPE,
    SALT,
    Key,
    base64url,
    content_statement,
    digest_of,
    expand,
    extract,
)
from answerable.core.record import Record
from tests.support.act_vectors import act_vectors
from tests.support.opening_vectors import OPENED, REFUSED, plain
from tests.support.training_ledger import ORIGIN
from tests.support.training_records import (
    ACKNOWLEDGED,
    ENTERED,
    SIGNED,
    UNSIGNED,
    Judged,
    judged,
    kept,
    opening_of,
)

SPECS = Path(__file__).parents[2] / "docs" / "specs"
EXITS = {"opening-malformed": 2}
_BLOCK = re.compile(r"(?ms)(<!-- made: ([a-z-]+) -->\n```\w+\n).*?(^```\n)")


def vectors() -> dict[str, bytes]:
    """Return every file of the vectors, by its path below the folder."""
    openings = {name: octets for name, (octets, _) in OPENED.items()}
    return {
        "commitment/records.json": _json(_records()),
        "commitment/index.json": _json({"origin": ORIGIN, "cases": _cases()}),
        **{f"commitment/opened-{name}.opening.json": octets for name, octets in openings.items()},
        **{f"commitment/refused-{n}.opening.json": case.content for n, case in REFUSED.items()},
        **{f"act/{name}": _json(content) for name, content in act_vectors().items()},
    }


def _records() -> list[dict[str, Any]]:
    named = {
        "unsigned": UNSIGNED,
        "signed": SIGNED,
        "acknowledged": ACKNOWLEDGED,
        "entered": ENTERED,
    }
    return [{"name": name, **_record(record)} for name, record in named.items()]


def _record(record: Record) -> dict[str, Any]:
    key = extract(record.sealed.draft.secret)
    secret = expand(key, ENVELOPE)
    opening, digests = opening_of(record), record.sealed.content.digests
    shown = [_field(item, key, extract(secret)) for item in opening.disclosures]
    fields = len(shown) - 11
    decoys = [DECOY + b"%d" % number for number in range(BUCKET - fields % BUCKET)]
    return {
        "record_secret": record.sealed.draft.secret.hex(),
        "content_key": expand(key, CONTENT_KEY).hex(),
        "envelope_secret": secret.hex(),
        "blinding": expand(extract(secret), BLINDING).hex(),
        "envelope": shown[:11],
        "content": shown[11:],
        "decoys": [
            {"info": info.decode(), "digest": base64url(expand(key, info))} for info in decoys
        ],
        "content_statement": content_statement(ORIGIN, digests).decode(),
        "body": opening.body.decode(),
        "commitment": record.commitment.hex(),
    }


def _field(disclosure: bytes, content: Key, envelope: Key) -> dict[str, Any]:
    salt, path, shown = plain(disclosure)
    key = envelope if shown["readers"] == ["parties"] else content
    info = SALT + path.encode()
    assert base64url(expand(key, info)[:16]) == salt
    return {
        "path": path,
        **shown,
        "info": info.decode(),
        "salt": salt,
        "disclosure": disclosure.decode(),
        "digest": digest_of(disclosure),
    }


def _cases() -> list[dict[str, Any]]:
    opened = [
        {"file": f"opened-{name}.opening.json", "commitment": commitment.hex()}
        | {"opened": _opened(judged(octets, commitment))}
        for name, (octets, commitment) in OPENED.items()
    ]
    refused = []
    for name, case in REFUSED.items():
        answer = {"code": case.code, "exit": EXITS.get(case.code, 1)}
        answer |= {} if case.reason is None else {"reason": case.reason}
        file = f"refused-{name}.opening.json"
        refused.append({"file": file, "commitment": case.commitment.hex(), "refused": answer})
    return opened + refused


def _opened(found: Judged) -> dict[str, Any]:
    opened = found.opened
    return {
        "envelope": {item.path: item.value for item in opened.envelope},
        "content": {
            item.path: {"readers": list(item.readers), "value": item.value}
            for item in opened.content
        },
        "undisclosed": opened.undisclosed,
        "signature_shown": opened.discloses("signature"),
        "signed_by": None if found.signed_by is None else found.signed_by.hex(),
    }


def examples() -> dict[str, str]:
    """Return what stands between the marks of the pages, by the name in the mark."""
    opening = opening_of(UNSIGNED)
    after = kept(UNSIGNED)
    disclosure = opening.disclosures[12]
    lines = [json.dumps(plain(item), ensure_ascii=False) for item in opening.disclosures]
    envelope = {plain(item)[1]: plain(item)[2]["value"] for item in opening.disclosures[:11]}
    signed = content_statement(ORIGIN, after.content_digests).decode()
    secrets = {
        "record secret": UNSIGNED.sealed.draft.secret,
        "envelope secret": after.envelope_secret,
        "content key": UNSIGNED.sealed.content_key,
        "blinding": after.blinding,
    }
    return {
        "disclosures": "\n".join([*lines[11:], *lines[:11]]),
        "secrets": "\n".join(f"{name:16}{octets.hex()}" for name, octets in secrets.items()),
        "one-disclosure": "\n".join([*wrap(disclosure.decode(), 96), "", digest_of(disclosure)]),
        "body": json.dumps(json.loads(opening.body), indent=1),
        "commitment": UNSIGNED.commitment.hex(),
        "statement": signed.removesuffix("\n"),
        "opening": json.dumps(
            json.loads(opening.with_paths(["act", "docket", "allegations/1/kind"]).encoded()),
            indent=1,
        ),
        "envelope": json.dumps(envelope, indent=1, ensure_ascii=False, sort_keys=True),
    }


def with_examples(page: str) -> str:
    """Return the page with each example between its marks as the code makes it now."""
    made = examples()
    return _BLOCK.sub(lambda found: found[1] + made[found[2]] + "\n" + found[3], page)


def _json(content: object) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


def main() -> None:
    for folder in ("commitment", "act"):
        (SPECS / "vectors" / folder).mkdir(parents=True, exist_ok=True)
        for old in (SPECS / "vectors" / folder).iterdir():
            old.unlink()
    for name, content in vectors().items():
        (SPECS / "vectors" / name).write_bytes(content)
    for name in ("commitment.md", "act.md"):
        page = SPECS / name
        page.write_text(with_examples(page.read_text()))


if __name__ == "__main__":
    main()
