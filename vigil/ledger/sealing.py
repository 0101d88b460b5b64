"""The sealer: gives unsealed entries their places in the tree, and writes the root down.

The worker calls it once a minute, so the window in which the last entries could be taken
away unseen is about a minute; how many are unsealed is always told. Each chunk is one
transaction with its checkpoint, so a sealer that is killed goes on where it stopped, and
two at once wait for each other. Refuses to seal on top of a ledger that is not whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from vigil.ledger.errors import BrokenLedgerError
from vigil.ledger.models import Checkpoint, Entry
from vigil.ledger.tree import HASH_BYTES, GrowingTree, leaf_hash

# One transaction's worth: 0.1 s of holding the ledger's lock, a few MB of leaves.
CHUNK = 5_000
WINDOW_SECONDS = 60
# Any number that nothing else in this database locks by.
ADVISORY_LOCK = 6_911_622


@dataclass(frozen=True)
class Head:
    """The newest checkpoint: how many entries, and the root over them in hexadecimal."""

    size: int
    root: str


def seal(at: datetime, *, chunk: int = CHUNK) -> Head | None:
    """Seal every entry that is not sealed yet; the head after it (None: nothing was ever sealed).

    Raises: BrokenLedgerError.
    """
    while _seal_chunk(at, chunk) == chunk:
        pass
    return head()


def head() -> Head | None:
    """The newest checkpoint."""
    row = Checkpoint.objects.order_by("-size").first()
    return Head(row.size, row.root) if row else None


def unsealed() -> int:
    """How many entries no checkpoint covers yet."""
    return int(Entry.objects.filter(leaf_index=None).count())


def _seal_chunk(at: datetime, chunk: int) -> int:
    with transaction.atomic(durable=True):
        _wait_for_other_sealers()
        tree = _grown_so_far()
        rows = Entry.objects.filter(leaf_index=None).order_by("id")
        taken = list(rows.values_list("id", "leaf")[:chunk])
        if not taken:
            return 0
        places = []
        for pk, leaf in taken:
            hashed = leaf_hash(leaf.encode())
            places.append((tree.size, hashed.hex(), pk))
            tree.append(hashed)
        _give_places(places)
        Checkpoint.objects.create(
            size=tree.size,
            root=tree.root().hex(),
            peaks=b"".join(tree.peaks).hex(),
            sealed_at=at,
        )
    return len(taken)


def _give_places(places: list[tuple[int, str, int]]) -> None:
    """Write place and hash to each row. PostgreSQL takes them as arrays, ten times as fast."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE ledger_entry SET leaf_index = new.place, leaf_hash = new.hash "
                "FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS new(place, hash, id) "
                "WHERE ledger_entry.id = new.id AND ledger_entry.leaf_index IS NULL",
                [list(column) for column in zip(*places, strict=True)],
            )
        else:
            cursor.executemany(
                "UPDATE ledger_entry SET leaf_index = %s, leaf_hash = %s "
                "WHERE id = %s AND leaf_index IS NULL",
                places,
            )


def _wait_for_other_sealers() -> None:
    """On SQLite the transaction itself is the lock: it began IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def _grown_so_far() -> GrowingTree:
    """The tree as the newest checkpoint left it, after a look whether the entries agree."""
    row = Checkpoint.objects.order_by("-size").first()
    tree = GrowingTree()
    if row is not None:
        joined = bytes.fromhex(row.peaks)
        starts = range(0, len(joined), HASH_BYTES)
        tree = GrowingTree(row.size, [joined[s : s + HASH_BYTES] for s in starts])
        if tree.root().hex() != row.root or len(tree.peaks) != row.size.bit_count():
            raise BrokenLedgerError(f"checkpoint {row.size}: {BrokenLedgerError.__doc__}")
    last = Entry.objects.aggregate(last=Max("leaf_index"))["last"]
    sealed = 0 if last is None else last + 1
    if sealed != tree.size:
        raise BrokenLedgerError(
            f"expected {tree.size} sealed entries as the newest checkpoint says, found {sealed}; "
            "run vigil ledger verify"
        )
    return tree
