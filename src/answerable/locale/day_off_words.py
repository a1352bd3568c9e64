"""What a holiday is called, of which a calendar has the English name."""

import re

from answerable.locale.catalogue import Catalogue
from answerable.locale.spoken import spoken
from answerable.locale.visible import visible

_JOINT = re.compile(r" (Joint Holiday)\b")
_MORE = re.compile(r"(.+) \(([^()]+)\)")


def day_off_in_words(words: Catalogue, name: str) -> str:
    """Return the name of a day off in a language, in English where it has no such name there."""
    parts = [(one, _called(words, one)) for one in name.split(" / ")]
    unknown = [visible(one) for one, called in parts if not called]
    told = " / ".join(called or visible(one) for one, called in parts)
    own = told if len(unknown) == len(parts) else "".join(unknown[-1:])
    return spoken(told, own, "" if words.language == "en" else "en")


def _called(words: Catalogue, name: str) -> str:
    """Return what one holiday is called, "" where the language has no name for it.

    A name in brackets tells more of it: where it holds, or that another day stands for it.
    """
    if words.language == "en" or words.has(f"day-off.{name}"):
        return words.word("day-off", name)
    found = _MORE.fullmatch(_JOINT.sub(r" (\1)", name))
    called = [_called(words, one) for one in found.groups()] if found else []
    return f"{called[0]} ({called[1]})" if called and all(called) else ""
