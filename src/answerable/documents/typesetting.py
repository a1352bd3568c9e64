"""Data into a PDF: the only place that asks Typst for something."""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from answerable.casework.documents import TooMuchForPaper
from answerable.documents import fonts

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "templates"

View = Mapping[str, object]

THREADS = "RAYON_NUM_THREADS"
"""Read by Typst's pool of threads when it first sets something."""


def typeset(template: str, view: View, *, at_seconds: int) -> bytes:
    """Return the PDF that a template makes of a view, dated at an instant.

    The view goes in as JSON, so nothing in it is read as Typst. The template sees its own folder
    and nothing above it.

    Raises:
        TooMuchForPaper: Typst refused it.
    """
    import typst  # noqa: PLC0415 - only who makes a document waits for it

    # A response is one long run of pages, which no second thread shortens: it only takes memory of
    # its own, from 2 to 50 MB as it happens. Whoever runs this may say otherwise.
    os.environ.setdefault(THREADS, "1")
    try:
        made = typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            font_paths=_fonts(),
            sys_inputs={"view": json.dumps(view, ensure_ascii=False)},
            format="pdf",
            # For keeping, with files attached; and for who hears it read. Typst holds it to both.
            pdf_standards=["a-3a", "ua-1"],
            timestamp=at_seconds,
        )
    except typst.TypstError as problem:
        raise TooMuchForPaper(str(problem), reason=problem.message) from problem
    if not isinstance(made, bytes):
        raise TooMuchForPaper("Typst made no file", reason="no file")
    # Typst ends on its last letter; what is appended by a signature begins on a line of its own, as
    # PDF/A asks (ISO 19005-3, 6.1.9).
    return made + b"\n"


@cache
def _fonts() -> "typst.Fonts":
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,  # DejaVu Sans Mono, for fingerprints
        font_paths=[str(folder) for folder in fonts.folders()],
    )
