"""Debian's Chromium as a user has it who switched scripts off, and every page it was given.

Each page that anybody sees on a journey is kept word for word with its headers. The inspector
opens the same bytes once more, with scripts on, for axe: no second look, nothing posted twice.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Response, Route, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOOKS: dict[str, tuple[int, str]] = {
    "desktop, light": (1280, "light"),
    "desktop, dark": (1280, "dark"),
    "phone, light": (390, "light"),
    "phone, dark": (390, "dark"),
}
SMALLEST = 320
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
PART = re.compile(r'class="([^"]+)"')
# What Chromium itself says of an answer that the journey asked for: a 400, a 404, a 429.
OWN_WORDS = "Failed to load resource: the server responded with a status of"


@dataclass(frozen=True)
class Seen:
    """One page as it came over the wire."""

    who: str
    url: str
    status: int
    headers: dict[str, str] = field(repr=False)
    body: str = field(repr=False)

    @property
    def title(self) -> str:
        found = TITLE.search(self.body)
        return found.group(1) if found else ""

    @property
    def kind(self) -> tuple[str, int, str, str]:
        """Who reads it, the status, the address without references, the title."""
        path = re.sub(r"[^/]*\d[^/]*", "*", urlsplit(self.url).path)
        return (self.who, self.status, path, self.title)

    @property
    def parts(self) -> frozenset[str]:
        """The parts that it is drawn from: pages of one kind and the same parts look alike."""
        return frozenset(PART.findall(self.body))


@dataclass
class Journey:
    """One Chromium and all that was seen in it."""

    browser: Browser
    address: str
    seen: list[Seen] = field(default_factory=list, repr=False)
    said: list[str] = field(default_factory=list)

    def desk(self, who: str) -> Desk:
        """Somebody's own browser: nobody is signed in, and no script runs."""
        context = self.browser.new_context(
            base_url=self.address, java_script_enabled=False, viewport=_size(1280)
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", lambda line: self._hear(line.text))
        page.on("pageerror", lambda error: self._hear(str(error)))
        return Desk(who, page, self.seen)

    def _hear(self, line: str) -> None:
        if not line.startswith(OWN_WORDS):
            self.said.append(line)


@dataclass
class Desk:
    """Somebody at a browser. Finds things as a reader does: by label, by the words on them."""

    who: str
    page: Page
    seen: list[Seen] = field(repr=False)

    def go(self, act: Callable[[], Any]) -> int:
        """Do what leads to a page, and keep that page; the status of the answer."""
        with self.page.expect_response(_is_page) as led:
            act()
        answer = led.value
        answer.finished()
        self.page.wait_for_load_state()
        body = answer.body().decode()
        self.seen.append(Seen(self.who, answer.url, answer.status, answer.headers, body))
        return answer.status

    def open(self, path: str) -> int:
        """Go to an address."""
        return self.go(lambda: self.page.goto(path))

    def click(self, link: Locator) -> int:
        """Click what was found."""
        return self.go(link.click)

    def press(self, words: str) -> int:
        """Press the button that says so."""
        return self.click(self.page.get_by_role("button", name=words, exact=True))

    def follow(self, words: str) -> int:
        """Follow the first link that says so, or begins with it."""
        name = re.compile(rf"^{re.escape(words)}")
        return self.click(self.page.get_by_role("link", name=name).first)

    def write(self, label: str, words: str) -> None:
        """Write into the box of that label."""
        self.page.get_by_label(label, exact=True).fill(words)

    def choose(self, label: str) -> None:
        """Tick or choose what is labelled so."""
        self.page.get_by_label(label, exact=True).check()

    def moment(self, name: str, *boxes: str) -> None:
        """Fill the boxes of a day or a moment."""
        for box, words in zip(("day", "month", "year", "time"), boxes, strict=False):
            self.page.locator(f"[name={name}-{box}]").fill(words)

    def main(self) -> Locator:
        """What the page says, without the frame around it."""
        return self.page.locator("main")

    @property
    def words(self) -> str:
        """All that the page says, blanks made one."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.page.url).path)


def _is_page(answer: Response) -> bool:
    return answer.request.resource_type == "document" and not 300 <= answer.status < 400


@contextmanager
def journey(address: str) -> Iterator[Journey]:
    """A browser for one journey, closed again whatever happens."""
    assert shutil.which(CHROMIUM), f"no browser at {CHROMIUM}: make setup installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield Journey(browser, address)
        finally:
            browser.close()


def kinds(seen: list[Seen]) -> list[Seen]:
    """One page of each kind and each set of parts."""
    return list({(one.kind, one.parts): one for one in seen}.values())


def faults_of(walked: Journey) -> list[str]:
    """What axe finds on any page of the journey in any look, what scrolls sideways on the
    smallest phone, and what the browser complains of. Empty is good."""
    context = walked.browser.new_context(base_url=walked.address)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    found: list[str] = []
    for one in kinds(walked.seen):
        complaints.clear()
        _reopen(page, one)
        found += [f"{one.kind}: {fault}" for fault in _look_at(page)]
        found += [f"{one.kind}: {line}" for line in complaints if not line.startswith(OWN_WORDS)]
    context.close()
    return found + walked.said


def _reopen(page: Page, one: Seen) -> None:
    """Give the browser the very bytes and headers again; styles come from the server."""

    def answer(route: Route) -> None:
        if route.request.resource_type != "document":
            route.continue_()
            return
        headers = {
            name: value
            for name, value in one.headers.items()
            if name not in {"content-encoding", "content-length", "transfer-encoding", "link"}
        }
        route.fulfill(status=one.status, headers=headers, body=one.body)

    page.unroute_all()
    page.route("**/*", answer)
    page.goto(one.url)


def _look_at(page: Page) -> Iterator[str]:
    for name, (width, scheme) in LOOKS.items():
        page.set_viewport_size(_size(width))
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for violation in Axe().run(page, options=AXE).response["violations"]:
            where = "; ".join(str(node["html"])[:160] for node in violation["nodes"][:3])
            yield f"{name}: {violation['id']} ({violation['help']}): {where}"
    page.set_viewport_size(_size(SMALLEST))
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        yield f"scrolls {over} px sideways at {SMALLEST} px"


def _size(width: int) -> Any:
    return {"width": width, "height": 900 if width > 600 else 844}
