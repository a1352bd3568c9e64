"""What casework needs to hand out paper: documents made from data, and the signatures on them."""

from dataclasses import dataclass
from typing import Protocol

from answerable.core.errors import Refusal
from answerable.core.proceeding.response import CollectedResponse


class CertificateUnusable(Refusal):
    """A certificate or its key cannot be read, do not fit each other, or may not sign documents.

    ``reason`` is unreadable, not-one-pair, encrypted, expired or not-for-signing.
    """

    code = "certificate-unusable"


class NotADocument(Refusal):
    """The file is no PDF that can be read."""

    code = "not-a-document"


class ClearedAnother(Refusal):
    """The act of clearance names other data than those that would be printed with its receipt."""

    code = "cleared-another"


class TooMuchForPaper(Refusal):
    """The document cannot be set. ``reason`` is what the typesetter says, for whoever runs this."""

    code = "too-much-for-paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceReceipt:
    """The receipt of the act that cleared a response.

    ``number`` is the act's (``XA-2026-0007-3/14``), ``at`` its instant, ``receipt`` the file as the
    ledger issued it. ``digest`` is the SHA-256 of the data that the act names. ``whole`` is that of
    the data as they were cleared, where words in them were erased since; else it is empty. ``bare``
    is that of the data without any words of contests, which the act names too, where words of
    other contests stand in them still; else it is empty.
    ``signed`` is the key with which the collector signed the act, "" where it did not.
    """

    number: str
    at: str
    receipt: bytes
    digest: str
    whole: str = ""
    bare: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingReceipt:
    """The receipt of the act that sent a response, and how it was sent.

    ``channel`` is a code of the act, ``to`` whom it was sent to, in the sender's words, and
    ``document`` the SHA-256 of the file that was sent.
    """

    number: str
    at: str
    receipt: bytes
    document: str
    to: str
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A mechanism's certificate and those above it, and its private key, both as PEM."""

    certificates: bytes
    key: bytes


class Documents(Protocol):
    """Makes documents of data, with no clock and no network, from its own templates and fonts.

    The same arguments give the same bytes, with the same version of what sets them: the date in the
    file is that of the data. What people wrote is printed letter by letter and never followed; what
    cannot be seen, or no font here can show, is spelt as <U+202E>. Each PDF is tagged, and declares
    PDF/A-3a and PDF/UA-1.
    """

    def response_pdf(
        self,
        response: CollectedResponse,
        *,
        language: str,
        cleared: ClearanceReceipt | None,
        signed_by: str | None = None,
    ) -> bytes:
        """Return a response as a PDF, to which ``response.json`` and its receipt are attached.

        Without ``cleared`` each page says that it is not cleared. ``signed_by`` is printed as the
        name that the signature will have; sign_pdf is to be called with the certificate of that
        name.

        Raises:
            ClearedAnother: the receipt is that of other data.
            TooMuchForPaper: it cannot be set.
        """
        ...

    def data_of(self, file: bytes) -> str | None:
        """Return the fingerprint of the ``response.json`` attached to a PDF, None where none is.

        A file may be anything: what is no PDF, or cannot be read, has none. Where several of that
        name are not the same, it is the fingerprint of all of them, and so of no response.
        """
        ...

    def sending_slip(
        self, response: CollectedResponse, sent: SendingReceipt, *, language: str
    ) -> bytes:
        """Return a slip of one page or two that says when what was sent to whom, with its receipt.

        Raises:
            TooMuchForPaper: it cannot be set.
        """
        ...

    def signer_of(self, certificate: Certificate) -> str:
        """Return the name that a signature with this certificate has.

        Raises:
            CertificateUnusable: it cannot be used.
        """
        ...

    def sign_pdf(self, pdf: bytes, certificate: Certificate, *, at: str) -> bytes:
        """Return the PDF with a PAdES signature (baseline B-B), which states the instant ``at``.

        Raises:
            CertificateUnusable: it cannot be used.
            NotADocument: it is no PDF.
        """
        ...
