"""The acts of a case, and the seats that may do each: a procedure narrows this, never widens it."""

from collections.abc import Mapping
from typing import Final

from answerable.core.acts import ActCode, Seat
from answerable.core.seats import (
    CHAIR,
    COMPLAINANT,
    DUTY_OFFICER,
    HANDLER,
    LEGAL_EXPERT,
    MEMBER,
    MONITOR,
    REVIEWER,
    SECRETARIAT,
)

SUBMITTED: Final = ActCode("submitted")
OPENED: Final = ActCode("opened")
ACKNOWLEDGED: Final = ActCode("acknowledged")

CASE_SEATS: Final = (
    *(COMPLAINANT, SECRETARIAT, CHAIR, MEMBER, LEGAL_EXPERT),
    *(MONITOR, REVIEWER, DUTY_OFFICER, HANDLER),
)
"""The seats of a procedure for cases; the handler is whoever the allegation is assigned to."""

# The handler acts in the seat in which that person sits anyway.
_ANYONE = " ".join(seat for seat in CASE_SEATS if seat != "handler")

# The rules themselves are in acts/table.py, which takes long to load: a date is told without it,
# and a test holds the two together. One line for each row, in its order: acts, then who does them.
_ROWS = (
    ("claim-noted", "secretariat monitor"),
    ("submitted party-joined party-left", "complainant"),
    ("delivered", "complainant secretariat"),
    ("acknowledged handed-over", "secretariat member"),
    ("fact-added exhibit-added corrected", "complainant member"),
    ("entry-confirmed entry-disputed", _ANYONE),
    ("opened", _ANYONE.replace("complainant ", "")),
    ("danger-claimed", "complainant"),
    ("danger-answered", "duty-officer"),
    ("reprisal-reported", _ANYONE),
    ("reprisal-looked-into", "monitor"),
    ("accepted not-accepted", "secretariat"),
    ("linked unlinked split", "secretariat complainant"),
    ("assigned reassigned recused", "chair"),
    ("clarification-asked", "handler"),
    ("clarification-answered", "complainant"),
    ("referred referral-recalled", "secretariat"),
    ("referral-accepted referral-returned", "member"),
    ("account-asked", "handler"),
    ("account-given", "member"),
    ("inquiry-step records-search", "handler"),
    ("legal-opinion", "legal-expert"),
    ("panel-sat", "chair"),
    ("clock-extended", "handler"),
    ("clock-held clock-resumed", "chair"),
    ("agreement-proposed agreement-accepted agreement-refused", "complainant member"),
    ("agreement-kept agreement-broken", "complainant member"),
    ("draft-shared", "handler"),
    ("draft-commented", _ANYONE),
    ("finding-issued", "chair"),
    ("separate-view", "member"),
    ("answer-read", "complainant"),
    ("contested", "complainant member"),
    ("contest-decided", "reviewer"),
    ("reopened finding-superseded", "reviewer"),
    ("action-promised action-done", "secretariat member"),
    ("action-doubted", "complainant"),
    ("withdrawal-asked withdrawal-revoked", "complainant"),
    ("continued-without-person", "chair"),
    ("consent-narrowed", "complainant"),
    ("consent-acknowledged", "secretariat member monitor"),
    ("readers-widening-asked readers-widening-dropped readers-widened", "complainant"),
    ("translated redacted erased", _ANYONE),
    ("mechanism-complained", _ANYONE),
    ("mechanism-complaint-answered", "reviewer"),
    ("disposition-given", "chair handler"),
    ("event-recorded", f"{_ANYONE} handler"),
    ("outcome-given", "chair"),
    ("concluded", "chair"),
)

DOERS: Mapping[ActCode, tuple[Seat, ...]] = {
    ActCode(act): tuple(Seat(seat) for seat in seats.split())
    for acts, seats in _ROWS
    for act in acts.split()
}
"""Each act of a case with the seats that may do it at all."""

EVENT_STATES = (
    *("any", "intake", "before-finding", "accepted", "after-finding", "before-conclusion"),
)
"""In which states of an allegation a procedure may let an event of its own be recorded."""

BY_ACTS = frozenset({ActCode("entered-for-another"), ActCode("finding-delivered")})
"""The events of a case that acts bring about: nobody need record these."""

ACT_CODES: frozenset[ActCode] = frozenset(DOERS)
