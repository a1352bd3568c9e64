"""What a page says, for who looks for a sentence in it."""

from collections.abc import Mapping

from answerable.locale.khmer_breaks import BREAK


def unbroken(text: str) -> str:
    """Return the text of a page in Khmer without the breaks between words."""
    return text.replace(BREAK, "")


def text_of(body: bytes, headers: Mapping[str, str]) -> str:
    """Return an answer as text: a page without its breaks, which no other answer may have."""
    kind = {name.lower(): value for name, value in headers.items()}.get("content-type", "")
    text = body.decode()
    return unbroken(text) if kind.startswith("text/html") else text
