"""Fills the page that is one file: it runs and shows nothing but the script and style in it."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from typing import Any

from answerable.onefile.linking import HERE

_SHARED = re.compile(r"\$\(([a-z-]+)\)")


def filled(
    template: str, *, title: str, style: str, script: str, blank: Iterable[tuple[str, str]]
) -> bytes:
    """Return the file. Its only script and its only style are named by their digests in its CSP.

    ``blank`` is what stands there, in each language, where the script does not run.
    """
    allowed = {"script-src": script, "style-src": style}
    policy = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]
    policy += [f"{kind} 'sha256-{_digest(text)}'" for kind, text in allowed.items()]
    said = [f'<p lang="{language}">{escape(text)}</p>' for language, text in blank]
    parts = {
        "policy": "; ".join(policy),
        "title": escape(title),
        "style": style,
        "blank": "\n".join(said),
        "script": script,
    }
    # One pass, so that no part is read as a place for another.
    return re.sub(r"\{(\w+)\}", lambda place: parts[place[1]], template).encode()


def licences(*names: str) -> str:
    """Return the licences of files of others in a page, as a comment of its script."""
    texts = (HERE / "noble" / f"LICENSE-{name}" for name in names)
    return "/*\n" + "\n".join(one.read_text("utf-8") for one in texts) + "*/\n"


def module_of(name: str, value: Any, *, indent: int | None = 1) -> str:
    """Return a module that exports a value."""
    # "<" is spelt, so that no sentence can end the script's element.
    told = json.dumps(value, ensure_ascii=False, indent=indent)
    return f"export const {name} = {told.replace('<', chr(92) + 'u003c')};\n"


def with_shared(kept: dict[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return sentences with the parts that several of them share."""
    names = sorted(set(_shared_in(kept)))
    return {**kept, "shared": {name: shared[name] for name in names}}


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _shared_in(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield from _SHARED.findall(table)
    elif isinstance(table, Mapping):
        for value in table.values():
            yield from _shared_in(value)
