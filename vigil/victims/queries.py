"""What others may ask about protected persons. Who she is, where and how: only within a look.

The shapes of her places are given for reckoning to whoever may ask the doorstep, and to
nobody to be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.queries import sealed_from
from vigil.access.viewer import Role, Viewer
from vigil.victims import permissions, rules
from vigil.victims.geometry import Form, Shape
from vigil.victims.models import (
    Advocacy,
    ChildOf,
    Place,
    PlaceEnd,
    ProtectedPerson,
    SafeContact,
    SafeTimes,
)
from vigil.victims.pending import Pending, pending
from vigil.victims.seals import (
    ABOUT,
    CONTACT,
    FIRST_CONTACT,
    GEOMETRY,
    IDENTITY,
    TIMES,
    opened,
    version_row,
)


@dataclass(frozen=True)
class Protected:
    """Who she is and how she may be reached safely. Never on anything that faces the subject.

    `address` is the one of her home today, where one is known. `is_child` None: not known.
    """

    reference: str
    name: str
    born_on: date | None
    address: str
    safe_contact: str
    advocate: str
    known_as: tuple[str, ...] = ()
    is_child: bool | None = None
    child_of: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    protected_at: datetime | None = None
    protected_by: str = ""


@dataclass(frozen=True)
class HerPlace:
    """One place of hers as it is shown to who may read her."""

    reference: str
    kind: rules.PlaceKind
    address: str
    shape: Shape = field(repr=False)
    since_on: date | None
    last_day: date | None
    added_at: datetime
    added_by: str


@dataclass(frozen=True)
class KnownPlace:
    """That a place is known: whose it is and what form it has. Nothing of where it is."""

    reference: str
    person: str
    form: Form


@dataclass(frozen=True)
class Reach:
    """One version of how she is reached safely, or of when: the words are as they were typed."""

    number: int
    who: str
    how: str
    what: str
    never: str
    set_at: datetime
    set_by: str


@dataclass(frozen=True)
class SafeNow:
    """Whether she may be contacted at that instant, and how. `is_known` False: nobody recorded
    when, so the answer is no."""

    may_contact: bool
    is_known: bool
    times: tuple[rules.SafeTime, ...]
    reach: Reach | None


@dataclass(frozen=True)
class Listed:
    """That somebody is protected, and since when. Nothing of who she is."""

    reference: str
    protected_at: datetime


@dataclass(frozen=True)
class Handed:
    """That she was handed to an advocate, or to none (empty)."""

    advocate: str
    handed_at: datetime
    handed_by: str


def protected_person(sight: Sight, reference: str) -> Protected:
    """Who she is. Raises: NotInSightError, NotFoundError."""
    row = _hers(sight, reference)
    identity = opened(row.identity_sealed, IDENTITY, row=reference, agency=row.agency_id)
    born_on = date.fromisoformat(identity["born_on"]) if identity["born_on"] else None
    on = sight.at.astimezone(rules.LONDON).date()
    reach = _reach(row)
    return Protected(
        reference,
        identity["name"],
        born_on,
        _home(row, on) or identity.get("address", ""),
        ", ".join(part for part in (reach.who, reach.how, reach.what) if part) if reach else "",
        row.advocate,
        tuple(identity.get("known_as", ())),
        rules.is_child(born_on, identity.get("is_child"), on),
        _related(ChildOf.objects.filter(child=row), "parent", sight.viewer),
        _related(ChildOf.objects.filter(parent=row), "child", sight.viewer),
        row.protected_at,
        row.protected_by,
    )


def places_of(sight: Sight, reference: str) -> tuple[HerPlace, ...]:
    """All her places, those of today and of before, the latest first.

    Raises: NotInSightError, NotFoundError.
    """
    return _places(_hers(sight, reference))


def safe_now(sight: Sight, reference: str) -> SafeNow:
    """Whether she may be contacted at the instant of the look, and how.

    Raises: NotInSightError, NotFoundError.
    """
    row = _hers(sight, reference)
    times = _times(row)
    return SafeNow(
        rules.may_contact_at(times or (), sight.at), times is not None, times or (), _reach(row)
    )


def advocates_of(sight: Sight, reference: str) -> tuple[Handed, ...]:
    """Whose client she was and is, the latest first. Raises: NotInSightError, NotFoundError."""
    rows = Advocacy.objects.filter(person=_hers(sight, reference)).order_by("-id")
    return tuple(Handed(row.advocate, row.handed_at, row.handed_by) for row in rows)


def shapes(viewer: Viewer, references: Iterable[str]) -> dict[str, Shape]:
    """The geometry of those places, for reckoning only: never to be shown, sent or logged.

    Places of the viewer's own agency that have a geometry; those of another agency, sealed to
    others, without coordinates or unknown are left out, each the same. The caller's look is
    the entry in the ledger.

    Raises: NotAllowedError for a role that may not ask the doorstep; SealBrokenError.
    """
    permissions.check_can_reckon(viewer)
    found = _known_places(viewer, references).exclude(form=Form.NONE)
    return {place.reference: _shape(place) for place in found}


def known_places(viewer: Viewer, references: Iterable[str]) -> dict[str, KnownPlace]:
    """Which of those places are known in the viewer's agency, and whose; others are left out."""
    return {
        place.reference: KnownPlace(place.reference, place.person.reference, Form(place.form))
        for place in _known_places(viewer, references)
    }


