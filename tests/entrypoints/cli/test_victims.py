"""`vigil victims`: her record, her places, how she is reached; and who is told nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from typer.testing import Result

from tests.entrypoints.cli.typed import NOON, accounts, vigil
from tests.support.orders import london
from vigil.access.models import User
from vigil.ledger.models import Entry
from vigil.victims.models import Place, ProtectedPerson, SafeContact, SafeTimes
from vigil.victims.seals import victims_keys

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Wenna Quillbrook", "4 Canary Steps, Exmere"
AREA = {
    "type": "Polygon",
    "coordinates": [[[-1.5, 53.0], [-1.4, 53.0], [-1.4, 53.1], [-1.5, 53.0]]],
}
BOW_TIE = [[-1.5, 53.0], [-1.4, 53.1], [-1.4, 53.0], [-1.5, 53.1], [-1.5, 53.0]]
NOBODY = "There is nothing here, or nothing that you may see."


@pytest.fixture(autouse=True)
def people(db: None, tmp_path: Any, settings: Settings) -> None:
    settings.VIGIL_HOME = tmp_path
    accounts()
    for username in ("adah", "beth"):
        User.objects.create(username=username, agency_id="10", role="advocate")


@pytest.fixture
def her() -> str:
    about = {"name": NAME, "born_on": "1990-05-05", "known_as": ["Wen"], "advocate": "adah"}
    return said(typed("protect", "-", given=about))


def typed(*words: str, given: Any = None, who: str = "olive") -> Result:
    return vigil("victims", *words, who=who, text=json.dumps(given) if given is not None else None)


def said(ran: Result) -> str:
    assert (ran.exit_code, ran.stderr) == (0, ""), ran.output
    return str(ran.stdout).strip()


def refused(ran: Result, words: str) -> None:
    assert ran.exit_code == 2, ran.output
    assert words in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert ran.stdout == ""


def shown(her: str, who: str = "olive", at: Any = NOON) -> Any:
    ran = vigil("victims", "show", her, "--json", who=who, at=at)
    return json.loads(said(ran))


def test_all_of_her_is_shown_to_who_may_read_her(her: str) -> None:
    place = {
        "kind": "refuge",
        "address": ADDRESS,
        "lat": 53.1,
        "lon": -1.6,
        "since_on": "2026-03-01",
    }
    first = said(typed("add-place", her, "-", given=place))
    area = said(typed("add-place", her, "-", given={"kind": "school", "polygon": AREA}))
    said(typed("safe-contact", her, "-", given={"who": "her sister", "never": "Do not write"}))
    times = [{"days": ["mon"], "from_time": "11:00", "to_time": "13:00"}]
    said(typed("safe-times", her, "-", given=times))
    found = shown(her)
    assert (found["name"], found["known_as"], found["born_on"]) == (NAME, ["Wen"], "1990-05-05")
    assert (found["may_contact_now"], found["safe_times"]) == (True, times)
    assert found["safe_contact"]["never"] == "Do not write"
    assert [one["place"] for one in found["places"]] == [area, first]
    assert (found["places"][1]["lat"], found["places"][1]["since_on"]) == (53.1, "2026-03-01")
    assert found["places"][0]["polygon"] == AREA
    assert shown(her, at=london(2026, 3, 2, 13))["may_contact_now"] is False
    assert Entry.objects.filter(did="access.look").count() == 2


def test_in_words_what_matters_now_comes_first(her: str) -> None:
    said(typed("safe-contact", her, "-", given={"what": "a text", "never": "Do not ring"}))
    said(typed("add-place", her, "-", given={"kind": "home", "address": ADDRESS}))
    said(typed("add-place", her, "-", given={"kind": "work", "lat": 53.1, "lon": -1.6}))
    said(typed("add-place", her, "-", given={"kind": "other", "polygon": AREA}))
    child = said(typed("protect", "-", given={"name": "M", "is_child": True}))
    assert said(typed("child", child, "--of", her)) == f"{child} is the child of {her}"
    lines = said(typed("show", her)).splitlines()
    assert lines[:4] == [
        f"{her}: {NAME}, also Wen",
        "What never to do: Do not ring",
        "Do not contact her: nobody recorded when it is safe.",
        "With: a text",
    ]
    assert f"Parent of {child}" in lines
    assert lines[-3].endswith("area 53.0, -1.5 / 53.0, -1.4 / 53.1, -1.4")
    assert lines[-2].endswith("work, since when is not known: 53.1, -1.6")
    assert lines[-1].endswith(f"home, since when is not known: {ADDRESS}")
    said(typed("safe-times", her, "-", given=[]))
    assert "Do not contact her now." in said(typed("show", her))
    night = [{"days": ["sun", "mon"], "from_time": "22:00", "to_time": "13:00"}]
    said(typed("safe-times", her, "-", given=night))
    words = said(typed("show", her))
    assert "She may be contacted now." in words
    assert "Safe mon sun from 22:00 until 13:00 the next day" in words
    of_child = said(typed("show", child)).splitlines()
    assert {"A child", f"Child of {her}", "Advocate: none"} <= set(of_child)


def test_a_place_ends_and_stays(her: str) -> None:
    given = {"kind": "home", "address": ADDRESS, "since_on": "2026-01-01"}
    place = said(typed("add-place", her, "-", given=given))
    ended = typed("end-place", place, "--last-day", "2026-02-28")
    assert said(ended) == f"{place} was hers until 2026-02-28"
    assert shown(her)["places"][0]["last_day"] == "2026-02-28"
    assert "since 2026-01-01, until 2026-02-28" in said(typed("show", her))
    refused(typed("end-place", place, "--last-day", "2026-02-28"), "last day already")
    refused(typed("end-place", place, "--last-day", "28 Feb"), "found another day")


def test_a_client_is_handed_on_and_the_old_advocate_is_told_nothing(her: str) -> None:
    assert said(typed("mine", who="adah")) == her
    assert said(typed("hand", her, "--to", "beth", who="adah")) == f"{her} has a new advocate"
    refused(typed("show", her, who="adah"), NOBODY)
    assert json.loads(said(typed("mine", "--json", who="beth"))) == {"protected": [her]}
    assert said(typed("mine", who="adah")) == "Nobody."
    refused(typed("hand", her, "--to", "pat"), "open account of an advocate")
    assert said(typed("hand", her)) == f"{her} has no advocate"
    refused(typed("show", her, who="beth"), NOBODY)


@pytest.mark.parametrize("who", ["pat", "ada", "ann", "charlie", "beth"])
def test_a_stranger_is_told_the_same_of_her_as_of_nobody(her: str, who: str) -> None:
    place = said(typed("add-place", her, "-", given={"kind": "home", "address": ADDRESS}))
    for one in (her, "V-NOBODY"):
        refused(typed("show", one, who=who), NOBODY)
        refused(
            typed("add-place", one, "-", given={"kind": "home", "address": "x"}, who=who), NOBODY
        )
        refused(typed("safe-contact", one, "-", given={"who": "x"}, who=who), NOBODY)
        refused(typed("safe-times", one, "-", given=[], who=who), NOBODY)
        refused(typed("hand", one, who=who), NOBODY)
        refused(typed("child", one, "--of", her, who=who), NOBODY)
    for one in (place, "L-NOBODY"):
        refused(typed("end-place", one, "--last-day", "2026-03-01", who=who), NOBODY)
    assert said(typed("mine", who=who)) == "Nobody."


BAD: list[Any] = [
    pytest.param("add-place", {"kind": "home", "adress": "x"}, "another field", id="misspelt"),
    pytest.param("add-place", {"kind": 1, "address": "x"}, "words in kind", id="a number"),
    pytest.param("add-place", {"kind": "home", "lat": "53"}, "value in lat", id="lat as words"),
    pytest.param("add-place", {"kind": "home", "polygon": []}, "value in polygon", id="a list"),
    pytest.param(
        "add-place", {"kind": "home", "address": "x", "since_on": "May"}, "another day", id="May"
    ),
    pytest.param("add-place", {"address": "x"}, "home, work, school", id="no kind"),
    pytest.param("add-place", {"kind": "home"}, "say where the place is", id="nowhere"),
    pytest.param("add-place", {"kind": "home", "lat": 53.1}, "latitude", id="half a point"),
    pytest.param(
        "add-place",
        {"kind": "home", "polygon": {"type": "Polygon", "coordinates": [BOW_TIE]}},
        "does not cross itself",
        id="an area that crosses itself",
    ),
    pytest.param("add-place", [], "a JSON file about one person", id="no object"),
    pytest.param("safe-contact", {}, "found nothing", id="nothing said"),
    pytest.param("safe-contact", {"who": 1}, "words in who", id="a number for a person"),
    pytest.param("safe-times", {}, "a JSON file about one person", id="no list"),
    pytest.param("safe-times", [{"days": []}], "HH:MM", id="no day"),
]


@pytest.mark.parametrize(("verb", "given", "words"), BAD)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_kept(
    her: str, verb: str, given: Any, words: str
) -> None:
    refused(typed(verb, her, "-", given=given), words)
    assert not Place.objects.exists()
    assert not SafeContact.objects.exists()
    assert not SafeTimes.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "W", "known_as": "Wen"}, "known_as"),
        ({"name": "W", "is_child": "yes"}, "is_child"),
    ],
)
def test_a_field_of_another_kind_is_refused(given: Any, words: str) -> None:
    refused(typed("protect", "-", given=given), words)
    assert not ProtectedPerson.objects.exists()


def test_the_keys_are_turned_over_by_an_administrator_who_reads_nothing(her: str) -> None:
    said(typed("add-place", her, "-", given={"kind": "home", "address": ADDRESS}))
    before = shown(her)
    refused(typed("reseal", "--new-key"), "administrator")
    ran = typed("reseal", "--new-key", who="ada")
    assert ran.stdout == "2 sealed anew, 0 left under an older key\n"
    assert victims_keys().newest() == 2
    assert shown(her) == before
    again = typed("reseal", who="ada")
    assert again.stdout == "0 sealed anew, 0 left under an older key\n"
    for secret in (NAME, ADDRESS):
        assert secret not in ran.output
