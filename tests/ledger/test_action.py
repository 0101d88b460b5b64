"""An action is the only writer: keyword-only, one transaction, exactly one entry."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from django.db import transaction

from vigil.access import look as look_module
from vigil.access.errors import NoReasonError, NotInSightError
from vigil.access.look import Sight, look
from vigil.access.models import Agency
from vigil.access.viewer import Viewer
from vigil.ledger import action as module
from vigil.ledger.action import action, record
from vigil.ledger.errors import (
    NestedActionError,
    NoEntryError,
    NotAnActionError,
    NotInTransactionError,
)
from vigil.ledger.models import Entry, Target

pytestmark = pytest.mark.django_db


@action
def found_agency(*, by: Viewer, at: datetime, code: str, entries: int = 1) -> str:
    Agency.objects.create(code=code, name="Invented")
    for _ in range(entries):
        record(targets=[f"agency/{code}"], facts={"code": code})
    return code


@action
def call_another(*, by: Viewer, at: datetime) -> None:
    record(targets=["agency/98"])
    found_agency(by=by, at=at, code="98")


def test_an_action_writes_its_row_and_one_entry(
    viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    assert found_agency(by=viewer_factory(), at=at, code="99") == "99"
    entry = Entry.objects.get()
    assert (entry.did, entry.by, entry.recorded_at) == ("ledger.found_agency", "alice", at)
    assert Target.objects.get().reference == "agency/99"


@pytest.mark.parametrize("entries", [0, 2])
def test_an_action_without_exactly_one_entry_changes_nothing(
    viewer_factory: Callable[..., Viewer], at: datetime, entries: int
) -> None:
    with pytest.raises(NoEntryError):
        found_agency(by=viewer_factory(), at=at, code="99", entries=entries)
    assert not Agency.objects.exists()
    assert not Entry.objects.exists()


def test_when_the_entry_cannot_be_written_nothing_is_changed(
    viewer_factory: Callable[..., Viewer], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(module, "append", fail)
    with pytest.raises(OSError, match="disk full"):
        found_agency(by=viewer_factory(), at=at, code="99")
    assert not Agency.objects.exists()


def test_an_action_inside_an_action_is_refused_and_changes_nothing(
    viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    with pytest.raises(NestedActionError):
        call_another(by=viewer_factory(), at=at)
    assert not Entry.objects.exists()


def test_a_function_that_takes_positions_is_no_action() -> None:
    with pytest.raises(NotAnActionError):

        @action
        def positional(by: Viewer, at: datetime) -> None: ...


def test_an_entry_outside_an_action_is_refused() -> None:
    with pytest.raises(NotInTransactionError):
        record(targets=[])


def test_a_look_without_a_reason_shows_nothing(
    viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    with (
        pytest.raises(NoReasonError),
        look(viewer=viewer_factory(because=" "), references=["P-1"], at=at),
    ):
        pass
    assert not Entry.objects.exists()


def test_a_look_opens_what_it_names_and_only_while_it_lasts(
    viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    with look(viewer=viewer_factory(), references=["P-1"], at=at) as sight:
        sight.must_hold("P-1")
        with pytest.raises(NotInSightError):
            sight.must_hold("P-2")
    with pytest.raises(NotInSightError):
        sight.must_hold("P-1")
    assert Target.objects.get().reference == "P-1"


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused(
    viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    with pytest.raises(NotInTransactionError):
        module.append(did="access.look", by=viewer_factory(), at=at, targets=["P-1"])
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_action_inside_somebody_elses_transaction_is_refused(
    viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        found_agency(by=viewer_factory(), at=at, code="99")
    assert not Agency.objects.exists()


def _opened(viewer: Viewer, at: datetime) -> AbstractContextManager[Sight]:
    return look(viewer=viewer, references=["P-1"], at=at)


def test_a_look_whose_reader_fails_leaves_no_entry_and_showed_nothing(
    viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    with pytest.raises(OSError, match="gone"), _opened(viewer_factory(), at):
        raise OSError("gone")
    assert not Entry.objects.exists()


def test_a_look_whose_entry_cannot_be_written_does_not_open(
    viewer_factory: Callable[..., Viewer], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(look_module, "append", fail)
    with (
        pytest.raises(OSError, match="disk full"),
        look(viewer=viewer_factory(), references=["P-1"], at=at) as sight,
    ):
        pytest.fail(f"opened: {sight}")
