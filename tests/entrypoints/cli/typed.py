"""`vigil` as somebody types it, in the process, with a clock that stands."""

from __future__ import annotations

from datetime import datetime

import typer
from typer.testing import CliRunner, Result

from tests.support.orders import london
from vigil.access.models import Agency, User
from vigil.entrypoints.cli.main import app
from vigil.entrypoints.clock import standing_at

NOON = london(2026, 3, 2, 12)  # a Monday
PEOPLE = {
    "ada": ("administrator", "10"),
    "ann": ("analyst", "10"),
    "olive": ("offender_manager", "10"),
    "alice": ("offender_manager", "10"),
    "supt": ("authorising_officer", "10"),
    "pat": ("response_officer", "10"),
    "charlie": ("offender_manager", "11"),
}


def accounts() -> None:
    """Two agencies, and somebody of each role that the commands need."""
    for code in ("10", "11"):
        Agency.objects.get_or_create(code=code, defaults={"name": "Invented"})
    for username, (role, agency) in PEOPLE.items():
        User.objects.create(username=username, agency_id=agency, role=role)


def vigil(*words: str, who: str, text: str | None = None, at: datetime = NOON) -> Result:
    """Run `vigil WORDS... --as WHO --because "task 7"`."""
    assert isinstance(app, typer.Typer)
    with standing_at(at):
        return CliRunner().invoke(app, [*words, "--as", who, "--because", "task 7"], input=text)
