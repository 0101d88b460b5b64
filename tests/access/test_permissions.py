"""Roles and verbs: what is not in the table is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vigil.access.errors import NotAllowedError
from vigil.access.permissions import VERBS, can, can_in_agency, check_can, check_can_in_agency
from vigil.access.rules import FAILURE_LIMITS, is_locked, is_username
from vigil.access.viewer import ANONYMOUS, INSTALLER, Role, Viewer, worker_for

Viewers = Callable[..., Viewer]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", VERBS)
def test_a_role_may_do_what_its_table_says(viewer_factory: Viewers, role: Role, verb: str) -> None:
    viewer = viewer_factory(role)
    assert can(viewer, verb) is (role in VERBS[verb])
    if role in VERBS[verb]:
        check_can(viewer, verb)
    else:
        with pytest.raises(NotAllowedError, match="expected one of these roles"):
            check_can(viewer, verb)


def test_a_verb_that_nobody_put_in_the_table_is_for_nobody(viewer_factory: Viewers) -> None:
    with pytest.raises(NotAllowedError, match="nobody"):
        check_can(viewer_factory(Role.ADMINISTRATOR), "do as one likes")


@pytest.mark.parametrize("outsider", [ANONYMOUS, INSTALLER], ids=lambda o: o.username)
def test_who_has_no_account_may_do_nothing(outsider: object) -> None:
    assert not any(can(outsider, verb) for verb in VERBS)  # type: ignore[arg-type]


def test_an_agency_is_ones_own_or_not(viewer_factory: Viewers) -> None:
    viewer = viewer_factory(Role.ADMINISTRATOR, agency="10")
    assert can_in_agency(viewer, "open an account", "10")
    assert not can_in_agency(viewer, "open an account", "44")
    check_can_in_agency(viewer, "open an account", "10")
    with pytest.raises(NotAllowedError, match="agency 44"):
        check_can_in_agency(viewer, "open an account", "44")


@pytest.mark.parametrize("name", ["al", "alice", "a.b-c_9", "a" * 50])
def test_a_plain_user_name_will_do(name: str) -> None:
    assert is_username(name)


def test_nobody_can_be_taken_for_the_worker() -> None:
    assert not is_username(worker_for("10").username)


@pytest.mark.parametrize("kind", FAILURE_LIMITS)
def test_the_lock_falls_at_its_limit_and_not_before(kind: str) -> None:
    limit = FAILURE_LIMITS[kind]
    assert not is_locked({kind: limit - 1})
    assert is_locked({kind: limit})
    assert is_locked({kind: limit + 1})
    assert not is_locked({})
