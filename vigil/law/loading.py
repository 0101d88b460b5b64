"""Reads the law's TOML files into facts, strictly, and finds the fact that held on a day.

Refuses a file with a missing, unknown or ill-typed word, two values for one day, a proposal
outside `reforms/`, or a day given as text. It never guesses: no fact for a day is an error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from vigil.law import vocabulary
from vigil.law.errors import LawDataError, MissingLawError
from vigil.law.facts import Confidence, Fact, Proposal, Provision, Regime, Standing, Value
from vigil.law.vocabulary import Shape, Term

DATA: Final = Path(__file__).parent

LETTERS: Final[Mapping[str, Confidence]] = {
    "V": Confidence.VERIFIED,
    "V~": Confidence.SECONDARY,
    "K": Confidence.KNOWN,
    "U": Confidence.UNSETTLED,
}

_FILE = {"source": True, "provision": True}
_SOURCE = {"title": True, "url": True, "recommendation": False}
_PROVISION = {
    "cite": True,
    "url": True,
    "act": False,
    "first_day": True,
    "last_day": False,
    "made_first_day": False,
    "made_last_day": False,
    "confidence": True,
    "checked_on": True,
    "extent": False,
    "standing": False,
    "note": False,
    "says": True,
}
_SAYS = {"of": True, "what": True, "value": True, "unit": True, "confidence": False, "note": False}

_Key = tuple[str, str, str]


@dataclass(frozen=True)
class Law:
    """All facts of one regime, found by jurisdiction, subject and what is said of it."""

    regime: Regime
    facts: tuple[Fact, ...]
    index: Mapping[_Key, tuple[Fact, ...]]
    subjects: frozenset[str]

    def find(
        self, of: str, what: str, *, on: date, jurisdiction: str, made_on: date | None = None
    ) -> Fact | None:
        """The fact that held on `on` (for an order made on `made_on`), or None."""
        for fact in self.index.get((jurisdiction, of, what), ()):
            if fact.holds(on, made_on or on):
                return fact
        return None

    def find_all(self, of: str, what: str, *, on: date, jurisdiction: str) -> tuple[Fact, ...]:
        """Every fact that held on `on`, where several may (the areas of a pilot)."""
        facts = self.index.get((jurisdiction, of, what), ())
        return tuple(fact for fact in facts if fact.holds(on, on))

    def get(
        self, of: str, what: str, *, on: date, jurisdiction: str, made_on: date | None = None
    ) -> Fact:
        """The fact that held on `on`.

        Raises:
            MissingLawError: the data says nothing of it for that day.
        """
        fact = self.find(of, what, on=on, jurisdiction=jurisdiction, made_on=made_on)
        if fact is None:
            raise MissingLawError(
                f"expected the law's data to say {what} of {of} on {on.isoformat()} in "
                f"{jurisdiction}, found nothing: that is not yet answered by this version"
            )
        return fact


def law(regime: Regime = Regime.IN_FORCE) -> Law:
    """The law of one regime, read once; the statutes are read once for all regimes."""
    return _read_once(regime)


@cache
def _read_once(regime: Regime) -> Law:
    # Apart from `law`, because a cache takes a default and the same value given for two questions.
    if regime is Regime.IN_FORCE:
        return load(DATA, regime)
    return _overlaid(_read_once(Regime.IN_FORCE), DATA, regime)


def load(folder: Path, regime: Regime) -> Law:
    """Reads `statutes/` and, for a regime of proposals, its overlay, which is asked first.

    Raises:
        LawDataError: a file is not in the stated shape.
    """
    facts = tuple(_read_folder(folder / "statutes", reform=False))
    in_force = _law(Regime.IN_FORCE, facts, _index(facts))
    if regime is Regime.IN_FORCE:
        return in_force
    return _overlaid(in_force, folder, regime)


def _overlaid(in_force: Law, folder: Path, regime: Regime) -> Law:
    """The law in force with the proposals of a regime laid over it."""
    overlay = tuple(_read_folder(folder / "reforms" / regime.value, reform=True))
    proposed = _law(regime, overlay, _index(overlay))
    index = dict(in_force.index)
    for key, facts in proposed.index.items():
        index[key] = (*facts, *index.get(key, ()))
    return Law(regime, (*overlay, *in_force.facts), index, proposed.subjects | in_force.subjects)


def _law(regime: Regime, facts: tuple[Fact, ...], index: Mapping[_Key, tuple[Fact, ...]]) -> Law:
    """One layer of law, once no day of it has two values."""
    _check_no_overlap(index)
    return Law(regime, facts, index, frozenset(fact.of for fact in facts))


def _index(facts: Iterable[Fact]) -> dict[_Key, tuple[Fact, ...]]:
    index: dict[_Key, tuple[Fact, ...]] = {}
    for fact in facts:
        for jurisdiction in fact.extent:
            key = (jurisdiction, fact.of, fact.what)
            index[key] = (*index.get(key, ()), fact)
    return index


def _read_folder(folder: Path, *, reform: bool) -> list[Fact]:
    facts: list[Fact] = []
    for path in sorted(folder.glob("*/*.toml" if not reform else "*.toml")):
        with path.open("rb") as stream:
            try:
                document = tomllib.load(stream)
            except tomllib.TOMLDecodeError as problem:
                raise LawDataError(f"expected TOML in {path.name}: {problem}") from problem
        home = vocabulary.JURISDICTIONS[0] if reform else path.parent.name
        facts.extend(_read_document(document, path.name, home, reform=reform))
    return facts


def _read_document(
    document: Mapping[str, Any], file: str, home: str, *, reform: bool
) -> Iterator[Fact]:
    check_words(document, _FILE, file)
    source = document["source"]
    check_words(source, _SOURCE, f"{file}, source")
    if reform != ("recommendation" in source):
        raise LawDataError(
            f"expected a recommendation in a reform and nowhere else; found otherwise in {file}"
        )
    for entry in document["provision"]:
        where = f"{file}, {entry.get('cite', 'a provision without cite')}"
        check_words(entry, _PROVISION, where)
        yield from _read_provision(entry, source, where, home)


def _read_provision(
    entry: Mapping[str, Any], source: Mapping[str, Any], where: str, home: str
) -> Iterator[Fact]:
    first_day = _day(entry["first_day"], where)
    last_day = _day_or_none(entry.get("last_day"), where)
    if last_day is not None and last_day < first_day:
        raise LawDataError(f"expected last_day on or after first_day in {where}")
    provision = Provision(entry.get("act", source["title"]), entry["cite"], entry["url"] or None)
    extent = tuple(entry.get("extent", [home]))
    _check_codes(extent, vocabulary.EXTENTS, where)
    for said in entry["says"]:
        check_words(said, _SAYS, where)
        yield Fact(
            of=said["of"],
            what=said["what"],
            value=_value(said, where),
            unit=said["unit"],
            provision=provision,
            extent=extent,
            first_day=first_day,
            last_day=last_day,
            made_first_day=_day_or_none(entry.get("made_first_day"), where),
            made_last_day=_day_or_none(entry.get("made_last_day"), where),
            confidence=read_confidence(said.get("confidence", entry["confidence"]), where),
            checked_on=_day(entry["checked_on"], where),
            proposal=_proposal(source, entry, where),
            note=said.get("note", entry.get("note", "")),
        )


def check_words(table: Mapping[str, Any], words: Mapping[str, bool], where: str) -> None:
    """Refuses a table with a missing or an unknown word; `words` says which must be there."""
    missing = sorted(word for word, needed in words.items() if needed and word not in table)
    unknown = sorted(set(table) - set(words))
    if missing or unknown:
        raise LawDataError(
            f"expected the words of the format in {where}; missing {missing}, unknown {unknown}"
        )


def _check_codes(found: Collection[object], codes: Collection[object], where: str) -> None:
    unknown = [code for code in found if code not in codes]
    if unknown:
        raise LawDataError(f"expected one of {sorted(map(str, codes))} in {where}, found {unknown}")


def _day(value: object, where: str) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise LawDataError(f"expected a date without quotes in {where}, found {value!r}")
    return value


def _day_or_none(value: object, where: str) -> date | None:
    return None if value is None else _day(value, where)


def read_confidence(letter: object, where: str) -> Confidence:
    """The confidence that a letter of the data (V, V~, K, U) stands for."""
    _check_codes([letter], LETTERS, where)
    return LETTERS[str(letter)]


def _proposal(source: Mapping[str, Any], entry: Mapping[str, Any], where: str) -> Proposal | None:
    if ("recommendation" in source) != ("standing" in entry):
        raise LawDataError(f"expected a standing for each proposed value and no other: {where}")
    if "standing" not in entry:
        return None
    _check_codes([entry["standing"]], [standing.value for standing in Standing], where)
    _check_codes([entry["confidence"]], ["U"], f"{where} (a proposal is unsettled)")
    return Proposal(int(source["recommendation"]), Standing(entry["standing"]))


def _value(said: Mapping[str, Any], where: str) -> Value:
    what = said["what"]
    _check_codes([what], vocabulary.TERMS, where)
    term = vocabulary.TERMS[what]
    value = said["value"]
    if said["unit"] != term.unit:
        raise LawDataError(f"expected {what} in {term.unit!r} in {where}, found {said['unit']!r}")
    if not _has_shape(value, term.shape):
        raise LawDataError(f"expected {term.shape.value} for {what} in {where}, found {value!r}")
    return _checked(value, term, where)


def _has_shape(value: object, shape: Shape) -> bool:
    if shape is Shape.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if shape is Shape.TRUE:
        return value is True
    if shape is Shape.BOOLEAN:
        return isinstance(value, bool)
    if shape in (Shape.TEXT, Shape.CODE):
        return isinstance(value, str) and value != ""
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _checked(value: Any, term: Term, where: str) -> Value:
    if term.shape is Shape.CODE:
        _check_codes([value], term.codes, where)
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]  # its shape was checked by _has_shape
    if term.shape is Shape.CODES:
        _check_codes(value, term.codes, where)
    return tuple(value)


def _check_no_overlap(index: Mapping[_Key, tuple[Fact, ...]]) -> None:
    """Refuses two values of one thing for one day: the order of the files would decide."""
    for key, group in index.items():
        if len(group) == 1 or vocabulary.TERMS[key[2]].many:
            continue
        for number, fact in enumerate(group):
            for other in group[number + 1 :]:
                if _overlap(fact, other):
                    raise LawDataError(
                        f"expected one value of {key} on a day, found two: "
                        f"{fact.provision.cite} and {other.provision.cite}"
                    )


def _overlap(one: Fact, other: Fact) -> bool:
    in_force = _spans_meet(one.first_day, one.last_day, other.first_day, other.last_day)
    making = _spans_meet(
        one.made_first_day, one.made_last_day, other.made_first_day, other.made_last_day
    )
    return in_force and making


def _spans_meet(
    first: date | None, last: date | None, other_first: date | None, other_last: date | None
) -> bool:
    return (first or date.min) <= (other_last or date.max) and (other_first or date.min) <= (
        last or date.max
    )
