"""The use case Returned: who opened a case with its return key does there what is theirs to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from answerable.casework.asking import Typed, asked_of
from answerable.casework.do_acts import DoActs
from answerable.casework.exposures import standing_asking
from answerable.casework.ports import ActOnFile, Issued
from answerable.casework.ruling import local
from answerable.casework.sealing import require_openable
from answerable.casework.unread_answers import Last, Unread, last_days, unread_of
from answerable.casework.wider_readers import Widenables, widenables_of
from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, By
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.acts.table import ACTS
from answerable.core.case.attached import Attached
from answerable.core.case.dated import Dated
from answerable.core.case.exposure import Asking
from answerable.core.case.rules import NotThisSeat
from answerable.core.case.splits import every_allegation
from answerable.core.clock_facts import Entry
from answerable.core.docket import Docket, UnitKey, UnknownDocket
from answerable.core.ledger.proof import Receipt
from answerable.core.opening import Opening
from answerable.core.seats import COMPLAINANT


@dataclass(frozen=True, slots=True)
class Returned:
    """Acts as the complainant of one case, for whom ReturnKeys returned that case by its key.

    Nothing here asks for the key again: a docket that came from anywhere else must not be given.
    """

    do_acts: DoActs

    def do(
        self,
        docket: Docket,
        act: ActCode,
        typed: Typed,
        *,
        request: UUID,
        allegations: Sequence[int] = (),
        exhibits: Sequence[Attached] = (),
    ) -> Issued:
        """Record an act of the case's sender, and return it with its receipt.

        Asked for again with the same request, it is returned and not done twice. ``exhibits`` are
        as sealing.attached makes them. KeyError: there is no act of this code.

        Raises:
            UnknownPart, PartUnreadable, UnknownParty, UnreadableNumber: it was typed wrongly.
            NotThisSeat: it is no act of a complainant, or none that is done by itself.
            Refusal: a rule says no; nothing was written.
            ActDiffers: with this request another act was done.
            Problem: a file of an exhibit cannot be read; nothing was recorded.
        """
        kind, asked = self._asked(docket, act, typed, allegations=allegations, exhibits=exhibits)
        known = self.do_acts.known(docket.number, kind, asked, UnitKey(request))
        if known is not None:
            return known
        for one in exhibits:
            require_openable(one)
        return self.do_acts.do_act(docket.number, kind, asked, request=request)

    def would(self, docket: Docket, act: ActCode, typed: Typed) -> None:
        """Return if an act of the case's sender may be done now. Nothing is recorded.

        Raises:
            Refusal: a rule says no. Else as ``do``.
        """
        kind, asked = self._asked(docket, act, typed)
        do_act = self.do_acts.do_act
        do_act.decided(kind, asked, do_act.before(docket.number))

    def kinds(self, docket: Docket) -> tuple[ActKind, ...]:
        """Return the acts that the sender may do now, to one allegation at least.

        An act that is among them may still be refused for what it says. Events that a procedure
        declares are not among them.

        Raises:
            UnknownDocket: it is no case.
        """
        do_act = self.do_acts.do_act
        return do_act.possible(_by(docket), do_act.before(docket.number), by_key=True)

    def would_start(self, docket: Docket, act: ActCode) -> Sequence[Entry]:
        """Return which clocks of others an act of the sender would start now, with their dates.

        Raises:
            UnknownDocket: it is no case.
        """
        do_act = self.do_acts.do_act
        before, mechanism = do_act.before(docket.number), do_act.reading.mechanism()
        ruling, sequence = do_act.ruling, len(before.acts) + 1
        rules = ruling.of_case(mechanism, before.acts)
        new = Dated((act,), sequence, local(ruling.now(), rules), (), None, COMPLAINANT)
        acts, every = ruling.dated(rules, before.acts), every_allegation(before.acts)
        return ruling.clocks(mechanism, rules).started(acts, new, before.owed, every)

    def unread(self, docket: Docket) -> tuple[Unread, ...]:
        """Return the answers that the sender has not read, where days begin with their reading.

        What they say is shown to nobody who came by the key, before the act `answer-read`.

        Raises:
            UnknownDocket: it is no case.
        """
        do_act = self.do_acts.do_act
        return unread_of(do_act, _by(docket), do_act.before(docket.number))

    def last_days(self, docket: Docket) -> Mapping[int, Last]:
        """Return the last day to contest of each allegation whose answer has one, over or not.

        Raises:
            UnknownDocket: it is no case.
        """
        do_act = self.do_acts.do_act
        return last_days(do_act, _by(docket), do_act.before(docket.number))

    def widenables(self, docket: Docket) -> Widenables:
        """Return what the sender could let more people read, and who reads it now.

        Raises:
            UnknownDocket: it is no case.
        """
        do_act = self.do_acts.do_act
        return widenables_of(do_act, _by(docket), do_act.before(docket.number))

    def asking(self, docket: Docket) -> Asking | None:
        """Return what the sender asked that more people may read, None where nothing waits."""
        do_act = self.do_acts.do_act
        acts = do_act.dockets.acts(docket.id)
        envelopes = [act.kept.envelope for act in acts]
        rules = do_act.ruling.of_case(do_act.reading.mechanism(), envelopes)
        return standing_asking(do_act.reading, acts, rules)

    def opening(self, docket: Docket, sequence: int) -> Opening:
        """Return the opening of an act, with what a complainant may read of it and no more.

        Raises:
            UnknownDocket: the case has no act of this number.
        """
        return self.do_acts.do_act.reading.opening(self._act(docket, sequence)).for_reader(
            str(COMPLAINANT)
        )

    def receipt(self, docket: Docket, sequence: int) -> Receipt:
        """Return the receipt of an act, byte for byte as it was first issued.

        Raises:
            UnknownDocket: the case has no act of this number.
        """
        return self.do_acts.do_act.ledger.receipt(self._act(docket, sequence))

    def _asked(
        self,
        docket: Docket,
        act: ActCode,
        typed: Typed,
        *,
        allegations: Sequence[int] = (),
        exhibits: Sequence[Attached] = (),
    ) -> tuple[ActKind, Asked]:
        kind = ACTS[act]
        if not kind.verb or COMPLAINANT not in kind.by:
            seats = ", ".join(kind.by)
            raise NotThisSeat(f"{act} by a complainant", seat=COMPLAINANT, seats=seats)
        return kind, asked_of(
            kind,
            typed,
            _by(docket),
            self.do_acts.do_act.reading.mechanism(),
            allegations=tuple(allegations),
            exhibits=tuple(exhibits),
            by_key=True,
        )

    def _act(self, docket: Docket, sequence: int) -> ActOnFile:
        acts = self.do_acts.do_act.dockets.acts(docket.id)
        if not 0 < sequence <= len(acts):
            raise UnknownDocket(f"{docket.number} has no act {sequence}", number=docket.number)
        return acts[sequence - 1]


def _by(docket: Docket) -> By:
    return By(docket.party, COMPLAINANT)
