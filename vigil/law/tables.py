"""Writes the law's data as pages that a person can read: `docs/reference/law/`.

The pages are the data and nothing else; a test fails when they are stale. Run
`python -m vigil.law.tables docs/reference/law` to write them again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from vigil.law.calendars import Calendar, load_calendars
from vigil.law.facts import Fact, Regime
from vigil.law.loading import DATA, law
from vigil.law.vocabulary import (
    CLOCKS,
    FRAMEWORKS,
    INSTRUMENTS,
    MEASURES,
    PROPOSED_FRAMEWORKS,
    PROPOSED_INSTRUMENTS,
    SERIAL_DEFINITIONS,
    TERMS,
)

_NAMED: Mapping[str, str] = {
    **INSTRUMENTS,
    **CLOCKS,
    **FRAMEWORKS,
    **SERIAL_DEFINITIONS,
    **MEASURES,
    **PROPOSED_INSTRUMENTS,
    **PROPOSED_FRAMEWORKS,
}
_COLUMNS = ("What", "Value", "Where", "From", "To", "Provision", "Confidence", "Checked")
_MADE = "This page is written from the data by `python -m vigil.law.tables`; do not edit it.\n"
_INDEX = f"""# The law as data

{_MADE}
- [Asking the law](asking.md) and [the format of the data](format.md), written by hand
- [Orders and notices](instruments.md)
- [Clocks of hours](clocks.md)
- [Frameworks, limits and definitions](frameworks.md)
- [Proposed, not law](proposals.md)
- [Bank holidays](calendars.md)

Days are inclusive. *verified*: read in the statute or official text; *secondary*: read in part, or
in a good secondary source; *known*: not re-read; *unsettled*: never to be relied on as true.
None of it is legal advice.
"""


def pages() -> dict[str, str]:
    """Every page by its file name."""
    in_force = law().facts
    proposed = tuple(fact for fact in law(Regime.PALADIN).facts if fact.proposal is not None)
    return {
        "index.md": _INDEX,
        "instruments.md": _page("Orders and notices by date", INSTRUMENTS, in_force),
        "clocks.md": _page("Clocks of hours", CLOCKS, in_force),
        "frameworks.md": _page(
            "Frameworks, limits and definitions",
            {**FRAMEWORKS, **SERIAL_DEFINITIONS, **MEASURES, **_unnamed(in_force)},
            in_force,
        ),
        "proposals.md": _page(
            "Proposed, not law", {**_NAMED, **_unnamed(proposed)}, proposed, is_proposed=True
        ),
        "calendars.md": _calendars(load_calendars(DATA / "calendars").values()),
    }


def write(folder: Path) -> None:
    """Writes every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _unnamed(facts: Iterable[Fact]) -> dict[str, str]:
    """Subjects that have no name of their own: limits and the like, by their code."""
    return {
        fact.of: fact.of.replace("_", " ").capitalize() for fact in facts if fact.of not in _NAMED
    }


def _page(
    title: str, subjects: Mapping[str, str], facts: tuple[Fact, ...], *, is_proposed: bool = False
) -> str:
    parts = [f"# {title}\n", _MADE]
    if is_proposed:
        parts.append("**Nothing on this page is in force.**\n")
    for code, name in subjects.items():
        own = [fact for fact in facts if fact.of == code]
        if own:
            parts += [f"## {name} (`{code}`)\n", _table(_COLUMNS, map(_row, own))]
    return "\n".join(parts)


def _row(fact: Fact) -> tuple[str, ...]:
    provision = f"{fact.provision.act}, {fact.provision.cite}"
    if fact.provision.url is not None:
        provision = f"[{provision}]({fact.provision.url})"
    made = [
        f"made {word} {day.isoformat()}"
        for word, day in (("from", fact.made_first_day), ("to", fact.made_last_day))
        if day is not None
    ]
    said = [TERMS[fact.what].says, *made]
    sure = fact.confidence.value
    if fact.proposal is not None:
        sure = f"Recommendation {fact.proposal.recommendation}, {fact.proposal.standing.value}"
    return (
        ", ".join(said),
        " ".join([_value(fact), *([f"({fact.note})"] if fact.note else [])]),
        ", ".join(fact.extent),
        fact.first_day.isoformat(),
        fact.last_day.isoformat() if fact.last_day else "no end known",
        provision,
        sure,
        fact.checked_on.isoformat(),
    )


def _value(fact: Fact) -> str:
    if fact.value is True or fact.value is False:
        return "yes" if fact.value else "no"
    if isinstance(fact.value, tuple):
        return ", ".join(fact.value).replace("_", " ")
    is_counted = isinstance(fact.value, int)
    return f"{fact.value} {fact.unit}" if is_counted else str(fact.value)


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
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


if __name__ == "__main__":  # pragma: no cover  # run by hand
    write(Path(sys.argv[1]))
