"""Orders as lists of events: drafted, made, served, varied are rows that are never updated.

Nothing says how an order stands: `rules.standing` works that out for any instant. Of a
protected person there is a reference and a number, nothing else.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.identity.models import Person
from vigil.law.facts import Regime
from vigil.orders.kinds import (
    ENDINGS,
    FAILURES,
    KINDS,
    MAKINGS,
    TERM_CHANGES,
    EventKind,
    LinkKind,
)
from vigil.victims.models import ProtectedPerson


class OrderNumber(models.Model):
    """The last number given out for a prefix and a year: a reference is never used twice."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "prefix": "public",
        "year": "public",
        "last": "public",
    }

    class Meta:
        constraints = [
            # Two rows for one year would give one number to two orders.
            models.UniqueConstraint(
                fields=["prefix", "year"],
                name="orders_one_counter_a_year",
                violation_error_message="There is a counter for that year.",
            ),
        ]


class Order(models.Model):
    """One order or notice against one respondent. What happened to it is in its events.

    A row may begin as a draft: the day of making, the court and the rank come with the making.
    """

    reference = models.CharField(max_length=40, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=20)
    jurisdiction = models.CharField(max_length=2)
    # The law that it is under: "paladin" is proposed law, and is said wherever it is seen.
    regime = models.CharField(max_length=20, default=Regime.IN_FORCE.value)
    respondent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # None: a draft or an application. Set once, by the event of the making.
    made_on = models.DateField(null=True)
    # A court made it, or an officer of a rank issued it: never both, never neither.
    court = models.CharField(max_length=120, blank=True)
    issuer_rank = models.CharField(max_length=30, blank=True)
    # None: not known. Matters where an order binds only one who knows of it.
    without_notice = models.BooleanField(null=True)
    # The interim order, or the notice, that this one took the place of.
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    # Who asked for it, as a code of the law room; empty where nobody said.
    applicant = models.CharField(max_length=30, blank=True)
    # Digest of instrument, respondent, day and protected persons: the same order (or the same
    # draft) twice is an officer who pressed twice, or two officers with one paper.
    sameness = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "agency": "public",
        "instrument": "personal",
        "jurisdiction": "public",
        "regime": "public",
        "applicant": "public",
        "respondent": "personal",
        "made_on": "personal",
        "court": "personal",
        "issuer_rank": "public",
        "without_notice": "personal",
        "replaces": "personal",
        "sameness": "personal",
        "recorded_at": "public",
        "recorded_by": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["respondent", "made_on"], name="orders_of_a_person")]
        constraints = [
            # An instrument that no rule knows would have no status on any day.
            models.CheckConstraint(
                condition=models.Q(instrument__in=sorted(KINDS)),
                name="orders_instrument_is_known",
                violation_error_message="Choose a kind of order that can be made here.",
            ),
            # Proposed law may not pass for law: only a row that says so holds such an order.
            models.CheckConstraint(
                condition=models.Q(regime=Regime.PALADIN.value)
                | (
                    models.Q(regime=Regime.IN_FORCE.value)
                    & ~models.Q(instrument__in=sorted(k for k in KINDS if KINDS[k].is_proposed))
                ),
                name="orders_proposed_says_so",
                violation_error_message="This kind of order is proposed and not law.",
            ),
            # Who made it decides whether it was lawful: exactly one of the two is known, as
            # soon as it is made.
            models.CheckConstraint(
                condition=models.Q(made_on__isnull=True)
                | (models.Q(court="") ^ models.Q(issuer_rank="")),
                name="orders_court_or_rank",
                violation_error_message=(
                    "Give the court that made the order, or the rank that issued the notice."
                ),
            ),
        ]


