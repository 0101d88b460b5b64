"""What may a term of an order be, and what must the order contain?

In kinds of rule (the doorstep's words), which the order's draft is held against. Refuses to judge
a term's words, whether it is needed, or whether the closed list's own conditions (that he lives
with her, say) are met: those stand in `text`, for a person to read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vigil.law.binding import check_in_force, check_known
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import law


@dataclass(frozen=True, slots=True)
class Content:
    """What the law lets an instrument contain on a day.

    `kinds`: the kinds of rule that a term of it may have. `must_hold`: of these kinds one term at
    least must be there (empty: nothing must be there). `needs_supervisor`: a positive requirement
    needs a named supervisor. `may_monitor`: electronically; None where the law's data is silent.
    `text`: the same in plain words.
    """

    kinds: frozenset[str]
    must_hold: frozenset[str]
    needs_supervisor: bool
    may_monitor: bool | None
    text: str
    ground: Ground

    def not_allowed(self, kinds: Collection[str]) -> frozenset[str]:
        """Those of the kinds that no term of it may have."""
        return frozenset(kinds) - self.kinds

    def lacks(self, kinds: Collection[str]) -> frozenset[str]:
        """The kinds of which one is missing; empty where the order holds what it must."""
        return frozenset() if self.must_hold & frozenset(kinds) else self.must_hold


def content(
    instrument: str,
    on: date,
    regime: Regime | str = Regime.IN_FORCE,
    *,
    jurisdiction: str = "EW",
    made_on: date | None = None,
) -> Content:
    """What an instrument may contain on `on`, where it was made on `made_on` (default: `on`).

    Raises:
        UnknownInstrumentError: the code is not known under the regime.
        NotInForceError: it was not in force on that day, or could not be made on `made_on`.
        MissingLawError: the data does not say what a term of it may be.
    """
    regime = Regime(regime)
    check_known(instrument, regime)
    in_force = check_in_force(
        instrument, on=on, jurisdiction=jurisdiction, regime=regime, made_on=made_on
    )
    facts = law(regime)

    def find(what: str) -> Fact | None:
        return facts.find(instrument, what, on=on, jurisdiction=jurisdiction, made_on=made_on)

    may_hold = facts.get(instrument, "may_hold", on=on, jurisdiction=jurisdiction, made_on=made_on)
    said = facts.get(instrument, "content_text", on=on, jurisdiction=jurisdiction, made_on=made_on)
    must_hold, supervisor, monitoring = (
        find("must_hold"),
        find("needs_supervisor"),
        find("may_monitor"),
    )
    found = (may_hold, said, must_hold, supervisor, monitoring)
    return Content(
        kinds=frozenset(may_hold.codes),
        must_hold=frozenset(must_hold.codes) if must_hold else frozenset(),
        needs_supervisor=supervisor is not None and supervisor.value is True,
        may_monitor=None if monitoring is None else monitoring.value is True,
        text=said.text,
        ground=Ground((*(fact for fact in found if fact is not None), *in_force)),
    )
