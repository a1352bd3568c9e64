"""What a split made of what: the acts on a whole are acts on each part that was made of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from answerable.core.acts import ActCode, Draft, Envelope

SPLIT = ActCode("split")


def made_by(acts: Sequence[Envelope | Draft]) -> Mapping[int, tuple[int, ...]]:
    """Return, by the number of each split of a docket, the allegations that it made of another."""
    last = count_of(acts[0].facts.get("allegations")) if acts else 0
    made: dict[int, tuple[int, ...]] = {}
    for sequence, act in enumerate(acts, start=1):
        if act.act == SPLIT and len(act.allegations) == 1:
            more = max(0, count_of(act.facts.get("into")) - 1)
            made[sequence] = tuple(range(last + 1, last + more + 1))
            last += more
    return made


def every_allegation(acts: Sequence[Envelope]) -> tuple[int, ...]:
    """Return the numbers of the allegations of a docket, those that a split made too."""
    lodged = count_of(acts[0].facts.get("allegations")) if acts else 0
    made = [number for numbers in made_by(acts).values() for number in numbers]
    return (*range(1, lodged + 1), *made)


def acts_on(acts: Sequence[Envelope], numbers: Collection[int]) -> Iterator[Envelope]:
    """Yield the acts that concern one of these allegations, or what one was split from before."""
    reach = dict(_reach(acts, numbers))
    for act in acts:
        concerned = act.allegations or tuple(reach)
        if any(act.sequence < reach.get(number, 0) for number in concerned):
            yield act


def count_of(value: object) -> int:
    return value if isinstance(value, int) else 0


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
