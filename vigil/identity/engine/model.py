"""Which model, which thresholds, and how likely is a match before anything is compared?

Reads a dated model in Splink's own format and the thresholds that lie beside it as
`<date>.thresholds.toml`. It trains nothing and changes no weight.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vigil.identity.errors import ModelError

MODELS: Final = Path(__file__).parent / "models"
_SUFFIX: Final = ".thresholds.toml"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds in bits of posterior odds, and the words that justify each."""

    join: float
    stay: float
    review: float
    whole: float
    smallest_feed: int
    matches_a_row: float
    frequency_weight: float
    largest_cluster: int
    stated: dict[str, dict[str, Any]]

    def prior(self, rows: int) -> float:
        """How likely two rows taken at random from a feed of `rows` are the same person."""
        return min(0.01, 2 * self.matches_a_row / max(rows, self.smallest_feed))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison, in Splink's terms; `bits` is log2(m / u)."""

    label: str
    condition: str
    is_null: bool
    bits: float
    u: float
    frequency_of: str | None
    frequency_weight: float
    least_frequency: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison and its levels, the first that holds decides."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A model as read: its name, Splink's settings, and the same as comparisons."""

    name: str
    settings: dict[str, Any]
    comparisons: tuple[Comparison, ...]
    thresholds: Thresholds

    def frequency_columns(self) -> dict[str, float]:
        """Each column whose rare values weigh more, with the u of a value of middling rarity."""
        return {
            level.frequency_of: level.u
            for comparison in self.comparisons
            for level in comparison.levels
            if level.frequency_of
        }

    def splink_settings(self, prior: float, *, is_explained: bool) -> dict[str, Any]:
        """The settings with the prior of this feed."""
        return self.settings | {
            "probability_two_random_records_match": prior,
            "unique_id_column_name": "row",
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": is_explained,
        }


def latest_model() -> Path:
    """The newest of the models that are carried with the code."""
    return max(MODELS.glob("????-??-??.json"))


def read_model(path: Path | None = None) -> Model:
    """The model of a file, by default the newest carried.

    A model that has no thresholds beside it takes those of the newest carried.

    Raises:
        ModelError: the file is missing, is no JSON, or is not a trained model of Splink's.
    """
    path = path or latest_model()
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
        comparisons = tuple(_comparison(found) for found in settings["comparisons"])
    except OSError as error:
        raise ModelError(
            "expected a model file that can be read, found none of that name; give the path"
            " of a model in Splink's format"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(
            "expected a model in Splink's format with m and u for every level, found something"
            " else; save it again with Splink's save_model_to_json"
        ) from error
    beside = path.with_name(path.stem + _SUFFIX)
    if not beside.exists():
        beside = latest_model().with_name(latest_model().stem + _SUFFIX)
    return Model(path.stem, settings, comparisons, read_thresholds(beside))


def read_thresholds(path: Path) -> Thresholds:
    """The thresholds of a file; a missing one raises, none is guessed."""
    stated = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return Thresholds(
            join=float(stated["join"]["bits"]),
            stay=float(stated["stay"]["bits"]),
            review=float(stated["review"]["bits"]),
            whole=float(stated["whole"]["bits"]),
            smallest_feed=int(stated["prior"]["smallest_feed"]),
            matches_a_row=float(stated["prior"]["matches_a_row"]),
            frequency_weight=float(stated["frequency"]["weight"]),
            largest_cluster=int(stated["cluster"]["largest"]),
            stated=json.loads(json.dumps(stated, default=str)),
        )
    except KeyError as error:
        raise ModelError(
            f"expected a threshold named {error.args[0]} with its bits, reason and date, found"
            " none; add it to the thresholds file"
        ) from error


def _comparison(found: dict[str, Any]) -> Comparison:
    levels = tuple(_level(level) for level in found["comparison_levels"])
    name = str(found["output_column_name"])
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", name):
        raise ValueError(name)
    return Comparison(name, levels)


def _level(found: dict[str, Any]) -> Level:
    is_null = bool(found.get("is_null_level", False))
    m, u = (1.0, 1.0) if is_null else (float(found["m_probability"]), float(found["u_probability"]))
    return Level(
        label=str(found.get("label_for_charts", "")),
        condition=str(found["sql_condition"]),
        is_null=is_null,
        bits=math.log2(m / u),
        u=u,
        frequency_of=found.get("tf_adjustment_column"),
        frequency_weight=float(found.get("tf_adjustment_weight", 1.0)),
        least_frequency=float(found.get("tf_minimum_u_value", 0.0)),
    )
