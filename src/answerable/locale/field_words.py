"""What the fields of a case are called, for whoever chooses some of them or reads which were."""

from collections.abc import Iterator

from answerable.core.acts import Field
from answerable.core.case.exposure import Place, place_of
from answerable.core.case.kinds import KINDS
from answerable.locale.catalogue import LANGUAGES, Catalogue, capital
from answerable.locale.claim import PlaceNames, no_names
from answerable.locale.visible import visible

_KINDS = {kind.code: kind for kind in KINDS}

_ITEMS = {
    "allegations": "web.allegation",
    "concerns": "web.concern",
    "requests": "web.request",
    "exhibits": "field.of-file",
}


def place_in_words(words: Catalogue, text: str) -> str:
    """Return a field as people say it, with its act; a text that names none as it is."""
    place = place_of(text)
    if place is None:
        return visible(text)
    return words.say("field.of-act", act=place.act, field=field_in_words(words, place))


def item_in_words(words: Catalogue, path: str, title: str = "") -> str:
    """Return to which allegation, concern, request or file a field belongs, "" if to none.

    ``title`` is what that is called, where it is to be named by it too.
    """
    name, _, rest = path.partition("/")
    number = rest.partition("/")[0]
    if name not in _ITEMS or not number.isdecimal():
        return ""
    return words.say(_ITEMS[name], number=int(number), title=title or None)


def label_in_words(words: Catalogue, path: str) -> str:
    """Return what a field is called within what it belongs to."""
    pieces = path.split("/")[2:] if item_in_words(words, path) else path.split("/")
    named = [piece for piece in pieces if not piece.isdecimal()]
    ordinals = [words.number(int(piece)) for piece in pieces if piece.isdecimal()]
    label = next(filter(None, _labels(words, named)), "/".join(named))
    return " ".join((capital(visible(label)), *ordinals))


def value_in_words(words: Catalogue, item: Field, place_names: PlaceNames = no_names) -> str:
    """Return what a field says: as it was written, and a date also as it was read."""
    match item.value:
        case int(said):
            return _number(words, item.path, said)
        case list(codes):
            return "; ".join(_listed(words, item.path, str(one)) for one in codes)
        case {"typed": list(typed), **rest}:
            days = [words.day(str(rest[one])) for one in ("first", "last") if rest.get(one)]
            read = " - ".join(dict.fromkeys(days))
            return " = ".join(filter(None, (visible(" - ".join(map(str, typed))), read)))
        case {"code": str(code), **rest}:
            names = place_names(code)
            return visible(str(rest.get("name") or names.get(words.language) or code))
        case {"name": str(name)}:
            return visible(name)
        case value:
            return _text(words, item.path, str(value))


def _number(words: Catalogue, path: str, said: int) -> str:
    if isinstance(said, bool):
        return words.say("page.yes" if said else "page.no")
    return words.word("level", str(said)) if path == "level" else words.number(said)


def _listed(words: Catalogue, path: str, said: str) -> str:
    """Return one of several: a code in words; what must not be done as it was written."""
    if path == "risk/must-not":
        return visible(said)
    return words.word("reader" if path == "readers" else "choice", said)


def _text(words: Catalogue, path: str, said: str) -> str:
    last = path.rpartition("/")[2]
    if last == "kind" and said in _KINDS:
        return _KINDS[said].label(words.language)
    if last == "language" and said in LANGUAGES:
        return Catalogue(said).say("catalogue.name")
    family = _family(path, last)
    if family and words.has(f"{family}.{said}"):
        return words.say(f"{family}.{said}")
    return "\n".join(visible(line) for line in said.split("\n"))


def _part_of(path: str) -> str:
    """Return which part of an item a field belongs to, without its number."""
    return next((one for one in path.split("/")[2:] if not one.isdecimal()), "")


def _family(path: str, last: str) -> str:
    """Return which words a code of this field has, "" where it is text."""
    if last == "kind":
        return {"actor": "accused", "targets": "target"}.get(_part_of(path), "kinds")
    if "/consent/" in f"/{path}" or path == "risk/harm":
        return "yes-no"
    return "hidden-data" if last == "hidden-data" else ""


def field_in_words(words: Catalogue, place: Place) -> str:
    item, label = item_in_words(words, place.path), label_in_words(words, place.path)
    return words.say("page.part", part=item) + label if item else label


def _labels(words: Catalogue, named: list[str]) -> Iterator[str]:
    for key in ("-".join(named), *named[-1:]):
        for family in ("field", "part"):
            if words.has(f"{family}.{key}"):
                yield words.say(f"{family}.{key}")
