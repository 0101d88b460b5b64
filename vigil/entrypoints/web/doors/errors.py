"""Django's own error answers, in our words: 400, 403, 404, 500 and a failed CSRF check."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from vigil.entrypoints.web.doors import answers


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What could not even be read."""
    sentence = "Expected a request that this site can read, found another. Go back and try again."
    return answers.refuse(request, HTTPStatus.BAD_REQUEST, sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Refused by something other than the doors."""
    sentence = "This is not for you. Ask an administrator of your agency."
    return answers.refuse(request, HTTPStatus.FORBIDDEN, sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No such address: the same answer as for a record that is not for you."""
    return answers.nothing_here(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Says nothing of it."""
    return answers.refuse(request, HTTPStatus.INTERNAL_SERVER_ERROR, answers.OUR_FAULT)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that did not come from a page of ours, or from one that is too old."""
    sentence = "This form is too old, or is not ours. Go back, load the page again and send it."
    return answers.refuse(request, HTTPStatus.FORBIDDEN, sentence)
