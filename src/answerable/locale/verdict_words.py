"""A verdict in words, line by line: who signed, what it proves, what not, and on whose word."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from answerable.casework.judging import Judged, Trust, Verdict, fingerprint
from answerable.core.errors import AnswerableError, Malformed, Refusal
from answerable.core.ledger.keys import VerifierKey
from answerable.locale.catalogue import Catalogue, Explained
from answerable.locale.fingerprint_words import fingerprint_in_words
from answerable.locale.visible import visible, visible_lines

if TYPE_CHECKING:
    from answerable.core.acts import Field
    from answerable.core.opening import Opened


class Kind(StrEnum):
    """What a line is, for whoever lays it out."""

    HEADLINE = "headline"
    TEXT = "text"
    GAP = "gap"
    TITLE = "title"
    ITEM = "item"
    PATH = "path"
    VALUE = "value"
    ALOUD = "aloud"


class Line(NamedTuple):
    """A line, what it is, and its language where that is not the reader's."""

    kind: Kind
    text: str
    language: str = ""

    def __str__(self) -> str:
        return f"{_BEFORE.get(self.kind, '')}{self.text}"


_BEFORE: Mapping[Kind, str] = {
    Kind.ITEM: "- ",
    Kind.PATH: "  ",
    Kind.ALOUD: "  ",
    Kind.VALUE: "    | ",
}
GAP = Line(Kind.GAP, "")

_HEADLINES: Mapping[type[AnswerableError], str] = {
    Refusal: "verdict.not-valid",
    Malformed: "verdict.unreadable",
}
_SIGNED_AS = {"act": "proves.party-act", "first-act": "proves.party-first-act"}
_UNDECIDED = "verdict.undecided"


class Speaker(Protocol):
    """Says sentences in one language; ``local`` gives an instant in the reader's zone, if any."""

    @property
    def catalogue(self) -> Catalogue: ...

    def say(self, key: str, /, **facts: str | int | None) -> str: ...

    def explain(self, error: AnswerableError) -> Explained: ...

    def local(self, at_seconds: int) -> str | None: ...


def printed(lines: Iterable[Line]) -> str:
    """Return lines as a command prints them."""
    return "\n".join(map(str, lines))


def verdict_lines(words: Speaker, verdict: Verdict, *, shows_opening: bool = True) -> list[Line]:
    """Return a verdict; with what the opening shows, where there is one and it is asked for."""
    judged, problem = verdict.judged, verdict.problem
    lines = [Line(Kind.HEADLINE, headline(words, verdict, shows_opening=shows_opening))]
    if problem is not None:
        lines += _texts(str(words.explain(problem)).split("\n"))
    if verdict.by_that_policy is not None:
        what = words.explain(verdict.by_that_policy).what
        lines += _texts([words.say("verdict.by-that-policy", what=what)])
    if judged is not None:
        lines += [*([] if problem is None else [GAP]), *proof_lines(words, judged)]
        if shows_opening and judged.opened is not None:
            lines += [GAP, *_shown(words, judged, judged.opened)]
    if verdict.alone is not None:
        alone = words.say("verdict.receipt-alone", file=verdict.receipt)
        lines += [GAP, Line(Kind.TITLE, alone), *proof_lines(words, verdict.alone)]
    return lines


def headline(words: Speaker, verdict: Verdict, *, shows_opening: bool = True) -> str:
    """Return the verdict as one line that begins with its file."""
    problem, judged = verdict.problem, verdict.judged
    file = verdict.file if shows_opening or judged is None else verdict.receipt
    if problem is not None:
        return failed_headline(words, file, problem)
    if shows_opening and judged is not None and judged.opened is not None:
        return words.say("opening.belongs", file=file, receipt=verdict.receipt)
    return words.say("verdict.valid", file=file)


def failed_headline(words: Speaker, file: str, problem: AnswerableError) -> str:
    """Return in one line that a file is not valid, cannot be read, or cannot be decided."""
    key = next((key for kind, key in _HEADLINES.items() if isinstance(problem, kind)), _UNDECIDED)
    return words.say(key, file=file)


def proof_lines(words: Speaker, judged: Judged) -> list[Line]:
    """Return who signed, by when, what it covers; what it proves, what not, and on whose word.

    Last stands the fingerprint that is read aloud.
    """
    title = "proves.title" if judged.trust.is_vouched_for else "proves.title-if"
    return [
        *_texts(_first_three(words, judged)),
        GAP,
        Line(Kind.TITLE, words.say(title)),
        *(Line(Kind.ITEM, line) for line in _proves(words, judged)),
        Line(Kind.TITLE, words.say("not.title")),
        *(Line(Kind.ITEM, line) for line in _does_not_prove(words, judged)),
        GAP,
        *_texts(_trusted(words, judged.trust, judged.proven.log_key)),
        *_aloud(words, judged),
    ]


def _texts(lines: Iterable[str]) -> list[Line]:
    return [Line(Kind.TEXT, line) for line in lines]


