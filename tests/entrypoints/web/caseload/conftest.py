"""The desk of the orders' pages: a caseload is made of their duties."""

from __future__ import annotations

from tests.entrypoints.web.orders.conftest import (  # noqa: F401 - fixtures for this folder
    desk,
    him,
    own_home,
)
