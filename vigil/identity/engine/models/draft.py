"""Writes a dated model: the conditions as named constants, the weights as two numbers a level.

Run by hand (`python -m vigil.identity.engine.models.draft MODEL.json`) when a weight is changed; the
JSON is what the engine reads, and a test holds the two together. It trains nothing: m is how
often two reports of one person agree so, u how often two reports of different people do.

Where households mislead training the weight is held: a phone, a home or a surname shared by
two people whose forenames differ, or who are a generation apart, is one fact about a
household and none about who did it.
"""

# ruff: noqa: E501  (a level is one line, so that weights can be read down the page)
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

JW = "jaro_winkler_similarity"

SAME_ROOT = "(list_has_any(roots_l, given_r) OR list_has_any(given_l, roots_r))"
INITIAL = (
    "((length(forename_l) = 1 OR length(forename_r) = 1)"
    " AND left(forename_l, 1) = left(forename_r, 1))"
)
# Two forenames that no short form, alias, middle name, initial or slip of the pen explains.
FORENAMES_DIFFER = (
    f"(root_l <> root_r AND NOT {SAME_ROOT} AND NOT {INITIAL}"
    f" AND forename_l <> coalesce(surname_r, '') AND {JW}(forename_l, forename_r) < 0.88)"
)
# Father and son: 14 years or more between two birthdays that are no slip of one another.
GENERATION_APART = (
    "(abs(year_l - year_r) >= 14 AND NOT coalesce(damerau_levenshtein(born_l, born_r) <= 1, false))"
)
TWO_PEOPLE = f"(coalesce({FORENAMES_DIFFER}, false) OR coalesce({GENERATION_APART}, false))"
SAME_DOOR = (
    "(number_l = number_r AND street_l = street_r AND coalesce(outcode_l = outcode_r, true))"
)
ONE_HOUSEHOLD = (
    f"(coalesce(home_l = home_r, false) OR coalesce({SAME_DOOR}, false)"
    " OR coalesce(phone_l = phone_r, false))"
)
SWAPPED = "(surname_l = forename_r AND forename_l = surname_r)"
SWAPPED_CLOSE = (
    f"({JW}(surname_l, forename_r) >= 0.9 AND {JW}(forename_l, surname_r) >= 0.9"
    f" AND {JW}(surname_l, surname_r) < 0.7)"
)
DAYS_SWAPPED = (
    "(left(born_l, 4) = left(born_r, 4) AND substr(born_l, 6, 2) = right(born_r, 2)"
    " AND substr(born_r, 6, 2) = right(born_l, 2))"
)
STRONG = "(NOT is_weak_l AND NOT is_weak_r)"


def level(  # noqa: PLR0917  (read as a line of a table)
    label: str,
    condition: str,
    m: float,
    u: float,
    frequency_of: str | None = None,
    least: float = 0,
) -> dict[str, Any]:
    """One level of a comparison; `frequency_of` makes a rare value weigh more."""
    made: dict[str, Any] = {
        "sql_condition": condition,
        "label_for_charts": label,
        "m_probability": m,
        "u_probability": u,
        "fix_m_probability": True,
        "fix_u_probability": True,
    }
    if frequency_of:
        made["tf_adjustment_column"] = frequency_of
        made["tf_adjustment_weight"] = 1.0
        made["tf_minimum_u_value"] = least
        made["disable_tf_exact_match_detection"] = True
    return made


def nothing(condition: str) -> dict[str, Any]:
    """The level of a pair of which one side says nothing."""
    return {"sql_condition": condition, "label_for_charts": "not known", "is_null_level": True}


def neutral(label: str, condition: str) -> dict[str, Any]:
    """A level that is seen and counts nothing."""
    return level(label, condition, 0.02, 0.02)


def comparison(name: str, description: str, *levels: dict[str, Any]) -> dict[str, Any]:
    """One comparison, its levels from strongest claim to `ELSE`."""
    return {
        "output_column_name": name,
        "comparison_description": description,
        "comparison_levels": list(levels),
    }


SURNAME = comparison(
    "surname",
    "surname as a whole, then its parts, then its spelling",
    nothing("surname_l IS NULL OR surname_r IS NULL"),
    neutral(
        "same surname in one household, two people",
        f"surname_l = surname_r AND {ONE_HOUSEHOLD} AND {TWO_PEOPLE}",
    ),
    level("same surname", "surname_l = surname_r", 0.80, 0.0006, "surname", 1e-6),
    level("forename and surname swapped", f"{SWAPPED}", 0.012, 1e-6),
    level("swapped and misspelt", f"{SWAPPED_CLOSE}", 0.002, 1e-6),
    level("part of a double surname, or an alias", "list_has_any(families_l, families_r)", 0.045, 0.0012),
    level("surname very like", f"{JW}(surname_l, surname_r) >= 0.92", 0.07, 0.0016),
    level("surname like", f"{JW}(surname_l, surname_r) >= 0.84", 0.03, 0.009),
    level("surname differs", "ELSE", 0.03, 0.98),
)  # fmt: skip

