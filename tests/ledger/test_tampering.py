"""Whatever is done to an export, wherever: it is found."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.ledger import verify
from vigil.ledger.tree import GrowingTree, leaf_hash

Lines = list[dict[str, Any]]


def whole_export(sizes: tuple[int, ...] = (3, 4, 9, 12)) -> Lines:
    """A header, twelve entries and four checkpoints, made without a database."""
    tree = GrowingTree()
    lines: Lines = [{"vigil_ledger": 1, "exported_at": "2026", "size": sizes[-1]}]
    for n in range(sizes[-1]):
        leaf = dict.fromkeys(verify.LEAF_KEYS, "x") | {"v": 1, "entry": f"e{n}", "targets": ["P"]}
        text = json.dumps(leaf)
        digest = leaf_hash(text.encode())
        tree.append(digest)
        lines.append({"n": n, "leaf": text, "hash": digest.hex()})
        if tree.size in sizes:
            sealed_at = f"2026-{tree.size:02}"
            lines.append({"size": tree.size, "root": tree.root().hex(), "sealed_at": sealed_at})
    return lines


WHOLE = whole_export()
PLACES = st.integers(1, len(WHOLE) - 1)


def is_found(lines: Lines) -> bool:
    return not verify.verify(lines).is_whole


def test_what_nobody_touched_is_whole() -> None:
    assert not is_found(WHOLE)


@settings(max_examples=300, deadline=None)
@given(at=PLACES, data=st.data())
def test_a_character_that_was_changed_anywhere_is_found(at: int, data: st.DataObject) -> None:
    lines = copy.deepcopy(WHOLE)
    line = lines[at]
    # When a checkpoint was written is not under any root: what it says is not proved.
    key = data.draw(st.sampled_from(sorted(line.keys() - {"sealed_at"})))
    before = line[key]
    if isinstance(before, int):
        line[key] = data.draw(st.integers(-2, 40).filter(lambda n: n != before))
    else:
        where = data.draw(st.integers(0, len(before) - 1))
        char = data.draw(st.characters(codec="utf-8").filter(lambda c: c != before[where]))
        line[key] = before[:where] + char + before[where + 1 :]
    assert is_found(lines)


@settings(max_examples=100, deadline=None)
@given(at=PLACES)
def test_a_line_that_was_taken_away_is_found(at: int) -> None:
    if at in (4, 6, 12):
        # A checkpoint in the middle takes no proof away: the next one covers its entries.
        assert "root" in WHOLE[at]
        return
    assert is_found([*WHOLE[:at], *WHOLE[at + 1 :]])


@settings(max_examples=100, deadline=None)
@given(at=PLACES, to=PLACES)
def test_a_line_that_stands_twice_is_found(at: int, to: int) -> None:
    assert is_found([*WHOLE[:to], WHOLE[at], *WHOLE[to:]])


@settings(max_examples=100, deadline=None)
@given(at=PLACES, to=PLACES)
def test_two_lines_that_changed_places_are_found(at: int, to: int) -> None:
    lines = copy.deepcopy(WHOLE)
    lines[at], lines[to] = lines[to], lines[at]
    assert is_found(lines) is (at != to)


@given(st.integers(0, len(WHOLE) - 1))
def test_an_end_that_was_cut_off_is_found(at: int) -> None:
    assert is_found(WHOLE[:at])


@settings(max_examples=50, deadline=None)
@given(kept=st.integers(1, 12), end=st.sampled_from([3, 4, 9, 12]))
def test_a_history_that_was_cut_and_sealed_anew_is_found_by_what_was_kept(
    kept: int, end: int
) -> None:
    tree = GrowingTree()
    for line in [line for line in WHOLE if "leaf" in line][:kept]:
        tree.append(bytes.fromhex(line["hash"]))
    sizes = tuple(size for size in (3, 4, 9, 12) if size <= end)
    report = verify.verify(whole_export(sizes), {kept: tree.root().hex()})
    assert report.is_whole is (kept <= end)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from(
                        ["n", "leaf", "hash", "size", "root", "sealed_at", "row", "targets"]
                    )
                    | st.text(),
                    inner,
                )
            ),
        ).map(lambda v: v if isinstance(v, dict) else {"leaf": v})
    )
)
def test_no_line_however_strange_stops_the_verifier(lines: Lines) -> None:
    assert is_found([WHOLE[0], *lines])
