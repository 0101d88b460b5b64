"""The law room's account, laid out for a page: rows of questions, today beside the proposals.

Adds no word of law. What is proposed is kept in a column of its own and never mixed with today's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.law.asked import Asked
from vigil.entrypoints.web.law.rail import Rail, rail
from vigil.law.errors import UnknownInstrumentError
from vigil.law.facts import Confidence, Proposal, Regime
from vigil.law.loading import law
from vigil.law.plain import words
from vigil.law.plain.account import Account, account, codes, states
from vigil.law.plain.frameworks import FRAMEWORKS
from vigil.law.plain.lines import Section, Sentence
from vigil.law.plain.sections import is_first
from vigil.law.plain.state import State
from vigil.law.vocabulary import JURISDICTIONS

LOOK: Final[Mapping[Confidence, str]] = {
    Confidence.VERIFIED: "solid",
    Confidence.SECONDARY: "solid",
    Confidence.KNOWN: "dashed",
    Confidence.UNSETTLED: "heavy",
}
# The answers for which an officer opens the page.
BOLD: Final = ("breach", "arrest")
SHORT: Final[Mapping[State, str]] = {
    State.IN_FORCE: "In force",
    State.PILOT: "Pilot areas only",
    State.BINDS_ONLY: "Made no more, may bind",
    State.REACHES: "Binds here too",
    State.NOT_YET: "Not in force yet",
    State.ENDED: "No longer in force",
    State.NEVER: "Never in force",
    State.NOT_HERE: "",
    State.TOLD: "",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is written, how sure it is, and by which proposal."""

    provisions: tuple[tuple[str, str], ...]
    sure: str
    look: str
    proposed: str
    checked: str


@dataclass(frozen=True, slots=True)
class Line:
    """Sentences that rest on one source, what the data adds to them, and the source."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Row:
    """A question, today's answer, and the proposed one where it differs."""

    question: str
    today: tuple[Line, ...]
    proposed: tuple[Line, ...]
    is_rest_as_today: bool = False
    is_bold: bool = False
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class InstrumentPage:
    """One order on one day. `recommendations` is empty where nothing is proposed."""

    title: str
    code: str
    on: str
    nation: str
    nations: tuple[Mapping[str, object], ...]
    is_law: bool
    is_only_proposed: bool
    is_pilot: bool
    lead: tuple[str, ...]
    warnings: tuple[str, ...]
    checked: str
    recommendations: str
    rows: tuple[Row, ...]
    behind: str
    missing: str
    rail: Rail | None
    key: tuple[tuple[str, str, str], ...]


def instrument_page(code: str, asked: Asked) -> InstrumentPage:
    """The page of one order or framework.

    Raises:
        UnknownInstrumentError: the code is known under no law.
    """
    try:
        today: Account | None = account(code, asked.on, jurisdiction=asked.nation, area=asked.area)
    except UnknownInstrumentError:
        today = None
    proposed = account(code, asked.on, Regime.PALADIN, jurisdiction=asked.nation, area=asked.area)
    shown = today or proposed
    rows = tuple(_without_repeated_notes(_rows(today, proposed)))
    proposals = [line.source.proposed for row in rows for line in row.proposed]
    lines = [line for row in rows for line in (*row.today, *row.proposed)]
    levels = {line.source.sure for line in lines if not line.source.proposed}
    return InstrumentPage(
        title=f"{shown.name} ({shown.code})",
        code=shown.code,
        on=formats.day(asked.on),
        nation=words.NATIONS[shown.jurisdiction],
        nations=_nations(asked, shown.jurisdiction),
        is_law=shown.state.is_law,
        is_only_proposed=today is None,
        is_pilot=State.PILOT in (shown.state, proposed.state),
        lead=shown.lead,
        warnings=shown.warnings,
        checked=formats.day(shown.checked_on) if shown.checked_on else "",
        recommendations=_recommendations(proposed) if proposals else "",
        rows=rows,
        behind=_behind(rows),
        missing=formats.listed(list(shown.missing)),
        rail=rail(shown, is_proposed=bool(proposals) and today is not None),
        key=tuple(
            (words.SURE[level], LOOK[level], words.SURE_MEANS[level])
            for level in Confidence
            if words.SURE[level] in levels
        ),
    )


def _behind(rows: Iterable[Row]) -> str:
    """What is opened for the rest: how many questions, and how many have a proposed answer too."""
    rest = [row for row in rows if not row.is_first]
    changed = sum(1 for row in rest if row.proposed)
    told = words.count(len(rest), "more question") if rest else ""
    return f"{told}, {changed} of them with a PROPOSED answer" if changed else told


def _nations(asked: Asked, here: str) -> tuple[Mapping[str, object], ...]:
    return tuple(
        {
            "label": words.NATIONS[nation],
            "href": asked.query(nation),
            "is_current": nation == here,
        }
        for nation in JURISDICTIONS
    )