class OrderEvent(models.Model):
    """One thing that happened to an order; rows are added, never changed."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    # Terms: an event that sets clauses carries the whole list that holds from then on, as rows
    # of Condition; one that sets the last day carries it (None: until further order). The terms
    # of a draft are asked for, and hold nowhere.
    sets_clauses = models.BooleanField(default=False)
    sets_last_day = models.BooleanField(default=False)
    last_day = models.DateField(null=True)
    # Service: who served it, at which kind of place, how, with which proof.
    served_by = models.CharField(max_length=150, blank=True)
    place_kind = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=30, blank=True)
    proof = models.CharField(max_length=30, blank=True)
    # The steps to a hearing: the officer's rank who authorised, the court, the day listed.
    rank = models.CharField(max_length=30, blank=True)
    court = models.CharField(max_length=120, blank=True)
    hearing_at = models.DateTimeField(null=True)
    # A suspension: until when, where the court said.
    until_at = models.DateTimeField(null=True)
    # An end before the last day: how it came, and who consented.
    ending = models.CharField(max_length=30, blank=True)
    consents = models.JSONField(default=list)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "order": "public",
        "kind": "personal",
        "happened_at": "personal",
        "recorded_at": "public",
        "by": "personal",
        "sets_clauses": "personal",
        "sets_last_day": "personal",
        "last_day": "personal",
        "served_by": "personal",
        "place_kind": "personal",
        "how": "personal",
        "proof": "personal",
        "rank": "public",
        "court": "personal",
        "hearing_at": "personal",
        "until_at": "personal",
        "ending": "personal",
        "consents": "personal",
    }

    class Meta:
        indexes = [
            models.Index(fields=["order", "happened_at"], name="orders_event_in_time"),
            models.Index(fields=["kind", "happened_at"], name="orders_event_of_a_kind"),
        ]
        constraints = [
            # An event of a kind that no rule reads would be lost in silence.
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(k.value for k in EventKind)),
                name="orders_event_kind_is_known",
                violation_error_message="Choose what happened to the order.",
            ),
            # An order is made once.
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(kind__in=sorted(k.value for k in MAKINGS)),
                name="orders_made_once",
                violation_error_message="This order was made before.",
            ),
            # Two officers who serve at once: one service counts, and starts the duties.
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(kind=EventKind.SERVED.value),
                name="orders_first_service_once",
                violation_error_message="This order was served before.",
            ),
            # An order ends once, however it ends; so does an application that comes to nothing.
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(kind__in=sorted(k.value for k in ENDINGS | FAILURES)),
                name="orders_ended_once",
                violation_error_message="This order has ended before.",
            ),
            # A draft begins once, is authorised once, is applied for once.
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=models.Q(
                    kind__in=sorted(
                        k.value
                        for k in (EventKind.DRAFTED, EventKind.AUTHORISED, EventKind.APPLIED)
                    )
                ),
                name="orders_step_once",
                violation_error_message="This step was recorded before.",
            ),
            # Two changes of terms at one instant would leave the order with two lists.
            models.UniqueConstraint(
                fields=["order", "happened_at"],
                condition=models.Q(kind__in=sorted(k.value for k in TERM_CHANGES)),
                name="orders_one_change_at_an_instant",
                violation_error_message="Another change of this order is recorded at that time.",
            ),
            # Authorised by nobody in particular is not authorised.
            models.CheckConstraint(
                condition=~models.Q(kind=EventKind.AUTHORISED.value) | ~models.Q(rank=""),
                name="orders_authorised_by_a_rank",
                violation_error_message="Give the rank of the officer who authorised it.",
            ),
            # A hearing without its day cannot be kept.
            models.CheckConstraint(
                condition=~models.Q(kind=EventKind.HEARING_LISTED.value)
                | models.Q(hearing_at__isnull=False),
                name="orders_hearing_has_a_day",
                violation_error_message="Give the day and time of the hearing.",
            ),
            # Knowledge without how he came to it proves nothing.
            models.CheckConstraint(
                condition=~models.Q(kind=EventKind.KNOWN.value) | ~models.Q(how=""),
                name="orders_knowledge_says_how",
                violation_error_message="Say how the respondent came to know of it.",
            ),
            # A service without who, where, how and proof convinces no court.
            models.CheckConstraint(
                condition=~models.Q(kind=EventKind.SERVED.value)
                | ~(
                    models.Q(served_by="")
                    | models.Q(place_kind="")
                    | models.Q(how="")
                    | models.Q(proof="")
                ),
                name="orders_service_is_whole",
                violation_error_message="Say who served it, where, how, and what proves it.",
            ),
            # Nothing is recorded before it happened.
            models.CheckConstraint(
                condition=models.Q(recorded_at__gte=models.F("happened_at")),
                name="orders_event_has_happened",
                violation_error_message="An event is recorded when it has happened.",
            ),
        ]


class Condition(models.Model):
    """One clause as an event set it: its number, its words verbatim, its rule."""

    event = models.ForeignKey(OrderEvent, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=20)
    text = models.TextField()
    rule = models.JSONField()

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "event": "public",
        "position": "public",
        "clause": "personal",
        "text": "protected",
        "rule": "protected",
    }

    class Meta:
        constraints = [
            # A clause that is quoted by its number must be one clause.
            models.UniqueConstraint(
                fields=["event", "clause"],
                name="orders_clause_number_once",
                violation_error_message="Give each clause number once.",
            ),
        ]


class Protected(models.Model):
    """Whom an order protects: "protected person 1" of this order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(ProtectedPerson, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "order": "public",
        "person": "protected",
        "number": "public",
    }

    class Meta:
        constraints = [
            # "Protected person 1" must be one person.
            models.UniqueConstraint(
                fields=["order", "number"],
                name="orders_protected_number_once",
                violation_error_message="Give each protected person a number of her own.",
            ),
            models.UniqueConstraint(
                fields=["order", "person"],
                name="orders_protected_person_once",
                violation_error_message="Name each protected person once.",
            ),
        ]


class Evidence(models.Model):
    """The reports on which the order was asked for, by their references."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    report = models.CharField(max_length=210)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "order": "public",
        "report": "public",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "report"],
                name="orders_report_once",
                violation_error_message="Name each report once.",
            ),
        ]


class LinkedOrder(models.Model):
    """What one order is to another: `order` is the interim of, follows, goes with `other`."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    other = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "order": "public",
        "kind": "personal",
        "other": "public",
        "recorded_at": "public",
        "recorded_by": "personal",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(k.value for k in LinkKind)),
                name="orders_link_kind_is_known",
                violation_error_message="Choose what the one order is to the other.",
            ),
            # Said twice it would be shown twice.
            models.UniqueConstraint(
                fields=["order", "kind", "other"],
                name="orders_link_once",
                violation_error_message="These two orders are linked so already.",
            ),
            # An order that follows itself would be walked for ever.
            models.CheckConstraint(
                condition=~models.Q(order=models.F("other")),
                name="orders_link_to_another",
                violation_error_message="Link an order to another one.",
            ),
        ]
