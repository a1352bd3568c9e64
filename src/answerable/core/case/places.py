"""One level of a place: the sender's words, a gazetteer's code, or both."""

import re
from dataclasses import dataclass
from typing import Any

from answerable.core.acts import Json
from answerable.core.case import limits
from answerable.core.case.problems import UnknownKey, UnknownPlaceCode
from answerable.core.case.schema import leaf
from answerable.core.case.text import clean_line

# ISO 3166 codes, ISO 3166-2 codes, and the digits of a national register after the country.
_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,12})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A country, province, district, commune or village."""

    name: str | None = None
    code: str | None = None

    def json(self) -> Json:
        return {key: value for key in ("code", "name") if (value := getattr(self, key))}


def place_level() -> Any:
    return leaf(read_level, json=lambda value: value.json())


def read_level(value: object) -> Level:
    """Return the level that a person wrote: a name, or an object of name and code.

    Raises:
        Problem: text that is refused, or a code of no known form. Whether a code exists is for a
            gazetteer to say (casework.gazetteer).
    """
    if not isinstance(value, dict):
        return Level(name=clean_line(value, limits.NAME))
    if not value or not value.keys() <= {"name", "code"}:
        raise UnknownKey("a level of a place has name and code", nearest=None)
    code = value.get("code")
    if code is not None:
        code = clean_line(code, limits.NAME).upper()
        if not _CODE.fullmatch(code):
            raise UnknownPlaceCode("not the form of a code")
    name = value.get("name")
    return Level(name=clean_line(name, limits.NAME) if name is not None else None, code=code)
