"""Documents set by Typst and signed by pyHanko: casework's port, kept."""

from datetime import UTC, datetime
from hashlib import sha256

from answerable.casework.documents import (
    Certificate,
    ClearanceReceipt,
    ClearedAnother,
    SendingReceipt,
)
from answerable.core.acts import instant_of
from answerable.core.proceeding.response import CollectedResponse
from answerable.documents.response_view import DATA, response_view, slip_view
from answerable.documents.saying import Saying
from answerable.documents.typesetting import typeset


class TypstDocuments:
    """Makes and signs PDFs. What is heavy is loaded when the first is asked for."""

    def response_pdf(
        self,
        response: CollectedResponse,
        *,
        language: str,
        cleared: ClearanceReceipt | None,
        signed_by: str | None = None,
    ) -> bytes:
        if cleared is not None and cleared.digest != response.digest():
            raise ClearedAnother("the act names other data", number=cleared.number)
        view = response_view(
            response, _saying(response, language), cleared=cleared, signed_by=signed_by
        )
        return typeset("response.typ", view, at_seconds=_seconds(response.as_of))

    def data_of(self, file: bytes) -> str | None:
        from answerable.documents.attached import attached  # noqa: PLC0415 - only who sends waits

        found = attached(file, DATA)
        return sha256(b"".join(found)).hexdigest() if found else None

    def sending_slip(
        self, response: CollectedResponse, sent: SendingReceipt, *, language: str
    ) -> bytes:
        view = slip_view(response, _saying(response, language), sent)
        return typeset("slip.typ", view, at_seconds=_seconds(sent.at))

    def signer_of(self, certificate: Certificate) -> str:
        from answerable.documents import certificates  # noqa: PLC0415 - only who signs waits for it

        return certificates.identity_of(certificate).name

    def sign_pdf(self, pdf: bytes, certificate: Certificate, *, at: str) -> bytes:
        from answerable.documents import certificates, signing  # noqa: PLC0415 - as above

        moment = datetime.fromtimestamp(_seconds(at), UTC)
        identity = certificates.identity_of(certificate)
        identity.require_valid(moment)
        return signing.sign(pdf, identity, at=moment)


def _saying(response: CollectedResponse, language: str) -> Saying:
    return Saying(language, (response.zone, response.procedure_zone))


def _seconds(instant: str) -> int:
    return instant_of(instant) // 1000
