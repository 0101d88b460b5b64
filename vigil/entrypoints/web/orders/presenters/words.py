"""The words for an order's codes: how, where, by what proof, of which kind of rule.

Names only. What each kind may hold is the orders room's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vigil.orders.kinds import Ending, EventKind, How, Knowledge, LinkKind, Proof, Status, Where

HOW: Final[Mapping[str, str]] = {
    How.PERSONAL: "On him in person",
    How.POST: "By post",
    How.LEFT_AT_ADDRESS: "Left at his address",
    How.LEGAL_REPRESENTATIVE: "On his legal representative",
}
WHERE: Final[Mapping[str, str]] = {
    Where.HOME: "At his home",
    Where.POLICE_STATION: "At a police station",
    Where.COURT: "At court",
    Where.CUSTODY: "In custody",
    Where.HOSPITAL: "In hospital",
    Where.STREET: "In the street",
    Where.OTHER: "Elsewhere",
}
PROOF: Final[Mapping[str, str]] = {
    Proof.STATEMENT: "Statement of service",
    Proof.VIDEO: "Body-worn video",
    Proof.COURT_RECORD: "Court record",
    Proof.CERTIFICATE: "Certificate of posting",
}
ENDING: Final[Mapping[str, str]] = {
    Ending.COURT_ORDER: "A court discharged it",
    Ending.APPLICATION_DETERMINED: "A court decided the application",
    Ending.APPLICATION_WITHDRAWN: "The application was withdrawn",
}
KNOWN: Final[Mapping[str, str]] = {
    Knowledge.IN_COURT: "He was told in court",
    Knowledge.BY_OFFICER: "An officer told him",
    Knowledge.BY_LETTER: "He was told by letter",
    Knowledge.ACKNOWLEDGED: "He acknowledged it",
    Knowledge.OTHER: "Otherwise",
}
EVENT: Final[Mapping[str, str]] = {
    EventKind.DRAFTED: "Drafted",
    EventKind.AUTHORISED: "Authorised",
    EventKind.APPLIED: "Applied for",
    EventKind.HEARING_LISTED: "Hearing listed",
    EventKind.ADJOURNED: "Hearing adjourned",
    EventKind.REFUSED: "Refused by the court",
    EventKind.WITHDRAWN: "Withdrawn",
    EventKind.NOTICE_ISSUED: "Issued",
    EventKind.MADE: "Made",
    EventKind.SERVED: "Served",
    EventKind.KNOWN: "Known to him",
    EventKind.VARIED: "Varied",
    EventKind.EXTENDED: "Extended",
    EventKind.RENEWED: "Renewed",
    EventKind.SUSPENDED: "Suspended",
    EventKind.RESUMED: "Resumed: it binds again",
    EventKind.DISCHARGED: "Discharged",
    EventKind.QUASHED: "Quashed on appeal",
    EventKind.REPLACED: "Replaced by another order",
}
PENDING: Final[Mapping[str, str]] = {
    Status.DRAFTED: "A draft",
    Status.AUTHORISED: "Authorised, and not made yet",
    Status.APPLIED: "Applied for, no hearing listed",
    Status.LISTED: "Applied for, hearing listed",
}
# What an order is to another: as said from it, and from the other side.
LINK: Final[Mapping[str, tuple[str, str]]] = {
    LinkKind.INTERIM_OF: ("The interim order of", "Its interim order"),
    LinkKind.FOLLOWS_NOTICE: ("Follows the notice", "The order that followed"),
    LinkKind.SAME_APPLICATION: ("In one application with", "In one application with"),
    LinkKind.BREACH_OF: ("Made for a breach of", "Its breach led to"),
}
CONSENTS: Final[Mapping[str, str]] = {
    "respondent": "The respondent",
    "police": "The police",
}
RANK: Final[Mapping[str, str]] = {
    "constable": "Constable",
    "sergeant": "Sergeant",
    "inspector": "Inspector",
    "chief_inspector": "Chief inspector",
    "superintendent": "Superintendent",
    "chief_superintendent": "Chief superintendent",
}
RULE: Final[Mapping[str, str]] = {
    "no_contact": "No contact",
    "stay_away": "Stay away from a person, or from a place",
    "do_not_enter": "Do not enter a place",
    "no_violence": "No violence",
    "no_threats": "No threats",
    "no_damage": "No damage to property",
    "curfew": "Be at an address at night or at set hours",
    "attend": "Attend a programme",
    "wear_tag": "Wear a tag",
    "notify": "Tell the police of a change",
    "other": "Something else: the words decide",
}
MEANS: Final[Mapping[str, str]] = {
    "in_person": "In person",
    "phone": "Phone",
    "text": "Text message",
    "email": "E-mail",
    "social_media": "Social media",
    "letter": "Letter",
    "gift": "Gift",
    "third_party": "Through somebody else",
    "legal_representative": "Through a solicitor",
}
DAYS: Final[Mapping[str, str]] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
CHANGES: Final[Mapping[str, str]] = {
    "address": "A new address",
    "name": "A new name",
    "relationship": "A new relationship",
    "vehicle": "A new vehicle",
    "device": "A new device",
}
ITEMS: Final[Mapping[str, str]] = {
    "name": "every name that he uses",
    "home_address": "his home address",
    "date_of_birth": "his date of birth",
    "national_insurance_number": "his National Insurance number",
    "other_addresses": "other addresses",
    "bank": "his bank accounts",
    "identity_document": "his identity documents",
    "travel": "his travel",
}
APPLICANT: Final[Mapping[str, str]] = {
    "police": "The police",
    "victim": "The victim",
    "specified_person": "A person whom the Act names",
    "with_leave": "Somebody with the court’s leave",
    "prosecution": "The prosecution",
    "court": "Nobody: the court makes it unasked",
}
