"""What the victims room refuses."""

from __future__ import annotations

from vigil.law.errors import VigilError


class VictimsError(VigilError):
    """This cannot be done with that protected person."""


class NoNameError(VictimsError):
    """Expected the name of the protected person, found none; give the name that she goes by."""
