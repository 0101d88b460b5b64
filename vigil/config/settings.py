"""Settings. What an operator may set comes from the environment; the rest is decided here.

`VIGIL_HOME` and `VIGIL_DATABASE_URL` say where the record lies, `VIGIL_HOSTS` which names
the site answers to, `VIGIL_HTTPS` whether it stands behind TLS. All are described in
docs/reference/settings.md; a test holds that list against this file.
"""

from __future__ import annotations

import os
from typing import Any

from csp.constants import NONCE, NONE, SELF

from vigil.access.keys import home, key
from vigil.config.database import database

VIGIL_HOME = home()
VIGIL_HTTPS = os.environ.get("VIGIL_HTTPS", "") == "1"

SECRET_KEY = key("signing.key").hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("VIGIL_HOSTS", "127.0.0.1 localhost [::1] testserver").split()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "vigil.ledger",
    "vigil.access",
    "vigil.incidents",
    "vigil.identity",
    "vigil.victims",
    "vigil.register",
    "vigil.orders",
    "vigil.monitoring",
    "vigil.entrypoints.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Deny by default: refuses to start while a route has no class. Nothing may stand after it.
    "vigil.entrypoints.web.doors.middleware.DoorkeeperMiddleware",
]

ROOT_URLCONF = "vigil.config.urls"
WSGI_APPLICATION = "vigil.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "vigil.entrypoints.web.kit.environment.environment"},
    },
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
# Accounts are opened by administrators only: no sign-up, no mail, no reset by mail.
ACCOUNT_ADAPTER = "vigil.entrypoints.web.doors.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Guessing is counted in the record, by access: a cache would be one for each process.
ACCOUNT_RATE_LIMITS = False

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
# Collected and compressed by `vigil serve`; found in the package where that was not done, and
# only there: what is found stands before what is compressed.
STATIC_ROOT = VIGIL_HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "vigil").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

SESSION_COOKIE_NAME = "__Host-vigil" if VIGIL_HTTPS else "vigil"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = VIGIL_HTTPS
CSRF_COOKIE_SECURE = VIGIL_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "vigil.entrypoints.web.doors.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
