"""The home folder and the keys that lie in it.

A key is 32 random bytes in a file of mode 0600, made at the first start and never again:
where the thing that it locks already exists, a missing key is refused, not replaced.
Imports no Django, so that the settings can ask.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from vigil.access.errors import KeyMissingError, UnsafeKeyFileError

KEY_BYTES = 32


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
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UnsafeKeyFileError(
            f"expected {path.name} to be readable by its owner only (mode 0600), found "
            f"{stat.S_IMODE(path.stat().st_mode):04o}; run chmod 600 on it"
        )
    try:
        found = bytes.fromhex(path.read_text().strip())
    except ValueError:
        found = b""
    if len(found) != KEY_BYTES:
        raise UnsafeKeyFileError(
            f"expected {KEY_BYTES} bytes in hexadecimal in {path.name}, found something else; "
            "restore the key from where your agency keeps it"
        )
    return found


def _make(path: Path) -> None:
    """Write under a name of its own, then link: two first starts at once end with one key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
