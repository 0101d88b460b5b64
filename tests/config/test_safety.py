"""`vigil check` names each unsafe setting, and is silent about safe ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from vigil.access.keys import key
from vigil.config.safety import unsafe_settings


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    tmp_path.chmod(0o700)
    settings.VIGIL_HOME = tmp_path
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.VIGIL_HTTPS = False
    monkeypatch.delenv("VIGIL_DATABASE_URL", raising=False)
    return tmp_path


def test_a_home_on_loopback_is_safe() -> None:
    assert unsafe_settings() == []


def test_a_home_that_others_may_enter_is_unsafe(private_home: Path) -> None:
    private_home.chmod(0o755)
    assert [s for s in unsafe_settings() if "mode 0700" in s]


def test_a_key_that_others_may_read_is_unsafe(private_home: Path) -> None:
    key("sealing.key", folder=private_home)
    (private_home / "sealing.key").chmod(0o644)
    assert [s for s in unsafe_settings() if s.startswith("expected sealing.key")]


def test_any_host_is_unsafe(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert [s for s in unsafe_settings() if "VIGIL_HOSTS" in s]


def test_another_machine_without_tls_is_unsafe(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["vigil.force.example"]
    assert [s for s in unsafe_settings() if "VIGIL_HTTPS=1" in s]
    settings.VIGIL_HTTPS = True
    assert unsafe_settings() == []


def test_a_database_elsewhere_without_a_verified_certificate_is_unsafe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VIGIL_DATABASE_URL", "postgresql://ann:secret@db.example/force")
    found = unsafe_settings()
    assert [s for s in found if "sslmode=verify-full" in s]
    assert "secret" not in " ".join(found)
