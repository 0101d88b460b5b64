"""A small record of invented people, loaded and identified by the actions that users have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.incidents.feed.rows import report, write_csv
from tests.register.people import put_person
from vigil.access.viewer import Role, Viewer
from vigil.identity.actions import identify_record
from vigil.identity.queries import SearchTerms, search
from vigil.incidents.actions import load_feed

ANALYST = Viewer("annis", "Annis", "10", Role.ANALYST, "weekly feed")
HE = {
    "suspect_surname": "Quillfeather",
    "suspect_forename": "Tarn",
    "suspect_born_on": "1987-06-14",
    "suspect_house": "14 Lanternside",
    "suspect_postcode": "NE99 1ZZ",
    "suspect_phone": "07700900417",
}
HIM, OTHER_MAN = "P-7K3M9Q", "P-4T8W2C"
OTHER = {
    "suspect_surname": "Brackenmoor",
    "suspect_forename": "Osric",
    "suspect_born_on": "1991-02-28",
    "suspect_phone": "07700900555",
}
WYN = {"victim_forename": "Wyn", "victim_surname": "Ostrelow", "victim_phone": "07700900123"}
ELOWEN = {
    "victim_forename": "Elowen",
    "victim_surname": "Pellgrave",
    "victim_born_on": "1990-05-05",
    "victim_phone": "07700900124",
}
VICTIMS_WORDS = ("Ostrelow", "Pellgrave", "Elowen", "07700900123", "07700 900123")


def rows() -> list[dict[str, str]]:
    """Three reports on one man with two victims, and one on another."""
    return [
        report(1, **HE, **WYN, occurred_on="2025-01-05", reported_on="2025-01-06"),
        report(2, **HE, **WYN, category="threats", occurred_on="2025-07-01"),
        report(
            3,
            **{**HE, "suspect_forename": "Tarne", "suspect_house": "2 Saltmarket Row"},
            **ELOWEN,
            force="11",
            category="assault",
            basis="conviction",
            occurred_on="2026-02-01",
        ),
        report(4, **OTHER, **ELOWEN, occurred_on="2026-02-02"),
    ]


def put_two_men() -> str:
    """The same reports, put on record without a run: no links and nothing to search by."""
    put_person(
        HIM,
        {**HE, "reference": "10/R1", "victim": 1, "occurred_on": "2025-01-05"},
        {**HE, "reference": "10/R2", "victim": 1, "occurred_on": "2025-07-01"},
        {
            **HE,
            "reference": "11/R3",
            "victim": 2,
            "occurred_on": "2026-02-01",
            "basis": "conviction",
            "suspect_forename": "Tarne",
            "suspect_house": "2 Saltmarket Row",
        },
    )
    put_person(OTHER_MAN, {**OTHER, "reference": "10/R4", "victim": 2})
    return HIM


def fill(folder: Path, at: datetime, more: list[dict[str, str]] | None = None) -> None:
    """Load the reports and identify who is whom."""
    load_feed(by=ANALYST, at=at, path=write_csv(folder / "feed.csv", [*rows(), *(more or [])]))
    identify_record(by=ANALYST, at=at, spill=folder / "spill")


def him(at: datetime) -> str:
    """The reference of the man with three reports."""
    return search(ANALYST, SearchTerms(phone=HE["suspect_phone"]), on=at.date())[0].person


def other(at: datetime) -> str:
    """The reference of the man with one report."""
    return search(ANALYST, SearchTerms(phone=OTHER["suspect_phone"]), on=at.date())[0].person
