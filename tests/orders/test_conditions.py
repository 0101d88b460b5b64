"""A condition's rule has one of the known shapes, or is refused with what was expected."""

from __future__ import annotations

from typing import Any

import pytest

from vigil.orders.conditions import SHAPES, check_rule
from vigil.orders.errors import BadRuleError

HER = "V-ABCDEFGHJK"
CURFEW: dict[str, Any] = {
    "kind": "curfew",
    "days": ["mon", "sun"],
    "from_time": "22:00",
    "to_time": "06:00",
    "address_ref": "L-2",
}
ATTEND: dict[str, Any] = {
    "kind": "attend",
    "programme": "a course",
    "at": ["2026-03-02T10:00:00+00:00"],
}
NOTIFY: dict[str, Any] = {"kind": "notify", "what": "address", "within_days": 3}
GOOD: list[dict[str, Any]] = [
    {"kind": "no_contact", "persons": [HER], "means": "any", "except": []},
    {"kind": "no_contact", "persons": [HER], "means": ["text"], "except": ["gift"]},
    {"kind": "stay_away", "persons": [HER]},
    {"kind": "stay_away", "place": {"address_ref": "L-1"}, "radius_metres": 100},
    {"kind": "stay_away", "area_ref": "L-1"},
    {"kind": "do_not_enter", "place": {"address_ref": "L-1"}},
    {"kind": "do_not_enter", "area_ref": "L-1"},
    {"kind": "no_violence", "persons": [HER]},
    {"kind": "no_threats", "persons": [HER]},
    {"kind": "no_damage", "persons": [HER]},
    CURFEW,
    ATTEND,
    ATTEND | {"supervisor": "PS 12, offender desk"},
    {"kind": "wear_tag"},
    {"kind": "wear_tag", "last_day": "2027-11-22", "supervisor": "the monitoring firm"},
    NOTIFY,
    {"kind": "other"},
    {"kind": "other", "supervisor": "PS 12"},
]


@pytest.mark.parametrize("rule", GOOD, ids=lambda r: f"{r['kind']} with {len(r) - 1} fields")
def test_every_kind_of_the_contract_is_taken(rule: dict[str, Any]) -> None:
    check_rule(rule, protected=[HER])


def test_every_kind_is_tried_above() -> None:
    assert {rule["kind"] for rule in GOOD} == set(SHAPES)


@pytest.mark.parametrize("rule", GOOD, ids=lambda r: f"{r['kind']} with {len(r) - 1} fields")
def test_a_field_that_the_kind_does_not_have_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError, match=r"found .*colour"):
        check_rule(rule | {"colour": "blue"}, protected=[HER])


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("no kind", {}),
    ("an unknown kind", {"kind": "be_good"}),
    ("a kind that is a list", {"kind": ["other"]}),
    ("no persons", {"kind": "no_violence"}),
    ("an empty list of persons", {"kind": "no_violence", "persons": []}),
    ("persons as a text", {"kind": "no_violence", "persons": HER}),
    ("a person without a reference", {"kind": "no_violence", "persons": [" "]}),
    ("means that nobody knows", {"kind": "no_contact", "persons": [HER], "means": ["owl"]}),
    ("one of the means twice", {"kind": "no_contact", "persons": [HER], "means": ["text", "text"]}),
    ("no means", {"kind": "no_contact", "persons": [HER], "means": []}),
    ("means that are numbers", {"kind": "no_contact", "persons": [HER], "means": [1]}),
    ("a place without its radius", {"kind": "stay_away", "place": {"address_ref": "L-1"}}),
    ("a radius of 0", {"kind": "stay_away", "place": {"address_ref": "L"}, "radius_metres": 0}),
    ("a true radius", {"kind": "stay_away", "place": {"address_ref": "L"}, "radius_metres": True}),
    ("an empty place", {"kind": "do_not_enter", "place": {}}),
    ("a place as a text", {"kind": "do_not_enter", "place": "L-1"}),
    ("a blank place", {"kind": "do_not_enter", "place": {"address_ref": ""}}),
    ("an unknown day", CURFEW | {"days": ["monday"]}),
    ("24 o'clock", CURFEW | {"to_time": "24:00"}),
    ("a time with seconds", CURFEW | {"from_time": "22:00:00"}),
    ("a local instant", ATTEND | {"at": ["2026-03-02T10:00:00"]}),
    ("no such day", ATTEND | {"at": ["2026-02-30T10:00:00+00:00"]}),
    ("a number for an instant", ATTEND | {"at": [1]}),
    ("no instants", ATTEND | {"at": []}),
    ("an unknown thing to notify", NOTIFY | {"what": "mood"}),
    ("0 days", NOTIFY | {"within_days": 0}),
    ("a supervisor without a name", ATTEND | {"supervisor": " "}),
    ("a supervised contact", GOOD[0] | {"supervisor": "PS 12"}),
    ("a tag until no real day", {"kind": "wear_tag", "last_day": "2027-02-29"}),
    ("a tag until a day in words", {"kind": "wear_tag", "last_day": "Monday"}),
    ("a tag until a number", {"kind": "wear_tag", "last_day": 20271122}),
    (
        "an area and a place",
        {"kind": "do_not_enter", "area_ref": "L", "place": {"address_ref": "L"}},
    ),
    ("an area with a radius", {"kind": "stay_away", "area_ref": "L-1", "radius_metres": 10}),
    ("a blank area", {"kind": "stay_away", "area_ref": " "}),
    ("somebody whom the order does not protect", {"kind": "no_threats", "persons": ["V-OTHER"]}),
]


@pytest.mark.parametrize(("what", "rule"), WRONG, ids=[what for what, _ in WRONG])
def test_a_wrong_rule_is_refused(what: str, rule: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError, match="expected"):
        check_rule(rule, protected=[HER])


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "stay_away", "place": {"lat": 55.0, "lon": -1.6}, "radius_metres": 100},
        {"kind": "do_not_enter", "polygon": {"type": "Polygon", "coordinates": []}},
        {"kind": "do_not_enter", "place": {"address_ref": "L-1", "lat": 55.0}},
        {"kind": "stay_away", "geometry": {"type": "Point", "coordinates": [-1.6, 55.0]}},
    ],
    ids=["a point", "an area", "a point beside a reference", "a geometry"],
)
def test_coordinates_of_a_protected_place_are_refused_and_never_repeated(
    rule: dict[str, Any],
) -> None:
    with pytest.raises(BadRuleError, match="found coordinates") as refused:
        check_rule(rule, protected=[HER])
    assert "55" not in str(refused.value)
