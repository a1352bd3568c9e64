"""Whether anything that the program tells a reader is told beyond the readers of a field."""

import json
from collections.abc import Iterable, Iterator

from answerable.__main__ import DOORS
from answerable.casework.case_view import CaseViews
from answerable.casework.ports import ActOnFile
from answerable.cli.case_page import CasePage
from answerable.cli.case_record import record_facts, record_lines
from answerable.cli.case_words import CaseWords
from answerable.cli.surface import Manner, Surface
from answerable.core.acts import READERS, Field
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
    for reader in READERS:
        words = CaseWords(surface, work.reading, view, reader)
        told = "\n".join((*_told(words), *_opened(openings, reader)))
        for act, item in content:
            if not {reader, "public"} & set(item.readers):
                found += _among(told, act, item, reader)
        found += [f"{reader}: {name}" for name in _names(words) if name in told]
    return found


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
