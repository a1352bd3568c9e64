"""The seats in which parties act, each by its code."""

from typing import Final

from answerable.core.acts import Seat

COMPLAINANT: Final = Seat("complainant")
SECRETARIAT: Final = Seat("secretariat")
MEMBER: Final = Seat("member")
MONITOR: Final = Seat("monitor")
CHAIR: Final = Seat("chair")
LEGAL_EXPERT: Final = Seat("legal-expert")
REVIEWER: Final = Seat("reviewer")
DUTY_OFFICER: Final = Seat("duty-officer")

SEATS: Final = (
    *(COMPLAINANT, SECRETARIAT, MEMBER, MONITOR),
    *(CHAIR, LEGAL_EXPERT, REVIEWER, DUTY_OFFICER),
)
"""The seats that are granted. Those below are not: they say which of the parties is meant."""

HANDLER: Final = Seat("handler")
"""Of a case: whoever the allegation is assigned to, in that party's own seat."""
SENDER: Final = Seat("sender")
"""Of a case: who keeps the report that was not delivered yet."""
COLLECTOR: Final = Seat("collector")
"""Of a proceeding: the body that recorded the request, and sends the one answer."""
BODY: Final = Seat("body")
"""Of a proceeding: a body that the point is assigned to."""
