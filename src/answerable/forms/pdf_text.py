"""Reads the text of a PDF from standard input, in a process of its own, and writes it as JSON.

A PDF is a program of sorts: one that loops or swells must take no more than this process with it.
The limits are set before a byte of the file is looked at.
"""

import json
import logging
import resource
import sys
from io import BytesIO

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
PAGES = 1_000
LOCKED, TOO_LARGE, DAMAGED = "paper-locked", "paper-too-large", "paper-damaged"


def limit_oneself() -> None:
    """Give up memory and time beyond what a paper gets; the kernel holds it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def pages_of(data: bytes) -> dict[str, object]:
    """Return the text of each page, or why there is none."""
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415 - not before the limits are set
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - not before the limits are set

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            return {"fault": LOCKED}
        if len(reader.pages) > PAGES:
            return {"fault": TOO_LARGE, "limit": PAGES}
        return {"pages": [page.extract_text() for page in reader.pages]}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return {"fault": DAMAGED}


def main() -> None:
    limit_oneself()
    # What reads a paper says on the log what it thinks of it, and may quote it.
    logging.disable(logging.CRITICAL)
    json.dump(pages_of(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
