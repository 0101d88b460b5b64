"""The browser that looks at the gallery: Debian's Chromium, in each size and theme."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESKTOP, SMALL = (
    {"width": 390, "height": 844},
    {"width": 1280, "height": 900},
    {"width": 320, "height": 640},
)
LOOKS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE, "color_scheme": "light"},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark"},
    "desktop": {"viewport": DESKTOP, "color_scheme": "light"},
    "desktop-dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "small": {"viewport": SMALL, "color_scheme": "light"},
    "contrast": {"viewport": DESKTOP, "color_scheme": "light", "forced_colors": "active"},
}
SHOTS = (
    "/staff",
    "/ask",
    "/no-match",
    "/question",
    "/breach",
    "/cannot_tell",
    "/not_breach",
    "/404",
)


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, closed again whatever happens."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, look: str, **options: Any) -> Iterator[Page]:
    """A page in a look, in a context of its own."""
    context = browser.new_context(**LOOKS[look], **options)
    try:
        page = context.new_page()
        page.goto(address)
        yield page
    finally:
        context.close()
