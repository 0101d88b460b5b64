"""The environment is strict, escapes, and finds its macros by their bare name."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from jinja2 import Environment, UndefinedError

from tests.entrypoints.web.kit.gallery import jinja as jinja_of_the_product
from tests.entrypoints.web.kit.gallery import request_to
from vigil.entrypoints.web.kit.frame import Frame


@pytest.fixture(name="jinja")
def _jinja() -> Environment:
    return jinja_of_the_product()


def test_a_value_that_was_not_handed_over_stops_the_page(jinja: Environment) -> None:
    with pytest.raises(UndefinedError, match="surname"):
        jinja.from_string("{{ surname }}").render()


def test_a_value_is_escaped(jinja: Environment) -> None:
    page = jinja.from_string("{{ kit.mask(words) }}").render(words="<b>Protected</b>")
    assert "&lt;b&gt;Protected&lt;/b&gt;" in page


def test_a_macro_that_does_not_exist_stops_the_page(jinja: Environment) -> None:
    with pytest.raises(UndefinedError, match="buton"):
        jinja.from_string("{{ kit.buton('Save') }}").render()


def test_the_private_part_of_a_macro_file_is_not_a_macro(jinja: Environment) -> None:
    with pytest.raises(UndefinedError):
        jinja.from_string("{{ kit._row([], []) }}").render()


def test_static_files_have_their_address(jinja: Environment) -> None:
    assert jinja.from_string("{{ static('vendor/kit.css') }}").render().endswith("vendor/kit.css")


def test_the_nonce_is_the_requests_own_and_empty_without_one(jinja: Environment) -> None:
    request = RequestFactory().get("/")
    request.csp_nonce = "abc"  # type: ignore[attr-defined]
    template = jinja.from_string("[{{ nonce() }}]")
    assert template.render(request=request) == "[abc]"
    assert template.render() == "[]"


def test_the_frame_is_the_requests_own_and_bare_without_one(jinja: Environment) -> None:
    template = jinja.from_string("[{{ frame_here().agency }}]")
    assert template.render(request=request_to(frame=Frame(agency="Exmere"))) == "[Exmere]"
    assert template.render(request=RequestFactory().get("/")) == "[]"
    assert template.render() == "[]"


def test_formats_are_filters_too(jinja: Environment) -> None:
    assert jinja.from_string("{{ 1204118|commas }}").render() == "1,204,118"
