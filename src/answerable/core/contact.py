"""What is typed as a contact, as the URI by which a program reaches it."""

import re

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
