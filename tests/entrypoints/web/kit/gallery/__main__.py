"""Takes the pictures of the gallery: `python -m tests.entrypoints.web.kit.gallery FOLDER`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.config.settings")
django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.entrypoints.web.kit.gallery import served  # noqa: E402
from tests.entrypoints.web.kit.gallery.browser import LOOKS, SHOTS, launched, opened  # noqa: E402


def main(folder: Path) -> None:
    """One picture of each page in each look."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright, launched(playwright) as browser:
        for look in LOOKS:
            for path in SHOTS:
                with opened(browser, address + path, look) as page:
                    page.screenshot(path=folder / f"{path[1:]}-{look}.png", full_page=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
