"""Makes the verifier's one HTML file: the same bytes wherever it is made from the same source."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answerable.core.fingerprint import LISTS
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.locale.khmer_breaks import with_breaks
from answerable.onefile.linking import Modules
from answerable.onefile.page import filled, licences, module_of, with_shared

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


def page() -> bytes:
    """Return the file. Its only script and its only style are named by their digests in its CSP."""
    return filled(
        _text("page.html"),
        title=Catalogue("en").say("verifier.title"),
        style=_text("page.css"),
        script=licences("ed25519", "hashes") + linked(_MAIN),
        blank=[(one, with_breaks(Catalogue(one).say("verifier.blank"), one)) for one in LANGUAGES],
    )


def linked(*names: str) -> str:
    """Return modules and all they import as one script."""
    told = {one: with_breaks(table, one) for one, table in catalogues().items()}
    lists = [" ".join(one) for one in LISTS]
    made = {"fingerprint": module_of("LISTS", lists), "catalogues": module_of("CATALOGUES", told)}
    return Modules(_HERE, made).linked(*names)


def catalogues() -> Mapping[str, Any]:
    """Return, for each language, those sentences that the verifier can say."""
    return {language: _sentences(language) for language in LANGUAGES}


def _sentences(language: str) -> dict[str, Any]:
    table = tomllib.loads((_LOCALE / f"{language}.toml").read_text("utf-8"))
    kept = {family: table[family] for family in _FAMILIES}
    kept["error"] = {code: table["error"][code] for code in ERRORS}
    return with_shared(kept, table["shared"])


def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")
