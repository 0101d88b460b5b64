"""POST /api/v1/law/ask: the same questions and answers as `vigil law ask`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Body, Router

from vigil.access.permissions import EVERY_ROLE
from vigil.entrypoints.api.frame import PROBLEMS
from vigil.entrypoints.web.doors.routes import route
from vigil.law.ask import answer_all

router = Router(tags=["law"])


@router.post("/ask", response={200: list[dict[str, Any]], **PROBLEMS}, summary="Ask the law")
@route(roles=EVERY_ROLE)
def ask(request: HttpRequest, questions: Body[list[Any]]) -> list[dict[str, Any]]:  # noqa: ARG001
    """A list of questions in, a list of answers out, in order. One bad question never stops
    the rest: its answer has `error` with a code and a sentence."""
    return list(answer_all(questions))
