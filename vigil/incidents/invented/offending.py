"""Who does what to whom, and when: the events that forces will write down.

Decides how many victims a suspect has, who they are to him, where they live, and what is
reported on which day. Knows nothing of how a report is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from vigil.incidents.invented import places
from vigil.incidents.invented.households import Household
from vigil.incidents.invented.people import Person, Population

# Distinct victims of a suspect: about 18 in 100 have two or more, as in the measured
# feeds that the project compares itself with (106,000 of 593,000).
_VICTIM_SLOTS = (1,) * 815 + (2,) * 129 + (3,) * 36 + (4,) * 13 + (5,) * 5 + (6,) * 2
# Chance that a victim reports once more after a report.
REPORTS_AGAIN = 0.27
WAIT_DAYS = 75
# Chance that a victim is also the victim of somebody else in the feed.
SHARED_VICTIM = 0.02
_RECENT_VICTIMS = 24

_RELATIONSHIPS = (
    ("ex_partner",) * 38 + ("partner",) * 28 + ("family",) * 14 + ("acquaintance",) * 9
    + ("stranger",) * 5 + ("colleague",) * 2 + ("unknown",) * 4
)  # fmt: skip


def _slots(**shares: int) -> tuple[str, ...]:
    return tuple(name for name, share in shares.items() for _ in range(share))


_CATEGORIES_AT_HOME = _slots(
    assault=31, non_crime_domestic=23, harassment=8, coercive_control=8, threats=7,
    criminal_damage=6, strangulation=4, stalking=5, breach_of_order=4, sexual=2, other_crime=2,
)  # fmt: skip
_CATEGORIES_AFTERWARDS = _slots(
    harassment=24, stalking=20, assault=14, threats=9, breach_of_order=9, non_crime_domestic=8,
    coercive_control=5, criminal_damage=5, image_abuse=3, strangulation=1, sexual=1, other_crime=1,
)  # fmt: skip
_CATEGORIES_OUTSIDE = _slots(
    stalking=34, harassment=36, threats=11, assault=7, image_abuse=4, criminal_damage=3,
    other_crime=3, sexual=2,
)  # fmt: skip
_CATEGORIES = {
    "partner": _CATEGORIES_AT_HOME, "family": _CATEGORIES_AT_HOME,
    "ex_partner": _CATEGORIES_AFTERWARDS,
}  # fmt: skip
_OFFENCES = {
    "stalking": ("PH97006", "PH97006", "PH97007", "PH97008", "PH97010", "PH97011"),
    "harassment": ("PH97004", "PH97004", "PH97002", "PH97009"),
    "coercive_control": ("SC15004",),
    "assault": ("CJ88116", "CJ88116", "CJ88116", "OF61102", "OF61016"),
    "strangulation": ("SC15005", "SC15006"),
    "threats": ("OF61014",),
    "breach_of_order": ("FL96001", "PH97003", "SE20002", "ST19001", "DA21001", "CS10502"),
    "image_abuse": ("CJ15005", "CJ15013"),
}
_BASES = ("suspect",) * 74 + ("conviction",) * 16 + ("caution",) * 6 + ("order",) * 4
_HOMICIDES = 0.0004


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that one suspect did to one victim, and the force that it was reported to."""

    day: int
    suspect: Person
    victim: Person
    force: int
    relationship: str
    category: str
    offence: str
    basis: str


