"""What stands in a document: sentences from the catalogues, and words of others made printable."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from answerable.documents import fonts
from answerable.locale.catalogue import Catalogue, Fact
from answerable.locale.visible import visible_lines

SHORTENED = 58
"""Letters of a point in the list of contents: about a line."""

_LONG = re.compile(r"[^\s\u1780-\u17ff\u200b]{21,}")
_WITHIN = re.compile("[/.,:;?&=_@+%#-]+|[^/.,:;?&=_@+%#-]{1,10}")
"""An address or a code of a file has no space. It breaks at its signs, or after ten letters."""

_CLUSTER = re.compile(
    "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17dd\u200b-\u200d])*|."
)


@dataclass(frozen=True)
class Saying:
    """One language and the two time zones of a document."""

    language: str
    zones: tuple[str, ...]

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.language)

    def say(self, key: str, /, **facts: Fact) -> str:
        return self.catalogue.say(key, **facts)

    def words(self, **keys: str) -> dict[str, str]:
        """Return sentences without facts under the names by which a template asks for them."""
        return {name: self.say(key) for name, key in keys.items()}

    def at(self, instant: str) -> list[str]:
        """Return an instant in UTC in words, once for each of the zones that are not the same."""
        moment = datetime.fromisoformat(instant)
        told = {}
        for zone in dict.fromkeys(self.zones):
            local = moment.astimezone(ZoneInfo(zone))
            hour = self.catalogue.hour(local.isoformat(timespec="minutes"))
            told[hour] = self.say("document.at", at=hour, zone=zone)
        return list(told.values())

    def here(self, instant: str) -> str:
        """Return an instant in words, in the first zone, which the offset tells."""
        local = datetime.fromisoformat(instant).astimezone(ZoneInfo(self.zones[0]))
        return self.catalogue.hour(local.isoformat(timespec="minutes"))

    def day(self, instant: str) -> str:
        """Return the day of an instant in words, in the first zone."""
        local = datetime.fromisoformat(instant).astimezone(ZoneInfo(self.zones[0]))
        return self.catalogue.day(local.date().isoformat())

    def due(self, text: str | None) -> list[str]:
        """Return a day in words, or an instant in both zones; nothing where there is none."""
        if text is None:
            return []
        return self.at(text) if "T" in text else [self.catalogue.day(text)]

    def of_languages(self, texts: "dict[str, str]") -> str:
        """Return the text in this language, in English, or in whichever there is."""
        found = texts.get(self.language) or texts.get("en") or next(iter(texts.values()), "")
        return printable(found)

    def word(self, code: str, *families: str) -> str:
        """Return what a code is called in the first family that has it, or the code."""
        known = (family for family in families if self.catalogue.has(f"{family}.{code}"))
        return self.catalogue.word(next(known, families[0]), code)


def printable(text: str) -> str:
    """Return words of others so that each letter shows: what no font here has stands as <U+4E2D>.

    Lines stay lines, and what has no space for long may go on in the next one.
    """
    lines = visible_lines(text.replace("\r\n", "\n").replace("\t", " "))
    known = fonts.shown()
    shown = "\n".join(
        # Most texts have only what can be shown, and there are many.
        line
        if known.issuperset(map(ord, line))
        else "".join(sign if ord(sign) in known else f"<U+{ord(sign):04X}>" for sign in line)
        for line in lines
    )
    return _LONG.sub(lambda run: "\u200b".join(_WITHIN.findall(run[0])), shown)


def shortened(text: str) -> str:
    """Return the beginning of a text in one line, cut between words, or between Khmer clusters."""
    line = " ".join(printable(text).split())
    if len(line) <= SHORTENED:
        return line
    kept = ""
    for cluster in _CLUSTER.findall(line):
        if len(kept) + len(cluster) > SHORTENED:
            break
        kept += cluster
    between = max(kept.rfind(" "), kept.rfind("\u200b"))
    return (kept[:between] if between > SHORTENED // 2 else kept).rstrip(" \u200b") + " \u2026"
