"""Whom to tell of a weakness of this server: security.txt (RFC 9116)."""

import re
from datetime import UTC, datetime, timedelta

from answerable.locale.catalogue import LANGUAGES
from answerable.web.errors import NoSecurityContact
from answerable.web.http import TEXT, Response

ADDRESS = "/.well-known/security.txt"
DAYS = 180
"""After so many days it is out of date; RFC 9116 recommends less than a year."""

_URI = re.compile(r"(?:https|mailto|tel):[!-~]+")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_NUMBER = re.compile(r"\+[0-9][0-9 ().-]{5,20}")


def contact_uri(text: str) -> str:
    """Return a contact as the URI that security.txt wants, "" where it is none.

    A mail address and an international telephone number can be made one; a number that is not
    international would call somebody else from abroad.
    """
    typed = text.strip()
    if _URI.fullmatch(typed):
        return typed
    if _MAIL.fullmatch(typed):
        return f"mailto:{typed}"
    if _NUMBER.fullmatch(typed):
        return "tel:" + re.sub(r"[^+0-9]", "", typed)
    return ""


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
