"""The limits a plan of pauses keeps to, as rows of numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dualtrack.analyses.pausing_cells import amounts_of_band, list_cells
from dualtrack.errors import ConfigError
from dualtrack.schema.sorting_tables import TRACKS

__all__ = ["Limits", "list_limits"]

_COLUMNS = {"unit": "unit_name", "role": "role_name"}
_NOUNS = {"projects": "projects", "budget_cost": "budget", "effort_hours": "planned work"}
_PATHS = TRACKS[:2]
_TOLERANCE = 2e-6  # of a limit's size: the solver's own, and a little more


@dataclass(frozen=True)
class Limits:
    """`weights` x runs stays at or below `high`, a row for each limit.

    Attributes:
        project_ids: Projects, in the order of the columns of `weights`.
        weights: FTE a project asks of a group in a month; of a band, what it adds to the excess.
        scale: Size of each limit, to compare limits of different kinds.
        told_as: Row of the told table each limit belongs to: a band is one row and two limits.
        rows: `limit_type`, `group_name`, `month`, `limit_low`, `limit_high` of the told table.
        amounts: Quantity of each band: what a project holds, on the strategic path and on both.
    """

    project_ids: list[str]
    weights: np.ndarray
    high: np.ndarray
    scale: np.ndarray
    told_as: np.ndarray
    rows: pd.DataFrame
    amounts: dict[str, tuple[np.ndarray, np.ndarray]]

    @property
    def slack(self) -> np.ndarray:
        """By how much a limit may be passed before it counts as broken."""
        return self.scale * _TOLERANCE

    def tell(self, runs: np.ndarray, is_fixed: np.ndarray) -> pd.DataFrame:
        """Each limit with its value for all projects, the fixed ones, and those that run."""
        told = self.rows
        for name, chosen in (
            ("before_value", np.ones(len(runs))),
            ("fixed_value", is_fixed.astype(float)),
            ("after_value", runs.astype(float)),
        ):
            told = told.assign(**{name: self._values(chosen)})
        return told

    def _values(self, chosen: np.ndarray) -> np.ndarray:
        """FTE of the capacity rows, then the share of each band."""
        count = int((self.rows["limit_type"] == "capacity").sum())
        shares = [
            strategic @ chosen / (both @ chosen) if both @ chosen > 0 else float("nan")
            for strategic, both in self.amounts.values()
        ]
        return np.concatenate([self.weights[:count] @ chosen, shares])

    def would_break(self, row: int, runs: np.ndarray, project: int) -> str:
        """What would happen to a limit if one paused project ran on, in words."""
        then = runs.copy()
        then[project] = True
        place = int(self.told_as[row])
        value = float(self._values(then.astype(float))[place])
        limit = self.rows.iloc[place]
        if limit["limit_type"] == "band":
            return f"{_band_words(limit)}: {100 * value:.0f} % with it, {_edges(limit)}"
        over = _word_fte(value - float(limit["limit_high"]))
        return f"{self._name(limit)}: {over} FTE over with it"

    def word(self, told: dict[str, Any]) -> str:
        """A row of the told table in words."""
        if told["limit_type"] == "band":
            return self._word_band(told)
        name, limit = self._name(told), told["limit_high"]
        if np.isinf(limit):
            return f"{name}: no capacity known, so no limit"
        if told["is_unmet"]:
            if told["fixed_value"] > limit:
                return (
                    f"{name}: projects that may not be paused need {told['fixed_value']:.1f} FTE "
                    f"of {limit:.1f}"
                )
            over = _word_fte(told["after_value"] - limit)
            return f"{name}: {over} FTE over, unless another limit gives way"
        gap = told["before_value"] - limit
        return f"{name}: {_word_fte(abs(gap))} FTE {'over' if gap > 0 else 'free'}"

    def _word_band(self, told: dict[str, Any]) -> str:
        name = _band_words(told)
        if pd.isna(told["before_value"]):
            return f"{name}: nothing known on either path"
        if told["is_unmet"]:
            return f"{name}: no choice of pauses brings it to {_edges(told)}"
        return f"{name}: {100 * told['before_value']:.0f} %, {_edges(told)}"

    def _name(self, row: Any) -> str:
        months = self.rows["month"].dropna()
        has_years = len(months) and months.min().year != months.max().year
        month = f"{row['month']:%B %Y}" if has_years else f"{row['month']:%B}"
        return f"{month}, {row['group_name']}"


def _band_words(row: Any) -> str:
    return f"Strategic share of the {_NOUNS[row['group_name']]}"


def _edges(row: Any) -> str:
    low, high = 100 * float(row["limit_low"]), 100 * float(row["limit_high"])
    if low <= 0:
        return f"at most {high:.0f} %"
    return f"at least {low:.0f} %" if high >= 100 else f"{low:.0f} to {high:.0f} %"


def _word_fte(fte: float) -> str:
    return f"{fte:.1f}" if fte >= 0.05 else "under 0.1"


def list_limits(
    rows: pd.DataFrame,
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    by: str,
    use_at_most: float,
    bands: dict[str, tuple[float, float]],
    named: dict[str, set[str]],
    hours_per_fte_month: float,
    smallest_group: int,
    beside: pd.DataFrame | None,
) -> Limits:
    """Every limit on the projects that are booked, or that a band counts.

    Args:
        rows: Projects with their `track`.
        assignments: Project x person x month.
        capacity: Person x month.
        sorting: For the bookings.
        by: `unit` or `role`.
        use_at_most: Share of capacity that may be booked.
        bands: Quantity to lowest and highest strategic share.
        named: Projects named in options, checked to exist.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: Groups with fewer people are taken together.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).

    Raises:
        ConfigError: An option names a project, group or quantity that is not there.
    """
    _check_names(rows, by, bands, named)
    is_booked = rows["project_id"].isin(assignments["project_id"])
    is_counted = rows["track"].isin(_PATHS) if bands else is_booked
    own = rows[is_booked | is_counted].reset_index(drop=True)
    cells, demand = list_cells(
        own["project_id"],
        rows.drop(columns="track"),
        assignments,
        capacity,
        sorting,
        column=_COLUMNS[by],
        hours_per_fte_month=hours_per_fte_month,
        smallest_group=smallest_group,
        beside=beside,
    )
    cells = cells.assign(limit_high=cells["limit_high"] * use_at_most)
    high = cells["limit_high"].fillna(np.inf).to_numpy(float)
    told = cells[["group_name", "month"]].assign(
        limit_type="capacity", limit_low=np.nan, limit_high=high
    )
    size = np.where(np.isfinite(high) & (high > 0), high, 1.0)
    weights, highs, scales, places = [demand], [high], [size], [np.arange(len(cells))]
    amounts = {name: amounts_of_band(own, name) for name in bands}
    band_rows = []
    for place, (name, (low, top)) in enumerate(bands.items(), start=len(cells)):
        strategic, both = amounts[name]
        weights.append(np.stack([low * both - strategic, strategic - top * both]))
        highs.append(np.zeros(2))
        scales.append(np.full(2, max(float(both.sum()), 1e-9)))
        places.append(np.full(2, place))
        band_rows.append(("band", name, low, top))
    bands_told = pd.DataFrame(
        band_rows, columns=["limit_type", "group_name", "limit_low", "limit_high"]
    ).assign(month=pd.Series(pd.NaT, index=range(len(band_rows)), dtype="datetime64[us]"))
    return Limits(
        project_ids=own["project_id"].tolist(),
        weights=np.concatenate(weights),
        high=np.concatenate(highs),
        scale=np.concatenate(scales),
        told_as=np.concatenate(places),
        rows=pd.concat([told, bands_told], ignore_index=True) if band_rows else told,
        amounts=amounts,
    )


def _check_names(
    rows: pd.DataFrame, by: str, bands: dict[str, tuple[float, float]], named: dict[str, set[str]]
) -> None:
    known = set(rows["project_id"])
    faults = [
        f"{option}: no project {', '.join(sorted(names - known))}"
        for option, names in named.items()
        if names - known
    ]
    faults += [
        f"bands: no quantity {name!r}, known are {list(_NOUNS)}" for name in bands.keys() - _NOUNS
    ]
    faults += [
        f"bands: {name!r} needs 0 <= low <= high <= 1, not {low} and {high}"
        for name, (low, high) in bands.items()
        if not 0 <= low <= high <= 1
    ]
    if by not in _COLUMNS:
        faults.append(f"by: {by!r} is none of {list(_COLUMNS)}")
    if faults:
        raise ConfigError(f"Pauses cannot be sought: {'; '.join(faults)}.")
