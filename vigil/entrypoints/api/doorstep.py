"""POST /api/v1/doorstep: is this a breach, asked of the people and orders on the register.

A question that brings its own orders is answered from those alone, as `vigil doorstep` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Body, Router

from vigil.access.viewer import Viewer
from vigil.entrypoints.api.frame import PROBLEMS, viewer_of
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors.routes import route
from vigil.law import questions
from vigil.law.ask import error_answer, not_an_object
from vigil.law.errors import BadQuestionError, LawError
from vigil.monitoring.doorstep import ask
from vigil.monitoring.errors import TooManyQuestionsError
from vigil.monitoring.permissions import DOOR, VERBS
from vigil.orders.doorstep.ask import answer, read_act, say

router = Router(tags=["doorstep"])
# Each is a look and an entry of its own: a longer list is for the command, which reads no record.
MOST_QUESTIONS = 100


@router.post("", response={200: list[dict[str, Any]], **PROBLEMS}, summary="Is this a breach?")
@route(roles=VERBS[DOOR], needs_reason=True)
def doorstep(request: HttpRequest, asked: Body[list[Any]]) -> list[dict[str, Any]]:
    """A list of questions in, a list of answers out, in order. Without `orders` the register's
    own orders are asked, as known now; each such question is an entry in the ledger. One bad
    question never stops the rest: its answer has `error` with a code and a sentence."""
    if len(asked) > MOST_QUESTIONS:
        raise BadQuestionError(f"expected at most {MOST_QUESTIONS} questions, found more")
    viewer, at = viewer_of(request), now()
    return [_answered(one, viewer, at) for one in asked]


def _answered(question: object, viewer: Viewer, at: datetime) -> dict[str, Any]:
    if not isinstance(question, dict):
        return not_an_object()
    return answer(question) if "orders" in question else _of_the_register(question, viewer, at)


def _of_the_register(question: Mapping[str, Any], viewer: Viewer, at: datetime) -> dict[str, Any]:
    identifier = questions.identifier(question)
    try:
        if not isinstance(identifier, str):
            raise BadQuestionError("expected id to be a text, which the answer hands back")
        happened_at = questions.instant(question, "at")
        act = read_act(questions.row(question.get("act"), "act"))
        found = ask(viewer, at=at, happened_at=happened_at, act=act).found
        return {"id": identifier, **say(found.answer), "orders_held": len(found.orders)}
    except LawError as problem:
        return {"id": identifier, "error": error_answer(problem)}
    except TooManyQuestionsError as refused:
        return {
            "id": identifier,
            "error": {"code": "too_many_questions", "message": str(refused)},
        }
