"""Sentences that say "no evidence", "no cases" or a number while the register says otherwise.

A number may also be that of a figure that is cited beside it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from answerable.core.acts import Json
from answerable.core.case.acts.no_evidence import denies, names_cases, names_evidence
from answerable.core.numbers import TYPED_DIGITS

NO_EVIDENCE, NO_CASES, NUMBER, FIGURE = "no-evidence", "no-cases", "number", "figure"

Figures = Mapping[str, Collection[int]]
"""The figures that a text cites: by code, what each of them is told to be."""

_SENTENCE = re.compile(r"[^.!?។៕\n]*(?:\.(?=\d)[^.!?។៕\n]*)*[.!?។៕\n]?")
_NUMBER = re.compile(
    r"(?<![\w.,/-])\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+(?![\w/-])|(?<![\w/.,-])\d+(?![\w/-])"
)
_OF_LAW = re.compile(
    r"(?:articles?|arts?\.?|paragraphs?|paragraphes?|para\.?|section|no\.?|n°|law|loi|règlement"
    r"|regulation|មាត្រា|កថាខណ្ឌ|លេខ|ច្បាប់|point|ចំណុច)\s*$"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_DATED = re.compile(rf"^\s*(?:{_MONTHS}|ខែ)\b|^\s*ខែ", re.IGNORECASE)
_DAY = re.compile(r"(?:ថ្ងៃទី|ថ្ងៃ|ឆ្នាំ|year|année|since|depuis)\s*$", re.IGNORECASE)
_YEARS = range(1900, 2200)

_BESIDE = 40
"""Signs on each side of a number in which it is looked what it is a number of."""

_LONGEST = 15
"""Digits of the longest number that is told from others; nothing here is counted so far."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence that says otherwise than the register's counts on the point."""

    code: str
    said: str
    register: Mapping[str, int]

    def json(self) -> dict[str, Json]:
        return {"code": self.code, "register": dict(self.register), "said": self.said}


def contradictions_of(
    text: str, register: Mapping[str, int], figures: Figures = MappingProxyType({})
) -> tuple[Contradiction, ...]:
    """Return what a text says otherwise than the register's counts, sentence by sentence.

    ``register`` counts what is on file on the point (casework/register_counts.py), ``figures`` are
    those that are cited: their numbers are no contradiction, and another number in place of one of
    them is. A body may know better: it says why, and both are shown.
    """
    found: list[Contradiction] = []
    known = {*register.values(), *(value for values in figures.values() for value in values)}
    missed = _not_given(text, figures)
    for sentence in sentences(text):
        if register.get("submissions") and denies(sentence):
            if names_evidence(sentence):
                found.append(Contradiction(NO_EVIDENCE, sentence, register))
            elif names_cases(sentence):
                found.append(Contradiction(NO_CASES, sentence, register))
        if any(number not in known for number in numbers_in(sentence)):
            if missed:
                found.append(Contradiction(FIGURE, sentence, missed))
            elif names_cases(sentence):
                found.append(Contradiction(NUMBER, sentence, register))
    return tuple(found)


def _not_given(text: str, figures: Figures) -> dict[str, int]:
    """Return the cited figures whose number the text does not give, each as it is told last."""
    given = {number for sentence in sentences(text) for number in numbers_in(sentence)}
    return {
        code: [*values][-1] for code, values in figures.items() if values and not given & {*values}
    }


def sentences(text: str) -> list[str]:
    """Return the sentences of a text in English, French or Khmer."""
    return [one for match in _SENTENCE.finditer(text) if (one := match.group().strip())]


def numbers_in(sentence: str) -> Iterator[int]:
    """Yield the counts that a sentence gives: neither years and dates, nor articles of a law.

    One that is too long to be a count is told as the least of that length.
    """
    plain = sentence.translate(TYPED_DIGITS)
    for match in _NUMBER.finditer(plain):
        digits = re.sub(r"\D", "", match.group()).lstrip("0")
        number = int(digits or "0") if len(digits) <= _LONGEST else 10**_LONGEST
        start, end = match.span()
        before = plain[max(0, start - _BESIDE) : start].casefold()
        after = plain[end : end + _BESIDE]
        is_year = number in _YEARS and match.group().isdigit()
        if not (is_year or _OF_LAW.search(before) or _DAY.search(before) or _DATED.match(after)):
            yield number