FORENAME = comparison(
    "forename",
    "first forename, with short forms, aliases and middle names",
    nothing("forename_l IS NULL OR forename_r IS NULL"),
    level("same forename", "forename_l = forename_r", 0.74, 0.007, "forename", 1e-5),
    neutral("swapped with the surname", f"{SWAPPED} OR {SWAPPED_CLOSE}"),
    level("short form of the same name", "list_has_any(roots_l, roots_r)", 0.09, 0.004),
    level("forename very like", f"{JW}(forename_l, forename_r) >= 0.90", 0.07, 0.004),
    level("a middle name or an alias of the other", SAME_ROOT, 0.03, 0.004),
    level("initial only, and it agrees", INITIAL, 0.03, 0.006),
    level("forename like", f"{JW}(forename_l, forename_r) >= 0.80", 0.012, 0.02),
    level("forename differs", "ELSE", 0.0009, 0.95),
)  # fmt: skip

MIDDLE = comparison(
    "middle",
    "middle names",
    nothing("middle_l IS NULL OR middle_r IS NULL"),
    level("same middle name", "middle_l = middle_r", 0.70, 0.02),
    level("initial agrees", "(length(middle_l) = 1 OR length(middle_r) = 1) AND left(middle_l, 1) = left(middle_r, 1)", 0.12, 0.06),
    level("middle name like", f"{JW}(middle_l, middle_r) >= 0.88", 0.07, 0.012),
    level("shares one middle name", "list_has_any(string_split(middle_l, ' '), string_split(middle_r, ' '))", 0.03, 0.01),
    level("middle name differs", "ELSE", 0.06, 0.90),
)  # fmt: skip

BORN = comparison(
    "born",
    "birthday; a default or partial one counts as its year alone",
    nothing("year_l IS NULL OR year_r IS NULL"),
    level("same birthday", f"born_l = born_r AND {STRONG}", 0.83, 0.00005, "born", 2e-5),
    level("day and month swapped", f"{DAYS_SWAPPED} AND {STRONG}", 0.02, 0.00005),
    level("one slip in the birthday", f"damerau_levenshtein(born_l, born_r) = 1 AND {STRONG}", 0.07, 0.0014),
    level("same month, day not known", "year_l = year_r AND month_l = month_r AND (born_l IS NULL OR born_r IS NULL)", 0.02, 0.00006),
    level("same year, day a default or not known", f"year_l = year_r AND NOT {STRONG}", 0.05, 0.0013),
    level("same day and month, year near", f"substr(born_l, 6) = substr(born_r, 6) AND {STRONG} AND abs(year_l - year_r) <= 11", 0.012, 0.0012),
    level("two slips, year the same", f"year_l = year_r AND damerau_levenshtein(born_l, born_r) <= 2 AND {STRONG}", 0.012, 0.008),
    level("year one apart, day not known", f"abs(year_l - year_r) <= 1 AND NOT {STRONG}", 0.002, 0.003),
    level("a generation apart", "abs(year_l - year_r) >= 14", 0.0015, 0.40),
    level("birthday differs", "ELSE", 0.012, 0.55),
)  # fmt: skip

HOME = comparison(
    "home",
    "house and postcode as one fact",
    nothing("(outcode_l IS NULL OR outcode_r IS NULL) AND (street_l IS NULL OR street_r IS NULL)"),
    neutral("same home, two people", f"(coalesce({SAME_DOOR}, false) OR postcode_l = postcode_r) AND {TWO_PEOPLE}"),
    level("same home", "home_l = home_r", 0.40, 0.000012, "home", 1e-6),
    level("same house, postcode a slip away", "number_l = number_r AND street_l = street_r AND damerau_levenshtein(postcode_l, postcode_r) <= 2", 0.05, 0.00001),
    level("same postcode, house not known", "postcode_l = postcode_r AND (number_l IS NULL OR number_r IS NULL)", 0.05, 0.00006),
    level("same postcode, another house", "postcode_l = postcode_r", 0.03, 0.00015),
    level("same number and street, postcode not known", f"number_l = number_r AND {JW}(street_l, street_r) >= 0.92 AND (postcode_l IS NULL OR postcode_r IS NULL)", 0.30, 0.0001),
    level("same number and street in one district", f"number_l = number_r AND {JW}(street_l, street_r) >= 0.92 AND outcode_l = outcode_r", 0.02, 0.00001),
    level("postcode a slip away", "damerau_levenshtein(postcode_l, postcode_r) = 1", 0.02, 0.0003),
    level("same district", "outcode_l = outcode_r", 0.14, 0.0035),
    level("another home", "ELSE", 0.33, 0.99),
)  # fmt: skip

