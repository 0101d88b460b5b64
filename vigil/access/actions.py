"""Agencies, accounts and tokens: everything that changes them, each with its ledger entry.

Refuses to delete an account (it is closed, and its name stays taken), to keep a token or a
password in the clear, and to let anybody act above the roles.
"""

# ruff: noqa: ARG001 - every action takes `at`: its entry is stamped with it
from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from vigil.access.errors import AccountError, NotFoundError
from vigil.access.models import Agency, ApiToken, FailedSignIn, Installation, SealedRecord, User
from vigil.access.permissions import check_can, check_can_in_agency
from vigil.access.rules import DEFINITIONS, FAILURE_WINDOW, REGIMES, is_username
from vigil.access.viewer import INSTALLER, Outsider, Role, Viewer
from vigil.ledger.action import action, record

TOKEN_BYTES = 32
TOKEN_PREFIX = "vigil_"  # noqa: S105 - the beginning of every token, so that scanners find them


@action
def found_installation(
    *,
    by: Outsider,
    at: datetime,
    code: str,
    name: str,
    username: str,
    password: str,
    full_name: str = "",
) -> Viewer:
    """Make the first agency and its first administrator, once in an installation's life.

    Raises: AccountError when it is founded already, or a name or the password will not do.
    """
    if by != INSTALLER or User.objects.exists():
        raise AccountError(
            "expected an installation without accounts, found one that has them; "
            "ask an administrator to open the account"
        )
    try:
        with transaction.atomic():
            Installation.objects.create(pk=1, founded_at=at)
    except IntegrityError as taken:
        raise AccountError("this installation has its first administrator already") from taken
    agency = _new_agency(code, name)
    user = _new_user(
        agency=agency,
        username=username,
        password=password,
        role=Role.ADMINISTRATOR,
        full_name=full_name,
        at=at,
    )
    record(
        targets=[agency_reference(code), user_reference(username)],
        facts={"role": Role.ADMINISTRATOR.value},
    )
    return user.viewer()


@action
def found_agency(*, by: Viewer, at: datetime, code: str, name: str) -> str:
    """Add an agency. Its first account must be an administrator's.

    Raises: NotAllowedError, AccountError.
    """
    check_can(by, "found an agency")
    _new_agency(code, name)
    record(targets=[agency_reference(code)], facts={"code": code})
    return code


@action
def open_account(
    *,
    by: Viewer,
    at: datetime,
    agency: str,
    username: str,
    password: str,
    role: Role,
    full_name: str = "",
) -> Viewer:
    """Open an account with one role. An agency's first administrator may come from another.

    Raises: NotAllowedError, NotFoundError for no such agency, AccountError.
    """
    check_can(by, "open an account")
    place = Agency.objects.filter(pk=agency).first()
    if place is None:
        raise NotFoundError
    is_first = role is Role.ADMINISTRATOR and not User.objects.filter(agency=place).exists()
    if not is_first:
        check_can_in_agency(by, "open an account", agency)
    user = _new_user(
        agency=place,
        username=username,
        password=password,
        role=role,
        full_name=full_name,
        at=at,
    )
    record(targets=[user_reference(username)], facts={"agency": agency, "role": role.value})
    return user.viewer()


@action
def close_account(*, by: Viewer, at: datetime, username: str) -> None:
    """Close an account and revoke its tokens: its next request finds nobody signed in.

    Raises: NotAllowedError, NotFoundError, AccountError for one's own account.
    """
    user = _account(by, "close an account", username)
    if username == by.username:
        raise AccountError(
            "expected another administrator to close your account, found yourself; ask one, "
            "so that an agency is never left without"
        )
    user.is_active, user.closed_at = False, at
    user.save(update_fields=["is_active", "closed_at"])
    revoked = ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    record(targets=[user_reference(username)], facts={"tokens_revoked": revoked})


@action
def set_password(*, by: Viewer, at: datetime, username: str, password: str) -> None:
    """Give an account a new password: every session of it ends with its next request.

    Raises: NotAllowedError, NotFoundError, AccountError.
    """
    user = _account(by, "set a password", username)
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(targets=[user_reference(username)])


@action
def make_token(*, by: Viewer, at: datetime, username: str) -> str:
    """A new token for the API. It is told this once; only its SHA-256 is kept.

    Raises: NotAllowedError, NotFoundError.
    """
    user = _account(by, "make a token", username)
    token = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    row = ApiToken.objects.create(user=user, digest=digest(token), made_at=at)
    record(targets=[user_reference(username)], facts={"token": row.pk})
    return token


@action
def revoke_token(*, by: Viewer, at: datetime, username: str) -> int:
    """Revoke every token of an account; how many. Each is refused from the next request on.

    Raises: NotAllowedError, NotFoundError.
    """
    user = _account(by, "revoke a token", username)
    revoked = ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    record(targets=[user_reference(username)], facts={"tokens_revoked": revoked})
    return revoked


@action
def set_definition(
    *, by: Viewer, at: datetime, agency: str, definition: str, regime: str = "in_force"
) -> None:
    """Choose the agency's definition of serial, and its regime.

    Raises: NotAllowedError, AccountError for one that the law room does not know.
    """
    check_can_in_agency(by, "set an agency's definition and weights", agency)
    if definition not in DEFINITIONS or regime not in REGIMES:
        raise AccountError(
            f"expected a definition of {', '.join(DEFINITIONS)} and a regime of "
            f"{', '.join(REGIMES)}; choose one of each"
        )
    Agency.objects.filter(pk=agency).update(definition=definition, regime=regime)
    record(targets=[agency_reference(agency)], facts={"definition": definition, "regime": regime})


