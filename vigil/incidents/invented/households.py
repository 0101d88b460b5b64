"""Who lives with whom: the homes in which one suspect is easily taken for another.

Fathers and sons of one name, brothers, twins, couples who accuse each other, lodgers.
Each is a case that a careless identification joins into one man, so each is made on
purpose, and the truth keeps them apart.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from vigil.incidents.invented import places
from vigil.incidents.invented.people import Person, Population

# Kind of household and its share of all households with a suspect; the rest are single.
KINDS = (
    ("father_and_son", 0.022),
    ("brothers", 0.026),
    ("twins", 0.006),
    ("couple", 0.016),
    ("lodgers", 0.012),
)


@dataclass(slots=True)
class Household:
    """The suspects of one home. `kind` is "single" or one of KINDS."""

    kind: str
    suspects: list[Person]


def new_household(population: Population) -> Household:
    """One suspect with nobody else, or, in one home of twelve, two who share it."""
    drawn = population.rng.random()
    first = _suspect(population)
    for kind, share in KINDS:
        drawn -= share
        if drawn < 0:
            second = _MAKERS[kind](population, first)
            population.known_to_police(second)
            return Household(kind, [first, second])
    return Household("single", [first])


def _suspect(population: Population) -> Person:
    rng = population.rng
    sex = "M" if rng.random() < 0.8 else "F"
    home = places.home(places.any_force(rng), rng)
    person = population.person(sex, home, population.birthday(16, 66))
    population.known_to_police(person)
    return person


def _kin(population: Population, first: Person, born: date, sex: str) -> Person:
    return population.person(
        sex, first.homes[0][1], born, origin=first.origin, surname=first.surname
    )


def _father_and_son(population: Population, first: Person) -> Person:
    """The son, who in most of these homes bears his father's forename too."""
    rng = population.rng
    age = 18 + int(rng.random() * 18)
    born = first.born + timedelta(days=365 * age + int(rng.random() * 365))
    # A father must be old enough; a young first suspect is made the son instead.
    if born.year > population.youngest_year:
        born = first.born - timedelta(days=365 * age + int(rng.random() * 365))
    second = _kin(population, first, born, first.sex)
    if rng.random() < 0.6:
        second.forename, second.known_as = first.forename, ""
    if rng.random() < 0.3:
        second.phones[0] = first.phones[0]
    return second


def _brothers(population: Population, first: Person) -> Person:
    rng = population.rng
    years = (1 + rng.random() * 6) * (1 if rng.random() < 0.5 else -1)
    born = first.born + timedelta(days=int(years * 365))
    born = population.at_least(14, born)
    second = _kin(population, first, born, first.sex if rng.random() < 0.8 else "F")
    if second.forename == first.forename:
        second.forename = second.middle = _other_forename(population, first)
    if rng.random() < 0.2:
        second.phones[0] = first.phones[0]
    return second


def _twins(population: Population, first: Person) -> Person:
    second = _kin(population, first, first.born, first.sex)
    second.forename = _other_forename(population, first)
    if population.rng.random() < 0.2:
        second.phones[0] = first.phones[0]
    return second


def _other_forename(population: Population, first: Person) -> str:
    """A forename that is not the sibling's; twins often share the first letter."""
    naming = population.naming(first)
    name = first.forename
    wants_initial = population.rng.random() < 0.35
    for _ in range(60):
        name = naming.given(first.sex, population.rng)
        if name != first.forename and (not wants_initial or name[0] == first.forename[0]):
            return name
    return name if name != first.forename else first.forename + "son"


def _couple(population: Population, first: Person) -> Person:
    """Partners under one roof who are each reported for what they did to the other."""
    rng = population.rng
    sex = "F" if first.sex == "M" else "M"
    born = population.at_least(15, first.born + timedelta(days=int(rng.gauss(0, 4) * 365)))
    surname = first.surname if rng.random() < 0.4 else ""
    second = population.person(sex, first.homes[0][1], born, origin=first.origin, surname=surname)
    if rng.random() < 0.2:
        second.phones[0] = first.phones[0]
    return second


def _lodgers(population: Population, first: Person) -> Person:
    """Two men with nothing in common but the hostel's address."""
    return population.person(first.sex, first.homes[0][1], population.birthday(18, 60))


_MAKERS = {
    "father_and_son": _father_and_son,
    "brothers": _brothers,
    "twins": _twins,
    "couple": _couple,
    "lodgers": _lodgers,
}
