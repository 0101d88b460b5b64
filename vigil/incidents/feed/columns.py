"""The columns of an incident feed, as data: one row is one suspect, one victim, one report.

Public and stable: other rooms read these names and never spell their own. It holds no check
(see checks.py) and reads no file. A column that is "as written" is never judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a cell of a column has to be."""

    REFERENCE = "reference"  # free text that may not be empty
    FORCE = "force"  # a two-digit force code of FORCES
    DATE = "date"  # YYYY-MM-DD
    PARTIAL_DATE = "partial_date"  # YYYY-MM-DD, YYYY-MM or YYYY
    CODE = "code"  # one of the column's `values`
    OFFENCE = "offence"  # an offence code such as PH97006
    TEXT = "text"  # as written


class About(StrEnum):
    """Whom a column is about: decides who may see it and where it is kept."""

    REPORT = "report"
    SUSPECT = "suspect"
    VICTIM = "victim"


CATEGORIES: Final = (
    "stalking",
    "harassment",
    "coercive_control",
    "assault",
    "strangulation",
    "threats",
    "sexual",
    "criminal_damage",
    "breach_of_order",
    "image_abuse",
    "homicide",
    "other_crime",
    "non_crime_domestic",
)
BASES: Final = ("suspect", "caution", "conviction", "order")
SEXES: Final = ("M", "F", "U")
RELATIONSHIPS: Final = (
    "partner",
    "ex_partner",
    "family",
    "acquaintance",
    "colleague",
    "stranger",
    "unknown",
)

