"""PAdES signatures on PDFs, by pyHanko, and what they prove. No network is asked."""

import logging
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from answerable.casework.documents import NotADocument, Signed
from answerable.core.acts import instant_text
from answerable.documents import certificates

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

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


def verify(pdf: bytes, *, trusted: bytes) -> tuple[Signed, ...]:
    """Return what each signature of a PDF proves, the oldest first."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - only who verifies waits

    roots = certificates.certificates_of(trusted)

    def checked() -> tuple[Signed, ...]:
        reader: PdfFileReader = PdfFileReader(BytesIO(pdf))
        return tuple(_checked(one, roots) for one in reader.embedded_regular_signatures)

    return _reading(checked)


def _checked(signature: "EmbeddedPdfSignature", roots: list[Any]) -> Signed:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - as above
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415 - as above
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 - as above
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 - as above

    stated = signature.self_reported_timestamp
    # The certificate had to be good when it signed, by the signer's own clock: no other is asked.
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=stated)
    status = validate_pdf_signature(
        signature,
        signer_validation_context=context,
        key_usage_settings=KeyUsageConstraints(
            key_usage=certificates.USES, match_all_key_usages=False
        ),
    )
    return Signed(
        by=certificates.name_of(signature.signer_cert),
        at=None if stated is None else instant_text(int(stated.timestamp() * 1000)),
        is_intact=bool(status.intact and status.valid),
        is_whole=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_trusted=bool(status.trusted),
    )


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
