"""What a human says of two reports, and taking it back. A judgement merges nothing: the next
run derives who is who from all that stand.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.identity.errors import JudgementError
from vigil.identity.models import Attribution, Judgement
from vigil.identity.permissions import check_can_judge
from vigil.identity.rules import Verdict
from vigil.ledger.action import action, record


@action
def judge(
    *, by: Viewer, at: datetime, left: str, right: str, verdict: Verdict | str, why: str
) -> str:
    """Say of two reports that their suspect is the same, not the same, or that you are unsure.

    `left` and `right` are report references (`force/report_id`), in any order. Returns the
    judgement's reference.

    Raises: NotAllowedError; NotFoundError for a report that no run has seen; JudgementError
    for one report twice, no reason, an unknown verdict, or a pair that is judged already.
    """
    check_can_judge(by)
    low, high = sorted((left, right))
    said = _checked(low, high, verdict, why)
    if Attribution.objects.filter(report_reference__in=[low, high]).count() != 2:
        raise NotFoundError
    try:
        with transaction.atomic():
            row = Judgement.objects.create(
                reference=_next_reference(),
                left=low,
                right=high,
                verdict=said,
                by=by.username,
                agency=by.agency,
                why=why.strip(),
                at=at,
            )
    except IntegrityError as error:
        raise JudgementError(
            "expected a pair on which no judgement stands, found one; withdraw it first"
        ) from error
    people = _people_of(low, high)
    record(targets=[row.reference, low, high, *people], facts={"verdict": str(said)})
    return row.reference


@action
def withdraw_judgement(*, by: Viewer, at: datetime, judgement: str, why: str) -> None:
    """Take a judgement back. It stays on the record, with who withdrew it and why.

    Raises: NotAllowedError; NotFoundError; JudgementError without a reason, or for one that
    is withdrawn already.
    """
    check_can_judge(by)
    if not why.strip():
        raise JudgementError("expected a reason for withdrawing, found none; say why")
    row = Judgement.objects.select_for_update().filter(reference=judgement).first()
    if row is None:
        raise NotFoundError
    if row.withdrawn_at is not None:
        raise JudgementError("expected a judgement that stands, found one withdrawn already")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by.username, why.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    people = _people_of(row.left, row.right)
    record(targets=[row.reference, row.left, row.right, *people])


def _checked(low: str, high: str, verdict: Verdict | str, why: str) -> Verdict:
    if low == high:
        raise JudgementError("expected two different reports, found one twice; choose another")
    if not why.strip():
        raise JudgementError("expected a reason for the judgement, found none; say why")
    try:
        return Verdict(verdict)
    except ValueError as error:
        raise JudgementError(
            "expected same, not_same or unsure, found another word; choose one of them"
        ) from error


def _next_reference() -> str:
    last = Judgement.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"J-{(last or 0) + 1:06d}"


def _people_of(*reports: str) -> list[str]:
    rows = Attribution.objects.filter(report_reference__in=reports)
    return sorted(set(rows.values_list("person__reference", flat=True)))
