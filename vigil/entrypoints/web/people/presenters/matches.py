"""The people who fit a question, in finished words; and what to say when nobody does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.incidents.queries import Counts

# A comparison of the model in the words of somebody who reads evidence.
FIELDS: Final[Mapping[str, str]] = {
    "born": "date of birth",
    "middle": "middle names",
    "email": "e-mail address",
    "pnc": "PNC number",
    "cro": "CRO number",
    "handles": "handle",
    "vehicle": "number plate",
    "home": "address",
}


# At or under so many bits somebody is shown to be ruled out, not because he fits.
UNLIKELY: Final = -3.0


def field_words(name: str) -> str:
    """A comparison of the model, as people call it."""
    return FIELDS.get(name, name.removeprefix("suspect_").replace("_", " "))


def agreed(bits: Mapping[str, float]) -> str:
    """What fits and what differs, strongest first: "Fits: name and phone. Differs: address."."""
    by_strength = sorted(bits.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    fits = [field_words(name) for name, value in by_strength if value > 0]
    differs = [field_words(name) for name, value in by_strength if value < 0]
    said = [f"Fits: {formats.listed(fits)}."] if fits else []
    return " ".join([*said, f"Differs: {formats.listed(differs)}."] if differs else said)


def likelihood(bits: float) -> str:
    """How likely it is the person asked for: "Very likely, about 160,000 to 1"."""
    odds = formats.odds(bits)
    if bits >= 10:
        return f"Very likely, {odds}"
    if bits >= 3:
        return f"Likely, {odds}"
    return f"Possible, {odds}" if bits > UNLIKELY else f"Unlikely, {odds}"


def heading(weights: Sequence[float], *, is_cut: bool) -> str:
    """How many people fit, and how many are there to be ruled out."""
    fits = sum(weight > UNLIKELY for weight in weights)
    rest = len(weights) - fits
    verb = "fits" if fits == 1 else "fit"
    said = f"{formats.count(fits, 'person', 'people')} {verb}" if fits else "Nobody fits well"
    if rest:
        said = f"{said}, {formats.commas(rest)} to rule out"
    if is_cut:
        return f"{said}. There are more: say more of him"
    return f"{said}. Which one?" if fits > 1 else said


def searched(counts: Counts) -> list[tuple[str, str]]:
    """What was searched, how new it is, and what was not."""
    newest = formats.day(counts.last_reported_on) if counts.last_reported_on else "none held"
    waiting = f"{formats.count(counts.in_quarantine, 'row')} waiting to be mended; "
    return [
        ("Searched", f"{formats.count(counts.reports, 'report')} of all forces that send them"),
        ("Newest report", newest),
        (
            "Not searched",
            f"{waiting if counts.in_quarantine else ''}Police National Computer; courts’ lists",
        ),
    ]


def closing(at: datetime) -> str:
    """Under every list of people who fit."""
    return (
        f"Searched at {formats.clock(at)}. A name that is missing here is not proof there is "
        "no order."
    )
