"""Who may it be? Candidates by shared keys, scored as the bulk scores pairs.

References and bits only: what a candidate is called is read inside a look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from vigil.access.viewer import Viewer
from vigil.identity.engine.finding import Scored, finder
from vigil.identity.models import Attribution, Frequency, Run, SearchKey
from vigil.identity.permissions import check_can_search
from vigil.identity.queries.sealed import hidden_from

# People whose reports are scored for one question, those who share the most keys first.
MOST_CANDIDATES = 200
_MOST_REPORTS = 1_000
# A key that more people share is looked under only as far as this: the others narrow it.
_MOST_UNDER_A_KEY = 400
# Candidates weaker than this many bits are not worth a reader's time.
WEAKEST_SHOWN = -12.0
# How much more a key says that few people share: four times as much for one as for ten.
_RARE_KEY = 52


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What is known of somebody, as typed; leave empty what is not known."""

    forename: str = ""
    middle: str = ""
    surname: str = ""
    aliases: str = ""
    born_on: str = ""
    sex: str = ""
    house: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    handles: str = ""
    vehicle: str = ""
    pnc: str = ""
    cro: str = ""

    def columns(self) -> dict[str, str]:
        """The terms that were given, by the feed's columns."""
        given = ((name, getattr(self, name).strip()) for name in self.__slots__)
        return {f"suspect_{name}": value for name, value in given if value}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the one asked for: how likely, and the bits of each comparison.

    `bits` names what had something to say, for or against; the values themselves are shown
    only inside a look. `report` is the report that fits best.
    """

    person: str
    weight: float
    probability: float
    bits: Mapping[str, float]
    report: str


def search(viewer: Viewer, terms: SearchTerms, *, on: date, most: int = 20) -> list[Candidate]:
    """Who may it be? The likeliest people first, across all agencies; references and bits only.

    No match is never "no risk": a man who was not reported, or under another name, is not
    found. Terms that say nothing (all empty, or "unknown") find nobody.

    Raises: NotAllowedError.
    """
    check_can_search(viewer)
    asked, keys = finder().clean(terms.columns(), this_year=on.year)
    people = _sharing(keys)
    rows = list(
        Attribution.objects.filter(person__in=people)
        .order_by("pk")
        .values_list("person_id", "person__reference", "report_reference", "cleaned")[
            :_MOST_REPORTS
        ]
    )
    counted = _frequencies(asked)
    scored = finder().score(
        asked,
        [cleaned for *_, cleaned in rows],
        frequencies=counted,
        reports=_reports_held(),
    )
    hidden = hidden_from(viewer)
    best: dict[str, Candidate] = {}
    for one in scored:
        _, reference, report, _ = rows[one.index]
        held = best.get(reference)
        if reference in hidden:
            continue
        if one.weight >= WEAKEST_SHOWN and (held is None or one.weight > held.weight):
            best[reference] = _candidate(reference, report, one)
    ranked = sorted(best.values(), key=lambda found: (-found.weight, found.person))
    return ranked[:most]


def _candidate(reference: str, report: str, scored: Scored) -> Candidate:
    return Candidate(reference, scored.weight, scored.probability, scored.bits, report)


def _sharing(keys: Sequence[int]) -> list[int]:
    """The people who share the most keys, rarer keys counting more."""
    shares: Counter[int] = Counter()
    for key in keys:
        under = list(
            SearchKey.objects.filter(key=key)
            .order_by("person_id")
            .values_list("person_id", flat=True)[:_MOST_UNDER_A_KEY]
        )
        for person in under:
            shares[person] += 1 + _RARE_KEY // (3 + len(under))
    ranked = sorted(shares.items(), key=lambda share: (-share[1], share[0]))
    return [person for person, _ in ranked[:MOST_CANDIDATES]]


def _frequencies(asked: Mapping[str, object]) -> dict[tuple[str, str], int]:
    wanted = Q(pk__in=[])
    for column, value in asked.items():
        if isinstance(value, str):
            wanted |= Q(column=column, value=value)
    rows = Frequency.objects.filter(wanted).values_list("column", "value", "reports")
    return {(column, value): reports for column, value, reports in rows}


def _reports_held() -> int:
    summary = (
        Run.objects.exclude(finished_at=None).order_by("-pk").values_list("summary", flat=True)
    ).first()
    return int(summary["counts"]["rows"]) if summary else 0
