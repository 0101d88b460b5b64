"""Put candidates up for an agency: find who is serial, rank them, show them when all is written.

Refuses to register anybody: a candidate waits for a named officer. A run that is killed
leaves an unfinished selection that nobody is ever shown; the next run begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice

from vigil.access.models import Agency
from vigil.access.queries import agency as settings_of
from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.register import permissions
from vigil.register.definition import is_candidate
from vigil.register.errors import RegisterError
from vigil.register.models import Candidate, Selection
from vigil.register.people import people_of
from vigil.register.rules import Ranked, SerialFacts, day_of, explain, rank
from vigil.register.weights import Weights, weights_of

# One transaction and one ledger entry each; a kill loses at most one of them.
CHUNK = 1_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class PutUp:
    """What a run did: the selection, and how many candidates it put up."""

    selection: int
    agency: str
    definition: str
    on: date
    candidates: int


@dataclass(frozen=True, slots=True)
class _Found:
    person: int
    facts: SerialFacts
    because: tuple[str, ...]


def put_up_candidates(
    *, by: Viewer, at: datetime, on: date | None = None, progress: Progress | None = None
) -> PutUp:
    """Rank everyone whom the definition of `by`'s agency finds serial, and show the list.

    `on` is the day that the definition and the ranking count from, today unless given. The
    list of before is superseded when the new one is whole. `progress` is told how many
    candidates are written.

    Raises: NotAllowedError; WeightsError for a table that cannot rank.
    """
    permissions.check_can_put_up(by)
    day = on or day_of(at)
    chosen = settings_of(by.agency)
    weights = weights_of(chosen.weights)
    selection = begin_selection(by=by, at=at, definition=chosen.definition, on=day, weights=weights)
    found = dict(_serial(by, chosen.definition, day))
    ranked = rank((one.facts for one in found.values()), weights=weights, on=day)
    written = 0
    for chunk in _chunks(ranked):
        write_candidates(
            by=by, at=at, selection=selection, ranked=chunk, found=found, weights=weights
        )
        written += len(chunk)
        if progress:
            progress(written)
    finish_selection(by=by, at=at, selection=selection)
    return PutUp(selection, by.agency, chosen.definition, day, written)


@action
def begin_selection(
    *, by: Viewer, at: datetime, definition: str, on: date, weights: Weights
) -> int:
    """Begin a list of candidates for `by`'s agency. Nobody is shown it yet.

    Raises: NotAllowedError.
    """
    permissions.check_can_put_up(by)
    selection = Selection.objects.create(
        agency_id=by.agency,
        definition=definition,
        on=on,
        weights_name=weights.name,
        weights_statement=weights.statement,
        weights_are_invented=weights.is_invented,
        begun_at=at,
        begun_by=by.username,
    )
    record(
        targets=[selection_reference(selection.pk)],
        facts={"definition": definition, "on": on.isoformat(), "weights": weights.name},
    )
    return selection.pk


@action
def write_candidates(
    *,
    by: Viewer,
    at: datetime,  # noqa: ARG001 - the ledger takes it from the action
    selection: int,
    ranked: Sequence[Ranked],
    found: Mapping[str, _Found],
    weights: Weights,
) -> None:
    """Write some candidates of a selection that is not finished. It registers nobody.

    Raises: NotAllowedError; RegisterError for a selection that is finished or another's.
    """
    permissions.check_can_put_up(by)
    row = _unfinished(by, selection)
    Candidate.objects.bulk_create(
        _candidate(row, one, found[one.person], weights) for one in ranked
    )
    record(
        targets=[selection_reference(selection), *(one.person for one in ranked)],
        facts={"candidates": len(ranked)},
    )


@action
def finish_selection(*, by: Viewer, at: datetime, selection: int) -> None:
    """Show a selection; the agency's list of before is superseded in the same transaction.

    Raises: NotAllowedError; RegisterError for a selection that is finished or another's.
    """
    permissions.check_can_put_up(by)
    # Two runs that finish at once take their turn here; the later one stands.
    Agency.objects.select_for_update().get(pk=by.agency)
    row = _unfinished(by, selection)
    Selection.objects.filter(
        agency=by.agency, finished_at__isnull=False, superseded_at=None
    ).update(superseded_at=at)
    row.finished_at = at
    row.save(update_fields=["finished_at"])
    record(
        targets=[selection_reference(selection)],
        facts={"candidates": Candidate.objects.filter(selection=row).count()},
    )


def selection_reference(selection: int) -> str:
    """How the ledger names a selection."""
    return f"selection/{selection}"


def _serial(by: Viewer, definition: str, on: date) -> Iterator[tuple[str, _Found]]:
    for person in people_of(by):
        answer = is_candidate(definition, on, person.asked())
        if answer.is_serial:
            yield person.reference, _Found(person.key, person.facts(), answer.because)


def _chunks(ranked: list[Ranked]) -> Iterator[list[Ranked]]:
    rest = iter(ranked)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _unfinished(by: Viewer, selection: int) -> Selection:
    row = Selection.objects.filter(pk=selection, agency=by.agency, finished_at=None).first()
    if row is None:
        raise RegisterError(
            "expected a list of candidates of your agency that is not finished, found none; "
            "put candidates up again"
        )
    return row


def _candidate(row: Selection, one: Ranked, found: _Found, weights: Weights) -> Candidate:
    facts = found.facts
    return Candidate(
        selection=row,
        person_id=found.person,
        rank=one.rank,
        is_tied=one.is_tied,
        score=f"{one.score:.2f}",
        recency=f"{one.recency:.2f}",
        frequency=f"{one.frequency:.2f}",
        gravity=f"{one.gravity:.2f}",
        victims_part=f"{one.victims_part:.2f}",
        reports=facts.reports,
        victims=facts.victims,
        forces=facts.forces,
        first_on=facts.first_on,
        last_on=facts.last_on,
        because=list(found.because),
        parts=[asdict(part) for part in explain(facts, weights=weights, on=row.on)],
    )