@action
def set_weights(*, by: Viewer, at: datetime, agency: str, weights: Mapping[str, object]) -> None:
    """Replace the agency's table of weights. What a table must hold is checked by `register`.

    Raises: NotAllowedError.
    """
    check_can_in_agency(by, "set an agency's definition and weights", agency)
    Agency.objects.filter(pk=agency).update(weights=dict(weights))
    record(targets=[agency_reference(agency)], facts={"weights": dict(weights)})


@action
def sign_in(*, by: Viewer, at: datetime, address: str) -> None:
    """Note that somebody signed in, and when, before his session is made; his failures here
    are forgotten.

    `address` is where from; it is counted by a keyed digest and kept nowhere.
    """
    FailedSignIn.objects.filter(key=guess_keys(by.username, address)["user_from_address"]).delete()
    User.objects.filter(username=by.username).update(last_login=at)
    record(targets=[user_reference(by.username)], because="signing in")


@action
def refuse_sign_in(*, by: Outsider, at: datetime, username: str, address: str) -> None:
    """Count a failed sign-in. The name that was typed is kept only where it is an account's:
    people type passwords into the wrong box."""
    FailedSignIn.objects.filter(failed_at__lt=at - FAILURE_WINDOW).delete()
    keys = guess_keys(username, address)
    FailedSignIn.objects.bulk_create(FailedSignIn(key=k, failed_at=at) for k in keys.values())
    is_known = User.objects.filter(username=username.lower()).exists()
    target = user_reference(username.lower()) if is_known else "user/-"
    record(targets=[target], facts={"is_known": is_known})


@action
def end_session(*, by: Viewer, at: datetime, why: str) -> None:
    """Note that a session ended: `signed out`, or the limit that ended it."""
    record(targets=[user_reference(by.username)], because="signing out", facts={"why": why})


@action
def seal_record(*, by: Viewer, at: datetime, reference: str, named: Sequence[str]) -> None:
    """Seal a record to named people: to everybody else it does not exist. Name its owner too,
    or his work on it goes unseen.

    Raises: NotAllowedError; AccountError when nobody with an open account is named, or the
    record is sealed already.
    """
    check_can(by, "seal a record to named people")
    names = sorted({by.username, *named})
    if User.objects.filter(username__in=names, is_active=True).count() != len(names):
        raise AccountError("expected user names of open accounts, found another; correct it")
    try:
        with transaction.atomic():
            SealedRecord.objects.create(
                reference=reference,
                agency_id=by.agency,
                named=names,
                sealed_at=at,
                sealed_by=by.username,
            )
    except IntegrityError as sealed:
        raise AccountError("this record is sealed already; lift that seal first") from sealed
    record(targets=[reference], facts={"named": len(names)})


@action
def lift_seal(*, by: Viewer, at: datetime, reference: str) -> None:
    """Lift the seal of a record. Only who is named by it may.

    Raises: NotAllowedError; NotFoundError, also for one who is not named.
    """
    check_can(by, "seal a record to named people")
    row = (
        SealedRecord.objects.select_for_update().filter(reference=reference, lifted_at=None).first()
    )
    if row is None or by.username not in row.named:
        raise NotFoundError
    row.lifted_at, row.lifted_by = at, by.username
    row.save(update_fields=["lifted_at", "lifted_by"])
    record(targets=[reference])


def guess_keys(username: str, address: str) -> dict[str, str]:
    """What failed sign-ins are counted by: kind to keyed digest."""
    user = username.lower()
    counted = {"user_from_address": f"{user}\0{address}", "user": user, "address": address}
    return {
        kind: salted_hmac(f"vigil.access.{kind}", value, algorithm="sha256").hexdigest()
        for kind, value in counted.items()
    }


def agency_reference(code: str) -> str:
    """How the ledger names an agency."""
    return f"agency/{code}"


def user_reference(username: str) -> str:
    """How the ledger names an account."""
    return f"user/{username}"


def digest(token: str) -> str:
    """What is kept of a token. A token is random, so one unsalted hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _account(by: Viewer, verb: str, username: str) -> User:
    """The open account, if it is one that `by` may do this to; else as if there were none."""
    check_can(by, verb)
    user = User.objects.filter(username=username, agency=by.agency, is_active=True).first()
    if user is None:
        raise NotFoundError
    return user


def _new_agency(code: str, name: str) -> Agency:
    if not code.strip() or not name.strip() or Agency.objects.filter(pk=code).exists():
        raise AccountError("expected a code that no agency has yet and a name; choose another code")
    return Agency.objects.create(code=code, name=name)


def _new_user(
    *, agency: Agency, username: str, password: str, role: Role, full_name: str, at: datetime
) -> User:
    if not is_username(username) or User.objects.filter(username=username).exists():
        raise AccountError(
            "expected a user name of 2 to 50 small letters, digits, dots, dashes or underscores "
            "that nobody has or ever had; choose another"
        )
    user = User(username=username, agency=agency, role=role, first_name=full_name, date_joined=at)
    _check_password(password, user)
    user.set_password(password)
    user.save()
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise AccountError(f"this password will not do: {' '.join(weak.messages)}") from weak
