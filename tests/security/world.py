"""A register with one protected person in it, whose every sealed field is a canary.

Everything is made by the actions that users have. A canary is a word or a number that stands
nowhere else: found anywhere but on her own page, it flew out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.conftest import PASSWORD
from tests.entrypoints.web.people import record
from tests.support import orders as made_up
from vigil.access import actions as access
from vigil.access.viewer import Role, Viewer
from vigil.incidents.queries import loads
from vigil.orders.rules import Clause
from vigil.register.actions import put_up_candidates
from vigil.victims import actions

OFFICER = Viewer("olive", "Olive", "10", Role.OFFENDER_MANAGER, "task 12")
# Who may read her: these, of her agency; of the advocates hers alone.
READERS = frozenset({Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR})
HER_ADVOCATE = "advocate-10"
NAME, ALIAS, CHILD = "Wenna Quillcanary", "Wennacanary Ostrel", "Merrincanary Quill"
LAT, LON = 53.417293, -1.593847
CORNERS = [[-1.472951, 53.381746], [-1.471358, 53.381746], [-1.471358, 53.382917]]
CANARIES = (
    "Quillcanary",
    "Wennacanary",
    "Merrincanary",
    "1971-03-29",
    "29 March 1971",
    "17 Canary Steps",
    "88 Refugecanary",
    "Canarysister",
    "canarysignal",
    "01632 960447",
    "Nevercanary",
    "03:07",
    "3:07am",
    "04:19",
    # Cut short, so that a rounded coordinate is found too.
    "53.4172",
    "1.5938",
    "53.3817",
    "1.4729",
)


@dataclass(frozen=True)
class World:
    """The references that an attacker may hold, and everybody's browser."""

    her: str
    child: str
    home: str
    refuge: str
    area: str
    him: str
    order: str
    load: str
    at: datetime
    browser: Callable[[Role, str], Client]
    tokens: dict[tuple[Role, str], str]

    @property
    def references(self) -> list[str]:
        """What may be put where an address has a part."""
        ours = [self.him, self.order, self.her, self.home, self.area, "STALK_PO"]
        return [*ours, self.load] if self.load else ours


def username(role: Role, agency: str) -> str:
    return f"{role.value.replace('_', '-')}-{agency}"


def make(administrator: Viewer, at: datetime, folder: Path, *, with_reports: bool = False) -> World:
    """Accounts of every role in two agencies, a man, her, and an order that names her places.
    With reports he has some, their victims are canaries too, and he is put up as a candidate."""
    settings.VIGIL_HOME = folder
    access.found_agency(by=administrator, at=at, code="11", name="Another Invented Force")
    tokens: dict[tuple[Role, str], str] = {}
    for agency in ("10", "11"):
        head = replace(administrator, agency=agency)
        for role in Role:
            name = username(role, agency)
            access.open_account(
                by=head,
                at=at,
                agency=agency,
                username=name,
                password=PASSWORD,
                role=role,
            )
            tokens[role, agency] = access.make_token(by=head, at=at, username=name)
    her, child, places = _record_her(at)
    him, load = _reported(at, folder) if with_reports else (made_up.person(), "")
    return World(
        her=her,
        child=child,
        home=places[0],
        refuge=places[1],
        area=places[2],
        him=him,
        order=_order(at, him, her, places),
        load=load,
        at=at,
        browser=_browsers(),
        tokens=tokens,
    )


def _reported(at: datetime, folder: Path) -> tuple[str, str]:
    record.fill(folder, at)
    him = record.him(at)
    put_up_candidates(by=record.ANALYST, at=at)
    # What was loaded is the sender's own file: it is not the register's to seal.
    (folder / "feed.csv").unlink()
    return him, loads(record.ANALYST)[0].reference


def _record_her(at: datetime) -> tuple[str, str, list[str]]:
    by = OFFICER
    her = actions.protect(
        by=by,
        at=at,
        name=NAME,
        known_as=[ALIAS],
        born_on=date(1971, 3, 29),
        address="17 Canary Steps, Exmere",
        safe_contact="01632 960447",
        advocate=HER_ADVOCATE,
    )
    child = actions.protect(by=by, at=at, name=CHILD, is_child=True)
    actions.mark_child_of(by=by, at=at, child=child, parent=her)
    home = actions.add_place(by=by, at=at, person=her, kind="home", lat=LAT, lon=LON)
    refuge = actions.add_place(
        by=by, at=at, person=her, kind="refuge", address="88 Refugecanary Lane", lat=LAT, lon=LON
    )
    polygon = {"type": "Polygon", "coordinates": [CORNERS]}
    area = actions.add_place(by=by, at=at, person=her, kind="school", polygon=polygon)
    actions.end_place(by=by, at=at, place=refuge, last_day=date(2026, 11, 1))
    actions.set_safe_contact(
        by=by,
        at=at,
        person=her,
        who="Canarysister Ann",
        how="by canarysignal",
        what="01632 960447",
        never="Nevercanary ring",
    )
    times = [{"days": ["tue"], "from_time": "03:07", "to_time": "04:19"}]
    actions.set_safe_times(by=by, at=at, person=her, times=times)
    return her, child, [home, refuge, area]


def _order(at: datetime, him: str, her: str, places: list[str]) -> str:
    made_at = at - timedelta(hours=3)
    clauses = (
        *made_up.clauses([her]),
        Clause(
            "3",
            "Not to go within 100 metres of protected place 1.",
            {"kind": "stay_away", "place": {"address_ref": places[0]}, "radius_metres": 100},
        ),
        Clause(
            "4",
            "Not to enter protected place 2.",
            {"kind": "do_not_enter", "place": {"address_ref": places[1]}},
        ),
    )
    order = made_up.made(made_at, by=OFFICER, respondent=him, protected=[her], clauses=clauses)
    return made_up.served(order, at - timedelta(hours=2))


def _browsers() -> Callable[[Role, str], Client]:
    held: dict[tuple[Role, str], Client] = {}

    def signed_in(role: Role, agency: str) -> Client:
        if (role, agency) not in held:
            client = Client(raise_request_exception=False)
            answer = client.post(
                "/sign-in/", {"login": username(role, agency), "password": PASSWORD}
            )
            assert answer.status_code == 302
            client.post("/reason/", {"kind": "allocation", "reference": "task 12"})
            held[role, agency] = client
        return held[role, agency]

    return signed_in
