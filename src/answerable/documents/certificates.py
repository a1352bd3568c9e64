"""The certificate that a mechanism signs documents with, read from PEM, and whom it names."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from answerable.casework.documents import Certificate, CertificateUnusable

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate that may sign, those above it, and its key."""

    chain: tuple[x509.Certificate, ...]
    key: bytes
    """PKCS #8, DER."""

    @property
    def name(self) -> str:
        return _name(self.chain[0].subject)

    def require_valid(self, at: datetime) -> None:
        leaf = self.chain[0]
        if not leaf.not_valid_before_utc <= at <= leaf.not_valid_after_utc:
            raise CertificateUnusable("not valid at that hour", reason="expired")

    def signer(self) -> "SimpleSigner":
        from asn1crypto.keys import PrivateKeyInfo  # noqa: PLC0415 - only who signs waits for it
        from asn1crypto.x509 import Certificate as Der  # noqa: PLC0415 - as above
        from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - as above
        from pyhanko_certvalidator.registry import (  # noqa: PLC0415 - as above
            SimpleCertificateStore,
        )

        leaf, *above = (Der.load(one.public_bytes(Encoding.DER)) for one in self.chain)
        others = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # it has no annotations
        others.register_multiple(above)
        return SimpleSigner(
            signing_cert=leaf,
            signing_key=PrivateKeyInfo.load(self.key),
            cert_registry=others,
        )


def identity_of(certificate: Certificate) -> Identity:
    """Return the identity that PEM files give, once certificate and key are found to fit.

    Raises:
        CertificateUnusable: they cannot be read or do not fit, or it may not sign documents.
    """
    chain = _read(certificate.certificates)
    try:
        key = load_pem_private_key(certificate.key, password=None)
    except TypeError as problem:
        raise CertificateUnusable(str(problem), reason="encrypted") from problem
    except ValueError as problem:
        raise CertificateUnusable(str(problem), reason="unreadable") from problem
    spki = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*spki) != chain[0].public_key().public_bytes(*spki):
        raise CertificateUnusable("the key is of another certificate", reason="not-one-pair")
    if not _may_sign(chain[0]):
        raise CertificateUnusable("its uses do not include signing", reason="not-for-signing")
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return Identity(chain, private)


def _read(pem: bytes) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(pem))
    except ValueError as problem:
        raise CertificateUnusable(str(problem), reason="unreadable") from problem


def _name(subject: x509.Name) -> str:
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = subject.get_attributes_for_oid(oid)
        if found:
            return str(found[0].value)
    return subject.rfc4514_string()


def _may_sign(certificate: x509.Certificate) -> bool:
    # RFC 5280, 4.2.1.3: a certificate that names any use must allow one of these two.
    try:
        uses = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return uses.digital_signature or uses.content_commitment
