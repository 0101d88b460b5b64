"""What goes wrong between a name that is said and a name that is typed.

Slips of the hand and of the scanner on a single word, drawn at random. Nothing here knows
what the word means, or how anybody will later try to undo the slip.
"""

from random import Random

_NEIGHBOURS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o",
    "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "xa",
}  # fmt: skip
_MISREAD = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "i"), ("i", "l"), ("vv", "w"), ("h", "b"),
    ("o", "0"), ("nn", "m"), ("e", "c"), ("u", "v"), ("ri", "n"), ("li", "h"),
)  # fmt: skip
_MISHEARD = (
    ("ph", "f"), ("ck", "k"), ("y", "ie"), ("ie", "y"), ("ee", "ea"), ("ea", "ee"), ("ll", "l"),
    ("l", "ll"), ("tt", "t"), ("t", "tt"), ("nn", "n"), ("n", "nn"), ("s", "z"), ("z", "s"),
    ("c", "k"), ("k", "c"), ("ei", "ie"), ("mp", "m"), ("er", "or"), ("en", "an"), ("a", "e"),
    ("x", "cks"), ("qu", "kw"), ("gh", "g"), ("th", "f"), ("wh", "w"), ("ss", "s"),
)  # fmt: skip


def slip(word: str, rng: Random) -> str:
    """The word with one slip; very short words are left alone."""
    if len(word) < 3:
        return word
    draw = rng.random()
    if draw < 0.34:
        return _swap_of(word, _MISHEARD, rng)
    if draw < 0.46:
        return _swap_of(word, _MISREAD, rng)
    return _typed(word, 1 + int(rng.random() * (len(word) - 1)), draw)


def _typed(word: str, at: int, draw: float) -> str:
    """A slip of the hand at one place: swapped, left out, doubled, or the key beside it."""
    before, letter, after = word[:at], word[at], word[at + 1 :]
    if draw < 0.60 and at == 1:
        return letter.upper() + before.lower() + after
    if draw < 0.60:
        return before[:-1] + letter + before[-1] + after
    if draw < 0.74:
        return before + after
    if draw < 0.84:
        return before + letter + letter + after
    near = _NEIGHBOURS.get(letter.lower(), "e")
    return before + near[int(draw * 1e6) % len(near)] + after


def _swap_of(word: str, pairs: tuple[tuple[str, str], ...], rng: Random) -> str:
    lowered = word.lower()
    start = int(rng.random() * len(pairs))
    for step in range(len(pairs)):
        old, new = pairs[(start + step) % len(pairs)]
        at = lowered.find(old, 1)
        if at > 0:
            return word[:at] + new + word[at + len(old) :]
    return word + word[-1]


def digit_slip(text: str, rng: Random) -> str:
    """A number with one digit mistyped, or two neighbours swapped; the rest untouched."""
    spots = [at for at, character in enumerate(text) if character.isdigit()]
    if len(spots) < 2:
        return text
    pick = int(rng.random() * (len(spots) - 1))
    at, after = spots[pick], spots[pick + 1]
    if rng.random() < 0.5 and text[at] != text[after] and after == at + 1:
        return text[:at] + text[after] + text[at] + text[after + 1 :]
    other = (int(text[at]) + 1 + int(rng.random() * 8)) % 10
    return f"{text[:at]}{other}{text[at + 1 :]}"
