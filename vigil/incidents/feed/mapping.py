"""A mapping file: for each column of ours, the column of theirs, and how it is written there.

TOML with `encoding`, `[columns]`, `[constants]`, `[dates]` and `[values.COLUMN]`; anything
else is refused, since a misspelt table would otherwise be passed over in silence. A column
that the mapping does not name is taken from theirs of the same name, where there is one.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from vigil.incidents.errors import FeedError, MappingError
from vigil.incidents.feed.columns import BY_NAME, COLUMN_NAMES, REQUIRED_COLUMNS, Kind

TABLES = ("encoding", "columns", "constants", "dates", "values")


@dataclass(frozen=True, slots=True)
class FeedMapping:
    """How another layout becomes ours. The empty one means: it is ours already."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    encoding: str = "utf-8"

    def digest(self) -> str:
        """SHA-256 of what the mapping says, whatever its spelling."""
        return hashlib.sha256(json.dumps(self.said(), sort_keys=True).encode()).hexdigest()

    def said(self) -> dict[str, Any]:
        """The mapping as plain values, to be kept with the load that used it."""
        return {
            "columns": {ours: list(theirs) for ours, theirs in self.columns.items()},
            "constants": dict(self.constants),
            "dates": dict(self.dates),
            "values": {ours: dict(table) for ours, table in self.values.items()},
            "encoding": self.encoding,
        }


AS_IT_IS = FeedMapping()


def read_mapping(path: str | Path) -> FeedMapping:
    """Read a mapping file. Raises: MappingError."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        raise MappingError(
            f"expected a mapping file in UTF-8 at {Path(path).name!r}, found none that can be read"
        ) from failure
    return parse_mapping(text)


def parse_mapping(text: str) -> FeedMapping:
    """Read the text of a mapping file. Raises: MappingError."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        raise MappingError(f"expected a mapping in TOML, found a mistake: {failure}") from failure
    return mapping_of(said)


def mapping_of(said: Mapping[str, Any]) -> FeedMapping:
    """A mapping from plain values, as its file or `said` gives them. Raises: MappingError."""
    for table in said:
        if table not in TABLES:
            raise MappingError(
                f"expected only {', '.join(TABLES)} in a mapping, found {table!r}; correct it"
            )
    mapping = FeedMapping(
        columns={ours: _columns(ours, theirs) for ours, theirs in _table(said, "columns")},
        constants={
            ours: _text("constants", ours, value) for ours, value in _table(said, "constants")
        },
        dates={ours: _date_format(ours, value) for ours, value in _table(said, "dates")},
        values={ours: _value_table(ours, value) for ours, value in _table(said, "values")},
        encoding=_encoding(said.get("encoding", "utf-8")),
    )
    both = sorted(mapping.columns.keys() & mapping.constants.keys())
    if both:
        raise MappingError(
            f"expected {both[0]} in [columns] or in [constants], found it in both; keep one"
        )
    return mapping


def _table(said: Mapping[str, Any], name: str) -> list[tuple[str, Any]]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise MappingError(f"expected {name} to be a table ([{name}]), found a single value")
    for ours in table:
        if ours not in COLUMN_NAMES:
            raise MappingError(
                f"expected a column of the feed in [{name}], found {ours!r}; the columns are "
                f"{', '.join(COLUMN_NAMES)}"
            )
    return list(table.items())


def _text(table: str, ours: str, value: Any) -> str:
    if not isinstance(value, str):
        raise MappingError(f"expected text in quotes for {ours} in [{table}], found {value!r}")
    return value


def _columns(ours: str, theirs: Any) -> tuple[str, ...]:
    listed = theirs if isinstance(theirs, list) else [theirs]
    if not listed:
        raise MappingError(f"expected the name of a column for {ours}, found an empty list")
    return tuple(_text("columns", ours, name) for name in listed)


def _date_format(ours: str, value: Any) -> str:
    if BY_NAME[ours].kind not in {Kind.DATE, Kind.PARTIAL_DATE} and not ours.endswith("_on"):
        raise MappingError(f"expected a column that holds a date in [dates], found {ours!r}")
    pattern = _text("dates", ours, value)
    if "%" not in pattern:
        raise MappingError(f'expected a date format such as "%d/%m/%Y" for {ours}, found none')
    return pattern


def _value_table(ours: str, table: Any) -> dict[str, str]:
    if not isinstance(table, dict):
        raise MappingError(f"expected a table [values.{ours}], found a single value")
    return {theirs: _text(f"values.{ours}", theirs, value) for theirs, value in table.items()}


