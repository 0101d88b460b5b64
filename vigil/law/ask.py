"""Asks the law: one question in, one answer with its authority out, or a named error.

The frame of every kind: which errors, in which order, and what each answer carries. The rules
themselves are in the modules that it calls. One bad question never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from vigil.law import questions
from vigil.law.breach import breach_consequence
from vigil.law.clocks import clock, in_london
from vigil.law.detention import Detention, Extension, Hold, detention_clock
from vigil.law.durations import NOT_ASKED
from vigil.law.errors import BadQuestionError, LawError
from vigil.law.facts import Regime
from vigil.law.notification import notification_duty
from vigil.law.period import Term, notification_period
from vigil.law.questions import Question
from vigil.law.recognition import Measure, recognition
from vigil.law.serial import SerialReport, is_serial
from vigil.law.validity import validity
from vigil.law.vocabulary import (
    APPLICANTS,
    BASES,
    CLOCKS,
    DISPOSALS,
    EVENTS,
    EXTENSIONS,
    RANKS,
    RISKS,
    SERIAL_DEFINITIONS,
)

Answer = dict[str, Any]

# No term that is told in months is longer; past it sums of dates make no sense.
LONGEST_TERM_MONTHS: Final = 1800


def answer(question: Mapping[str, Any]) -> Answer:
    """The answer to one question, with its `id`; a question that cannot be answered has `error`."""
    identifier = questions.identifier(question)
    try:
        if not isinstance(identifier, str):
            raise BadQuestionError("expected id to be a text, which the answer hands back")
        kind = questions.text(question, "ask", KINDS)
        return {"id": identifier, **KINDS[kind](question)}
    except LawError as problem:
        return {"id": identifier, "error": error_answer(problem)}


def answer_all(asked: Iterable[object]) -> Iterator[Answer]:
    """The answers to many questions, in order, each as soon as it is known."""
    for question in asked:
        yield answer(question) if isinstance(question, dict) else not_an_object()


def not_an_object() -> Answer:
    """The answer to what is no question at all."""
    problem = BadQuestionError("expected a JSON object with id and ask, found something else")
    return {"id": None, "error": error_answer(problem)}


def error_answer(problem: LawError) -> dict[str, str]:
    """An error in the words of the contract."""
    return {"code": problem.code, "message": str(problem)}


def _clock(question: Question) -> Answer:
    found = clock(
        questions.text(question, "clock", CLOCKS),
        questions.instant(question, "from_at"),
        jurisdiction=questions.jurisdiction(question),
        regime=questions.regime(question),
    )
    said: Answer = {"due_at": in_london(found.due_at)}
    if found.due_at_if_excluded is not None:
        said["due_at_if_excluded"] = in_london(found.due_at_if_excluded)
    return {**said, **found.ground.answer()}


def _notification(question: Question) -> Answer:
    instrument = questions.text(question, "instrument")
    event = questions.text(question, "event", EVENTS)
    on, made_on = _on_and_made_on(question)
    found = notification_duty(
        instrument,
        event,
        on,
        questions.regime(question),
        no_fixed_abode=event == "periodic" and questions.truth(question, "no_fixed_abode"),
        made_on=made_on,
        jurisdiction=questions.jurisdiction(question),
    )
    return {
        "last_day": found.last_day.isoformat() if found.last_day else None,
        "items": list(found.items),
        "offence": found.offence,
        **found.ground.answer(),
    }


def _breach(question: Question) -> Answer:
    on, made_on = _on_and_made_on(question)
    found = breach_consequence(
        questions.text(question, "instrument"),
        on,
        questions.regime(question),
        made_on=made_on,
        jurisdiction=questions.jurisdiction(question),
    )
    return {
        "nature": found.nature,
        "arrest": found.arrest,
        "court_within_hours": found.court_within_hours,
        "max_custody_months_summary": found.max_custody_months_summary,
        "max_custody_months_indictment": found.max_custody_months_indictment,
        "offence": found.offence,
        "contempt": found.contempt,
        **found.ground.answer(),
    }


def _on_and_made_on(question: Question) -> tuple[date, date | None]:
    on, made_on = questions.day(question, "on"), questions.day_or_none(question, "made_on")
    if made_on is not None and made_on > on:
        raise BadQuestionError("expected made_on to be on or before on, found a later day")
    return on, made_on


def _validity(question: Question) -> Answer:
    is_duration_asked = "last_day" in question
    found = validity(
        questions.text(question, "instrument"),
        questions.day(question, "made_on"),
        questions.regime(question),
        last_day=questions.day_or_none(question, "last_day") if is_duration_asked else NOT_ASKED,
        issuer_rank=questions.text_or_none(question, "issuer_rank", RANKS),
        applicant=questions.text_or_none(question, "applicant", APPLICANTS),
        subject_age=questions.whole_number_or_none(question, "subject_age", 0, 120),
        area=questions.text_or_none(question, "area"),
        jurisdiction=questions.jurisdiction(question),
    )
    return {
        "valid": found.is_valid,
        "problems": [
            {"code": problem.code, "message": problem.message} for problem in found.problems
        ],
        **found.ground.answer(),
    }


def _serial(question: Question) -> Answer:
    found = is_serial(
        questions.text(question, "definition", SERIAL_DEFINITIONS),
        questions.day(question, "on"),
        [_report(questions.row(each, "reports")) for each in questions.rows(question, "reports")],
        _links(question),
        questions.text_or_none(question, "risk_of_serious_harm", RISKS),
        jurisdiction=questions.jurisdiction(question),
    )
    questions.regime(question)  # read for its check: no definition differs under the proposals
    return {
        "serial": found.is_serial,
        "because": list(found.because),
        "victims": len(found.victims),
        "first_on": found.first_on.isoformat() if found.first_on else None,
        "last_on": found.last_on.isoformat() if found.last_on else None,
        **found.ground.answer(),
    }


def _recognition(question: Question) -> Answer:
    on = questions.day(question, "on")
    found = recognition(
        Measure(
            measure=questions.text(question, "measure"),
            origin=questions.text(question, "from"),
            destination=questions.text(question, "to"),
            on=on,
            received_on=questions.day_or_none(question, "received_on") or on,
            certificate_issued_on=questions.day_or_none(question, "certificate_issued_on"),
            last_day=questions.day_or_none(question, "measure_last_day"),
        ),
        questions.regime(question),
    )
    last_day = found.effect_last_day
    return {
        "recognised": found.is_recognised,
        "enforceable_as": found.enforceable_as,
        "effect_last_day": last_day.isoformat() if last_day else None,
        "refusal_grounds": list(found.refusal_grounds),
        **found.ground.answer(),
    }


def _period(question: Question) -> Answer:
    relevant_on = questions.day(question, "relevant_on")
    notified_on = questions.day_or_none(question, "notified_on")
    if notified_on is not None and notified_on < relevant_on:
        raise BadQuestionError("expected notified_on on or after relevant_on, found an earlier day")
    disposal = questions.text(question, "disposal", DISPOSALS)
    found = notification_period(
        disposal,
        relevant_on,
        age=questions.whole_number(question, "age", 0, 120),
        term=_term(question),
        notified_on=notified_on,
        jurisdiction=questions.jurisdiction(question),
    )
    questions.regime(question)  # read for its check: no period differs under the proposals
    last_day = found.last_day.isoformat() if found.last_day else None
    if found.is_indefinite:
        review = found.review_from_on.isoformat() if found.review_from_on else None
        said: Answer = {"period": {"kind": "indefinite"}, "last_day": None}
        return {**said, "review_from_on": review, **found.ground.answer()}
    length = {"months": found.months} if found.days is None else {"days": found.days}
    return {"period": {"kind": "fixed", **length}, "last_day": last_day, **found.ground.answer()}


def _term(question: Question) -> Term:
    months = questions.whole_number_or_none(question, "months", 1, LONGEST_TERM_MONTHS)
    days = questions.whole_number_or_none(question, "days", 1, LONGEST_TERM_MONTHS * 31)
    if months is not None and days is not None:
        raise BadQuestionError("expected days or months, found both")
    return Term(months, days)


def _detention(question: Question) -> Answer:
    regime = questions.regime(question)
    found = detention_clock(
        Detention(
            relevant_at=questions.instant(question, "relevant_at"),
            authorised_at=questions.instant(question, "authorised_at"),
            now=questions.instant(question, "now"),
            is_indictable=questions.truth(question, "indictable"),
            reviews_done_at=questions.instants(question, "reviews_done_at"),
            pauses=_pauses(question),
            extensions=[
                _extension(questions.row(each, "extensions"))
                for each in questions.rows_or_none(question, "extensions")
            ],
            hold=_hold(question) if regime is Regime.PALADIN else None,
        ),
        regime,
        jurisdiction=questions.jurisdiction(question),
    )
    next_due = found.next_review_due_at
    return {
        "next_review_due_at": in_london(next_due) if next_due else None,
        "reviews_due_at": [in_london(due) for due in found.reviews_due_at],
        "detain_until_at": in_london(found.detain_until_at),
        "elapsed_minutes": found.elapsed_minutes,
        "problems": [
            {"code": problem.code, "message": problem.message} for problem in found.problems
        ],
        **found.ground.answer(),
    }


def _pauses(question: Question) -> list[tuple[datetime, datetime]]:
    pauses = []
    for pair in questions.rows_or_none(question, "pauses"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise BadQuestionError("expected each of pauses to be a pair of instants")
        ends = {"from_at": pair[0], "to_at": pair[1]}
        pauses.append((questions.instant(ends, "from_at"), questions.instant(ends, "to_at")))
    return pauses


def _extension(each: Question) -> Extension:
    return Extension(
        questions.text(each, "kind", EXTENSIONS),
        questions.instant(each, "at"),
        questions.whole_number(each, "hours", 1, 1000),
    )


def _hold(question: Question) -> Hold | None:
    if question.get("hold") is None:
        return None
    each = questions.row(question["hold"], "hold")
    return Hold(
        questions.instant(each, "notice_served_at"),
        questions.text(each, "authorised_by_rank", RANKS),
    )


def _report(each: Question) -> SerialReport:
    return SerialReport(
        occurred_on=questions.day(each, "occurred_on"),
        victim=questions.text(each, "victim"),
        basis=questions.text(each, "basis", BASES),
        domestic=questions.truth(each, "domestic"),
        stalking=questions.truth(each, "stalking"),
        suspect_age=questions.whole_number(each, "suspect_age", 0, 120),
        offence=questions.text_or_none(each, "offence"),
    )


def _links(question: Question) -> list[tuple[str, str]]:
    links = []
    for pair in questions.rows_or_none(question, "victim_links"):
        if not isinstance(pair, list) or [type(each) for each in pair] != [str, str]:
            raise BadQuestionError("expected each of victim_links to be a pair of two texts")
        links.append((pair[0], pair[1]))
    return links


KINDS: Final[Mapping[str, Callable[[Question], Answer]]] = {
    "clock": _clock,
    "notification": _notification,
    "breach": _breach,
    "validity": _validity,
    "period": _period,
    "detention": _detention,
    "serial": _serial,
    "recognition": _recognition,
}
