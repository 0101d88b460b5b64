"""What the identity room can refuse; every message is free of names, addresses and birthdays."""

from __future__ import annotations

from vigil.law.errors import VigilError


class IdentityError(VigilError):
    """Identification could not be done."""


class UnknownEngineError(IdentityError):
    """No engine of that name is built."""


class ModelError(IdentityError):
    """The model file is not one that this version can read."""


class OutputError(IdentityError):
    """The results could not be written."""


class EvaluationError(IdentityError):
    """The results and the truth cannot be compared."""


class JudgementError(IdentityError):
    """A judgement is about two different people who are both held, or it is not one."""
