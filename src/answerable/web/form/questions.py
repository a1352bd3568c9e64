"""The questions of the form, page by page. Their words are in the catalogues."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from answerable.core.case import vocabulary
from answerable.core.case.kinds import KINDS

MOST_ITEMS = 100
"""The most items of one kind, and the highest number that one of them or a person has."""


class Shape(Enum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    ONE = "one"
    LIST = "list"
    SEVERAL = "several"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field of a submission that it fills, and how.

    ``{n}`` is an item's number, ``{m}`` that of a person affected. ``code`` names its words;
    ``family`` those of its choices. ``short`` is the widest it needs.
    """

    code: str
    path: str
    shape: Shape = Shape.LINE
    choices: tuple[str, ...] = ()
    family: str = "choice"
    is_short: bool = False
    most: int = 0
    """The clusters (text.seen_length) that fit, 0 where only the record's own limit holds."""

    def at(self, number: int, person: int = 1) -> str:
        return self.path.replace("{n}", str(number)).replace("{m}", str(person))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of questions. An item's page is asked once for each ``item``."""

    number: int
    code: str
    questions: tuple[Question, ...]
    item: str = ""


YES_NO = ("yes", "no", "unknown")

WHAT = Question("what", "allegations/{n}/what", Shape.TEXT)
WHEN = Question("when", "allegations/{n}/date", is_short=True)
WHERE = Question("where", "allegations/{n}/place/words")
CONTACT = Question("contact", "speaker/contact")

QUICK = Page(4, "quick", (WHAT, WHEN, WHERE, CONTACT), "quick")

TITLE_FITS = 80
"""The clusters of a title that a row of a list can show (ux.md F5). A file may have longer ones."""

ALLEGATION = Page(
    5,
    "allegation",
    (
        Question("title", "allegations/{n}/title", most=TITLE_FITS),
        WHAT,
        Question("how-known", "allegations/{n}/how-known", Shape.SEVERAL, vocabulary.HOW_KNOWN),
        Question(
            "kind",
            "allegations/{n}/kind",
            Shape.LIST,
            (*(kind.code for kind in KINDS), vocabulary.OTHER),
            "kinds",
        ),
    ),
    "allegations",
)

WHEN_WHERE = Page(
    19,
    "when-where",
    (
        WHEN,
        Question("when-to", "allegations/{n}/date-to", is_short=True),
        Question("about", "allegations/{n}/about", Shape.YES),
        WHERE,
        Question("do-not-publish", "allegations/{n}/place/do-not-publish", Shape.YES),
    ),
    "allegations",
)

WHO_DID_IT = Page(
    20,
    "who-did-it",
    (
        Question(
            "actor-kind",
            "allegations/{n}/actor/kind",
            Shape.LIST,
            vocabulary.ACTOR_KINDS,
            "accused",
        ),
        Question("actor-body", "allegations/{n}/actor/body"),
        Question("actor-unit", "allegations/{n}/actor/unit"),
        Question("actor-rank", "allegations/{n}/actor/rank"),
        Question("actor-name", "allegations/{n}/actor/name"),
    ),
    "allegations",
)

WHO_WAS_AFFECTED = Page(
    21,
    "who-was-affected",
    (
        Question(
            "target-kind",
            "allegations/{n}/targets/{m}/kind",
            Shape.ONE,
            vocabulary.TARGET_KINDS,
            "target",
        ),
        Question("target-described", "allegations/{n}/targets/{m}/described"),
        Question("target-initials", "allegations/{n}/targets/{m}/initials", is_short=True),
        Question("target-name", "allegations/{n}/targets/{m}/name"),
    ),
    "allegations",
)

CONSENTS = ("included", "named-to-body", "contacted", "published")
"""For what the people concerned are asked, one by one or all alike."""

WHETHER_AGREED = Page(
    23,
    "whether-agreed",
    tuple(
        Question(
            code, f"allegations/{{n}}/targets/{{m}}/consent/{code}", Shape.ONE, YES_NO, "yes-no"
        )
        for code in CONSENTS
    ),
    "allegations",
)
"""What this person answers otherwise than what is said for all on the page of consent."""

WHAT_SHOWS_IT = Page(
    22,
    "what-shows-it",
    (
        Question("would-show-it", "allegations/{n}/would-show-it", Shape.TEXT),
        Question("remedy", "allegations/{n}/remedy", Shape.TEXT),
    ),
    "allegations",
)

ALLEGATION_PAGES = (
    ALLEGATION,
    WHEN_WHERE,
    WHO_DID_IT,
    WHO_WAS_AFFECTED,
    WHETHER_AGREED,
    WHAT_SHOWS_IT,
)
"""The pages of one allegation, in the order in which they are asked."""

OF_PEOPLE = frozenset({WHO_WAS_AFFECTED.number, WHETHER_AGREED.number})
"""The pages that are asked of each person affected, or of each group."""

PLACE_LEVELS = ("province", "district", "commune", "village")
PLACE_CODE = "-code"
"""What follows the path of a level, for the code that was chosen in place of words or beside."""

PLACE = Page(
    15,
    "place",
    tuple(
        Question(level, f"allegations/{{n}}/place/{level}", is_short=True) for level in PLACE_LEVELS
    ),
    "allegations",
)
"""The same allegation, and where it happened: a page of its own (places.py)."""

