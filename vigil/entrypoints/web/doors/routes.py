"""Every route's class: which roles it admits, and whether it needs a reason. Deny by default.

A page or an API operation carries its class by decorator; what Django or a library made is
classed by its route's name in `NAMED`. A route without a class is refused when the site
starts. Refuses to guess: there is no default class.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from vigil.access.permissions import EVERY_ROLE, NO_ROLE
from vigil.access.viewer import Role

View = TypeVar("View", bound=Callable[..., Any])
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class UnclassifiedRouteError(ImproperlyConfigured):
    """A route has no class. Put @route(roles=...) or @open_route on its view."""


@dataclass(frozen=True)
class RouteClass:
    """Who may come in. An open route admits also those who are not signed in."""

    roles: frozenset[Role]
    needs_reason: bool = False
    is_open: bool = False


OPEN = RouteClass(EVERY_ROLE, is_open=True)

# Routes that a library made, by the name that it gave them. The schema names no record.
NAMED: Mapping[str, RouteClass] = {
    "openapi-json": OPEN,
    "openapi-view": RouteClass(NO_ROLE),
    "api-root": RouteClass(NO_ROLE),
}


def route(*, roles: Iterable[Role], needs_reason: bool = False) -> Callable[[View], View]:
    """Class a view, or an API operation (put it directly on the function, under `@api.get`).

    `needs_reason`: it shows or searches personal data, so a reason must have been given.
    """
    given = RouteClass(frozenset(roles), needs_reason)

    def mark(view: View) -> View:
        view.route_class = given  # type: ignore[attr-defined]
        return view

    return mark


def open_route(view: View) -> View:
    """Class a view as open to those who are not signed in. It must show nothing of the record."""
    view.route_class = OPEN  # type: ignore[attr-defined]
    return view


def class_of(view: Callable[..., Any], method: str, name: str | None = None) -> RouteClass | None:
    """The class of a view for that method, or None: then nobody comes in."""
    own = getattr(view, "route_class", None)
    if isinstance(own, RouteClass):
        return own
    for operation in _operations(view):
        if method in operation.methods:
            found = getattr(operation.view_func, "route_class", None)
            return found if isinstance(found, RouteClass) else None
    return NAMED.get(name or "")


@dataclass(frozen=True)
class Route:
    """One address with one method, as the tests and the start-up check see it."""

    address: str
    name: str
    method: str
    view: Callable[..., Any]
    route_class: RouteClass | None
    converters: Mapping[str, Any]


def all_routes(urlconf: str | None = None) -> Iterator[Route]:
    """Every address of the site with every method that it answers."""
    for address, pattern in _patterns(get_resolver(urlconf).url_patterns, ""):
        operations = _operations(pattern.callback)
        methods = sorted({m for o in operations for m in o.methods}) or ["GET", "POST"]
        for method in methods:
            yield Route(
                address,
                pattern.name or "",
                method,
                pattern.callback,
                class_of(pattern.callback, method, pattern.name),
                pattern.pattern.converters,
            )


def check_all_classified(urlconf: str | None = None) -> None:
    """Raises UnclassifiedRouteError, naming them, when a route has no class."""
    bare = sorted(f"{r.method} /{r.address}" for r in all_routes(urlconf) if r.route_class is None)
    if bare:
        raise UnclassifiedRouteError(f"{UnclassifiedRouteError.__doc__} Found: {', '.join(bare)}")


def _patterns(
    entries: Iterable[URLPattern | URLResolver], before: str
) -> Iterator[tuple[str, URLPattern]]:
    for entry in entries:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry.url_patterns, address)
        else:
            yield address, entry


def _operations(view: Callable[..., Any]) -> list[Any]:
    """The operations of a django-ninja path. Its view is a closure over the path's own object."""
    if not inspect.isfunction(view):
        return []
    owner = inspect.getclosurevars(view).nonlocals.get("self")
    return list(getattr(owner, "operations", []))
