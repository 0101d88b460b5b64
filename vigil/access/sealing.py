"""Sealed values: AES-256-GCM, each bound to its place.

A value sealed for one table, column, row and agency opens nowhere else: the place is the
additional data of the cipher. The first byte says how it was sealed: 1, under the
installation's one key; 2, under a key of a ring, whose number is the second byte. Refuses to
say anything about a value that does not open.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from vigil.access.errors import SealBrokenError
from vigil.access.keys import Keys, key

VERSION = b"\x01"
RING_VERSION = b"\x02"
NONCE_BYTES = 12
TAG_BYTES = 16


@cache
def _cipher() -> AESGCM:
    return AESGCM(key("sealing.key", folder=settings.VIGIL_HOME))


@lru_cache(maxsize=8)
def _cipher_of(secret: bytes) -> AESGCM:
    return AESGCM(secret)


def _place(table: str, column: str, row: str, agency: str) -> bytes:
    parts = [part.encode() for part in (table, column, row, agency)]
    return b"|".join(str(len(part)).encode() + b":" + part for part in parts)


def seal(
    plain: bytes, *, table: str, column: str, row: str, agency: str, keys: Keys | None = None
) -> bytes:
    """The sealed form of `plain`: how, a random 96-bit nonce, the ciphertext.

    With `keys`, under the newest of them, and its number is part of what is bound.
    """
    nonce = os.urandom(NONCE_BYTES)
    place = _place(table, column, row, agency)
    if keys is None:
        return VERSION + nonce + _cipher().encrypt(nonce, plain, place)
    number = keys.newest()
    head = RING_VERSION + bytes([number])
    return head + nonce + _cipher_of(keys.numbered(number)).encrypt(nonce, plain, head + place)


def unseal(
    sealed: bytes, *, table: str, column: str, row: str, agency: str, keys: Keys | None = None
) -> bytes:
    """What was sealed for exactly this place. With `keys` a value from before they were, under
    the installation's one key, opens as well.

    Raises: SealBrokenError when it was moved, altered or sealed under another key;
        KeyMissingError when its key is not there.
    """
    sealed = bytes(sealed)
    place = _place(table, column, row, agency)
    how, bound = sealed[:1], place
    if how == RING_VERSION and keys is not None:
        how = sealed[:2]
        bound = how + place
    elif how != VERSION:
        raise SealBrokenError
    if len(sealed) < len(how) + NONCE_BYTES + TAG_BYTES:
        raise SealBrokenError
    cipher = _cipher() if len(how) == 1 else _cipher_of(_number(keys, how[1]))
    nonce, body = sealed[len(how) : len(how) + NONCE_BYTES], sealed[len(how) + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, body, bound)
    except InvalidTag as broken:
        raise SealBrokenError from broken


def key_number(sealed: bytes | memoryview) -> int:
    """The number of the key of a ring that a value is sealed under; 0 for the one key."""
    head = bytes(sealed[:2])
    return head[1] if head[:1] == RING_VERSION and len(head) == 2 else 0


def _number(keys: Keys | None, number: int) -> bytes:
    if keys is None or number == 0:
        raise SealBrokenError
    return keys.numbered(number)
