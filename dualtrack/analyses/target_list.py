"""The targets in force: the packaged ones with sources, and a portfolio's own with reasons."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from dualtrack.errors import ConfigError
from dualtrack.reference import read_reference_table
from dualtrack.schema import TABLES, conform

__all__ = ["OWN_GRADE", "TargetChange", "read_targets"]

OWN_GRADE = "own"
_FILES = ("targets.csv", "house_defaults.csv")


class TargetChange(Protocol):
    """What `[targets.<id>]` of `portfolio.toml` holds; None leaves the packaged value."""

    @property
    def low(self) -> float | None:
        """Lower end of the band."""

    @property
    def high(self) -> float | None:
        """Upper end of the band."""

    @property
    def floor(self) -> float | None:
        """Level below which the path is at risk."""

    @property
    def because(self) -> str:
        """The reason, which prints."""


def read_targets(changes: Mapping[str, TargetChange] | None = None) -> pd.DataFrame:
    """Every target with its band, floor, source, grade and transfer warning.

    Args:
        changes: `settings.targets`: the portfolio's own values, each with its reason.

    Returns:
        The `targets` table. A changed target has the grade `own`, its reason in `because`, and
        keeps in `source` what is published. Rows with a blank `measures` are figures to compare
        with, which nothing is judged by here.

    Raises:
        ConfigError: A change names no known target, has no reason, or leaves no band; all faults
            are named.

    Source: each row its own; grades as in the list of sources (A peer-reviewed, official or the
    authors' own text, B a survey or a single study, C practitioners' guides).
    """
    frames = [read_reference_table(name) for name in _FILES]
    shipped = conform(pd.concat(frames, ignore_index=True), TABLES["targets"])
    changes = dict(changes or {})
    targets = shipped.set_index("target_id")
    faults = [_unknown(name, list(targets.index)) for name in changes if name not in targets.index]
    for name, change in changes.items():
        if name not in targets.index:
            continue
        row = _changed(targets.loc[name], change)
        faults += _faults(name, row, change)
        targets.loc[name, list(row)] = list(row.values())
    if faults:
        raise ConfigError("portfolio.toml: " + "; ".join(faults) + ".")
    return conform(targets.reset_index(), TABLES["targets"])


def _changed(target: pd.Series, change: TargetChange) -> dict[str, object]:
    own = {"low_value": change.low, "high_value": change.high, "floor_value": change.floor}
    values = {name: target[name] if one is None else one for name, one in own.items()}
    published = _band_in_words(target)
    return {
        **values,
        "because": change.because.strip(),
        "grade": OWN_GRADE,
        "source": f"portfolio.toml; published: {published}, {target['source']}",
    }


def _band_in_words(target: pd.Series) -> str:
    low, high = target["low_value"], target["high_value"]
    if math.isnan(low):
        return f"at most {high:g}"
    if math.isnan(high):
        return f"at least {low:g}"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _faults(name: str, row: dict[str, object], change: TargetChange) -> list[str]:
    low, high, floor = (float(str(row[key])) for key in ("low_value", "high_value", "floor_value"))
    key = f"key 'targets.{name}"
    faults = []
    if not change.because.strip():
        faults.append(f"{key}.because' is missing: say why the target differs, it prints")
    if change.low is None and change.high is None and change.floor is None:
        faults.append(f"{key}' gives no value: set low, high or floor, or leave it out")
    if low > high:
        faults.append(f"{key}.low' is {low:g}, above high {high:g}: turn them round, or set both")
    if floor > low:
        faults.append(f"{key}.floor' is {floor:g}, above low {low:g}: set a floor below the band")
    return faults


def _unknown(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"known are {known}"
    return f"key 'targets.{name}' is no target, {hint}"
