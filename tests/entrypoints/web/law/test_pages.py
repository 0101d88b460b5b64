"""The pages of the law by the door: every role, no reason, clear errors, light pages."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from vigil.access.permissions import EVERY_ROLE
from vigil.access.viewer import Role
from vigil.entrypoints.clock import standing_at
from vigil.entrypoints.web.kit.environment import WEB

pytestmark = pytest.mark.django_db
MOST_BYTES, MOST_COMPRESSED = 30_000, 10_000  # an answer page compressed, screens.md B2


@pytest.fixture(autouse=True)
def own_home(tmp_path: object, settings: Settings, at: datetime) -> object:
    settings.VIGIL_HOME = tmp_path
    with standing_at(at):
        yield


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content
    return " ".join(unescape(answer.content.decode()).split())


@pytest.mark.parametrize("role", sorted(EVERY_ROLE))
def test_every_role_may_read_the_law_without_a_reason(
    browser: Callable[..., Client], role: Role
) -> None:
    client = browser(role)

    assert "The law of orders" in page(client, "/law/")
    assert "Domestic violence protection order (DVPO)" in page(client, "/law/DVPO/")


@pytest.mark.parametrize("address", ["/law/", "/law/DVPO/"])
def test_a_stranger_is_led_to_the_door(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("address", ["/law/", "/law/DVPO/"])
def test_nothing_is_written_there(browser: Callable[..., Client], address: str) -> None:
    assert browser().post(address).status_code == 405


def test_the_law_is_a_place_of_the_navigation(browser: Callable[..., Client]) -> None:
    assert '<a href="/law/" aria-current="page">Law</a>' in page(browser(), "/law/")


def test_the_answer_stands_first_and_the_proposal_is_called_so(
    browser: Callable[..., Client],
) -> None:
    told = page(browser(), "/law/DVPO/?on=2026-11-21")

    assert told.index("Breaking it is not a crime.") < told.index("What is a breach?")
    assert "The law on 21 November 2026" in told
    assert "PROPOSED: Recommendation 1" in told
    assert "Not law on any day." in told
    assert "https://www.legislation.gov.uk/ukpga/2010/17/section/28" in told


def test_a_pilot_is_asked_of_an_area(browser: Callable[..., Client]) -> None:
    client = browser()

    for area, could in (("Croydon", "could be made in Croydon"), ("Leeds", "could not be made in")):
        assert could in page(client, f"/law/DAPO/?on=2024-12-02&area={area}")
    assert 'name="area"' not in page(client, "/law/DVPO/")


def test_what_was_typed_is_shown_as_words_and_never_as_a_page(
    browser: Callable[..., Client],
) -> None:
    answer = browser().get("/law/DAPO/", {"on": "<script>x", "area": "<script>y"})

    assert answer.status_code == 400
    assert b"<script>" not in answer.content


@pytest.mark.parametrize("on", ["2026-02-30", "29/02/2027", "yesterday", "9999-01-01"])
@pytest.mark.parametrize("address", ["/law/", "/law/DVPN/"])
def test_a_bad_day_is_said_and_the_page_is_still_there(
    browser: Callable[..., Client], address: str, on: str
) -> None:
    told = page(browser(), f"{address}?on={on}", status=400)

    assert "The day must be a real date, such as 21/11/2026." in told
    assert f'value="{on}"' in told
    assert "23 November 2026" in told


def test_a_nation_that_is_none_is_said_and_the_page_is_still_there(
    browser: Callable[..., Client],
) -> None:
    told = page(browser(), "/law/DVPO/?jurisdiction=FR", status=400)

    assert "Choose England and Wales, Scotland or Northern Ireland." in told
    assert "In force: England and Wales" in told


@pytest.mark.parametrize("code", ["NOPE", "dvpo", "P-ABCDEF"])
def test_an_unknown_code_is_not_found_in_words(browser: Callable[..., Client], code: str) -> None:
    told = page(browser(), f"/law/{code}/", status=404)

    assert "knows no order, notice or framework by that code" in told
    assert 'href="/law/"' in told


def test_past_the_calendar_the_page_says_that_no_clock_can_be_counted(
    browser: Callable[..., Client],
) -> None:
    client = browser()

    assert "this clock cannot be counted. Ask the court." in page(
        client, "/law/DVPN/?on=2028-01-01"
    )
    assert "this clock cannot be counted" not in page(client, "/law/DVPN/?on=2027-12-31")


def test_what_is_not_in_force_is_said_before_all_else(browser: Callable[..., Client]) -> None:
    told = page(browser(), "/law/S_DAPO/")

    assert "NOT IN FORCE in Scotland on 23 November 2026." in told
    assert told.index("NOT IN FORCE") < told.index("None of what follows was law on that day")


def test_another_nation_is_one_click_away_on_the_same_day(
    browser: Callable[..., Client],
) -> None:
    told = page(browser(), "/law/STALK_PO/?on=2026-03-02")

    assert 'href="?on=2026-03-02&jurisdiction=S"' in told
    scotland = page(browser(Role.ANALYST), "/law/STALK_PO/?on=2026-03-02&jurisdiction=S")
    assert "One that was made there binds here." in scotland
    assert '<input type="hidden" name="jurisdiction" value="S">' in scotland


@pytest.mark.parametrize(
    "code", ["", "DVPN/", "DAPO/?area=Croydon", "SERIAL_PO/", "SOA_PART_2/", "MAPPA/"]
)
def test_a_page_is_light_and_has_no_script_and_no_style(
    browser: Callable[..., Client], code: str
) -> None:
    content = browser().get(f"/law/{code}").content

    assert len(content) < MOST_BYTES
    assert len(gzip.compress(content)) < MOST_COMPRESSED
    assert b"<script" not in content
    assert b"style=" not in content


def test_the_sheet_of_these_pages_is_small_and_has_no_colour_of_its_own() -> None:
    sheet = (WEB / "static/vigil/law.css").read_text()

    assert len(sheet) < 6_000
    assert "#" not in sheet
    assert "green" not in sheet
