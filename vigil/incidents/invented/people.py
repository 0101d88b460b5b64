"""People who do not exist: who they are, where they lived and when, what they are reached by.

A person here is the truth. Nothing in this file knows how a force will write it down.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from vigil.incidents.invented import places
from vigil.incidents.invented.given_names import NICKNAMES
from vigil.incidents.invented.names import ORIGIN_SHARES, Naming, namings, respell

_ORIGIN_SLOTS = tuple(
    origin for origin, share in ORIGIN_SHARES.items() for _ in range(round(share * 200))
)
# Chance a year that somebody moves, and that the move is into another force's area.
MOVES_A_YEAR = 0.27
MOVES_ACROSS = 0.22


@dataclass(slots=True)
class Person:
    """One human being. `homes` and `phones` are in order of the day from which they hold."""

    number: int
    sex: str
    origin: str
    forename: str
    surname: str
    born: date
    homes: list[tuple[int, places.Home]]
    phones: list[str]
    middle: str = ""
    known_as: str = ""
    other_surname: str = ""
    changed_surname_day: int = 1 << 30
    aliases: tuple[str, ...] = ()
    email: str = ""
    handles: str = ""
    vehicle: str = ""
    pnc: str = ""
    cro: str = ""
    told_birthday: date | None = field(default=None)

    def home_on(self, day: int) -> places.Home:
        for since, where in reversed(self.homes):
            if since <= day:
                return where
        return self.homes[0][1]

    def surname_on(self, day: int) -> str:
        return self.other_surname if day >= self.changed_surname_day else self.surname


class Population:
    """Makes people one by one, all from one source of chance.

    `days` is the length of the time that reports are drawn from, `first_day` its first
    day; homes change along it.
    """

    def __init__(
        self, rng: Random, *, first_day: date, days: int, check_letter: Callable[[int], str]
    ) -> None:
        self.rng = rng
        self.days = days
        self._check_letter = check_letter
        self._first_year = first_day.year
        # Born later than this nobody is a suspect: under fourteen on the first day.
        self.youngest_year = first_day.year - 14
        self._first_ordinal = first_day.toordinal()
        self._namings = namings(rng)
        self._numbers = count()
        self._phones = count(1)

    def naming(self, person: Person) -> Naming:
        return self._namings[person.origin]

    def origin(self) -> str:
        return _ORIGIN_SLOTS[int(self.rng.random() * len(_ORIGIN_SLOTS))]

    def new_phone(self) -> str:
        return places.phone(next(self._phones))

    def birthday(self, youngest: int, oldest: int) -> date:
        """Most between the two ages on the first day, thinning out towards the older."""
        draw = self.rng.random
        age = youngest + (oldest - youngest) * draw() * draw() ** 0.35
        return date.fromordinal(self._first_ordinal - int(age * 365.25) - int(draw() * 365))

    def at_least(self, years: int, born: date) -> date:
        """The birthday, or some other that makes somebody at least so old on the first day."""
        latest = self._first_ordinal - int(years * 365.25)
        if born.toordinal() <= latest:
            return born
        return date.fromordinal(latest - int(self.rng.random() * 1_000))

    def homes(self, first: places.Home, since: int = 0) -> list[tuple[int, places.Home]]:
        """Where somebody lives from `since` on, beginning at `first`."""
        rng = self.rng
        lived = [(since, first)]
        day = since + int(rng.expovariate(MOVES_A_YEAR / 365.25))
        force = first[2]
        while day < self.days:
            if rng.random() < MOVES_ACROSS:
                force = places.any_force(rng)
            lived.append((day, places.home(force, rng)))
            day += 30 + int(rng.expovariate(MOVES_A_YEAR / 365.25))
        return lived

    def person(
        self,
        sex: str,
        first_home: places.Home,
        born: date,
        *,
        origin: str = "",
        surname: str = "",
        since: int = 0,
    ) -> Person:
        """Somebody new, with what everybody has: names, a home, a phone or two."""
        rng = self.rng
        origin = origin or self.origin()
        naming = self._namings[origin]
        if not surname:
            surname = naming.surname(sex, rng)
            if rng.random() < 0.025:
                joint = "-" if rng.random() < 0.8 else " "
                surname = f"{surname}{joint}{naming.surname(sex, rng)}"
        forename = naming.given(sex, rng)
        made = Person(
            next(self._numbers), sex, origin, forename, surname, born,
            self.homes(first_home, since), [self.new_phone()],
        )  # fmt: skip
        draw = rng.random()
        if draw < 0.35:
            made.phones.append(self.new_phone())
            if draw < 0.1:
                made.phones.append(self.new_phone())
        if rng.random() < 0.6:
            made.middle = naming.given(sex, rng)
        nicknames = NICKNAMES.get(forename)
        if nicknames and rng.random() < 0.4:
            made.known_as = nicknames[int(rng.random() * len(nicknames))]
        return made

    def marries(self, person: Person) -> None:
        """A change of surname at some day: taken, joined to the old one, or spelt anew."""
        rng = self.rng
        naming = self.naming(person)
        new = naming.surname(person.sex, rng)
        draw = rng.random()
        if draw < 0.3:
            new = f"{person.surname}-{new}"
        elif draw < 0.5:
            new = respell(person.surname, naming, rng)
        person.other_surname = new
        person.changed_surname_day = int(rng.random() * self.days)

    def known_to_police(self, person: Person) -> None:
        """What a suspect gathers: aliases, e-mail, handles, a car, PNC and CRO numbers."""
        rng = self.rng
        draw = rng.random
        naming = self.naming(person)
        year = person.born.year
        if draw() < 0.13:
            person.aliases = tuple(self._alias(person, naming) for _ in range(1 + (draw() < 0.3)))
        if draw() < 0.35:
            person.email = places.email(person.forename, person.surname, year, rng)
        if draw() < 0.25:
            person.handles = places.handle(person.forename, year, rng)
            if draw() < 0.3:
                person.handles += " " + places.handle(person.forename, year, rng)
        if draw() < 0.4:
            person.vehicle = places.plate(rng)
        if draw() < 0.45:
            arrested = min(year + 14 + int(draw() * 20), self._first_year)
            person.pnc = places.pnc(arrested, self._check_letter, rng)
            if draw() < 0.6:
                person.cro = places.cro(arrested, self._check_letter, rng)
        if draw() < (0.03 if person.sex == "M" else 0.14):
            self.marries(person)
        if draw() < 0.02:
            person.told_birthday = self._lied_birthday(person.born)

    def _alias(self, person: Person, naming: Naming) -> str:
        draw = self.rng.random()
        if draw < 0.4:
            return f"{naming.given(person.sex, self.rng)} {person.surname}"
        if draw < 0.7:
            return f"{person.forename} {naming.surname(person.sex, self.rng)}"
        if draw < 0.85 and person.middle:
            return f"{person.middle} {person.surname}"
        return f"{naming.given(person.sex, self.rng)} {naming.surname(person.sex, self.rng)}"

    def _lied_birthday(self, born: date) -> date:
        """The birthday he gives when he does not want to be known: same day, other year."""
        return date(
            born.year + (-1) ** (born.day % 2) * (1 + born.day % 3), born.month, min(born.day, 28)
        )
