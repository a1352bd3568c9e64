"""The questions of the form, page by page. Their words are in the catalogues."""

from dataclasses import dataclass
from enum import Enum

from answerable.core.case import vocabulary
from answerable.core.case.kinds import KINDS


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
    """One question: the field of a submission that it fills, and how. ``{n}`` is an item's number.

    ``code`` names its words; ``family`` those of its choices. ``short`` is the widest it needs.
    """

    code: str
    path: str
    shape: Shape = Shape.LINE
    choices: tuple[str, ...] = ()
    family: str = "choice"
    is_short: bool = False
    most: int = 0
    """The clusters (text.seen_length) that fit, 0 where only the record's own limit holds."""

    def at(self, number: int) -> str:
        return self.path.replace("{n}", str(number))


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
            "allegations/{n}/targets/kind",
            Shape.ONE,
            vocabulary.TARGET_KINDS,
            "target",
        ),
        Question("target-described", "allegations/{n}/targets/described"),
        Question("target-initials", "allegations/{n}/targets/initials", is_short=True),
        Question("target-name", "allegations/{n}/targets/name"),
    ),
    "allegations",
)

CONSENTS = ("included", "named-to-body", "contacted", "published")
"""For what the people concerned are asked, one by one or all alike."""

WHETHER_AGREED = Page(
    23,
    "whether-agreed",
    tuple(
        Question(code, f"allegations/{{n}}/targets/consent/{code}", Shape.ONE, YES_NO, "yes-no")
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

SHARED = (
    "date",
    "date-to",
    "about",
    *(
        f"place/{name}"
        for name in (
            *(f"{level}{of}" for level in PLACE_LEVELS for of in ("", PLACE_CODE)),
            *("words", "do-not-publish"),
        )
    ),
    *(f"actor/{name}" for name in ("kind", "body", "unit", "rank", "name")),
    *(f"targets/{name}" for name in ("kind", "described", "initials", "name")),
    *(f"targets/consent/{code}" for code in CONSENTS),
)
"""What a further allegation begins with: most of what happened shares day, place and people."""


NOTED_ON = {
    **dict.fromkeys(("no-date", "no-place", "date-year-unsure"), WHEN_WHERE.number),
    "no-actor": WHO_DID_IT.number,
    **dict.fromkeys(("no-target", "target-unnamed"), WHO_WAS_AFFECTED.number),
    "nothing-would-show-it": WHAT_SHOWS_IT.number,
    "may-be-two": SPLIT,
}
"""On which page of its allegation a note is met, where that is not the first."""


def asked_on(path: str) -> tuple[int, int]:
    """Return the page from which a field is changed, as page_of: that of its place leads to it."""
    number, item = page_of(path)
    return (WHEN_WHERE.number if number == PLACE.number else number), item


def page_of(path: str) -> tuple[int, int]:
    """Return the number of the page that asks for a field, and of its item, 0 where it has none."""
    name, _, rest = path.partition("/")
    number, _, below = rest.partition("/")
    if below in {f"place/{level}" for level in PLACE_LEVELS}:
        return PLACE.number, int(number)
    item = int(number) if number.isdecimal() else 1
    if below.startswith("targets/") and "/consent/" in below:
        return WHETHER_AGREED.number, item
    pages = [page for page in QUESTION_PAGES.values() if page.item == name]
    if pages:
        start = f"{name}/{{n}}/{below.partition('/')[0]}"
        asked = (page for page in pages if any(_is_below(one, start) for one in page.questions))
        return next(asked, pages[0]).number, item
    wholes = (page for page in QUESTION_PAGES.values() if not page.item)
    found = (page.number for page in wholes if any(_is_below(one, name) for one in page.questions))
    return next(found, FILES if name == "exhibits" else KNOWN), 0


def _is_below(one: Question, start: str) -> bool:
    return one.path == start or one.path.startswith(f"{start}/")
