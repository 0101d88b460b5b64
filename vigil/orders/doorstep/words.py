"""The closed lists of words of the doorstep question, its rules and its answer, in one place.

Shared with the check of a rule's shape as it is recorded. Names, no law.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

ACTS: Final = (
    "contact",
    "presence",
    "approach",
    "violence",
    "threat",
    "damage",
    "new_address",
    "new_name",
    "absent_from_curfew",
    "missed_appointment",
    "tag_removed",
)
MEANS: Final = (
    "in_person",
    "phone",
    "text",
    "email",
    "social_media",
    "letter",
    "gift",
    "third_party",
    "legal_representative",
)
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOTIFIED: Final = ("address", "name", "relationship", "vehicle", "device")
CHANGES: Final = ("varied", "extended", "discharged", "quashed", "suspended")
RULES: Final = (
    "no_contact",
    "stay_away",
    "do_not_enter",
    "no_violence",
    "no_threats",
    "no_damage",
    "curfew",
    "attend",
    "wear_tag",
    "notify",
    "other",
)


class Verdict(StrEnum):
    """What the answer is, gravest first: of several clauses the first of these is the answer."""

    BREACH = "breach"
    CANNOT_TELL = "cannot_tell"
    NOT_BREACH = "not_breach"


class Missing(StrEnum):
    """What would settle a `cannot_tell`, in the order in which it is told."""

    PROOF_OF_SERVICE = "proof_of_service"
    POSITION = "position"
    POSITION_ACCURACY = "position_accuracy"
    MEANS = "means"
    PROTECTED_PERSON = "protected_person"
    APPOINTMENT = "appointment"
    OFFICER_JUDGEMENT = "officer_judgement"
