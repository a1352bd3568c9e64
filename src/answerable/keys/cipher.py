"""Casework's port Cipher: AES-256-GCM by the cryptography library."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Aes256Gcm:
    """Authenticated encryption with 32-byte keys and 12-byte nonces (NIST SP 800-38D)."""

    def seal(self, key: bytes, plain: bytes, nonce: bytes) -> bytes:
        return nonce + AESGCM(key).encrypt(nonce, plain, None)

    def open(self, key: bytes, sealed: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        except InvalidTag:
            raise ValueError("the key is wrong, or the bytes have changed") from None
