"""What the ledger refuses."""

from __future__ import annotations

from vigil.law.errors import VigilError


class LedgerError(VigilError):
    """The ledger could not do this."""


class NotInTransactionError(LedgerError):
    """An entry was to be written outside a transaction."""


class NotAnActionError(LedgerError):
    """An action must take keyword arguments only, among them `by` and `at`."""


class NoEntryError(LedgerError):
    """An action must write exactly one ledger entry; nothing was changed."""


class NestedActionError(LedgerError):
    """An action may not call another action; nothing was changed."""


class AppendOnlyError(LedgerError):
    """An entry of the ledger is never changed or removed."""


class MayNotReadError(LedgerError):
    """The ledger is read by auditors and administrators; ask one of your agency."""


class BrokenLedgerError(LedgerError):
    """The ledger is not whole: nothing more is sealed until somebody has looked at it."""
