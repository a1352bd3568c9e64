"""Templates of the register's pages, and what every page of it is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.http import HTML, Response
from answerable.web.register.opened import Register
from answerable.web.words import Words

TEMPLATES = Path(__file__).parent / "templates"
STYLESHEET = Path(__file__).parents[1] / "static" / "ledger.css"


@dataclass(frozen=True, slots=True)
class Room:
    """The register in one language, and the address below it that was asked for."""

    register: Register
    language: str
    rest: str

    @property
    def words(self) -> Words:
        return Words(catalogue_of(self.language), self.register)

    def page(self, template: str, title: str, **facts: Any) -> Response:
        """Return a page; its title is its heading too."""
        return Response(self.text(template, title=title, **facts).encode(), HTML)

    def text(self, template: str, **facts: Any) -> str:
        return _environment().get_template(template).render(self._common(), **facts)

    def _common(self) -> Mapping[str, Any]:
        words, checked = self.words, self.register.checked
        return {
            "lang": self.language,
            "languages": LANGUAGES,
            "language_names": {one: catalogue_of(one).say("catalogue.name") for one in LANGUAGES},
            "rest": self.rest,
            "here": "/" + self.rest.strip("/").partition("/")[0] if self.rest else "",
            "nav": (
                ("", words.say("web.nav-home")),
                ("/register", words.say("web.nav-register")),
                ("/figures", words.say("web.nav-figures")),
                ("/rules", words.say("web.nav-rules")),
                ("/keys", words.say("web.nav-keys")),
                ("/open-data", words.say("web.nav-data")),
            ),
            "site": self.register.title,
            "css": f"/static/ledger-{stylesheet()[1]}.css",
            "words": words,
            "say": words.say,
            "draft": words.catalogue.is_draft,
            "published": words.say("web.published", at=words.instant(checked.index.at)),
            "differs": len(checked.differences),
        }


@cache
def catalogue_of(language: str) -> Catalogue:
    return Catalogue(language)


@cache
def stylesheet() -> tuple[bytes, str]:
    """Return the one stylesheet, and the part of its digest that its address carries."""
    data = STYLESHEET.read_bytes()
    return data, sha256(data).hexdigest()[:12]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        # Only what is no markup is given as it is.
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        auto_reload=False,
        keep_trailing_newline=True,
    )
