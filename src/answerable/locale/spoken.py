"""In which language a text by others is read aloud, where that is not the language of its page.

What a record says of it counts, and the letters of Khmer, which no other language has. Of other
letters nothing is guessed: where neither tells, nothing is said.
"""

import re

KHMER = "\u1780-\u17ff"

_LETTER = re.compile("[\u1780-\u17dd]")
# Words of one passage are one piece: with the blanks, the signs and the digits between them.
_RUN = "[\u1780-\u17ff](?:[\u1780-\u17ff\u200b-\u200d .,:;()0-9-]*[\u1780-\u17ff])?"
_LEFT = "title|script|style|textarea|option"
_PARTS = re.compile(
    # An element that says that it is in Khmer holds no other of its name.
    rf'<(?P<own>\w+)\b[^>]*\slang="km"[^>]*>.*?</(?P=own)>'
    rf"|<(?P<left>{_LEFT})\b.*?</(?P=left)>|<[^>]*>|(?P<run>{_RUN})",
    re.DOTALL,
)


class Spoken(str):
    """A sentence, of which the part ``own`` is in another language than it, as far as is known."""

    __slots__ = ("language", "own")
    language: str
    own: str


def spoken(text: str, own: str, language: str) -> str:
    """Return a sentence that knows which part of it is in a language of its own."""
    if not (own and language):
        return text
    made = Spoken(text)
    made.own, made.language = own, language
    return made


def spoken_in(text: str, said: str = "") -> str:
    """Return the language of a text of which ``said`` is told, "" where it is not known.

    Khmer is also written in Latin letters, and names are: that Khmer is told says nothing of these.
    """
    if _LETTER.search(text):
        return "km"
    return "" if said == "km" or not text else said


def marked(page: str) -> str:
    """Return a page of HTML that is not in Khmer with its Khmer marked so, where it is not yet."""
    return _PARTS.sub(_mark, page) if _LETTER.search(page) else page


def _mark(part: re.Match[str]) -> str:
    return part[0] if part["run"] is None else f'<span lang="km">{part[0]}</span>'
