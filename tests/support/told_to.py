"""Whether anything that the program tells a reader is told beyond the readers of a field."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from answerable.__main__ import DOORS
from answerable.casework.case_view import CaseViews
from answerable.casework.ports import ActOnFile
from answerable.cli.case_page import CasePage
from answerable.cli.case_record import record_facts, record_lines
from answerable.cli.case_words import CaseWords
from answerable.cli.surface import Manner, Surface
from answerable.core.acts import READERS, Envelope, Field
from answerable.core.canonical import encode
from answerable.core.opening import Opening
from answerable.core.seats import COMPLAINANT
from tests.support.at_work import AtWork
from tests.support.marks import marks_of

_WIDE = 400


def leaks(work: AtWork, number: str) -> list[str]:
    """Return what a reader is told of a case who is none of the readers of the field."""
    views = CaseViews(work.store.dockets, work.reading, work.ruling)
    surface = Surface(Manner("en"), DOORS, {})
    found: list[str] = []
    view = views.of(work.reading.docket(number), work.reading.mechanism())
    content = [(act, item) for act in view.acts for item in work.reading.content(act)]
    openings = [work.reading.opening(act) for act in view.acts]
    later = let_read(work, view.acts)
    for reader in READERS:
        words = CaseWords(surface, work.reading, view, reader)
        told = "\n".join((*_told(words), *_opened(openings, reader)))
        for act, item in content:
            more = later.get((act.kept.envelope.sequence, item.path), set())
            if not {reader, "public"} & {*item.readers, *more}:
                found += _among(told, act, item, reader)
        found += [f"{reader}: {name}" for name in _names(words) if name in told]
    return found


def let_read(work: AtWork, acts: Sequence[ActOnFile]) -> dict[tuple[int, str], set[str]]:
    """Return whom senders let read which fields later, told by the acts and by no code of ours.

    Each was asked for before, on an earlier day, by the same party, with the same words. A consent
    that was narrowed since takes away those for whom it was.
    """
    purposes = {"published": {"public"}, "named-to-body": {"member"}}
    purposes["included"] = {"secretariat", "monitor"}
    found: dict[tuple[int, str], set[str]] = {}
    for act in acts:
        envelope = act.kept.envelope
        said = {item.path: item.value for item in work.reading.content(act)}
        if envelope.act == "consent-narrowed":
            gone = purposes.get(str(envelope.facts["purpose"]), set())
            found = {place: readers - gone for place, readers in found.items()}
        if envelope.act != "readers-widened" or not said:
            continue
        (cited,) = cast("list[int]", envelope.facts["acts"])
        asked = acts[cited - 1]
        assert asked.kept.envelope.act == "readers-widening-asked"
        assert asked.kept.envelope.by == envelope.by
        assert {item.path: item.value for item in work.reading.content(asked)} == said
        zone = ZoneInfo(work.ruling.of_case(work.reading.mechanism(), [_of(acts[0])]).time_zone)
        days = [datetime.fromtimestamp(_of(one).at / 1000, zone).date() for one in (asked, act)]
        assert days[0] < days[1]
        for text in cast("list[str]", said["fields"]):
            number, _, path = text.partition("/")
            assert _of(acts[int(number) - 1]).by == envelope.by
            readers = set(cast("list[str]", said["wider-readers"]))
            found.setdefault((int(number), path), set()).update(readers)
    return found


def _of(act: ActOnFile) -> Envelope:
    return act.kept.envelope


def _told(words: CaseWords) -> Iterator[str]:
    """Yield what a reader is told: the page, the record, each for people and for programs."""
    assert words.reader is not None
    yield from CasePage(words, _WIDE).lines()
    yield from record_lines(words, _WIDE)
    yield json.dumps(record_facts(words), ensure_ascii=False)


def _opened(openings: Iterable[Opening], reader: str) -> Iterator[str]:
    """Yield what a reader's openings show."""
    for opening in openings:
        opened = opening.for_reader(reader).opened()
        yield from (encode(item.value).decode() for item in opened.content)


def _among(told: str, act: ActOnFile, item: Field, reader: str) -> Iterator[str]:
    for one in sorted(marks_of(item.value)):
        if one in told:
            yield f"{reader}: {act.kept.envelope.act} {item.path}, for {', '.join(item.readers)}"


def _names(words: CaseWords) -> Iterator[str]:
    """Yield the names of those who report, where the reader may not read them."""
    if words.reader != "secretariat":
        for party in words.view.mechanism.parties.values():
            if party.name is not None and not party.is_body and COMPLAINANT in party.seats:
                yield party.name
