"""Which orders of an agency end of themselves within some days. References only."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Subquery

from vigil.access.viewer import Viewer
from vigil.identity.queries import hidden_from
from vigil.orders import permissions
from vigil.orders.kinds import ENDINGS, EventKind
from vigil.orders.models import Order, OrderEvent


def ending_between(viewer: Viewer, first: date, last: date, *, at: datetime) -> list[str]:
    """References of the viewer's agency's orders whose last day lies between the two, both
    counted, as their terms stand at `at`; the first to end is first.

    Those that ended by an event are not among them.

    Raises: NotFoundError.
    """
    permissions.check_can_read(viewer)
    events = OrderEvent.objects.filter(order=OuterRef("pk"))
    # What a draft asks for is no term of the order.
    terms = events.filter(sets_last_day=True, happened_at__lte=at).exclude(kind=EventKind.DRAFTED)
    newest = terms.order_by("-happened_at", "-id").values("last_day")[:1]
    rows = (
        Order.objects.filter(
            Exists(terms.filter(last_day__range=(first, last))),
            ~Exists(events.filter(kind__in=sorted(ENDINGS))),
            agency_id=viewer.agency,
            made_on__isnull=False,
        )
        .exclude(respondent__reference__in=hidden_from(viewer))
        .annotate(ends_on=Subquery(newest))
        .filter(ends_on__range=(first, last))
    )
    return list(rows.order_by("ends_on", "id").values_list("reference", flat=True))
