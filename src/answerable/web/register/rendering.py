"""Templates of the register's pages, and what every page of it is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from answerable.core.acts import By, Envelope, PartyId
from answerable.core.party_keys import GRACE
from answerable.core.seats import COMPLAINANT
from answerable.locale.catalogue import LANGUAGES
from answerable.locale.visible import visible
from answerable.web.http import HTML, Response
from answerable.web.register.opened import Register
from answerable.web.rendering import catalogue_of, filled, foot, stylesheet
from answerable.web.words import Words

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class RegisterWords(Words):
    """The words of one register in one language."""

    source: Register

    @property
    def register(self) -> Register:
        return self.source

    def body(self, party: str) -> str:
        """Return the name of a body, the number of any other party."""
        found = self.register.bodies.get(PartyId(party))
        return visible(found.name) if found is not None and found.name else party

    def clock(self, code: str) -> str:
        """Return what a step is called where no case says by which rules: as they all call it."""
        rules = self.register.rules.procedures.values()
        titles = {self.titled(o.clocks[code].titles, code) for o in rules if code in o.clocks}
        if len(titles) != 1 and self.catalogue.has(f"owed.{code}"):
            return self.word("owed", code)
        return min(titles, default=code)

    def party(self, number: str) -> str:
        return self.body(number)

    def by(self, by: By) -> str:
        """Return who did an act: by seat, bodies by name, and others by number."""
        if by.seat == COMPLAINANT or not by.party:
            return self.seat(by.seat)
        return self.say("page.seat", seat=self.seat(by.seat), parties=self.body(by.party))

    def signed(self, act: Envelope, /) -> tuple[str, ...]:
        """Return that an act is signed, and whether the register names the key as its body's."""
        if act.signature is None:
            return ()
        found = self.register.bodies.get(act.by.party)
        is_known = found is not None and any(
            key.public == act.signature.key and key.is_in_force(act.at, grace=GRACE)
            for key in found.keys
        )
        body = self.body(act.by.party)
        return (self.say("web.signed" if is_known else "web.signed-unknown", body=body),)


class Help(NamedTuple):
    """Whom to ask, "" where nobody is named, and whether this server takes reports by a form."""

    at: str = ""
    has_form: bool = False


NO_HELP = Help()


@dataclass(frozen=True, slots=True)
class Room:
    """The register in one language, and the address below it that was asked for.

    ``templates`` are the folders in which the room's pages are looked for.
    """

    register: Register
    language: str
    rest: str
    help_at: Help = NO_HELP
    templates: tuple[Path, ...] = (TEMPLATES,)

    @property
    def words(self) -> RegisterWords:
        return RegisterWords(catalogue_of(self.language), self.register)

    @property
    def tag(self) -> str:
        """What an answer depends on beside its address."""
        return self.register.key

    def page(self, template: str, title: str, **facts: Any) -> Response:
        """Return a page; its title is its heading too."""
        return Response(self.text(template, title=title, **facts).encode(), HTML)

    def text(self, template: str, **facts: Any) -> str:
        return filled(self.templates, template, {**self._common(), **facts})

    def foot(self, file: str, what: str) -> Mapping[str, str]:
        """Return what stands below each printed page that shows a file: its fingerprint."""
        digest = self.register.checked.index.files.get(file, "")
        return {"foot": foot(self.words.catalogue, what, digest), "digest": digest}

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
                ("/responses", words.say("web.nav-responses")),
                ("/bodies", words.say("web.nav-bodies")),
                ("/figures", words.say("web.nav-figures")),
                ("/rules", words.say("web.nav-rules")),
                ("/verify", words.say("web.nav-verify")),
                *([("/f", words.say("web.nav-form"))] if self.help_at.has_form else []),
            ),
            "has_form": self.help_at.has_form,
            "contact": self.help_at.at,
            "site": self.register.title,
            "foot": "",
            "digest": "",
            "css": f"/static/ledger-{stylesheet()[1]}.css",
            "words": words,
            "say": words.say,
            "draft": words.catalogue.is_draft,
            "published": words.say("web.published", at=words.instant(checked.index.at)),
            "differs": len(checked.differences),
        }
