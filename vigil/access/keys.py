"""The home folder and the keys that lie in it.

A key is 32 random bytes in a file of mode 0600, made at the first start and never again:
where the thing that it locks already exists, a missing key is refused, not replaced. A ring
holds several keys by number, so that a value can be sealed anew under a newer one while the
older ones still open. Imports no Django, so that the settings can ask.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from vigil.access.errors import KeyMissingError, KeyRingError, UnsafeKeyFileError

KEY_BYTES = 32
# The number of a key is one byte of what it seals; 0 is none.
MOST_KEYS = 255


def home() -> Path:
    """The folder of this installation: `VIGIL_HOME`, or `./var`."""
    return Path(os.environ.get("VIGIL_HOME") or "var").resolve()


def key(name: str, *, locks: Path | None = None, folder: Path | None = None) -> bytes:
    """The key of that name, made if it is not there yet.

    `locks` is the file that the key opens: when it exists and the key does not, a new key
    could never open it, so this refuses.

    Raises: KeyMissingError, UnsafeKeyFileError.
    """
    path = (folder or home()) / name
    if not path.exists():
        if locks is not None and locks.exists():
            raise KeyMissingError(
                f"expected the key {path.name} beside the database that it opens, found none; "
                "restore the key from where your agency keeps it"
            )
        _make(path)
    _check_is_private(path)
    return _key_of(path.read_text().strip(), path)


class Keys(Protocol):
    """The keys of one name, by number: all that sealing needs to know of where they lie.

    A hardware module or a vault stands behind these three as well as a file does.
    """

    def newest(self) -> int:
        """The number of the key to seal under; 0 while there is none."""

    def numbered(self, number: int) -> bytes:
        """Raises: KeyMissingError."""

    def add(self, *, after: int) -> int:
        """Make a key newer than number `after`, unless there is one; the newest number."""


@dataclass(frozen=True)
class KeyFile:
    """Keys in one file of mode 0600: a line each, `number hexadecimal`."""

    path: Path

    def newest(self) -> int:
        """The number of the key to seal under; 0 while there is none."""
        return max(self._keys(), default=0)

    def numbered(self, number: int) -> bytes:
        """The key of that number. Raises: KeyMissingError, UnsafeKeyFileError."""
        found = self._keys().get(number)
        if found is None:
            raise KeyMissingError(
                f"expected key number {number} in {self.path.name}, found none; restore the key "
                "from where your agency keeps it"
            )
        return found

    def add(self, *, after: int) -> int:
        """Make a key newer than number `after`, unless there is one; the newest number.

        Two who add at once end with one new key. Raises: UnsafeKeyFileError, KeyRingError.
        """
        with _held(self.path):
            keys = dict(self._keys())
            newest = max(keys, default=0)
            if newest > after:
                return newest
            if newest == MOST_KEYS:
                raise KeyRingError
            keys[newest + 1] = secrets.token_bytes(KEY_BYTES)
            _replace(self.path, "".join(f"{n} {found.hex()}\n" for n, found in keys.items()))
            return newest + 1

    def _keys(self) -> Mapping[int, bytes]:
        """The file as it is now: another process may have added a key since the last look."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        return _ring(self.path, found.st_mtime_ns, found.st_ino, stat.S_IMODE(found.st_mode))


def keys_named(name: str, *, folder: Path | None = None) -> Keys:
    """The keys of that name, wherever this installation keeps them: for now in its home."""
    return KeyFile((folder or home()) / f"{name}.key")


@lru_cache(maxsize=8)
def _ring(path: Path, changed: int, inode: int, mode: int) -> Mapping[int, bytes]:  # noqa: ARG001
    _check_is_private(path)
    keys: dict[int, bytes] = {}
    for line in path.read_text().splitlines():
        number, _, text = line.partition(" ")
        if not number.isdecimal() or not 0 < int(number) <= MOST_KEYS or int(number) in keys:
            raise _not_a_key(path)
        keys[int(number)] = _key_of(text.strip(), path)
    if not keys:
        raise _not_a_key(path)
    return MappingProxyType(keys)


def _check_is_private(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise UnsafeKeyFileError(
            f"expected {path.name} to be readable by its owner only (mode 0600), found "
            f"{mode:04o}; run chmod 600 on it"
        )


def _key_of(text: str, path: Path) -> bytes:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != KEY_BYTES:
        raise _not_a_key(path)
    return found


def _not_a_key(path: Path) -> UnsafeKeyFileError:
    return UnsafeKeyFileError(
        f"expected {KEY_BYTES} bytes in hexadecimal in {path.name}, found something else; "
        "restore the key from where your agency keeps it"
    )


def _make(path: Path) -> None:
    """Write under a name of its own, then link: two first starts at once end with one key."""
    draft = _draft(path, secrets.token_hex(KEY_BYTES) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _replace(path: Path, text: str) -> None:
    """The whole file or the old one: a kill at any instant loses no key."""
    os.replace(_draft(path, text), path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _draft(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """One at a time, across processes; the lock goes with the process that holds it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
