"""The record: keys point down, fields are classed, and nothing but an action writes."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.source import PACKAGE, ROOMS, calls, modules, name_of

CLASSES = {"public", "personal", "protected"}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "delete",
}
RAW_WRITES = ("INSERT ", "UPDATE ", "DELETE ", "COPY ")
# Modules that may write: the actions, and what stands under them.
WRITERS = {
    "vigil.ledger.action",
    "vigil.ledger.sealing",
}


def own_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("vigil.")]


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m._meta.label)
def test_foreign_keys_point_down_and_nothing_points_back_up(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey) or field.model is not model:
            continue
        target = field.related_model
        if not isinstance(target, str) and target.__module__.startswith("vigil."):
            assert ROOMS.index(room_of(model)) <= ROOMS.index(room_of(target)), field
            assert field.remote_field.related_name == "+", f"{field}: related_name must be '+'"


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m._meta.label)
def test_every_field_is_classed(model: type[models.Model]) -> None:
    classed: dict[str, str] = model.FIELD_CLASS  # type: ignore[attr-defined]
    fields = {f.name for f in (*model._meta.local_fields, *model._meta.local_many_to_many)}
    inherited = {f.name for f in (*model._meta.fields, *model._meta.many_to_many)}
    assert set(classed) in (fields, inherited)
    assert set(classed.values()) <= CLASSES


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m._meta.label)
def test_every_constraint_has_a_sentence_for_the_user(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        sentence = str(constraint.violation_error_message or "")
        assert sentence.endswith("."), constraint.name
        assert sentence != str(constraint.default_violation_error_message), constraint.name


def action_modules() -> list[str]:
    names = [name_of(p) for p in modules()]
    return [n for n in names if n.split(".")[-1] == "actions" or ".actions." in n]


def actions() -> list[Callable[..., Any]]:
    found: list[Callable[..., Any]] = []
    for name in action_modules():
        module = importlib.import_module(name)
        found += [
            member
            for _, member in inspect.getmembers(module, inspect.isfunction)
            if member.__module__ == name and getattr(member, "is_action", False)
        ]
    return found


def test_there_are_actions() -> None:
    assert len(actions()) > 15


@pytest.mark.parametrize("act", actions(), ids=lambda a: f"{a.__module__}.{a.__name__}")
def test_an_action_takes_keywords_only_with_by_and_at(act: Callable[..., Any]) -> None:
    parameters = inspect.signature(act).parameters
    assert {"by", "at"} <= parameters.keys()
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    assert inspect.getdoc(act), "an action says what it does and what it raises"


def _queryset_update(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr != "update":
        return False
    text = ast.unparse(function.value)
    return ".objects" in text or ".filter(" in text


def _writes(path: Path) -> list[str]:
    found = []
    for call in calls(path):
        function = call.func
        if isinstance(function, ast.Attribute):
            text = ast.unparse(function.value)
            if function.attr in WRITES and (".objects" in text or function.attr == "save"):
                found.append(f"{name_of(path)}:{call.lineno} {function.attr}")
            elif function.attr in {"execute", "executemany", "copy"} and call.args:
                sql = ast.unparse(call.args[0]).upper()
                if any(word in sql for word in RAW_WRITES):
                    found.append(f"{name_of(path)}:{call.lineno} {function.attr}")
        if _queryset_update(call):
            found.append(f"{name_of(path)}:{call.lineno} update")
    return found


def test_nothing_but_an_action_writes_a_row() -> None:
    allowed = {*action_modules(), *WRITERS}
    # The linkage engine writes files of its own through DuckDB, and never opens the record.
    checked = [p for p in modules() if not name_of(p).startswith("vigil.identity.engine")]
    found = [w for p in checked if name_of(p) not in allowed for w in _writes(p)]
    assert found == []


def test_rules_take_facts_and_hold_no_record() -> None:
    for path in PACKAGE.rglob("rules.py"):
        text = path.read_text()
        assert "django" not in text, path
        assert "models" not in {
            n.name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.alias)
        }
