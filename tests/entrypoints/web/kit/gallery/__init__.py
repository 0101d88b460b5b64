"""The gallery: each macro of the kit in each state, with invented people.

Served only here, to the tests and to whoever runs `python -m tests.entrypoints.web.kit.gallery`,
which takes the pictures. No route of the product leads to it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

from django import forms
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from jinja2 import Environment
from markupsafe import Markup

from vigil.entrypoints.web.kit.environment import WEB, Kit
from vigil.entrypoints.web.kit.frame import Frame, Place
from vigil.entrypoints.web.kit.inputs import DayField, MomentField
from vigil.entrypoints.web.kit.refusals import REFUSALS, refusal

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
VERDICTS = ("breach", "cannot_tell", "not_breach")
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript"}
PLACES = tuple(
    Place(words.split()[0].lower(), words, f"/{words.split()[0].lower()}")
    for words in ("Today", "Check a person", "Candidates", "Orders", "Feeds", "Ledger", "Law")
)
FRAME = Frame(
    user_name="A. Fennimoor, analyst",
    agency="Northumbria Police",
    account_href="/account",
    is_demo=True,
    places=PLACES,
    because="monthly selection, November 2026",
    change_because_href="/why",
    menu_href="/menu",
)


class Everything(forms.Form):
    """One field of each control that the kit draws."""

    surname = forms.CharField(label="Surname", help_text="As the report spells it")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    notes = forms.CharField(label="Reasons", widget=forms.Textarea, help_text="You will be named")
    force = forms.ChoiceField(label="Force", choices=[("", "Choose one"), ("10", "Northumbria")])
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("register", "Put him on the register"), ("not", "Do not")],
        widget=forms.RadioSelect,
    )
    grounds = forms.MultipleChoiceField(
        label="Which apply?",
        choices=[("a", "Two or more victims"), ("b", "A breach")],
        widget=forms.CheckboxSelectMultiple,
    )
    sure = forms.BooleanField(label="I have read all the reports")
    made_on = DayField(label="When was it made?", help_text="For example, 27 3 2026")
    served_at = MomentField(label="When was it served?", what="the moment of service")
    feed = forms.FileField(label="Feed file")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


class Question(forms.Form):
    """One question."""

    served_at = MomentField(
        label="When was it served on him?",
        what="the moment of service",
        help_text="From the certificate. For example, 27 3 2026, 4:10pm",
    )


def strong(words: str) -> Markup:
    """Words that stand out, as a presenter hands them over."""
    return Markup("<strong>{}</strong>").format(words)


def request_to(path: str = "/", frame: Frame = FRAME) -> HttpRequest:
    """A request with the gallery's frame on it."""
    request = RequestFactory().get(path)
    request.frame = frame  # type: ignore[attr-defined]
    return request


def jinja() -> Environment:
    """The environment of the product."""
    found = engines["jinja2"].env  # type: ignore[attr-defined]
    assert isinstance(found, Environment)
    return found


def render(template: str, request: HttpRequest, **context: object) -> str:
    """A template of the gallery, in the environment of the product."""
    return engines["jinja2"].from_string((HERE / template).read_text()).render(context, request)


def pages() -> dict[str, str]:
    """Every page of the gallery by its address."""
    incident = Frame(
        is_demo=True, because="Incident 0212", change_because_href="/why", menu_href="/menu"
    )
    on_phone = request_to(frame=incident)
    broken = Everything({"decision": "register", "made_on-day": "31", "made_on-month": "2"})
    asked = Question({"served_at-day": "29", "served_at-month": "3", "served_at-year": "2026"})
    found = {
        "/staff": render(
            "staff.jinja",
            request_to(),
            broken=broken,
            fresh=Everything(prefix="fresh"),
            bold=strong,
            **_lists(),
        ),
        "/ask": render("ask.jinja", on_phone),
        "/no-match": render("no_match.jinja", on_phone, strong=strong),
        "/no-order": render("no_order.jinja", on_phone),
        "/question": render("question.jinja", request_to(), question=asked),
    }
    for kind in VERDICTS:
        found[f"/{kind}"] = render("verdict.jinja", on_phone, kind=kind, strong=strong)
    for status in REFUSALS:
        found[f"/{status}"] = refusal(request_to(), status).content.decode()
    return found


def _lists() -> dict[str, object]:
    kit = cast(Kit, jinja().globals["kit"])
    scores = [("R", "Recency"), ("F", "Frequency"), ("G", "Gravity"), ("V", "Victims")]

    def candidate(place: int, moved: tuple[str, str, str], who: str, high: int) -> list[object]:
        marks = [(*score, 10 - place - turn / 2) for turn, score in enumerate(scores)]
        return [
            kit.rank(str(place), *moved),
            kit.person_link(who, "/elsewhere", "born 1991"),
            "Strangulation on 9 November. Fifth partner in 6 years. Breached 3 orders.",
            kit.score_bars(marks),
            kit.rank_strip(place, place, high, 10, f"{place} to {high}"),
            "None yet",
        ]

    job = {
        "name": "QUENDLETON, Marcus",
        "href": "/elsewhere",
        "when_bold": "Late by 3 days.",
        "when": "Was due until 11:59pm on 20 November 2026",
        "what": "Has not told police his new address",
        "why": "Why first: very high risk, out since 28 October. Offence: ST19002.",
        "act_words": "Review the offence",
        "act_href": "/elsewhere",
    }
    return {
        "candidates": [
            candidate(1, ("up", "6", "was 7"), "OSTRELAKE, Rhys", 1),
            {"note": "From here to rank 10 the order is not firm: the ranges overlap."},
            candidate(3, ("down", "2", "was 1"), "ASHENMOOR, Delphine", 6),
            {"note": "Your force has places for 8 this month.", "is_line": True},
            candidate(5, ("", "", "New"), "MIRKWELL, Stefan", 8),
        ],
        "late": [job, {**job, "name": "ASHENMOOR, Delphine", "act_words": "Plan the service"}],
        "due": [{**job, "name": "DUNMARROW, Lee", "when_bold": "", "when": "Due until 11:59pm"}],
        "evidence": [
            _row("Surname", "OSTRELAKE", "≈ one letter, rare", "OSTRALAKE", 9.8, "+9.8"),
            _row("Forename", "RHYS", "≠ differs", "RORY", -5.1, "−5.1"),
            _row("PNC", "2012/9998431R", "· nothing to compare", "none held", 0, "0"),
        ],
    }


def _row(field: str, left: str, fit: str, right: str, bits: float, words: str) -> dict[str, object]:
    return {
        "field": field,
        "left": left,
        "fit": fit,
        "right": right,
        "bits": bits,
        "bits_words": words,
    }


@contextmanager
def served() -> Iterator[str]:
    """The gallery on a free port of this machine, with the product's own policy for content."""
    shown = pages()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = shown.get(self.path, "").encode(), "text/html; charset=utf-8"
            file = WEB / self.path.lstrip("/")
            if self.path.startswith("/static/") and file.is_file():
                body, kind = file.read_bytes(), TYPES[file.suffix]
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the tests' output is the tests'."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
