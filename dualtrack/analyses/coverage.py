"""Does the 90 % interval of the mix hold the truth 90 times in 100? A simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, sum_drawn
from dualtrack.analyses.mix import ALL_GROUPS, measure_mix
from dualtrack.schema import TABLES, conform

__all__ = ["measure_coverage"]

_QUANTITIES = ("projects", "budget_cost")
_Z90 = 1.645  # normal quantile of a two-sided 90 % interval


def measure_coverage(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    temperatures: tuple[float, ...] = (0.7, 1.0, 1.4),
    truths: int = 2000,
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """How often the true strategic share lies in the interval told, if the probabilities are off.

    The interval is measured once from the probabilities as they stand. Then true portfolios are
    drawn: at temperature 1 from the same probabilities, at 1.4 from softer ones (the sort was
    over-confident), at 0.7 from sharper ones (it was under-confident).

    Args:
        projects: As for `measure_mix`.
        sorting: As for `measure_mix`.
        temperatures: What the stated probabilities would have to be divided by, as log-odds, to
            be right.
        truths: True portfolios drawn for each temperature.
        temperature_error: Of the interval under test; the truths use none.
        seed: Of the truths; the interval uses the seed after it.

    Returns:
        The `coverage` table; missing where no share can be told.

    Source: coverage of an interval by simulation (Morris, White & Crowther, 2019, "Using
    simulation studies to evaluate statistical methods"); its own interval by the normal
    approximation to the binomial.
    """
    mix = measure_mix(projects, sorting, temperature_error=temperature_error, seed=seed + 1)
    told = mix[(mix["group_name"] == ALL_GROUPS) & (mix["track"] == "strategic")]
    told = told.set_index("quantity_type").loc[list(_QUANTITIES)]
    columns = [f"p_{track}" for track in DRAWN_TRACKS]
    rows = projects[["project_id", "budget_cost"]].merge(
        sorting[["project_id", *columns]], on="project_id", how="left", validate="one_to_one"
    )
    budget = rows["budget_cost"].where(rows["budget_cost"] >= 0).fillna(0.0)
    weights = np.column_stack([np.ones(len(rows)), budget])
    parts = []
    for temperature in temperatures:
        raised = rows[columns].clip(1e-9, 1) ** (1 / temperature)
        true = raised.div(raised.sum(axis=1), axis=0)
        drawn = draw_tracks(true, draws=truths, temperature_error=0.0, seed=seed)
        strategic = sum_drawn(drawn, weights, "strategic")
        both = strategic + sum_drawn(drawn, weights, "operational")
        share = np.divide(strategic, both, out=np.full_like(both, np.nan), where=both > 0)
        parts.append(_compare(share, told).assign(temperature=temperature))
    return conform(pd.concat(parts, ignore_index=True), TABLES["coverage"])


def _compare(share: np.ndarray, told: pd.DataFrame) -> pd.DataFrame:
    is_known = ~np.isnan(share)
    count = is_known.sum(axis=0)
    # Shares are ratios of sums: rounding must not put a share that is the end outside it.
    below = ((share < told["share_low"].to_numpy() - 1e-9) & is_known).sum(axis=0)
    above = ((share > told["share_high"].to_numpy() + 1e-9) & is_known).sum(axis=0)
    known = np.where((count > 0) & told["share"].notna().to_numpy(), count, np.nan)
    inside = 1 - (below + above) / known
    half = _Z90 * np.sqrt(inside * (1 - inside) / known)
    return pd.DataFrame(
        {
            "quantity_type": told.index,
            "coverage": inside,
            "coverage_low": np.clip(inside - half, 0, 1),
            "coverage_high": np.clip(inside + half, 0, 1),
            "below_share": below / known,
            "above_share": above / known,
            "truth_count": count,
        }
    )
