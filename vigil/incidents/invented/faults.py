"""Rows that break the feed's contract on purpose, to show what quarantine does with them.

Each fault spoils one cell of a good row. Ten kinds, used in turn, so that a demo with
twenty faulty rows shows each kind twice.
"""

from vigil.incidents.feed.columns import COLUMN_NAMES

# (column, what stands in it): no real value could be any of these.
FAULTS = (
    ("reported_on", "31/02/2025"),
    ("force", "99"),
    ("report_id", ""),
    ("category", "row in the street"),
    ("suspect_born_on", "1985-13-40"),
    ("suspect_sex", "Male"),
    ("reported_on", ""),
    ("relationship", "husband"),
    ("offence", "STALKING"),
    ("basis", "rumour"),
)


def spoilt(row: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """The row with the fault of its turn."""
    column, value = FAULTS[turn % len(FAULTS)]
    at = COLUMN_NAMES.index(column)
    return (*row[:at], value, *row[at + 1 :])
