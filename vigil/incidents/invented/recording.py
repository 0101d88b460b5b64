"""One event as one force wrote it down: every mistake that a report can hold, and nothing else.

Turns the truth (`Event`) into the cells of a row. All that it writes obeys the feed's
contract: a wrong birthday is still a date, a mistyped PNC ID is still text. Rows that break
the contract on purpose are made in faults.py.
"""

from datetime import date
from random import Random

from vigil.incidents.invented import places
from vigil.incidents.invented.given_names import NICKNAMES
from vigil.incidents.invented.habits import Habits, habits_of_a_force
from vigil.incidents.invented.names import respell
from vigil.incidents.invented.offending import Event
from vigil.incidents.invented.people import Person, Population
from vigil.incidents.invented.slips import digit_slip, slip

# The cells of a row after `report_id`, in the order of the feed's columns.
Cells = tuple[str, ...]


# What is written where there is no home; two of the postcodes are the customary stand-ins.
_NO_FIXED_ABODE = (
    ("NFA", ""), ("No fixed abode", ""), ("NFA", "NF1 1NF"), ("No Fixed Abode", "NF1 1FA"),
)  # fmt: skip
# What some hands write where a name is not known, and most leave empty.
_NO_NAME = ("", "", "", "Unknown", "NK", "Not known")


