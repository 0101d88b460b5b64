"""The gallery in a real browser: nothing for axe to find, nothing to scroll sideways, no green."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.entrypoints.web.kit.gallery import pages, served
from tests.entrypoints.web.kit.gallery.browser import CHROMIUM, LOOKS, SHOTS, launched, opened

in_a_browser = pytest.mark.browser
COUNT_GREEN = """async (source) => {
  const picture = new Image(); picture.src = source; await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width; canvas.height = picture.height;
  const pen = canvas.getContext("2d"); pen.drawImage(picture, 0, 0);
  const dots = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  let green = 0;
  for (let at = 0; at < dots.length; at += 4)
    if (dots[at + 1] > dots[at] + 24 && dots[at + 1] > dots[at + 2] + 24) green += 1;
  return green;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM):
        pytest.fail(f"No browser at {CHROMIUM}: make setup installs it")
    with sync_playwright() as playwright, launched(playwright) as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return pages()


@in_a_browser
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, address: str, look: str
) -> None:
    for path in SHOTS:
        # The policy of the pages forbids scripts; axe itself is one, so it alone is let past.
        with opened(browser, address + path, look, bypass_csp=True) as page:
            result = Axe().run(page)
            assert result.violations_count == 0, f"{path}: {result.generate_report()}"
            width = "document.documentElement.scrollWidth - window.innerWidth"
            assert page.evaluate(width) <= 0, path


@in_a_browser
@pytest.mark.parametrize("path", SHOTS)
def test_a_page_asks_for_nothing_that_the_policy_refuses(
    browser: Browser, address: str, path: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    # Chromium also gives advice on forms, as "verbose": only what it refuses or warns of counts.
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path)
    context.close()
    assert [words for words in said if words.startswith(("error", "warning"))] == []
    assert all(url.startswith(address) for url in asked)
    assert any(url.endswith("theme.css") for url in asked)


@in_a_browser
@pytest.mark.parametrize("look", ["desktop", "desktop-dark", "phone"])
def test_no_page_shows_green(browser: Browser, address: str, look: str) -> None:
    blank = browser.new_page()
    for path in SHOTS:
        with opened(browser, address + path, look) as page:
            shot = base64.b64encode(page.screenshot(full_page=True)).decode()
        assert blank.evaluate(COUNT_GREEN, f"data:image/png;base64,{shot}") == 0, path
    blank.close()


@in_a_browser
def test_the_search_for_green_finds_green(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<body bgcolor='#00703c'>")
    shot = base64.b64encode(page.screenshot()).decode()
    assert page.evaluate(COUNT_GREEN, f"data:image/png;base64,{shot}") > 1000
    page.close()


@in_a_browser
def test_fingers_find_every_button_and_box_on_a_phone(browser: Browser, address: str) -> None:
    sizes = """[...document.querySelectorAll('.govuk-button, .govuk-input, .govuk-select')]
      .map(found => [found.outerHTML.slice(0, 80), found.getBoundingClientRect().height])"""
    for path in SHOTS:
        with opened(browser, address + path, "phone") as page:
            low = [found for found in page.evaluate(sizes) if found[1] < 44]
            assert low == [], path


@in_a_browser
@pytest.mark.parametrize("look", ["phone", "desktop"])
def test_what_takes_focus_is_seen_and_not_under_a_bar(
    browser: Browser, address: str, look: str
) -> None:
    hidden = """() => {
      const on = document.activeElement, box = on.getBoundingClientRect();
      if (on === document.body || box.height > 300) return "";
      const x = Math.min(Math.max(box.x + 4, 0), innerWidth - 1), y = box.y + box.height / 2;
      const top = document.elementFromPoint(x, y);
      const bar = top && top.closest(".v-act, .v-person");
      return bar && !bar.contains(on) ? on.outerHTML.slice(0, 120) : "";
    }"""
    for path in ("/staff", "/breach"):
        with opened(browser, address + path, look) as page:
            for _ in range(60):
                page.keyboard.press("Tab")
                assert page.evaluate(hidden) == "", path


def test_no_page_has_a_style_of_its_own_or_a_script(written: dict[str, str]) -> None:
    assert len(written) == 16
    for path, page in written.items():
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page), path


def test_no_title_names_a_person(written: dict[str, str]) -> None:
    for page in written.values():
        (title,) = re.findall(r"<title>(.*?)</title>", page)
        assert title.endswith(" – vigil")
        assert "CRANDLEMERE" not in title


def test_ids_are_unique_on_each_page(written: dict[str, str]) -> None:
    for path, page in written.items():
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), path
