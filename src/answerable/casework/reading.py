"""What is on file, put together: a mechanism from its acts, and the opening of any act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from answerable.casework.ports import ActOnFile, ContentErased, Dockets
from answerable.core.acts import Envelope, Field, Json
from answerable.core.canonical import decode
from answerable.core.case.acts.widened import widened_by
from answerable.core.case.exposure import Widened
from answerable.core.disclosure import disclosures_in
from answerable.core.docket import Docket, DocketId, Kind, UnknownDocket
from answerable.core.mechanism import Mechanism, mechanism_after
from answerable.core.numbers import typed_number
from answerable.core.opening import Opening

MECHANISM_DOCKET = DocketId(1)
"""The mechanism's own docket is the first of its ledger."""


class Salted(NamedTuple):
    """A field with the salt of its disclosure."""

    salt: str
    field: Field


def salted_of(plain: bytes) -> tuple[Salted, ...]:
    """Return the fields of stored content, which is a JSON array of plain disclosures."""
    listed = cast("list[list[Json]]", decode(plain))
    fields = []
    for salt, path, shown in listed:
        value = cast("dict[str, Json]", shown)
        readers = tuple(cast("list[str]", value["readers"]))
        fields.append(Salted(str(salt), Field(str(path), value["value"], readers)))
    return tuple(fields)


def fields_of(plain: bytes) -> tuple[Field, ...]:
    """Return the fields of stored content without their salts."""
    return tuple(one.field for one in salted_of(plain))


def may_read(reader: str | None, item: Field) -> bool:
    """Whether a reader may read a field; without a reader, whoever holds this server may."""
    return reader is None or reader in item.readers or "public" in item.readers


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads acts with their content, where it was not erased."""

    dockets: Dockets

    def mechanism(self) -> Mechanism:
        """Return the mechanism as its acts leave it."""
        mechanism = Mechanism()
        for act in self.dockets.acts(MECHANISM_DOCKET):
            mechanism = mechanism_after(mechanism, act.kept.envelope, self.content(act))
        return mechanism

    def content(self, act: ActOnFile) -> tuple[Field, ...]:
        """Return the content fields of an act, none where it was erased."""
        try:
            return fields_of(self.dockets.content(act))
        except ContentErased:
            return ()

    def said(self, act: ActOnFile) -> Mapping[str, Json]:
        """Return the values of the content by their paths, none where it was erased."""
        return {item.path: item.value for item in self.content(act)}

    def widened(self, acts: Sequence[ActOnFile]) -> Widened:
        """Return the readers that a case's acts, the first ones of it, added to its fields."""
        envelopes = [act.kept.envelope for act in acts]
        return widened_by(envelopes, lambda envelope: self.said(acts[envelope.sequence - 1]))

    def readable(self, act: ActOnFile) -> tuple[Field, ...]:
        """Return the content of an act of a case, each field with all who read it now."""
        widened = self.widened(self.dockets.acts(self.docket(act.kept.envelope.docket).id))
        sequence = act.kept.envelope.sequence
        return tuple(widened.of(sequence, item) for item in self.content(act))

    def salted(self, act: ActOnFile) -> tuple[Salted, ...]:
        """Return the content fields of an act with their salts, none where it was erased."""
        try:
            return salted_of(self.dockets.content(act))
        except ContentErased:
            return ()

    def is_erased(self, act: ActOnFile) -> bool:
        """Whether the content of an act can be opened by nobody here any more."""
        try:
            self.dockets.content(act)
        except ContentErased:
            return True
        return False

    def opening(self, act: ActOnFile) -> Opening:
        """Return the opening that shows all of an act; of an erased one, its envelope."""
        try:
            content = disclosures_in(self.dockets.content(act))
        except ContentErased:
            content = ()
        disclosures = (*content, *act.kept.disclosures())
        return Opening(act.kept.body(), act.kept.blinding, disclosures)

    def envelopes(self, docket: Docket) -> Sequence[Envelope]:
        """Return the envelopes of a docket's acts, in their order."""
        return [act.kept.envelope for act in self.dockets.acts(docket.id)]

    def act(self, number: str) -> ActOnFile:
        """Return the act whose receipt has this number: XA-2026-0061-7 or XA-2026-0061-7/3.

        Raises:
            UnknownDocket: no such docket, or it has no such act.
        """
        wanted = typed_number(number)
        docket = self.docket(number)
        acts = self.dockets.acts(docket.id)
        sequence = wanted.act or 1
        if sequence > len(acts):
            raise UnknownDocket(f"{docket.number} has no act {sequence}", number=number)
        return acts[sequence - 1]

    def docket(self, number: str) -> Docket:
        """Return the case that a number names, however its letters and digits are typed.

        Raises:
            UnreadableNumber, WrongCheckDigit: it is no number of a case; nothing was looked up.
            UnknownDocket: there is no such case.
        """
        return self.dockets.docket(str(replace(typed_number(number), act=None)))

    def proceeding(self, number: str) -> Docket:
        """Return the proceeding that a number names.

        Raises:
            UnreadableNumber, WrongCheckDigit: it is no number; nothing was looked up.
            UnknownDocket: there is no such proceeding; its reason says so.
        """
        try:
            docket = self.docket(number)
        except UnknownDocket:
            docket = None
        if docket is None or docket.kind is not Kind.PROCEEDING:
            reason = "proceeding"
            raise UnknownDocket(f"no proceeding {number}", number=number, reason=reason) from None
        return docket
