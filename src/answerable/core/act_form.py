"""What an act must say and who does it, whatever the kind of its docket; and an act asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from answerable.core.acts import ActCode, By, Field, Json, PartyId, Seat
from answerable.core.case.attached import EXHIBITS, Attached
from answerable.core.signed_act import PartyKey

PARTIES = ("complainant", "secretariat", "member", "monitor")
"""Who reads what an act says, unless its kind or its author says otherwise."""


EVIDENCE = "entered/evidence"
"""The path of the content that says by what evidence an act was entered for another."""

EVIDENCE_READERS = ("complainant", "secretariat", "monitor")


class Shape(StrEnum):
    """What a part of an act is."""

    TEXT = "text"
    TEXTS = "texts"
    DAY = "day"
    CODE = "code"
    READERS = "readers"
    COUNT = "count"
    ACTS = "acts"
    PARTY = "party"
    YES_NO = "yes-no"
    NUMBER = "case-number"
    EXHIBITS = "exhibits"


class Part(NamedTuple):
    """One thing that an act says.

    ``fact`` names the fact of the envelope that it becomes: it is never erased, and holds no
    words. Without one it is content, for ``readers``. Codes, of readers too, are among ``choices``.
    Texts that name a fact are content, and the fact is how many they are.
    """

    name: str
    shape: Shape = Shape.TEXT
    required: bool = True
    fact: str = ""
    choices: tuple[str, ...] = ()
    readers: tuple[str, ...] = PARTIES


class Carries(StrEnum):
    """Whether exhibits are handed in with an act.

    With one that is entered for another they may be, whatever its row says: a scanned letter.
    """

    NONE = "none"
    MAY = "may"
    MUST = "must"


def is_content(part: Part) -> bool:
    """Return whether a part is kept as content, which can be erased."""
    return not part.fact or part.shape is Shape.TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An act that someone wants to do. ``values`` are read already, by the shapes of the parts.

    ``by_key`` is True where it is done with the return key of its case: then it is known who does
    it, though nobody knows their name. Only what was opened by that key may say so. ``key`` is the
    party's own, with which the act is signed.
    """

    by: By
    allegations: tuple[int, ...] = ()
    values: Mapping[str, Json] = field(default_factory=dict)
    entered_by: By | None = None
    evidence: str | None = None
    second: PartyId | None = None
    exhibits: tuple[Attached, ...] = ()
    by_key: bool = False
    key: PartyKey | None = None

    @property
    def signer(self) -> bytes | None:
        """The public key with which the act is signed, None where it is not."""
        return None if self.key is None else self.key.public

    def text(self, name: str) -> str:
        """Return a text or code, "" where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def acts(self, name: str) -> tuple[int, ...]:
        """Return the numbers of acts that a part cites."""
        value = self.values.get(name)
        return tuple(n for n in value if isinstance(n, int)) if isinstance(value, list) else ()

    def exhibits_of(self, name: str) -> tuple[tuple[int, int], ...]:
        """Return the exhibits that a part cites, each by its act and its place there."""
        value = self.values.get(name)
        texts = [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
        pairs = (text.split("/") for text in texts)
        return tuple((int(act), int(place)) for act, place in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActForm:
    """A row of a table of acts: its code, the command that does it, by whom, and its parts.

    ``enterable`` is False where it may never be entered for another. ``whole`` is True where it
    concerns the docket and names none of its allegations, or points. ``exhibits`` says whether
    files come with it.
    """

    code: ActCode
    verb: str
    by: tuple[Seat, ...]
    parts: tuple[Part, ...] = ()
    enterable: bool = True
    whole: bool = False
    exhibits: Carries = Carries.NONE


def facts_of(form: ActForm, asked: Asked) -> Mapping[str, Json]:
    """Return what the act says that is never erased: codes, counts, days and parties."""
    facts: dict[str, Json] = {
        part.fact: len(value) if part.shape is Shape.TEXTS and isinstance(value, list) else value
        for part in form.parts
        if part.fact and (value := asked.values.get(part.name)) is not None
    }
    if asked.exhibits:
        facts[EXHIBITS] = len(asked.exhibits)
    return facts if asked.second is None else {**facts, "second": asked.second}


def evidence_fields(entered_by: By | None, evidence: str | None) -> tuple[Field, ...]:
    """Return what an act says beside its parts where it was entered for another; else nothing."""
    return () if entered_by is None else (Field(EVIDENCE, evidence, EVIDENCE_READERS),)
