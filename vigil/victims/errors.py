"""What the victims room refuses. No sentence holds a name, an address or a coordinate."""

from __future__ import annotations

from vigil.law.errors import VigilError


class VictimsError(VigilError):
    """This cannot be done with that protected person."""


class NoNameError(VictimsError):
    """Expected the name of the protected person, found none; give the name that she goes by."""


class BadBirthdayError(VictimsError):
    """Expected a birthday that is past and after 1900, found another; correct it."""


class BadPointError(VictimsError):
    """Expected a latitude from -90 to 90 and a longitude from -180 to 180, in degrees; found
    another; correct them."""


class BadAreaError(VictimsError):
    """Expected an area as a GeoJSON polygon with at least three corners, found another; correct
    it."""


class NoPlaceError(VictimsError):
    """Expected an address, a point or an area, found none; say where the place is."""


class TwoShapesError(VictimsError):
    """Expected a point or an area, found both; give one of them, or add two places."""


class UnknownPlaceKindError(VictimsError):
    """Expected home, work, school, refuge or other, found another kind of place; choose one."""


class BadDaysError(VictimsError):
    """Expected the last day of a place not before its first, and not before 1900; correct it."""


class PlaceEndedError(VictimsError):
    """This place has its last day already; add the place again if she is back there."""


class BadTimesError(VictimsError):
    """Expected safe times as days of the week and two different times of day, HH:MM; found
    another; correct them."""


class EmptyContactError(VictimsError):
    """Expected who to ask for, how, or what to use, found nothing; say how she is reached."""


class NotAnAdvocateError(VictimsError):
    """Expected the user name of an open account of an advocate of your agency, found another."""


class SamePersonError(VictimsError):
    """Expected a child and a parent who are two people and not the other way round already;
    found another; correct the references."""


class ChangedSinceError(VictimsError):
    """Somebody else changed this at the same time; look at her page and try again."""
