"""What an envelope says of a submission so that figures can count it, and never whose it is.

An envelope is never erased. So only codes stand in it, and only those that the sender shows to the
public anyway (docs/specs/submission.md, rules 20 to 23).
"""

import re
from collections.abc import Iterator

from answerable.core.acts import Json
from answerable.core.case import vocabulary
from answerable.core.case.submission import Submission
from answerable.core.case.submission_parts import Allegation

# ISO 3166-2. A longer code names a smaller place, or could be a word.
_PROVINCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def counted_facts(submission: Submission) -> dict[str, Json]:
    """Return the language and, of each allegation, the codes that figures count it by."""
    if submission.is_protected or submission.danger_now is not None:
        return {"language": None}  # a silhouette is counted by none of these
    public = {field.path for field in submission.fields() if "public" in field.readers}
    told: dict[str, list[Json]] = {"accused": [], "kinds": [], "provinces": []}
    for one in submission.allegations:
        for name, path, code in _codes(one):
            is_told = f"allegations/{one.ordinal}/{path}" in public
            told[name].append(code if is_told else None)
    some: dict[str, Json] = {name: list(codes) for name, codes in told.items() if any(codes)}
    return {"language": _language(submission.language), **some}


def _codes(one: Allegation) -> Iterator[tuple[str, str, str | None]]:
    yield "accused", "actor/kind", None if one.actor is None else one.actor.kind
    yield "kinds", "kind", one.kind
    yield "provinces", "place/province", _province(one)


def _province(one: Allegation) -> str | None:
    province = None if one.place is None else one.place.province
    code = None if province is None else province.code
    return code if code is not None and _PROVINCE.fullmatch(code) else None


def _language(tag: str | None) -> str | None:
    """Return the language of a tag of BCP 47, where it is one of those that mechanisms answer in.

    Another is told as another: a rare language may tell who reported.
    """
    if tag is None:
        return None
    language = tag.partition("-")[0].lower()
    return language if language in vocabulary.LANGUAGES else vocabulary.OTHER
