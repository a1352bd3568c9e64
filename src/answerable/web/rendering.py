"""What every page is made with: templates, the one stylesheet, the catalogues."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
    select_autoescape,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from answerable.locale.catalogue import Catalogue
from answerable.locale.khmer_breaks import breaking
from answerable.locale.spoken import Spoken, marked, spoken_in

SHARED = Path(__file__).parent / "templates"
"""Templates of which rooms show the same, as a case."""
STYLESHEET = Path(__file__).parent / "static" / "ledger.css"
_FOOT = 16
"""How many digits of a fingerprint stand below each page: as many as on a response's."""
LEAVING = Path(__file__).parent / "static" / "leave.js"


@cache
def catalogue_of(language: str) -> Catalogue:
    return Catalogue(language)


def foot(words: Catalogue, what: str, fingerprint: str) -> str:
    """Return what stands below each printed page: what it is of, and by which data."""
    return words.say("page.foot", what=what, fingerprint=fingerprint[:_FOOT])


@cache
def stylesheet() -> tuple[bytes, str]:
    """Return the one stylesheet, and the part of its digest that its address carries."""
    data = STYLESHEET.read_bytes()
    return data, sha256(data).hexdigest()[:12]


@cache
def leaving() -> tuple[str, str]:
    """Return the one script of the form's pages, and by what a policy allows it (CSP 3, 2.3.1)."""
    text = LEAVING.read_text()
    digest = b64encode(sha256(text.encode()).digest()).decode()
    return text, f"sha256-{digest}"


def filled(folders: tuple[Path, ...], template: str, facts: Mapping[str, Any]) -> str:
    """Return a template filled with facts, of which ``lang`` is the language of all that is ours.

    A page in Khmer has breaks between the words that we wrote, another one says what of it is in
    Khmer; a text for programs has the letters alone.
    """
    text = _environment(*folders).get_template(template).render(facts)
    if not template.endswith(".html"):
        return text
    return breaking(text) if facts["lang"] == "km" else marked(text)


@cache
def _environment(*templates: Path) -> Environment:
    """Return what fills the templates of folders: all that is filled in is text, never markup."""
    made = Environment(
        loader=FileSystemLoader([*templates, SHARED]),
        # Only what is no markup is given as it is.
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    made.filters["counted"] = _counted
    made.filters["marked"] = _marked
    made.filters["spoken"] = _spoken
    return made


@pass_context
def _counted(context: Context, number: int) -> str:
    """Return a number in the digits of the page's language."""
    return catalogue_of(context["lang"]).number(number)


def _spoken(text: str) -> Markup:
    """Return a sentence in which that part says its language which has another one.

    That of Khmer letters is said when the page is filled in, whoever wrote them.
    """
    own = text.own if isinstance(text, Spoken) else ""
    language = spoken_in(own, text.language) if isinstance(text, Spoken) else ""
    if language in {"", "km"} or own not in text:
        return escape(text)
    before, _, after = text.rpartition(own)
    return Markup('{}<span lang="{}">{}</span>{}').format(before, language, own, after)


def _marked(text: str) -> Markup:
    """Return a text for a feed that is not in Khmer, in which what is in Khmer says so."""
    return Markup(marked(str(escape(text))).replace("<span lang=", "<span xml:lang="))  # noqa: S704 - escaped, and marked by us
