"""Places, numbers and addresses that belong to nobody.

Invented so that nothing reaches a real door or a real phone:
- postcodes begin with Q, V or X, letters that no postcode area in the United Kingdom
  begins with, and otherwise have the shape of a postcode;
- mobile numbers lie in 071 and 072: the shape of a mobile, in a part of the numbering
  plan that was believed to be unallocated when this was written (not checked with the
  regulator). Ofcom's own numbers for drama, 07700 900000 to 900999, are a thousand, far
  too few for a feed of millions;
- e-mail addresses are at example.com, example.org and example.net (RFC 2606);
- registration marks begin with Q followed by a second letter, which is not issued;
- PNC and CRO numbers have right check letters, so one may by chance equal a real one;
  it stands beside an invented name and birthday and says nothing about anybody.
"""

from collections.abc import Callable
from random import Random

from vigil.incidents.feed.columns import TERRITORIAL_FORCES

# A rough, invented share of the country's reports for each territorial force, in percent.
_SHARES = {
    "01": 15.5, "03": 0.9, "04": 2.9, "05": 2.8, "06": 6.2, "07": 1.9, "10": 2.9, "11": 1.3,
    "12": 1.2, "13": 5.4, "14": 2.9, "16": 1.9, "17": 1.4, "20": 6.0, "21": 2.0, "22": 2.1,
    "23": 0.9, "30": 1.8, "31": 2.1, "32": 1.1, "33": 1.9, "34": 1.3, "35": 1.4, "36": 1.5,
    "37": 1.2, "40": 1.2, "41": 1.9, "42": 3.1, "43": 3.6, "44": 3.5, "45": 1.7, "46": 3.5,
    "47": 2.7, "48": 0.1, "50": 2.7, "52": 2.8, "53": 0.9, "54": 1.0, "55": 1.1, "60": 1.2,
    "61": 1.1, "62": 2.6, "63": 0.8,
}  # fmt: skip
FORCES = tuple(TERRITORIAL_FORCES)
_FORCE_SLOTS = tuple(
    index for index, code in enumerate(FORCES) for _ in range(round(_SHARES[code] * 10))
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_AREAS = tuple(first + second for first in "QVX" for second in "ABCDEFGHJKLMNOPQRSTUVWXY")
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_UNITS = tuple(a + b for a in _UNIT_LETTERS[:8] for b in _UNIT_LETTERS[:8])
_DISTRICTS = 22
# What follows the area in a postcode: district, sector, unit.
_CODES = tuple(
    f"{district + 1} {digit}{unit}"
    for district in range(_DISTRICTS)
    for digit in range(10)
    for unit in _UNITS
)
_SPOTS = len(_CODES)
_STREET_STEMS = _words(
    """
    Abbotsmere Alderwick Applegarth Ashenby Barleyfold Beckside Bellrope Birchmoor
    Blackthorn Bramblegate Bridgefoot Brindle Brookend Bulrush Burdock Candleford Cartwheel
    Cheyne Clayhanger Cloverdown Coldharrow Copperbeech Cornmill Cowslip Crabtree Crossgill
    Damson Deepdale Dovecote Drovers Eastgarth Elderholt Fairlight Fallowfield Farthing
    Fernbank Fieldfare Flaxmill Foxholes Friary Furrow Gallowbank Gatehouse Goosefoot
    Granary Greensward Grindstone Hartsease Hawkshaw Haymarsh Hazelrigg Heronsgate Highfold
    Hollowell Honeypot Hopgarden Hornbeam Ivyhatch Jackdaw Kestrel Kingcup Lambsfold Lapwing
    Larkrise Limekiln Linnet Longacre Lowmead Maltkiln Maplehurst Marlpit Meadowsweet
    Millrace Moorhen Mulberry Nightjar Northbeck Oakapple Oldquarry Orchardleigh Oxlip
    Packhorse Partridge Pasture Penfold Pennycress Plover Quickthorn Ragwort Redshank
    Reedmace Rookery Ropewalk Rowanside Saddlers Sandpiper Sawpit Sheepwash Shepherds
    Skylark Sloe Southbeck Spinney Springwell Stonecrop Swallowtail Tanyard Teasel Threshers
    Tollgate Turnstone Wagtail Walnut Waterlane Weavers Wellhouse Westgarth Wheatear
    Whinfell Windmill Woodlark Yarrow
    """
)
_STREET_KINDS = _words(
    """
    Road Street Lane Close Avenue Drive Way Grove Crescent Terrace Court Place
    """
)
STREETS = tuple(f"{stem} {kind}" for stem in _STREET_STEMS for kind in _STREET_KINDS)
_SHORTENED = {
    "Road": "Rd", "Street": "St", "Lane": "La", "Close": "Cl", "Avenue": "Ave", "Drive": "Dr",
    "Grove": "Gr", "Crescent": "Cres", "Terrace": "Terr", "Court": "Ct", "Place": "Pl",
}  # fmt: skip
_MAIL_HOSTS = (
    "example.com", "example.org", "example.net", "mail.example.com", "post.example.org",
    "web.example.net",
)  # fmt: skip
_HANDLE_WORDS = _words(
    """
    fox wolf rebel king queen shadow storm blaze ghost tiger viper raven lad lass boss ace
    nova pixel turbo lucky misty jade onyx rocket danger smiler gooner toon villain angel
    doll babe prince jester ninja bandit maverick duchess cobra phantom
    """
)
_PLATE_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY"
_PHONE_SPACE = 200_000_000
# Coprime with the space, so that running numbers give each phone once before any repeats.
_PHONE_STEP = 73_687_871

# (house and street, postcode, index of the force)
Home = tuple[str, str, int]


def _areas_of_forces() -> tuple[tuple[str, ...], ...]:
    """The invented postcode areas of each force: one each, the rest to the largest."""
    shares = [_SHARES[code] for code in FORCES]
    held: list[list[str]] = [[area] for area in _AREAS[: len(FORCES)]]
    for area in _AREAS[len(FORCES) :]:
        neediest = max(range(len(FORCES)), key=lambda index: shares[index] / len(held[index]))
        held[neediest].append(area)
    return tuple(tuple(areas) for areas in held)


_FORCE_AREAS = _areas_of_forces()


def any_force(rng: Random) -> int:
    """The index of a force, large forces more often."""
    return _FORCE_SLOTS[int(rng.random() * len(_FORCE_SLOTS))]


def home(force: int, rng: Random) -> Home:
    """An address in the force's area; a postcode always lies on the same street."""
    draw = rng.random
    areas = _FORCE_AREAS[force]
    area = areas[int(draw() * len(areas))]
    # Two draws multiplied: the low districts of an area are the crowded ones.
    spot = int(draw() * draw() * _SPOTS)
    street = STREETS[(spot * 31 + force * 577 + ord(area[1]) * 131) % len(STREETS)]
    which = draw()
    number = 1 + int(which * 70)
    house = (
        f"{number} {street}"
        if which * 9 % 1 < 0.88
        else f"Flat {1 + number % 9}, {number} {street}"
    )
    return house, area + _CODES[spot], force


def shortened(house: str) -> str:
    """The address as a hurried hand writes it: "12 Plover Rd"."""
    head, _, kind = house.rpartition(" ")
    return f"{head} {_SHORTENED.get(kind, kind)}"


def phone(serial: int) -> str:
    """The mobile of a running number; the first two hundred million are all different."""
    return f"07{100_000_000 + serial * _PHONE_STEP % _PHONE_SPACE}"


def email(forename: str, surname: str, born_year: int, rng: Random) -> str:
    draw = rng.random()
    host = _MAIL_HOSTS[int(draw * 1_000) % len(_MAIL_HOSTS)]
    first, last = forename.lower(), surname.lower().replace("'", "").replace(" ", "")
    number = int(draw * 100_000) % 100
    if draw < 0.45:
        return f"{first}.{last}{number}@{host}"
    if draw < 0.75:
        return f"{first[0]}{last}{born_year}@{host}"
    return f"{_HANDLE_WORDS[int(draw * 1e6) % len(_HANDLE_WORDS)]}{first}{number}@{host}"


def handle(forename: str, born_year: int, rng: Random) -> str:
    draw = rng.random()
    word = _HANDLE_WORDS[int(draw * len(_HANDLE_WORDS))]
    number = int(draw * 1e7) % 10_000
    if draw < 0.5:
        return f"@{word}_{forename.lower()}{born_year % 100}{number % 10}"
    return f"@{forename.lower()[:4]}{word}{number}"


def plate(rng: Random) -> str:
    draw = rng.random
    letters = [_PLATE_LETTERS[int(draw() * len(_PLATE_LETTERS))] for _ in range(4)]
    year = 2 + int(draw() * 24) + (50 if draw() < 0.5 else 0)
    return f"Q{letters[0]}{year:02d} {letters[1]}{letters[2]}{letters[3]}"


def pnc(year: int, check_letter: Callable[[int], str], rng: Random) -> str:
    serial = 1 + int(rng.random() * 9_999_998)
    return f"{year}/{serial:07d}{check_letter(int(f'{year % 100:02d}{serial:07d}'))}"


def cro(year: int, check_letter: Callable[[int], str], rng: Random) -> str:
    """A criminal records number: the standard kind, or one in twelve a file without prints."""
    short = year % 100
    serial = 1 + int(rng.random() * 499_998)
    if rng.random() < 1 / 12:
        return f"SF{short:02d}/{serial}{check_letter(int(f'{short:02d}{serial}'))}"
    return f"{serial:06d}/{short:02d}{check_letter(int(f'{short:02d}{serial:06d}'))}"
