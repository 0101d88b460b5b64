"""A newer key, everything sealed anew under it, and what the first release left: none is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from vigil.access.errors import KeyMissingError, NotAllowedError, SealBrokenError
from vigil.access.look import look
from vigil.access.models import Agency
from vigil.access.sealing import key_number, seal
from vigil.access.viewer import Role, Viewer
from vigil.ledger.models import Entry
from vigil.victims import queries
from vigil.victims.actions import (
    add_key,
    add_place,
    protect,
    reseal,
    set_safe_contact,
    set_safe_times,
)
from vigil.victims.models import Advocacy, Place, ProtectedPerson, SafeContact, SafeTimes
from vigil.victims.pending import Pending
from vigil.victims.permissions import can_keep_keys
from vigil.victims.seals import victims_keys

pytestmark = pytest.mark.django_db

Viewers = Callable[..., Viewer]
THEN = datetime(2026, 11, 1, 9, tzinfo=UTC)
NAME, ADDRESS, CONTACT = "Wenna Quillbrook", "4 Canary Steps, Exmere", "her sister, after 6pm"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings) -> None:
    """A home of this test's own, so that its keys are too."""
    settings.VIGIL_HOME = tmp_path
    Agency.objects.bulk_create([Agency(code=code, name="Invented") for code in ("10", "11")])


@pytest.fixture
def keeper(viewer_factory: Viewers) -> Viewer:
    return viewer_factory(Role.ADMINISTRATOR, username="ada", because="the yearly new key")


def old_person(reference: str = "V-0000000001", address: str = ADDRESS) -> str:
    """A row as the first release wrote it: under the installation's one key."""
    identity = {"name": NAME, "born_on": "1990-02-28", "address": address}

    def sealed(column: str, plain: str) -> bytes:
        return seal(
            plain.encode(),
            table="victims_protectedperson",
            column=column,
            row=reference,
            agency="10",
        )

    ProtectedPerson.objects.create(
        reference=reference,
        agency_id="10",
        identity_sealed=sealed("identity_sealed", json.dumps(identity)),
        safe_contact_sealed=sealed("safe_contact_sealed", CONTACT if address else ""),
        advocate="adah",
        protected_at=THEN,
        protected_by="alice",
    )
    return reference


def whole(by: Viewer, at: datetime, her: str) -> tuple[Any, ...]:
    with look(viewer=by, references=[her], at=at) as sight:
        return (
            queries.protected_person(sight, her),
            queries.places_of(sight, her),
            queries.safe_now(sight, her),
        )


def numbers() -> set[int]:
    """The key of every sealed value there is."""
    values: list[bytes | memoryview] = []
    for row in ProtectedPerson.objects.all():
        values += [row.identity_sealed] + (
            [row.safe_contact_sealed] * bool(row.safe_contact_sealed)
        )
    for place in Place.objects.all():
        values += [place.about_sealed] + ([place.geometry_sealed] * bool(place.form))
    values += SafeContact.objects.values_list("contact_sealed", flat=True)
    values += SafeTimes.objects.values_list("times_sealed", flat=True)
    return {key_number(value) for value in values}


def make_whole(by: Viewer, at: datetime) -> str:
    her = protect(by=by, at=at, name=NAME, address=ADDRESS, safe_contact=CONTACT)
    add_place(by=by, at=at, person=her, kind="work", lat=53.1, lon=-1.6)
    set_safe_contact(by=by, at=at, person=her, who="her sister")
    times = [{"days": ["mon"], "from_time": "09:00", "to_time": "17:00"}]
    set_safe_times(by=by, at=at, person=her, times=times)
    return her


def test_what_the_first_release_kept_is_read_before_and_after_it_is_moved(
    viewer_factory: Viewers, keeper: Viewer, at: datetime
) -> None:
    her, by = old_person(), viewer_factory()
    before = whole(by, at, her)
    assert (before[0].name, before[0].address) == (NAME, ADDRESS)
    assert (before[0].safe_contact, before[0].born_on) == (CONTACT, date(1990, 2, 28))
    assert reseal(by=keeper, at=at, rows=queries.to_reseal(keeper)) == 1
    after = whole(by, at, her)
    assert after[0] == before[0]
    assert after[2] == before[2]
    place = after[1][0]
    assert (place.kind, place.address, place.since_on) == ("home", ADDRESS, None)
    assert (place.added_at, place.added_by) == (THEN, "alice")
    assert numbers() == {1}
    assert queries.to_reseal(keeper) == []
    assert Advocacy.objects.get().advocate == "adah"


