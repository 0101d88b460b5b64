"""Is the register, under a regime on a day, a police record only, or does it carry duties?

Under the law in force no Act makes a register: it is a police record whose period is a review
date. Only the proposed regime gives it duties, and then the ground says that it is proposed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vigil.law.facts import Ground, Regime
from vigil.law.loading import law


@dataclass(frozen=True, slots=True)
class RegisterFramework:
    """What an entry on the register is: `kind` is `police_record` or `duties`."""

    kind: str
    carries_duties: bool
    ground: Ground


def register_framework(regime: Regime | str, on: date) -> RegisterFramework:
    """Whether an entry on the register carries duties of the subject on a day.

    Raises:
        MissingLawError: the day is before the first for which the law's data says it.
        ValueError: the regime is not known.
    """
    stated = law(Regime(regime)).get("REGISTER_FRAMEWORK", "framework", on=on, jurisdiction="EW")
    kind = str(stated.value)
    return RegisterFramework(kind, kind == "duties", Ground((stated,)))
