"""Doorstep questions by chance, whole and well-formed, for the properties that hold of any."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from vigil.orders.doorstep.words import ACTS, DAYS, MEANS, NOTIFIED, RULES

PERSONS = ("P-1", "P-2", "V-1", "V-2", "V-3")
ADDRESSES = ("L-HOME", "L-HIS", "L-SHOP")
INSTRUMENTS = ("DVPN", "DVPO", "DAPN", "DAPO", "STALK_PO", "NMO", "OCC_O", "RO_CONV", "CBO")
# What most conditions are about, so that most acts meet one.
OFTEN = ("no_contact", "stay_away", "do_not_enter") * 4
FIRST = datetime(2026, 3, 1, tzinfo=UTC)

some = st.sampled_from
minutes = st.integers(0, 60 * 24 * 300)
# Of acts: late, so that most orders have been made by then.
later = st.integers(60 * 24 * 150, 60 * 24 * 300)
instants = minutes.map(lambda n: (FIRST + timedelta(minutes=n)).isoformat())
late_instants = later.map(lambda n: (FIRST + timedelta(minutes=n)).isoformat())
early_days = st.integers(0, 60).map(lambda n: (date(2026, 3, 1) + timedelta(days=n)).isoformat())
days = st.integers(0, 300).map(lambda n: (date(2026, 3, 1) + timedelta(days=n)).isoformat())
times = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0]:02}:{t[1]:02}")
latitudes = st.integers(-400, 400).map(lambda n: 54.5 + n / 20_000)
longitudes = st.integers(-400, 400).map(lambda n: 1.5 + n / 20_000)
persons = st.just(["V-1"]) | st.lists(some(PERSONS), min_size=1, max_size=3, unique=True)


def _or_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _seldom(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.none() | st.none() | strategy


@st.composite
def places(draw: Any) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if draw(st.booleans()):
        place = {"lat": draw(latitudes), "lon": draw(longitudes)}
        if draw(st.booleans()):
            place["accuracy_metres"] = draw(some((0, 5, 50, 500, 12.5)))
    if not place or draw(st.booleans()):
        place["address_ref"] = draw(some(ADDRESSES))
    return place


@st.composite
def boxes(draw: Any) -> dict[str, Any]:
    south, west = draw(latitudes), draw(longitudes)
    north, east = south + draw(some((0.0005, 0.004, 0.02))), west + draw(some((0.0007, 0.03)))
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    if draw(st.booleans()):
        return {"type": "Polygon", "coordinates": [ring]}
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


@st.composite
def rules(draw: Any) -> dict[str, Any]:
    kind = draw(some((*RULES, *OFTEN)))
    if kind == "no_contact":
        means = draw(st.just("any") | st.lists(some(MEANS), min_size=1, unique=True))
        excepted = draw(st.lists(some(MEANS), max_size=2, unique=True))
        return {"kind": kind, "persons": draw(persons), "means": means, "except": excepted}
    if kind in {"no_violence", "no_threats", "no_damage"}:
        return {"kind": kind, "persons": draw(persons)}
    if kind == "stay_away":
        where = draw(
            persons.map(lambda p: {"persons": p})
            | st.tuples(places(), some((1, 100, 2000))).map(
                lambda t: {"place": t[0], "radius_metres": t[1]}
            )
            | boxes().map(lambda b: {"polygon": b})
        )
        return {"kind": kind, **where}
    if kind == "do_not_enter":
        where = draw(
            some(ADDRESSES).map(lambda a: {"place": {"address_ref": a}})
            | boxes().map(lambda b: {"polygon": b})
        )
        return {"kind": kind, **where}
    if kind == "curfew":
        return {
            "kind": kind,
            "days": draw(st.lists(some(DAYS), min_size=1, unique=True)),
            "from_time": draw(times),
            "to_time": draw(times),
            "address_ref": "L-HIS",
        }
    if kind == "attend":
        return {"kind": kind, "programme": "Ways", "at": draw(st.lists(instants, max_size=2))}
    if kind == "notify":
        return {"kind": kind, "what": draw(some(NOTIFIED)), "within_days": draw(st.integers(1, 9))}
    return {"kind": kind}


@st.composite
def conditions(draw: Any) -> list[dict[str, Any]]:
    listed = draw(st.lists(rules(), min_size=1, max_size=4))
    return [
        {"clause": str(n), "text": f"Words of {n}.", "rule": rule}
        for n, rule in enumerate(listed, 1)
    ]


@st.composite
def events(draw: Any) -> dict[str, Any]:
    kind = draw(some(("varied", "extended", "discharged", "quashed", "suspended")))
    event: dict[str, Any] = {"kind": kind, "at": draw(instants)}
    if kind == "suspended":
        lasts = draw(_or_none(st.integers(0, 40_000)))
        if lasts is not None:
            ends = datetime.fromisoformat(event["at"]) + timedelta(minutes=lasts)
            event["until_at"] = ends.isoformat()
    if kind in {"varied", "extended"}:
        event["last_day"] = draw(_or_none(days))
        if draw(st.booleans()):
            event["conditions"] = draw(conditions())
    return event


@st.composite
def orders(draw: Any, ref: str = "") -> dict[str, Any]:
    order = {
        "ref": ref or draw(some(("O-1", "O-2", "O-3"))),
        "instrument": draw(some(INSTRUMENTS)),
        "jurisdiction": "EW",
        "respondent": draw(some(("P-1",) * 7 + ("P-2",))),
        "protected": ["V-1", "V-2"],
        "made_on": draw(early_days),
        "made_at": draw(_seldom(instants)),
        "served_at": draw(_or_none(instants)),
        "known_to_respondent_at": draw(_or_none(instants)),
        "last_day": draw(_seldom(days)),
        "events": draw(st.just([]) | st.lists(events(), max_size=3)),
        "conditions": draw(conditions()),
    }
    without_notice = draw(some((True, False, None)))
    if without_notice is not None:
        order["without_notice"] = without_notice
    return order


@st.composite
def acts(draw: Any) -> dict[str, Any]:
    kind = draw(some((*ACTS, *("contact", "presence", "approach") * 4)))
    act = {
        "by": draw(some(("P-1",) * 8 + ("P-2", "V-1"))),
        "kind": kind,
        "towards": draw(some((None, "V-1", "V-1", "V-1", "V-2", "V-3", "P-2"))),
        "means": draw(_or_none(some(MEANS))),
        "place": draw(_or_none(places())),
        "consented": draw(st.booleans()),
    }
    if kind.startswith("new_"):
        act |= {"changed_on": draw(days), "notified_on": draw(_or_none(days))}
    return act


@st.composite
def questions(draw: Any, least: int = 0, most: int = 3) -> dict[str, Any]:
    count = draw(st.integers(least, most))
    return {
        "id": "q",
        "at": draw(late_instants),
        "act": draw(acts()),
        "orders": [draw(orders(ref=f"O-{n}")) for n in range(1, count + 1)],
    }
