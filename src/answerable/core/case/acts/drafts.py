"""A draft of a finding: shown to those whom the procedure names, for comment on facts only."""

from answerable.core.act_form import Carries, Part
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.finding_parts import DRAFT_PARTS, DRAFT_READERS
from answerable.core.case.acts.finding_rules import FINDING_RULES
from answerable.core.case.acts.kind import ANY_SEAT, ActKind, Deciding, When
from answerable.core.case.acts.windows import last_day, running, started_by
from answerable.core.case.now import CaseNow
from answerable.core.case.rules import NeverForAnother
from answerable.core.commitment import in_order
from answerable.core.errors import Refusal
from answerable.core.procedure import Procedure
from answerable.core.seats import COMPLAINANT, HANDLER, MONITOR

SHARED = ActCode("draft-shared")
COMMENTED = ActCode("draft-commented")


class DraftsNotRead(Refusal):
    """The procedure names nobody who reads drafts."""

    code = "drafts-not-read"


class NoDraft(Refusal):
    """No draft is out for comment."""

    code = "no-draft"


class NotADraftReader(Refusal):
    """The procedure does not show drafts to this seat."""

    code = "not-a-draft-reader"


class DraftNotShared(Refusal):
    """The procedure gives time to comment on a draft, and none was shared."""

    code = "draft-not-shared"


class CommentWindowOpen(Refusal):
    """There is still time to comment on the draft, and someone has not commented."""

    code = "comment-window-open"


def draft_readers(procedure: Procedure) -> tuple[str, ...]:
    """Return who reads a draft and the comments on it: nobody whom the procedure does not name.

    A procedure that names the monitor widens DRAFT_READERS by it; nothing widens it to the public.
    """
    may_read = (*DRAFT_READERS, str(MONITOR))
    return tuple(reader for reader in may_read if reader in procedure.drafts_read_by)


def _draft_readers_of(deciding: Deciding) -> tuple[str, ...]:
    # The body that drafts reads its own draft, and the comments on it.
    drafting = {str(act.by.seat) for act in deciding.of(SHARED)} | {str(deciding.asked.by.seat)}
    return in_order((*draft_readers(deciding.procedure), *(drafting & {"secretariat", "member"})))


def require_commented(deciding: Deciding) -> None:
    """Return if the time to comment, where the procedure gives any, was given and is over.

    Raises:
        DraftNotShared, CommentWindowOpen: with the allegation, or with the last day.
    """
    clocks = [clock.code for clock in started_by(deciding, SHARED)]
    if not clocks:
        return
    for number, allegation in deciding.concerned().items():
        if not allegation.draft:
            raise DraftNotShared(f"no draft on {number}", allegation=number)
    for item in running(deciding, *clocks):
        last = last_day(item)
        if last is not None and deciding.today <= last:
            raise CommentWindowOpen(f"until {last}", until=last.isoformat(), seat=item.seat)


def _require_readers(deciding: Deciding) -> None:
    if not draft_readers(deciding.procedure):
        raise DraftsNotRead("nobody reads drafts", procedure=deciding.procedure.name)


def _require_draft(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if not allegation.draft:
            raise NoDraft(f"no draft on {number}", allegation=number)


def _require_reader(deciding: Deciding) -> None:
    seat = deciding.asked.by.seat
    if seat not in deciding.procedure.drafts_read_by:
        raise NotADraftReader(f"{seat} reads no draft", seat=seat)


def _require_own_words(deciding: Deciding) -> None:
    asked = deciding.asked
    typist = asked.entered_by
    if asked.by.seat == COMPLAINANT and typist and typist.seat not in {COMPLAINANT, MONITOR}:
        raise NeverForAnother("the other side does not comment for it", party=asked.by.party)


def _shared(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, draft=act.sequence)


DRAFTS = (
    ActKind(
        code=SHARED,
        verb="share-draft",
        by=(HANDLER,),
        when=When.ACCEPTED,
        parts=DRAFT_PARTS,
        rules=(_require_readers, require_none_accused, *FINDING_RULES),
        after=_shared,
        readers=_draft_readers_of,
    ),
    ActKind(
        code=COMMENTED,
        verb="comment-draft",
        by=ANY_SEAT,
        when=When.ACCEPTED,
        parts=(Part("facts-only", readers=(*DRAFT_READERS, "secretariat")),),
        rules=(_require_reader, _require_own_words, _require_draft),
        readers=_draft_readers_of,
        exhibits=Carries.MAY,
    ),
)
