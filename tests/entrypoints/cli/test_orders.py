"""`vigil orders` as a user types it: an order's life, and one sentence for each refusal."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.support.orders import COURT, HIS, agencies, london, person, protected_person
from vigil.access.models import User
from vigil.entrypoints.cli.orders import app
from vigil.entrypoints.clock import standing_at
from vigil.monitoring.models import Duty
from vigil.orders.models import Order

NOON = london(2026, 3, 2, 12)  # a Monday


def vigil(*arguments: str, text: str | None = None, who: str = "alice") -> Result:
    reason = ["--as", who, "--because", "application 44"]
    with standing_at(NOON):
        return CliRunner().invoke(app, [*arguments, *reason], input=text)


@pytest.fixture
def terms(db: None) -> dict[str, Any]:
    agencies()
    for username, role in (("alice", "offender_manager"), ("bob", "response_officer")):
        User.objects.create(username=username, agency_id="10", role=role)
    User.objects.create(username="charlie", agency_id="11", role="response_officer")
    her = protected_person(NOON)
    return {
        "instrument": "STALK_PO",
        "respondent": person(),
        "made_on": "2026-03-02",
        "made_at": "2026-03-02T10:00",
        "last_day": "2028-03-01",
        "court": COURT,
        "protected": [her],
        "evidence": ["10/R1"],
        "clauses": [
            {
                "clause": "1",
                "text": "You must not contact protected person 1 by any means.",
                "rule": {"kind": "no_contact", "persons": [her], "means": "any"},
            }
        ],
    }


def make(terms: dict[str, Any]) -> Result:
    return vigil("make", "-", text=json.dumps(terms))


def test_an_order_is_made_served_shown_and_discharged(
    terms: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "terms.json"
    file.write_text(json.dumps(terms))
    ran = vigil("make", str(file))
    assert (ran.exit_code, ran.stdout) == (0, "SPO-2026-0001\n")

    ran = vigil("serve", "SPO-2026-0001", "--at", "2026-03-02T11:30", who="bob")
    assert ran.stdout == (
        "SPO-2026-0001 served at 11:30am on 2 March 2026; SPO-2026-0001/initial/2026-03-02 began\n"
    )
    assert Duty.objects.get().lapses_at == london(2026, 3, 5)

    ran = vigil("show", "SPO-2026-0001", who="charlie")
    assert ran.stdout.splitlines() == [
        f"Stalking protection order SPO-2026-0001 against {HIS}",
        "At 12:00pm on 2 March 2026: in force. Served at 11:30am on 2 March 2026. "
        "(Stalking Protection Act 2019 s. 3)",
        "Made on 2 March 2026, until 1 March 2028.",
        "Protects 1: protected person 1",
        "1. You must not contact protected person 1 by any means.",
    ]

    consents = ["--consent", "police", "--consent", "respondent"]
    ran = vigil("discharge", "SPO-2026-0001", "--at", "2026-03-02T11:45", *consents)
    assert ran.stdout == "SPO-2026-0001 ended at 11:45am on 2 March 2026\n"
    found = json.loads(vigil("show", "SPO-2026-0001", "--on", "2026-03-02", "--json").stdout)
    assert (found["status"], found["is_served"]) == ("discharged", True)
    found = json.loads(vigil("show", "SPO-2026-0001", "--on", "2026-03-01", "--json").stdout)
    assert (found["status"], found["clauses"]) == ("drafted", [])


def test_results_are_printed_as_json(terms: dict[str, Any]) -> None:
    ran = vigil("make", "-", "--json", text=json.dumps(terms | {"last_day": None}))
    assert json.loads(ran.stdout) == {"order": "SPO-2026-0001"}
    ran = vigil("serve", "SPO-2026-0001", "--at", "2026-03-02T11:30:00+00:00", "--json")
    assert json.loads(ran.stdout) == {
        "order": "SPO-2026-0001",
        "served_at": "2026-03-02T11:30:00+00:00",
        "duty": "SPO-2026-0001/initial/2026-03-02",
    }
    assert "until further order" in vigil("show", "SPO-2026-0001").stdout


BAD = [
    pytest.param({"last_day": "2026-03-01"}, "found 1 March 2026", id="ends before it began"),
    pytest.param({"made_on": "2020-01-19", "made_at": None}, "2019", id="before its Act"),
    pytest.param({"clauses": []}, "at least one condition", id="no clause"),
    pytest.param({"made_on": "2 March"}, "none that can be read", id="a day in words"),
    pytest.param({"made_at": "noon"}, "expected a time as", id="an instant in words"),
    pytest.param({"clauses": [{"clause": "1"}]}, "none that can be read", id="half a clause"),
    pytest.param({"colour": "blue"}, "found colour", id="a term that nobody knows"),
]


@pytest.mark.parametrize(("changed", "sentence"), BAD)
def test_bad_terms_are_refused_in_one_sentence_with_status_2(
    terms: dict[str, Any], changed: dict[str, Any], sentence: str
) -> None:
    ran = make(terms | changed)
    assert ran.exit_code == 2
    assert ran.stderr.startswith("vigil: expected")
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert not Order.objects.exists()


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"instrument": "STALK_PO"}'])
def test_what_is_no_file_of_terms_is_refused(terms: dict[str, Any], text: str) -> None:
    ran = vigil("make", "-", text=text)
    assert (ran.exit_code, ran.stderr.count("\n")) == (2, 1)


def test_a_file_that_is_not_there_is_refused(terms: dict[str, Any], tmp_path: Path) -> None:
    assert vigil("make", str(tmp_path / "no.json")).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "who", "sentence"),
    [
        pytest.param(
            ["serve", "SPO-2026-0001", "--at", "2026-03-02T09:59"], "bob", "after the making",
            id="a service before the making",
        ),
        pytest.param(
            ["serve", "SPO-2026-0001", "--at", "yesterday"], "bob", "expected a time as",
            id="a time in words",
        ),
        pytest.param(
            ["serve", "SPO-2026-0001", "--at", "2026-03-02T11:00"], "charlie", "of agency 10",
            id="an officer of another agency",
        ),
        pytest.param(
            ["discharge", "SPO-2026-0001", "--at", "2026-03-02T11:00"], "alice", "the consent of",
            id="a discharge without consent",
        ),
        pytest.param(["show", "SPO-2026-0002"], "bob", "nothing here", id="no such order"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_sentence(
    terms: dict[str, Any], arguments: list[str], who: str, sentence: str
) -> None:
    make(terms)
    ran = vigil(*arguments, who=who)
    assert ran.exit_code == 2
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_without_a_reason_nothing_is_shown(terms: dict[str, Any]) -> None:
    make(terms)
    ran = CliRunner().invoke(app, ["show", "SPO-2026-0001", "--as", "alice"])
    assert ran.exit_code == 2
    assert "reason" in ran.stderr


def test_the_clock_is_read_once_at_the_edge(terms: dict[str, Any]) -> None:
    make(terms)
    assert Order.objects.get().recorded_at == datetime.fromisoformat("2026-03-02T12:00:00+00:00")
