"""Signing, verifying and sealing, by the package cryptography."""
