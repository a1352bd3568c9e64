"""F8: all that will be handed in, and what of it each reader will see: field by field."""

from collections.abc import Callable
from dataclasses import dataclass

from answerable.core.acts import Field, Json
from answerable.core.case.attached import EXHIBITS
from answerable.core.case.submission import Submission
from answerable.locale.catalogue import Catalogue
from answerable.locale.claim import Claim
from answerable.locale.field_words import item_in_words, label_in_words, value_in_words
from answerable.locale.spoken import spoken_in
from answerable.web.form.asked import change_in_words, task_in_words
from answerable.web.form.questions import At, asked_on

PUBLIC = "public"
UNKNOWN = "und"
CONSTANT = "format"
"""The one field that is the same in every report."""

Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Line:
    """A field: what it is called, what it says, and in which language its sender wrote it."""

    name: str
    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What one page asked: ``href`` is where it is changed, ``change`` what a link there says."""

    name: str
    lines: tuple[Line, ...]
    href: str
    change: str


@dataclass(frozen=True, slots=True)
class Card:
    """An allegation, a concern or a request, or one of the parts of the whole."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What was filled in, laid out in the language of the page that shows it."""

    words: Catalogue
    submission: Submission
    address: Address
    kept: Callable[[str], str]
    """Where the form keeps what the submission says at a path."""

    def cards(self, reader: str | None = None) -> list[Card]:
        """Return what a reader will see; with None all of it, as its sender does."""
        seen = [one for one in self.submission.fields() if self._is_seen(one, reader)]
        cards: dict[str, dict[At, list[Field]]] = {}
        for one in seen:
            at = asked_on(self.kept(one.path))
            key = "/".join(one.path.split("/")[:2]) if at.item else str(at.page)
            cards.setdefault(key, {}).setdefault(at, []).append(one)
        said = {one.path: one.value for one in seen}
        # What happened stands first, though the record begins with who speaks.
        ordered = sorted(cards.items(), key=lambda card: card[0].isdecimal())
        return [self._card(key, said, pages) for key, pages in ordered]

    def is_outline(self, reader: str) -> bool:
        """Whether a reader will see no word of it, but only that there is a case of this kind."""
        return reader == PUBLIC and self.submission.is_silhouette

    def _is_seen(self, one: Field, reader: str | None) -> bool:
        if reader is None or one.path == CONSTANT:
            return one.path != CONSTANT
        return bool({reader, PUBLIC} & {*one.readers}) and not self.is_outline(reader)

    def _card(self, key: str, said: dict[str, Json], pages: dict[At, list[Field]]) -> Card:
        groups = tuple(self._group(page, fields) for page, fields in pages.items())
        title = Claim(self.words, said, key).title()
        return Card(item_in_words(self.words, key, title) or groups[0].name, groups)

    def _group(self, at: At, fields: list[Field]) -> Group:
        of = item_in_words(self.words, fields[0].path) if at.item else ""
        person = self._person(fields[0].path)
        name = task_in_words(self.words, at.page, person) or of
        change = change_in_words(self.words, at.page, at.item, person=person)
        return Group(name, tuple(map(self._line, fields)), self.address(*at.parts), change)

    def _person(self, path: str) -> int | None:
        """Return of which person affected a field is, None where it is of none or the only one."""
        pieces = path.split("/")
        if pieces[2:3] != ["targets"]:
            return None
        allegation = self.submission.allegations[int(pieces[1]) - 1]
        return int(pieces[3]) if len(allegation.targets) > 1 else None

    def _line(self, one: Field) -> Line:
        label = label_in_words(self.words, one.path)
        if one.path.startswith(f"{EXHIBITS}/"):
            item = item_in_words(self.words, one.path)
            label = self.words.say("page.part", part=item) + label
        value = value_in_words(self.words, one)
        return Line(label, value, self._language(value) if _is_typed(one, value) else "")

    def _language(self, value: str) -> str:
        """Return in which language a value is to be read aloud: of Latin letters in Khmer, none."""
        return spoken_in(value, self.words.language) or UNKNOWN


def _is_typed(one: Field, value: str) -> bool:
    """Whether a field is told in its sender's words, and not by a code or a day that was read."""
    if isinstance(one.value, dict):
        return "name" in one.value
    if one.path.endswith("/file"):
        return False
    return one.value == value or isinstance(one.value, list)
