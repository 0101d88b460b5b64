"""The small topics of the command line: each does its one thing, and refuses in one sentence."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.entrypoints.cli.typed import NOON, accounts, vigil
from tests.support import orders
from tests.support.orders import HIS, london
from vigil.access.models import Agency, SealedRecord
from vigil.entrypoints.cli.main import app
from vigil.ledger.models import Entry
from vigil.monitoring.models import Alert, Duty, Job
from vigil.monitoring.sweep import begin_now, sweep
from vigil.victims.models import ProtectedPerson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    accounts()


def refused(ran: Result, words: str) -> None:
    """Status 2, one sentence on standard error, and nothing said on standard output."""
    assert ran.exit_code == 2, ran.output
    assert words in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert ran.stdout == ""


# --- agency -------------------------------------------------------------------------------


def test_an_administrator_chooses_the_definition_of_his_own_agency() -> None:
    ran = vigil("agency", "definition", "acpo_2009", who="ada")
    assert ran.stdout == "agency 10: acpo_2009, in_force\n"
    assert Agency.objects.get(code="10").definition == "acpo_2009"
    assert Agency.objects.get(code="11").definition == "northumbria_matac"


def test_a_definition_that_nobody_wrote_is_refused() -> None:
    refused(vigil("agency", "definition", "guesswork", who="ada"), "northumbria_matac")
    refused(vigil("agency", "definition", "acpo_2009", who="olive"), "administrator")
    assert not Entry.objects.filter(did="access.set_definition").exists()


def test_a_table_of_weights_is_kept_and_named() -> None:
    table = resources.files("vigil.register") / "invented_weights.toml"
    with resources.as_file(table) as path:
        ran = vigil("agency", "weights", str(path), who="ada")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert Agency.objects.get(code="10").weights["name"] in ran.stdout


@pytest.mark.parametrize("text", ["name = ", "name = 'x'"], ids=["no TOML", "no table of weights"])
def test_a_table_that_cannot_rank_is_refused_and_nothing_is_kept(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(text)
    refused(vigil("agency", "weights", str(path), who="ada"), "expected")
    refused(vigil("agency", "weights", str(tmp_path / "none.toml"), who="ada"), "expected")
    assert Agency.objects.get(code="10").weights == {}


# --- victims ------------------------------------------------------------------------------


def test_she_is_recorded_from_standard_input_and_sealed() -> None:
    her = {"name": "Wenna Quillbrook", "born_on": "1990-05-05", "safe_contact": "mornings"}
    ran = vigil("victims", "protect", "-", who="olive", text=json.dumps(her))
    row = ProtectedPerson.objects.get()
    assert ran.stdout == f"{row.reference}\n"
    assert b"Quillbrook" not in bytes(row.identity_sealed)
    assert "Quillbrook" not in Entry.objects.get(did="victims.protect").leaf


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "expected a JSON file"),
        ("[]", "expected a JSON file"),
        ('{"name": "W", "born_on": "5 May"}', "expected a JSON file"),
        ('{"name": "W", "adress": "x"}', "found another field"),
        ('{"born_on": "1990-05-05"}', "name"),
    ],
    ids=["cut", "a list", "no such day", "a misspelt field", "no name"],
)
def test_what_is_no_description_of_her_is_refused_without_repeating_it(
    text: str, words: str
) -> None:
    ran = vigil("victims", "protect", "-", who="olive", text=text)
    refused(ran, words)
    assert "5 May" not in ran.stderr
    assert not ProtectedPerson.objects.exists()


def test_somebody_who_protects_nobody_is_refused() -> None:
    refused(vigil("victims", "protect", "-", who="ann", text='{"name": "W"}'), "or her advocate")


# --- records ------------------------------------------------------------------------------


def test_a_record_is_sealed_and_the_seal_lifted() -> None:
    ran = vigil("records", "seal", HIS, "--to", "olive", who="supt")
    assert ran.stdout == f"{HIS} is sealed to 1 besides you\n"
    assert SealedRecord.objects.get().named == ["olive", "supt"]
    refused(vigil("records", "seal", HIS, "--to", "olive", who="supt"), "sealed already")
    ran = vigil("records", "lift", HIS, who="supt")
    assert ran.stdout == f"the seal of {HIS} was lifted\n"
    assert SealedRecord.objects.get().lifted_by == "supt"


def test_an_officer_without_authority_seals_nothing() -> None:
    refused(vigil("records", "seal", HIS, "--to", "pat", who="pat"), "authorising officer")
    assert not SealedRecord.objects.exists()


# --- jobs ---------------------------------------------------------------------------------


def test_a_job_that_is_asked_for_twice_waits_once() -> None:
    first = vigil("jobs", "ask", "identify", who="ann")
    again = vigil("jobs", "ask", "identify", who="ann")
    assert first.stdout == again.stdout
    assert [job.kind for job in Job.objects.all()] == ["identify"]


def test_a_job_that_nobody_does_is_refused() -> None:
    refused(vigil("jobs", "ask", "register-everybody", who="ann"), "identify, put_up")
    assert not Job.objects.exists()


# --- duties -------------------------------------------------------------------------------


@pytest.fixture
def duty() -> str:
    """The duty of an order that was served at noon on 2 March; due until the end of 4 March."""
    orders.person()
    order = orders.made(NOON)
    orders.served(order, NOON)
    begin_now(order, at=NOON)
    return Duty.objects.get().reference


def test_what_he_told_meets_his_duty(duty: str) -> None:
    listed = json.loads(vigil("duties", "mine", "--json", who="alice").stdout)
    assert [case["duty"] for case in listed["cases"]] == [duty]
    later = london(2026, 3, 4, 18)
    told = ["--at", "2026-03-04T17:30", "--item", "name", "--item", "home_address"]
    ran = vigil("duties", "notify", duty, *told, who="alice", at=later)
    assert ran.stdout == f"{duty}: met\n"
    assert vigil("duties", "mine", who="alice", at=later).stdout.count(duty) == 0


def test_half_of_what_he_owes_meets_nothing(duty: str) -> None:
    later = london(2026, 3, 4, 18)
    told = ["--at", "2026-03-04T17:30", "--item", "name"]
    refused(vigil("duties", "notify", duty, *told, who="alice", at=later), "home address")
    refused(
        vigil("duties", "notify", duty, "--at", "noon", "--item", "name", who="alice"), "a time as"
    )
    assert Duty.objects.get().is_open


def test_a_lapse_is_listed_late_with_its_offence_and_its_alert_is_read(duty: str) -> None:
    late = london(2026, 3, 5, 9)
    sweep(at=late)
    listed = vigil("duties", "mine", who="alice", at=late).stdout
    assert "late" in listed
    assert "offence ST19002" in listed
    (alert,) = json.loads(vigil("duties", "alerts", "--json", who="alice", at=late).stdout)[
        "alerts"
    ]
    assert "unread" in vigil("duties", "alerts", who="alice", at=late).stdout
    ran = vigil("duties", "read", str(alert["alert"]), who="alice", at=late)
    assert ran.stdout == f"alert {alert['alert']} was read\n"
    assert Alert.objects.get().read_by == "alice"


def test_a_stranger_reads_nobodys_alert(duty: str) -> None:
    late = london(2026, 3, 5, 9)
    sweep(at=late)
    number = str(Alert.objects.get().pk)
    refused(vigil("duties", "read", number, who="charlie", at=late), "nothing here")
    assert Alert.objects.get().read_at is None


# --- who and why --------------------------------------------------------------------------


def test_nobody_acts_without_an_account_or_without_a_reason() -> None:
    refused(vigil("jobs", "ask", "identify", who="mallory"), "open account")
    ran = CliRunner().invoke(app, ["jobs", "ask", "identify", "--as", "ann"])
    refused(ran, "reason")
    ran = CliRunner().invoke(app, ["jobs", "ask", "identify", "--because", "x"])
    refused(ran, "--as USER")
