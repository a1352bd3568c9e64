"""What a split made of what: the acts on a whole are acts on each part that was made of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from answerable.core.acts import ActCode, Draft, Envelope
from answerable.core.case import limits
from answerable.core.errors import Refusal

SPLIT = ActCode("split")


class TooManyAllegations(Refusal):
    """A case holds no more allegations, concerns and requests than that, nor can an act say so."""

    code = "too-many-allegations"


def made_by(acts: Sequence[Envelope | Draft]) -> Mapping[int, tuple[int, ...]]:
    """Return, by the number of each split of a docket, the allegations that it made of another."""
    last = count_in(acts[0], "allegations") if acts else 0
    made: dict[int, tuple[int, ...]] = {}
    for sequence, act in enumerate(acts, start=1):
        if act.act == SPLIT and len(act.allegations) == 1:
            more = max(0, count_in(act, "into") - 1)
            made[sequence] = tuple(range(last + 1, last + more + 1))
            last += more
    return made


def every_allegation(acts: Sequence[Envelope]) -> tuple[int, ...]:
    """Return the numbers of the allegations of a docket, those that a split made too."""
    lodged = count_in(acts[0], "allegations") if acts else 0
    made = [number for numbers in made_by(acts).values() for number in numbers]
    return (*range(1, lodged + 1), *made)


def acts_on(acts: Sequence[Envelope], numbers: Collection[int]) -> Iterator[Envelope]:
    """Yield the acts that concern one of these allegations, or what one was split from before."""
    reach = dict(_reach(acts, numbers))
    for act in acts:
        concerned = act.allegations or tuple(reach)
        if any(act.sequence < reach.get(number, 0) for number in concerned):
            yield act


def count_in(act: Envelope | Draft, name: str) -> int:
    """Return how many of something an act says there are, nought where it says nothing of them.

    Raises:
        TooManyAllegations: more than a case holds. Whoever checks a register folds acts of
            strangers, and as many allegations as a number can say are more than fit in memory.
    """
    count = act.facts.get(name)
    if not isinstance(count, int):
        return 0
    if count > limits.ITEMS:
        raise TooManyAllegations(f"{count} {name}", limit=limits.ITEMS)
    return count


def _reach(acts: Sequence[Envelope], numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield each allegation with the number of the act before which acts on it count."""
    whole = {part: sequence for sequence, parts in made_by(acts).items() for part in parts}
    found: dict[int, int] = {}
    waiting = [(number, len(acts) + 1) for number in numbers]
    while waiting:
        number, before = waiting.pop()
        if before <= found.get(number, 0):
            continue
        found[number] = before
        if number in whole:
            # The split itself is an act on each part; what followed it on the whole is not.
            sequence = whole[number]
            waiting.append((acts[sequence - 1].allegations[0], min(before, sequence + 1)))
    yield from found.items()
