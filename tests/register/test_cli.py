"""`vigil register`: the same actions and sentences as everywhere, and no name printed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

from tests.register.people import put_person
from vigil.access.models import Agency, User
from vigil.access.viewer import Role
from vigil.entrypoints.cli.register import app
from vigil.entrypoints.clock import today
from vigil.ledger.models import Entry
from vigil.register.models import Decision, Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]

DECIDE = ["decide", "P-1", "--reasons", "Two victims.", "--evidence", "10/P-1-1"]
JUSTIFIED = ["--necessity", "A third.", "--proportionality", "Few see it.", "--owner", "olwen"]


@pytest.fixture(autouse=True)
def officer_account(agencies: None) -> None:
    User.objects.create(
        username="aldous", first_name="Aldous", agency_id="10", role=Role.AUTHORISING_OFFICER
    )


def run(*arguments: str, user: str = "annis", because: str = "monthly selection") -> Result:
    return CliRunner().invoke(app, [*arguments, "--as", user, "--because", because])


def test_candidates_are_put_up_and_listed_with_their_parts() -> None:
    put_person("P-1", {}, {})
    done = run("put-up")
    assert done.exit_code == 0
    assert "1 candidate by northumbria_matac" in done.stdout
    assert "puts nobody on the register" in done.stdout
    listed = run("candidates")
    assert "Invented for the demonstration" in listed.stdout
    assert listed.stdout.splitlines()[-1].split()[:2] == ["1", "P-1"]


def test_the_list_as_json_has_the_ground_of_each_part() -> None:
    put_person("P-1", {}, {})
    assert json.loads(run("put-up", "--json").stdout)["candidates"] == 1
    found = json.loads(run("candidates", "--json", "--waiting", "--most", "1").stdout)
    assert found["selection"]["weights_are_invented"] is True
    (one,) = found["candidates"]
    assert (one["person"], one["place"], one["parts"][1]["ground"]) == (
        "P-1",
        "1",
        "2 reports in 1 force",
    )


def test_before_the_first_list_there_is_a_sentence() -> None:
    assert "No list of candidates yet" in run("candidates").stdout
    assert json.loads(run("candidates", "--json").stdout) == {"selection": None, "candidates": []}


def test_an_officer_registers_shows_and_changes_the_owner() -> None:
    put_person("P-1", {}, {})
    run("put-up")
    decided = run(*DECIDE, "--outcome", "register", *JUSTIFIED, user="aldous")
    assert decided.exit_code == 0, decided.stderr
    assert "P-1: register, looked at again by" in decided.stdout
    assert run("candidates").stdout.rstrip().endswith("registered")
    assert run("owner", "P-1", "osric", user="aldous").stdout == "P-1: owner osric\n"
    shown = run("show", "P-1", user="aldous").stdout
    assert "by Aldous (agency 10); a police record without duties; owner osric" in shown
    assert "register by Aldous (agency 10): Two victims." in shown
    assert json.loads(run("show", "P-1", "--json", user="aldous").stdout)["owner"] == "osric"
    assert Entry.objects.filter(did="access.look").count() == 2


def test_the_reports_that_evidence_can_name_are_shown_to_who_may_see_them() -> None:
    put_person("P-1", {}, {})
    assert "reports on him, latest first: 10/P-1-" in run("show", "P-1", user="aldous").stdout
    assert len(json.loads(run("show", "P-1", "--json", user="aldous").stdout)["reports"]) == 2


def test_the_proposed_regime_says_that_it_is_not_law() -> None:
    Agency.objects.filter(code="10").update(regime="paladin")
    put_person("P-1", {"basis": "conviction"}, {})
    run("put-up")
    decided = run(*DECIDE, "--outcome", "register", *JUSTIFIED, user="aldous")
    assert "PROPOSED regime: not law on any day." in decided.stdout
    shown = run("show", "P-1", user="aldous").stdout
    assert "duties; owner" in shown
    assert "PROPOSED regime: not law on any day." in shown


def test_a_review_date_is_taken_as_a_day() -> None:
    put_person("P-1", {}, {})
    run("put-up")
    later = today() + timedelta(days=90)
    done = run(
        *DECIDE, "--outcome", "defer", "--review-on", later.isoformat(), "--json", user="aldous"
    )
    assert json.loads(done.stdout)["review_on"] == later.isoformat()
    assert Decision.objects.get().review_on == later


def test_who_is_not_on_the_register_is_never_shown_as_no_risk() -> None:
    put_person("P-1", {})
    assert "This is not proof that there is no risk." in run("show", "P-1").stdout


@pytest.mark.parametrize(
    ("user", "outcome", "sentence"),
    [
        ("annis", "register", "authorising officer"),
        ("worker", "register", "open account"),
        ("aldous", "register", "necessary"),
        ("aldous", "maybe", "register, decline or defer"),
    ],
)
def test_a_refusal_is_one_sentence_and_status_2(user: str, outcome: str, sentence: str) -> None:
    put_person("P-1", {}, {})
    run("put-up")
    refused = run(*DECIDE, "--outcome", outcome, "--owner", "olwen", user=user)
    assert refused.exit_code == 2
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not Registration.objects.exists()


def test_no_command_acts_without_a_reason() -> None:
    refused = run("candidates", because=" ")
    assert refused.exit_code == 2
    assert "reason" in refused.stderr
