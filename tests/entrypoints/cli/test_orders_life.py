"""`vigil orders` from the draft to the appeal, as a user types it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.entrypoints.cli.typed import NOON, accounts, vigil
from tests.support.orders import COURT, HIS, person, protected_person
from vigil.access.models import Agency
from vigil.orders.models import Order

HOUR = timedelta(hours=1)


@pytest.fixture
def her(db: None) -> str:
    accounts()
    person()
    return protected_person(NOON)


def said(
    verb: str,
    *words: str,
    who: str = "olive",
    at: datetime = NOON,
    terms: Any = None,
    expect: int = 0,
) -> Result:
    text = json.dumps(terms) if terms is not None else None
    result = vigil("orders", verb, *words, who=who, text=text, at=at)
    assert result.exit_code == expect, result.output
    return result


def asked(verb: str, *words: str, **more: Any) -> Any:
    return json.loads(said(verb, *words, "--json", **more).stdout)


def clause(her: str, number: str = "1") -> dict[str, Any]:
    rule = {"kind": "no_contact", "persons": [her], "means": "any"}
    return {"clause": number, "text": f"Clause {number}: no contact.", "rule": rule}


def draft(her: str, instrument: str = "STALK_PO", **more: Any) -> list[str]:
    terms = {
        "instrument": instrument,
        "respondents": [HIS],
        "protected": [her],
        "clauses": [clause(her)],
        **more,
    }
    return list(asked("draft", "-", terms=terms)["orders"])


def when(hours: int) -> tuple[str, str]:
    return "--at", f"{NOON + hours * HOUR:%Y-%m-%dT%H:%M}"


def status(order: str, at: datetime) -> str:
    return str(asked("show", order, at=at)["status"])


def test_an_application_is_lived_through_to_the_renewal_of_its_order(
    her: str, tmp_path: Path
) -> None:
    (order,) = draft(her, last_day="2028-04-01")
    assert order == "SPO-2026-0001"
    assert asked("pending")["orders"] == [order]
    assert said("show", order).stdout.startswith("Stalking protection order SPO-2026-0001: not yet")
    steps: list[tuple[Sequence[str], str, str]] = [
        (("authorise", order, "--rank", "superintendent"), "supt", "authorised"),
        (("apply", order, "--court", COURT), "olive", "applied"),
        (("list", order, "--hearing", "2026-03-09T10:00"), "olive", "listed"),
        (("adjourn", order, "--to", "2026-03-10T10:00"), "olive", "listed"),
        (("made", order, "--court", COURT), "olive", "in_force"),
    ]
    for number, ((verb, *words), who, expected) in enumerate(steps):
        at = NOON + number * HOUR
        assert order in said(verb, *words, *when(number), who=who, at=at).stdout
        assert status(order, at) == expected
    later = ("--last-day", "2030-04-01", *when(9))
    path = tmp_path / "renewed.json"
    path.write_text(json.dumps({"clauses": [clause(her, "1"), clause(her, "2")]}))
    answer = asked("renew", order, *later, "--terms", str(path), at=NOON + 9 * HOUR)
    assert answer["last_day"] == "2030-04-01"
    shown = asked("show", order, at=NOON + 9 * HOUR)
    assert (shown["last_day"], len(shown["clauses"])) == ("2030-04-01", 2)


def test_an_order_is_known_varied_suspended_resumed_extended_and_quashed(her: str) -> None:
    terms = {
        "instrument": "NMO",
        "respondent": HIS,
        "made_on": "2026-03-02",
        "made_at": "2026-03-02T10:00",
        "last_day": "2026-09-01",
        "court": COURT,
        "without_notice": True,
        "protected": [her],
        "clauses": [clause(her)],
    }
    order = asked("make", "-", terms=terms)["order"]
    assert status(order, NOON) == "not_served"
    how = ("--how", "told_by_an_officer")
    said("know", order, *how, *when(0), who="pat")
    assert status(order, NOON) == "in_force"
    new = {"clauses": [clause(her), clause(her, "2")]}
    said("vary", order, "-", *when(1), at=NOON + HOUR, terms=new)
    said("suspend", order, *when(2), "--until", "2026-03-05T00:00", at=NOON + 2 * HOUR)
    assert status(order, NOON + 2 * HOUR) == "suspended"
    said("resume", order, *when(3), at=NOON + 3 * HOUR)
    said("extend", order, "--last-day", "2026-12-01", *when(4), at=NOON + 4 * HOUR)
    said("quash", order, "--court", COURT, *when(5), at=NOON + 5 * HOUR)
    assert status(order, NOON + 5 * HOUR) == "quashed"
    found = asked("versions", order, at=NOON + 5 * HOUR)["versions"]
    assert [one["by"] for one in found] == ["made", "varied", "extended"]
    assert [one["mark"] for one in found[1]["changes"]] == ["kept", "added"]
    words = said("versions", order, at=NOON + 5 * HOUR).stdout
    assert "2. varied at 1:00pm on 2 March 2026, until 1 September 2026" in words
    assert "added 2. Clause 2: no contact." in words


def test_versions_say_what_a_clause_was_before(her: str) -> None:
    (order,) = draft(her, instrument="NMO")
    assert f"{order} has no terms yet." in said("versions", order).stdout
    said("made", order, "--court", COURT, *when(0))
    new = {"clauses": [clause(her) | {"text": "Only by letter."}], "until_further_order": True}
    said("vary", order, "-", *when(1), at=NOON + HOUR, terms=new)
    words = said("versions", order, at=NOON + HOUR).stdout
    assert "changed 1. Only by letter.\n      before: Clause 1: no contact." in words
    assert "until further order" in words


def test_a_notice_is_issued_and_its_hearing_listed(her: str) -> None:
    (notice,) = draft(her, instrument="DVPN")
    said("authorise", notice, "--rank", "superintendent", *when(0), who="supt")
    said("issue", notice, *when(0), who="supt")
    assert status(notice, NOON) == "not_served"
    heard = asked("list", notice, "--hearing", "2026-03-04T10:00", *when(0))["hearing"]
    assert heard == "2026-03-04T10:00:00+00:00"


def test_an_application_is_refused_and_a_draft_withdrawn(her: str) -> None:
    (order,) = draft(her)
    said("apply", order, "--court", COURT, *when(0))
    said("refuse", order, *when(0))
    (given_up,) = draft(her)
    said("withdraw", given_up, *when(0))
    assert (status(order, NOON), status(given_up, NOON)) == ("refused", "withdrawn")
    assert said("pending").stdout.strip() == "Nothing is pending."


def test_what_is_refused_is_one_sentence_and_status_2(her: str) -> None:
    (order,) = draft(her)
    for verb, words, sentence in (
        ("authorise", ("--rank", "duke", *when(0)), "expected the rank to be one of"),
        ("resume", when(0), "expected an order that was made before it was resumed"),
        ("quash", when(0), "expected an end after the making"),
        ("extend", ("--last-day", "2030-01-01", *when(0)), "was made before it was extended"),
        ("suspend", ("--at", "noon"), "expected a time as"),
    ):
        who = "supt" if verb == "authorise" else "olive"
        refused = said(verb, order, *words, who=who, expect=2)
        assert sentence in refused.stderr
        assert refused.stderr.count("\n") == 1
    terms = {"instrument": "STALK_PO", "colour": "blue"}
    assert "found no" in said("draft", "-", terms=terms, expect=2).stderr
    assert "found colour" in said(
        "vary", order, "-", *when(0), terms={"colour": "blue"}, expect=2
    ).stderr  # fmt: skip


def test_a_stranger_is_refused(her: str) -> None:
    (order,) = draft(her)
    said("withdraw", order, *when(0), who="charlie", expect=2)
    said("withdraw", order, *when(0), who="ann", expect=2)
    assert asked("pending", who="charlie")["orders"] == []


def test_two_orders_are_linked_and_each_shows_it(her: str) -> None:
    (broken,) = draft(her)
    (after,) = draft(her, instrument="RO_CONV")
    said("link", after, "breach_of", broken)
    shown = asked("show", broken)["links"]
    assert shown == [{"kind": "breach_of", "other": after, "is_from_here": False}]
    refused = said("link", after, "interim_of", broken, expect=2)
    assert "an interim order and the full order" in refused.stderr


def test_the_guide_says_what_the_law_says_and_exits_1_where_it_may_not_be(her: str) -> None:
    words = said("guide", "stalk_po", "--respondent", HIS).stdout
    assert "Stalking protection order on 2 March 2026: may be asked for." in words
    assert "Stalking Protection Act 2019" in words
    found = asked("guide", "DVPN", "--rank", "sergeant", expect=1)
    assert [one["code"] for one in found["refusals"]] == ["rank_too_low"]
    assert "other" in found["must_hold"]
    assert found["leads_to"] == "DVPO"


def test_what_is_proposed_is_called_proposed_wherever_it_is_shown(her: str) -> None:
    refused = asked("guide", "SERIAL_PO", "--on", "2026-03-02", expect=1)
    assert refused["proposed"] is True
    assert "PROPOSED: not law." in said("guide", "SERIAL_PO", expect=1).stdout
    Agency.objects.filter(code="10").update(regime="paladin")
    attend = {"kind": "attend", "programme": "course", "at": ["2026-04-01T10:00:00+00:00"]}
    duty = {"clause": "2", "text": "Attend.", "rule": {**attend, "supervisor": "PS 12"}}
    (order,) = draft(her, instrument="SERIAL_PO", clauses=[clause(her), duty])
    said("made", order, "--court", COURT, *when(0))
    assert asked("show", order)["proposed"] is True
    assert "PROPOSED: not law." in said("show", order).stdout
    assert Order.objects.get(reference=order).regime == "paladin"
    assert "proposed" not in asked("guide", "STALK_PO")
