"""May such an order be made, changed, and hold such terms? Asks the law room, and says no with
the provision.

Refuses to guess: what was not told is not checked. A proposed instrument is refused where the
agency runs the law in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from vigil.law.content import content
from vigil.law.durations import NOT_ASKED
from vigil.law.facts import Fact, Ground, Provision, Regime
from vigil.law.months import last_day_of_period
from vigil.law.validity import Validity, validity
from vigil.law.vocabulary import APPLICANTS, JURISDICTIONS, RANKS
from vigil.orders.binding import cited as cited_fact
from vigil.orders.binding import regime_of, said
from vigil.orders.errors import BadTermsError, NotLawfulError, ProposedError
from vigil.orders.kinds import Kind, kind_of
from vigil.orders.rules import Clause, say_day

# The rule kinds that oblige the respondent to do something, under a supervisor where the law
# asks for one. A duty to notify is owed to the police and needs none.
POSITIVE = frozenset({"attend"})
MONITORED = "wear_tag"


def check_regime(instrument: str, regime: Regime | str) -> None:
    """Raises ProposedError for a proposed instrument where the law in force is run."""
    kind = kind_of(instrument)
    if kind.is_proposed and Regime(regime) is not Regime.PALADIN:
        raise ProposedError(
            f"expected an instrument that is law, found a {_lower(kind)}: it is proposed, not "
            "law; only an agency that runs the regime paladin may try it"
        )


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
    check_known("rank", issuer_rank, RANKS)
    check_known("applicant", applicant, APPLICANTS)
    check_known("jurisdiction", jurisdiction, JURISDICTIONS)
    kind = kind_of(instrument)
    _check_valid(
        validity(
            instrument,
            made_on,
            regime_of(instrument),
            last_day=NOT_ASKED if kind.is_notice else last_day,
            issuer_rank=issuer_rank,
            applicant=applicant,
            subject_age=subject_age,
            area=area,
            jurisdiction=jurisdiction,
        ),
        f"a {_lower(kind)} that could be made on {say_day(made_on)}",
    )


def check_rank(
    *, instrument: str, jurisdiction: str, rank: str, authorised_on: date, area: str | None = None
) -> None:
    """Raises NotLawfulError where the law asks for a higher rank, or for no such order that day."""
    check_known("rank", rank, RANKS)
    kind = kind_of(instrument)
    _check_valid(
        validity(
            instrument,
            authorised_on,
            regime_of(instrument),
            issuer_rank=rank,
            area=area,
            jurisdiction=jurisdiction,
        ),
        f"a {_lower(kind)} that this rank could authorise on {say_day(authorised_on)}",
    )


def check_duration(
    *,
    instrument: str,
    jurisdiction: str,
    counted_from: date,
    last_day: date | None,
    may_be_short: bool = False,
) -> None:
    """Raises NotLawfulError for a new last day that is too late, or too soon where that matters.

    A variation is counted from the making; a renewal or an extension from its own day, and may
    be short: the shortest duration was served by the first term. Whether the instrument could
    still be made on that day is not asked: an order lawfully made goes on.
    """
    found = validity(
        instrument,
        counted_from,
        regime_of(instrument),
        last_day=last_day,
        jurisdiction=jurisdiction,
    )
    wanted = {"too_long"} if may_be_short else {"too_long", "too_short"}
    problems = tuple(problem for problem in found.problems if problem.code in wanted)
    if problems:
        until = say_day(last_day) if last_day else "further order"
        raise NotLawfulError(
            f"expected a {_lower(kind_of(instrument))} that may run from {say_day(counted_from)} "
            f"to {until}, found: {' '.join(p.message for p in problems)} ({cited(found.ground)})"
        )


def check_content(
    *,
    instrument: str,
    jurisdiction: str,
    clauses: Sequence[Clause],
    made_on: date,
    since: date | None = None,
    last_day: date | None = None,
) -> None:
    """Raises NotLawfulError for terms that the instrument may not hold, with the provision.

    The law is that of the making; `since` (default: the making) is the day from which these
    terms hold, and `last_day` the order's, by which a tag with no last day of its own is judged.
    """
    allowed = content(instrument, made_on, regime_of(instrument), jurisdiction=jurisdiction)
    kinds = [str(clause.rule.get("kind")) for clause in clauses]
    title, source = _lower(kind_of(instrument)), cited_first(allowed.ground)
    for clause, kind in zip(clauses, kinds, strict=True):
        if kind not in allowed.kinds:
            raise NotLawfulError(
                f"expected in a {title} only {_words(allowed.kinds)}, found {_word(kind)} in "
                f"clause {clause.clause.strip()} ({source})"
            )
        if kind in POSITIVE and allowed.needs_supervisor and not clause.rule.get("supervisor"):
            raise NotLawfulError(
                "expected a named supervisor of every positive requirement, found none in "
                f"clause {clause.clause.strip()}; name who is to supervise it "
                f"({_cite(instrument, 'needs_supervisor', made_on, jurisdiction) or source})"
            )
    missing = allowed.lacks(kinds)
    if missing:
        raise NotLawfulError(
            f"expected in a {title} one of {_words(missing)} at least, found none ({source})"
        )
    for clause in clauses:
        if clause.rule.get("kind") == MONITORED:
            longest = said(
                instrument, "monitoring_maximum_months", on=made_on, jurisdiction=jurisdiction
            )
            if longest is not None:
                _check_monitoring(clause, longest, since=since or made_on, last_day=last_day)


def _check_monitoring(clause: Clause, longest: Fact, *, since: date, last_day: date | None) -> None:
    own = clause.rule.get("last_day")
    until = date.fromisoformat(own) if isinstance(own, str) else last_day
    bound = last_day_of_period(since, longest.number)
    if until is None or until > bound:
        found = f"found {say_day(until)}" if until else "found none"
        raise NotLawfulError(
            f"expected a last day of electronic monitoring in clause {clause.clause.strip()}, "
            f"{say_day(bound)} or before ({longest.number} months), {found}"
            f"{cited_fact(longest)}"
        )


def _check_valid(found: Validity, expected: str) -> None:
    if found.is_valid:
        return
    problems = " ".join(problem.message for problem in found.problems)
    raise NotLawfulError(f"expected {expected}, found: {problems} ({cited(found.ground)})")


def cited(ground: Ground) -> str:
    """The provisions of a ground in one line."""
    return _in_one_line(ground.authority)


def cited_first(ground: Ground) -> str:
    """The first provision of a ground: the one that decides, where the others only support."""
    return _in_one_line(tuple(ground.authority)[:1])


def _in_one_line(authority: Iterable[Provision]) -> str:
    return "; ".join(f"{p.act}, {p.cite}" for p in authority)


def _cite(instrument: str, what: str, made_on: date, jurisdiction: str) -> str:
    fact = said(instrument, what, on=made_on, jurisdiction=jurisdiction)
    return f"{fact.provision.act}, {fact.provision.cite}" if fact else ""


def check_known(what: str, value: str | None, known: tuple[str, ...]) -> None:
    """Raises BadTermsError for a code that the law room does not know."""
    if value is not None and value not in known:
        raise BadTermsError(f"expected the {what} to be one of {', '.join(known)}, found another")


def _lower(kind: Kind) -> str:
    return f"{kind.title[:1].lower()}{kind.title[1:]}"


def _word(code: str) -> str:
    return code.replace("_", " ")


def _words(codes: Iterable[str]) -> str:
    return ", ".join(_word(code) for code in sorted(codes))
