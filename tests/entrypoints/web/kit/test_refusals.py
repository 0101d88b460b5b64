"""A refusal is one sentence, what to do, and the right status; "nobody" and "not you" are one."""

from __future__ import annotations

import pytest

from tests.entrypoints.web.kit.gallery import request_to
from vigil.entrypoints.web.kit import refusals
from vigil.entrypoints.web.kit.frame import Frame


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_each_status_says_what_happened_and_what_to_do(status: int) -> None:
    answer = refusals.refusal(request_to(), status)
    words = refusals.REFUSALS[status]
    assert answer.status_code == status
    for part in (words.heading, words.sentence, words.what_to_do):
        assert part in answer.content.decode()


def test_a_sealed_person_and_nobody_get_the_same_page_to_the_letter() -> None:
    nobody = refusals.refusal(request_to("/people/P9"), 404)
    sealed = refusals.refusal(request_to("/people/P1"), 404, sentence="This person is sealed")
    assert nobody.content == sealed.content


def test_a_refusal_may_bring_its_own_sentence() -> None:
    answer = refusals.refusal(request_to(), 403, sentence="Only an authorising officer decides")
    assert "Only an authorising officer decides" in answer.content.decode()


def test_a_status_without_words_of_its_own_borrows_those_of_its_hundred() -> None:
    assert refusals.refusal(request_to(), 409).status_code == 409
    assert "The page failed" in refusals.refusal(request_to(), 502).content.decode()


def test_a_refusal_needs_no_viewer() -> None:
    page = refusals.refusal(request_to(frame=Frame()), 500).content.decode()
    assert "Something went wrong" in page
    assert "v-nav" not in page
