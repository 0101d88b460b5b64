"""Check a person over the API: who may it be, and what binds him?

The same search, the same look and the same queries as the page.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from vigil.access.look import Sight, look
from vigil.entrypoints.api.frame import PROBLEMS, viewer_of
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.people.asking import TOO_LITTLE, Asked
from vigil.entrypoints.web.people.presenters.matches import searched
from vigil.entrypoints.web.people.reading import MOST_FOUND, orders_on
from vigil.entrypoints.web.people.views import SEEKERS
from vigil.identity import queries as identity
from vigil.identity.errors import IdentityError
from vigil.incidents import queries as incidents
from vigil.orders.queries import OrderView
from vigil.orders.rules import london_day
from vigil.register import queries as register

router = Router(tags=["people"])
LONGEST = 200
NO_MATCH = "No match in this register as of {as_of}. This is not proof there is no order."
CLOSING = "A name that is missing here is not proof there is no order."


class TooLittleError(IdentityError):
    """There is too little to search by."""


class Terms(Schema):
    """What is known of somebody; leave out what is not known. Dates as YYYY-MM-DD, YYYY-MM
    or YYYY."""

    model_config = ConfigDict(extra="forbid")

    forename: str = Field("", max_length=LONGEST)
    middle: str = Field("", max_length=LONGEST)
    surname: str = Field("", max_length=LONGEST)
    aliases: str = Field("", max_length=LONGEST)
    born_on: str = Field("", max_length=LONGEST)
    sex: str = Field("", max_length=1)
    house: str = Field("", max_length=LONGEST)
    postcode: str = Field("", max_length=LONGEST)
    phone: str = Field("", max_length=LONGEST)
    email: str = Field("", max_length=LONGEST)
    handles: str = Field("", max_length=LONGEST)
    vehicle: str = Field("", max_length=LONGEST)
    pnc: str = Field("", max_length=LONGEST)
    cro: str = Field("", max_length=LONGEST)


class Order(Schema):
    """An order against him as it stands now."""

    order: str
    instrument: str
    status: str
    is_served: bool
    served_at: datetime | None
    last_day: date | None
    protects: int


class Match(Schema):
    """Somebody who may be the one asked for. `bits` names what had something to say; twins
    would score as high. `orders` is null for a role that may not read orders."""

    person: str
    match_weight: float
    match_probability: float
    bits: dict[str, float]
    names: list[str]
    born: list[str]
    is_registered: bool
    orders: list[Order] | None


class Checked(Schema):
    """Who fits, the likeliest first. `says` is to be shown whatever was found."""

    as_of: datetime
    says: str
    searched: dict[str, str]
    matches: list[Match]


@router.post("/check", response={200: Checked, **PROBLEMS}, summary="Check a person")
@route(roles=SEEKERS, needs_reason=True)
def check(request: HttpRequest, terms: Terms) -> Checked:
    """Who may it be? At least three letters of a name and one thing more, or an identifier.
    Send the reason in `Vigil-Because`. An empty list is no proof of anything."""
    viewer, at = viewer_of(request), now()
    given = {name: value.strip() for name, value in terms.model_dump().items() if value.strip()}
    if not Asked(given).is_enough:
        raise TooLittleError(TOO_LITTLE)
    asked = identity.SearchTerms(**given)
    hits = identity.search(viewer, asked, on=london_day(at), most=MOST_FOUND)
    with look(viewer=viewer, references=[hit.person for hit in hits], at=at) as sight:
        matches = [_match(sight, hit, at) for hit in hits]
    return Checked(
        as_of=at,
        says=CLOSING if matches else NO_MATCH.format(as_of=f"{at:%H:%M} UTC"),
        searched=dict(searched(incidents.counts())),
        matches=matches,
    )


def _match(sight: Sight, hit: identity.Candidate, at: datetime) -> Match:
    person = identity.person(sight, hit.person)
    orders = orders_on(sight, hit.person, at)
    return Match(
        person=hit.person,
        match_weight=round(hit.weight, 2),
        match_probability=hit.probability,
        bits=dict(hit.bits),
        names=[one.value for one in person.names],
        born=[one.value for one in person.birthdays],
        is_registered=register.standing(sight, hit.person).is_registered,
        orders=None if orders is None else [_order(one) for one in orders],
    )


def _order(view: OrderView) -> Order:
    told = {
        name: value for name, value in asdict(view.standing).items() if name in Order.model_fields
    }
    return Order(
        **told,
        order=view.reference,
        instrument=view.instrument,
        is_served=view.standing.is_served,
        protects=len(view.protected),
    )
