"""Writes the law's data as pages that a person can read: `docs/reference/law/`.

A page for each order and each framework, its facts under the question that they answer. The pages
are the data and nothing else; a test fails when they are stale. Run
`python -m vigil.law.tables docs/reference/law` to write them again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from vigil.law.calendars import Calendar, load_calendars
from vigil.law.facts import Fact, Regime
from vigil.law.loading import DATA, law
from vigil.law.plain import words
from vigil.law.plain.frameworks import FRAMEWORKS, parts_of
from vigil.law.vocabulary import CLOCKS, INSTRUMENTS, PROPOSED_INSTRUMENTS, TERMS

_COLUMNS = ("What the law says", "Where", "From", "To", "Provision", "How sure", "Checked")
_MADE = "This page is written from the data by `python -m vigil.law.tables`; do not edit it.\n"
_NOT_LAW = "**Nothing under this heading is in force on any day.**\n"
_FOOT = """Days are inclusive. *Read at source*: read in the statute or official text; *good second
source*: read in part, or in a good secondary source; *known*: not re-read; *unsettled*: never to
be relied on as true. *Proposed*: not law. None of it is legal advice.
"""
LAST: Final = "What else the data says"
# A heading, and the terms that stand under it; a term that is nowhere here stands under the last.
TOPICS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("Is it in force?", ("may_be_made", "may_be_made_in", "never_in_force", "binds")),
    ("What is not in force", ("not_in_force",)),
    ("Breach, arrest and what follows", ("nature", "breach_text", "arrest", "court_within_hours")),
    ("The most that it can cost", ("max_summary", "max_indictment", "contempt", "offence")),
    ("Who asks and who decides", ("who_may_ask", "applicants", "who_decides", "maker_rank")),
    ("Against whom, and for whom", ("minimum_age", "minimum_age_protected")),
    ("The test and its standard", ("test", "standard")),
    (
        "How long",
        ("duration_text", "minimum_days", "maximum_days", "minimum_years", "maximum_years")
        + ("minimum_years_under_18", "maximum_years_under_18", "until_further_order"),
    ),
    (
        "What it may and must contain",
        ("content_text", "may_hold", "must_hold", "needs_supervisor", "may_monitor")
        + ("monitoring_maximum_months",),
    ),
    ("When it binds", ("binds_from", "service_text")),
    ("Duties to notify", ("notification", "notification_text", "notify_", "periodic_")),
    ("Before and after it", ("interim_text", "interim_instrument", "leads_to", "replaces")),
    (
        "Variation, renewal, discharge, appeal",
        ("variation", "renewal", "discharge", "discharge_consent_months", "appeal"),
    ),
    (
        "Where it has effect",
        ("territorial_effect", "recognised_from", "enforceable_as", "not_recognised"),
    ),
    (LAST, ()),
)


def pages() -> dict[str, str]:
    """Every page by its path."""
    in_force = law().facts
    proposed = tuple(fact for fact in law(Regime.PALADIN).facts if fact.proposal is not None)
    orders = {**INSTRUMENTS, **PROPOSED_INSTRUMENTS}
    own = {f"instruments/{code}.md": _order(code, in_force, proposed) for code in orders}
    frames = {f"frameworks/{code}.md": _framework(code, in_force, proposed) for code in FRAMEWORKS}
    return {
        "index.md": _index(in_force, proposed),
        **own,
        **frames,
        "clocks.md": _subjects("Clocks of hours", CLOCKS, in_force),
        "limits.md": _subjects(
            "Limits, borders and definitions", _left_over(in_force, proposed), in_force
        ),
        "proposals.md": _proposals(proposed),
        "calendars.md": _calendars(load_calendars(DATA / "calendars").values()),
    }


def write(folder: Path) -> None:
    """Writes every page, and removes those that the data no longer makes."""
    made = pages()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for kind in ("instruments", "frameworks"):
        for path in (folder / kind).glob("*.md"):
            if f"{kind}/{path.name}" not in made:
                path.unlink()


def _index(in_force: tuple[Fact, ...], proposed: tuple[Fact, ...]) -> str:
    counted = f"{len(in_force):,} values of law, and {len(proposed):,} that are only proposed."
    parts = ["# The law as data\n", _MADE, counted + "\n"]
    parts.append("[Asking the law](asking.md) and [the format](format.md) are written by hand.\n")
    rows = [(f"[{name}](instruments/{code}.md)", f"`{code}`") for code, name in INSTRUMENTS.items()]
    parts += ["## Orders and notices\n", _table(("Order", "Code"), rows)]
    rows = [
        (f"[{name}](frameworks/{code}.md)", f"`{code}`") for code, (name, _) in FRAMEWORKS.items()
    ]
    parts += ["## Frameworks\n", _table(("Framework", "Code"), rows)]
    parts += [
        "## Clocks, limits, calendars\n",
        "- [Clocks of hours](clocks.md)\n- [Limits, borders and definitions](limits.md)\n"
        "- [Bank holidays](calendars.md)\n",
        "## Proposed, not law\n",
        _NOT_LAW,
        "- [Every proposed value](proposals.md)",
    ]
    parts += [f"- [{name}](instruments/{code}.md)" for code, name in PROPOSED_INSTRUMENTS.items()]
    return "\n".join([*parts, "", _FOOT])


def _order(code: str, in_force: tuple[Fact, ...], proposed: tuple[Fact, ...]) -> str:
    """The page of one order: the law in force by question, then what is proposed."""
    parts = [f"# {words.name_of(code)} (`{code}`)\n", _MADE]
    parts += _by_topic([fact for fact in in_force if fact.of == code], "##")
    own = [fact for fact in proposed if fact.of == code]
    if own:
        parts += ["## Proposed, not law\n", _NOT_LAW, *_by_topic(own, "###")]
    return "\n".join([*parts, _FOOT])


def _framework(code: str, in_force: tuple[Fact, ...], proposed: tuple[Fact, ...]) -> str:
    name, _ = FRAMEWORKS[code]
    parts = [f"# {name} (`{code}`)\n", _MADE, *_each(parts_of(code, in_force), in_force, "##")]
    own = parts_of(code, proposed)
    if own:
        parts += ["## Proposed, not law\n", _NOT_LAW, *_each(own, proposed, "###")]
    return "\n".join([*parts, _FOOT])


def _subjects(title: str, subjects: Iterable[str], facts: tuple[Fact, ...]) -> str:
    return "\n".join([f"# {title}\n", _MADE, *_each(subjects, facts, "##"), _FOOT])


def _proposals(proposed: tuple[Fact, ...]) -> str:
    subjects = dict.fromkeys(fact.of for fact in proposed)
    parts = ["# Proposed, not law\n", _MADE, _NOT_LAW, *_each(subjects, proposed, "##")]
    return "\n".join([*parts, _FOOT])


def _each(subjects: Iterable[str], facts: tuple[Fact, ...], level: str) -> Iterator[str]:
    """A heading and a table for each subject."""
    for subject in subjects:
        yield f"{level} {words.name_of(subject)} (`{subject}`)\n"
        yield _table(_COLUMNS, (_row(fact) for fact in facts if fact.of == subject))


def _by_topic(facts: list[Fact], level: str) -> Iterator[str]:
    """A heading and a table for each question that the facts of an order answer."""
    for heading, terms in TOPICS:
        own = [fact for fact in facts if _topic_of(fact.what) == heading]
        order = {what: place for place, what in enumerate((*terms, *TERMS)[::-1])}
        if own:
            own.sort(key=lambda fact: (-order[fact.what], fact.extent, fact.first_day))
            yield f"{level} {heading}\n"
            yield _table(_COLUMNS, map(_row, own))


def _topic_of(what: str) -> str:
    """The heading of a term; one that ends with "_" stands for all that begin so."""
    for heading, terms in TOPICS:
        starts = tuple(term for term in terms if term.endswith("_"))
        if what in terms or what.startswith(starts):
            return heading
    return LAST


def _left_over(in_force: tuple[Fact, ...], proposed: tuple[Fact, ...]) -> list[str]:
    """The subjects that have no page of their own."""
    paged = {*INSTRUMENTS, *PROPOSED_INSTRUMENTS, *CLOCKS}
    for code in FRAMEWORKS:
        paged |= {*parts_of(code, in_force), *parts_of(code, proposed)}
    return [of for of in dict.fromkeys(fact.of for fact in in_force) if of not in paged]


def _row(fact: Fact) -> tuple[str, ...]:
    provision = words.cited(fact)
    if fact.provision.url is not None:
        provision = f"[{provision}]({fact.provision.url})"
    return (
        " ".join([_said(fact), *([words.sentence(fact.note)] if fact.note else [])]),
        ", ".join(fact.extent),
        fact.first_day.isoformat(),
        fact.last_day.isoformat() if fact.last_day else "no end known",
        provision,
        words.SURE[fact.confidence] if fact.proposal is None else words.proposed(fact.proposal),
        fact.checked_on.isoformat(),
    )


def _said(fact: Fact) -> str:
    """What a fact says, and of which orders where only of those made between two days."""
    made = [
        f"made {word} {day.isoformat()}"
        for word, day in (("from", fact.made_first_day), ("to", fact.made_last_day))
        if day is not None
    ]
    return words.says(fact) + (f" ({', '.join(made)})" if made else "")


def _calendars(calendars: Iterable[Calendar]) -> str:
    parts = ["# Bank holidays\n", _MADE]
    for each in calendars:
        parts.append(f"## {each.title}, {each.first_year} to {each.last_year}\n")
        days = [(day, "bank holiday", fact) for day, fact in each.holidays.items()]
        days += [(day, "doubtful", fact) for day, fact in each.doubtful.items()]
        rows = (
            (day.isoformat(), day.strftime("%A"), what, fact.confidence.value)
            for day, what, fact in sorted(days, key=lambda found: found[0])
        )
        parts.append(_table(("Day", "Weekday", "What", "Confidence"), rows))
    return "\n".join(parts)


def _table(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    heads = list(columns)
    lines: list[Iterable[str]] = [heads, ["---"] * len(heads), *map(_escaped, rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def _escaped(cells: Iterable[str]) -> list[str]:
    """A bar inside a cell would end it."""
    return [cell.replace("|", "\\|") for cell in cells]


if __name__ == "__main__":  # pragma: no cover  # run by hand
    write(Path(sys.argv[1]))
