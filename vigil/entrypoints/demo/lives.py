"""The story of orders from the first draft to the end: each step as somebody of that role takes it.

None of these orders starts a duty to notify: the duties of the year are other scenes' matter.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from vigil.access.viewer import Role
from vigil.entrypoints.demo.doors import DemoError, asked, command
from vigil.entrypoints.demo.story import Demo

COURT = ("--court", "Invented Magistrates' Court")
APPEAL = ("--court", "Invented Crown Court")
CONTACT = "Not to contact protected person 1 by any means."


def live_through_orders(demo: Demo) -> None:
    """An application that comes to an order and two that do not; a notice; an order changed."""
    _an_application(demo)
    _a_notice(demo)
    _an_order_without_notice(demo)


def _protect(demo: Demo, name: str) -> str:
    her = json.dumps({"name": name, "safe_contact": "through her advocate, mornings"})
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    return command("victims", "protect", "-", *manager, typed=her).strip()


def _clause(number: str, text: str, rule: dict[str, Any]) -> dict[str, Any]:
    return {"clause": number, "text": text, "rule": rule}


def _no_contact(her: str, means: Any = "any") -> dict[str, Any]:
    return {"kind": "no_contact", "persons": [her], "means": means, "except": []}


def _when(demo: Demo, days: int, hour: int, minute: int = 0) -> str:
    return f"{demo.instant(days, hour, minute):%Y-%m-%dT%H:%M}"


def _said(demo: Demo, verb: str, order: str, *words: str, role: Role, terms: Any = None) -> Any:
    """One step of an order, by that role; with terms on standard input where it takes any."""
    typed = json.dumps(terms) if terms is not None else ""
    given = ("-",) if terms is not None else ()
    printed = command("orders", verb, order, *given, *words, *demo.as_role(role), typed=typed)
    if order not in printed:
        raise DemoError(f"expected `vigil orders {verb}` to name the order, found another answer")
    return printed


def _drafted(demo: Demo, instrument: str, people: list[str], her: str, **more: Any) -> list[str]:
    clauses = [_clause("1", CONTACT, _no_contact(her))]
    terms = {
        "instrument": instrument,
        "respondents": people,
        "protected": [her],
        "clauses": clauses,
        **more,
    }
    path = demo.work / "draft.json"
    path.write_text(json.dumps(terms))
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    return list(asked("orders", "draft", str(path), *manager)["orders"])


def _an_application(demo: Demo) -> None:
    """One application against two: refused for the one, made against the other and renewed."""
    manager = Role.OFFENDER_MANAGER
    people = list(dict.fromkeys(demo.registered))[:2]
    last_day = demo.began_on + timedelta(days=200 + 760)
    with demo.at(200, 18):
        command("orders", "guide", "STALK_PO", "--respondent", people[0], *demo.as_role(manager))
        her = _protect(demo, "Demo Protected by application")
        drafts = _drafted(demo, "STALK_PO", people, her, last_day=last_day.isoformat())
        (given_up,) = _drafted(demo, "CBO", people[:1], her)
        _said(demo, "withdraw", given_up, "--at", _when(demo, 200, 18), role=manager)
        rank = ("--rank", "superintendent")
        for order in drafts:
            at = ("--at", _when(demo, 200, 18))
            _said(demo, "authorise", order, *at, *rank, role=Role.AUTHORISING_OFFICER)
    with demo.at(201, 18):
        for order in drafts:
            _said(demo, "apply", order, "--at", _when(demo, 201, 10), *COURT, role=manager)
            heard = ("--hearing", _when(demo, 205, 10), "--at", _when(demo, 201, 11))
            _said(demo, "list", order, *heard, role=manager)
        if asked("orders", "pending", *demo.as_role(manager))["orders"] != drafts:
            raise DemoError("expected both applications among the pending, found others")
    with demo.at(205, 18):
        for order in drafts:
            to = ("--at", _when(demo, 205, 10), "--to", _when(demo, 212, 10))
            _said(demo, "adjourn", order, *to, role=manager)
    with demo.at(212, 18):
        decided = ("--at", _when(demo, 212, 11), *COURT)
        _said(demo, "made", drafts[0], *decided, role=manager)
        for order in drafts[1:]:
            _said(demo, "refuse", order, *decided, role=manager)
    with demo.at(300, 18):
        later = ("--last-day", (last_day + timedelta(days=731)).isoformat())
        _said(demo, "renew", drafts[0], "--at", _when(demo, 300, 11), *later, role=manager)


def _a_notice(demo: Demo) -> None:
    """A notice that begins as a draft: authorised by a superintendent, issued, served."""
    with demo.at(220, 20):
        her = _protect(demo, "Demo Protected by a drafted notice")
        (notice,) = _drafted(demo, "DVPN", demo.registered[:1], her)
        officer = Role.AUTHORISING_OFFICER
        at = ("--at", _when(demo, 220, 20))
        _said(demo, "authorise", notice, *at, "--rank", "superintendent", role=officer)
        _said(demo, "issue", notice, *at, role=officer)
    with demo.at(220, 21):
        served = ("--at", _when(demo, 220, 20, 30), "--where", "custody")
        _said(demo, "serve", notice, *served, role=Role.RESPONSE_OFFICER)
        heard = ("--hearing", _when(demo, 221, 10), "--at", _when(demo, 220, 20, 40))
        _said(demo, "list", notice, *heard, role=Role.OFFENDER_MANAGER)
    with demo.at(221, 18):
        ended = ("--at", _when(demo, 221, 11), "--how", "application_withdrawn")
        _said(demo, "discharge", notice, *ended, role=Role.OFFENDER_MANAGER)


def _an_order_without_notice(demo: Demo) -> None:
    """Known before it was served; varied, suspended, resumed, extended, quashed on appeal."""
    manager = Role.OFFENDER_MANAGER
    made_on = demo.began_on + timedelta(days=230)
    with demo.at(230, 18):
        her = _protect(demo, "Demo Protected without notice")
        terms = {
            "instrument": "NMO",
            "respondent": demo.registered[0],
            "made_on": made_on.isoformat(),
            "made_at": _when(demo, 230, 11),
            "last_day": (made_on + timedelta(days=180)).isoformat(),
            "court": "Invented Family Court",
            "applicant": "victim",
            "without_notice": True,
            "protected": [her],
            "clauses": [_clause("1", CONTACT, _no_contact(her))],
        }
        path = demo.work / "terms.json"
        path.write_text(json.dumps(terms))
        order = str(asked("orders", "make", str(path), *demo.as_role(manager))["order"])
        _said(
            *(demo, "know", order, "--at", _when(demo, 230, 14), "--how", "told_by_an_officer"),
            role=Role.RESPONSE_OFFICER,
        )
    with demo.at(240, 18):
        clauses = [
            _clause("1", CONTACT, _no_contact(her)),
            _clause("2", "Not to threaten her.", {"kind": "no_threats", "persons": [her]}),
        ]
        at = ("--at", _when(demo, 240, 11))
        _said(demo, "vary", order, *at, role=manager, terms={"clauses": clauses})
        found = asked("orders", "versions", order, *demo.as_role(Role.RESPONSE_OFFICER))
        if [change["mark"] for change in found["versions"][-1]["changes"]] != ["kept", "added"]:
            raise DemoError("expected a clause kept and a clause added, found another difference")
    with demo.at(245, 18):
        until = ("--until", _when(demo, 260, 0))
        _said(demo, "suspend", order, "--at", _when(demo, 245, 11), *until, role=manager)
    with demo.at(250, 18):
        _said(demo, "resume", order, "--at", _when(demo, 250, 11), role=manager)
    with demo.at(255, 18):
        later = ("--last-day", (made_on + timedelta(days=300)).isoformat())
        _said(demo, "extend", order, "--at", _when(demo, 255, 11), *later, role=manager)
    with demo.at(270, 18):
        _said(demo, "quash", order, "--at", _when(demo, 270, 11), *APPEAL, role=manager)
        earlier = next(iter(demo.orders))
        person = asked("orders", "show", earlier, *demo.as_role(manager))["respondent"]
        after = _after_a_breach(demo, person)
        command("orders", "link", after, "breach_of", earlier, *demo.as_role(manager))


def _after_a_breach(demo: Demo, person: str) -> str:
    """A restraining order that a court made when it convicted him of a breach."""
    her = _protect(demo, "Demo Protected after a breach")
    terms = {
        "instrument": "RO_CONV",
        "respondent": person,
        "made_on": (demo.began_on + timedelta(days=270)).isoformat(),
        "made_at": _when(demo, 270, 12),
        "court": "Invented Crown Court",
        "applicant": "court",
        "protected": [her],
        "clauses": [_clause("1", CONTACT, _no_contact(her))],
    }
    path = demo.work / "terms.json"
    path.write_text(json.dumps(terms))
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    return str(asked("orders", "make", str(path), *manager)["order"])
