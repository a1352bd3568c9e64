"""The parts of a submission: what each may say, how long, and how far it is shown by itself.

Every field may be left out. The order of fields is their order in a record.
"""

# ruff: noqa: RUF009 - what schema gives declares a field, as dataclasses.field does

from dataclasses import dataclass

from answerable.core.case import limits, vocabulary
from answerable.core.case.dates import When
from answerable.core.case.places import Level, place_level
from answerable.core.case.readers import INSIDE, NAME
from answerable.core.case.schema import (
    code,
    language,
    leaf,
    line,
    part,
    parts,
    several,
    text,
    when,
    yes_no,
)
from answerable.core.case.text import clean_line, safe_exhibit_name
from answerable.core.case.vocabulary import code_among


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person agreed to, for each purpose: yes, no, unknown, or not asked."""

    included: str | None = code(vocabulary.ANSWERS, INSIDE)
    named_to_body: str | None = code(vocabulary.ANSWERS, INSIDE)
    contacted: str | None = code(vocabulary.ANSWERS, INSIDE)
    published: str | None = code(vocabulary.ANSWERS, INSIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks. Neither registration nor a mandate is ever asked."""

    speaks_as: str | None = code(vocabulary.SPEAKERS)
    organisation: str | None = line(limits.NAME)
    name: str | None = line(limits.NAME, NAME)
    contact: str | None = text(limits.LINE, NAME)
    consent: Consent | None = part(Consent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """Danger now: what, to whom, and how to reach someone safely."""

    what: str | None = text(limits.PARAGRAPH, INSIDE)
    to_whom: str | None = text(limits.LINE, INSIDE)
    reach: str | None = text(limits.LINE, NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Whether someone could be harmed if the accused unit learns of this, and what not to do."""

    harm: str | None = code(vocabulary.ANSWERS, INSIDE)
    why: str | None = text(limits.PARAGRAPH, INSIDE)
    must_not: tuple[str, ...] | None = several(
        lambda value: clean_line(value, limits.LINE),
        limits.MUST_NOT,
        INSIDE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """An earlier sending of the same matter."""

    ordinal: int
    date: When | None = when()
    channel: str | None = line(limits.LINE)
    office: str | None = line(limits.LINE)
    proof: str | None = text(limits.LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it happened; each level in free words, with a gazetteer's code or without."""

    words: str | None = text(limits.LINE)
    country: Level | None = place_level()
    province: Level | None = place_level()
    district: Level | None = place_level()
    commune: Level | None = place_level()
    village: Level | None = place_level()
    do_not_publish: bool | None = yes_no()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom it was done to: named, by initials, described, or sealed."""

    ordinal: int
    kind: str | None = code(vocabulary.TARGET_KINDS)
    name: str | None = line(limits.NAME, NAME)
    initials: str | None = line(limits.NAME, NAME)
    described: str | None = text(limits.LINE)
    sealed: bool | None = yes_no()
    consent: Consent | None = part(Consent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is said to have done it."""

    kind: str | None = code(vocabulary.ACTOR_KINDS)
    body: str | None = line(limits.NAME)
    unit: str | None = line(limits.NAME)
    rank: str | None = line(limits.NAME)
    name: str | None = line(limits.NAME, NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One known instance of a pattern."""

    ordinal: int
    what: str | None = text(limits.PARAGRAPH)
    date: When | None = when()
    place: Place | None = part(Place, words="words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What was said, in another language; the original binds."""

    ordinal: int
    language: str | None = language()
    what: str | None = text(limits.ACCOUNT)
    translator: str | None = line(limits.NAME, INSIDE)
    machine: str | None = line(limits.NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegation:
    """One assertion that can be judged by itself."""

    ordinal: int
    title: str | None = line(limits.TITLE)
    nature: str | None = code(vocabulary.NATURES)
    kind: str | None = code(vocabulary.KIND_CODES)
    other_kind: str | None = line(limits.LINE)
    what: str | None = text(limits.ACCOUNT)
    language: str | None = language()
    translations: tuple[Translation, ...] = parts(Translation, limits.TRANSLATIONS)
    date: When | None = when()
    place: Place | None = part(Place, words="words")
    instances: tuple[Instance, ...] = parts(Instance, limits.INSTANCES)
    actor: Actor | None = part(Actor)
    targets: tuple[Target, ...] = parts(Target, limits.TARGETS)
    how_known: tuple[str, ...] | None = several(
        lambda value: code_among(value, vocabulary.HOW_KNOWN),
        len(vocabulary.HOW_KNOWN),
    )
    right: str | None = line(limits.LINE)
    remedy: str | None = text(limits.PARAGRAPH)
    would_show_it: str | None = text(limits.PARAGRAPH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A concern about a rule or a practice: it gets a disposition, not a finding."""

    ordinal: int
    title: str | None = line(limits.TITLE)
    rule: str | None = text(limits.LINE)
    what: str | None = text(limits.ACCOUNT)
    language: str | None = language()
    translations: tuple[Translation, ...] = parts(Translation, limits.TRANSLATIONS)
    remedy: str | None = text(limits.PARAGRAPH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something asked for, of whom."""

    ordinal: int
    title: str | None = line(limits.TITLE)
    asked_of: str | None = line(limits.LINE)
    what: str | None = text(limits.ACCOUNT)
    language: str | None = language()
    translations: tuple[Translation, ...] = parts(Translation, limits.TRANSLATIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file handed in; who may read its name may open it.

    ``hidden_data``: whether it is the file as it is, or a copy without what it hides. What a record
    says of its octets is then of the copy.
    """

    ordinal: int
    file: str | None = leaf(safe_exhibit_name, INSIDE)
    title: str | None = line(limits.TITLE)
    caption: str | None = text(limits.PARAGRAPH)
    hidden_data: str | None = code(vocabulary.HIDDEN_DATA, INSIDE)
