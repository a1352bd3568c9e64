"""F15: what works without a network: the form as one file, and the questions on paper."""

from collections.abc import Iterator

from answerable.locale.catalogue import Catalogue
from answerable.web.form.offline.page import form_file
from answerable.web.form.questions import LEVELS, READERS, SEALED
from answerable.web.form.room import Visit
from answerable.web.http import HTML, Response

FILE = "form.html"
"""Says nothing of whose form it is: it lies among the downloads of a telephone."""


def offline_page(visit: Visit) -> Response:
    """Offer the file with its size and fingerprint, and the questions to print."""
    data, digest = form_file()
    return visit.page(
        "offline.html",
        visit.words.say("form.offline-title"),
        file=visit.address("offline", FILE),
        size=len(data) // 1000,
        fingerprint=digest,
        asked=list(_asked_on_paper(visit.words)),
    )


def _asked_on_paper(words: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """Yield what is ticked on paper too: who may know who it is, and who may read."""
    levels = [words.word("level", code) for code in LEVELS if code != SEALED]
    yield words.say("form.level"), levels
    yield words.say("form.readers"), [words.say(f"form-who.{code}") for code in READERS]


def offline_file() -> Response:
    """Return the file, to be kept and opened from a disk: it is no page of this server."""
    kept = (("Content-Disposition", f'attachment; filename="{FILE}"'),)
    return Response(form_file()[0], HTML, headers=kept, private=True)
