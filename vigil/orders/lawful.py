"""May such an order be made? Asks the law room, and says no with the provision.

Refuses to guess: what was not told is not checked.
"""

from __future__ import annotations

from datetime import date

from vigil.law.durations import NOT_ASKED
from vigil.law.facts import Ground
from vigil.law.validity import validity
from vigil.law.vocabulary import APPLICANTS, JURISDICTIONS, RANKS
from vigil.orders.errors import BadTermsError, NotLawfulError
from vigil.orders.kinds import kind_of
from vigil.orders.rules import say_day


def check_lawful(
    *,
    instrument: str,
    jurisdiction: str,
    made_on: date,
    last_day: date | None,
    issuer_rank: str | None,
    applicant: str | None,
    subject_age: int | None,
    area: str | None,
) -> None:
    """Raises NotLawfulError with every problem that the law room finds, and its provisions.

    A notice has no last day of its own, so its duration is not asked.
    """
    _check_known("rank", issuer_rank, RANKS)
    _check_known("applicant", applicant, APPLICANTS)
    _check_known("jurisdiction", jurisdiction, JURISDICTIONS)
    kind = kind_of(instrument)
    found = validity(
        instrument,
        made_on,
        last_day=NOT_ASKED if kind.is_notice else last_day,
        issuer_rank=issuer_rank,
        applicant=applicant,
        subject_age=subject_age,
        area=area,
        jurisdiction=jurisdiction,
    )
    if found.is_valid:
        return
    problems = " ".join(problem.message for problem in found.problems)
    raise NotLawfulError(
        f"expected a {kind.title.lower()} that could be made on {say_day(made_on)}, found: "
        f"{problems} ({cited(found.ground)})"
    )


def cited(ground: Ground) -> str:
    """The provisions of a ground in one line."""
    return "; ".join(f"{p.act}, {p.cite}" for p in ground.authority)


def _check_known(what: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise BadTermsError(f"expected the {what} to be one of {', '.join(known)}, found another")
