"""Two men with reports, one under two orders, and browsers that have said why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from tests.entrypoints.web.people import record
from tests.support.orders import agencies, made, officer, protected_person, served
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import standing_at
from vigil.orders.rules import Clause
from vigil.victims.actions import add_place

NAME = "Wenna Quillbrook"  # whom support.orders.protected_person names
STREET, LAT, LON = "1 Lanternhidden Row", 54.9783, -1.6178
CANARIES = (NAME, "Wenna", "Quillbrook", STREET, "Lanternhidden", str(LAT), str(LON))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings, at: datetime) -> Iterator[Path]:
    settings.VIGIL_HOME = tmp_path
    with standing_at(at):
        yield tmp_path


@pytest.fixture
def desk(browser: Callable[..., Client]) -> Callable[..., Client]:
    """A browser of somebody of that role who has given a reason."""

    def open_as(role: Role = Role.RESPONSE_OFFICER) -> Client:
        client = browser(role)
        client.post("/reason/", {"kind": "incident", "reference": "0212"})
        return client

    return open_as


@dataclass(frozen=True)
class World:
    """A man under orders, and what is sealed of her."""

    him: str
    other: str
    order: str
    her: str
    place: str


@pytest.fixture
def world(administrator: Viewer, at: datetime) -> World:
    """A man under a served stalking protection order with five clauses; another under none."""
    agencies()
    record.put_two_men()
    her = protected_person(at)
    place = add_place(
        by=officer(), at=at, person=her, kind="home", address=STREET, lat=LAT, lon=LON
    )
    order = made(
        at,
        respondent=record.HIM,
        protected=[her],
        made_on=(at - timedelta(days=30)).date(),
        last_day=(at + timedelta(days=900)).date(),
        clauses=clauses(her, place, at),
    )
    served(order, at - timedelta(days=29), at=at)
    return World(record.HIM, record.OTHER_MAN, order, her, place)


def clauses(her: str, place: str, at: datetime) -> list[Clause]:
    lawyer = ["legal_representative"]
    return [
        Clause(
            "1",
            "Not to contact protected person 1 by any means.",
            {"kind": "no_contact", "persons": [her], "means": "any", "except": lawyer},
        ),
        Clause(
            "2",
            "Not to go within 100 metres of protected place 1.",
            {"kind": "stay_away", "place": {"address_ref": place}, "radius_metres": 100},
        ),
        Clause(
            "3",
            "To be at home from 9pm to 6am.",
            {
                "kind": "curfew",
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "from_time": "21:00",
                "to_time": "06:00",
                "address_ref": "his-home",
            },
        ),
        Clause(
            "4",
            "To tell the police of a new address within 3 days.",
            {"kind": "notify", "what": "address", "within_days": 3},
        ),
        Clause(
            "5",
            "To attend the course.",
            {
                "kind": "attend",
                "programme": "a course",
                "at": [(at - timedelta(days=2)).isoformat(), (at + timedelta(days=5)).isoformat()],
            },
        ),
    ]


def words(answer: HttpResponse | Any) -> str:
    """What a page holds."""
    return str(answer.content.decode())
