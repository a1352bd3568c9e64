"""Certificates that a test makes for itself: nobody vouches for them."""

from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from answerable.casework.documents import Certificate

MECHANISM = "Joint Mechanism of Exampland"
FROM, TO = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


@cache
def self_made(name: str = MECHANISM, *, signs: bool = True) -> Certificate:
    """Return a certificate of P-256 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    uses = {
        "content_commitment": signs,
        "digital_signature": signs,
        "key_encipherment": not signs,
        "data_encipherment": False,
        "key_agreement": False,
        "key_cert_sign": False,
        "crl_sign": False,
        "encipher_only": False,
        "decipher_only": False,
    }
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(TO)
        .add_extension(x509.KeyUsage(**uses), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Certificate(certificates=made.public_bytes(Encoding.PEM), key=_pem(key, NoEncryption()))


def encrypted_key() -> bytes:
    return _pem(ec.generate_private_key(ec.SECP256R1()), BestAvailableEncryption(b"secret"))


def _pem(key: ec.EllipticCurvePrivateKey, how: KeySerializationEncryption) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)
