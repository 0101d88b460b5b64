"""Is the record whole? The verifier of a ledger's export, alone.

    python -m vigil.ledger.verify EXPORT [--kept SIZE:ROOT ...] [--json]

One file, standard library only; it works when it is copied elsewhere by itself, and shares
no code with what wrote the ledger. It recomputes every hash from the leaves (RFC 9162) and
checks, in this order:

  1. each entry stands in its place: no gap, none twice, none out of order;
  2. each leaf hashes to the hash that it was sealed with, and is a leaf of ours;
  3. where the row beside the leaf is given, it says the same as the leaf;
  4. no entry's own number comes a second time;
  5. each checkpoint's root is the root over exactly the entries before it;
  6. the export ends where its header says, under a checkpoint;
  7. each checkpoint that you kept from earlier is in this history.

What it cannot see: whoever can write both the entries and every checkpoint can make a new
history that is whole in itself. Keep checkpoints in other hands and give them with --kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

FORMAT = LEAF_VERSION = 1
ROW_KEYS = ("entry", "recorded_at", "by", "agency", "did")
LEAF_KEYS = {*ROW_KEYS, "v", "at", "role", "targets", "because", "facts"}
LONGEST_LINE = 16 * 1024 * 1024
MOST_FAULTS = 20
WHOLE, FAULTS, REFUSED = 0, 1, 2


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: at which entry (None: none in particular), and what."""

    entry: int | None
    what: str


@dataclass
class Report:
    """What was checked and what was found. `faults` is in the order of the entries."""

    entries: int = 0
    checkpoints: int = 0
    unsealed: int = 0
    root: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was wrong."""
        return not self.faults

    @property
    def first_bad(self) -> int | None:
        """The first entry that is wrong or may be."""
        places = [f.entry for f in self.faults if f.entry is not None]
        return min(places) if places else None

    def add(self, entry: int | None, what: str) -> None:
        """Note a fault, unless there are enough to look at."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(entry, what))


class _Tree:
    """Roots of full subtrees, each with its height, merged as they pair up."""

    def __init__(self) -> None:
        self.stack: list[tuple[int, bytes]] = []

    def add(self, digest: bytes) -> None:
        height = 0
        while self.stack and self.stack[-1][0] == height:
            digest = hashlib.sha256(b"\x01" + self.stack.pop()[1] + digest).digest()
            height += 1
        self.stack.append((height, digest))

    def root(self) -> str:
        if not self.stack:
            return hashlib.sha256(b"").hexdigest()
        digest = self.stack[-1][1]
        for _, left in self.stack[-2::-1]:
            digest = hashlib.sha256(b"\x01" + left + digest).digest()
        return digest.hex()


class _Verifier:
    """The state of one reading, fed line by line."""

    def __init__(self, kept: Mapping[int, str]) -> None:
        self.report = Report()
        self.tree = _Tree()
        self.kept = kept
        self.seen: set[bytes] = set()
        self.next = 0
        self.sealed_to = 0
        self.sealed_at = ""
        # A fault of one entry was found since the last checkpoint: it explains a wrong root.
        self.is_explained = False
        self.is_root_broken = False
        self.header: Mapping[str, Any] | None = None

    def blame(self, place: int | None, what: str) -> None:
        self.is_explained = True
        self.report.add(place, what)

    def take(self, line: Mapping[str, Any]) -> None:
        if self.header is None:
            self.header = line
            if line.get("vigil_ledger") != FORMAT:
                self.report.add(None, f"expected the header of a ledger export, format {FORMAT}")
        elif "leaf" in line:
            self._take_entry(line)
        elif "root" in line:
            self._take_checkpoint(line)
        else:
            self.report.add(self.next, "expected an entry or a checkpoint, found another line")

    def _take_entry(self, line: Mapping[str, Any]) -> None:
        place, text = line.get("n"), str(line["leaf"])
        digest = hashlib.sha256(b"\x00" + text.encode("utf-8", "surrogatepass")).digest()
        if place is None:
            self.report.unsealed += 1
            self._check_leaf(None, text, line)
            return
        if place != self.next:
            self.blame(self.next, f"expected entry {self.next} here, found {place!r}")
            self.next = place if isinstance(place, int) else self.next
        if line.get("hash") != digest.hex():
            self.blame(self.next, "its text is not what was sealed")
        self._check_leaf(self.next, text, line)
        self.tree.add(digest)
        self.report.entries += 1
        self.next += 1
        size = self.report.entries
        if size in self.kept and self.kept[size] != self.tree.root():
            self.report.add(None, f"the checkpoint kept at {size} is not in this history")

    def _check_leaf(self, place: int | None, text: str, line: Mapping[str, Any]) -> None:
        try:
            leaf = json.loads(text)
        except (ValueError, RecursionError):
            leaf = None
        is_ours = isinstance(leaf, dict) and leaf.keys() == LEAF_KEYS
        if not is_ours or leaf["v"] != LEAF_VERSION or not isinstance(leaf["targets"], list):
            self.blame(place, "its text is no entry of this format")
            return
        number = hashlib.sha256(str(leaf["entry"]).encode("utf-8", "surrogatepass")).digest()[:16]
        if number in self.seen:
            self.blame(place, "its own number has come before: it was written a second time")
        self.seen.add(number)
        row = line.get("row")
        if isinstance(row, dict) and isinstance(row.get("targets"), list):
            self._check_row(place, leaf, row)

    def _check_row(self, place: int | None, leaf: dict[str, Any], row: dict[str, Any]) -> None:
        other = [key for key in ROW_KEYS if row.get(key) != leaf[key]]
        if set(map(str, leaf["targets"])) != set(map(str, row["targets"])):
            other.append("targets")
        if other:
            self.report.add(place, f"the row beside it says otherwise: {', '.join(other)}")

    def _take_checkpoint(self, line: Mapping[str, Any]) -> None:
        size, before = line.get("size"), self.sealed_to
        self.report.checkpoints += 1
        is_here = isinstance(size, int) and before < size == self.next
        is_right = is_here and line["root"] == self.tree.root()
        if not is_right and not self.is_root_broken:
            # Every later root is wrong too; the first says where.
            self.is_root_broken = True
            if not self.is_explained:
                self.report.add(
                    before,
                    f"checkpoint {size!r} does not fit the entries before it: one of {before} to "
                    f"{max(before, self.next - 1)} was altered, removed, put in or moved, or the "
                    "checkpoint was replaced",
                )
        self.is_explained = False
        sealed_at = str(line.get("sealed_at"))
        if sealed_at < self.sealed_at:
            self.report.add(before, f"checkpoint {size!r} is dated before the one before it")
        self.sealed_at = sealed_at
        self.sealed_to = self.next

    def finish(self) -> Report:
        if self.header is None:
            self.report.add(None, "expected the header of a ledger export, found nothing")
            return self.report
        expected = self.header.get("size")
        if expected != self.report.entries:
            self.report.add(
                self.next, f"the header says {expected!r} entries, found {self.report.entries}"
            )
        if self.sealed_to != self.next:
            self.report.add(self.sealed_to, f"no checkpoint covers entry {self.sealed_to} and on")
        for size in sorted(self.kept):
            if size > self.report.entries or size < 1:
                self.report.add(
                    self.report.entries,
                    f"you kept a checkpoint over {size} entries, found {self.report.entries}",
                )
        self.report.root = self.tree.root()
        return self.report


