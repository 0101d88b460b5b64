"""How long is a sentence of several terms, for the notification requirements?

Consecutive terms are added up; partly concurrent ones make X + Y - Z. Terms that are wholly
concurrent are not joined: each offence keeps its own, and the longest decides. Not checked: that
each offence is one that the Act lists, or how the court ordered the terms to run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vigil.law.binding import check_in_force
from vigil.law.errors import BadQuestionError
from vigil.law.facts import Ground, Regime
from vigil.law.loading import law
from vigil.law.period import Term


@dataclass(frozen=True, slots=True)
class CombinedTerm:
    """The term as which each of the offences is treated, and the rule that says so."""

    term: Term
    ground: Ground


def consecutive(terms: Sequence[Term], on: date, *, jurisdiction: str = "EW") -> CombinedTerm:
    """The sum of terms that run one after the other, from `on`.

    Months are added as months; where a term is told in days, the whole is counted in days.

    Raises:
        BadQuestionError: fewer than two terms, or one with no length.
        NotInForceError: the day is before the framework.

    Source: Sexual Offences Act 2003 s. 82(3)-(4)(a),
    https://www.legislation.gov.uk/ukpga/2003/42/section/82
    """
    if len(terms) < 2:
        raise BadQuestionError("expected two consecutive terms at least, found fewer")
    return _joined("SENTENCE_CONSECUTIVE", _total(terms, on), on, jurisdiction)


def partly_concurrent(
    first: Term, second: Term, overlap: Term, on: date, *, jurisdiction: str = "EW"
) -> CombinedTerm:
    """X + Y - Z: two terms that run together for `overlap`.

    Raises:
        BadQuestionError: a term with no length, or an overlap as long as one of the terms: then
            the terms are wholly concurrent, and this rule is not theirs.
        NotInForceError: the day is before the framework.

    Source: Sexual Offences Act 2003 s. 82(3)-(4)(b),
    https://www.legislation.gov.uk/ukpga/2003/42/section/82
    """
    if overlap.last_day(on) >= min(first.last_day(on), second.last_day(on)):
        raise BadQuestionError(
            "expected an overlap shorter than each of the terms: terms that are wholly concurrent "
            "are not joined, and the longest decides"
        )
    both = _total((first, second), on)
    if both.months is not None and overlap.months is not None:
        return _joined(
            "SENTENCE_PARTLY_CONCURRENT", Term(both.months - overlap.months), on, jurisdiction
        )
    days = _days(both, on) - _days(overlap, on)
    return _joined("SENTENCE_PARTLY_CONCURRENT", Term(days=days), on, jurisdiction)


def _total(terms: Sequence[Term], on: date) -> Term:
    months = [term.months for term in terms if term.months is not None]
    if len(months) == len(terms):
        return Term(sum(months))
    first_day = on
    for term in terms:
        first_day = term.last_day(first_day) + timedelta(days=1)
    return Term(days=(first_day - on).days)


def _days(term: Term, on: date) -> int:
    return (term.last_day(on) - on).days + 1


def _joined(of: str, term: Term, on: date, jurisdiction: str) -> CombinedTerm:
    check_in_force("SOA_PART_2", on=on, jurisdiction=jurisdiction, regime=Regime.IN_FORCE)
    rule = law().get(of, "rule", on=on, jurisdiction=jurisdiction)
    return CombinedTerm(term, Ground((rule,)))
