"""What the custody room refuses, each with the sentence that the user reads."""

from __future__ import annotations

from vigil.law.errors import VigilError


class CustodyError(VigilError):
    """This cannot be recorded of his custody."""


class BadStayError(CustodyError):
    """These times in custody cannot both be."""
