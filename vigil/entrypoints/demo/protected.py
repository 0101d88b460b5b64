"""A scene of the story: one protected person's own record, from the first day to a new key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from vigil.access.viewer import Role
from vigil.entrypoints.demo.doors import DemoError, command
from vigil.entrypoints.demo.story import Demo

# Round an invented school, longitude first.
GATES = [[-1.5, 53.41], [-1.498, 53.41], [-1.498, 53.411], [-1.5, 53.411]]
HER = {"name": "Demo Protected with a child", "known_as": ["Demo Protected"]}
HOME = {"kind": "home", "address": "1 Invented Row", "lat": 53.4, "lon": -1.5}
TIMES = [{"days": ["mon", "thu"], "from_time": "10:00", "to_time": "12:00"}]


def keep_her_record(demo: Demo) -> None:
    """Her places, how and when she is reached, her child, her advocate; then she moves, and a
    newer key is made under which everything is sealed anew."""
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    with demo.at(8, 10):
        her, child = _protect(HER, manager), _protect({"name": "Demo Child"}, manager)
        command("victims", "child", child, "--of", her, *manager)
        home = _typed("add-place", her, HOME, manager)
        _typed("safe-contact", her, {"how": "by text", "never": "Do not ring"}, manager)
        _typed("safe-times", her, TIMES, manager)
        advocate = demo.accounts[Role.ADVOCATE.value]["username"]
        command("victims", "hand", her, "--to", advocate, *manager)
    with demo.at(40, 13):
        ended_on = (demo.began_on + timedelta(days=39)).isoformat()
        command("victims", "end-place", home, "--last-day", ended_on, *manager)
        browser = demo.browser(Role.ADVOCATE, because=("allocation", "her move"))
        area = {"type": "Polygon", "coordinates": [GATES]}
        school = {"kind": "school", "polygon": json.dumps(area)}
        browser.fill(f"/protected/{her}/place/", school)
        if "Do not contact her now." not in browser.read(f"/protected/{her}/"):
            raise DemoError("expected her page to say that this is no safe time")
        keeper = demo.as_role(Role.ADMINISTRATOR)
        command("victims", "reseal", "--new-key", *keeper, is_quiet=True)


def _protect(about: Mapping[str, Any], who: tuple[str, ...]) -> str:
    return command("victims", "protect", "-", *who, typed=json.dumps(about)).strip()


def _typed(verb: str, her: str, given: Any, who: tuple[str, ...]) -> str:
    return command("victims", verb, her, "-", *who, typed=json.dumps(given)).strip()
