"""The tree of RFC 9162, held against the known roots of Certificate Transparency's own tests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.ledger import verify
from vigil.ledger.tree import (
    EMPTY_ROOT,
    GrowingTree,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    root_of,
)

# The eight leaves and roots that the reference implementations of RFC 6962 and 9162 share.
LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def hashed(count: int) -> list[bytes]:
    return [leaf_hash(str(n).encode()) for n in range(count)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_root_is_the_one_that_everybody_computes(size: int) -> None:
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]
    tree = GrowingTree()
    for leaf in leaves:
        tree.append(leaf)
    assert tree.root().hex() == root_of(leaves).hex() == ROOTS[size - 1]


def test_the_root_over_nothing_is_the_hash_of_nothing() -> None:
    assert GrowingTree().root() == root_of([]) == EMPTY_ROOT
    assert verify._Tree().root() == EMPTY_ROOT.hex()


@pytest.mark.parametrize("size", range(1, 70))
def test_sealer_verifier_and_definition_agree(size: int) -> None:
    leaves, tree, other = hashed(size), GrowingTree(), verify._Tree()
    for leaf in leaves:
        tree.append(leaf)
        other.add(leaf)
    assert tree.root() == root_of(leaves)
    assert tree.root().hex() == other.root()
    assert len(tree.peaks) == size.bit_count()


@settings(deadline=None)
@given(size=st.integers(1, 130), data=st.data())
def test_every_leaf_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    leaves = hashed(size)
    root = root_of(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, leaves)
    proved = {"hashed_leaf": leaves[index], "index": index, "size": size, "proof": proof}
    assert is_included(**proved, root=root)  # type: ignore[arg-type]
    forged = [
        {**proved, "hashed_leaf": leaf_hash(b"forged")},
        {**proved, "index": index + 1 if index + 1 < size else size},
        {**proved, "index": -1},
        {**proved, "proof": [*proof, root]},
        {**proved, "proof": proof[:-1] if proof else [root]},
        {**proved, "size": size * 2 + 1, "proof": proof},
    ]
    for attack in forged:
        assert not is_included(**attack, root=root)  # type: ignore[arg-type]
    assert not is_included(**{**proved, "size": 1}, root=root) or size == 1  # type: ignore[arg-type]
    if proof:
        flipped = [proof[0][::-1], *proof[1:]]
        assert not is_included(**{**proved, "proof": flipped}, root=root)  # type: ignore[arg-type]


@settings(deadline=None)
@given(size=st.integers(1, 130), data=st.data())
def test_every_earlier_tree_is_proved_and_no_fork_of_it(size: int, data: st.DataObject) -> None:
    leaves = hashed(size)
    old_size = data.draw(st.integers(1, size))
    proof = consistency_proof(old_size, leaves)
    proved = {
        "old_size": old_size,
        "old_root": root_of(leaves[:old_size]),
        "size": size,
        "root": root_of(leaves),
        "proof": proof,
    }
    assert is_consistent(**proved)  # type: ignore[arg-type]
    fork = root_of([*leaves[: old_size - 1], leaf_hash(b"forged")])
    forged = [
        {**proved, "old_root": fork},
        {**proved, "root": fork},
        {**proved, "proof": [*proof, fork]},
        {**proved, "proof": proof[:-1] if proof else [fork]},
        {**proved, "old_size": 0},
        {**proved, "old_size": size + 1},
    ]
    for attack in forged:
        assert not is_consistent(**attack)  # type: ignore[arg-type]


def test_a_proof_that_is_too_long_is_refused_at_the_root() -> None:
    leaves = hashed(4)
    root = root_of(leaves)
    proof = [*consistency_proof(2, leaves), root, root]
    old_root = root_of(leaves[:2])
    assert not is_consistent(old_size=2, old_root=old_root, size=4, root=root, proof=proof)
    assert not is_consistent(old_size=3, old_root=root, size=4, root=root, proof=[])


@pytest.mark.parametrize("index", [-1, 3])
def test_a_leaf_that_is_not_there_has_no_proof(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(index, hashed(3))


@pytest.mark.parametrize("size", [0, 4])
def test_a_tree_that_never_was_has_no_proof(size: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(size, hashed(3))