def _first_three(words: Speaker, judged: Judged) -> Iterator[str]:
    proven = judged.proven
    yield words.say(
        "receipt.signed-by",
        origin=proven.origin,
        key_id=proven.log_key.key_id.hex(),
        title=judged.trust.title_of(proven.origin),
    )
    yield words.say("receipt.by-when", at=proven.at_seconds, local=words.local(proven.at_seconds))
    if judged.act is None:
        yield words.say("receipt.covers", index=proven.index)
    else:
        act, docket = words.catalogue.word("act", judged.act), str(judged.shown("docket"))
        yield words.say("receipt.covers-act", index=proven.index, act=act, docket=docket)


def _proves(words: Speaker, judged: Judged) -> Iterator[str]:
    yield words.say("proves.entry", origin=judged.proven.origin, index=judged.proven.index)
    yield words.say("proves.fixed")
    if judged.act is not None:
        act, docket = words.catalogue.word("act", judged.act), str(judged.shown("docket"))
        which = "proves.act" if judged.number else "proves.act-of"
        yield words.say(which, act=act, code=judged.act, number=judged.number, docket=docket)
    if judged.party_key is not None:
        yield words.say("proves.party-key", key=judged.party_key.hex())
    if judged.signed_as in _SIGNED_AS:
        yield words.say(_SIGNED_AS[judged.signed_as])
    for by in judged.witnesses:
        yield words.say("proves.witness", name=by.name, key_name=by.key.name, at=by.at_seconds)


def _does_not_prove(words: Speaker, judged: Judged) -> Iterator[str]:
    if judged.opened is None:
        yield words.say("not.content")
    else:
        yield words.say("not.true")
        yield from _who(words, judged, judged.opened)
    if judged.act == "submitted" and not judged.is_with_body:
        yield words.say("not.delivered")
    yield words.say("not.read")
    yield words.say("not.time")
    if not judged.witnesses:
        yield words.say("not.same-ledger")


def _who(words: Speaker, judged: Judged, opened: "Opened") -> Iterator[str]:
    by, entered_by = judged.shown("by"), judged.shown("entered_by")
    party = str(by["party"]) if isinstance(by, Mapping) else None
    if judged.party_key is not None:
        yield words.say("not.whose-key")
        if judged.act not in {None, "submitted"} and judged.signed_as == "content":
            yield words.say("not.party-act")
    elif opened.discloses("signature"):
        yield words.say("not.unsigned", party=party)
    else:
        yield words.say("not.signature-unknown")
    if isinstance(entered_by, Mapping):
        yield words.say("not.entered", party=party, by=str(entered_by["party"]))


def _trusted(words: Speaker, trust: Trust, key: VerifierKey) -> Iterator[str]:
    """Yield which key was used and why, and what a reader may compare."""
    why = "trust.because-given" if trust.is_vouched_for else "trust.because-beside"
    yield words.say(why, key_id=key.key_id.hex(), origin=key.name, file=trust.file)
    yield words.say("trust.key-fingerprint", fingerprint=fingerprint(key))
    yield words.say("trust.policy-fingerprint", fingerprint=trust.sha256)


def _aloud(words: Speaker, judged: Judged) -> Iterator[Line]:
    """Yield the fingerprint of a receipt, as two people compare it by telephone."""
    yield Line(Kind.TEXT, words.say("receipt.aloud"))
    for one in fingerprint_in_words(words.catalogue, judged.proven.commitment):
        yield Line(Kind.ALOUD, one.text, one.language)


def _shown(words: Speaker, judged: Judged, opened: "Opened") -> Iterator[Line]:
    if judged.party_key is not None:
        signed = words.say("opening.signed", key=judged.party_key.hex())
    else:
        is_unsigned = opened.discloses("signature")
        signed = words.say("opening.unsigned" if is_unsigned else "opening.signature-not-shown")
    yield Line(Kind.TEXT, signed)
    # The readers of every field of the envelope are the same; the title names them once.
    yield GAP
    yield Line(Kind.TITLE, words.say("opening.envelope", count=len(opened.envelope)))
    for item in opened.envelope:
        yield Line(Kind.PATH, item.path)
        yield from _value_lines(item)
    yield GAP
    yield Line(Kind.TITLE, words.say("opening.content", count=len(opened.content)))
    for item in opened.content:
        readers = ", ".join(words.catalogue.word("reader", reader) for reader in item.readers)
        yield Line(Kind.PATH, f"{item.path} ({words.say('opening.readers', readers=readers)})")
        yield from _value_lines(item)
    yield GAP
    yield Line(Kind.TEXT, words.say("opening.undisclosed", count=opened.undisclosed))


def _value_lines(item: "Field") -> Iterator[Line]:
    from answerable.core.canonical import encode  # noqa: PLC0415 - needed for openings only

    # A line of its own for each line of a value, so that no value can pass for words of ours.
    if isinstance(item.value, str):
        yield from (Line(Kind.VALUE, line) for line in visible_lines(item.value))
    else:
        yield Line(Kind.VALUE, visible(encode(item.value).decode()))
