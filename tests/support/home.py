"""A temporary home folder for the whole run, before anything reads the settings.

Loaded by `-p` in pyproject.toml: pytest-django reads the settings before any conftest.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="vigil-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["VIGIL_HOME"] = _folder
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
