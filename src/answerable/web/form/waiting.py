"""What a sender asked that more people may read, as it waits for another day on their case."""

from dataclasses import dataclass

from answerable.core.case.exposure import Asking
from answerable.locale.field_words import field_in_words
from answerable.web.form.my_case import MyCase
from answerable.web.words import Words


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was asked for and not confirmed, in words."""

    told: str
    fields: tuple[str, ...]
    can_confirm: bool


def waiting(words: Words, source: MyCase) -> Waiting | None:
    """Return what the page of a case tells of an asking that stands."""
    asking = source.asking
    if asking is None:
        return None
    can_confirm = has_come(source, asking)
    told = words.say(
        "form.widen-ready" if can_confirm else "form.widen-waits",
        on=words.catalogue.day(asking.on.isoformat()),
        earliest=words.catalogue.day(asking.earliest.isoformat()),
        readers=", ".join(words.word("reader", one) for one in asking.readers),
    )
    fields = tuple(field_in_words(words.catalogue, place) for place in asking.places)
    return Waiting(told, fields, can_confirm)


def has_come(source: MyCase, asking: Asking) -> bool:
    """Whether the day has come on which it can be confirmed."""
    return source.today >= asking.earliest
