"""The codes that a submission may use; what an act is called, in three languages, in kinds.py."""

import difflib
from collections.abc import Collection

from answerable.core.case.kinds import KINDS
from answerable.core.case.problems import NotText, UnknownCode
from answerable.core.case.text import kind_of

_TOLD = 20
"""How many codes a problem lists; a longer vocabulary has its own page."""

OTHER = "other"
"""An act that no code fits; other-kind says it in words."""

KIND_CODES = (*(kind.code for kind in KINDS), OTHER)

NATURES = ("act", "continuing-act", "pattern", "omission")
HOW_KNOWN = ("saw", "was-told", "document", "inferred")
TARGET_KINDS = ("person", "organisation", "community")
SPEAKERS = ("person", "group", "organisation", "organisation-for-others")
ANSWERS = ("yes", "no", "unknown")
LANGUAGES = ("en", "fr", "km")
"""The languages that a submission is counted by: those of the catalogues. The rest are `other`."""

KEPT, REMOVED = "kept", "removed"
HIDDEN_DATA = (KEPT, REMOVED)
"""Of an exhibit: handed in as it is, or as a copy without what it hides."""

COMMAND_LINE, DELIVERY, ENTERED, FORM = "command-line", "delivery", "entered", "form"
CHANNELS = (COMMAND_LINE, DELIVERY, ENTERED, FORM)
"""How a submission came: alone, with others in one sending, typed in for another, or by the pages
on which its sender filled it in."""

# HURIDOCS micro-thesaurus 24 (types of perpetrators), as kebab-case.
ACTOR_KINDS = (
    "national-official",
    "local-official",
    "armed-forces",
    "police",
    "prison",
    "intelligence",
    "legislature",
    "judiciary",
    "paramilitary",
    "opposition-force",
    "private-guard",
    "crowd",
    "employer",
    "company",
    "private-person",
    "unknown",
)


def code_among(value: object, allowed: Collection[str]) -> str:
    """Return value, which is one of the allowed codes.

    Raises:
        NotText, UnknownCode: with the nearest code, where one is near.
    """
    if not isinstance(value, str):
        raise NotText("a code is wanted", found=kind_of(value))
    code = value.strip()
    if code not in allowed:
        raise UnknownCode(
            "no such code",
            nearest=nearest(code, allowed),
            allowed=", ".join(allowed) if len(allowed) <= _TOLD else None,
        )
    return code


def nearest(word: str, words: Collection[str]) -> str | None:
    """Return the word most like this one, if any is."""
    # difflib takes quadratic time, and what was typed may be long.
    found = difflib.get_close_matches(word[:60].lower().replace("_", "-"), words, n=1)
    return found[0] if found else None
