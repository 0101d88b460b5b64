"""Asks at the doorstep: one question in the words of the contract, one answer or a named error.

Reads strictly and refuses what is missing or ill-typed; fields that the contract does not name are
ignored. Needs no record: the question brings its orders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vigil.law import questions
from vigil.law.ask import error_answer, not_an_object
from vigil.law.errors import BadQuestionError, LawError
from vigil.orders.doorstep.facts import Act, Answer, BoundOrder, Change, NamedClause, Place
from vigil.orders.doorstep.judge import judge
from vigil.orders.doorstep.reading import Fields, metres, position
from vigil.orders.doorstep.words import ACTS, CHANGES, MEANS
from vigil.orders.rules import Clause

_SETTING = frozenset({"varied", "extended"})
_OF_A_CHANGE = frozenset({"new_address", "new_name"})


def answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one question, with its `id`; a question that cannot be answered has `error`."""
    identifier = questions.identifier(question)
    try:
        if not isinstance(identifier, str):
            raise BadQuestionError("expected id to be a text, which the answer hands back")
        orders = [
            read_order(questions.row(each, "orders")) for each in questions.rows(question, "orders")
        ]
        found = judge(
            at=questions.instant(question, "at"),
            act=read_act(questions.row(question.get("act"), "act")),
            orders=orders,
            regime=questions.regime(question),
        )
        return {"id": identifier, **say(found, _numbers(question))}
    except LawError as problem:
        return {"id": identifier, "error": error_answer(problem)}


def answer_all(asked: Iterable[object]) -> Iterator[dict[str, Any]]:
    """The answers to many questions, in order, each as soon as it is known."""
    for question in asked:
        yield answer(question) if isinstance(question, dict) else not_an_object()


def say(found: Answer, numbers: Mapping[NamedClause, Any] | None = None) -> dict[str, Any]:
    """The answer in the words of the contract.

    `numbers`: how the question wrote a clause's number, where that was no text.
    """
    numbers = numbers or {}
    return {
        "verdict": found.verdict.value,
        "clauses": [
            {"ref": each.ref, "clause": numbers.get(each, each.clause)} for each in found.clauses
        ],
        "because": list(found.because),
        "missing": [each.value for each in found.missing],
        "nature": found.nature,
        "arrest": found.arrest,
        "offence": found.offence,
        **found.ground.answer(),
    }


def read_act(fields: Fields) -> Act:
    """The act of a question. Raises: BadQuestionError."""
    kind = questions.text(fields, "kind", ACTS)
    is_change = kind in _OF_A_CHANGE
    place = fields.get("place")
    consented = fields.get("consented") is not None and questions.truth(fields, "consented")
    return Act(
        by=questions.text(fields, "by"),
        kind=kind,
        towards=questions.text_or_none(fields, "towards"),
        means=questions.text_or_none(fields, "means", MEANS),
        place=None if place is None else read_place(questions.row(place, "place")),
        consented=consented,
        changed_on=questions.day(fields, "changed_on") if is_change else None,
        notified_on=questions.day_or_none(fields, "notified_on") if is_change else None,
    )


def read_place(fields: Fields) -> Place:
    """The place of an act: a position, an address, or both. Raises: BadQuestionError."""
    found, ref = position(fields), questions.text_or_none(fields, "address_ref")
    if found is None and ref is None:
        raise BadQuestionError("expected place with lat and lon or an address_ref, found neither")
    is_given = fields.get("accuracy_metres") is not None
    lat, lon = found or (None, None)
    return Place(lat, lon, metres(fields, "accuracy_metres") if is_given else None, ref)


def read_order(fields: Fields) -> BoundOrder:
    """An order of a question, as it was made and with what happened since.

    Raises: BadQuestionError.
    """
    notice = fields.get("without_notice")
    made_at, served_at, known_at = (
        _instant_or_none(fields, each)
        for each in ("made_at", "served_at", "known_to_respondent_at")
    )
    return BoundOrder(
        ref=questions.text(fields, "ref"),
        instrument=questions.text(fields, "instrument"),
        jurisdiction=questions.jurisdiction(fields),
        respondent=questions.text(fields, "respondent"),
        protected=tuple(
            questions.text({"protected": each}, "protected")
            for each in questions.rows(fields, "protected")
        ),
        made_on=questions.day(fields, "made_on"),
        made_at=made_at,
        served_at=served_at,
        known_to_respondent_at=known_at,
        without_notice=None if notice is None else questions.truth(fields, "without_notice"),
        last_day=questions.day_or_none(fields, "last_day"),
        changes=tuple(
            _change(questions.row(each, "events"))
            for each in questions.rows_or_none(fields, "events")
        ),
        clauses=_clauses(fields),
    )


def _change(fields: Fields) -> Change:
    kind = questions.text(fields, "kind", CHANGES)
    at, until_at = questions.instant(fields, "at"), None
    sets_last_day, clauses = False, None
    if kind in _SETTING:
        sets_last_day = "last_day" in fields
        clauses = None if fields.get("conditions") is None else _clauses(fields)
        if clauses is None and not sets_last_day:
            raise BadQuestionError(f"expected conditions or last_day of {kind}, found neither")
    if kind == "suspended":
        until_at = _instant_or_none(fields, "until_at")
        if until_at is not None and until_at < at:
            raise BadQuestionError("expected until_at on or after at, found an earlier instant")
    return Change(
        kind=kind,
        at=at,
        clauses=clauses,
        last_day=questions.day_or_none(fields, "last_day") if sets_last_day else None,
        sets_last_day=sets_last_day,
        until_at=until_at,
    )


def _clauses(fields: Fields) -> tuple[Clause, ...]:
    return tuple(
        _clause(questions.row(each, "conditions")) for each in questions.rows(fields, "conditions")
    )


def _clause(fields: Fields) -> Clause:
    number = fields.get("clause")
    if isinstance(number, int) and not isinstance(number, bool):
        number = str(number)
    if not isinstance(number, str) or not number:
        raise BadQuestionError("expected clause to be its number in the order")
    rule = questions.row(fields.get("rule"), "rule")
    return Clause(number, questions.text(fields, "text"), rule)


def _numbers(question: Mapping[str, Any]) -> dict[NamedClause, Any]:
    """How the question wrote each clause's number, where it was a number and no text.

    Call it once the question has been read: whatever is looked at here was checked there.
    """
    return {
        NamedClause(order["ref"], str(each["clause"])): each["clause"]
        for order in question["orders"]
        for holder in (order, *filter(_may_set_clauses, order.get("events") or ()))
        for each in holder.get("conditions") or ()
        if isinstance(each["clause"], int)
    }


def _may_set_clauses(event: Fields) -> bool:
    return event["kind"] in _SETTING


def _instant_or_none(fields: Fields, field: str) -> Any:
    return None if fields.get(field) is None else questions.instant(fields, field)
