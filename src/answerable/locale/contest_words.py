"""A contest beside the case that is cited, in words: its grounds, each with the answer to it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from answerable.core.proceeding.basis import ContestTold, FindingTold
from answerable.locale.catalogue import Catalogue


class GroundWords(NamedTuple):
    """A ground and the answer to it, "" where there is none or it is not told."""

    label: str
    ground: str
    answer_label: str
    answer: str


class ContestWords(NamedTuple):
    """A contest in words. ``kept`` are what is not told of it, ``decided`` whether it is."""

    head: str
    grounds: tuple[GroundWords, ...]
    kept: tuple[str, ...]
    decided: str

    def lines(self) -> Iterator[str]:
        """Yield it line by line, as where there is no more room."""
        yield self.head
        for one in self.grounds:
            yield one.label + one.ground
            if one.answer:
                yield one.answer_label + one.answer
        yield self.decided
        yield from self.kept


def contest_words(
    words: Catalogue,
    contest: ContestTold,
    *,
    hour: Callable[[str], str],
    shown: Callable[[str], str] = str,
) -> ContestWords:
    """Return a contest in words; ``shown`` makes words of others fit to be shown."""
    decided, say = contest.decided, words.say
    kept = []
    if contest.words is None:
        kept.append(say("contest.grounds-kept"))
    if decided and decided.answers is None:
        kept.append(say("contest.answers-kept"))
    entered = say("contest.entered")
    return ContestWords(
        head=say(
            "contest.by",
            seat=words.word("seat", contest.by),
            at=hour(contest.at),
            number=contest.act,
            grounds=contest.grounds,
            entered=entered if contest.for_another else None,
        ),
        grounds=tuple(
            GroundWords(
                say("contest.ground", number=number),
                shown(ground),
                say("contest.answer", number=number),
                shown(answer or ""),
            )
            for number, (ground, answer) in enumerate(contest.pairs, 1)
        ),
        kept=tuple(kept),
        decided=say("contest.not-decided")
        if decided is None
        else say(
            "contest.decided",
            at=hour(decided.at),
            number=decided.act,
            result=words.word("choice", decided.result),
            entered=entered if decided.for_another else None,
        ),
    )


def finding_words(words: Catalogue, finding: FindingTold) -> str:
    """Return a finding that stands on an allegation of a case."""
    return words.say(
        "contest.finding",
        allegation=finding.allegation,
        fact=words.word("choice", finding.fact),
        number=finding.act,
    )
