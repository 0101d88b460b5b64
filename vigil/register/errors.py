"""What the register refuses, each with the sentence that the user reads."""

from __future__ import annotations

from vigil.law.errors import VigilError


class RegisterError(VigilError):
    """The register could not do this."""


class WeightsError(RegisterError):
    """The table of weights is not one that people can be ranked by."""


class FactsError(RegisterError):
    """The facts of a person do not fit together, so he cannot be ranked by them."""


class DecisionError(RegisterError):
    """This decision cannot be recorded so."""


class OwnerError(RegisterError):
    """A registered person has exactly one owner, and this would leave it otherwise."""
