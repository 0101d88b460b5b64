"""A condition's rule: which fields each kind has, and what may stand in them.

Pure. Refuses geometry: coordinates of a protected place lie sealed with the protected person,
and a rule names them by reference. Does not ask whether an instrument may hold such a term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

from vigil.orders.errors import BadRuleError

MEANS = (
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
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOTIFIED = ("address", "name", "relationship", "vehicle", "device")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
Check = Callable[[Any], bool]


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _listed(allowed: Collection[str], *, may_be_empty: bool = False) -> Check:
    def check(value: Any) -> bool:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            return False
        return (may_be_empty or bool(value)) and len(set(value)) == len(value) <= len(
            set(value) & set(allowed)
        )

    return check


def _references(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_words(v) for v in value)


def _is_instant(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _whole(least: int) -> Check:
    return lambda value: type(value) is int and value >= least


# Field -> (what may stand there, in words; the check).
FIELDS: Mapping[str, tuple[str, Check]] = {
    "persons": ("a list of references of protected persons", _references),
    "means": (
        f'"any" or a list of {", ".join(MEANS)}',
        lambda value: value == "any" or _listed(MEANS)(value),
    ),
    "except": (f"a list of {', '.join(MEANS)}", _listed(MEANS, may_be_empty=True)),
    "place": (
        'a place by its reference, {"address_ref": ...}, and nothing else',
        lambda value: (
            isinstance(value, dict) and set(value) == {"address_ref"} and _words(*value.values())
        ),
    ),
    "radius_metres": ("a whole number of metres from 1", _whole(1)),
    "days": (f"a list of {', '.join(DAYS)}", _listed(DAYS)),
    "from_time": ("a time of day, HH:MM", lambda v: _words(v) and bool(_TIME.fullmatch(v))),
    "to_time": ("a time of day, HH:MM", lambda v: _words(v) and bool(_TIME.fullmatch(v))),
    "address_ref": ("the reference of a place", _words),
    "area_ref": ("the reference of a sealed area", _words),
    "programme": ("the name of a programme", _words),
    "supervisor": ("the name or the post of whoever supervises it", _words),
    "last_day": ("a day, YYYY-MM-DD", _is_day),
    "at": (
        "a list of instants with an offset",
        lambda value: isinstance(value, list) and bool(value) and all(map(_is_instant, value)),
    ),
    "what": (f"one of {', '.join(NOTIFIED)}", lambda value: value in NOTIFIED),
    "within_days": ("a whole number of days from 1", _whole(1)),
}
_PERSONS = (frozenset({"persons"}), frozenset[str]())
_SUPERVISED = frozenset({"supervisor"})
# Kind -> the shapes that it may have, each as (fields that must be there, fields that may).
SHAPES: Mapping[str, tuple[tuple[frozenset[str], frozenset[str]], ...]] = {
    "no_contact": ((frozenset({"persons", "means"}), frozenset({"except"})),),
    "stay_away": (
        _PERSONS,
        (frozenset({"place", "radius_metres"}), frozenset()),
        (frozenset({"area_ref"}), frozenset()),
    ),
    "do_not_enter": (
        (frozenset({"place"}), frozenset()),
        (frozenset({"area_ref"}), frozenset()),
    ),
    "no_violence": (_PERSONS,),
    "no_threats": (_PERSONS,),
    "no_damage": (_PERSONS,),
    "curfew": ((frozenset({"days", "from_time", "to_time", "address_ref"}), frozenset()),),
    "attend": ((frozenset({"programme", "at"}), _SUPERVISED),),
    # A tag has a last day of its own where the law bounds monitoring and not the order.
    "wear_tag": ((frozenset(), _SUPERVISED | {"last_day"}),),
    "notify": ((frozenset({"what", "within_days"}), _SUPERVISED),),
    "other": ((frozenset(), _SUPERVISED),),
}


# Geometry, under every name that it comes by.
_RAW = frozenset({"polygon", "lat", "lon", "geometry", "coordinates"})


def _keys(place: Any) -> Collection[str]:
    return tuple(place) if isinstance(place, dict) else ()


def check_rule(rule: Mapping[str, Any], *, protected: Collection[str]) -> None:
    """Raises BadRuleError unless the rule is one of the known kinds, in its shape.

    `protected` are the references of the order's protected persons: a rule names no others.
    """
    kind = rule.get("kind")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise BadRuleError(f"expected the kind of rule to be one of {', '.join(SHAPES)}")
    fields = set(rule) - {"kind"}
    if fields & _RAW or _RAW & set(_keys(rule.get("place"))):
        raise BadRuleError(
            f"expected the place of {kind} by its reference, found coordinates; add the place to "
            "the protected person, where it is sealed, and name it here by its reference: "
            '{"place": {"address_ref": "L-..."}} or {"area_ref": "L-..."}'
        )
    shapes = SHAPES[kind]
    if not any(must <= fields <= must | may for must, may in shapes):
        wanted = " or ".join(", ".join(sorted(must)) or "no field" for must, _ in shapes)
        found = ", ".join(sorted(fields)) or "none"
        raise BadRuleError(f"expected {wanted} in a rule of kind {kind}, found {found}")
    for field in sorted(fields):
        said, check = FIELDS[field]
        if not check(rule[field]):
            raise BadRuleError(f"expected {field} of {kind} to be {said}, found something else")
    strangers = set(rule.get("persons", ())) - set(protected)
    if strangers:
        raise BadRuleError(
            f"expected {kind} to name only the order's protected persons, found another; "
            "add her to the order first"
        )
