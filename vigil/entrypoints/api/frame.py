"""The API's frame: one description, and every refusal as problem details (RFC 9457).

Who may come in is decided by the doorkeeper before an operation runs, by token and by the
class of the route; nothing here decides it again.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from vigil import __version__
from vigil.access.viewer import Viewer
from vigil.entrypoints.web.doors.answers import refuse
from vigil.law import questions


class Strict(Parser):
    """Reads a body as `vigil law ask` reads a line: UTF-8, and NaN is no JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's JSON; whatever it raises is told as a body that cannot be read."""
        return questions.parsed(request.body.decode("utf-8-sig"))


api = NinjaAPI(
    title="vigil",
    version=__version__,
    description=(
        "The same actions and queries as the pages. Send `Authorization: Bearer TOKEN`, and "
        "where personal data is shown `Vigil-Because: the incident or the task`."
    ),
    docs_url=None,
    urls_namespace="api",
    parser=Strict(),
)


class Problem(Schema):
    """Why a request was refused: one sentence in `detail`."""

    type: str
    title: str
    status: int
    detail: str


# What every operation may answer beside its own answer.
PROBLEMS: dict[int, Any] = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem}


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body of another shape: which field, and what was expected; never what was sent."""
    first = error.errors[0]
    where = ".".join(str(part) for part in first["loc"][1:] if part is not None)
    sentence = f"expected {where or 'the body'} as the description says: {first['msg']}"
    return refuse(request, HTTPStatus.UNPROCESSABLE_ENTITY, sentence)


@api.exception_handler(HttpError)
def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that cannot be read at all."""
    status = HTTPStatus(error.status_code)
    return refuse(request, status, "expected a body of JSON, found something else")


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is asking. The doorkeeper has let nobody else through."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer
