"""The questions of an officer's about an order, each with what answers it from the data.

A table of questions and the functions that answer them; a fact that no question asks for is told
under the last one, so that nothing the data says is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from vigil.law.facts import Fact
from vigil.law.plain import breaching, telling, words
from vigil.law.plain.lines import Asked, Section, Sentence, present
from vigil.law.vocabulary import JURISDICTIONS

Answers = Callable[[Asked], Iterator[Sentence]]


def _who_asks(asked: Asked) -> Iterator[Sentence]:
    yield from asked.said("who_may_ask")
    applicants = asked.find("applicants")
    if applicants is not None and asked.find("who_may_ask") is None:
        yield Sentence(words.who_may_ask(applicants.codes), (applicants,))


def _who_decides(asked: Asked) -> Iterator[Sentence]:
    yield from asked.said("who_decides")
    rank = asked.find("maker_rank")
    if rank is not None and asked.find("who_decides") is None:
        named = rank.text.replace("_", " ")
        yield Sentence(f"An officer of the rank of {named} or above.", (rank,))


def _against(asked: Asked) -> Iterator[Sentence]:
    age, protected = asked.find("minimum_age"), asked.find("minimum_age_protected")
    if age is not None:
        yield Sentence(f"Somebody aged {age.number} or over.", (age,))
    if protected is not None:
        told = f"It protects somebody aged {protected.number} or over."
        yield Sentence(told, (protected,))


def _test(asked: Asked) -> Iterator[Sentence]:
    yield from asked.said("test")
    standard = asked.find("standard")
    if standard is not None:
        yield Sentence(
            words.sentence(f"standard of proof: {words.begin_small(standard.text)}"), (standard,)
        )


def _length(asked: Asked) -> Iterator[Sentence]:
    yield from _unless_told(asked, "duration_text", _bounds(asked))
    yield from asked.said("duration_text")


def _bounds(asked: Asked) -> Iterator[Sentence]:
    yield from _between(asked, "days", "", "{}, the day of making counted.")
    yield from _between(asked, "years", "", "{}.")
    yield from _between(asked, "years", "_under_18", "Under 18: {}.")
    open_ended = asked.find("until_further_order")
    if open_ended is not None:
        told = "It may run until further order." if open_ended.value else "It needs a last day."
        yield Sentence(told, (open_ended,))


def _unless_told(asked: Asked, what: str, lines: Iterable[Sentence]) -> Iterator[Sentence]:
    """The lines that the data's own text does not say: all without one, or those proposed."""
    text = asked.find(what)
    for line in lines:
        if text is None or (line.proposal is not None and text.proposal is None):
            yield line


def _between(asked: Asked, unit: str, whose: str, told: str) -> Iterator[Sentence]:
    least = asked.find(f"minimum_{unit}{whose}")
    most = asked.find(f"maximum_{unit}{whose}")
    one = unit.removesuffix("s")
    if least is not None and most is not None:
        length = f"{least.number} to {words.count(most.number, one)}"
    elif least is not None:
        length = f"{words.count(least.number, one)} or more"
    elif most is not None:
        length = f"{words.count(most.number, one)} at most"
    else:
        return
    told = told.format(length)
    yield Sentence(told[:1].upper() + told[1:], present(least, most))


def _content(asked: Asked) -> Iterator[Sentence]:
    yield from asked.said("content_text")
    if asked.find("content_text") is None:
        yield from _kinds(asked)
    supervisor = asked.find("needs_supervisor")
    if supervisor is not None and supervisor.value:
        told = "A requirement to do something needs a named supervisor."
        yield Sentence(told, (supervisor,))
    monitor, longest = asked.find("may_monitor"), asked.find("monitoring_maximum_months")
    if monitor is not None:
        told = f"It may {'' if monitor.value else 'not '}require electronic monitoring."
        yield Sentence(told, (monitor,))
    if longest is not None:
        told = f"Electronic monitoring: at most {words.months(longest.number)} at a time."
        yield Sentence(told, (longest,))


def _kinds(asked: Asked) -> Iterator[Sentence]:
    """The kinds of rule, where the data has no words of its own for them."""
    for what, told in (("may_hold", "A term of it may be"), ("must_hold", "It must hold one of")):
        kinds = asked.find(what)
        if kinds is not None:
            named = words.listed((words.RULES[code] for code in kinds.codes), "or")
            yield Sentence(f"{told}: {named}.", (kinds,))


def _binds(asked: Asked) -> Iterator[Sentence]:
    yield from asked.coded("binds_from")
    yield from asked.said("service_text")


def _interim(asked: Asked) -> Iterator[Sentence]:
    yield from asked.said("interim_text")
    for what, told in (
        ("interim_instrument", "Until the court decides there may be"),
        ("leads_to", "It leads to"),
        ("replaces", "It replaces"),
    ):
        other = asked.find(what)
        if other is not None:
            yield Sentence(f"{told} {words.a_or_an(other.text)} ({other.text}).", (other,))


