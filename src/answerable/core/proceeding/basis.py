"""What a reply rests on, and what the register says beside it: findings, contests, decisions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from answerable.core.acts import Json

ALL_OF_THEM = frozenset(("secretariat", "member", "monitor"))
"""Who reads a response: the monitor that asked, and every body that answers it."""


def is_for_all_of_them(readers: Collection[str]) -> bool:
    """Whether all who read a response may read a field with these readers."""
    return "public" in readers or set(readers) >= ALL_OF_THEM


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Texts of one field of an act, as far as they are told, with the salt of its disclosure.

    The salt goes with the field's key when its case is erased: then nobody can tell from the
    fingerprint of a response whether they guessed the words.
    """

    salt: str
    texts: tuple[str, ...]

    def json(self) -> Json:
        return {"salt": self.salt, "texts": [*self.texts]}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTold:
    """A finding that stands on an allegation of a cited case: its act, and its word on the fact."""

    act: str
    allegation: int
    fact: str

    def json(self) -> Json:
        return {"act": self.act, "allegation": self.allegation, "fact": self.fact}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestDecided:
    """How a contest was decided: an answer for each of its grounds, in their order."""

    act: str
    at: str
    result: str
    answers: Said | None = None
    for_another: bool = False

    def json(self) -> Json:
        return {
            "act": self.act,
            "answers": None if self.answers is None else self.answers.json(),
            "at": self.at,
            "for_another": self.for_another,
            "result": self.result,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestTold:
    """A contest of what a cited case came to. ``by`` is the seat that contests.

    ``words`` are its grounds, None where their readers do not hold who reads this, or where they
    were erased: which of the two is not told. ``for_another`` where it was entered for another.
    """

    act: str
    at: str
    by: str
    allegations: tuple[int, ...]
    grounds: int
    words: Said | None = None
    decided: ContestDecided | None = None
    for_another: bool = False

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """Each ground with its answer, None where it has none or it is not told."""
        words = () if self.words is None else self.words.texts
        told = None if self.decided is None else self.decided.answers
        answers = () if told is None else told.texts
        return tuple(
            (ground, answers[at] if at < len(answers) else None) for at, ground in enumerate(words)
        )

    def without_words(self) -> "ContestTold":
        decided = None if self.decided is None else replace(self.decided, answers=None)
        return replace(self, words=None, decided=decided)

    def json(self) -> Json:
        return {
            "act": self.act,
            "allegations": [*self.allegations],
            "at": self.at,
            "by": self.by,
            "decided": None if self.decided is None else self.decided.json(),
            "for_another": self.for_another,
            "grounds": self.grounds,
            "words": None if self.words is None else self.words.json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside what is cited: the findings of a case, and each contest of them."""

    findings: tuple[FindingTold, ...] = ()
    contests: tuple[ContestTold, ...] = ()

    def without_words(self) -> "Beside":
        return replace(self, contests=tuple(one.without_words() for one in self.contests))

    def json(self) -> dict[str, Json]:
        return {
            "contests": [one.json() for one in self.contests],
            "findings": [one.json() for one in self.findings],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a contribution rests on.

    ``kind`` is case, finding, figure or law. ``text`` is the number of a case or of an act
    (``XA-2026-0061-7/9``), the code of a figure, or the law as cited. ``told`` is what the register
    says of it, as codes and numbers: standing, fact of the finding, contested, value. A protected
    case stands without its number: ``text`` is empty. ``beside`` is None in a response of the
    first version.
    """

    kind: str
    text: str
    told: Mapping[str, str | int | bool | None] = field(default_factory=dict)
    beside: Beside | None = None

    @property
    def contests(self) -> tuple[ContestTold, ...]:
        return () if self.beside is None else self.beside.contests

    @property
    def findings(self) -> tuple[FindingTold, ...]:
        return () if self.beside is None else self.beside.findings

    def alone(self) -> "Basis":
        """Return it as the first version of a response has it."""
        return replace(self, beside=None)

    def without_words(self) -> "Basis":
        return self if self.beside is None else replace(self, beside=self.beside.without_words())

    def json(self) -> dict[str, Json]:
        beside = {} if self.beside is None else self.beside.json()
        return {**beside, "kind": self.kind, "text": self.text, "told": dict(self.told)}