def verify(lines: Iterable[Mapping[str, Any]], kept: Mapping[int, str] | None = None) -> Report:
    """Check a ledger, line by line; `kept` maps sizes to the roots that you kept from earlier.

    Raises nothing for a bad ledger: its faults are in the report.
    """
    verifier = _Verifier(kept or {})
    for line in lines:
        verifier.take(line)
    return verifier.finish()


def lines_of(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The lines of an export. One that cannot be read comes as a line of no known kind."""
    while line := file.readline(LONGEST_LINE):
        try:
            read = json.loads(line)
        except (ValueError, RecursionError):
            read = None
        yield read if isinstance(read, dict) else {}


def kept_of(texts: Sequence[str]) -> dict[int, str]:
    """`SIZE:ROOT`, as `vigil ledger checkpoint` prints it, to size and root.

    Raises: ValueError.
    """
    kept = {}
    for text in texts:
        size, _, root = text.partition(":")
        if len(bytes.fromhex(root)) != hashlib.sha256().digest_size:
            raise ValueError("expected a checkpoint as SIZE:ROOT, with a root of 64 hex digits")
        kept[int(size)] = root.lower()
    return kept


def in_words(report: Report) -> list[str]:
    """The report as lines for a person."""
    said = [
        f"entries {report.entries}, checkpoints {report.checkpoints}, "
        f"not yet sealed {report.unsealed}",
        f"root {report.root}",
    ]
    for fault in report.faults:
        where = "" if fault.entry is None else f"entry {fault.entry}: "
        said.append(f"FAULT {where}{fault.what}")
    if report.is_whole:
        return [*said, "The ledger is whole."]
    first = report.first_bad
    end = "" if first is None else f" The first entry that is wrong or may be is {first}."
    return [*said, f"The ledger is NOT whole.{end}"]


def as_json(report: Report) -> dict[str, Any]:
    """The report for a program."""
    return {
        "whole": report.is_whole,
        "entries": report.entries,
        "checkpoints": report.checkpoints,
        "unsealed": report.unsealed,
        "root": report.root,
        "first_bad": report.first_bad,
        "faults": [{"entry": f.entry, "what": f.what} for f in report.faults],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify one file; 0 whole, 1 not whole, 2 not readable or not asked rightly."""
    parser = argparse.ArgumentParser(prog="verify", description="Is this ledger export whole?")
    parser.add_argument("export")
    parser.add_argument("--kept", action="append", default=[], metavar="SIZE:ROOT")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        kept = kept_of(asked.kept)
        with open(asked.export, "rb") as file:
            report = verify(lines_of(file), kept)
    except (OSError, ValueError) as refused:
        sys.stderr.write(f"verify: {refused}\n")
        return REFUSED
    text = json.dumps(as_json(report)) if asked.json else "\n".join(in_words(report))
    sys.stdout.write(text + "\n")
    return WHOLE if report.is_whole else FAULTS


if __name__ == "__main__":
    sys.exit(main())