def _ending(asked: Asked) -> Iterator[Sentence]:
    yield from asked.said("discharge")
    yield from _unless_told(asked, "discharge", _consent(asked))


def _consent(asked: Asked) -> Iterator[Sentence]:
    months = asked.find("discharge_consent_months")
    if months is not None:
        told = f"No discharge in the first {words.months(months.number)} without consent."
        yield Sentence(told, (months,))


def _territory(asked: Asked) -> Iterator[Sentence]:
    yield from asked.said("territorial_effect")
    for nation in JURISDICTIONS:
        reach = asked.find("recognised_from", jurisdiction=nation)
        if nation == asked.jurisdiction or reach is None:
            continue
        if asked.jurisdiction in reach.codes:
            enforced = asked.find("enforceable_as", jurisdiction=nation)
            told = f"It binds in {words.NATIONS[nation]} too"
            told += f", enforced as {enforced.text}" if enforced is not None else ""
            yield Sentence(words.sentence(told), present(reach, enforced))


def _not_in_force(asked: Asked) -> Iterator[Sentence]:
    for fact in asked.find_all("not_in_force"):
        yield Sentence(words.sentence(fact.text), (fact,))


def _text(what: str) -> Answers:
    return lambda asked: asked.said(what)


# Key, question, what answers it, and what is missing where nothing does ("" : not missed).
QUESTIONS: Final[Sequence[tuple[str, str, Answers, str]]] = (
    ("breach", "What is a breach?", breaching.nature, "what a breach is"),
    ("arrest", "May police arrest?", breaching.arrest, "whether police may arrest"),
    ("court", "Which court, by when?", breaching.court, ""),
    ("penalty", "What can follow?", breaching.penalty, ""),
    ("clock", "Which clock is running?", telling.clocks, ""),
    ("who_asks", "Who can ask for it?", _who_asks, "who can ask for it"),
    ("who_decides", "Who decides?", _who_decides, "who decides"),
    ("against", "Who can it be made against?", _against, "an age below which it cannot be made"),
    ("test", "What must be shown?", _test, "the test and its standard"),
    ("length", "How long does it last?", _length, "how long it lasts"),
    ("content", "What can it forbid and require?", _content, "what it can forbid and require"),
    ("binds", "When does it bind?", _binds, "when it binds"),
    ("notify", "What must they tell the police?", telling.notify, "what they must tell the police"),
    ("interim", "What goes before it or after it?", _interim, ""),
    ("variation", "Can it be varied?", _text("variation"), "whether it can be varied"),
    ("renewal", "Can it be renewed?", _text("renewal"), "whether it can be renewed"),
    ("discharge", "Can it be ended early?", _ending, "whether it can be ended early"),
    ("appeal", "Who can appeal?", _text("appeal"), "who can appeal"),
    ("territory", "Where does it have effect?", _territory, "where it has effect"),
    ("not_in_force", "What is not in force?", _not_in_force, ""),
)
# What an officer opens the page for; the rest of QUESTIONS stands behind it. A framework's
# questions are all of the first kind.
FIRST: Final = ("breach", "arrest", "court", "penalty", "clock") + (
    "who_asks",
    "who_decides",
    "length",
    "content",
)
_BEHIND: Final = frozenset(key for key, *_ in QUESTIONS if key not in FIRST) | {"more"}
# Told by the account itself, or spelled out by a sentence that rests on another fact.
TOLD_ELSEWHERE: Final = frozenset(
    ("may_be_made", "may_be_made_in", "never_in_force", "binds", "notification", "applicants")
    + ("recognised_from", "enforceable_as", "max_summary", "max_indictment", "offence")
    + ("may_hold", "must_hold", "needs_supervisor", "maker_rank", "until_further_order")
    + ("minimum_days", "maximum_days", "minimum_years", "maximum_years")
    + ("minimum_years_under_18", "maximum_years_under_18", "discharge_consent_months")
)


def sections(asked: Asked) -> tuple[Section, ...]:
    """Every question that the data answers, in order, and last what else it says."""
    found = []
    for key, question, answers, _ in QUESTIONS:
        lines = tuple(answers(asked))
        if lines:
            found.append(Section(key, question, lines))
    more = tuple(
        Sentence(words.says(fact), (fact,)) for fact in _not_told(asked, found, asked.code)
    )
    return (*found, *([Section("more", "What else does the data say?", more)] if more else []))


def is_first(key: str) -> bool:
    """Whether a question belongs on the first screen."""
    return key not in _BEHIND


def missing(found: Sequence[Section]) -> tuple[str, ...]:
    """What an officer would ask and the data does not say."""
    answered = {section.key for section in found}
    return tuple(what for key, _, _, what in QUESTIONS if what and key not in answered)


def _not_told(asked: Asked, found: Sequence[Section], subject: str) -> Iterator[Fact]:
    told = {fact for section in found for line in section.sentences for fact in line.facts}
    for fact in asked.facts.facts:
        is_asked = fact.of == subject and fact.what not in TOLD_ELSEWHERE and fact not in told
        if is_asked and asked.find(fact.what) == fact:
            yield fact
