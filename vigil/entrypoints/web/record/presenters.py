"""The ledger in finished words: how much is sealed, who did what, who looked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from vigil.access.permissions import in_words
from vigil.entrypoints.web.kit import formats
from vigil.ledger.queries import LOOK, EntryLine
from vigil.ledger.sealing import Head
from vigil.ledger.verify import Report

COLUMNS: Final = ("When", "Who", "Did", "About", "Why", {"label": "Place", "is_number": True})
MOST_TARGETS: Final = 6


def lead(head: Head | None, unsealed: int) -> tuple[str, str]:
    """How much is sealed, and what is not."""
    if head is None:
        return "Nothing is sealed yet.", _waits(unsealed)
    sealed = formats.count(head.size, "entry", "entries")
    return f"{sealed} {'is' if head.size == 1 else 'are'} sealed.", _waits(unsealed)


def _waits(unsealed: int) -> str:
    if not unsealed:
        return "None waits to be sealed."
    verb = "waits" if unsealed == 1 else "wait"
    return f"{formats.commas(unsealed)} {verb}: the worker seals once a minute."


def facts(head: Head | None, unsealed: int) -> list[tuple[str, ...]]:
    """The last checkpoint, to compare with the one that was kept elsewhere."""
    if head is None:
        return [("Sealed", "0"), ("Not sealed yet", formats.commas(unsealed))]
    return [
        ("Sealed", formats.count(head.size, "entry", "entries")),
        ("Not sealed yet", formats.commas(unsealed)),
        (
            "Last checkpoint",
            f"{head.size}:{head.root}",
            "Compare it with the one that is kept outside this installation.",
        ),
    ]


def verdict(report: Report) -> tuple[str, list[str]]:
    """What a check of the whole ledger found: the sentence, then each fault."""
    checked = formats.count(report.entries, "entry", "entries")
    if report.is_whole:
        return f"The ledger is whole. All {checked} and every checkpoint were recomputed.", []
    return (
        f"The ledger is NOT whole. {checked} were recomputed.",
        [
            f"{'' if fault.entry is None else f'Entry {formats.commas(fault.entry)}: '}{fault.what}"
            for fault in report.faults
        ],
    )


def rows(entries: Sequence[EntryLine]) -> list[list[Any]]:
    """Entries as the table shows them, newest first."""
    return [
        [
            formats.stamp(entry.recorded_at),
            f"{entry.by}, {in_words(entry.role)}",
            did(entry.did),
            _targets(entry.targets),
            entry.because or "No reason asked for",
            "Not sealed" if entry.place is None else formats.commas(entry.place),
        ]
        for entry in entries
    ]


def did(name: str) -> str:
    """What was done: "Looked", or "orders: make" for an action by its name."""
    if name == LOOK:
        return "Looked"
    room, _, verb = name.partition(".")
    return f"{room}: {verb.replace('_', ' ')}"


def _targets(targets: Sequence[str]) -> str:
    if not targets:
        return "Nobody was found"
    shown = ", ".join(targets[:MOST_TARGETS])
    more = len(targets) - MOST_TARGETS
    return f"{shown} and {formats.commas(more)} more" if more > 0 else shown


def answer(entries: Sequence[EntryLine], about: str, *, is_first: bool) -> str:
    """What the list is, in a sentence."""
    if not about:
        return "The entries of your agency, newest first."
    if not entries and is_first:
        return f"No entry of your agency is about {about}."
    return f"The entries of your agency about {about}, newest first."
