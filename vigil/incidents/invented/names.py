"""Names for people who do not exist.

Given names are ordinary ones. Surnames are put together from syllables chosen so that
the results read like surnames of their origin without being those that people commonly
bear: that keeps a chance meeting with a real perpetrator or victim away. Knows nothing of
how names are compared; that belongs to identity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from vigil.incidents.invented import given_names as given

HEAD_SLOTS = 32_768
GIVEN_SLOTS = 4_096
# Share of people whose surname comes from the Zipf head; the rest draw evenly from the
# whole table, which gives the long tail of rare names that a real country has.
HEAD_SHARE = 0.78


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of one origin: weighted tables to draw from, and how they are respelt."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    surname_head: tuple[str, ...]
    surnames: tuple[str, ...]
    respellings: tuple[tuple[str, str], ...]
    has_feminine_surnames: bool = False

    def given(self, sex: str, rng: Random) -> str:
        table = self.women if sex == "F" else self.men
        return table[int(rng.random() * len(table))]

    def surname(self, sex: str, rng: Random) -> str:
        drawn = rng.random()
        table = self.surname_head if drawn < HEAD_SHARE else self.surnames
        name = table[int(rng.random() * len(table))]
        return feminine(name) if self.has_feminine_surnames and sex == "F" else name


def feminine(surname: str) -> str:
    """The form that a woman of the family bears: -owski becomes -owska, -ov becomes -ova."""
    if surname.endswith("ski"):
        return surname[:-1] + "a"
    return surname + "a" if surname.endswith("ov") else surname


def respell(name: str, naming: Naming, rng: Random) -> str:
    """Another way in which the same name is carried over into English letters."""
    lowered = name.lower()
    found = [(old, new) for old, new in naming.respellings if old in lowered]
    if not found:
        return name
    old, new = found[int(rng.random() * len(found))]
    at = lowered.rindex(old)
    changed = lowered[:at] + new + lowered[at + len(old) :]
    return "-".join(part[:1].upper() + part[1:] for part in changed.split("-"))


def _weighted(names: Sequence[str], slots: int, exponent: float) -> tuple[str, ...]:
    """Each name as often as its rank deserves (Zipf), at least once while slots last."""
    weights = [1.0 / (rank + 2) ** exponent for rank in range(len(names))]
    unit = slots / sum(weights)
    table: list[str] = []
    for name, weight in zip(names, weights, strict=True):
        table.extend([name] * max(1, round(weight * unit)))
    return tuple(table)


def _joined(stems: tuple[str, ...], links: tuple[str, ...], endings: tuple[str, ...]) -> list[str]:
    return sorted({stem + link + end for stem in stems for link in links for end in endings})


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_BRITISH_STEMS = _words(
    """
    Brax Cald Dorv Elv Fenn Garv Hesk Ilm Jarv Kelf Lund Marv Nesk Orm Penk Quern Rusk Skel
    Thurl Ulv Varn Wend Yarl Zeld Brock Crag Drum Esk Frith Gorse Holm Ink Jessam Kest Lark
    Mard Nore Oak Pask Quill Rind Sorrel Tarn Umber Vell Whin Yaf Ather Bick Cress Dunn
    Ember Fosk Grim Hawk Ister Kemp Lorn Mistle Nettle Otter Pell Raven Stav Tans Wether
    Birk Clint Darn Eld Fell Gann Hurn Keld Lathe Merl Nidd Osk Pram Rook Sedge Thrush Wagg
    """
)
_BRITISH_LINKS = ("a", "e", "er", "en", "ing", "el")
_BRITISH_ENDINGS = _words(
    """
    ley ton ford by worth wick combe hurst den more field well gate shaw man son ham stead
    thorpe croft bury bourne ridge dale low mere tree cliffe
    """
)
_CELTIC_STEMS = _words("Mac Mc O' Fitz Kil Tre Pen Pol Gwyn Llan")
_CELTIC_MIDDLES = _words(
    """
    brann corv dall eagh farr garr hatt kinn lorc morv nevin quarr rann sorl tarv veagh
    """
)
_CELTIC_ENDINGS = _words("an ey ick agh en ie ly ane ar ow ock ith on ell igan oran anty eady")
_SOUTH_ASIAN_STEMS = _words(
    """
    Bharu Chanda Devra Govar Hansa Ishva Jaya Kalvi Lokha Manda Nagra Ojha Parva Raghu
    Sandha Tarka Udaya Varsha Yashi Bhanu Dhara Ghanda Kulva Mohra Surva Thanda
    """
)
_SOUTH_ASIAN_LINKS = ("", "n", "r", "l", "sh", "th")
_SOUTH_ASIAN_ENDINGS = _words(
    """
    kar war nath dev esh anta pur wala dhar jee mani van appa iyan eth ot
    """
)
_MUSLIM_STEMS = _words(
    """
    Zahr Qamb Rush Tahl Basr Farq Ghul Hamr Jald Khur Labn Musk Naqv Raz Safr Shahb Tawq Umr
    Wahb Yazd Zul Dawr Sibt Khash
    """
)
_MUSLIM_LINKS = ("", "a", "i", "ou", "aw")
_MUSLIM_ENDINGS = _words("ani uddin ullah awi oun eri azi ishi omi ahmed ari din loo wala zada")
_SLAVIC_STEMS = _words(
    """
    Brzoz Chmur Dombr Gward Jawor Kostr Lipn Modrz Niedzw Olsz Pszon Rogoz Sosn Topor Wierzb
    Zabr Kriv Medv Polt Vorod Yarem Hlad Stremb Karv
    """
)
_SLAVIC_LINKS = ("", "a", "in", "en")
_SLAVIC_ENDINGS = _words("owski ewski ak czyk enko ov chuk ic ek iak ewicz asz")
_AFRICAN_STEMS = _words(
    """
    Ade Olu Okon Nwa Chi Bami Aku Ose Mensa Boa Owu Ama Dube Tem Moyo Eze Ike Ogu Afo Kwar
    """
)
_AFRICAN_LINKS = ("", "ra", "le", "ni", "to", "ku")
_AFRICAN_ENDINGS = _words(
    """
    bayo femi tunde wale kwe nna mba teng ko du chukwu joba dele sola nji ebi ana
    """
)
_CHINESE_STEMS = _words("Q X Zh Sh Ch L W Y H F T J K M N B D G R S")
_CHINESE_LINKS = ("ua", "ia", "uo", "ie", "ao", "ei", "a", "e", "i", "u")
_CHINESE_ENDINGS = _words("n ng o i p k")

_MUSLIM_RESPELLINGS = (
    ("mohammed", "mohamed"), ("mohammed", "muhammad"), ("mohammed", "mohammad"),
    ("muhammad", "mohammed"), ("hussein", "hussain"), ("hussein", "husain"), ("ahmed", "ahmad"),
    ("yusuf", "yousef"), ("yusuf", "yousuf"), ("ou", "u"), ("q", "k"), ("aw", "au"), ("ee", "i"),
    ("uddin", "udin"), ("ullah", "ulla"), ("kh", "k"), ("zada", "zadeh"), ("i", "ee"),
    ("aisha", "ayesha"), ("fatima", "fatema"), ("maryam", "mariam"), ("layla", "leila"),
    ("omar", "umar"), ("ss", "s"),
)  # fmt: skip
_SLAVIC_RESPELLINGS = (
    ("w", "v"), ("cz", "ch"), ("sz", "sh"), ("rz", "zh"), ("ch", "h"), ("j", "y"), ("ck", "tsk"),
    ("ks", "x"), ("ei", "ey"), ("y", "i"), ("owsk", "ovsk"), ("enko", "yenko"), ("ic", "ich"),
)  # fmt: skip
_SOUTH_ASIAN_RESPELLINGS = (
    ("sh", "s"), ("v", "w"), ("w", "v"), ("ee", "i"), ("dh", "d"), ("bh", "b"), ("th", "t"),
    ("nth", "nt"), ("jee", "ji"), ("i", "ee"), ("u", "oo"),
)  # fmt: skip
_OTHER_RESPELLINGS = (
    ("x", "hs"),
    ("zh", "ch"),
    ("q", "ch"),
    ("ou", "ow"),
    ("u", "oo"),
    ("kw", "qu"),
)
_CELTIC_RESPELLINGS = (("mac", "mc"), ("mc", "mac"), ("o'", "o"), ("agh", "augh"), ("ey", "y"))
_BRITISH_RESPELLINGS = (
    ("ley", "ly"), ("ley", "leigh"), ("ck", "k"), ("ll", "l"), ("y", "ey"), ("combe", "coomb"),
    ("thorpe", "thorp"), ("cliffe", "cliff"), ("by", "bie"), ("tt", "t"), ("ph", "f"),
)  # fmt: skip

# origin: share of people. Invented, roughly the mix of a large English town.
ORIGIN_SHARES = {
    "british": 0.735, "celtic": 0.08, "south_asian": 0.05, "muslim": 0.065, "slavic": 0.035,
    "african": 0.025, "chinese": 0.01,
}  # fmt: skip


Names = tuple[str, ...]
Pairs = tuple[tuple[str, str], ...]

# origin: men's names, women's names, the parts of surnames, how names are respelt.
_SOURCES: dict[str, tuple[Names, Names, tuple[Names, Names, Names], Pairs]] = {
    "british": (
        given.BRITISH_MEN,
        given.BRITISH_WOMEN,
        (_BRITISH_STEMS, _BRITISH_LINKS, _BRITISH_ENDINGS),
        _BRITISH_RESPELLINGS,
    ),
    "celtic": (
        given.CELTIC_MEN + given.BRITISH_MEN[:60],
        given.CELTIC_WOMEN + given.BRITISH_WOMEN[:60],
        (_CELTIC_STEMS, _CELTIC_MIDDLES, _CELTIC_ENDINGS),
        _CELTIC_RESPELLINGS,
    ),
    "south_asian": (
        given.SOUTH_ASIAN_MEN,
        given.SOUTH_ASIAN_WOMEN,
        (_SOUTH_ASIAN_STEMS, _SOUTH_ASIAN_LINKS, _SOUTH_ASIAN_ENDINGS),
        _SOUTH_ASIAN_RESPELLINGS,
    ),
    "muslim": (
        given.MUSLIM_MEN,
        given.MUSLIM_WOMEN,
        (_MUSLIM_STEMS, _MUSLIM_LINKS, _MUSLIM_ENDINGS),
        _MUSLIM_RESPELLINGS,
    ),
    "slavic": (
        given.SLAVIC_MEN,
        given.SLAVIC_WOMEN,
        (_SLAVIC_STEMS, _SLAVIC_LINKS, _SLAVIC_ENDINGS),
        _SLAVIC_RESPELLINGS,
    ),
    "african": (
        given.AFRICAN_MEN,
        given.AFRICAN_WOMEN,
        (_AFRICAN_STEMS, _AFRICAN_LINKS, _AFRICAN_ENDINGS),
        _OTHER_RESPELLINGS,
    ),
    "chinese": (
        given.CHINESE_MEN,
        given.CHINESE_WOMEN,
        (_CHINESE_STEMS, _CHINESE_LINKS, _CHINESE_ENDINGS),
        _OTHER_RESPELLINGS,
    ),
}


def namings(rng: Random) -> dict[str, Naming]:
    """The tables of every origin; which surname is common is drawn from `rng`."""
    made: dict[str, Naming] = {}
    for origin, (men, women, parts, respellings) in _SOURCES.items():
        surnames = [_capitals(name) for name in _joined(*parts)]
        rng.shuffle(surnames)
        made[origin] = Naming(
            men=_weighted(men, GIVEN_SLOTS, 0.75),
            women=_weighted(women, GIVEN_SLOTS, 0.75),
            surname_head=_weighted(surnames[:4_000], HEAD_SLOTS, 0.75),
            surnames=tuple(surnames),
            respellings=respellings,
            has_feminine_surnames=origin == "slavic",
        )
    return made


def _capitals(surname: str) -> str:
    """McBrannan and O'Farrar have a second capital."""
    if surname.startswith(("Mc", "O'")):
        return surname[:2] + surname[2:].title()
    return surname
