"""What allegations are counted by, as the envelope of their submission says it in codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from answerable.core.acts import Envelope, Json
from answerable.core.case.splits import SPLIT, count_in

NOT_TOLD = "not-told"

_OF_SUBMISSION = ("channel", "language")


class Described(NamedTuple):
    """The codes of one allegation. None is what its sender did not say, or not to everyone."""

    kind: str | None = None
    place: str | None = None
    accused: str | None = None


def described(acts: Sequence[Envelope]) -> Mapping[int, Described]:
    """Return the codes of each allegation; the shares of one that was split have its codes."""
    facts = acts[0].facts
    numbers = sorted({*acts[0].allegations, *range(1, count_in(acts[0], "allegations") + 1)})
    columns = (_codes(facts, name, len(numbers)) for name in ("kinds", "provinces", "accused"))
    found = dict(zip(numbers, map(Described._make, zip(*columns, strict=True)), strict=True))
    for act in acts:
        if act.act == SPLIT and len(act.allegations) == 1:
            first = max(found) + 1
            share = found[act.allegations[0]]
            into = count_in(act, "into")
            found.update((number, share) for number in range(first, first + into - 1))
    return found


def described_counts(acts: Sequence[Envelope], each: Iterable[Described]) -> Iterator[str]:
    """Yield the code of each figure that describes a case, once for all that it counts there."""
    for name in _OF_SUBMISSION:
        yield f"{name}/{acts[0].facts.get(name) or NOT_TOLD}"
    for one in each:
        yield from (f"{name}/{code or NOT_TOLD}" for name, code in one._asdict().items())


def _codes(facts: Mapping[str, Json], name: str, count: int) -> list[str | None]:
    told = facts.get(name)
    codes = told if isinstance(told, list) else []
    return [code if isinstance(code, str) else None for code in (*codes, *[None] * count)][:count]
