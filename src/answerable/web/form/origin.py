"""Whether a post was begun on a page of ours: what the browser says, or what only that page has."""

from urllib.parse import urlsplit

from answerable.web.http import Request

SAME = frozenset({"same-origin", "none"})
"""What ``Sec-Fetch-Site`` says of a request that no other site began (Fetch Metadata)."""


def told_by_browser(request: Request) -> bool | None:
    """Return whether the browser says that a request came from us, None where it says nothing.

    Browsers from before 2023 may lack ``Sec-Fetch-Site``. They say ``Origin`` with a post, and
    those before that ``Referer``, since pages of the form let them (http.py). A page of another
    site can withhold its name, never say ours: what is withheld is "null", and not us.
    """
    if request.site:
        return request.site in SAME
    for said in (request.origin, request.referer):
        if said:
            return _place(said) == _place(f"//{request.host}") and bool(request.host)
    return None


def _place(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
