"""Files attached to a PDF, which may come from anyone and be anything."""

from io import BytesIO

SIGNATURE, WITHIN = b"%PDF-", 1024
"""How a PDF begins, and within how many bytes readers look for it (ISO 32000-1, annex H)."""


def attached(file: bytes, name: str) -> tuple[bytes, ...]:
    """Return the files of a name that are attached to a PDF, each content once.

    There are none in what is no PDF, is encrypted, or cannot be read.
    """
    if SIGNATURE not in file[:WITHIN]:
        return ()
    from pypdf import PdfReader  # noqa: PLC0415 - only who looks into a file waits for it
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - as above

    try:
        found = PdfReader(BytesIO(file)).attachments.get(name, ())
        return tuple(dict.fromkeys(bytes(one) for one in found))
    # Below its own errors, what a damaged file does to a parser.
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ()