SPLIT = 16
"""The page on which the text of an allegation becomes two (splitting.py)."""

CONCERN = Page(
    6,
    "concern",
    (
        Question("concern-title", "concerns/{n}/title", most=TITLE_FITS),
        Question("concern-rule", "concerns/{n}/rule"),
        Question("concern-what", "concerns/{n}/what", Shape.TEXT),
        Question("remedy", "concerns/{n}/remedy", Shape.TEXT),
    ),
    "concerns",
)

REQUEST = Page(
    7,
    "request",
    (
        Question("request-title", "requests/{n}/title", most=TITLE_FITS),
        Question("asked-of", "requests/{n}/asked-of"),
        Question("request-what", "requests/{n}/what", Shape.TEXT),
    ),
    "requests",
)

CONSENT = Page(
    9,
    "consent",
    (
        *(Question(code, f"consent/{code}", Shape.ONE, YES_NO, "yes-no") for code in CONSENTS),
        Question("harm", "risk/harm", Shape.ONE, YES_NO, "yes-no"),
        Question("why", "risk/why", Shape.TEXT),
        Question("must-not", "risk/must-not", Shape.TEXT),
    ),
)

DANGER = Page(
    10,
    "danger",
    (
        Question("danger-what", "danger-now/what", Shape.TEXT),
        Question("to-whom", "danger-now/to-whom"),
        Question("reach", "danger-now/reach"),
    ),
)

SENT_BEFORE = Page(
    11,
    "sent-before",
    (
        Question("sent-date", "sent-before/date", is_short=True),
        Question("sent-channel", "sent-before/channel"),
        Question("sent-office", "sent-before/office"),
        Question("sent-proof", "sent-before/proof", Shape.TEXT),
    ),
)

QUESTION_PAGES = {
    page.number: page
    for page in (QUICK, *ALLEGATION_PAGES, CONCERN, REQUEST, CONSENT, DANGER, SENT_BEFORE)
}

BEFORE, KNOWN, TASKS, FILES, CHECK, RECEIPT, KEY = 1, 2, 3, 8, 12, 13, 14
COPY, PUT_BACK = 17, 18

READERS = ("secretariat", "member", "monitor", "public")
LEVELS = ("0", "1", "2", "3", "4")
RETURN_SHOWS, SHOWS = "return-shows", ("yes", "no")
"""Where a draft has whether the return key shows what was sent, no field of it, and the answers."""
IN_PUBLIC, ORGANISATION_SPEAKS, SEALED = "0", "2", "4"
SPEAKER = ("organisation", "name", "contact")

SHARED = ("date", "date-to", "about", "place", "actor", "targets")
"""What a further allegation begins with: most of what happened shares day, place and people."""


NOTED_ON = {
    **dict.fromkeys(("no-date", "no-place", "date-year-unsure"), WHEN_WHERE.number),
    "no-actor": WHO_DID_IT.number,
    **dict.fromkeys(("no-target", "target-unnamed"), WHO_WAS_AFFECTED.number),
    "nothing-would-show-it": WHAT_SHOWS_IT.number,
    "may-be-two": SPLIT,
}
"""On which page of its allegation a note is met, where that is not the first."""


class At(NamedTuple):
    """Where something is asked: the page, which item, and of which person affected.

    ``item`` is 0 where a page has none. ``person`` is a number that a draft gives, and no ordinal.
    """

    page: int
    item: int = 0
    person: int = 1

    @property
    def parts(self) -> tuple[int, ...]:
        """The numbers of its address: the first person's is that of the allegation's page."""
        is_further = self.page in OF_PEOPLE and self.person > 1
        return (self.page, self.item, self.person)[: 3 if is_further else 2 if self.item else 1]


def asked_on(path: str) -> At:
    """Return the page from which a field is changed, as page_of: that of its place leads to it."""
    at = page_of(path)
    return at._replace(page=WHEN_WHERE.number) if at.page == PLACE.number else at


def page_of(path: str) -> At:
    """Return where a field is asked for, by its path in a draft."""
    name, _, rest = path.partition("/")
    number, _, below = rest.partition("/")
    if below in {f"place/{level}" for level in PLACE_LEVELS}:
        return At(PLACE.number, int(number))
    item = int(number) if number.isdecimal() else 1
    if found := _OF_PERSON.match(below):
        page = WHETHER_AGREED if found[2] else WHO_WAS_AFFECTED
        return At(page.number, item, int(found[1]))
    pages = [page for page in QUESTION_PAGES.values() if page.item == name]
    if pages:
        start = f"{name}/{{n}}/{below.partition('/')[0]}"
        asked = (page for page in pages if any(_is_below(one, start) for one in page.questions))
        return At(next(asked, pages[0]).number, item)
    wholes = (page for page in QUESTION_PAGES.values() if not page.item)
    found_at = (page.number for page in wholes if any(_is_below(o, name) for o in page.questions))
    return At(next(found_at, FILES if name == "exhibits" else KNOWN))


_OF_PERSON = re.compile(r"targets/([0-9]+)(?:/(consent))?")


def _is_below(one: Question, start: str) -> bool:
    return one.path == start or one.path.startswith(f"{start}/")
