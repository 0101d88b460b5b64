"""What is wrong with a question, and the error that it earns: the list of the issue and more.

The same list goes through `vigil law ask` as a process and through the API.
"""

from __future__ import annotations

from typing import Any

Question = dict[str, Any]

GOOD: Question = {"ask": "breach", "instrument": "DVPO", "on": "2026-11-23"}
CLOCK = {"ask": "clock", "clock": "dvpn_hearing", "from_at": "2026-11-20T15:00:00+00:00"}
PERIOD = {
    "ask": "period",
    "disposal": "imprisonment",
    "months": 6,
    "age": 30,
    "relevant_on": "2026-03-02",
}
VALIDITY = {"ask": "validity", "instrument": "DVPO", "made_on": "2026-03-02"}
NOTIFICATION = {
    "ask": "notification",
    "instrument": "SOA_PART_2",
    "event": "periodic",
    "on": "2026-03-02",
    "no_fixed_abode": False,
}

# What is wrong, the question, and the code of its error.
BAD: dict[str, tuple[Question, str]] = {
    "an unknown instrument": ({**GOOD, "instrument": "ASBO"}, "unknown_instrument"),
    "an unknown kind": ({**GOOD, "ask": "horoscope"}, "bad_question"),
    "a date before commencement": ({**GOOD, "on": "2011-06-29"}, "not_in_force"),
    "a day past the horizon": ({**CLOCK, "from_at": "2028-01-01T00:00:00Z"}, "calendar_exhausted"),
    "an instant with no offset": ({**CLOCK, "from_at": "2026-11-20T15:00:00"}, "bad_question"),
    "29 February 2027": ({**GOOD, "on": "2027-02-29"}, "bad_question"),
    "the 25th hour": ({**CLOCK, "from_at": "2026-11-20T25:00:00+00:00"}, "bad_question"),
    "a day as a number": ({**GOOD, "on": 20261123}, "bad_question"),
    "a day as half a character": ({**GOOD, "on": "\ud800"}, "bad_question"),
    "an instrument as half a character": ({**GOOD, "instrument": "\ud800"}, "unknown_instrument"),
    "a negative term": ({**PERIOD, "months": -6}, "bad_question"),
    "a term of nought": ({**PERIOD, "months": 0}, "bad_question"),
    "a term of half a month": ({**PERIOD, "months": 6.5}, "bad_question"),
    "a term of six point nought": ({**PERIOD, "months": 6.0}, "bad_question"),
    "a term of 10 to the 300": ({**PERIOD, "months": 10**300}, "bad_question"),
    "a term of 10 to the 5000": ({**PERIOD, "months": "HUGE"}, "bad_question"),
    "a term that is true": ({**PERIOD, "months": True}, "bad_question"),
    "an age of 300": ({**PERIOD, "age": 300}, "bad_question"),
    "an age that is true": ({**VALIDITY, "subject_age": True}, "bad_question"),
    "an age as a text": ({**PERIOD, "age": "30"}, "bad_question"),
    "no_fixed_abode as 0": ({**NOTIFICATION, "no_fixed_abode": 0}, "bad_question"),
    "a list as an instrument": ({**GOOD, "instrument": ["DVPO"]}, "bad_question"),
    "an object as a day": ({**GOOD, "on": {"on": "2026-11-23"}}, "bad_question"),
    "no fields": ({}, "bad_question"),
    "an unknown regime": ({**GOOD, "regime": "dream"}, "bad_question"),
    "an unknown jurisdiction": ({**GOOD, "jurisdiction": "FR"}, "bad_question"),
}

HUGE = "9" * 5000


def written(text: str) -> str:
    """A line of JSON with its huge number put in: Python itself refuses to write one."""
    return text.replace('"HUGE"', HUGE)
