"""At a door at 3 a.m.: a breach asked about and logged, and somebody who asks too often."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Final

from vigil.access.viewer import Role
from vigil.entrypoints.demo.doors import Browser, DemoError, call, command
from vigil.entrypoints.demo.story import HOME_FORCE, Demo

ANSWER: Final = re.compile(r'name="answer" value="([^"]+)"')
ALERT: Final = re.compile(r'name="alert" value="(\d+)"')
MOST_AN_HOUR, MOST_A_DAY = 6, 12


def stand_at_a_door(demo: Demo) -> None:
    """He spoke to her: a breach, logged with one press, two things of its list secured; then a
    program asks where he may be so often that it is refused, and the auditor reads of it."""
    with demo.at(11, 18):
        head = demo.as_role(Role.ADMINISTRATOR)
        limits = (str(MOST_AN_HOUR), str(MOST_A_DAY))
        command("agency", "questions", *limits, "--why", "two doors a shift", *head)
    person = demo.registered[0]
    with demo.at(12, 3):
        officer = demo.browser(Role.RESPONSE_OFFICER, because=("incident", "0212"))
        _log(officer, person)
        _ask_too_often(demo, person, demo.instant(12, 3))
    with demo.at(12, 9):
        auditor = demo.browser(Role.AUDITOR)
        page = auditor.read("/doorstep/alerts/")
        auditor.fill("/doorstep/alerts/", {"alert": ALERT.findall(page)[0]})


def _log(officer: Browser, person: str) -> None:
    door = f"/doorstep/{person}/"
    page = officer.fill(door, {"act": "spoke", "towards": _her(officer.read(door))}, expect=200)
    if "BREACH" not in page:
        raise DemoError("expected a breach at the door, found another answer")
    logged = officer.press(page, f"{door}log/", {"answer": html.unescape(ANSWER.findall(page)[0])})
    officer.fill(logged, {"what": ["video", "account"]})


def _her(page: str) -> str:
    """The first protected person that the page offers."""
    found = re.findall(r'value="([A-Z]+-\d+-\d+/\d+)"', page)
    if not found:
        raise DemoError("expected a protected person to choose at the door, found none")
    return str(found[0])


def _ask_too_often(demo: Demo, person: str, at: datetime) -> None:
    token = demo.accounts[Role.CONTROL_ROOM.value]["api_token"]
    asked = [
        {
            "id": str(number),
            "at": at.isoformat(),
            "act": {
                "by": person,
                "kind": "presence",
                "place": {"lat": 54.5 + number / 100, "lon": 1.5},
            },
        }
        for number in range(MOST_AN_HOUR + 1)
    ]
    told = call(token, "POST", "/doorstep", asked, because=f"incident 0212 of {HOME_FORCE}")
    if told[-1].get("error", {}).get("code") != "too_many_questions":
        raise DemoError("expected the last of so many questions to be refused, found an answer")
