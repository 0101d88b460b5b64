"""The words for an order's codes: how, where, by what proof, of which kind of rule.

Names only. What each kind may hold is the orders room's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vigil.orders.kinds import Ending, How, Proof, Where

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