def test_safe_contact_that_was_set_since_still_counts_after_the_move(
    viewer_factory: Viewers, keeper: Viewer, at: datetime
) -> None:
    her, by = old_person(), viewer_factory()
    set_safe_contact(by=by, at=at, person=her, what="the new one")
    reseal(by=keeper, at=at, rows=queries.to_reseal(keeper))
    assert whole(by, at, her)[0].safe_contact == "the new one"
    assert list(SafeContact.objects.order_by("number").values_list("number", flat=True)) == [0, 1]


def test_where_the_first_release_kept_nothing_nothing_is_made_up(
    viewer_factory: Viewers, keeper: Viewer, at: datetime
) -> None:
    her = old_person(address="")
    assert whole(viewer_factory(), at, her)[2].reach is None
    reseal(by=keeper, at=at, rows=queries.to_reseal(keeper))
    assert not Place.objects.exists()
    assert not SafeContact.objects.exists()
    assert whole(viewer_factory(), at, her)[0].name == NAME


def test_after_a_newer_key_everything_old_opens_and_everything_new_is_under_it(
    viewer_factory: Viewers, keeper: Viewer, at: datetime
) -> None:
    by = viewer_factory()
    her = make_whole(by, at)
    before = whole(by, at, her)
    assert numbers() == {1}
    assert add_key(by=keeper, at=at) == 2
    assert whole(by, at, her) == before
    make_whole(by, at)
    assert numbers() == {1, 2}
    assert reseal(by=keeper, at=at, rows=queries.to_reseal(keeper)) == 6
    assert numbers() == {2}
    assert whole(by, at, her) == before


def test_without_the_older_key_what_was_sealed_anew_still_opens(
    viewer_factory: Viewers, keeper: Viewer, at: datetime, tmp_path: Path
) -> None:
    by = viewer_factory()
    her = make_whole(by, at)
    before = whole(by, at, her)
    add_key(by=keeper, at=at)
    reseal(by=keeper, at=at, rows=queries.to_reseal(keeper))
    lines = (tmp_path / "victims.key").read_text().splitlines(keepends=True)
    (tmp_path / "victims.key").write_text(lines[1])
    assert whole(by, at, her) == before


