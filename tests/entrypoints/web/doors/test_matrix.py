"""Role by route: every cell of the matrix, generated from the routes themselves.

A new page or operation is covered the moment it is classed, and refused until it is.
"""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.web.doors.middleware import DoorkeeperMiddleware
from vigil.entrypoints.web.doors.routes import Route, all_routes, check_all_classified
from vigil.entrypoints.web.kit.frame import Frame

OTHER = "tests.entrypoints.web.doors.other_site"
SAMPLES = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000", "path": "a", "str": "a"}
WHO: list[Role | None] = [None, *Role]


def _cells() -> list[tuple[str | None, Route]]:
    return [(urlconf, r) for urlconf in (None, OTHER) for r in all_routes(urlconf)]


def _name(value: object) -> str:
    if isinstance(value, Route):
        return f"{value.method} /{value.address}"
    return str(value or "nobody" if not isinstance(value, Role) else value.value)


def _address(given: Route) -> str:
    address = given.address
    for name, converter in given.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().removeprefix("string")
        sample = SAMPLES.get(kind or "str", "a")
        for shape in (f"<{kind}:{name}>", f"<str:{name}>", f"<{name}>", f"<slug:{name}>"):
            address = address.replace(shape, sample)
    return "/" + address


def _expected(given: Route, role: Role | None, *, has_reason: bool, is_api: bool) -> object:
    """The policy, said a second time: written from the class of the route, not from the doors."""
    assert given.route_class is not None
    if given.route_class.is_open:
        return "in"
    if role is None:
        return HTTPStatus.UNAUTHORIZED if is_api else "/sign-in/"
    if role not in given.route_class.roles:
        return HTTPStatus.FORBIDDEN
    if given.route_class.needs_reason and not has_reason:
        return HTTPStatus.BAD_REQUEST if is_api else "/reason/"
    return "in"


@pytest.fixture(scope="module")
def doorkeeper() -> DoorkeeperMiddleware:
    def never(request: object) -> object:
        raise AssertionError("the matrix asks the doors only")

    return DoorkeeperMiddleware(never)  # type: ignore[arg-type]


@pytest.mark.parametrize("has_reason", [True, False], ids=["with a reason", "without"])
@pytest.mark.parametrize("role", WHO, ids=_name)
@pytest.mark.parametrize(("urlconf", "given"), _cells(), ids=_name)
def test_a_route_admits_its_roles_and_nobody_else(
    doorkeeper: DoorkeeperMiddleware,
    urlconf: str | None,
    given: Route,
    role: Role | None,
    has_reason: bool,
) -> None:
    address = _address(given)
    request = RequestFactory().generic(given.method, address)
    because = "incident 0212" if has_reason else ""
    viewer = Viewer("alice", "Alice", "10", role, because) if role else None
    request.viewer = viewer  # type: ignore[attr-defined]
    request.frame = Frame()  # type: ignore[attr-defined]
    request.session = SessionStore()
    try:
        request.resolver_match = resolve(address, urlconf)
    except Resolver404:
        pytest.fail(f"no sample fits the address {given.address}; add one to SAMPLES")
    found = doorkeeper.process_view(request, given.view, (), {})
    expected = _expected(given, role, has_reason=has_reason, is_api=address.startswith("/api/"))
    if found is None:
        assert expected == "in"
    elif found.status_code == HTTPStatus.FOUND:
        assert found["Location"].split("?")[0] == expected
    else:
        assert found.status_code == expected


def test_every_route_of_the_site_is_classed() -> None:
    check_all_classified()
    assert len(list(all_routes())) > 5
