"""The Jinja2 environment of every page, for Django's Jinja2 backend.

Strict: a name that the view did not hand over is an error, not a gap in the page, and all that is
not a macro's own HTML is escaped. It refuses to load a template from outside the topics' folders.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context, Macro

from vigil.entrypoints.web.kit import fields, formats
from vigil.entrypoints.web.kit.frame import Frame
from vigil.entrypoints.web.kit.masks import masked

WEB = Path(__file__).resolve().parent.parent
MACROS = ("kit/marks.jinja", "kit/parts.jinja", "kit/blocks.jinja", "kit/forms.jinja")


class Kit:
    """The macros by their bare name, so that a page writes `kit.button("Save")` with no import."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._where: dict[str, str] = {}

    def __getattr__(self, name: str) -> Macro:
        if name.startswith("_"):
            raise AttributeError(name)
        places = [self._where[name]] if name in self._where else MACROS
        for place in places:
            found = getattr(self._environment.get_template(place).module, name, None)
            if isinstance(found, Macro):
                self._where[name] = place
                return found
        raise AttributeError(
            f"The kit has no macro called {name}. See docs/reference/design-kit.md."
        )


def environment(**options: Any) -> Environment:
    """The environment that settings name in `TEMPLATES`, with the kit and its functions in it."""
    # Each topic carries its own templates: web/<topic>/templates/<topic>/page.jinja.
    options["loader"] = FileSystemLoader(sorted(WEB.glob("*/templates")))
    # Asked for, not offered: a missing value must stop the page in tests, never show as nothing.
    options["undefined"] = StrictUndefined
    options["autoescape"] = True
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    built = Environment(**options)  # noqa: S701 - autoescape is set to True three lines above
    built.globals.update(
        kit=Kit(built),
        static=static,
        url=url,
        nonce=nonce,
        frame_here=frame_here,
        present=fields.present,
        faults=fields.faults,
    )
    built.filters.update(FILTERS)
    return built


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The address of a route by its name, with its parts by position or by name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@pass_context
def nonce(context: Context) -> str:
    """The nonce of this answer, for a `script` element; empty where no request is known."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return ""
    return str(getattr(request, "csp_nonce", ""))


@pass_context
def frame_here(context: Context) -> Frame:
    """The frame on the request, or the bare one: an error page must never need a viewer."""
    found = getattr(context.get("request"), "frame", None)
    return found if isinstance(found, Frame) else Frame()


FILTERS: dict[str, Callable[..., str]] = {
    "day": formats.day,
    "last_moment": formats.last_moment,
    "stamp": formats.stamp,
    "commas": formats.commas,
    "masked": masked,
}