class Offending:
    """Draws the events of one household after another; remembers a few victims to share."""

    def __init__(self, population: Population) -> None:
        self._population = population
        self._rng: Random = population.rng
        self._recent: dict[int, list[Person]] = {}

    def events(self, household: Household) -> Iterator[Event]:
        at_home: Person | None = None
        for suspect in household.suspects:
            partner = self._partner_accused_too(household, suspect)
            wanted = _VICTIM_SLOTS[int(self._rng.random() * len(_VICTIM_SLOTS))]
            met: set[int] = set()
            first_day = -1
            for _ in range(wanted):
                day = self._first_day(first_day)
                first_day = day if first_day < 0 else first_day
                if partner:
                    victim, relationship = partner, "partner"
                elif at_home and not met and self._rng.random() < 0.4:
                    victim, relationship = at_home, "family"
                else:
                    victim, relationship = self._victim(suspect, day)
                partner = None
                if victim.number in met:
                    continue
                met.add(victim.number)
                if relationship == "family":
                    at_home = victim
                yield from self._reports(suspect, victim, relationship, day)

    @staticmethod
    def _partner_accused_too(household: Household, suspect: Person) -> Person | None:
        if household.kind != "couple":
            return None
        first, second = household.suspects
        return second if suspect is first else first

    def _first_day(self, earlier: int) -> int:
        """Any day; one later victim in ten is hurt in the same incident as the first."""
        draw = self._rng.random()
        return earlier if earlier >= 0 and draw < 0.1 else int(draw * self._population.days)

    def _reports(
        self, suspect: Person, victim: Person, relationship: str, day: int
    ) -> Iterator[Event]:
        draw = self._rng.random
        while day < self._population.days:
            lives_in = victim.home_on(day)[2]
            force = lives_in if draw() < 0.88 else suspect.home_on(day)[2]
            category = self._category(relationship)
            offences = _OFFENCES.get(category, ("",))
            offence = offences[int(draw() * len(offences))]
            basis = _BASES[int(draw() * len(_BASES))]
            yield Event(day, suspect, victim, force, relationship, category, offence, basis)
            if category == "homicide" or draw() > REPORTS_AGAIN:
                return
            day += int(self._rng.expovariate(1 / WAIT_DAYS))
            if relationship == "partner" and draw() < 0.35:
                relationship = "ex_partner"

    def _category(self, relationship: str) -> str:
        draw = self._rng.random()
        if draw < _HOMICIDES:
            return "homicide"
        table = _CATEGORIES.get(relationship, _CATEGORIES_OUTSIDE)
        return table[int(draw * len(table))]

    def _victim(self, suspect: Person, day: int) -> tuple[Person, str]:
        draw = self._rng.random
        relationship = _RELATIONSHIPS[int(draw() * len(_RELATIONSHIPS))]
        force = suspect.home_on(day)[2]
        recent = self._recent.setdefault(force, [])
        if recent and draw() < SHARED_VICTIM and relationship != "family":
            victim = recent[int(draw() * len(recent))]
            if victim.number != suspect.number:
                return victim, relationship
        victim = self._new_victim(suspect, relationship, day)
        if len(recent) < _RECENT_VICTIMS:
            recent.append(victim)
        else:
            recent[int(draw() * _RECENT_VICTIMS)] = victim
        return victim, relationship

    def _new_victim(self, suspect: Person, relationship: str, day: int) -> Person:
        if relationship in ("partner", "ex_partner"):
            return self._intimate(suspect, relationship, day)
        if relationship == "family":
            return self._relative(suspect, day)
        rng = self._rng
        force = suspect.home_on(day)[2] if rng.random() < 0.9 else places.any_force(rng)
        return self._population.person(
            "F" if rng.random() < 0.7 else "M",
            places.home(force, rng),
            self._population.birthday(16, 70),
            since=day,
        )

    def _intimate(self, suspect: Person, relationship: str, day: int) -> Person:
        """She may share his home, his name and his phone, and may flee to another force."""
        rng = self._rng
        draw = rng.random
        opposite = "F" if suspect.sex == "M" else "M"
        shares_home = draw() < (0.55 if relationship == "partner" else 0.1)
        home = suspect.home_on(day)
        if not shares_home:
            home = places.home(home[2] if draw() < 0.88 else places.any_force(rng), rng)
        shares_name = draw() < (0.42 if shares_home else 0.15)
        victim = self._population.person(
            opposite if draw() < 0.95 else suspect.sex,
            home,
            self._population.at_least(15, suspect.born + timedelta(days=int(rng.gauss(200, 1500)))),
            origin=suspect.origin if draw() < 0.78 else "",
            surname=suspect.surname if shares_name else "",
            since=day,
        )
        if shares_home and draw() < 0.12:
            victim.phones[0] = suspect.phones[0]
        if shares_home and draw() < 0.4:
            force = home[2] if draw() < 0.7 else places.any_force(rng)
            fled = day + 1 + int(rng.expovariate(1 / 120))
            victim.homes[1:] = [(fled, places.home(force, rng))]
        if draw() < 0.05:
            self._population.marries(victim)
        return victim

    def _relative(self, suspect: Person, day: int) -> Person:
        rng = self._rng
        draw = rng.random
        home = suspect.home_on(day)
        if draw() > 0.5:
            home = places.home(home[2] if draw() < 0.85 else places.any_force(rng), rng)
        years = (0, 3, -4, 26, 30, -22)[int(draw() * 6)]
        return self._population.person(
            "F" if draw() < 0.6 else "M",
            home,
            self._population.at_least(
                5, suspect.born - timedelta(days=int(years * 365 + draw() * 900))
            ),
            origin=suspect.origin,
            surname=suspect.surname if draw() < 0.65 else "",
            since=day,
        )