def _encoding(name: Any) -> str:
    try:
        return codecs.lookup(name).name
    except (LookupError, TypeError) as failure:
        raise MappingError(
            f'expected an encoding such as "utf-8" or "latin-1", found {name!r}; correct it'
        ) from failure


@dataclass(frozen=True, slots=True)
class Layout:
    """A mapping settled against the columns that one file has."""

    mapping: FeedMapping
    sources: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]

    @property
    def needed(self) -> frozenset[str]:
        """The columns of theirs that are read."""
        return frozenset(name for names in self.sources.values() for name in names)

    def has(self, ours: str) -> bool:
        """Whether the file or the mapping gives this column of ours."""
        return ours in self.sources or ours in self.mapping.constants

    def ours(
        self, theirs: Mapping[str, Sequence[str]], size: int
    ) -> tuple[dict[str, Sequence[str]], dict[str, dict[int, str]]]:
        """Columns of ours from columns of theirs, and dates that their format did not fit.

        The second value is column -> {index: the format}; such cells stay as written.
        """
        nothing: Sequence[str] = ("",) * size
        columns: dict[str, Sequence[str]] = {}
        misfits: dict[str, dict[int, str]] = {}
        for name in COLUMN_NAMES:
            if name in self.mapping.constants:
                columns[name] = (self.mapping.constants[name],) * size
                continue
            sources = [theirs.get(source, nothing) for source in self.sources.get(name, ())]
            values = _joined(sources) if len(sources) > 1 else (sources or [nothing])[0]
            table = self.mapping.values.get(name)
            if table:
                values = [table.get(value, value) for value in values]
            pattern = self.mapping.dates.get(name)
            if pattern:
                values, unfit = _dated(values, pattern)
                if unfit:
                    misfits[name] = unfit
            columns[name] = values
        return columns, misfits


def _joined(sources: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(filter(None, cells)) for cells in zip(*sources, strict=True)]


def _dated(values: Sequence[str], pattern: str) -> tuple[list[str], dict[int, str]]:
    dates, unfit = [], {}
    for index, value in enumerate(values):
        found = _iso(value, pattern)
        if found is None:
            unfit[index] = pattern
        dates.append(value if found is None else found)
    return dates, unfit


@lru_cache(maxsize=65_536)
def _iso(value: str, pattern: str) -> str | None:
    if not value.strip():
        return ""
    try:
        day = datetime.strptime(value.strip(), pattern).date()  # noqa: DTZ007 - a day, no instant
    except ValueError:
        return None
    return _as_precise(day.isoformat(), pattern)


def _as_precise(iso: str, pattern: str) -> str:
    """A format without a day or a month gives a partial date, not the first of January."""
    has_month = any(code in pattern for code in ("%m", "%b", "%B", "%j", "%x", "%c"))
    has_day = any(code in pattern for code in ("%d", "%j", "%x", "%c"))
    return iso if has_day else iso[:7] if has_month else iso[:4]


def settle(
    mapping: FeedMapping,
    header: Collection[str],
    file: str,
    *,
    required: Sequence[str] = REQUIRED_COLUMNS,
) -> Layout:
    """Settle a mapping against the columns of one file.

    Raises: FeedError when a column that is `required`, or that the mapping names, is not there.
    """
    present = set(header)
    sources: dict[str, tuple[str, ...]] = {}
    for ours, theirs in mapping.columns.items():
        for name in theirs:
            if name not in present:
                raise FeedError(
                    f"{file}: expected a column {name!r} for {ours}, as the mapping says, found "
                    "none; correct the mapping or the file"
                )
        sources[ours] = theirs
    for ours in COLUMN_NAMES:
        if ours not in sources and ours not in mapping.constants and ours in present:
            sources[ours] = (ours,)
    given = sources.keys() | mapping.constants.keys()
    missing = [name for name in required if name not in given]
    if missing:
        raise FeedError(_missing(file, missing, given, len(header)))
    used = {name for names in sources.values() for name in names}
    return Layout(mapping, sources, tuple(name for name in header if name and name not in used))


def _missing(file: str, missing: Sequence[str], given: Collection[str], width: int) -> str:
    # The names that were found are not quoted: in a file without a header they are a person.
    known = [name for name in COLUMN_NAMES if name in given]
    return (
        f"{file}: expected the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}, found "
        f"{width} column{'s' if width != 1 else ''} of which vigil knows "
        f"{', '.join(known) or 'none'}; name the rest in a mapping (--mapping), and check that "
        "the first line holds column names separated by commas"
    )
