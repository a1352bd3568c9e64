"""The collected response on paper: what was cleared, with the receipt of its clearance."""

from dataclasses import dataclass, replace
from hashlib import sha256

from answerable.casework.collect_response import CollectResponse
from answerable.casework.documents import Certificate, ClearanceReceipt, Documents, SendingReceipt
from answerable.casework.ports import ActOnFile, Ledger
from answerable.casework.reading import Reading
from answerable.core.acts import instant_text
from answerable.core.docket import Docket
from answerable.core.proceeding.acts.sending import NothingSent
from answerable.core.proceeding.now import proceeding_of
from answerable.core.proceeding.response import CollectedResponse


@dataclass(frozen=True, slots=True)
class PrintResponse:
    """Makes the documents of a proceeding: the same bytes at any later time, before signing."""

    ledger: Ledger
    reading: Reading
    collect: CollectResponse
    documents: Documents

    def response(self, docket: Docket) -> tuple[CollectedResponse, ClearanceReceipt | None]:
        """Return what is printed: what was cleared last, else what there is, not cleared.

        Where words of contests were erased since, it is the response without these. That nothing
        else of it is changed shows the fingerprint without any, which the clearance names too.
        """
        cleared = proceeding_of(docket.state).cleared
        if not cleared:
            return self.collect(docket), None
        act = self.reading.dockets.acts(docket.id)[cleared - 1]
        facts = act.kept.envelope.facts
        receipt = ClearanceReceipt(
            number=act.number,
            at=instant_text(act.kept.envelope.at),
            receipt=self.ledger.receipt(act).encode(),
            digest=str(facts.get("sha256", "")),
            signed=act.kept.envelope.signed_with,
        )
        response = self.collect.cleared(docket, act.kept.envelope)
        digest, bare = response.digest(), response.without_words().digest()
        if digest != receipt.digest and bare == facts.get("bare"):
            named = bare if bare != digest else ""
            return response, replace(receipt, digest=digest, whole=receipt.digest, bare=named)
        return response, receipt

    def pdf(self, docket: Docket, language: str, certificate: Certificate | None = None) -> bytes:
        """Return the response as a PDF, signed where a certificate is given.

        Raises:
            ClearedAnother: what was cleared cannot be made again from the acts.
            CertificateUnusable, TooMuchForPaper.
        """
        response, cleared = self.response(docket)
        signer = None if certificate is None else self.documents.signer_of(certificate)
        pdf = self.documents.response_pdf(
            response, language=language, cleared=cleared, signed_by=signer
        )
        if certificate is None:
            return pdf
        at = response.as_of if cleared is None else cleared.at
        return self.documents.sign_pdf(pdf, certificate, at=at)

    def says_of(self, file: bytes) -> dict[str, str]:
        """Return the facts of a file that is sent: its fingerprint, and that of data in it."""
        data = self.documents.data_of(file)
        return {"sha256": sha256(file).hexdigest(), **({} if data is None else {"data": data})}

    def slip(self, docket: Docket, language: str) -> bytes:
        """Return the slip of the last sending, with its receipt.

        Raises:
            NothingSent: nothing was.
        """
        sent = proceeding_of(docket.state).sent
        if not sent:
            raise NothingSent("nothing sent")
        act = self.reading.dockets.acts(docket.id)[sent[-1] - 1]
        response, _ = self.response(docket)
        return self.documents.sending_slip(response, self._sending(act), language=language)

    def _sending(self, act: ActOnFile) -> SendingReceipt:
        said = self.reading.said(act)
        facts = act.kept.envelope.facts
        return SendingReceipt(
            number=act.number,
            at=instant_text(act.kept.envelope.at),
            receipt=self.ledger.receipt(act).encode(),
            document=str(facts.get("sha256", "")),
            to=str(said.get("addressee", "")),
            channel=str(facts.get("channel", "")),
        )
