"""The operations of /api/v1, assembled."""

from __future__ import annotations

from vigil.entrypoints.api import doorstep, feeds, law, people
from vigil.entrypoints.api.frame import api
from vigil.entrypoints.api.orders import operations as orders

api.add_router("/law", law.router)
api.add_router("/feeds", feeds.router)
api.add_router("/people", people.router)
api.add_router("/people", orders.of_people)
api.add_router("/orders", orders.router)
api.add_router("/doorstep", doorstep.router)

__all__ = ["api"]
