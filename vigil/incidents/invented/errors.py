"""What can be wrong with a wish for an invented feed."""

from vigil.law.errors import VigilError


class InventedFeedError(VigilError):
    """An invented feed cannot be made as asked."""
