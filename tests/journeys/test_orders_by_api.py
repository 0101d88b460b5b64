"""A program lives from a notice over its service to the order and the breach, over HTTP alone."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.server import PASSWORD, Installation, installation

HEAD = ("--as", "ada", "--because", "a new installation")
COURT = "Exmere Magistrates’ Court"
# A person comes out of a feed; here one is enough, and his reports are another journey's matter.
PEOPLE = """
import django; django.setup()
from tests.support.orders import person, protected_person
from vigil.entrypoints.clock import now
print(person(), protected_person(now()))
"""
HIM = "P-2026-0001"
Call = Callable[..., Any]


def given_accounts_a_person_and_her(at: Installation) -> tuple[dict[str, str], str]:
    words = ("accounts", "first", "ada", "--agency", "10", "--agency-name", "Invented Force")
    at.run(*words, typed=PASSWORD)
    tokens = {}
    for user, role in (
        ("sam", "authorising_officer"),
        ("rae", "response_officer"),
        ("olive", "offender_manager"),
    ):
        at.run("accounts", "open", user, "--role", role, "--agency", "10", *HEAD, typed=PASSWORD)
        tokens[user] = at.run("accounts", "token", user, *HEAD).strip().splitlines()[-1]
    at.environment["DJANGO_SETTINGS_MODULE"] = "vigil.config.settings"
    him, her = at.python("-c", PEOPLE).split()
    assert him == HIM
    return tokens, her


@pytest.mark.slow
def test_a_notice_is_served_followed_by_its_order_and_breached(tmp_path: Path) -> None:
    with installation(tmp_path / "home") as at:
        tokens, her = given_accounts_a_person_and_her(at)
        with at.served() as address:

            def call(user: str, way: str, body: object = None) -> Any:
                sent = None if body is None else json.dumps(body).encode()
                request = urllib.request.Request(f"{address}/api/v1{way}", data=sent)
                request.add_header("Authorization", f"Bearer {tokens[user]}")
                request.add_header("Vigil-Because", "incident 0212")
                request.add_header("Content-Type", "application/json")
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return json.load(answer)

            live(call, her)


def live(call: Call, her: str) -> None:
    began = datetime.now(UTC) - timedelta(minutes=50)

    def minute(number: int) -> str:
        return (began + timedelta(minutes=number)).isoformat()

    rule = {"kind": "no_contact", "persons": [her], "means": "any", "except": []}
    clauses = [{"clause": "1", "text": "You must not contact her.", "rule": rule}]
    issued_at = {"issued_on": minute(0)[:10], "issued_at": minute(0)}
    common = {"protected": [her], "clauses": clauses, "respondent": HIM}
    (notice,) = call("sam", "/orders", {
        "step": "issue", "instrument": "DVPN", "rank": "superintendent", **issued_at, **common,
    })["orders"]  # fmt: skip
    service = {"kind": "served", "how": "personal", "where": "custody", "proof": "body_worn_video"}
    call("rae", f"/orders/{notice}/events", {**service, "at": minute(10)})
    hearing = {"kind": "hearing_listed", "at": minute(15), "hearing_at": minute(20)}
    call("olive", f"/orders/{notice}/events", hearing)
    last_day = (began + timedelta(days=20)).date().isoformat()
    (order,) = call("olive", "/orders", {
        "step": "make", "instrument": "DVPO", "court": COURT, "made_on": minute(20)[:10],
        "made_at": minute(20), "last_day": last_day, "follows": notice, **common,
    })["orders"]  # fmt: skip
    ended = {"kind": "discharged", "at": minute(25), "how": "application_determined"}
    call("olive", f"/orders/{notice}/events", ended)
    call("rae", f"/orders/{order}/events", {**service, "at": minute(30)})
    assert call("rae", f"/orders/{notice}")["status"] == "discharged"
    told = call("rae", f"/orders/{order}")
    assert (told["status"], told["is_served"]) == ("in_force", True)
    assert [(one["kind"], one["other"]) for one in told["links"]] == [("follows_notice", notice)]
    act = {"by": HIM, "kind": "contact", "towards": her, "means": "phone"}
    (answer,) = call("rae", "/doorstep", [{"id": "1", "at": minute(40), "act": act}])
    assert answer["verdict"] == "breach"
    assert answer["clauses"] == [{"ref": order, "clause": "1"}]
