"""The operations of /api/v1, assembled."""

from __future__ import annotations

from vigil.entrypoints.api import doorstep, feeds, law, people
from vigil.entrypoints.api.frame import api

api.add_router("/law", law.router)
api.add_router("/feeds", feeds.router)
api.add_router("/people", people.router)
api.add_router("/doorstep", doorstep.router)

__all__ = ["api"]
