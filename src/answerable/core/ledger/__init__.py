"""The ledger's formats and proofs: bytes in, bytes out."""
