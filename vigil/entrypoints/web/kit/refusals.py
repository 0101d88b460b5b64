"""What a page says when it refuses or fails: one sentence, what to do, the right status.

One page for "nobody" and for "not for you", so that it tells nobody which. It refuses to show a
reason that names a person: sentences come from the errors' own words or from the table here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template import loader


@dataclass(frozen=True)
class Refusal:
    """The heading, the sentence and what to do."""

    heading: str
    sentence: str
    what_to_do: str


REFUSALS: Mapping[int, Refusal] = {
    400: Refusal(
        "We could not read that",
        "What was sent is not what this page asks for.",
        "Go back, check what you typed and send it again.",
    ),
    403: Refusal(
        "You may not do this",
        "Your account does not have the right to do this.",
        "If your work needs it, ask your administrator. Nothing was changed.",
    ),
    404: Refusal(
        "Nothing here for you",
        "There is nothing here, or nothing that you may see.",
        "Check the address, or check a person by name. This is not proof there is no order.",
    ),
    405: Refusal(
        "That cannot be done here",
        "This address does not take that kind of request.",
        "Go back to the page that you came from and use its button.",
    ),
    413: Refusal(
        "The file is too large",
        "What was sent is larger than this page takes.",
        "Split the file, or load it with the command line. Nothing was stored.",
    ),
    429: Refusal(
        "Too many tries",
        "There were too many tries in a short time.",
        "Wait a few minutes and try again. If somebody is waiting, ask control by radio.",
    ),
    500: Refusal(
        "Something went wrong",
        "The page failed. Nothing that you had not yet sent is stored.",
        "Try again. If somebody is waiting, ask control by radio.",
    ),
    503: Refusal(
        "Not available now",
        "The register cannot be reached at the moment.",
        "Try again in a minute. If somebody is waiting, ask control by radio.",
    ),
}


def refusal(request: HttpRequest, status: int, *, sentence: str = "") -> HttpResponse:
    """The page for a status, with a sentence of the caller's in place of the table's own.

    A status that the table does not hold shows the page of its hundred (400 or 500). The 404
    takes no other sentence: one page, to the letter, for "nobody" and for "not for you".
    """
    known = REFUSALS.get(status) or REFUSALS[status // 100 * 100]
    words = known.sentence if status == 404 else sentence or known.sentence
    context = {"heading": known.heading, "sentence": words, "what_to_do": known.what_to_do}
    return HttpResponse(
        loader.render_to_string("kit/refusal.jinja", context, request), status=status
    )
