"""Loads and faults in finished words. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vigil.entrypoints.web.kit import formats
from vigil.incidents.queries import LoadShown, QuarantineShown, RowFault

STATES = {
    "waiting": "Waiting for the worker",
    "loading": "Loading",
    "finished": "Finished",
    "refused": "Refused",
}
COLUMNS = (
    {"label": "Row", "is_number": True},
    "Where",
    "What is wrong",
    {"label": "Mend", "is_bare": True},
)


@dataclass(frozen=True)
class LoadView:
    """One load as its page shows it."""

    reference: str
    name: str
    state: str
    sentence: str
    is_done: bool
    done: int
    total: int
    progress: str
    facts: list[tuple[str, str]]


def load_view(load: LoadShown) -> LoadView:
    """A load with its answer first."""
    return LoadView(
        reference=load.reference,
        name=load.name,
        state=STATES[load.state],
        sentence=_sentence(load),
        is_done=load.state in {"finished", "refused"},
        done=load.done_bytes,
        total=max(load.size_bytes, 1),
        progress=f"{formats.commas(load.rows)} rows so far",
        facts=[
            ("New", formats.commas(load.new)),
            ("Changed", f"{formats.commas(load.changed)}; the earlier version stays"),
            ("Held already", formats.commas(load.held)),
            ("In quarantine", formats.commas(load.quarantined)),
            *(("Passed over", note) for note in load.notes),
            ("Sent", f"{formats.stamp(load.opened_at)} by {load.sent_by}"),
            ("Finished", _when(load.finished_at)),
        ],
    )


def _when(at: datetime | None) -> str:
    return formats.stamp(at) if at else "Not yet"


def _sentence(load: LoadShown) -> str:
    rows = formats.commas(load.rows)
    if load.state == "refused" and load.rows:
        return f"{rows} rows were stored before it broke off, and stay. {load.refusal}"
    if load.state == "refused":
        return f"Nothing of this feed was stored. {load.refusal}"
    if load.state != "finished":
        return "The worker stores the rows in the background. You may leave this page."
    if not load.quarantined:
        return f"All {rows} rows are stored. Nothing was dropped."
    held = formats.commas(load.quarantined)
    return (
        f"{rows} rows were read. {held} wait in quarantine with their fault. Nothing was dropped."
    )


def load_rows(loads: list[LoadShown]) -> list[dict[str, str]]:
    """The last loads, for the list."""
    return [
        {
            "reference": load.reference,
            "label": load.name,
            "status": STATES[load.state],
            "hint": f"{formats.stamp(load.opened_at)}. {formats.commas(load.rows)} rows, "
            f"{formats.commas(load.quarantined)} in quarantine",
        }
        for load in loads
    ]


def fault_words(fault: RowFault) -> str:
    """A fault in a sentence."""
    where = f"{fault.column}: " if fault.column else ""
    return f"{where}expected {fault.expected}, found {fault.found}."


def row_title(row: QuarantineShown) -> str:
    """Which row of which file."""
    return f"Row {formats.commas(row.row)} of {row.file}, line {formats.commas(row.line)}"
