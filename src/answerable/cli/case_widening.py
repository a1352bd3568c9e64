"""What a sender asked that more people may read, and from which day on it can be confirmed."""

from collections.abc import Iterator

from answerable.casework.exposures import standing_asking
from answerable.cli.case_words import CaseWords
from answerable.cli.output import Json
from answerable.core.case.exposure import Asking
from answerable.core.seats import COMPLAINANT
from answerable.locale.field_words import place_in_words


def asking_lines(words: CaseWords) -> Iterator[str]:
    """Yield what waits to be confirmed, for its sender and for whoever runs the server."""
    asking = _asking(words)
    if asking is None:
        return
    word, catalogue = words.surface.catalogue.word, words.surface.catalogue
    yield words.surface.say(
        "page.wider-asked",
        day=catalogue.day(asking.on.isoformat()),
        act=asking.act,
        readers=", ".join(word("reader", reader) for reader in asking.readers),
        earliest=catalogue.day(asking.earliest.isoformat()),
    )
    for place in asking.places:
        yield f"  {place} - {place_in_words(catalogue, str(place))}"


def asking_facts(words: CaseWords) -> Json:
    """Return the same as data, null where nothing waits."""
    asking = _asking(words)
    if asking is None:
        return None
    return {
        "act": asking.act,
        "on": asking.on.isoformat(),
        "earliest": asking.earliest.isoformat(),
        "fields": [str(place) for place in asking.places],
        "readers": list(asking.readers),
    }


def _asking(words: CaseWords) -> Asking | None:
    if words.reader not in {None, COMPLAINANT}:
        return None
    return standing_asking(words.reading, words.view.acts, words.view.procedure)
