"""Each verb of the register, for every role: those who may, and everybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vigil.access.errors import NotAllowedError
from vigil.access.viewer import Role, Viewer, worker_for
from vigil.register import permissions as p

Make = Callable[..., Viewer]
MAY = {
    (p.can_put_up, p.check_can_put_up): {Role.ANALYST, Role.COORDINATOR, Role.ADMINISTRATOR},
    (p.can_decide, p.check_can_decide): {Role.AUTHORISING_OFFICER},
    (p.can_see_candidates, p.check_can_see_candidates): {
        Role.ANALYST,
        Role.COORDINATOR,
        Role.OFFENDER_MANAGER,
        Role.AUTHORISING_OFFICER,
        Role.ADMINISTRATOR,
    },
    (p.can_see_standing, p.check_can_see_standing): set(Role) - {Role.ADVOCATE, Role.AUDITOR},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("pair", "may"), MAY.items())
def test_the_pair_agrees_for_every_role(
    viewer_factory: Make,
    pair: tuple[Callable[[Viewer], bool], Callable[[Viewer], None]],
    may: set[Role],
    role: Role,
) -> None:
    can, check = pair
    viewer = viewer_factory(role)
    assert can(viewer) is (role in may)
    if role in may:
        check(viewer)
    else:
        with pytest.raises(NotAllowedError):
            check(viewer)


@pytest.mark.parametrize("role", list(Role))
def test_an_owner_is_named_by_an_officer_or_coordinator_of_the_agency(
    viewer_factory: Make, role: Role
) -> None:
    may = role in {Role.AUTHORISING_OFFICER, Role.COORDINATOR}
    assert p.can_assign_owner(viewer_factory(role), "10") is may
    assert not p.can_assign_owner(viewer_factory(role), "11")
    with pytest.raises(NotAllowedError):
        p.check_can_assign_owner(viewer_factory(role), "11")


def test_the_worker_may_put_up_and_decides_nothing() -> None:
    worker = worker_for("10")
    assert p.can_put_up(worker)
    assert not p.can_decide(worker)
    assert not p.can_assign_owner(worker, "10")
