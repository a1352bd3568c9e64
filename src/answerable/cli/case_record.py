"""``answerable case record``: every act of a case with its number, fingerprint and words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from answerable.cli.case_words import CaseWords
from answerable.cli.columns import indented
from answerable.cli.output import Json
from answerable.core.acts import instant_text
from answerable.core.case.splits import count_in
from answerable.locale.claim import Claim

if TYPE_CHECKING:
    from answerable.casework.ports import ActOnFile

_TOUCHES = (
    ("starts", "page.starts"),
    ("meets", "page.meets"),
    ("moves", "page.moves"),
    ("widens", "page.widens"),
)


def record_lines(words: CaseWords, width: int) -> Iterator[str]:
    """Yield the record, oldest act first."""
    for act in words.view.acts:
        if act.kept.envelope.sequence > 1:
            yield ""
        yield from _act(words, act, width)


def _act(words: CaseWords, act: "ActOnFile", width: int) -> Iterator[str]:
    envelope, say = act.kept.envelope, words.surface.say
    hidden = words.is_hidden(envelope.act)
    name = say("page.act-hidden") if hidden else words.surface.catalogue.word("act", envelope.act)
    yield f"{act.number}  {name}"
    # A line of its own, as wide as the narrowest window that is common.
    fingerprint = say("page.fingerprint", fingerprint=act.commitment.hex())
    yield from indented(fingerprint, width, first="    ", rest="    ")
    lines = []
    if not hidden:
        at = words.surface.when(envelope.at)
        lines.append(say("page.at-by", at=at, who=words.who(envelope.by)))
        if envelope.allegations:
            numbers = words.surface.catalogue.numbers(envelope.allegations)
            lines.append(say("page.concerns", allegations=numbers))
        lines += words.entered(act)
        lines += words.signed(act, with_key=True)
        lines += _said(words, act)
        lines += _touched(words, act)
    for line in lines:
        yield from indented(line, width, first="    ", rest="      ")


def _said(words: CaseWords, act: "ActOnFile") -> Iterator[str]:
    say = words.surface.say
    if words.reading.is_erased(act):
        yield say("page.erased")
    if act.kept.envelope.sequence > 1:
        yield from words.said(act)
        yield from words.exhibits(act)
        return
    content = words.content(act)
    for name, key in (("allegations", "page.allegation"), ("concerns", "page.concern")):
        for number in range(1, count_in(act.kept.envelope, name) + 1):
            title = Claim(words.surface.catalogue, content, f"{name}/{number}").title()
            yield say(key, number=number, title=title or None)
    yield from words.exhibits(act)


def _touched(words: CaseWords, act: "ActOnFile") -> Iterator[str]:
    """Yield what an act did to the clocks of its case."""
    clocks = cast("dict[str, Any]", act.kept.envelope.facts.get("clocks") or {})
    for name, key in _TOUCHES:
        for entry in clocks.get(name, []):
            due = entry.get("due")
            yield words.surface.say(
                key,
                owed=words.owed(str(entry["clock"])),
                seat=words.seat(str(entry["owes"])) if "owes" in entry else None,
                allegations=words.surface.catalogue.numbers(entry.get("allegations", [])) or None,
                due=words.due(str(due)) if due else None,
            )


def record_facts(words: CaseWords) -> list[Json]:
    """Return the record as data."""
    return [act_facts(words, act) for act in words.view.acts]


def act_facts(words: CaseWords, act: "ActOnFile") -> dict[str, Json]:
    envelope = act.kept.envelope
    facts: dict[str, Json] = {"number": act.number, "fingerprint": act.commitment.hex()}
    if words.is_hidden(envelope.act):
        return facts
    entered = envelope.entered_by
    return {
        **facts,
        "act": envelope.act,
        "at": instant_text(envelope.at),
        "by": envelope.by.json(),
        "entered_by": None if entered is None else entered.json(),
        "signed": envelope.signed_with or None,
        "allegations": list(envelope.allegations),
        "facts": dict(envelope.facts),
        "fields": words.content(act),
    }
