"""The polarity map: early-warning signs of both poles, and their state over the quarters."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pandas as pd

from dualtrack.analyses.rhythm_norms import read_rules
from dualtrack.errors import ConfigError
from dualtrack.schema import TABLES, conform
from dualtrack.schema.steering_tables import QUADRANTS

__all__ = ["PolarityMap", "Pole", "Sign", "measure_polarity", "read_polarity"]

FEWEST = 3  # projects a share must rest on to have a state


@dataclass(frozen=True)
class Pole:
    """One pole in words: its name, its upside and what its overuse brings."""

    name: str
    upside: str
    overuse: str


@dataclass(frozen=True)
class Sign:
    """One early-warning sign.

    Attributes:
        sign_id: Key of the sign in the table `signs`.
        quadrant: Where it stands: a pole and `upside` or `overuse`.
        says: The sign in words.
        better_when: Direction: higher or lower.
        unit: share or days.
        watch: Value from which it is watched.
        warning: Value from which it warns; beyond `watch` in the bad direction.
        needs: Columns that let it be known.
        source: What it rests on.
    """

    sign_id: str
    quadrant: str
    says: str
    better_when: str
    unit: str
    watch: float
    warning: float
    needs: str
    source: str

    def __post_init__(self) -> None:
        """Refuse an unknown quadrant or direction, and thresholds the wrong way round."""
        if self.quadrant not in QUADRANTS:
            raise ConfigError(
                f"sign {self.sign_id!r}: quadrant {self.quadrant!r}; use {list(QUADRANTS)}."
            )
        if self.better_when not in ("higher", "lower"):
            raise ConfigError(f"sign {self.sign_id!r}: better_when is higher or lower.")
        is_ordered = (
            self.warning <= self.watch
            if self.better_when == "higher"
            else self.warning >= self.watch
        )
        if not is_ordered:
            raise ConfigError(
                f"sign {self.sign_id!r}: warning {self.warning} lies before watch {self.watch}."
            )


@dataclass(frozen=True)
class PolarityMap:
    """The map: two poles, what both serve, what both fear, and the signs."""

    operational: Pole
    strategic: Pole
    greater_purpose: str
    deeper_fear: str
    signs: tuple[Sign, ...]

    @property
    def poles(self) -> dict[str, Pole]:
        """The two poles by their path."""
        return {"operational": self.operational, "strategic": self.strategic}


def read_polarity(path: Path | str | None = None) -> PolarityMap:
    """Read the polarity map.

    Args:
        path: A TOML file of the same shape; blank or None for `reference/polarity.toml`.

    Raises:
        ConfigError: The file is missing or no TOML, lacks a key or holds a wrong one.
    """
    content = read_rules("polarity.toml", path)
    known = [field.name for field in fields(Sign)]
    try:
        for section in content["sign"]:
            if odd := sorted(set(section) - set(known)):
                raise ConfigError(f"unknown key {odd[0]!r} of a sign; known are {known}.")
        found = PolarityMap(
            operational=Pole(**content["pole"]["operational"]),
            strategic=Pole(**content["pole"]["strategic"]),
            greater_purpose=content["greater_purpose"],
            deeper_fear=content["deeper_fear"],
            signs=tuple(Sign(**section) for section in content["sign"]),
        )
    except KeyError as fault:
        raise ConfigError(f"{path or 'polarity.toml'}: {fault} is missing.") from fault
    except (TypeError, ConfigError) as fault:
        raise ConfigError(f"{path or 'polarity.toml'}: {fault}") from fault
    ids = [sign.sign_id for sign in found.signs]
    if repeated := sorted({one for one in ids if ids.count(one) > 1}):
        raise ConfigError(f"{path or 'polarity.toml'}: sign {repeated[0]!r} stands twice.")
    return found


def measure_polarity(signs: pd.DataFrame, polarity: PolarityMap) -> pd.DataFrame:
    """The state of every sign of the map in every quarter.

    Args:
        signs: The `signs` table: what analyses found, a row for each quarter and sign; signs the
            map does not have are left out.
        polarity: As `read_polarity` returns.

    Returns:
        The `polarity` table: quarters in order, signs in the order of the map. A sign without a
        value, or a share that rests on fewer than three projects, is `not known`.

    Source: Johnson, Polarity Management (1992): upsides, overuse and early warnings of two poles.
    """
    quarters = sorted(signs["quarter_name"].dropna().unique())
    rules = pd.DataFrame([vars(sign) for sign in polarity.signs]).rename(
        columns={
            "quadrant": "quadrant_type",
            "unit": "unit_code",
            "watch": "watch_value",
            "warning": "warning_value",
        }
    )
    frame = pd.DataFrame({"quarter_name": quarters}, dtype="str").merge(rules, how="cross")
    frame = frame.merge(signs, on=["quarter_name", "sign_id"], how="left", validate="one_to_one")
    sign = np.where(frame["better_when"] == "higher", -1.0, 1.0)
    worse, limits = frame["value"] * sign, frame[["watch_value", "warning_value"]].mul(sign, axis=0)
    is_thin = (frame["unit_code"] == "share") & ~(frame["base_count"].fillna(0) >= FEWEST)
    state = (
        pd.Series("quiet", index=frame.index)
        .mask(worse >= limits["watch_value"], "watch")
        .mask(worse >= limits["warning_value"], "warning")
        .mask(frame["value"].isna() | is_thin, "not known")
    )
    return conform(frame.assign(sign_type=state).drop(columns="source"), TABLES["polarity"])
