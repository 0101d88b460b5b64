"""What follows when an order is broken: the nature, the arrest, the court, and the most it costs.

Says the same as `breach.breach_consequence`, a sentence for each provision. Not checked: that
there was a breach, or that the order had been served.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vigil.law.breach import summary_max
from vigil.law.facts import Fact
from vigil.law.plain import words
from vigil.law.plain.counting import do_not_count, horizon
from vigil.law.plain.lines import Asked, Sentence, present

CRIMINAL: Final = ("criminal", "criminal_or_contempt")
TERMS: Final = ("nature", "arrest", "max_summary", "max_indictment", "offence")


def nature(asked: Asked) -> Iterator[Sentence]:
    """Is it a crime? With the offence's code, and what held for orders made on other days."""
    found, offence = asked.find("nature"), asked.find("offence")
    if found is None:
        return
    is_crime = found.text in CRIMINAL
    told = words.NATURES[found.text]
    if is_crime and offence is not None:
        told = f"{told} Offence code {offence.text}."
    yield Sentence(told, present(found, offence if is_crime else None))
    for more in asked.said("breach_text"):
        # Today's words on breach ("no offence") would contradict a proposed crime.
        if found.proposal is None or more.proposal is not None:
            yield more
    for what in TERMS:
        yield from (_made_otherwise(fact) for fact in asked.made_otherwise(what))


def arrest(asked: Asked) -> Iterator[Sentence]:
    """May police arrest without asking a court?"""
    return asked.coded("arrest")


def court(asked: Asked) -> Iterator[Sentence]:
    """Which court, by when?"""
    hours = asked.find("court_within_hours")
    if hours is None:
        return
    told = f"Before a court within {words.count(hours.number, 'hour')} of the arrest."
    days = [asked.find("excluded_days", clock) for clock in asked.clocks() if is_breach(clock)]
    found = present(*days)
    yield Sentence(" ".join([told, *map(do_not_count, found)]), (hours, *found))
    for fact in found:
        yield from horizon(asked, fact)


def is_breach(clock: str) -> bool:
    """Whether a clock is that of the first court after an arrest for breach."""
    return clock.endswith("breach_court")


def penalty(asked: Asked) -> Iterator[Sentence]:
    """The most that it can cost, by the general limit of the day."""
    found = asked.find("nature")
    if found is not None and found.text in CRIMINAL:
        expression, indictment = asked.find("max_summary"), asked.find("max_indictment")
        if expression is not None:
            facts = summary_max(asked.facts, expression, asked.on, asked.jurisdiction)
            most = words.months(facts[-1].number)
            yield Sentence(f"In a magistrates’ court: up to {most} in custody.", facts)
        if indictment is not None:
            most = words.months(indictment.number)
            yield Sentence(f"In the Crown Court: up to {most} in custody.", (indictment,))
    contempt = asked.find("contempt")
    if contempt is not None:
        told = (
            contempt.text
            if contempt.text.startswith("contempt")
            else f"as contempt: {contempt.text}"
        )
        yield Sentence(words.sentence(told), (contempt,))


def _made_otherwise(fact: Fact) -> Sentence:
    made = []
    if fact.made_first_day is not None:
        made.append(f"from {words.day(fact.made_first_day)}")
    if fact.made_last_day is not None:
        made.append(f"until {words.day(fact.made_last_day)}")
    return Sentence(f"For one made {' '.join(made)}: {words.says(fact)}", (fact,))
