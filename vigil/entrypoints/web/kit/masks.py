"""The bar that stands for a protected person or place, put wherever a sentence names the stand-in.

It draws stand-ins only. It cannot hide a name: what must not be seen is never handed to a page.
"""

import re

from markupsafe import Markup, escape

STAND_IN = re.compile(r"protected (?:person|place) \d+", re.IGNORECASE)
BAR = Markup('<span class="v-mask">{}</span>')


def masked(words: str) -> Markup:
    """The words with a bar under each "Protected person 1"; what a macro drew stays as it is."""
    if isinstance(words, Markup):
        return words
    drawn, start = Markup(), 0
    for found in STAND_IN.finditer(words):
        drawn += escape(words[start : found.start()]) + BAR.format(found[0])
        start = found.end()
    return drawn + escape(words[start:])
