"""The list of orders, and one order's law on a day. Every role, no reason: no personal data.

Read by address (GET), so that a page can be kept and sent on. Nothing is written.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vigil.access.permissions import EVERY_ROLE
from vigil.entrypoints.clock import today
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.law import asked, presenters
from vigil.law.errors import UnknownInstrumentError


@route(roles=EVERY_ROLE)
@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """Every order, notice and framework, with its state in each nation on a day."""
    question = asked.read(request.GET, today())
    context = {"asked": question, "page": presenters.list_page(question)}
    return render(request, "law/list.jinja", context, status=_status(question))


@route(roles=EVERY_ROLE)
@require_safe
def one_instrument(request: HttpRequest, code: str) -> HttpResponse:
    """What the law says of one order on a day, in plain words, the proposals beside it."""
    question = asked.read(request.GET, today())
    try:
        page = presenters.instrument_page(code, question)
    except UnknownInstrumentError:
        return render(request, "law/unknown.jinja", status=HTTPStatus.NOT_FOUND)
    context = {"asked": question, "page": page}
    return render(request, "law/instrument.jinja", context, status=_status(question))


def _status(question: asked.Asked) -> HTTPStatus:
    return HTTPStatus.BAD_REQUEST if question.faults else HTTPStatus.OK
