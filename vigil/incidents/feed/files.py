"""Which files a feed is made of, in which order, and their digest.

One file, a directory or a pattern. A file that is left out of a directory is said, never
silently passed over. It opens nothing but to tell a format or a digest.
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from vigil.incidents.errors import FeedError
from vigil.incidents.feed.columns import TRUTH_FILE_NAME


class Format(StrEnum):
    """How the rows of a file are written."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"


SUFFIXES = {
    ".csv": Format.CSV,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".parquet": Format.PARQUET,
}


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One file of a feed. `name` is what a fault calls it."""

    path: Path
    name: str
    format: Format
    size: int


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The files of a feed in the order of reading, and those beside them that are not read."""

    files: tuple[FeedFile, ...]
    left_out: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(file.size for file in self.files)


def feed_files(feed: str | Path) -> FeedFiles:
    """The files of a feed: a file, the files of a directory by name, or those of a pattern.

    Raises: FeedError when there is none, or one of them is empty.
    """
    path = Path(feed)
    if path.is_file():
        return FeedFiles((_feed_file(path, SUFFIXES.get(path.suffix.lower()) or _sniff(path)),), ())
    if path.is_dir():
        found = sorted(path.iterdir(), key=lambda entry: entry.name)
    elif glob.has_magic(str(feed)):
        found = [Path(name) for name in sorted(glob.glob(str(feed), recursive=True))]
    else:
        raise FeedError(
            "expected a file, a directory or a pattern such as feeds/*.csv, found nothing at "
            f"{path.name!r}; check the path"
        )
    return _chosen(found)


def _chosen(found: Iterable[Path]) -> FeedFiles:
    files, left_out = [], []
    for path in found:
        kind = SUFFIXES.get(path.suffix.lower())
        if path.name == TRUTH_FILE_NAME or path.name.startswith("."):
            continue
        if kind is None or not path.is_file():
            left_out.append(path.name)
        else:
            files.append(_feed_file(path, kind))
    if not files:
        raise FeedError(
            "expected at least one file that ends in .csv, .jsonl, .ndjson or .parquet, found "
            "none there; check the path"
        )
    return FeedFiles(tuple(files), tuple(left_out))


def _feed_file(path: Path, kind: Format) -> FeedFile:
    size = path.stat().st_size
    if size == 0:
        raise FeedError(
            f"{path.name}: expected a feed with its column names and rows, found an empty file; "
            "ask the sender for it again"
        )
    return FeedFile(path, path.name, kind, size)


def _sniff(path: Path) -> Format:
    with path.open("rb") as file:
        start = file.read(64)
    if start[:4] == b"PAR1":
        return Format.PARQUET
    return Format.JSON_LINES if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" else Format.CSV


def digest_of(files: Iterable[FeedFile]) -> str:
    """SHA-256 over the content of the files in order; their names are no part of it."""
    whole = hashlib.sha256()
    for file in files:
        with file.path.open("rb") as stream:
            whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()
