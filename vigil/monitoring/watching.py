"""Whom the worker must look at, and when next: keys and instants, nothing of anybody.

The worker's questions only. Whoever became somebody else is looked at as who he is now.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q

from vigil.access.viewer import Viewer
from vigil.custody.models import CustodyEvent
from vigil.monitoring import permissions
from vigil.monitoring.knowing import known_of
from vigil.monitoring.models import Duty, Finding, Notification, NotificationPeriod, Watch
from vigil.orders.models import Order, OrderEvent
from vigil.register.people import who_now

# (key of a person, agency that watches him)
People = list[tuple[int, str]]
# How far back the worker looks for something that was recorded and not yet reckoned with: what
# an action taught the record is reckoned with at once, unless the process was killed between.
LATELY = timedelta(days=2)
AT_ONCE = 500


def due(viewer: Viewer, *, at: datetime) -> People:
    """Those of whom something changed by itself by `at`, the longest ago first.

    Raises: NotAllowedError.
    """
    permissions.check_is_worker(viewer)
    rows = Watch.objects.filter(next_change_at__lte=at).order_by("next_change_at", "person_id")
    watched = dict(rows.values_list("person_id", "agency_id"))
    now = who_now(watched)
    return list({now[key]: agency for key, agency in watched.items()}.items())


def next_due(viewer: Viewer, *, after: datetime | None = None) -> datetime | None:
    """The first instant at which anything changes by itself, over all. Raises: NotAllowedError."""
    permissions.check_is_worker(viewer)
    rows = Watch.objects.filter(next_change_at__isnull=False)
    if after is not None:
        rows = rows.filter(next_change_at__gt=after)
    found: datetime | None = rows.aggregate(first=Min("next_change_at"))["first"]
    return found


def unlooked(viewer: Viewer, *, at: datetime) -> People:
    """Those whom nobody looked at since the record learnt something of them.

    Raises: NotAllowedError.
    """
    permissions.check_is_worker(viewer)
    people = sorted(set(who_now(_unwatched() | _taught(at - LATELY)).values()))
    found: People = []
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        seen = dict(Watch.objects.filter(person__in=some).values_list("person_id", "facts_seen"))
        for key, known in known_of(some).items():
            if known.agency is not None and seen.get(key) != known.seen:
                found.append((key, known.agency))
    return found


def _unwatched() -> set[int]:
    """Those against whom an order was made, or who must notify, and who have no watch."""
    watch = Watch.objects.filter(person=OuterRef("respondent"))
    orders = Order.objects.filter(~Exists(watch), made_on__isnull=False)
    watch = Watch.objects.filter(person=OuterRef("person"))
    periods = NotificationPeriod.objects.filter(~Exists(watch))
    return {
        *orders.values_list("respondent_id", flat=True).distinct(),
        *periods.values_list("person_id", flat=True).distinct(),
    }


def _taught(since: datetime) -> set[int]:
    """Those of whom something was recorded since then."""
    events = OrderEvent.objects.filter(recorded_at__gte=since)
    periods = NotificationPeriod.objects.filter(Q(began_at__gte=since) | Q(ended_at__gte=since))
    found = {
        *events.values_list("order__respondent_id", flat=True).distinct(),
        *periods.values_list("person_id", flat=True).distinct(),
    }
    for model in (Notification, Finding, CustodyEvent):
        rows = model.objects.filter(recorded_at__gte=since)
        found.update(rows.values_list("person_id", flat=True).distinct())
    return found


def agency_of(person: int) -> str | None:
    """The agency that watches this person; None: the law asks nothing of him."""
    return known_of([person])[person].agency


def respondent_of(viewer: Viewer, order: str) -> str | None:
    """The person whom an order binds. Raises: NotAllowedError."""
    permissions.check_is_worker(viewer)
    rows = Order.objects.filter(reference=order)
    return rows.values_list("respondent__reference", flat=True).first()


def duties_of_order(viewer: Viewer, order: str) -> list[str]:
    """The references of an order's duties, as they were begun. Raises: NotAllowedError."""
    permissions.check_is_worker(viewer)
    rows = Duty.objects.filter(order__reference=order).order_by("id")
    return list(rows.values_list("reference", flat=True))
