"""What the access room refuses, each with the sentence that the user reads."""

from __future__ import annotations

from vigil.law.errors import VigilError


class AccessError(VigilError):
    """You may not do this."""


class NotAllowedError(AccessError):
    """Your role does not allow this. Ask an administrator of your agency."""


class NotFoundError(AccessError):
    """There is nothing here, or nothing that you may see."""


class NoReasonError(AccessError):
    """Expected a reason for looking, found none; say which incident or task this is for."""


class NotInSightError(AccessError):
    """This record was read without a look; nothing is shown."""


class KeyMissingError(AccessError):
    """A key that this installation needs is missing."""


class UnsafeKeyFileError(AccessError):
    """A key file can be read by others."""


class KeyRingError(AccessError):
    """There are 255 keys of this name already, which is the most; seal all under the newest and
    take out the oldest."""


class SealBrokenError(AccessError):
    """A sealed value does not open: it was moved, altered, or sealed under another key."""


class UnsafeDatabaseError(AccessError):
    """This database library has a known fault that can destroy records; vigil does not start."""


class AccountError(AccessError):
    """This account or agency cannot be made or changed so."""


class TooManyFailuresError(AccessError):
    """Too many wrong passwords. Wait 15 minutes, or ask an administrator of your agency."""
