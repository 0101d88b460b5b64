"""The three doors, from inside the process: the command line, a browser's pages, the API.

In the process so that the demo's clock stands where the story stands; through the whole of
each door otherwise: argument parsing, middleware, CSRF token, rights. Any refusal that was
not expected stops the demo with the door's own sentence.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import typer
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vigil.law.errors import VigilError

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FAULT = re.compile(r'govuk-error-summary__list">(.*?)</ul>', re.DOTALL)


class DemoError(VigilError):
    """A step of the demo did not end as it should."""


def command(*words: str, expect: int = 0, typed: str = "", is_quiet: bool = False) -> str:
    """Run `vigil WORDS...` with `typed` on standard input; what it printed.

    Raises: DemoError when it ends with another status than expected.
    """
    from vigil.entrypoints.cli.main import app

    printed = StringIO()
    status = 0
    try:
        # A refusal that the story expects is not for the eyes of who watches it.
        said = redirect_stderr(StringIO()) if expect or is_quiet else nullcontext()
        with redirect_stdout(printed), said, _typing(typed):
            answer = typer.main.get_command(app).main(list(words), standalone_mode=False)
        status = answer if isinstance(answer, int) else 0
    except typer.Exit as stopped:
        status = stopped.exit_code
    if status != expect:
        raise DemoError(
            f"expected `vigil {words[0]} {words[1] if len(words) > 1 else ''}` to end with "
            f"{expect}, found {status}: {printed.getvalue().strip()[-300:]}"
        )
    return printed.getvalue()


@contextmanager
def _typing(text: str) -> Iterator[None]:
    before, sys.stdin = sys.stdin, StringIO(text)
    try:
        yield
    finally:
        sys.stdin = before


def asked(*words: str, expect: int = 0) -> Any:
    """Run `vigil WORDS... --json`; what it answered."""
    return json.loads(command(*words, "--json", expect=expect).strip().splitlines()[-1])


class Browser:
    """Somebody signed in by the page, with a reason for looking."""

    def __init__(self, username: str, password: str, *, because: tuple[str, str] | None) -> None:
        self._client = Client(enforce_csrf_checks=True)
        self.fill("/sign-in/", {"login": username, "password": password})
        if because:
            self.fill("/reason/", {"kind": because[0], "reference": because[1]})

    def read(self, address: str) -> str:
        """The page at that address.

        Raises: DemoError for anything but a page.
        """
        answer = self._client.get(address, follow=True)
        if answer.status_code != 200:
            raise DemoError(f"expected a page at {_hidden(address)}, found {answer.status_code}")
        return str(answer.content.decode())

    def fill(
        self,
        address: str,
        fields: Mapping[str, Any],
        *,
        files: Iterable[Path] = (),
        expect: int = 302,
    ) -> str:
        """Fill a form and send it; where it led, or what it answered.

        Raises: DemoError when the answer has another status than expected.
        """
        found = TOKEN.search(self.read(address))
        if found is None:
            raise DemoError(f"expected a form at {_hidden(address)}, found none")
        sent = {**fields, "csrfmiddlewaretoken": found.group(1)}
        for path in files:
            sent["feed"] = SimpleUploadedFile(path.name, path.read_bytes())
        answer = self._client.post(address, sent)
        if answer.status_code != expect:
            raise DemoError(
                f"expected {expect} from {_hidden(address)}, found {answer.status_code}: "
                f"{_faults(answer.content.decode())}"
            )
        return str(answer.headers.get("Location") or answer.content.decode())

    def press(self, page: str, address: str, fields: Mapping[str, Any]) -> str:
        """Press the button of a form on a page that was answered; where it led.

        Raises: DemoError when it led nowhere.
        """
        found = TOKEN.search(page)
        sent = {**fields, "csrfmiddlewaretoken": found.group(1) if found else ""}
        answer = self._client.post(address, sent)
        if answer.status_code != 302:
            raise DemoError(f"expected 302 from {_hidden(address)}, found {answer.status_code}")
        return str(answer.headers["Location"])


def try_password(username: str, password: str, *, expect: int) -> None:
    """A sign-in that should be refused."""
    client = Client(enforce_csrf_checks=True)
    token = TOKEN.search(client.get("/sign-in/").content.decode())
    assert token is not None
    fields = {"login": username, "password": password, "csrfmiddlewaretoken": token.group(1)}
    found = client.post("/sign-in/", fields).status_code
    if found != expect:
        raise DemoError(f"expected {expect} for a wrong password, found {found}")


def call(token: str, method: str, path: str, body: Any = None, because: str = "") -> Any:
    """Call the API; its answer.

    Raises: DemoError for a refusal.
    """
    headers = {"authorization": f"Bearer {token}", "vigil-because": because}
    client = Client(headers=headers)
    answer = client.generic(
        method, f"/api/v1{path}", json.dumps(body) if body is not None else "", "application/json"
    )
    if answer.status_code >= 400:
        raise DemoError(f"expected an answer from {path}, found {answer.status_code}")
    return json.loads(answer.content)


def _faults(page: str) -> str:
    found = FAULT.search(page)
    text = re.sub(r"<[^>]+>", " ", found.group(1)) if found else "no fault said"
    return " ".join(html.unescape(text).split())


def _hidden(address: str) -> str:
    """An address without its references."""
    return "/".join(
        part if part.isalpha() or "-" not in part else "…" for part in address.split("/")
    )
