"""Whom to tell of a weakness of this server: security.txt (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from answerable.locale.catalogue import LANGUAGES
from answerable.web.errors import NoSecurityContact
from answerable.web.http import TEXT, Response

ADDRESS = "/.well-known/security.txt"
DAYS = 180
"""After so many days it is out of date; RFC 9116 recommends less than a year."""


def security_file(contact: str, at: int) -> Response:
    """Return the file; ``at`` is the moment of the register, in milliseconds.

    Raises:
        NoSecurityContact: there is no contact.
    """
    if not contact:
        raise NoSecurityContact("no contact is set")
    ends = datetime.fromtimestamp(at // 1000, UTC) + timedelta(days=DAYS)
    lines = (
        f"Contact: {contact}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
    )
    return Response("".join(f"{line}\n" for line in lines).encode(), TEXT)
