"""A verdict on a page: the lines of the command, laid out, and a few words of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from answerable.casework.judging import PolicyNotVouched, Verdict
from answerable.core.errors import AnswerableError, Undecidable
from answerable.locale.catalogue import Catalogue, Explained
from answerable.locale.fingerprint_words import Said
from answerable.locale.verdict_words import Kind, Line, verdict_lines
from answerable.web.register.rendering import RegisterWords

_OWN = "verifier.error"
"""Where the command's words name an option, pages say in words of their own what to do."""
_FIELDS = frozenset({Kind.PATH, Kind.VALUE})
_LOOKS = {True: "strip done", False: "strip"}


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """Says verdicts in one language, and instants in the zone of the register too."""

    words: RegisterWords

    @property
    def catalogue(self) -> Catalogue:
        return self.words.catalogue

    def say(self, key: str, /, **facts: str | int | None) -> str:
        return self.words.say(key, **facts)

    def explain(self, error: AnswerableError) -> Explained:
        if isinstance(error, PolicyNotVouched):
            keys = ("verify.not-vouched", "verify.not-vouched-means", "verify.not-vouched-do")
            return Explained(*map(self.say, keys))
        told = self.catalogue.explain(error.code, error.facts)

        def said(part: str, usual: str) -> str:
            own = f"{_OWN}.{error.code}.{part}"
            return self.say(own, **error.facts) if self.catalogue.has(own) else usual

        return Explained(said("what", told.what), said("means", told.means), said("do", told.do))

    def local(self, at_seconds: int) -> str | None:
        return self.words.instant(at_seconds * 1000)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a kind that stand together: ``fields`` are paths, each with its value.

    ``aloud`` is a fingerprint as it is said, in words and in numbers.
    """

    kind: str
    lines: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    aloud: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A verdict, laid out: its headline, how that looks, and what follows."""

    headline: str
    looks: str
    blocks: tuple[Block, ...]


def card_of(words: VerdictWords, verdict: Verdict) -> Card:
    first, *rest = verdict_lines(words, verdict)
    undecided = isinstance(verdict.problem, Undecidable)
    looks = "card" if undecided else _LOOKS[verdict.problem is None]
    return Card(first.text, looks, tuple(_blocks(rest)))


def _blocks(lines: Iterable[Line]) -> Iterator[Block]:
    for kind, found in groupby(lines, key=_block_of):
        same = tuple(found)
        if kind == "fields":
            yield Block("fields", fields=tuple(_fields(same)))
        elif kind == Kind.ALOUD:
            yield Block(kind, aloud=tuple(Said(line.text, line.language) for line in same))
        elif kind != Kind.GAP:
            yield Block(kind, tuple(line.text for line in same))


def _block_of(line: Line) -> str:
    return "fields" if line.kind in _FIELDS else str(line.kind)


def _fields(lines: tuple[Line, ...]) -> Iterator[tuple[str, str]]:
    at = [number for number, line in enumerate(lines) if line.kind is Kind.PATH]
    for begin, end in zip(at, [*at[1:], len(lines)], strict=True):
        yield lines[begin].text, "\n".join(line.text for line in lines[begin + 1 : end])
