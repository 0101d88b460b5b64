"""Sealed values: AES-256-GCM, each bound to its place.

A value sealed for one table, column, row and agency opens nowhere else: the place is the
additional data of the cipher. Refuses to say anything about a value that does not open.
"""

from __future__ import annotations

import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from vigil.access.errors import SealBrokenError
from vigil.access.keys import key

VERSION = b"\x01"
NONCE_BYTES = 12
TAG_BYTES = 16


@cache
def _cipher() -> AESGCM:
    return AESGCM(key("sealing.key", folder=settings.VIGIL_HOME))


def _place(table: str, column: str, row: str, agency: str) -> bytes:
    parts = [part.encode() for part in (table, column, row, agency)]
    return b"|".join(str(len(part)).encode() + b":" + part for part in parts)


def seal(plain: bytes, *, table: str, column: str, row: str, agency: str) -> bytes:
    """The sealed form of `plain`: a version byte, a random 96-bit nonce, the ciphertext."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + _cipher().encrypt(nonce, plain, _place(table, column, row, agency))


def unseal(sealed: bytes, *, table: str, column: str, row: str, agency: str) -> bytes:
    """What was sealed for exactly this place.

    Raises: SealBrokenError when it was moved, altered or sealed under another key.
    """
    sealed = bytes(sealed)
    if sealed[:1] != VERSION or len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
        raise SealBrokenError
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return _cipher().decrypt(nonce, body, _place(table, column, row, agency))
    except InvalidTag as broken:
        raise SealBrokenError from broken
