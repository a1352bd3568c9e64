"""The first acts of a case, and what a server is for: words that more than one module needs."""

from typing import Final

from answerable.core.acts import ActCode, Seat

SUBMITTED: Final = ActCode("submitted")
OPENED: Final = ActCode("opened")
ACKNOWLEDGED: Final = ActCode("acknowledged")

COMPLAINANT: Final = Seat("complainant")
SECRETARIAT: Final = Seat("secretariat")
SENDER: Final = Seat("sender")

HOST_IS_BODY: Final = "body"
"""The value of the fact ``host`` on a server that the body runs: there, lodging is delivery."""
