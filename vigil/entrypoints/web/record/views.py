"""The ledger's page, for auditors and administrators. It shows references, never a subject's data.

What is looked for comes by POST, so that no reference stands in an address or a log of them.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from vigil.access.permissions import VERBS
from vigil.access.viewer import Viewer
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.record import presenters
from vigil.entrypoints.web.record.forms import AboutForm
from vigil.ledger import queries
from vigil.ledger.sealing import head, unsealed
from vigil.ledger.verify import verify

READERS = VERBS["read the ledger"]
ON_A_PAGE = 25


@route(roles=READERS)
@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest) -> HttpResponse:
    """Is it whole, who did what, who looked at this record, when and why."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    form = AboutForm(request.POST if request.method == "POST" else None)
    about, before = "", None
    if request.method == "POST" and form.is_valid():
        about, before = form.cleaned_data["about"], form.cleaned_data["before"]
    found = _entries(viewer, before, about)
    shown, newest = (found or [])[:ON_A_PAGE], head()
    context = {
        "form": form,
        "is_legible": found is not None,
        "lead": presenters.lead(newest, unsealed()),
        "facts": presenters.facts(newest, unsealed()),
        "checked": _checked() if request.POST.get("act") == "verify" else None,
        "about": about,
        "answer": presenters.answer(shown, about, is_first=before is None),
        "columns": presenters.COLUMNS,
        "rows": presenters.rows(shown),
        "is_first": before is None,
        "next_before": shown[-1].number if found and len(found) > ON_A_PAGE else None,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "record/ledger.jinja", context, status=status)


def _entries(viewer: Viewer, before: int | None, about: str) -> list[queries.EntryLine] | None:
    """A page of entries and one more; None where one of them is no entry any more.

    A ledger that somebody altered is the day on which this page must not fall over.
    """
    try:
        return queries.entries(viewer, before=before, about=about, limit=ON_A_PAGE + 1)
    except (KeyError, TypeError, ValueError):
        return None


def _checked() -> tuple[str, list[str]]:
    return presenters.verdict(verify(queries.lines(exported_at=now(), with_rows=True)))
