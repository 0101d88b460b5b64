"""How vigil writes a day, an hour, a name or a number. Pure: values in, a finished string out.

Deadlines and service use the 12-hour clock, stamps and incidents the 24-hour clock; the two are
never mixed in one sentence. It refuses a naive instant, because nobody knows which hour it is.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class NaiveInstantError(ValueError):
    """An instant without a time zone cannot be written down: hand over an aware one."""


def day(on: date) -> str:
    """A day in full: "3 March 2027"."""
    if isinstance(on, datetime):
        on = _local(on)
    return f"{on.day} {on:%B %Y}"


def weekday(on: date) -> str:
    """A day with its weekday: "Wednesday 3 March 2027". A deadline never has a weekday alone."""
    return f"{on:%A} {day(on)}"


def month(on: date) -> str:
    """A month of a year: "March 2027"."""
    return f"{on:%B %Y}"


def last_moment(last_day: date) -> str:
    """A last day, which counts whole: "until 11:59pm on 3 March 2027"."""
    return f"until 11:59pm on {day(last_day)}"


def hour(at: datetime) -> str:
    """An hour in a sentence about a deadline or service: "4:10pm", "6pm", "12:30am"."""
    local = _local(at)
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(at: datetime) -> str:
    """An instant in a sentence about a deadline or service: "4:10pm on 2 March 2026"."""
    return f"{hour(at)} on {day(at)}"


def clock(at: datetime) -> str:
    """The 24-hour clock, for "as of" stamps, incidents and tables: "02:58"."""
    return f"{_local(at):%H:%M}"


def stamp(at: datetime) -> str:
    """An instant in the 24-hour clock with its day: "02:58 on 21 November 2026"."""
    return f"{clock(at)} on {day(at)}"


def name(surname: str, forenames: str = "") -> str:
    """A person: "CRANDLEMERE, Tobias". One of the two may be unknown."""
    surname, forenames = surname.strip(), forenames.strip()
    if not surname and not forenames:
        return "Name not known"
    if not surname:
        return f"Surname not known, {_title(forenames)}"
    return f"{surname.upper()}, {_title(forenames)}" if forenames else surname.upper()


def _title(words: str) -> str:
    # Feeds shout; a name that already has small letters is left as its owner spells it.
    return words.title() if words.isupper() or words.islower() else words


def age(born_on: date, on: date) -> int:
    """Whole years on a day. Who was born on 29 February is a year older on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def born(born_on: date | None, on: date) -> str:
    """Birthday and age: "Born 14 June 1987 (39)"."""
    if born_on is None:
        return "Date of birth not known"
    return f"Born {day(born_on)} ({age(born_on, on)})"


def span(length: timedelta) -> str:
    """A length of time: "3 h 10 min", "45 min", "2 h". Whole minutes, rounded down."""
    minutes = int(abs(length) / timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    if hours and minutes:
        return f"{hours} h {minutes} min"
    return f"{hours} h" if hours else f"{minutes} min"


def commas(number: int) -> str:
    """A number for a reader: "1,204,118"."""
    return f"{number:,}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with what it counts: "1 order", "2 orders", "31 people" (many="people")."""
    return f"{commas(number)} {one if number == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """Words in a sentence: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def due(last_day: date, on: date) -> str:
    """How far off a last day is: "Late by 3 days", "Due today", "Tomorrow", "In 9 days"."""
    left = (last_day - on).days
    if left < 0:
        return f"Late by {count(-left, 'day')}"
    return {0: "Due today", 1: "Tomorrow"}.get(left, f"In {commas(left)} days")


def due_state(last_day: date, on: date) -> str:
    """The state of the clock beside it: `late`, `today` or `later`."""
    return "late" if last_day < on else "today" if last_day == on else "later"


def bits(value: float) -> str:
    """Evidence in bits, signed and to one place: "+17.3", "−5.1", "0"."""
    rounded = round(value, 1)
    if rounded == 0:
        return "0"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.1f}"


def odds(value: float) -> str:
    """Evidence in bits as odds for a reader: "about 160,000 to 1", "about 9 to 1 against"."""
    ratio = 2 ** abs(value)
    digits = max(len(str(int(ratio))) - 2, 0)
    figure = commas(round(ratio / 10**digits) * 10**digits)
    if figure == "1":
        return "about even"
    return f"about {figure} to 1{'' if value > 0 else ' against'}"


def share(done: int, total: int, unit: str) -> str:
    """Progress in words: "42,100 of 120,000 rows"."""
    return f"{commas(done)} of {commas(total)} {unit}"


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise NaiveInstantError(NaiveInstantError.__doc__)
    return at.astimezone(LONDON)
