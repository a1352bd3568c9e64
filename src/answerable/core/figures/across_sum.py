"""What some cases say together to figures over several: the sum of what each of them says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.core.acts import Json

Across = Mapping[str, Json]

KeyOf = Callable[[str | None, str | None, str | None], str | None]
"""Takes the codes of an allegation, in the order of Described."""


def _kind_and_place(kind: str | None, place: str | None, _: str | None) -> str | None:
    # With its length, so that no two pairs are one text.
    return None if kind is None or place is None else f"{len(kind)} {kind} {place}"


def _accused(_kind: str | None, _place: str | None, accused: str | None) -> str | None:
    return accused


LIKENESSES: Mapping[str, KeyOf] = {"kind-and-place": _kind_and_place, "accused": _accused}
"""What allegations are the like of one another by; an allegation without a key is like none."""


class AcrossSum(NamedTuple):
    """What these cases say to figures over several. A case is named by its place in numbers.

    ``alleging`` have an allegation. ``links`` are the numbers that a case is linked with, and
    ``lodged`` the instants of cases that ``told`` names. By each likeness, ``told`` has the places
    of the allegations of a key, a place once for each, and ``found`` when the first of a key was
    found to have happened.
    """

    numbers: Sequence[str]
    alleging: Sequence[int]
    links: Mapping[int, Sequence[str]]
    lodged: Mapping[int, int]
    told: Mapping[str, Mapping[str, Sequence[int]]]
    found: Mapping[str, Mapping[str, int]]

    def json(self) -> dict[str, Json]:
        """Return it without its numbers."""
        return {
            "alleging": bytes(self.alleging).hex(),
            "found": {name: dict(found) for name, found in self.found.items()},
            "links": [[place, *others] for place, others in self.links.items()],
            "lodged": [bytes(self.lodged).hex(), [*self.lodged.values()]],
            "told": {
                name: {key: bytes(places).hex() for key, places in told.items()}
                for name, told in self.told.items()
            },
        }


def across_sum(cases: Iterable[tuple[str, Across]]) -> AcrossSum:
    """Return the sum of what cases say, each with its number."""
    numbers, alleging = list[str](), list[int]()
    links, lodged = dict[int, list[str]](), dict[int, int]()
    told: dict[str, dict[str, list[int]]] = {name: {} for name in LIKENESSES}
    found: dict[str, dict[str, int]] = {name: {} for name in LIKENESSES}
    for place, (number, one) in enumerate(cases):
        numbers.append(number)
        if one.get("alleges"):
            alleging.append(place)
        if others := _list(one, "links"):
            links[place] = list(map(str, others))
        _add_told(told, place, _list(one, "told"))
        _add_found(found, _list(one, "found"))
        at = one.get("lodged")
        if isinstance(at, int):
            lodged[place] = at
    return AcrossSum(numbers, alleging, links, lodged, told, found)


def across_sum_in(value: Mapping[str, Any], numbers: Sequence[str]) -> AcrossSum:
    """Return what AcrossSum.json told of the cases with these numbers."""
    places = bytes.fromhex
    return AcrossSum(
        numbers,
        places(value["alleging"]),
        {place: others for place, *others in value["links"]},
        dict(zip(places(value["lodged"][0]), value["lodged"][1], strict=True)),
        {
            name: {key: places(text) for key, text in told.items()}
            for name, told in value["told"].items()
        },
        value["found"],
    )


def _add_told(
    told: Mapping[str, dict[str, list[int]]], place: int, allegations: Iterable[Any]
) -> None:
    for codes in allegations:
        for name, key_of in LIKENESSES.items():
            key = key_of(*codes)
            if key is not None:
                told[name].setdefault(key, []).append(place)


def _add_found(found: Mapping[str, dict[str, int]], findings: Iterable[Any]) -> None:
    for at, *codes in findings:
        for name, key_of in LIKENESSES.items():
            key = key_of(*codes)
            if key is not None:
                found[name][key] = min(at, found[name].get(key, at))


def _list(one: Across, name: str) -> list[Any]:
    value = one.get(name)
    return value if isinstance(value, list) else []
