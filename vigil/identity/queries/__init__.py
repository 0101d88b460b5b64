"""The only readers of people for other rooms: who is it, what is known of him, and why.

Work lists and searches give references, counts and dates to a viewer; what is personal is
read inside a look that names the person. A victim is told apart, never named, here.
"""

from vigil.identity.engine.serial import Series
from vigil.identity.queries.people import (
    JudgementShown,
    LinkShown,
    PersonShown,
    Reported,
    current_reference,
    judgements_of,
    links_of,
    person,
    person_of_report,
    reports_of,
)
from vigil.identity.queries.sealed import hidden_from
from vigil.identity.queries.searching import Candidate, SearchTerms, search
from vigil.identity.queries.series import ReportFact, serial_facts, serial_reports

__all__ = [
    "Candidate",
    "JudgementShown",
    "LinkShown",
    "PersonShown",
    "ReportFact",
    "Reported",
    "SearchTerms",
    "Series",
    "current_reference",
    "hidden_from",
    "judgements_of",
    "links_of",
    "person",
    "person_of_report",
    "reports_of",
    "search",
    "serial_facts",
    "serial_reports",
]
