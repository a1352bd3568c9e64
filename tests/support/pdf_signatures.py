"""What the signatures of a PDF prove, by pyHanko's own validation: as a stranger would check it."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from asn1crypto.x509 import Certificate as Der
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from answerable.core.acts import instant_text

DAMAGED = (
    *(PdfError, SigningError, SignatureValidationError),
    *(ValueError, LookupError, TypeError, AttributeError, RecursionError),
)
"""What pyHanko does with a file that is damaged in any way."""
SIGNS = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What one signature proves.

    ``is_intact`` says that the signed bytes are those of the file, ``is_whole`` that nothing was
    added after them, ``is_trusted`` that the certificate leads to one that was handed in. ``at`` is
    the signer's own clock, UTC, and nobody else vouches for it.
    """

    by: str
    at: str | None
    is_intact: bool
    is_whole: bool
    is_trusted: bool

    @property
    def is_valid(self) -> bool:
        return self.is_intact and self.is_whole and self.is_trusted


def signatures_of(pdf: bytes, *, trusted: bytes) -> tuple[Signed, ...]:
    """Return what each signature proves by the certificates in ``trusted`` (PEM), oldest first.

    Raises:
        One of DAMAGED: it is no PDF that can be read.
    """
    found = x509.load_pem_x509_certificates(trusted)
    roots = [Der.load(one.public_bytes(Encoding.DER)) for one in found]
    reader: PdfFileReader = PdfFileReader(BytesIO(pdf))
    return tuple(_checked(one, roots) for one in reader.embedded_regular_signatures)


def _checked(signature: EmbeddedPdfSignature, roots: list[Any]) -> Signed:
    stated = signature.self_reported_timestamp
    # The certificate had to be good when it signed, by the signer's own clock: no other is asked.
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=stated)
    status = validate_pdf_signature(
        signature,
        signer_validation_context=context,
        key_usage_settings=KeyUsageConstraints(key_usage=SIGNS, match_all_key_usages=False),
    )
    by = x509.load_der_x509_certificate(signature.signer_cert.dump()).subject
    return Signed(
        by=str(by.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value),
        at=None if stated is None else instant_text(int(stated.timestamp() * 1000)),
        is_intact=bool(status.intact and status.valid),
        is_whole=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_trusted=bool(status.trusted),
    )
