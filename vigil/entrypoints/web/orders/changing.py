"""What happens to an order after its making, each by its own form: knowledge, variation,
extension, renewal, suspension, its end, its hearings, its links.

What changes or ends an order is put back to be checked before it is recorded. Refuses nothing
itself: the sentence of the action is put on top, over all that was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from vigil.access.viewer import Viewer
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders import changing_forms as asked
from vigil.entrypoints.web.orders import offered, reading, varying
from vigil.entrypoints.web.orders.drafting import carried
from vigil.entrypoints.web.orders.forms import DischargeForm
from vigil.entrypoints.web.orders.presenters import changes, versions, words
from vigil.entrypoints.web.orders.presenters import orders as shown
from vigil.entrypoints.web.orders.views import layout_for, one_href, refuse, viewer_of
from vigil.orders import actions
from vigil.orders.errors import BadChangeError, OrdersError
from vigil.orders.kinds import KINDS, Ending, Knowledge, LinkKind, Proof
from vigil.orders.queries import OrderView
from vigil.orders.versions import compare

CHECK, RECORD, CHANGE = "check", "record", "change"
View = Callable[..., HttpResponse]
Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Page:
    """One step as a page: its heading, its form, what it does, what to mind."""

    step: offered.Step
    heading: str
    form: Callable[..., forms.Form]
    act: Act
    warning: str = ""
    note: str = ""
    is_checked: bool = True
    read: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    more: Callable[[reading.Seen], dict[str, Any]] = lambda _: {}


def view_of(page: Page) -> View:
    """The view of a step that one form holds."""

    def show(request: HttpRequest, reference: str) -> HttpResponse:
        viewer, at = viewer_of(request), now()
        seen = _seen(viewer, page.step, reference, at)
        sent = request.POST if request.method == "POST" else None
        form = page.form(sent, **page.more(seen))
        act = request.POST.get("act", "" if page.is_checked else RECORD)
        if sent is None or not form.is_valid() or act == CHANGE:
            return _form_page(request, page, form, seen)
        if act != RECORD:
            return _check_page(request, page, changes.rows_of(form), seen)
        try:
            check_unchanged(request.POST, seen.order)
            page.act(by=viewer, at=at, order=reference, **_given(page, form))
        except OrdersError as refused:
            refuse(form, refused)
            return _form_page(request, page, form, seen)
        return HttpResponseRedirect(f"{one_href(reference)}?done={page.step.name}")

    return _routed(show, page.step, f"{page.heading}: the form, the check, the record.")


def _given(page: Page, form: forms.Form) -> dict[str, Any]:
    return {
        name: page.read.get(name, lambda given: given)(value)
        for name, value in form.cleaned_data.items()
    }


def _routed(show: View, step: offered.Step, said: str) -> View:
    show.__name__ = show.__qualname__ = f"{step.name}_order"
    show.__doc__ = said
    methods = require_http_methods(["GET", "POST"])(show)
    return route(roles=step.roles, needs_reason=True)(methods)


def _seen(viewer: Viewer, step: offered.Step, reference: str, at: datetime) -> reading.Seen:
    """The order, in one look, for whoever may record this step. Raises: see the permissions."""
    seen = reading.one_order(viewer, reference, at)
    step.check(viewer, agency=seen.order.agency)
    return seen


def seen_mark(order: OrderView) -> str:
    """What a page carries so that the next one knows which state its reader saw."""
    return str(len(order.events))


def check_unchanged(sent: QueryDict, order: OrderView) -> None:
    """Raises BadChangeError where a colleague changed the order while this one was writing."""
    if sent.get("seen", seen_mark(order)) == seen_mark(order):
        return
    last = max(order.events, key=lambda one: one.recorded_at)
    what = words.EVENT.get(last.kind, last.kind).lower()
    raise BadChangeError(
        f"expected the order as you saw it, found that {last.by} recorded meanwhile: {what} at "
        f"{formats.moment(last.happened_at)}; what you typed is kept, look at the order and send "
        "it again"
    )


def _frame(request: HttpRequest, seen: reading.Seen) -> dict[str, Any]:
    return {
        "layout": layout_for(viewer_of(request)),
        "reference": seen.order.reference,
        "seen": seen,
        "mark": seen_mark(seen.order),
        "page": shown.order_page(seen.order, [], now(), lambda _: ""),
    }


def _form_page(
    request: HttpRequest, page: Page, form: forms.Form, seen: reading.Seen
) -> HttpResponse:
    context = {**_frame(request, seen), "form": form, "change": page}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "orders/change.jinja", context, status=status)


def _check_page(
    request: HttpRequest,
    page: Page | TermsPage,
    rows: list[dict[str, str]],
    seen: reading.Seen,
    differences: list[Any] | None = None,
) -> HttpResponse:
    context = {
        **_frame(request, seen),
        "change": page,
        "rows": rows,
        "differences": differences,
        "columns": versions.COLUMNS,
        "carried": list(carried(request.POST)),
    }
    return render(request, "orders/change_check.jinja", context)


# -- variation and renewal: the whole list of clauses ----------------------------------------


@dataclass(frozen=True, slots=True)
class TermsPage:
    """A step that may set every clause anew."""

    step: offered.Step
    heading: str
    form: type[asked.VaryForm | asked.RenewForm]
    act: Act
    when: str
    warning: str


def terms_view_of(page: TermsPage) -> View:
    """The view of a step that sets the terms anew."""

    def show(request: HttpRequest, reference: str) -> HttpResponse:
        viewer, at = viewer_of(request), now()
        seen = _seen(viewer, page.step, reference, at)
        order = seen.order
        sent = request.POST if request.method == "POST" else None
        change = varying.change_of(
            page.form,
            sent,
            order.clauses,
            last_day=order.standing.last_day,
            protected=[one.reference for one in order.protected],
        )
        act = request.POST.get("act", "")
        if sent is None or act not in (CHECK, RECORD) or change.must_draw:
            if sent is not None:
                change.keep_quiet()
            return _terms_page(request, page, change, seen)
        if not change.is_valid():
            return _terms_page(request, page, change, seen)
        if act == CHECK:
            rows = changes.rows_of(change.form)
            return _check_page(request, page, rows, seen, _differences(change, order))
        try:
            check_unchanged(request.POST, order)
            given = {page.when: change.form.cleaned_data["happened_at"], **change.asked()}
            page.act(by=viewer, at=at, order=reference, **given)
        except OrdersError as refused:
            refuse(change.form, refused)
            return _terms_page(request, page, change, seen)
        return HttpResponseRedirect(f"{one_href(reference)}?done={page.step.name}")

    return _routed(show, page.step, f"{page.heading}: its clauses, the check, the record.")


def _differences(change: varying.Change, order: OrderView) -> list[Any]:
    compared = compare(change.current, change.read_clauses())
    last_day, _ = change.new_last_day()
    return versions.rows(compared, change.last_day, last_day, shown.numbers(order))


def _terms_page(
    request: HttpRequest, page: TermsPage, change: varying.Change, seen: reading.Seen
) -> HttpResponse:
    named = shown.numbers(seen.order)
    read_as = [shown.rule_words(one.rule, named) for one in change.current]
    rows = [
        (one, read_as[place] if place < len(read_as) else "")
        for place, one in enumerate(change.clauses)
    ]
    context = {**_frame(request, seen), "terms": change, "change": page, "rows": rows}
    status = HTTPStatus.BAD_REQUEST if change.has_errors else HTTPStatus.OK
    return render(request, "orders/vary.jinja", context, status=status)


# -- the steps ------------------------------------------------------------------------------


def _endings(seen: reading.Seen) -> dict[str, Any]:
    return {"endings": KINDS[seen.order.instrument].endings}


def _discharge_form(sent: QueryDict | None, *, endings: frozenset[Ending]) -> forms.Form:
    return DischargeForm(endings, sent)


def _others(seen: reading.Seen) -> dict[str, Any]:
    return {"others": [(one.reference, f"{one.title} {one.reference}") for one in seen.others]}


_BINDS_NOT: Final = "While it is suspended, nothing that it forbids is forbidden by it."
PAGES: Final = (
    Page(
        offered.HEARING,
        "List a hearing",
        asked.HearingForm,
        actions.list_hearing,
        is_checked=False,
    ),
    Page(
        offered.ADJOURN,
        "Adjourn the hearing",
        asked.AdjournForm,
        actions.adjourn,
        is_checked=False,
    ),
    Page(
        offered.KNOW,
        "Record that he knows of it",
        asked.KnowForm,
        actions.record_knowledge,
        note="Knowledge is no service: it starts none of the duties that service starts.",
        is_checked=False,
        read={"how": Knowledge, "proof": Proof},
    ),
    Page(
        offered.EXTEND,
        "Extend the order",
        asked.ExtendForm,
        actions.extend,
        note="Its clauses stay as they are. To change them, vary it.",
    ),
    Page(
        offered.SUSPEND,
        "Suspend the order",
        asked.SuspendForm,
        actions.suspend,
        warning=f"{_BINDS_NOT} Tell whom it protects first.",
    ),
    Page(
        offered.RESUME,
        "Let the order bind again",
        asked.ResumeForm,
        actions.resume,
        note="He must know that it binds him again.",
    ),
    Page(
        offered.DISCHARGE,
        "Record the end",
        _discharge_form,
        actions.discharge,
        warning="From then on nothing that it forbids is forbidden by it. "
        "Tell whom it protects first.",
        read={"how": Ending, "consents": frozenset},
        more=_endings,
    ),
    Page(
        offered.QUASH,
        "Record that the order was quashed",
        asked.QuashForm,
        actions.quash,
        warning="What he did before stays what it was. From then on it forbids nothing.",
    ),
    Page(
        offered.LINK,
        "Link the order to another",
        asked.LinkForm,
        actions.link,
        is_checked=False,
        read={"kind": LinkKind},
        more=_others,
    ),
)
_CHANGES_ALL: Final = "The list of clauses takes the place of the one before, from that time on."
TERMS_PAGES: Final = (
    TermsPage(
        offered.VARY,
        "Vary the order",
        asked.VaryForm,
        actions.vary,
        "varied_at",
        _CHANGES_ALL,
    ),
    TermsPage(
        offered.RENEW,
        "Renew the order",
        asked.RenewForm,
        actions.renew,
        "renewed_at",
        _CHANGES_ALL,
    ),
)


def _views() -> Iterator[tuple[offered.Step, View]]:
    for page in PAGES:
        yield page.step, view_of(page)
    for terms in TERMS_PAGES:
        yield terms.step, terms_view_of(terms)


VIEWS: Final = dict(_views())
