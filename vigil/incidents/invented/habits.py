"""How each force writes: what it leaves out, how it types, which mistakes it makes often.

Drawn anew for each seed, so that nobody can tune a model to one set of error rates.
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Habits:
    """One force's habits. Plain numbers are chances for one cell of one row."""

    case: str
    phone_style: str
    postcode_style: str
    reference_style: str
    shortens_streets: bool
    keeps_victim_refs: bool
    # The suspect's names.
    surname_missing: float
    forename_missing: float
    forename_initial: float
    nickname: float
    name_slip: float
    name_respelt: float
    names_swapped: float
    middle_written: float
    alias_as_name: float
    aliases_written: float
    # Birthdays.
    born_missing: float
    born_partial: float
    born_default: float
    born_swapped: float
    born_slip: float
    # The rest of the suspect.
    sex_missing: float
    # Little but a name was known: no birthday, no address, no phone.
    only_a_name: float
    no_fixed_abode: float
    house_missing: float
    postcode_missing: float
    postcode_partial: float
    number_slip: float
    stale: float
    phone_missing: float
    email_missing: float
    handles_missing: float
    vehicle_missing: float
    pnc_missing: float
    pnc_slip: float
    occurred_missing: float
    # Victims are written down with less care for who they are, more for how to reach them.
    victim_ref_missing: float
    victim_name_missing: float
    victim_born_missing: float
    victim_phone_missing: float
    relationship_unknown: float


# The country's middle; each force has between a third and nearly twice of it.
_MIDDLE = {
    "surname_missing": 0.004, "forename_missing": 0.015, "forename_initial": 0.015,
    "nickname": 0.09, "name_slip": 0.05, "name_respelt": 0.03,
    "names_swapped": 0.008, "alias_as_name": 0.025,
    "born_partial": 0.03, "born_default": 0.012, "born_swapped": 0.012, "born_slip": 0.03,
    "sex_missing": 0.02, "only_a_name": 0.045, "no_fixed_abode": 0.012,
    "postcode_partial": 0.03, "number_slip": 0.025, "stale": 0.2,
    "pnc_slip": 0.03, "occurred_missing": 0.06, "relationship_unknown": 0.08,
    "victim_name_missing": 0.025,
}  # fmt: skip
# Gaps are drawn between two shares instead: forces differ in them most.
_GAPS = {
    "middle_written": (0.1, 0.9), "aliases_written": (0.2, 0.8), "born_missing": (0.04, 0.26),
    "house_missing": (0.08, 0.38), "postcode_missing": (0.1, 0.36), "phone_missing": (0.25, 0.75),
    "email_missing": (0.5, 0.95), "handles_missing": (0.4, 0.95), "vehicle_missing": (0.4, 0.9),
    "pnc_missing": (0.2, 0.8), "victim_born_missing": (0.08, 0.4),
    "victim_phone_missing": (0.2, 0.7), "victim_ref_missing": (0.02, 0.25),
}  # fmt: skip


def habits_of_a_force(rng: Random) -> Habits:
    """One force's habits; one in twelve never writes down phones, one in ten shouts."""
    rates = {name: rate * rng.uniform(0.35, 1.9) for name, rate in _MIDDLE.items()}
    rates |= {name: rng.uniform(least, most) for name, (least, most) in _GAPS.items()}
    if rng.random() < 1 / 12:
        rates["phone_missing"] = rates["victim_phone_missing"] = 1.0
    # A force whose old system demanded a birthday typed the first of January.
    if rng.random() < 1 / 8:
        rates["born_missing"], rates["born_default"] = 0.01, rates["born_default"] + 0.05
    return Habits(
        case=rng.choice(("title",) * 8 + ("upper", "lower")),
        phone_style=rng.choice(("plain", "plain", "plain", "spaced", "plus44", "mixed", "mixed")),
        postcode_style=rng.choice(("spaced", "spaced", "spaced", "joined", "mixed")),
        reference_style=rng.choice(("athena", "niche", "plain", "year_first", "crime")),
        shortens_streets=rng.random() < 0.2,
        keeps_victim_refs=rng.random() < 0.7,
        **rates,
    )
