"""Her places: sealed, named by reference, ended and never overwritten; reckoned by, not read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from vigil.access.errors import NotAllowedError, NotFoundError, NotInSightError
from vigil.access.look import look
from vigil.access.models import Agency, SealedRecord
from vigil.access.viewer import Role, Viewer
from vigil.ledger.models import Entry
from vigil.victims import permissions, queries
from vigil.victims.actions import add_place, end_place, protect
from vigil.victims.errors import (
    BadAreaError,
    BadDaysError,
    BadPointError,
    NoPlaceError,
    PlaceEndedError,
    TwoShapesError,
    UnknownPlaceKindError,
    VictimsError,
)
from vigil.victims.geometry import Form
from vigil.victims.models import Place

pytestmark = pytest.mark.django_db

Viewers = Callable[..., Viewer]
ADDRESS = "4 Canary Steps, Exmere"
LAT, LON = 53.123456, -1.654321
AREA: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [[[-1.5, 53.0], [-1.4, 53.0], [-1.4, 53.1], [-1.5, 53.0]]],
}


@pytest.fixture(autouse=True)
def agencies() -> None:
    Agency.objects.bulk_create([Agency(code=code, name="Invented") for code in ("10", "11")])


@pytest.fixture
def her(viewer_factory: Viewers, at: datetime) -> str:
    return protect(by=viewer_factory(), at=at, name="Wenna Quillbrook", advocate="adah")


def add(by: Viewer, at: datetime, her: str, **given: Any) -> str:
    return add_place(by=by, at=at, person=her, **({"kind": "home"} | given))


def places(viewer: Viewer, at: datetime, her: str) -> tuple[queries.HerPlace, ...]:
    with look(viewer=viewer, references=[her], at=at) as sight:
        return queries.places_of(sight, her)


def test_a_place_is_read_as_it_was_typed(viewer_factory: Viewers, at: datetime, her: str) -> None:
    by = viewer_factory()
    point = add(
        by,
        at,
        her,
        kind="refuge",
        address=f" {ADDRESS} ",
        lat=LAT,
        lon=LON,
        since_on=date(2026, 3, 1),
    )
    area = add(by, at, her, kind="school", polygon=AREA)
    assert [p.reference for p in places(by, at, her)] == [area, point]
    school, refuge = places(by, at, her)
    assert (refuge.kind, refuge.address, refuge.since_on) == ("refuge", ADDRESS, date(2026, 3, 1))
    assert (refuge.shape.form, refuge.shape.lat, refuge.shape.lon) == (Form.POINT, LAT, LON)
    assert (school.shape.form, school.shape.polygon) == (Form.AREA, AREA)
    assert (school.last_day, school.added_by, school.added_at) == (None, "alice", at)


def test_a_change_of_place_overwrites_nothing(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    by = viewer_factory()
    old = add(by, at, her, address="1 Old Row", since_on=date(2026, 1, 1))
    before = bytes(Place.objects.get(reference=old).about_sealed)
    end_place(by=by, at=at, place=old, last_day=date(2026, 11, 1))
    new = add(by, at, her, address="2 New Row", since_on=date(2026, 11, 2))
    found = {p.reference: p for p in places(by, at, her)}
    assert found[old].last_day == date(2026, 11, 1)
    assert found[new].last_day is None
    assert bytes(Place.objects.get(reference=old).about_sealed) == before
    with look(viewer=by, references=[her], at=at) as sight:
        assert queries.protected_person(sight, her).address == "2 New Row"
    with look(viewer=by, references=[her], at=at - timedelta(days=30)) as sight:
        assert queries.protected_person(sight, her).address == "1 Old Row"


BAD: list[Any] = [
    pytest.param({}, NoPlaceError, id="nothing at all"),
    pytest.param({"address": "  "}, NoPlaceError, id="an address of blanks"),
    pytest.param({"lat": LAT}, BadPointError, id="half a point"),
    pytest.param({"lon": LON}, BadPointError, id="the other half"),
    pytest.param({"lat": LAT, "lon": LON, "polygon": AREA}, TwoShapesError, id="both"),
    pytest.param({"polygon": {"type": "Point"}}, BadAreaError, id="an area that is none"),
    pytest.param({"kind": "lair", "address": "x"}, UnknownPlaceKindError, id="an unknown kind"),
    pytest.param({"address": "x", "since_on": date(1899, 12, 31)}, BadDaysError, id="too early"),
]


@pytest.mark.parametrize(("given", "error"), BAD)
def test_a_place_that_cannot_be_is_refused_and_nothing_is_written(
    viewer_factory: Viewers,
    at: datetime,
    her: str,
    given: dict[str, Any],
    error: type[VictimsError],
) -> None:
    entries = Entry.objects.count()
    with pytest.raises(error) as refused:
        add(viewer_factory(), at, her, **given)
    assert not Place.objects.exists()
    assert Entry.objects.count() == entries
    assert "53." not in str(refused.value)


def test_a_place_ends_once_and_not_before_it_began(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    by = viewer_factory()
    place = add(by, at, her, address="x", since_on=date(2026, 3, 1))
    with pytest.raises(BadDaysError):
        end_place(by=by, at=at, place=place, last_day=date(2026, 2, 28))
    end_place(by=by, at=at, place=place, last_day=date(2026, 3, 1))
    with pytest.raises(PlaceEndedError):
        end_place(by=by, at=at, place=place, last_day=date(2026, 3, 2))


RECKONERS = [
    Role.RESPONSE_OFFICER,
    Role.CONTROL_ROOM,
    Role.CUSTODY_SERGEANT,
    Role.OFFENDER_MANAGER,
    Role.AUTHORISING_OFFICER,
    Role.COORDINATOR,
]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_reckon_by_her_places(
    viewer_factory: Viewers, at: datetime, her: str, role: Role
) -> None:
    point = add(viewer_factory(), at, her, lat=LAT, lon=LON, address=ADDRESS)
    area = add(viewer_factory(), at, her, polygon=AREA)
    bare = add(viewer_factory(), at, her, address=ADDRESS)
    viewer = viewer_factory(role, username="bob")
    assert permissions.can_reckon(viewer) is (role in RECKONERS)
    if role not in RECKONERS:
        with pytest.raises(NotAllowedError):
            queries.shapes(viewer, [point])
        return
    found = queries.shapes(viewer, [point, area, bare, "L-NOBODY"])
    assert set(found) == {point, area}
    assert (found[point].lat, found[point].lon) == (LAT, LON)
    assert found[area].polygon == AREA
    assert queries.shapes(viewer_factory(role, agency="11"), [point, area]) == {}


def test_a_shape_never_prints_where_it_is(viewer_factory: Viewers, at: datetime, her: str) -> None:
    point = add(viewer_factory(), at, her, lat=LAT, lon=LON, address=ADDRESS)
    area = add(viewer_factory(), at, her, polygon=AREA)
    said = repr(queries.shapes(viewer_factory(), [point, area]))
    assert point in said
    for secret in ("53", "1.6", "-1.5", ADDRESS):
        assert secret not in said


def test_the_doorsteps_roles_reckon_and_do_not_read(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    add(viewer_factory(), at, her, lat=LAT, lon=LON)
    for role in (Role.RESPONSE_OFFICER, Role.CONTROL_ROOM, Role.CUSTODY_SERGEANT):
        with pytest.raises(NotFoundError):
            places(viewer_factory(role), at, her)


STRANGERS = [
    pytest.param(Role.OFFENDER_MANAGER, "charlie", "11", id="another agency"),
    pytest.param(Role.ADVOCATE, "charlie", "10", id="another woman's advocate"),
    pytest.param(Role.ADVOCATE, "adah", "11", id="an advocate of the same name elsewhere"),
    pytest.param(Role.RESPONSE_OFFICER, "charlie", "10", id="a response officer"),
    pytest.param(Role.ADMINISTRATOR, "charlie", "10", id="an administrator"),
]


@pytest.mark.parametrize(("role", "username", "agency"), STRANGERS)
def test_a_stranger_adds_ends_and_reads_no_place_and_is_told_nothing(
    viewer_factory: Viewers, at: datetime, her: str, role: Role, username: str, agency: str
) -> None:
    place = add(viewer_factory(), at, her, address=ADDRESS)
    stranger = viewer_factory(role, username=username, agency=agency)
    said = set()
    for person in (her, "V-NOBODY"):
        with pytest.raises(NotFoundError) as refused:
            add(stranger, at, person, address="x")
        said.add(str(refused.value))
        with pytest.raises(NotFoundError):
            places(stranger, at, person)
    for one in (place, "L-NOBODY"):
        with pytest.raises(NotFoundError) as refused:
            end_place(by=stranger, at=at, place=one, last_day=date(2026, 11, 1))
        said.add(str(refused.value))
    assert len(said) == 1
    if agency != "10":
        assert queries.known_places(stranger, [place]) == {}


def test_without_a_look_her_places_are_not_read(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    with (
        look(viewer=viewer_factory(), references=["V-OTHER"], at=at) as sight,
        pytest.raises(NotInSightError),
    ):
        queries.places_of(sight, her)


@pytest.mark.parametrize("sealed", ["person", "place"])
def test_what_is_sealed_to_others_is_not_reckoned_by(
    viewer_factory: Viewers, at: datetime, her: str, sealed: str
) -> None:
    place = add(viewer_factory(), at, her, lat=LAT, lon=LON)
    SealedRecord.objects.create(
        reference=her if sealed == "person" else place,
        agency_id="10",
        named=["alice"],
        sealed_at=at,
        sealed_by="alice",
    )
    assert set(queries.shapes(viewer_factory(), [place])) == {place}
    assert queries.shapes(viewer_factory(username="bob"), [place]) == {}
    assert queries.known_places(viewer_factory(username="bob"), [place]) == {}


def test_whose_place_it_is_is_known_without_opening_it(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    place = add(viewer_factory(), at, her, lat=LAT, lon=LON)
    found = queries.known_places(viewer_factory(), [place, "L-NOBODY"])
    assert found == {place: queries.KnownPlace(place, her, Form.POINT)}


@pytest.mark.parametrize(
    ("form", "geometry"), [("point", b""), ("", b"x"), ("blob", b"x")], ids=["bare", "odd", "blob"]
)
def test_a_shape_and_its_geometry_stand_and_fall_together(
    viewer_factory: Viewers, at: datetime, her: str, form: str, geometry: bytes
) -> None:
    place = add(viewer_factory(), at, her, address="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(reference=place).update(form=form, geometry_sealed=geometry)


def test_the_entry_names_her_and_the_place_and_not_where_it_is(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    place = add(viewer_factory(), at, her, kind="refuge", address=ADDRESS, lat=LAT, lon=LON)
    leaf = Entry.objects.get(did="victims.add_place").leaf
    assert her in leaf
    assert place in leaf
    for secret in ("refuge", "Canary", "53.1", "1.65"):
        assert secret not in leaf
