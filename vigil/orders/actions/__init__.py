"""What changes the record of orders, from the first draft to the end, by noun.

Each refuses with the provision where the law refuses, and writes nothing then.
"""

from __future__ import annotations

from vigil.orders.actions.applying import (
    adjourn,
    apply_for,
    authorise,
    draft,
    list_hearing,
    refuse,
    withdraw,
)
from vigil.orders.actions.changing import extend, renew, resume, suspend, vary
from vigil.orders.actions.ending import discharge, quash
from vigil.orders.actions.linking import link
from vigil.orders.actions.making import issue_notice, make, make_drafted
from vigil.orders.actions.serving import record_knowledge, serve

__all__ = [
    "adjourn",
    "apply_for",
    "authorise",
    "discharge",
    "draft",
    "extend",
    "issue_notice",
    "link",
    "list_hearing",
    "make",
    "make_drafted",
    "quash",
    "record_knowledge",
    "refuse",
    "renew",
    "resume",
    "serve",
    "suspend",
    "vary",
    "withdraw",
]
