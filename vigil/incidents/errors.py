"""What the incidents room refuses. A sentence here names columns, files and rows, never people."""

from __future__ import annotations

from vigil.law.errors import VigilError


class IncidentsError(VigilError):
    """The reports could not be read or kept as asked."""


class FeedError(IncidentsError):
    """The feed cannot be read as a feed; nothing of it was stored."""


class MappingError(IncidentsError):
    """The mapping file is not in the stated shape."""


class StillFaultyError(IncidentsError):
    """The quarantined row still has faults; mend them before it is released."""


class AlreadyReleasedError(IncidentsError):
    """The quarantined row was released before; it is a report now."""


class LoadFinishedError(IncidentsError):
    """The load has finished; send the feed again to start a new one."""
