"""PAdES signatures on PDFs, by pyHanko, and what they prove. No network is asked."""

import logging
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from answerable.casework.documents import NotADocument
from answerable.documents import certificates

if TYPE_CHECKING:
    pass

T = TypeVar("T")

# What it would print of a certificate that it does not trust is our answer, not a fault.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


def sign(pdf: bytes, identity: certificates.Identity, *, at: datetime) -> bytes:
    """Return the PDF with a signature appended; what was there before stays byte for byte."""
    from pyhanko.pdf_utils.incremental_writer import (  # noqa: PLC0415 - only who signs waits for it
        IncrementalPdfFileWriter,
    )
    from pyhanko.sign import fields, signers  # noqa: PLC0415 - as above

    class Appending(IncrementalPdfFileWriter):
        """Leaves the file's own date and words, which are those of its data."""

        def _update_meta(self) -> None:
            pass

    class AtAnInstant(signers.PdfSigner):
        """States the instant that it was given, and asks no clock."""

        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = at
            return session

    writer = _reading(lambda: Appending(BytesIO(pdf)))
    name = f"Signature{len(writer.prev.embedded_signatures) + 1}"
    # PDF/UA-1 wants an untagged field to lie outside the page, PDF/A-3 wants it printed.
    field = fields.SigFieldSpec(
        name,
        invis_sig_settings=fields.InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )
    meta = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=identity.name,
    )
    out = BytesIO()
    AtAnInstant(meta, identity.signer(), new_field_spec=field).sign_pdf(writer, output=out)
    return out.getvalue()


def _reading(read: Callable[[], T]) -> T:
    """Return what reading a file gives; a file may be damaged in any way."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 - as above
    from pyhanko.sign.general import SigningError  # noqa: PLC0415 - as above
    from pyhanko.sign.validation.errors import (  # noqa: PLC0415 - as above
        SignatureValidationError,
    )

    damaged = (PdfError, SigningError, SignatureValidationError)
    try:
        return read()
    # Below its own errors, what a damaged file does to a parser: pyHanko lets these through.
    except (
        *damaged,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as problem:
        raise NotADocument(str(problem)) from problem
