"""Our side of allauth: who may sign in, what is counted, what is written down.

allauth owns the form, the flow and (later) its second steps; this adapter holds the record:
no session without its ledger entry, no guess without its count. Refuses sign-up.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from vigil.access.actions import end_session, refuse_sign_in, sign_in
from vigil.access.errors import TooManyFailuresError
from vigil.access.queries import agency, is_sign_in_locked
from vigil.access.viewer import ANONYMOUS, Viewer
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors import session
from vigil.entrypoints.web.doors.frame import SESSION_AGENCY


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign in and out with their ledger entries."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name and the password do not go together.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs himself up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises TooManyFailuresError before the password is looked at."""
        username = str(credentials.get("username", ""))
        if is_sign_in_locked(username, address_of(request), at=now()):
            raise TooManyFailuresError

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The open account that these go with. A closed one is the same as none: no page of
        its own tells that the password was right."""
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if found is not None and not found.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it and write it down."""
        username = str(credentials.get("username", ""))
        refuse_sign_in(by=ANONYMOUS, at=now(), username=username, address=address_of(request))

    def login(self, request: HttpRequest, user: Any) -> None:
        """Write it down, then make the session: no entry, no session."""
        at = now()
        viewer: Viewer = user.viewer()
        sign_in(by=viewer, at=at, address=address_of(request))
        super().login(request, user)
        session.begin(request.session, at)
        request.session[SESSION_AGENCY] = agency(viewer.agency).name

    def logout(self, request: HttpRequest) -> None:
        """Write it down, then end the session."""
        viewer: Viewer = request.user.viewer()  # type: ignore[union-attr]
        end_session(by=viewer, at=now(), why="signed out")
        super().logout(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own messages are not shown: the page says what happened."""


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the web server saw it; no header can say otherwise."""
    return str(request.META.get("REMOTE_ADDR", ""))
