"""Makes the verifier's one HTML file: the same bytes wherever it is made from the same source."""

import json
import re
import tomllib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from answerable.locale.catalogue import LANGUAGES, Catalogue

_HERE = Path(__file__).parent
_LOCALE = Path(_HERE.parent, "locale")
_MAIN = "page"

_FAMILIES = (
    *("act", "catalogue", "date", "not", "opening", "proves", "reader", "receipt", "trust"),
    *("verdict", "verifier"),
)
ERRORS = (
    *("ambiguous-keys", "foreign-disclosure", "impossible-time", "key-outside-window"),
    *("missing-commitment", "no-policy", "no-timestamp", "not-a-commitment", "not-a-hash"),
    *("number-alone", "receipt-missing"),
    *("not-signed-by-ledger", "opening-malformed", "opening-of-another", "outside-tree"),
    *("party-signature-wrong", "policy-not-vouched", "quorum-not-met", "root-differs"),
    *("signature-does-not-fit", "signed-another-act", "unknown-key", "unknown-ledger"),
    *("unreadable-checkpoint", "unreadable-note", "unreadable-number", "unreadable-policy"),
    *("unreadable-receipt",),
    *("wrong-check-digit", "wrong-path-length"),
)
"""What the verifier can fail by, beside what only it says (``verifier.error``)."""

_IMPORT = re.compile(r'(?m)^import (\{[^}]*\}|\* as \w+) from "(\./[\w./]+)\.js";$')
_DECLARED = re.compile(r"(?m)^export ((?:async function|function|const|class) (\w+))")
_LISTED = re.compile(r"(?m)^export \{([^}]*)\};$")
_SHARED = re.compile(r"\$\(([a-z-]+)\)")


def page() -> bytes:
    """Return the file. Its only script and its only style are named by their digests in its CSP."""
    licences = "\n".join(_text(f"noble/LICENSE-{name}") for name in ("ed25519", "hashes"))
    style, script = _text("page.css"), f"/*\n{licences}*/\n{linked(_MAIN)}"
    allowed = {"script-src": script, "style-src": style}
    policy = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]
    policy += [f"{kind} 'sha256-{_digest(text)}'" for kind, text in allowed.items()]
    said = [Catalogue(language).say("verifier.blank") for language in LANGUAGES]
    parts = {
        "policy": "; ".join(policy),
        "title": escape(Catalogue("en").say("verifier.title")),
        "style": style,
        "blank": "\n".join(
            f'<p lang="{language}">{escape(text)}</p>'
            for language, text in zip(LANGUAGES, said, strict=True)
        ),
        "script": script,
    }
    # One pass, so that no part is read as a place for another.
    filled = re.sub(r"\{(\w+)\}", lambda place: parts[place[1]], _text("page.html"))
    return filled.encode()


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def linked(*names: str) -> str:
    """Return modules and all they import as one script: each a function that gives its exports.

    A link needs no tool of others, whose version would change the bytes.
    """
    modules: dict[str, str] = {}
    for name in names:
        _link(name, modules)
    script = '"use strict";\n' + "".join(modules.values())
    if "</script" in script.lower() or "<!--" in script:
        raise AssertionError("a script that ends its element")
    return script


def _link(name: str, modules: dict[str, str]) -> None:
    if name in modules:
        return
    text = _catalogues_module() if name == "catalogues" else _text(f"{name}.js")
    for found in _IMPORT.finditer(text):
        _link(_resolved(name, found[2]), modules)
    exported = [declared[2] for declared in _DECLARED.finditer(text)]
    for listed in _LISTED.finditer(text):
        exported += [item.strip() for item in listed[1].split(",") if item.strip()]
    text = _IMPORT.sub(lambda found: _binding(name, found), text)
    text = _LISTED.sub("", _DECLARED.sub(r"\1", text))
    ends = f"return {{ {', '.join(exported)} }};" if exported else ""
    modules[name] = f"const {_variable(name)} = (() => {{\n{text}\n{ends}\n}})();\n"


def _resolved(importer: str, path: str) -> str:
    return Path(importer).parent.joinpath(path).as_posix()


def _variable(name: str) -> str:
    return "$" + name.replace("/", "$")


def _binding(importer: str, found: re.Match[str]) -> str:
    module = _variable(_resolved(importer, found[2]))
    name = found[1].removeprefix("* as ").replace(" as ", ": ")
    return f"const {name} = {module};"


# --- The sentences. ---


def catalogues() -> Mapping[str, Any]:
    """Return, for each language, those sentences that the verifier can say."""
    return {language: _sentences(language) for language in LANGUAGES}


def _sentences(language: str) -> dict[str, Any]:
    table = tomllib.loads((_LOCALE / f"{language}.toml").read_text("utf-8"))
    kept = {family: table[family] for family in _FAMILIES}
    kept["error"] = {code: table["error"][code] for code in ERRORS}
    kept["shared"] = {name: table["shared"][name] for name in sorted(set(_shared_in(kept)))}
    return kept


def _shared_in(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield from _SHARED.findall(table)
    elif isinstance(table, Mapping):
        for value in table.values():
            yield from _shared_in(value)


def _catalogues_module() -> str:
    # "<" is spelt, so that no sentence can end the script's element.
    told = json.dumps(catalogues(), ensure_ascii=False, indent=1)
    return f"export const CATALOGUES = {told.replace('<', chr(92) + 'u003c')};\n"


def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")
