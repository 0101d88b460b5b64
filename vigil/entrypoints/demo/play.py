"""Plays the story from its first scene to its last, and sums up what it left behind."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vigil.access.viewer import Role
from vigil.entrypoints.demo import story, year
from vigil.entrypoints.demo.door import stand_at_a_door
from vigil.entrypoints.demo.doors import asked
from vigil.entrypoints.demo.lives import live_through_orders
from vigil.entrypoints.demo.protected import keep_her_record
from vigil.entrypoints.demo.story import Demo, Say
from vigil.entrypoints.web.kit.formats import count

SHOWN = 10


@dataclass(frozen=True)
class Played:
    """What the demo left: the first serial perpetrators in words, and where to sign in."""

    first: Sequence[str]
    candidates: int
    late: int


def play(*, home: Path, reports: int, seed: int, today: date, say: Say) -> Played:
    """Play the whole year on an empty record.

    Raises: DemoError when a scene does not end as it should.
    """
    demo = Demo(home=home, reports=reports, seed=seed, today=today, say=say)
    with demo.at(0):
        _scene(demo, "two agencies, ten roles each", story.open_the_force)
        _scene(demo, "an account opened and closed", story.let_somebody_leave)
    with demo.at(365):
        say(f"a feed of {reports:,} reports of invented people in 43 forces")
        before, within = story.make_the_feed(demo)
    with demo.at(0, 10):
        say("the reports of the years before: checked, loaded, a faulty row mended")
        story.load_the_past(demo, before)
    _scene(demo, "which reports are about the same person", story.identify_everybody)
    _scene(demo, "a named officer decides about the candidates", story.decide)
    _scene(demo, "a judgement taken back, a registration ended", story.change_our_minds)
    _scene(demo, "a protected person's own record, sealed", keep_her_record)
    _scene(demo, "orders and notices made and served", year.make_orders)
    _scene(demo, "orders from the first draft to the appeal", live_through_orders)
    _scene(demo, "a breach at a door, and somebody who asks too often", stand_at_a_door)
    say("a year of duties; the year's reports sent by the page; people found anew")
    year.let_the_year_run(demo, within)
    _scene(demo, "the ledger verified, exported, and verified alone", year.check_the_ledger)
    shutil.rmtree(demo.work)
    return _sum_up(demo)


def _scene(demo: Demo, title: str, scene: Callable[[Demo], None]) -> None:
    demo.say(title)
    scene(demo)


def _sum_up(demo: Demo) -> Played:
    officer = demo.as_role(Role.AUTHORISING_OFFICER)
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    with demo.at(365, 9):
        shown = asked("register", "candidates", "--most", str(SHOWN), *officer)
        cases = asked("duties", "mine", *manager)["cases"]
    (demo.home / "demo-candidates.json").write_text(json.dumps(shown, indent=2) + "\n")
    lines = [
        f"{one['place']:>4}  {one['person']}  score {one['score']:.2f}  "
        f"{count(one['victims'], 'victim')}, {count(one['reports'], 'report')}, "
        f"{count(one['forces'], 'force')}, last report {one['last_on']}"
        f"{'  on the register' if one['is_registered'] else ''}"
        for one in shown["candidates"]
    ]
    late = sum(case["urgency"] == "late" for case in cases)
    return Played(lines, shown["selection"]["candidates"], late)
