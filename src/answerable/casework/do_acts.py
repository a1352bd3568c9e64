"""Acts that stand in a file: each is done in its order, and the first that is refused stops."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from answerable.casework.asking import Typed, asked_of, seat_of
from answerable.casework.do_act import DoAct
from answerable.casework.hidden_data import HiddenData
from answerable.casework.ports import Appended, Issued
from answerable.casework.same_act import AskedAgain
from answerable.casework.sealing import attached, require_openable
from answerable.casework.try_acts import Trial
from answerable.core.act_form import Asked
from answerable.core.acts import By, Seat
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.exhibit_rules import own_readers
from answerable.core.case.problems import Problem
from answerable.core.docket import UnitKey
from answerable.core.errors import AnswerableError, Malformed
from answerable.core.mechanism import Mechanism
from answerable.core.party_keys import AnotherPartyKey, NoPartyKey, PastPartyKey
from answerable.core.signed_act import PartyKey


class ActsNotReady(Malformed):
    """An act of the file cannot be read; nothing of the file was done."""

    code = "acts-not-ready"


KEYS = (
    *("format", "case", "act", "as", "seat", "allegations"),
    *("with", "entered-by", "evidence", "exhibits", "sign-with"),
)
"""What every act of a file may say beside its own parts."""


_OF_KEYS = frozenset(
    (AnotherPartyKey.code, NoPartyKey.code, PastPartyKey.code, "party-key-unreadable")
)


def key_of(part: str) -> str:
    """Return the key under which a file says a part; one that every act has is taken."""
    return f"other-{part}" if part in KEYS else part


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAct:
    """One act as a file says it, its parts still as they are typed. ``lines`` are of its keys."""

    number: str
    kind: ActKind
    party: str
    seat: str = ""
    allegations: tuple[int, ...] = ()
    second: str = ""
    entered_by: str = ""
    evidence: str | None = None
    exhibits: tuple[Mapping[str, Any], ...] = ()
    sign_with: str = ""
    typed: Typed
    lines: Mapping[str, int]

    def line(self, key: str) -> int:
        """Return the line on which a key stands, or the act begins."""
        return self.lines.get(key) or self.lines.get("", 1)

    def key_at_fault(self, fault: AnswerableError) -> str:
        """Return the key under which stands what a fault is about."""
        part, party = fault.facts.get("part"), fault.facts.get("party")
        if fault.code in _OF_KEYS:
            return "sign-with"
        if part is not None:
            return key_of(str(part))
        said: dict[str, object] = {"as": self.party, "with": self.second}
        said["entered-by"] = self.entered_by
        said.update((key_of(name), value) for name, value in self.typed.items())
        return next((k for k, value in said.items() if party and value == party), "case")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is read beside a file of acts: the file that an exhibit names, and a party's key."""

    exhibit: Callable[[str], BinaryIO]
    key: Callable[[str], PartyKey]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one act: the act on record, or why not; ``again`` if it was done before."""

    written: WrittenAct
    issued: Issued | None = None
    refusal: AnswerableError | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class DoActs:
    """Does the acts of a file by the use case by which each would be done alone."""

    do_act: DoAct
    hidden_data: HiddenData

    def asked(
        self, written: Sequence[WrittenAct], beside: Beside
    ) -> Iterator[Asked | AnswerableError]:
        """Yield what each act asks for, or why that cannot be read. Nothing is decided."""
        mechanism = self.do_act.reading.mechanism()
        for one in written:
            try:
                self.do_act.reading.docket(one.number)
                yield _asked(one, mechanism, beside, self.hidden_data)
            except AnswerableError as problem:
                yield problem

    def not_there(
        self, written: Sequence[WrittenAct], asked: Sequence[Asked], *, request: UUID
    ) -> Iterator[Problem]:
        """Yield what is wrong with the files of exhibits, of all acts that are not done yet.

        Who lost a photo that was handed in has the receipt of it all the same.
        """
        known = self.do_act.ledger.known([UnitKey(request, n) for n in range(len(written))])
        for item, (one, ask) in enumerate(zip(written, asked, strict=True)):
            at = f"acts/{item + 1}/" if written[1:] else ""
            for exhibit in () if UnitKey(request, item) in known else ask.exhibits:
                line = one.lines.get(f"{exhibit.path}/file") or one.line("exhibits")
                try:
                    require_openable(exhibit, at=at, line=line)
                except Problem as problem:
                    yield problem

    def __call__(
        self, written: Sequence[WrittenAct], asked: Sequence[Asked], *, request: UUID
    ) -> Iterator[Done]:
        """Yield what came of each act in turn, up to the first that is refused.

        Acts that were done with this request before are not done twice: they are given again, if
        they are the acts asked for now.
        """
        for item, (one, ask) in enumerate(zip(written, asked, strict=True)):
            key = UnitKey(request, item)
            try:
                known = self.known(one.number, one.kind, ask, key)
                issued = self.do_act(one.number, one.kind, ask, request=request, item=item)
            except AnswerableError as refusal:
                yield Done(one, refusal=refusal)
                return
            yield Done(one, issued, again=known is not None)

    def known(self, number: str, kind: ActKind, asked: Asked, key: UnitKey) -> Issued | None:
        """Return the act that was done with this key before, None where none was.

        Raises:
            ActDiffers: that was another act than the one asked for now.
        """
        known = self.do_act.ledger.known([key]).get(key)
        if known is None:
            return None
        self._require_same(number, kind, asked, known)
        return known.acts[0]

    def tried(
        self, written: Sequence[WrittenAct], asked: Sequence[Asked], *, request: UUID
    ) -> Iterator[Done]:
        """Yield what would come of each act, each decided as if those before it were done."""
        known = self.do_act.ledger.known([UnitKey(request, n) for n in range(len(written))])
        trial = Trial(self.do_act)
        for item, (one, ask) in enumerate(zip(written, asked, strict=True)):
            before = known.get(UnitKey(request, item))
            try:
                if before is not None:
                    self._require_same(one.number, one.kind, ask, before)
                else:
                    trial(one.number, one.kind, ask)
            except AnswerableError as refusal:
                yield Done(one, refusal=refusal)
                return
            yield Done(one, before.acts[0] if before else None, again=before is not None)

    def _require_same(self, number: str, kind: ActKind, asked: Asked, known: Appended) -> None:
        # Who reads a file the procedure says, where the kind leaves that to it.
        base = None if kind.readers else own_readers(kind, asked)
        again = AskedAgain(
            reading=self.do_act.reading, number=number, form=kind, asked=asked, readers=base
        )
        again.require_same(known.acts[0])


def _asked(
    one: WrittenAct,
    mechanism: Mechanism,
    beside: Beside,
    hidden_data: HiddenData,
) -> Asked:
    party = mechanism.party(one.party)
    seat = Seat(one.seat) if one.seat else seat_of(one.kind, party.id, mechanism)
    typist = mechanism.party(one.entered_by) if one.entered_by else None
    return asked_of(
        one.kind,
        one.typed,
        By(party.id, seat),
        mechanism,
        allegations=one.allegations,
        entered_by=None if typist is None else By(typist.id, typist.seat),
        evidence=one.evidence,
        second=mechanism.party(one.second).id if one.second else None,
        exhibits=attached(one.exhibits, beside.exhibit, hidden_data),
        key=beside.key(one.sign_with) if one.sign_with else None,
    )