def test_stopped_in_the_middle_it_goes_on_where_it_was(
    viewer_factory: Viewers, keeper: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = viewer_factory()
    hers = [make_whole(by, at) for _ in range(3)]
    before = [whole(by, at, her) for her in hers]
    add_key(by=keeper, at=at)
    rows = queries.to_reseal(keeper)
    reseal(by=keeper, at=at, rows=rows[:5])

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("vigil.victims.actions.keys.record", killed)
        with pytest.raises(KeyboardInterrupt):
            reseal(by=keeper, at=at, rows=rows[5:])
    left = queries.to_reseal(keeper)
    assert left == rows[5:]
    # Those that are done already are left as they are.
    assert reseal(by=keeper, at=at, rows=rows) == len(left)
    assert reseal(by=keeper, at=at, rows=rows) == 0
    assert numbers() == {2}
    assert [whole(by, at, her) for her in hers] == before


def test_the_entry_says_how_many_and_names_nobody(
    viewer_factory: Viewers, keeper: Viewer, at: datetime
) -> None:
    her = make_whole(viewer_factory(), at)
    add_key(by=keeper, at=at)
    reseal(by=keeper, at=at, rows=queries.to_reseal(keeper))
    leaf = json.loads(Entry.objects.get(did="victims.reseal").leaf)
    assert (leaf["targets"], leaf["facts"]) == (["keys/victims"], {"number": 2, "rows": 6})
    assert her not in json.dumps(leaf)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_keys_are_for_the_administrator(viewer_factory: Viewers, at: datetime, role: Role) -> None:
    viewer = viewer_factory(role)
    assert not can_keep_keys(viewer)
    for attempt in (
        lambda: add_key(by=viewer, at=at),
        lambda: reseal(by=viewer, at=at, rows=[Pending("person", 1)]),
        lambda: queries.to_reseal(viewer),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert victims_keys().newest() == 0


@pytest.mark.parametrize("kept", ["person", "place", "contact", "times"])
def test_a_lost_ring_is_not_begun_anew(
    viewer_factory: Viewers, at: datetime, tmp_path: Path, kept: str
) -> None:
    by = viewer_factory()
    make_whole(by, at)
    if kept != "person":
        # What is kept of each kind alone is enough to refuse.
        row = ProtectedPerson.objects.get()
        row.identity_sealed = b"\x01"
        row.save()
    for kind, model in (("place", Place), ("contact", SafeContact), ("times", SafeTimes)):
        if kind != kept:
            model.objects.all().delete()
    (tmp_path / "victims.key").unlink()
    with pytest.raises(KeyMissingError, match=r"expected the file victims\.key"):
        protect(by=by, at=at, name="B")
    assert not (tmp_path / "victims.key").exists()


def test_with_the_key_that_opens_reports_alone_nothing_of_hers_opens(
    viewer_factory: Viewers, at: datetime, tmp_path: Path
) -> None:
    by = viewer_factory()
    her = make_whole(by, at)
    (tmp_path / "victims.key").unlink()
    with (
        pytest.raises(KeyMissingError),
        look(viewer=by, references=[her], at=at) as sight,
    ):
        queries.protected_person(sight, her)


CELLS = [
    (ProtectedPerson, "identity_sealed"),
    (Place, "about_sealed"),
    (Place, "geometry_sealed"),
    (SafeContact, "contact_sealed"),
    (SafeTimes, "times_sealed"),
]
CELL_IDS = [column for _, column in CELLS]


@pytest.mark.parametrize(("model", "column"), CELLS, ids=CELL_IDS)
def test_a_value_moved_from_another_woman_does_not_open(
    viewer_factory: Viewers, at: datetime, model: Any, column: str
) -> None:
    by = viewer_factory()
    mine, other = make_whole(by, at), make_whole(by, at)
    theirs = list(model.objects.order_by("id"))
    half = len(theirs) // 2
    for row, from_row in zip(theirs[:half], theirs[half:], strict=True):
        model.objects.filter(pk=row.pk).update(**{column: getattr(from_row, column)})
    with pytest.raises(SealBrokenError):
        whole(by, at, mine)
    assert whole(by, at, other)


@pytest.mark.parametrize(("model", "column"), CELLS, ids=CELL_IDS)
def test_a_value_with_one_bit_flipped_does_not_open(
    viewer_factory: Viewers, at: datetime, model: Any, column: str
) -> None:
    by = viewer_factory()
    her = make_whole(by, at)
    for row in model.objects.exclude(**{column: b""}):
        sealed = bytearray(bytes(getattr(row, column)))
        sealed[len(sealed) // 2] ^= 1
        model.objects.filter(pk=row.pk).update(**{column: bytes(sealed)})
    with pytest.raises(SealBrokenError):
        whole(by, at, her)


def test_a_version_put_in_the_place_of_another_does_not_open(
    viewer_factory: Viewers, at: datetime
) -> None:
    by = viewer_factory()
    her = make_whole(by, at)
    first, last = SafeContact.objects.order_by("number")
    SafeContact.objects.filter(pk=last.pk).update(contact_sealed=first.contact_sealed)
    with pytest.raises(SealBrokenError):
        whole(by, at, her)


def test_one_column_put_in_another_does_not_open(viewer_factory: Viewers, at: datetime) -> None:
    by = viewer_factory()
    her = make_whole(by, at)
    place = Place.objects.exclude(form="").get()
    Place.objects.filter(pk=place.pk).update(about_sealed=place.geometry_sealed)
    with pytest.raises(SealBrokenError):
        whole(by, at, her)


def test_a_row_given_to_another_agency_does_not_open_there(
    viewer_factory: Viewers, at: datetime
) -> None:
    her = make_whole(viewer_factory(), at)
    ProtectedPerson.objects.update(agency_id="11")
    with pytest.raises(SealBrokenError):
        whole(viewer_factory(agency="11"), at, her)
    with pytest.raises(SealBrokenError):
        queries.shapes(
            viewer_factory(agency="11"), Place.objects.values_list("reference", flat=True)
        )