def mine(viewer: Viewer) -> list[str]:
    """References of the protected persons whom this viewer may read, newest first."""
    return [one.reference for one in my_list(viewer)]


def my_list(viewer: Viewer) -> list[Listed]:
    """The protected persons whom this viewer may read, newest first; nothing of who they are."""
    rows = ProtectedPerson.objects.filter(agency_id=viewer.agency).order_by("-protected_at", "-id")
    if viewer.role is Role.ADVOCATE:
        rows = rows.filter(advocate=viewer.username).exclude(advocate="")
    elif viewer.role not in permissions.MAY_READ:
        return []
    found = rows.exclude(reference__in=sealed_from(viewer))
    return [Listed(*row) for row in found.values_list("reference", "protected_at")]


def known(viewer: Viewer, references: Iterable[str]) -> dict[str, int]:
    """Row numbers of those references that are of this viewer's agency; others are left out."""
    found = (
        ProtectedPerson.objects.filter(reference__in=list(references), agency_id=viewer.agency)
        .exclude(reference__in=sealed_from(viewer))
        .values_list("reference", "id")
    )
    return dict(found)


def to_reseal(viewer: Viewer) -> list[Pending]:
    """The rows of all agencies that are not under the newest key. Raises: NotAllowedError."""
    permissions.check_can_keep_keys(viewer)
    return list(pending())


def _hers(sight: Sight, reference: str) -> ProtectedPerson:
    """Her row, if this look names her and the viewer may read her."""
    sight.must_hold(reference)
    row = ProtectedPerson.objects.filter(reference=reference).first()
    if row is None or reference in sealed_from(sight.viewer):
        raise NotFoundError
    permissions.check_can_read(sight.viewer, agency=row.agency_id, advocate=row.advocate)
    return row


def _known_places(viewer: Viewer, references: Iterable[str]) -> QuerySet[Place]:
    hidden = sealed_from(viewer)
    return (
        Place.objects.filter(reference__in=list(references), person__agency=viewer.agency)
        .exclude(person__reference__in=hidden)
        .exclude(reference__in=hidden)
        .select_related("person")
    )


def _shape(place: Place) -> Shape:
    form = Form(place.form)
    if form is Form.NONE:
        return Shape(place.reference, form)
    agency = place.person.agency_id
    kept = opened(place.geometry_sealed, GEOMETRY, row=place.reference, agency=agency)
    return Shape(place.reference, form, kept.get("lat"), kept.get("lon"), kept.get("polygon"))


def _places(person: ProtectedPerson) -> tuple[HerPlace, ...]:
    rows = list(Place.objects.filter(person=person).select_related("person").order_by("-id"))
    ends = dict(PlaceEnd.objects.filter(place__in=rows).values_list("place_id", "last_day"))
    found = []
    for row in rows:
        about = opened(row.about_sealed, ABOUT, row=row.reference, agency=person.agency_id)
        found.append(
            HerPlace(
                row.reference,
                rules.PlaceKind(about["kind"]),
                about["address"],
                _shape(row),
                row.since_on,
                ends.get(row.pk),
                row.added_at,
                row.added_by,
            )
        )
    return tuple(found)


def _home(person: ProtectedPerson, on: date) -> str:
    homes = (
        place.address
        for place in _places(person)
        if place.kind is rules.PlaceKind.HOME
        and rules.is_hers_on(place.since_on, place.last_day, on)
    )
    return next(homes, "")


def _reach(person: ProtectedPerson) -> Reach | None:
    row = SafeContact.objects.filter(person=person).order_by("-number").first()
    if row is None:
        return _first_reach(person)
    bound = version_row(person.reference, row.number)
    said = opened(row.contact_sealed, CONTACT, row=bound, agency=person.agency_id)
    who, how, what, never = (said.get(name, "") for name in ("who", "how", "what", "never"))
    return Reach(row.number, who, how, what, never, row.set_at, row.set_by)


def _first_reach(person: ProtectedPerson) -> Reach | None:
    """What the first release kept, until it is sealed anew."""
    if not bytes(person.safe_contact_sealed):
        return None
    sealed, row = person.safe_contact_sealed, person.reference
    what = opened(sealed, FIRST_CONTACT, row=row, agency=person.agency_id)["what"]
    if not what:
        return None
    return Reach(0, "", "", what, "", person.protected_at, person.protected_by)


def _times(person: ProtectedPerson) -> tuple[rules.SafeTime, ...] | None:
    row = SafeTimes.objects.filter(person=person).order_by("-number").first()
    if row is None:
        return None
    bound = version_row(person.reference, row.number)
    kept = opened(row.times_sealed, TIMES, row=bound, agency=person.agency_id)
    return rules.read_times(kept["times"])


def _related(rows: QuerySet[ChildOf], other: str, viewer: Viewer) -> tuple[str, ...]:
    """References only: who they are is a look of their own."""
    hidden = sealed_from(viewer)
    found = rows.order_by("id").values_list(f"{other}__reference", flat=True)
    return tuple(reference for reference in found if reference not in hidden)
