"""Makes the one HTML file of the form: the same bytes wherever it is made from the same source."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from answerable.core.case import limits
from answerable.core.case.dates import MONTHS, read_when
from answerable.core.case.kinds import KINDS
from answerable.core.case.problems import MoreThanOneLine, TooLong
from answerable.core.case.schema import Leaf, specs
from answerable.core.case.splitting import MARK
from answerable.core.case.submission import Submission
from answerable.core.case.vocabulary import OTHER
from answerable.locale import catalogue
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.locale.khmer_breaks import with_breaks
from answerable.onefile.linking import Modules
from answerable.onefile.page import filled, licences, module_of, with_shared
from answerable.web.form.copies import FILE
from answerable.web.form.questions import (
    ALLEGATION,
    ALLEGATION_PAGES,
    CHECK,
    COPY,
    KEY,
    KNOWN,
    LEVELS,
    MOST_ITEMS,
    NOTED_ON,
    OF_PEOPLE,
    PLACE,
    PLACE_CODE,
    PLACE_LEVELS,
    PUT_BACK,
    QUESTION_PAGES,
    READERS,
    RECEIPT,
    RETURN_SHOWS,
    SEALED,
    SHARED,
    SHOWS,
    SPEAKER,
    SPLIT,
    TASKS,
    Page,
    Question,
    Shape,
)
from answerable.web.form.receipt import ASKED_GROUP
from answerable.web.rendering import stylesheet

_HERE = Path(__file__).parent
_LOCALE = Path(catalogue.__file__).parent
_MAIN = "page"
_AT = {
    "allegation": ALLEGATION.number,
    "check": CHECK,
    "kept": RECEIPT,
    "key": KEY,
    "known": KNOWN,
    "open": PUT_BACK,
    "save": COPY,
    "split": SPLIT,
    "tasks": TASKS,
}
"""Which screen stands at which number: those of the pages that do the same."""

# Whole families, because their codes come from the questions; of the others what is asked for.
_FAMILIES = ("accused", "catalogue", "date", "offline", "question", "question-hint", "target")
_ERRORS = (
    *("bidirectional-control", "byte-order-mark", "control-character", "copy-key-group-wrong"),
    *("copy-key-unreadable", "copy-stays-shut", "key-of-another-kind", "lone-surrogate"),
    *("more-than-one-line", "no-form-copy", "too-long", "too-many"),
)
_SAID = re.compile(r"[\"'`]([a-z][a-z-]*\.[a-z][a-z-]*)[\"'`]")


@cache
def form_file() -> tuple[bytes, str]:
    """Return the file, and its SHA-256 in hexadecimal digits."""
    data = page()
    return data, sha256(data).hexdigest()


def page() -> bytes:
    """Return the file. Its look is that of the pages, by the same stylesheet."""
    return filled(
        _text("page.html"),
        title=Catalogue("en").say("offline.title"),
        style=stylesheet()[0].decode() + _text("page.css"),
        script=licences("hashes", "ciphers") + linked(_MAIN),
        blank=[(one, with_breaks(Catalogue(one).say("offline.blank"), one)) for one in LANGUAGES],
    )


def linked(*names: str) -> str:
    """Return modules and all they import as one script."""
    told = {one: with_breaks(table, one) for one, table in catalogues().items()}
    made = {
        "catalogues": module_of("CATALOGUES", told, indent=None),
        "questions": module_of("FORM", form(), indent=None),
    }
    return Modules(_HERE, made, keeps_remarks=False).linked(*names)


# --- The questions: those of the pages. ---


def form() -> Mapping[str, Any]:
    """Return what is asked, as data: the tables of the pages and what their answers may hold."""
    pages = [*QUESTION_PAGES.values(), PLACE]
    return {
        "allegationPages": [one.number for one in ALLEGATION_PAGES],
        "askedGroup": ASKED_GROUP,
        "at": _AT,
        "file": FILE,
        "mark": MARK,
        "levels": [code for code in LEVELS if code != SEALED],
        "months": MONTHS,
        "mostItems": MOST_ITEMS,
        "mostPeople": limits.TARGETS,
        "notedOn": {f"note.{code}": number for code, number in NOTED_ON.items()},
        "ofPeople": sorted(OF_PEOPLE),
        "other": OTHER,
        "pages": [_page(one) for one in pages],
        "placeCode": PLACE_CODE,
        "placeLevels": PLACE_LEVELS,
        "readers": READERS,
        "returnShows": {"choices": SHOWS, "path": RETURN_SHOWS},
        "shared": SHARED,
        "speaker": [_speaker(name) for name in SPEAKER],
    }


def _page(one: Page) -> dict[str, Any]:
    return {
        "code": one.code,
        "item": one.item,
        "number": one.number,
        "questions": [_question(question) for question in one.questions],
    }


def _speaker(name: str) -> dict[str, Any]:
    question = _question(Question(f"speaker-{name}", f"speaker/{name}"))
    return {**question, "label": f"form-speaker.{name}"}


def _question(one: Question) -> dict[str, Any]:
    return {
        "choices": one.choices,
        "code": one.code,
        "family": one.family,
        "most": one.most,
        "path": one.path,
        "shape": one.shape.value,
        "short": one.is_short,
        **({} if one.choices or one.shape is Shape.YES else limits_of(one.path)),
    }


def limits_of(path: str) -> dict[str, Any]:
    """Return what the answer to a question may hold, asked of the field that it fills."""
    name = path.rpartition("/")[2]
    if name in {"date", "date-to"}:
        # What no calendar has is kept in words.
        return {"limit": _longest(lambda value: read_when({"words": value})), "when": True}
    leaf = _leaf(path)
    found = {"limit": _longest(leaf.read), "line": _is_line(leaf)}
    lines = _most_lines(leaf)
    return {**found, "lines": lines} if lines else found


def _leaf(path: str) -> Leaf:
    at: Any = Submission
    for piece in path.replace("/{n}", "").replace("/{m}", "").split("/"):
        spec = specs(at)[piece][1]
        if isinstance(spec, Leaf):
            return spec
        at = spec.part
    raise AssertionError("a question that fills no field")


def _longest(read: Any) -> int:
    try:
        read("x" * (limits.ACCOUNT + 1))
    except TooLong as problem:
        return int(str(problem.facts["limit"]))
    raise AssertionError("a text without a limit")


def _is_line(leaf: Leaf) -> bool:
    try:
        leaf.read("a\nb")
    except MoreThanOneLine:
        return True
    return False


def _most_lines(leaf: Leaf) -> int:
    return limits.MUST_NOT if isinstance(leaf.read("a"), tuple) else 0


# --- The sentences: those of the catalogues. ---


def catalogues() -> Mapping[str, Any]:
    """Return, for each language, those sentences that the page can say."""
    tables = {
        language: tomllib.loads((_LOCALE / f"{language}.toml").read_text("utf-8"))
        for language in LANGUAGES
    }
    keys = sorted(key for key in said() if key.partition(".")[0] in tables["en"])
    return {language: _sentences(tables[language], keys, language) for language in LANGUAGES}


def _sentences(table: Mapping[str, Any], keys: list[str], language: str) -> dict[str, Any]:
    kept: dict[str, Any] = {family: table[family] for family in _FAMILIES}
    for key in keys:
        family, code = key.split(".")
        if family not in _FAMILIES:
            kept.setdefault(family, {})[code] = table[family][code]
    kept["kinds"] = {kind.code: kind.label(language) for kind in KINDS}
    for one in (*QUESTION_PAGES.values(), PLACE):
        for question in one.questions:
            _keep_choices(question, table, kept)
    kept["error"] = {code: _own(table["error"][code]) for code in _ERRORS}
    return with_shared(kept, table["shared"])


def _own(table: Mapping[str, Any]) -> dict[str, str]:
    """Return what an error says here: not what it says in a file of another kind."""
    return {part: text for part, text in table.items() if isinstance(text, str)}


def _keep_choices(question: Question, table: Mapping[str, Any], kept: dict[str, Any]) -> None:
    known = {kind.code for kind in KINDS} if question.family == "kinds" else set()
    for code in question.choices:
        if code not in known and code in table.get(question.family, {}):
            kept.setdefault(question.family, {})[code] = table[question.family][code]


def said() -> set[str]:
    """Return the keys of all sentences that modules and markup ask for, and what looks like one."""
    texts = [_text("page.html"), *(path.read_text("utf-8") for path in sorted(_HERE.glob("*.js")))]
    keys = {key for text in texts for key in _SAID.findall(text)}
    keys |= {f"form-{of}.{page.code}" for of in ("page", "lead") for page in _asked_pages(of)}
    keys |= {f"form-task.{code}" for code in ("consent", "danger", "sent-before")}
    keys |= {f"form-task.{page.code}" for page in ALLEGATION_PAGES}
    keys |= {f"form.add-{code}" for code in ("allegation", "concern", "request")}
    keys |= {f"form-speaker.{name}" for name in SPEAKER}
    keys |= {"form-page.put-back", "form-page.split", "yes-no.yes"}
    return keys


def _asked_pages(of: str) -> list[Page]:
    return [*QUESTION_PAGES.values(), *([PLACE] if of == "page" else [])]


def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")
