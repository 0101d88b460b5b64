"""Rules about a place: stay away from it, do not enter it.

A place is the reference of an address, a circle or an area. Says on which side of its line the
act was, never how far from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vigil.law import questions
from vigil.law.errors import BadQuestionError
from vigil.orders.doorstep.facts import USUAL_ACCURACY_METRES, Act, Place
from vigil.orders.doorstep.held import NOT_HELD, Held, broken, doubtful, gravest_held, kept
from vigil.orders.doorstep.persons import Against, read_going_near
from vigil.orders.doorstep.reading import Fields, metres, position
from vigil.orders.doorstep.shapes import Area, Circle, Side, read_area
from vigil.orders.doorstep.words import Missing

# The acts that are about where somebody is, so that a place that is not known leaves it open.
_ABOUT_PLACE = frozenset({"presence", "approach"})
_NO_POSITION = doubtful(
    "it is about a place, and where the act was is not known well enough", Missing.POSITION
)
_HELD = {
    Side.INSIDE: broken("the act was inside the place that it names"),
    Side.NEAR: doubtful(
        "the act was too near the line of the place that it names for the accuracy of the position",
        Missing.POSITION_ACCURACY,
    ),
    Side.OUTSIDE: kept("the act was outside the place that it names"),
}


@dataclass(frozen=True, slots=True)
class Around:
    """Everything near a place: its address, and the circle about it where its position is known."""

    address_ref: str | None
    circle: Circle | None

    def held_at(self, place: Place) -> Held:
        """At the address itself, or inside the circle."""
        if self.address_ref is not None and place.address_ref == self.address_ref:
            return _HELD[Side.INSIDE]
        if self.circle is None or place.position is None:
            return _NO_POSITION
        return _HELD[self.circle.side(place.position, place.accuracy)]


@dataclass(frozen=True, slots=True)
class Address:
    """A house by the reference of its address. `door`: a point of it, where one is known."""

    address_ref: str
    door: Circle | None

    def held_at(self, place: Place) -> Held:
        """At that address. A point alone never proves it: a house is larger than a point."""
        if place.address_ref is not None:
            is_there = place.address_ref == self.address_ref
            return _HELD[Side.INSIDE if is_there else Side.OUTSIDE]
        if self.door is None or place.position is None:
            return _NO_POSITION
        accuracy = max(place.accuracy, USUAL_ACCURACY_METRES)
        return _HELD[self.door.side(place.position, accuracy)]


@dataclass(frozen=True, slots=True)
class Inside:
    """An area whose line is known."""

    area: Area

    def held_at(self, place: Place) -> Held:
        """Inside the area, by the position."""
        if place.position is None:
            return _NO_POSITION
        return _HELD[self.area.side(place.position, place.accuracy)]


@dataclass(frozen=True, slots=True)
class KeepOut:
    """Stay away from a place, or do not enter it; and, of `stay_away`, from a person."""

    places: tuple[Around | Address | Inside, ...]
    person: Against | None = None

    def held(self, act: Act, protected: Sequence[str]) -> Held:
        """An approach by the person, any act by its place; the gravest of them counts."""
        parts = [self.person.held(act, protected)] if self.person else []
        parts += [self._held_at(each, act) for each in self.places]
        return gravest_held(parts)

    def _held_at(self, forbidden: Around | Address | Inside, act: Act) -> Held:
        if act.place is not None:
            return forbidden.held_at(act.place)
        return _NO_POSITION if act.kind in _ABOUT_PLACE else NOT_HELD


def read_stay_away(fields: Fields) -> KeepOut:
    """A `stay_away` rule: persons, a place with its radius, a polygon. Raises: BadQuestionError."""
    person = read_going_near(fields) if fields.get("persons") is not None else None
    places: list[Around | Address | Inside] = []
    if fields.get("place") is not None:
        place = questions.row(fields["place"], "place")
        radius = metres(fields, "radius_metres")
        found = position(place)
        ref = questions.text_or_none(place, "address_ref")
        if found is None and ref is None:
            raise BadQuestionError("expected place with lat and lon or an address_ref")
        places.append(Around(ref, Circle(*found, radius) if found else None))
    places += _areas(fields)
    if person is None and not places:
        raise BadQuestionError("expected persons, place or polygon in a rule of kind stay_away")
    return KeepOut(tuple(places), person)


def read_do_not_enter(fields: Fields) -> KeepOut:
    """A `do_not_enter` rule: a place by its address, or a polygon. Raises: BadQuestionError."""
    places: list[Around | Address | Inside] = []
    if fields.get("place") is not None:
        place = questions.row(fields["place"], "place")
        found = position(place)
        door = Circle(*found, 0.0) if found else None
        places.append(Address(questions.text(place, "address_ref"), door))
    places += _areas(fields)
    if not places:
        raise BadQuestionError("expected place or polygon in a rule of kind do_not_enter")
    return KeepOut(tuple(places))


def _areas(fields: Fields) -> list[Inside]:
    return [Inside(read_area(fields["polygon"]))] if fields.get("polygon") is not None else []
