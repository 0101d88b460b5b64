"""Selections and their candidates, decisions, registrations, owners.

A selection, a candidate and a decision are never rewritten. A registration and an ownership
are opened and closed, so that the database can hold that a person has one at a time.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.law.vocabulary import BASES

OUTCOMES = ("register", "decline", "defer", "end")


class Selection(models.Model):
    """One run that put candidates up for an agency: by which definition, table and day.

    Its candidates are shown once it is finished; the next finished one supersedes it whole,
    so a run that is killed half-way never leaves a list of two runs.
    """

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    definition = models.CharField(max_length=40)
    on = models.DateField()
    weights_name = models.CharField(max_length=120)
    weights_statement = models.CharField(max_length=300)
    weights_are_invented = models.BooleanField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=150)
    finished_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "agency": "public",
        "definition": "public",
        "on": "public",
        "weights_name": "public",
        "weights_statement": "public",
        "weights_are_invented": "public",
        "begun_at": "public",
        "begun_by": "personal",
        "finished_at": "public",
        "superseded_at": "public",
    }

    class Meta:
        constraints = [
            # With one live selection an agency, and a person once in it, no person can be a
            # candidate of an agency twice.
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(finished_at__isnull=False, superseded_at__isnull=True),
                name="register_selection_one_live_an_agency",
                violation_error_message="This agency has a list of candidates already.",
            ),
            # What was never shown cannot be replaced.
            models.CheckConstraint(
                condition=models.Q(superseded_at__isnull=True)
                | models.Q(finished_at__isnull=False),
                name="register_selection_superseded_was_finished",
                violation_error_message="Only a finished list of candidates can be replaced.",
            ),
        ]


class Candidate(models.Model):
    """A person whom a selection puts before a named officer, with his score and its ground.

    `reports`, `victims`, `forces` and the two days are what the ranking counted.
    """

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    is_tied = models.BooleanField()
    score = models.DecimalField(max_digits=4, decimal_places=2)
    recency = models.DecimalField(max_digits=4, decimal_places=2)
    frequency = models.DecimalField(max_digits=4, decimal_places=2)
    gravity = models.DecimalField(max_digits=4, decimal_places=2)
    victims_part = models.DecimalField(max_digits=4, decimal_places=2)
    reports = models.PositiveIntegerField()
    victims = models.PositiveIntegerField()
    forces = models.PositiveIntegerField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    # Why the definition finds him serial: sentences of the law room.
    because = models.JSONField()
    # The four parts with value, unit, weight and ground.
    parts = models.JSONField()
    # Who put the name forward, where it was a person: he may not decide. Empty for a selection.
    nominated_by = models.CharField(max_length=150, blank=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "selection": "public",
        "person": "public",
        "rank": "public",
        "is_tied": "public",
        "score": "public",
        "recency": "public",
        "frequency": "public",
        "gravity": "public",
        "victims_part": "public",
        "reports": "public",
        "victims": "public",
        "forces": "public",
        "first_on": "public",
        "last_on": "public",
        "because": "public",
        "parts": "public",
        "nominated_by": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["selection", "rank"], name="register_candidate_rank")]
        constraints = [
            # See register_selection_one_live_an_agency.
            models.UniqueConstraint(
                fields=["selection", "person"],
                name="register_candidate_once_a_selection",
                violation_error_message="This person is on this list already.",
            ),
            # Somebody with no victim is nobody whom any definition can find.
            models.CheckConstraint(
                condition=models.Q(rank__gte=1, reports__gte=1, victims__gte=1),
                name="register_candidate_counts_something",
                violation_error_message="A candidate has at least one report and one victim.",
            ),
        ]


class Decision(models.Model):
    """What a named authorising officer decided about a person, and why."""

    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    # Null for the decision that ends a registration: it needs no candidate.
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=20, choices=[(o, o) for o in OUTCOMES])
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150)
    decided_by_name = models.CharField(max_length=150)
    reasons = models.TextField()
    # References of reports, `10/ABC`; all of this person.
    evidence = models.JSONField()
    basis = models.CharField(max_length=20, blank=True)
    necessity = models.TextField(blank=True)
    proportionality = models.TextField(blank=True)
    regime = models.CharField(max_length=20)
    review_on = models.DateField(null=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "public",
        "agency": "public",
        "candidate": "public",
        "outcome": "public",
        "decided_at": "public",
        "decided_by": "personal",
        "decided_by_name": "personal",
        "reasons": "personal",
        "evidence": "personal",
        "basis": "personal",
        "necessity": "personal",
        "proportionality": "personal",
        "regime": "public",
        "review_on": "public",
    }

    class Meta:
        indexes = [models.Index(fields=["person", "decided_at"], name="register_decision_person")]
        constraints = [
            # The four outcomes are the only ones that anything follows from.
            models.CheckConstraint(
                condition=models.Q(outcome__in=OUTCOMES),
                name="register_decision_known_outcome",
                violation_error_message="Choose register, decline, defer or end.",
            ),
            # Nobody is registered, or let go, without a name and a reason.
            models.CheckConstraint(
                condition=~models.Q(reasons="") & ~models.Q(decided_by=""),
                name="register_decision_has_officer_and_reasons",
                violation_error_message="A decision has a named officer and reasons.",
            ),
            # Every registration and every wait has a day on which it is looked at again.
            models.CheckConstraint(
                condition=models.Q(outcome__in=["register", "defer"], review_on__isnull=False)
                | models.Q(outcome__in=["decline", "end"], review_on__isnull=True),
                name="register_decision_review_when_it_goes_on",
                violation_error_message="Give a review date to register or defer, and only then.",
            ),
            # Registering interferes with his rights: why it is needed and why it is not too
            # much is written down, with what stands behind it.
            models.CheckConstraint(
                condition=~models.Q(outcome="register")
                | (
                    ~models.Q(necessity="")
                    & ~models.Q(proportionality="")
                    & models.Q(basis__in=BASES)
                ),
                name="register_decision_register_is_justified",
                violation_error_message="To register, say why it is necessary and proportionate.",
            ),
            # Only the end of a registration needs no candidate.
            models.CheckConstraint(
                condition=models.Q(outcome="end") | models.Q(candidate__isnull=False),
                name="register_decision_is_about_a_candidate",
                violation_error_message="A decision is about a candidate.",
            ),
        ]


class Ownership(models.Model):
    """Who answers for a person, since when."""

    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=150)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=150)
    closed_at = models.DateTimeField(null=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "public",
        "owner": "personal",
        "agency": "public",
        "since_at": "public",
        "assigned_by": "personal",
        "closed_at": "public",
    }

    class Meta:
        indexes = [models.Index(fields=["owner", "closed_at"], name="register_ownership_owner")]
        constraints = [
            # Two owners are none: each waits for the other.
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(closed_at__isnull=True),
                name="register_ownership_one_open_a_person",
                violation_error_message="This person has an owner already.",
            ),
            # An owner without a name is no owner.
            models.CheckConstraint(
                condition=~models.Q(owner=""),
                name="register_ownership_names_somebody",
                violation_error_message="Name the owner.",
            ),
        ]


class Registration(models.Model):
    """The time during which a person is on the register."""

    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")
    # Never null: a registration without an owner cannot be written.
    ownership = models.ForeignKey(Ownership, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    review_on = models.DateField()
    regime = models.CharField(max_length=20)
    ended_at = models.DateTimeField(null=True)
    ended_by_decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="+", null=True
    )

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "public",
        "agency": "public",
        "decision": "public",
        "ownership": "public",
        "began_at": "public",
        "review_on": "public",
        "regime": "public",
        "ended_at": "public",
        "ended_by_decision": "public",
    }

    class Meta:
        constraints = [
            # One register: nobody is on it twice at one time, whichever agency put him there.
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at__isnull=True),
                name="register_registration_one_open_a_person",
                violation_error_message="This person is on the register already.",
            ),
            # Nobody comes off the register without a decision.
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by_decision__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by_decision__isnull=False),
                name="register_registration_ends_by_decision",
                violation_error_message="A registration ends by a decision, at its instant.",
            ),
        ]