class Recorder:
    """Writes events down with the habits of the force that they were reported to."""

    def __init__(self, population: Population, *, first_day: date, days: int) -> None:
        rng = population.rng
        self._population = population
        self._rng: Random = rng
        self.habits = tuple(habits_of_a_force(rng) for _ in places.FORCES)
        start = first_day.toordinal()
        self._days = tuple(date.fromordinal(start + day).isoformat() for day in range(days))

    def cells(self, event: Event) -> Cells:
        habits = self.habits[event.force]
        draw = self._rng.random
        surname, forename, middle, aliases = self._suspect_names(event, habits)
        suspect = event.suspect
        contact = ("", "", "", "") if draw() < habits.only_a_name else self._contact(event, habits)
        return (
            places.FORCES[event.force],
            self._days[event.day],
            surname,
            "" if draw() < habits.occurred_missing else self._occurred(event.day),
            event.category,
            event.offence,
            event.basis,
            forename,
            middle,
            aliases,
            contact[0],
            self._sex(suspect, habits),
            *contact[1:],
            "" if draw() < habits.email_missing else self._email(suspect, habits),
            "" if draw() < habits.handles_missing else suspect.handles,
            "" if draw() < habits.vehicle_missing else self._vehicle(suspect),
            self._identifier(suspect.pnc, habits),
            self._identifier(suspect.cro, habits),
            *self._victim_cells(event, habits),
            "unknown" if draw() < habits.relationship_unknown else event.relationship,
        )

    def _contact(self, event: Event, habits: Habits) -> tuple[str, str, str, str]:
        """Birthday, house, postcode and phone of the suspect."""
        draw = self._rng.random
        suspect = event.suspect
        born = self._birthday(suspect.told_birthday or suspect.born, habits, habits.born_missing)
        if draw() < habits.no_fixed_abode:
            house, postcode = _NO_FIXED_ABODE[int(draw() * len(_NO_FIXED_ABODE))]
        else:
            house, postcode = self._address(suspect, event.day, habits)
        phone = "" if draw() < habits.phone_missing else self._phone(suspect, habits)
        return born, house, postcode, phone

    def _victim_cells(self, event: Event, habits: Habits) -> Cells:
        draw = self._rng.random
        victim = event.victim
        surname, forename = self._plain_names(victim, event.day, habits)
        if draw() < habits.victim_name_missing:
            forename, surname = "", surname if draw() < 0.5 else ""
        return (
            self._victim_ref(victim, event.force, habits),
            self._cased(forename, habits),
            self._cased(surname, habits),
            self._birthday(victim.born, habits, habits.victim_born_missing),
            self._sex(victim, habits),
            self._address(victim, event.day, habits)[1],
            "" if draw() < habits.victim_phone_missing else self._phone(victim, habits),
        )

    def _occurred(self, day: int) -> str:
        draw = self._rng.random()
        if draw < 0.6:
            return self._days[day]
        back = 1 if draw < 0.8 else int(self._rng.expovariate(1 / 40))
        return self._days[max(0, day - back)]

    def _suspect_names(self, event: Event, habits: Habits) -> tuple[str, str, str, str]:
        """Surname, forename, middle and aliases as the force has them."""
        rng = self._rng
        draw = rng.random
        suspect = event.suspect
        surname, forename = self._plain_names(suspect, event.day, habits)
        aliases = list(suspect.aliases) if draw() < habits.aliases_written else []
        if suspect.aliases and draw() < habits.alias_as_name * 8:
            forename, _, surname = suspect.aliases[0].partition(" ")
            aliases = [f"{suspect.forename} {suspect.surname}"] if aliases else []
        if surname != suspect.surname and draw() < 0.3:
            aliases.append(f"{suspect.forename} {suspect.surname}")
        middle = suspect.middle
        if draw() > habits.middle_written:
            middle = ""
        elif middle and draw() < 0.25:
            middle = middle[0]
        spoilt = draw()
        if spoilt < habits.forename_missing:
            forename, middle = _NO_NAME[int(draw() * len(_NO_NAME))], ""
        elif spoilt < habits.forename_missing + habits.forename_initial:
            forename = forename[:1]
        elif spoilt > 1 - habits.names_swapped:
            forename, surname = surname, forename
        elif 0.5 < spoilt < 0.5 + habits.surname_missing:
            surname = _NO_NAME[int(draw() * len(_NO_NAME))]
        cased = self._cased
        return (
            cased(surname, habits),
            cased(forename, habits),
            cased(middle, habits),
            cased("; ".join(aliases), habits),
        )

    def _plain_names(self, person: Person, day: int, habits: Habits) -> tuple[str, str]:
        """Surname and forename, each perhaps misheard, mistyped, respelt or shortened."""
        rng = self._rng
        draw = rng.random
        surname = person.surname_on(day)
        forename = person.forename
        if person.known_as and draw() < 0.3:
            forename = person.known_as
        elif draw() < habits.nickname:
            names = NICKNAMES.get(forename)
            forename = names[int(draw() * len(names))] if names else forename
        if draw() < habits.name_slip:
            forename = slip(forename, rng)
        if draw() < habits.name_slip:
            surname = slip(surname, rng)
        if draw() < habits.name_respelt:
            naming = self._population.naming(person)
            if draw() < 0.5:
                surname = respell(surname, naming, rng)
            elif person.origin not in ("british", "celtic"):
                forename = respell(forename, naming, rng)
        if "-" in surname and draw() < 0.3:
            surname = _half_of(surname, draw())
        return surname, forename

    @staticmethod
    def _cased(text: str, habits: Habits) -> str:
        if habits.case == "upper":
            return text.upper()
        return text.lower() if habits.case == "lower" else text

    def _birthday(self, born: date, habits: Habits, missing: float) -> str:
        draw = self._rng.random()
        if draw < missing:
            return ""
        draw -= missing
        if draw < habits.born_partial:
            return born.isoformat()[: 4 if draw < habits.born_partial / 2 else 7]
        draw -= habits.born_partial
        if draw < habits.born_default:
            return f"{born.year}-01-01" if draw < habits.born_default * 0.8 else "1900-01-01"
        draw -= habits.born_default
        if draw < habits.born_swapped:
            return _day_and_month_swapped(born)
        draw -= habits.born_swapped
        if draw < habits.born_slip:
            return _slipped_birthday(born, self._rng)
        return born.isoformat()

    def _sex(self, person: Person, habits: Habits) -> str:
        draw = self._rng.random()
        if draw < habits.sex_missing:
            return "" if draw < habits.sex_missing / 2 else "U"
        return person.sex if draw < 0.997 else "FM"[person.sex == "F"]

    def _address(self, person: Person, day: int, habits: Habits) -> tuple[str, str]:
        """House and postcode, of today or of an earlier home that is still on the file."""
        rng = self._rng
        draw = rng.random
        homes = person.homes
        if len(homes) > 1 and draw() < habits.stale:
            house, postcode, _ = homes[int(draw() * len(homes))][1]
        else:
            house, postcode, _ = person.home_on(day)
        if draw() < habits.house_missing:
            house = ""
        elif habits.shortens_streets or draw() < 0.1:
            house = places.shortened(house)
        if house and draw() < habits.number_slip * 2:
            house = slip(house, rng) if draw() < 0.5 else digit_slip(house, rng)
        gap = draw()
        if gap < habits.postcode_missing:
            return self._cased(house, habits), ""
        if gap > 1 - habits.postcode_partial:
            postcode = postcode.split(" ")[0]
        elif draw() < habits.number_slip:
            postcode = digit_slip(postcode, rng)
        style = habits.postcode_style
        if style == "joined" or (style == "mixed" and draw() < 0.4):
            postcode = postcode.replace(" ", "")
        if habits.case == "lower" or draw() < 0.02:
            postcode = postcode.lower()
        return self._cased(house, habits), postcode

    def _phone(self, person: Person, habits: Habits) -> str:
        """Mostly the phone he has; sometimes one that he had, or has with a digit wrong."""
        rng = self._rng
        phones = person.phones
        number = phones[0]
        if len(phones) > 1 and rng.random() < 0.3:
            number = phones[1 + int(rng.random() * (len(phones) - 1))]
        if rng.random() < habits.number_slip:
            number = number[:4] + digit_slip(number[4:], rng)
        style = habits.phone_style
        if style == "mixed":
            style = ("plain", "spaced", "plus44", "0044")[int(rng.random() * 4)]
        if style == "plus44":
            return "+44" + number[1:]
        if style == "0044":
            return f"0044 {number[1:5]} {number[5:]}"
        return f"{number[:5]} {number[5:8]} {number[8:]}" if style == "spaced" else number

    def _email(self, person: Person, habits: Habits) -> str:
        written = person.email
        if written and self._rng.random() < habits.name_slip:
            # The domain is left alone: one letter off it may be somebody's.
            name, _, domain = written.partition("@")
            return f"{slip(name, self._rng)}@{domain}"
        return written

    def _vehicle(self, person: Person) -> str:
        written = person.vehicle
        draw = self._rng.random()
        if draw < 0.35:
            return written.replace(" ", "")
        return digit_slip(written, self._rng) if draw > 0.98 else written

    def _identifier(self, written: str, habits: Habits) -> str:
        """A PNC or CRO number: short year, no slash, wrong letter or a digit mistyped."""
        rng = self._rng
        if not written or rng.random() < habits.pnc_missing:
            return ""
        draw = rng.random()
        if draw < habits.pnc_slip:
            if draw < habits.pnc_slip * 0.4:
                return written[:-1] + ("A" if written[-1] != "A" else "B")
            return digit_slip(written, rng)
        if draw > 0.9 and written[4:5] == "/":
            return f"{written[2:5]}{written[5:-1].lstrip('0')}{written[-1]}"
        return written

    def _victim_ref(self, victim: Person, force: int, habits: Habits) -> str:
        """Each force has its own number for her; a move gives her a new one."""
        if not habits.keeps_victim_refs or self._rng.random() < habits.victim_ref_missing:
            return ""
        return f"V{places.FORCES[force]}{victim.number * 7 + force:07d}"


def _half_of(surname: str, draw: float) -> str:
    first, _, second = surname.partition("-")
    if draw < 0.2:
        return f"{second}-{first}"
    return second if draw < 0.65 else first


def _day_and_month_swapped(born: date) -> str:
    if born.day > 12:
        return born.isoformat()
    return f"{born.year}-{born.day:02d}-{born.month:02d}"


def _slipped_birthday(born: date, rng: Random) -> str:
    """One part off by a keystroke; always a date that exists."""
    draw = rng.random()
    year, month, day = born.year, born.month, min(born.day, 28)
    if draw < 0.4:
        year += (1, -1, 10, -10, 2, -2)[int(draw * 15)]
    elif draw < 0.7:
        month = 1 + (month + int(draw * 100) % 11) % 12
    else:
        day = 1 + (day + 9) % 28 if draw < 0.85 else 1 + day % 28
    return date(year, month, day).isoformat()
