"""To whom what a sender said may be shown beyond the readers on record, and to whom never."""

import re

from answerable.core.act_form import EVIDENCE
from answerable.core.case.acts.consent import NARROWED
from answerable.core.case.acts.kind import Deciding
from answerable.core.case.acts.widened import (
    ASKED,
    FIELDS,
    PUBLIC,
    PURPOSE_OF,
    WIDENED,
    readers_in,
)
from answerable.core.case.exposure import Exposure, Place, named_with, place_of
from answerable.core.case.fields import WHO_REPORTS
from answerable.core.case.readers import INSIDE
from answerable.core.case.submission import privacy_of
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT
from answerable.core.signed_act import SIGNED_ACT

_OF_PERSON = re.compile(r"(allegations/[0-9]+/targets/[0-9]+)/(?:name|initials|described)")
_NEVER_PUBLIC = re.compile(r"speaker/contact|danger-now/.*|allegations/[0-9]+/actor/name")
_FROM_BODY = ("member", PUBLIC)
_KEPT_FROM = {
    **dict.fromkeys(("danger-claimed", "reprisal-reported"), _FROM_BODY),
    **dict.fromkeys(("party-joined", "party-left", "consent-narrowed"), _FROM_BODY),
    # It tells of a draft, which is read by those whom the procedure names.
    **dict.fromkeys(("draft-commented", ASKED, WIDENED), tuple(PURPOSE_OF)),
}
"""Acts of a sender of whose words some readers are never told, by the act's code."""


class NoSuchField(Refusal):
    """The sender said nothing under this path: there is no such field, or it is of another."""

    code = "widening-field-unknown"


class AddsNoReader(Refusal):
    """Whoever would be added reads the field already."""

    code = "widening-adds-nothing"


class OnlySilhouette(Refusal):
    """A register shows nothing of the case but a silhouette, so nothing of it becomes public."""

    code = "widening-of-silhouette"


class NeverForReader(Refusal):
    """The field is never shown to this reader in this way."""

    code = "widening-never"


class PersonNotAsked(Refusal):
    """No consent is on record by which a person may be read of: ``purpose`` is what it lacks.

    ``act`` is the one that narrowed it, None where none did.
    """

    code = "widening-consent-missing"


def require_may_be_read(deciding: Deciding) -> None:
    """Return if the readers that an act names may read the fields that it names.

    Raises:
        OnlySilhouette, NoSuchField, AddsNoReader, NeverForReader, PersonNotAsked.
    """
    said = deciding.asked.values
    named, readers = said.get(FIELDS), readers_in(said)
    if isinstance(named, list) and readers:
        _require(deciding, tuple(map(str, named)), readers)


def may_read_of(deciding: Deciding, place: Place) -> tuple[str, ...]:
    """Return the readers who could be added to a field, none where it is not the sender's."""
    return tuple(reader for reader in PURPOSE_OF if _may(deciding, place, reader))


def _may(deciding: Deciding, place: Place, reader: str) -> bool:
    try:
        _require(deciding, (str(place),), (reader,))
    except Refusal:
        return False
    return True


def _require(deciding: Deciding, named: tuple[str, ...], readers: tuple[str, ...]) -> None:
    exposure = deciding.exposure()
    if PUBLIC in readers and not exposure.is_told:
        raise OnlySilhouette("protected")
    for text in named:
        place = place_of(text)
        if place is None or not _is_own(deciding, exposure, place):
            raise NoSuchField(text, field=text)
        _require_more(exposure, place, readers)
        for reader in readers:
            _require_may_reach(deciding, exposure, place, reader)
            _require_consent(deciding, exposure, place, reader)


def _is_own(deciding: Deciding, exposure: Exposure, place: Place) -> bool:
    """Whether a field is words of whoever acts, which they read themselves."""
    act, item = deciding.act(place.act), exposure.said.get(place.act, {}).get(place.path)
    if act is None or item is None or act.by != deciding.asked.by:
        return False
    is_readable = bool({COMPLAINANT, PUBLIC} & {*item.readers})
    is_typed = place.path not in {SIGNED_ACT, EVIDENCE}
    # What opens a file goes with its name, and is never named by itself.
    return is_readable and is_typed and named_with(place.path) == place.path


def _require_more(exposure: Exposure, place: Place, readers: tuple[str, ...]) -> None:
    item = exposure.at(place)
    if item is None or PUBLIC in item.readers or set(readers) <= set(item.readers):
        raise AddsNoReader(str(place), field=str(place))


def _require_may_reach(deciding: Deciding, exposure: Exposure, place: Place, reader: str) -> None:
    act = deciding.act(place.act)
    is_kept = act is not None and reader in _KEPT_FROM.get(act.act, ())
    if reader == PUBLIC:
        is_kept = is_kept or place.act not in exposure.shown
        is_kept = is_kept or privacy_of(place.path) == INSIDE
        is_kept = is_kept or _NEVER_PUBLIC.fullmatch(place.path) is not None
        is_kept = is_kept or _is_hidden_place(exposure, place)
    if is_kept:
        raise NeverForReader(f"{place} for {reader}", field=str(place), reader=reader)


def _is_hidden_place(exposure: Exposure, place: Place) -> bool:
    """Whether a field is of a place of which its sender said that it is never published."""
    where, said, _ = place.path.rpartition("/place/")
    hidden = exposure.said.get(place.act, {}).get(f"{where}/place/do-not-publish")
    return bool(said) and hidden is not None and hidden.value is True


def _require_consent(deciding: Deciding, exposure: Exposure, place: Place, reader: str) -> None:
    purpose = PURPOSE_OF[reader]
    person = _OF_PERSON.fullmatch(place.path)
    if person is None and place.path not in WHO_REPORTS:
        return
    narrowed = [
        act.sequence
        for act in deciding.acts
        if act.act == NARROWED and act.facts.get("purpose") == purpose
    ]
    answer = _answer(exposure, place, person[1] if person else "", purpose)
    # Who speaks for themselves agrees by asking, unless they said otherwise.
    if narrowed or answer not in ({"yes"} if person else {"yes", ""}):
        last = narrowed[-1] if narrowed else None
        raise PersonNotAsked(str(place), field=str(place), purpose=purpose, act=last)


def _answer(exposure: Exposure, place: Place, person: str, purpose: str) -> str:
    """Return what is on record of a person's consent: their own, else that for all; "" if none."""
    said = exposure.said.get(place.act, {})
    paths = [f"{person}/consent/{purpose}", f"consent/{purpose}"] if person else []
    for path in paths or [f"speaker/consent/{purpose}"]:
        if path in said:
            return str(said[path].value)
    return ""
