"""Who does not exist for a viewer: people sealed to others, under every reference of theirs."""

from __future__ import annotations

from vigil.access.errors import NotFoundError
from vigil.access.queries import sealed_from
from vigil.access.viewer import Viewer
from vigil.identity.models import Person


def hidden_from(viewer: Viewer) -> frozenset[str]:
    """The references under which somebody is sealed from this viewer.

    A seal follows a person who became another: whoever he is now is sealed too.
    """
    hidden = set(sealed_from(viewer))
    newest = set(hidden)
    while newest:
        rows = Person.objects.filter(reference__in=newest, points_to__isnull=False)
        newest = set(rows.values_list("points_to__reference", flat=True)) - hidden
        hidden |= newest
    return frozenset(hidden)


def check_not_hidden(viewer: Viewer, reference: str) -> None:
    """Raises NotFoundError, as for nobody, when this person is sealed from the viewer."""
    if reference in hidden_from(viewer):
        raise NotFoundError
