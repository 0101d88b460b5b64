"""The law by the API: the questions of `vigil law ask`, and the accounts of `vigil law show`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Body, Router

from vigil.access.errors import NotFoundError
from vigil.access.permissions import EVERY_ROLE
from vigil.entrypoints.api.frame import PROBLEMS
from vigil.entrypoints.clock import today
from vigil.entrypoints.web.doors.routes import route
from vigil.law import questions
from vigil.law.ask import answer_all
from vigil.law.errors import UnknownInstrumentError
from vigil.law.facts import Regime
from vigil.law.loading import law
from vigil.law.plain.account import account, codes, states
from vigil.law.plain.frameworks import FRAMEWORKS
from vigil.law.vocabulary import JURISDICTIONS

router = Router(tags=["law"])


@router.post("/ask", response={200: list[dict[str, Any]], **PROBLEMS}, summary="Ask the law")
@route(roles=EVERY_ROLE)
def ask(request: HttpRequest, questions: Body[list[Any]]) -> list[dict[str, Any]]:  # noqa: ARG001
    """A list of questions in, a list of answers out, in order. One bad question never stops
    the rest: its answer has `error` with a code and a sentence."""
    return list(answer_all(questions))


@router.get(
    "/instruments",
    response={200: list[dict[str, Any]], **PROBLEMS},
    summary="Every order, notice and framework",
)
@route(roles=EVERY_ROLE)
def instruments(request: HttpRequest, on: str | None = None) -> list[dict[str, Any]]:  # noqa: ARG001
    """Each code with its name, whether it is only proposed, and its state in each nation on a
    day (`on`, `YYYY-MM-DD`; today unless given)."""
    day = _day(on)
    in_force = codes(Regime.IN_FORCE)
    return [
        {
            "instrument": code,
            "name": name,
            "proposed": code not in in_force,
            "states": None
            if code in FRAMEWORKS or code not in in_force
            else {nation: found.value for nation, found in states(law(), code, day).items()},
        }
        for code, name in codes(Regime.PALADIN).items()
    ]


@router.get(
    "/instruments/{code}",
    response={200: dict[str, Any], **PROBLEMS},
    summary="The law of one order on a day",
)
@route(roles=EVERY_ROLE)
def one_instrument(
    request: HttpRequest,  # noqa: ARG001
    code: str,
    *,
    on: str | None = None,
    regime: Regime = Regime.IN_FORCE,
    jurisdiction: str | None = None,
    area: str | None = None,
) -> dict[str, Any]:
    """The same account as the page and `vigil law show`: each sentence with its provisions, its
    confidence and its last check. `jurisdiction` is where it is made unless given."""
    day = _day(on)
    nation = questions.text_or_none({"jurisdiction": jurisdiction}, "jurisdiction", JURISDICTIONS)
    try:
        found = account(code, day, regime, jurisdiction=nation, area=area)
    except UnknownInstrumentError:
        raise NotFoundError from None
    return dict(found.answer())


def _day(on: str | None) -> date:
    return today() if on is None else questions.day({"on": on}, "on")