# Between two aliases in one cell.
ALIAS_SEPARATOR: Final = ";"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the feed.

    `must_be_present`: a feed without it cannot be read. `must_have_value`: a row that leaves
    it empty is at fault. `values`: what a CODE column may hold.
    """

    name: str
    kind: Kind
    about: About
    meaning: str
    values: tuple[str, ...] = ()
    must_be_present: bool = False
    must_have_value: bool = False


def _suspect(name: str, meaning: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(name, kind, About.SUSPECT, meaning)


def _victim(name: str, meaning: str) -> Column:
    return Column(name, Kind.TEXT, About.VICTIM, meaning)


COLUMNS: Final = (
    Column(
        "report_id",
        Kind.REFERENCE,
        About.REPORT,
        "the row's own reference, unique within the force",
        must_be_present=True,
        must_have_value=True,
    ),
    Column(
        "force",
        Kind.FORCE,
        About.REPORT,
        "two-digit code of the force that recorded it",
        must_be_present=True,
        must_have_value=True,
    ),
    Column(
        "reported_on",
        Kind.DATE,
        About.REPORT,
        "day on which it was reported",
        must_be_present=True,
        must_have_value=True,
    ),
    Column(
        "suspect_surname",
        Kind.TEXT,
        About.SUSPECT,
        "surname of the suspect",
        must_be_present=True,
    ),
    Column("occurred_on", Kind.DATE, About.REPORT, "day on which it happened"),
    Column("category", Kind.CODE, About.REPORT, "kind of incident", CATEGORIES),
    Column("offence", Kind.OFFENCE, About.REPORT, "offence code"),
    Column("basis", Kind.CODE, About.REPORT, "what is behind the allegation", BASES),
    _suspect("suspect_forename", "forename of the suspect"),
    _suspect("suspect_middle", "middle names of the suspect"),
    _suspect("suspect_aliases", "other names of the suspect, separated by ;"),
    _suspect("suspect_born_on", "birthday of the suspect, whole or in part", Kind.PARTIAL_DATE),
    Column("suspect_sex", Kind.CODE, About.SUSPECT, "sex of the suspect", SEXES),
    _suspect("suspect_house", "number or name of the house, and street"),
    _suspect("suspect_postcode", "postcode of the suspect"),
    _suspect("suspect_phone", "phone of the suspect"),
    _suspect("suspect_email", "e-mail address of the suspect"),
    _suspect("suspect_handles", "names that the suspect uses online"),
    _suspect("suspect_vehicle", "vehicle of the suspect"),
    _suspect("suspect_pnc", "PNC ID of the suspect"),
    _suspect("suspect_cro", "CRO number of the suspect"),
    _victim("victim_ref", "the force's own reference for the victim"),
    _victim("victim_forename", "forename of the victim"),
    _victim("victim_surname", "surname of the victim"),
    _victim("victim_born_on", "birthday of the victim"),
    _victim("victim_sex", "sex of the victim"),
    _victim("victim_postcode", "postcode of the victim"),
    _victim("victim_phone", "phone of the victim"),
    Column(
        "relationship",
        Kind.CODE,
        About.REPORT,
        "what the victim is to the suspect",
        RELATIONSHIPS,
    ),
)

COLUMN_NAMES: Final = tuple(column.name for column in COLUMNS)
BY_NAME: Final = {column.name: column for column in COLUMNS}
REQUIRED_COLUMNS: Final = tuple(c.name for c in COLUMNS if c.must_be_present)
FILLED_COLUMNS: Final = tuple(c.name for c in COLUMNS if c.must_have_value)
REPORT_COLUMNS: Final = tuple(c.name for c in COLUMNS if c.about is About.REPORT)
SUSPECT_COLUMNS: Final = tuple(c.name for c in COLUMNS if c.about is About.SUSPECT)
VICTIM_COLUMNS: Final = tuple(c.name for c in COLUMNS if c.about is About.VICTIM)

# The name, beside a feed, of the file that says who is who in it; never read as a feed.
TRUTH_FILE_NAME: Final = "truth.parquet"

TERRITORIAL_FORCES: Final = {
    "01": "Metropolitan",
    "03": "Cumbria",
    "04": "Lancashire",
    "05": "Merseyside",
    "06": "Greater Manchester",
    "07": "Cheshire",
    "10": "Northumbria",
    "11": "Durham",
    "12": "North Yorkshire",
    "13": "West Yorkshire",
    "14": "South Yorkshire",
    "16": "Humberside",
    "17": "Cleveland",
    "20": "West Midlands",
    "21": "Staffordshire",
    "22": "West Mercia",
    "23": "Warwickshire",
    "30": "Derbyshire",
    "31": "Nottinghamshire",
    "32": "Lincolnshire",
    "33": "Leicestershire",
    "34": "Northamptonshire",
    "35": "Cambridgeshire",
    "36": "Norfolk",
    "37": "Suffolk",
    "40": "Bedfordshire",
    "41": "Hertfordshire",
    "42": "Essex",
    "43": "Thames Valley",
    "44": "Hampshire",
    "45": "Surrey",
    "46": "Kent",
    "47": "Sussex",
    "48": "City of London",
    "50": "Devon and Cornwall",
    "52": "Avon and Somerset",
    "53": "Gloucestershire",
    "54": "Wiltshire",
    "55": "Dorset",
    "60": "North Wales",
    "61": "Gwent",
    "62": "South Wales",
    "63": "Dyfed-Powys",
}
OTHER_FORCES: Final = {
    "02": "Metropolitan",
    "24": "Ministry of Defence Police",
    "56": "Guernsey",
    "57": "Jersey",
    "59": "Civil Nuclear Constabulary",
    "67": "Serious Organised Crime Agency",
    "70": "Dumfries and Galloway",
    "74": "Strathclyde",
    "76": "Lothian and Borders",
    "78": "Fife",
    "80": "Tayside",
    "82": "Grampian",
    "84": "Central Scotland",
    "87": "Northern",
    "88": "HM Revenue and Customs",
    "89": "UK Central Authority for the Exchange of Criminal Records",
    "91": "National Crime Agency",
    "93": "British Transport Police",
    "97": "Isle of Man",
    "98": "Police Service of Northern Ireland",
}
FORCES: Final = TERRITORIAL_FORCES | OTHER_FORCES
