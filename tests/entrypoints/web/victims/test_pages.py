"""Her page, the forms that change it, the list that names nobody, and the way out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.entrypoints.web.victims.conftest import OFFICER
from vigil.access.look import look
from vigil.access.viewer import Role
from vigil.ledger.models import Entry
from vigil.victims import actions, queries
from vigil.victims.models import ProtectedPerson, SafeTimes

pytestmark = pytest.mark.django_db

Desk = Callable[..., Client]
SECRETS = ("Quillbrook", "Canary", "53.1", "sister", "ring the house")
READERS = [Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR, Role.ADVOCATE]
BOW_TIE = [[-1.5, 53.0], [-1.4, 53.1], [-1.4, 53.0], [-1.5, 53.1], [-1.5, 53.0]]
SQUARE = [[-1.5, 53.0], [-1.4, 53.0], [-1.4, 53.1], [-1.5, 53.1], [-1.5, 53.0]]


def words(answer: Any) -> str:
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def seen(her: str, at: datetime) -> tuple[queries.Protected, tuple[Any, ...], queries.SafeNow]:
    with look(viewer=OFFICER, references=[her], at=at) as sight:
        return (
            queries.protected_person(sight, her),
            queries.places_of(sight, her),
            queries.safe_now(sight, her),
        )


@pytest.mark.parametrize("role", READERS)
def test_who_may_read_her_reads_first_whether_she_may_be_contacted(
    desk: Desk, her: str, role: Role
) -> None:
    page = words(desk(role).get(f"/protected/{her}/"))
    assert page.index("She may be contacted now.") < page.index("Do not ring the house")
    assert page.index("Do not ring the house") < page.index("her sister")
    assert "Monday, from 11am until 1:30pm" in page
    assert "53.1, -1.6" in page
    assert "Born" in page
    assert ("Exit this page" in page) is (role is Role.ADVOCATE)


@pytest.mark.parametrize("role", READERS)
def test_no_name_stands_in_a_title_or_an_address(desk: Desk, her: str, role: Role) -> None:
    client = desk(role)
    for path in ("", f"{her}/", f"{her}/place/", f"{her}/contact/", f"{her}/times/", "new/"):
        page = client.get(f"/protected/{path}").content.decode()
        title = re.search(r"<title>(.*?)</title>", page)
        assert title is not None
        assert not re.search(r"Quill|victim|protect|abuse|stalk", title[1], re.IGNORECASE)
        links = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page))
        assert not any(secret in links for secret in SECRETS)


@pytest.mark.parametrize("role", READERS)
def test_the_list_names_nobody_and_looks_at_nobody(desk: Desk, her: str, role: Role) -> None:
    client = desk(role)
    before = Entry.objects.count()
    page = words(client.get("/protected/"))
    assert f'href="/protected/{her}/"' in page
    assert not any(secret in page for secret in SECRETS)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("role", sorted(set(Role) - set(READERS)))
def test_who_may_not_read_her_is_turned_away_at_the_door(desk: Desk, her: str, role: Role) -> None:
    client = desk(role)
    for path in ("", f"{her}/", f"{her}/place/", f"{her}/times/", "new/"):
        answer = client.get(f"/protected/{path}")
        assert answer.status_code == 403
        assert not any(secret in words(answer) for secret in SECRETS)


def test_a_stranger_gets_the_same_bytes_for_her_as_for_nobody(
    desk: Desk, her: str, at: datetime
) -> None:
    place = seen(her, at)[1][0].reference
    actions.hand_to_advocate(by=OFFICER, at=at, person=her, advocate="")
    client = desk(Role.ADVOCATE)
    pages = ("", "place/", f"place/{place}/", "contact/", "times/", "advocate/", "parent/")
    for page in pages:
        hers = client.get(f"/protected/{her}/{page}")
        nobodys = client.get(f"/protected/V-NOBODY/{page}")
        assert hers.status_code == nobodys.status_code == 404
        assert hers.content == nobodys.content
        assert client.post(f"/protected/{her}/{page}", {}).status_code in (404, 405)
    assert her not in words(client.get("/protected/"))


def test_another_agency_gets_the_same_bytes_for_her_as_for_nobody(desk: Desk, her: str) -> None:
    ProtectedPerson.objects.filter(reference=her).update(agency_id="11")
    client = desk()
    hers, nobodys = client.get(f"/protected/{her}/"), client.get("/protected/V-NOBODY/")
    assert hers.status_code == 404
    assert hers.content == nobodys.content


def test_each_page_of_hers_is_a_look_that_names_her(desk: Desk, her: str) -> None:
    client = desk()
    for path in ("", "place/", "contact/", "times/", "advocate/", "parent/"):
        before = Entry.objects.filter(did="access.look").count()
        assert client.get(f"/protected/{her}/{path}").status_code == 200
        assert Entry.objects.filter(did="access.look").count() == before + 1
        leaf = json.loads(Entry.objects.filter(did="access.look").latest("id").leaf)
        assert leaf["targets"] == [her]
        assert leaf["because"] == "allocation task 12"


def test_without_a_reason_nothing_is_shown(browser: Desk, her: str) -> None:
    answer = browser(Role.OFFENDER_MANAGER).get(f"/protected/{her}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/reason/")


def test_somebody_is_recorded_and_then_shown(desk: Desk, her: str, at: datetime) -> None:
    typed = {
        "name": "Merrin  Quillbrook",
        "known_as": "Mer\n\nMerry",
        "born_on-day": "1",
        "born_on-month": "2",
        "born_on-year": "2015",
        "address": "4 Canary Steps",
    }
    client = desk(Role.ADVOCATE)
    answer = client.post("/protected/new/", typed)
    assert answer.status_code == 302
    reference = answer["Location"].split("/")[2]
    found, places, _ = seen(reference, at)
    assert (found.name, found.known_as) == ("Merrin Quillbrook", ("Mer", "Merry"))
    assert (found.is_child, found.advocate) == (True, "test-advocate")
    assert places[0].address == "4 Canary Steps"
    assert "She is recorded." in words(client.get(answer["Location"]))
    assert client.post(f"/protected/{reference}/parent/", {"parent": her}).status_code == 302
    assert seen(reference, at)[0].child_of == (her,)


@pytest.mark.parametrize(("said", "child"), [("", None), ("yes", True), ("no", False)])
def test_a_child_may_be_said_where_no_birthday_is_known(
    desk: Desk, her: str, at: datetime, said: str, child: bool | None
) -> None:
    answer = desk().post("/protected/new/", {"name": "A", "child": said})
    assert seen(answer["Location"].split("/")[2], at)[0].is_child is child


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param({}, "Enter her name", id="no name"),
        pytest.param(
            {"name": "A", "born_on-day": "1", "born_on-month": "1", "born_on-year": "2099"},
            "Expected a birthday that is past",
            id="a birthday to come",
        ),
    ],
)
def test_nobody_is_recorded_from_a_form_with_a_fault(
    desk: Desk, her: str, typed: dict[str, str], sentence: str
) -> None:
    answer = desk().post("/protected/new/", typed)
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert ProtectedPerson.objects.count() == 1


def test_a_place_is_added_as_an_area_and_read_back(desk: Desk, her: str, at: datetime) -> None:
    client = desk()
    polygon = json.dumps({"type": "Polygon", "coordinates": [SQUARE]})
    typed = {
        "kind": "school",
        "polygon": polygon,
        "since_on-day": "1",
        "since_on-month": "9",
        "since_on-year": "2026",
    }
    answer = client.post(f"/protected/{her}/place/", typed)
    assert answer.status_code == 302
    page = words(client.get(answer["Location"]))
    assert "53.0, -1.5; 53.0, -1.4; 53.1, -1.4; 53.1, -1.5" in page
    assert seen(her, at)[1][0].since_on == date(2026, 9, 1)


def test_a_point_may_be_typed_with_a_printed_minus(desk: Desk, her: str, at: datetime) -> None:
    typed = {"kind": "work", "lat": " 53.25 ", "lon": "\N{MINUS SIGN}1.5"}
    assert desk().post(f"/protected/{her}/place/", typed).status_code == 302
    shape = seen(her, at)[1][0].shape
    assert (shape.lat, shape.lon) == (53.25, -1.5)


BAD_PLACES: list[Any] = [
    pytest.param({"address": "x"}, "Choose what this place is", id="no kind"),
    pytest.param({"kind": "lair", "address": "x"}, "from the list", id="an unknown kind"),
    pytest.param({"kind": "home"}, "say where the place is", id="nowhere"),
    pytest.param({"kind": "home", "lat": "north", "lon": "1"}, "Latitude must be", id="a word"),
    pytest.param({"kind": "home", "lat": "nan", "lon": "1"}, "Latitude must be", id="not a number"),
    pytest.param(
        {"kind": "home", "lat": "91", "lon": "1"}, "latitude from -90", id="no such place"
    ),
    pytest.param(
        {"kind": "home", "lat": "-1.5", "lon": "53"}, "wrong way round", id="changed over"
    ),
    pytest.param({"kind": "home", "polygon": "{"}, "GeoJSON polygon", id="no GeoJSON"),
    pytest.param(
        {"kind": "home", "polygon": json.dumps({"type": "Polygon", "coordinates": [BOW_TIE]})},
        "does not cross itself",
        id="an area that crosses itself",
    ),
]


@pytest.mark.parametrize(("typed", "sentence"), BAD_PLACES)
def test_a_place_that_cannot_be_is_refused_in_one_sentence_and_what_was_typed_stays(
    desk: Desk, her: str, at: datetime, typed: dict[str, str], sentence: str
) -> None:
    answer = desk().post(f"/protected/{her}/place/", typed)
    assert answer.status_code == 400
    page = words(answer)
    summary = page.split("There is a problem")[1].split("</ul>")[0]
    assert sentence in summary
    assert summary.count("<li>") == 1
    assert len(seen(her, at)[1]) == 1
    assert all(value in page for name, value in typed.items() if name != "kind")


def test_a_place_ends_once(desk: Desk, her: str, at: datetime) -> None:
    place = seen(her, at)[1][0].reference
    client = desk()
    typed = {"last_day-day": "22", "last_day-month": "11", "last_day-year": "2026"}
    assert "It is not hers any more" in words(client.get(f"/protected/{her}/"))
    answer = client.post(f"/protected/{her}/place/{place}/", typed)
    assert answer.status_code == 302
    page = words(client.get(answer["Location"]))
    assert page.index("No place is recorded.") < page.index("Places of before")
    assert "22 November 2026" in page
    again = client.post(f"/protected/{her}/place/{place}/", typed)
    assert again.status_code == 400
    assert "last day already" in words(again)
    assert client.get(f"/protected/{her}/place/L-NOBODY/").status_code == 404


def test_contact_is_changed_from_what_counts_now(desk: Desk, her: str, at: datetime) -> None:
    client = desk(Role.ADVOCATE)
    assert "her sister" in words(client.get(f"/protected/{her}/contact/"))
    answer = client.post(f"/protected/{her}/contact/", {"how": "by text"})
    assert answer.status_code == 302
    reach = seen(her, at)[2].reach
    assert reach is not None
    assert (reach.number, reach.who, reach.how) == (2, "", "by text")
    assert client.post(f"/protected/{her}/contact/", {}).status_code == 400


def test_safe_times_are_changed_added_and_taken_away(desk: Desk, her: str, at: datetime) -> None:
    client = desk()
    page = words(client.get(f"/protected/{her}/times/"))
    assert 'value="11:00"' in page
    assert "Another safe time" in page
    typed = {
        "days_1": ["mon"],
        "from_time_1": "11:00",
        "to_time_1": "13:30",
        "days_2": ["fri", "sat"],
        "from_time_2": "22:00",
        "to_time_2": "01:00",
    }
    answer = client.post(f"/protected/{her}/times/", typed)
    assert answer.status_code == 302
    page = words(client.get(answer["Location"]))
    assert "Friday and Saturday, from 10pm until 1am the next day" in page
    # The first one emptied.
    for name in ("days_1", "from_time_1", "to_time_1"):
        del typed[name]
    client.post(f"/protected/{her}/times/", typed)
    assert [time.days for time in seen(her, at)[2].times] == [frozenset({"fri", "sat"})]
    client.post(f"/protected/{her}/times/", {"is_never": "on"})
    assert seen(her, at)[2].times == ()
    page = words(client.get(f"/protected/{her}/"))
    assert "Do not contact her now." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param({}, "Give safe times", id="nothing"),
        pytest.param(
            {"is_never": "on", "days_1": ["mon"], "from_time_1": "09:00", "to_time_1": "10:00"},
            "Give safe times",
            id="times and never",
        ),
        pytest.param({"days_1": ["mon"]}, "Expected safe times as days", id="days alone"),
        pytest.param(
            {"days_1": ["mon"], "from_time_1": "9", "to_time_1": "10:00"}, "HH:MM", id="half a time"
        ),
        pytest.param({"days_1": ["someday"]}, "Choose days from the list", id="no such day"),
    ],
)
def test_safe_times_that_are_none_are_refused(
    desk: Desk, her: str, typed: dict[str, Any], sentence: str
) -> None:
    answer = desk().post(f"/protected/{her}/times/", typed)
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert SafeTimes.objects.count() == 1


def test_an_advocate_who_hands_her_on_is_led_to_her_list(
    desk: Desk, her: str, at: datetime
) -> None:
    client = desk(Role.ADVOCATE)
    wrong = client.post(f"/protected/{her}/advocate/", {"advocate": "nobody-here"})
    assert wrong.status_code == 400
    assert "open account of an advocate" in words(wrong)
    answer = client.post(f"/protected/{her}/advocate/", {"advocate": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/protected/")
    assert her not in words(client.get("/protected/"))
    assert client.get(f"/protected/{her}/").status_code == 404


def test_an_officer_who_hands_her_on_stays_on_her_page(desk: Desk, her: str) -> None:
    client = desk()
    answer = client.post(f"/protected/{her}/advocate/", {"advocate": ""})
    assert "No advocate" in words(client.get(answer["Location"]))


def test_a_parent_whom_one_may_not_read_is_refused_on_the_form(desk: Desk, her: str) -> None:
    client = desk()
    for parent, sentence in (("V-NOBODY", "whom you may read"), (her, "two people")):
        answer = client.post(f"/protected/{her}/parent/", {"parent": parent})
        assert answer.status_code == 400
        assert sentence in words(answer)


def test_one_tap_ends_the_session_and_shows_another_site(desk: Desk, her: str) -> None:
    client = desk(Role.ADVOCATE)
    page = client.get(f"/protected/{her}/").content.decode()
    assert 'href="/leave/"' in page
    answer = client.get("/leave/")
    assert answer.status_code == 302
    assert not answer["Location"].startswith("/")
    assert '"cookies"' in answer["Clear-Site-Data"]
    after = client.get(f"/protected/{her}/")
    assert after["Location"].startswith("/sign-in/")
    assert Entry.objects.filter(did="access.end_session").count() == 1
