"""The Merkle tree of RFC 9162: hashes, the growing edge of a tree, proofs and their checks.

Pure. A leaf is hashed with 0x00 before it and a node with 0x01, so that neither can pass
for the other. The stand-alone verifier has an arithmetic of its own and shares none of
this: a fault of one is seen by the other.

Source: RFC 9162 sections 2.1.1 to 2.1.5.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one entry's text."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees, in their order."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class GrowingTree:
    """The roots of the full subtrees of a tree, largest first: all that growing it needs.

    There is one for each bit that is set in `size`.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, hashed_leaf: bytes) -> None:
        """Add a leaf: as many subtrees close as `size` ends in ones."""
        closing = self.size
        while closing & 1:
            hashed_leaf = node_hash(self.peaks.pop(), hashed_leaf)
            closing >>= 1
        self.peaks.append(hashed_leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.peaks:
            return EMPTY_ROOT
        *before, root = self.peaks
        for peak in reversed(before):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over hashed leaves, by the definition of section 2.1.1."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return node_hash(root_of(leaves[:split]), root_of(leaves[split:]))


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What proves that the leaf at `index` is in the tree over `leaves` (section 2.1.3.1).

    Raises: IndexError.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if index < split:
        return [*inclusion_proof(index, left), root_of(right)]
    return [*inclusion_proof(index - split, right), root_of(left)]


def is_included(
    *, hashed_leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof shows that leaf at `index` under `root` (section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    path, last, found = index, size - 1, hashed_leaf
    for step in proof:
        if last == 0:
            return False
        if path & 1 or path == last:
            found = node_hash(step, found)
            while path and not path & 1:
                path, last = path >> 1, last >> 1
        else:
            found = node_hash(found, step)
        path, last = path >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What proves that the tree over the first `size` leaves grew into this (section 2.1.4.1).

    Raises: IndexError.
    """
    if not 0 < size <= len(leaves):
        raise IndexError(size)
    return _subproof(size, leaves, is_whole=True)


def _subproof(size: int, leaves: Sequence[bytes], *, is_whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if is_whole else [root_of(leaves)]
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if size <= split:
        return [*_subproof(size, left, is_whole=is_whole), root_of(right)]
    return [*_subproof(size - split, right, is_whole=False), root_of(left)]


def is_consistent(
    *, old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the old tree is the beginning of the new (section 2.1.4.2)."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    steps = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not steps:
        return False
    path, last = old_size - 1, size - 1
    while path & 1:
        path, last = path >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if path & 1 or path == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while path and not path & 1:
                path, last = path >> 1, last >> 1
        else:
            new = node_hash(new, step)
        path, last = path >> 1, last >> 1
    return last == 0 and old == old_root and new == root


def _split(size: int) -> int:
    """The largest power of two that is smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
