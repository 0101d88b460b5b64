"""The frameworks that are no order: sex offenders' duties, the register, detention, MAPPA.

Each is told from all subjects of the data that belong to it, one question a subject. A framework
of which the data says nothing is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from vigil.law.facts import Fact, Regime
from vigil.law.loading import law
from vigil.law.plain import telling, words
from vigil.law.plain.lines import Asked, Section, Sentence

# Code: its name, and its subjects in the order in which they are told. One that ends with "_"
# stands for all that begin so.
FRAMEWORKS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "SOA_PART_2": (
        "Notification requirements of sex offenders",
        ("SOA_PART_2", "PERIOD_", "SENTENCE_", "QUALIFYING_STAY", "PRE_NOTIFIED_CHANGE")
        + ("CHILD_HOUSEHOLD", "BANK_AND_IDENTITY", "FOREIGN_TRAVEL", "ENTRY_WARRANT")
        + ("REGISTERED_OFFENDER_VISITS",),
    ),
    "REGISTER": (
        "Register of serial perpetrators",
        ("REGISTER_FRAMEWORK", "REGISTER", "REGISTER_"),
    ),
    "DETENTION": (
        "Detention before charge",
        ("DETENTION", "RELEVANT_TIME_", "REVIEW_", "EXTENSION_", "DETENTION_")
        + ("CHARGE_TO_COURT", "HOLD"),
    ),
    "BAIL": ("Bail before charge", ("BAIL_",)),
    "MAPPA": (
        "Multi-agency public protection arrangements",
        ("MAPPA_", "DANGEROUS_PERSONS_SYSTEM"),
    ),
}
# Words that people type for them.
ALSO: Final[Mapping[str, str]] = {"PACE": "DETENTION", "SOA": "SOA_PART_2"}


def frameworks(regime: Regime) -> dict[str, str]:
    """The frameworks that the data of a regime speaks of, with their names."""
    subjects = law(regime).subjects
    return {
        code: name
        for code, (name, parts) in FRAMEWORKS.items()
        if any(_is_part(subject, part) for subject in subjects for part in parts)
    }


def framework_sections(asked: Asked) -> tuple[Section, ...]:
    """The duties to notify, then each subject with all that the data says of it."""
    duties = tuple(telling.notify(asked))
    found = [Section("notify", "What must they tell the police?", duties)] if duties else []
    told = {fact for line in duties for fact in line.facts}
    for subject in parts_of(asked.code, asked.facts.facts):
        facts = [fact for fact in _held(asked, subject) if fact not in told]
        lines = tuple(Sentence(words.says(fact), (fact,)) for fact in facts)
        if lines:
            found.append(Section(subject.lower(), words.name_of(subject), lines))
    return tuple(found)


def parts_of(code: str, facts: Iterable[Fact]) -> list[str]:
    """The subjects of a framework of which the facts speak, each once, in the order of telling."""
    known = dict.fromkeys(fact.of for fact in facts)
    _, parts = FRAMEWORKS[code]
    found = (subject for part in parts for subject in known if _is_part(subject, part))
    return list(dict.fromkeys(found))


def _is_part(subject: str, part: str) -> bool:
    return subject.startswith(part) if part.endswith("_") else subject == part


def _held(asked: Asked, subject: str) -> list[Fact]:
    """What the data says of a subject on that day, each thing once, in the order of the files."""
    facts = asked.facts.facts
    whats = dict.fromkeys(fact.what for fact in facts if fact.of == subject)
    found = (asked.find(what, subject) for what in whats if what not in ("binds", "notification"))
    return [fact for fact in found if fact is not None]