PHONE = comparison(
    "phone",
    "telephone number",
    nothing("phone_l IS NULL OR phone_r IS NULL"),
    level("same phone, two people", f"phone_l = phone_r AND {TWO_PEOPLE}", 0.02, 0.02),
    level("same phone", "phone_l = phone_r", 0.55, 0.000004, "phone", 2e-6),
    level("one slip in the phone", "damerau_levenshtein(phone_l, phone_r) = 1", 0.04, 0.00002),
    level("another phone", "ELSE", 0.42, 0.999),
)

EMAIL = comparison(
    "email",
    "e-mail address",
    nothing("email_l IS NULL OR email_r IS NULL"),
    level("same e-mail, two people", f"email_l = email_r AND {TWO_PEOPLE}", 0.02, 0.01),
    level("same e-mail", "email_l = email_r", 0.60, 0.000004, "email", 2e-6),
    level("one slip in the e-mail", "damerau_levenshtein(email_l, email_r) <= 1", 0.03, 0.00001),
    level("same name part, another provider", "split_part(email_l, '@', 1) = split_part(email_r, '@', 1) AND length(split_part(email_l, '@', 1)) >= 6", 0.04, 0.0001),
    level("another e-mail", "ELSE", 0.35, 0.999),
)  # fmt: skip

HANDLES = comparison(
    "handles",
    "names used on line",
    nothing("handles_l IS NULL OR handles_r IS NULL"),
    level("shares a handle", "list_has_any(handles_l, handles_r)", 0.55, 0.000006),
    level("no handle shared", "ELSE", 0.45, 0.999),
)

VEHICLE = comparison(
    "vehicle",
    "registration mark",
    nothing("vehicle_l IS NULL OR vehicle_r IS NULL"),
    level("same vehicle, two people", f"vehicle_l = vehicle_r AND {TWO_PEOPLE}", 0.02, 0.02),
    level("same vehicle", "vehicle_l = vehicle_r", 0.45, 0.00001),
    level("one slip in the mark", "damerau_levenshtein(vehicle_l, vehicle_r) = 1", 0.05, 0.0001),
    level("another vehicle", "ELSE", 0.45, 0.999),
)


def identifier(name: str, description: str) -> dict[str, Any]:
    """PNC and CRO alike: one alone never links, and a difference is evidence too."""
    return comparison(
        name,
        description,
        nothing(f"{name}_written_l IS NULL OR {name}_written_r IS NULL"),
        level("same, and its letter is right", f"{name}_l = {name}_r", 0.86, 1e-6),
        level("written the same, its letter wrong", f"{name}_written_l = {name}_written_r", 0.03, 1e-6),
        level("one slip", f"damerau_levenshtein({name}_written_l, {name}_written_r) <= 2", 0.06, 0.0001),
        neutral("one of them not valid", f"{name}_l IS NULL OR {name}_r IS NULL"),
        level("two different ones, both valid", "ELSE", 0.004, 0.999),
    )  # fmt: skip


SEX = comparison(
    "sex",
    "sex as recorded",
    nothing("sex_l IS NULL OR sex_r IS NULL"),
    level("same sex", "sex_l = sex_r", 0.985, 0.75),
    level("sexes differ", "ELSE", 0.015, 0.25),
)

COMPARISONS: Final = (
    SURNAME,
    FORENAME,
    MIDDLE,
    BORN,
    HOME,
    PHONE,
    EMAIL,
    HANDLES,
    VEHICLE,
    identifier("pnc", "Police National Computer reference"),
    identifier("cro", "criminal records office number"),
    SEX,
)


def model() -> dict[str, Any]:
    """The model in Splink's own format. The prior is replaced for each feed by its size."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "row",
        "probability_two_random_records_match": 1e-6,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": list(COMPARISONS),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": [],
    }


def written(settings: dict[str, Any]) -> str:
    """The model as it lies on disk."""
    return json.dumps(settings, indent=1, sort_keys=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(model()), encoding="utf-8")