def _recommendations(proposed: Account) -> str:
    """The Recommendations that the page's proposals belong to: "Recommendation 1"."""
    found = {line.proposal for section in proposed.sections for line in section.sentences}
    found |= {line.proposal for line in proposed.in_force}
    numbers = sorted({proposal.recommendation for proposal in found if proposal})
    one = "Recommendation" if len(numbers) == 1 else "Recommendations"
    return f"{one} {formats.listed([str(number) for number in numbers])}"


def _rows(today: Account | None, proposed: Account) -> Iterable[Row]:
    """Each question once, in the order of the law room, whichever of the two answers it."""
    now = {section.key: section for section in today.sections} if today else {}
    then = {section.key: section for section in proposed.sections}
    checked = (today or proposed).checked_on
    if today is None or today.in_force:
        mine = _lines(today.in_force if today else (), checked)
        theirs = _lines(proposed.in_force, checked) if today is None else ()
        yield Row("Is it in force?", mine, theirs)
    # A question that only the proposals answer stands where the proposals have it.
    for key in dict.fromkeys((*then, *now)):
        section = now.get(key)
        held = section.sentences if section else ()
        changed = _changed(then.get(key), held)
        rest = len(then[key].sentences) - len(changed) if changed else 0
        question = (section or then[key]).question
        own, theirs = _lines(held, checked), _lines(changed, checked)
        # What is unsettled is never shouted: an officer reads the bold words first.
        is_bold = key in BOLD and all(line.source.look != "heavy" for line in own[:1])
        yield Row(question, own, theirs, rest > 0, is_bold, is_first(key))


def _without_repeated_notes(rows: Iterable[Row]) -> Iterable[Row]:
    """A note that stands under many sentences is read once in each column."""
    seen: dict[str, set[str]] = {"today": set(), "proposed": set()}
    for row in rows:
        kept = {}
        for column, lines in (("today", row.today), ("proposed", row.proposed)):
            kept[column] = tuple(_first_notes(line, seen[column]) for line in lines)
        yield replace(row, today=kept["today"], proposed=kept["proposed"])


def _first_notes(line: Line, seen: set[str]) -> Line:
    new = tuple(note for note in line.notes if note not in seen)
    seen.update(new)
    return replace(line, notes=new)


def _changed(proposed: Section | None, held: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """What the proposals say otherwise than today: nothing where none of it is proposed."""
    if proposed is None or proposed.proposal is None:
        return ()
    return tuple(each for each in proposed.sentences if each not in held)


def _lines(sentences: tuple[Sentence, ...], checked: date | None) -> tuple[Line, ...]:
    """Sentences one after another that rest on the same become one line."""
    found: list[Line] = []
    for each in sentences:
        source = _source(each, checked)
        told: tuple[str, ...] = (each.text,)
        notes = each.notes
        if found and found[-1].source == source:
            last = found.pop()
            told = (*last.sentences, *told)
            notes = tuple(dict.fromkeys((*last.notes, *notes)))
        found.append(Line(told, notes, source))
    return tuple(found)


def _source(sentence: Sentence, checked: date | None) -> Source:
    ground = sentence.ground
    return Source(
        provisions=tuple(dict.fromkeys(_provisions(sentence))),
        sure=words.SURE[ground.confidence],
        look=LOOK[ground.confidence],
        proposed=_proposed(ground.proposal),
        checked="" if sentence.checked_on == checked else formats.day(sentence.checked_on),
    )


def _proposed(proposal: Proposal | None) -> str:
    if proposal is None:
        return ""
    return f"Recommendation {proposal.recommendation}. {words.STANDING[proposal.standing]}"


def _provisions(sentence: Sentence) -> Iterable[tuple[str, str]]:
    """Where it is written; a proposal is named by its tag instead."""
    for fact in sentence.facts:
        if fact.proposal is None:
            yield words.cited(fact), fact.provision.url or ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Every code with its state in each nation on a day, the frameworks and the proposals."""

    on: str
    orders: tuple[tuple[str, str, tuple[str, ...]], ...]
    frameworks: tuple[tuple[str, str], ...]
    proposed: tuple[tuple[str, str], ...]
    query: str


def list_page(asked: Asked) -> ListPage:
    """The list on a day."""
    in_force, proposed = codes(Regime.IN_FORCE), codes(Regime.PALADIN)
    orders = []
    for code, name in in_force.items():
        if code not in FRAMEWORKS:
            found = states(law(), code, asked.on)
            orders.append((code, name, tuple(SHORT[found[nation]] for nation in JURISDICTIONS)))
    return ListPage(
        on=formats.day(asked.on),
        orders=tuple(orders),
        frameworks=tuple((code, name) for code, name in in_force.items() if code in FRAMEWORKS),
        proposed=tuple((code, name) for code, name in proposed.items() if code not in in_force),
        query=Asked(asked.on, None, "").query(),
    )
