"""Which projects to pause so that the rest fits: capacity, bands, least value lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from dualtrack.analyses.pausing_limits import Limits, list_limits
from dualtrack.analyses.pausing_solve import Choice, choose
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["measure_pausing"]

PAUSABLE = ("operational", "strategic", "undecided")  # maintenance keeps the standard: it runs on
_RUNNING = ("active", "proposed")
_LEAST_KNOWN = 0.5  # a basis of worth must be known of half the projects that may be paused


def measure_pausing(
    projects: pd.DataFrame,
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    by: Literal["unit", "role"] = "unit",
    use_at_most: float = 1.0,
    bands: Mapping[str, tuple[float, float]] | None = None,
    keep: Collection[str] = (),
    priorities: Mapping[str, float] | None = None,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
    beside: pd.DataFrame | None = None,
    time_limit_s: float = 4.0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The projects whose pause costs least and lets both tracks fit within capacity and bands.

    A mixed-integer programme: each project that may be paused runs or rests; hours booked by group
    and month stay within capacity, and the strategic share of both tracks within its bands, at the
    least sum of the worth of what rests. Where no
    choice meets every limit, the limits are first loosened by as little as possible in all (each
    in shares of its own size), and those loosened are marked as unmet.

    Args:
        projects: Unit, status, budget and effort of each project.
        assignments: Project x person x month: what the months ask for if nothing is paused.
        capacity: Person x month; where it is empty only bands limit.
        sorting: Track of each project; its probabilities are not used here: measure the plan with
            `measure_whatif` to see it with its doubt.
        by: Capacity of home units, or of roles (shared as the hours are).
        use_at_most: Share of capacity that may be booked.
        bands: Quantity (`projects`, `budget_cost`, `effort_hours`) to the lowest and highest
            strategic share, 0 to 1.
        keep: Projects that must run: committed, begun, promised.
        priorities: Stated weight of projects, above zero; blank for none stated.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: Groups with fewer people are taken together as one.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).
        time_limit_s: Seconds the solver may take; the best plan found by then counts.

    Returns:
        The tables `pauses` (every project with bookings or on a track that bands count) and
        `pause_limits`. Only active and proposed projects of the two tracks, or undecided, may be
        paused; worth is the stated priority, else the budget, else one each, as `value_basis`
        says, and where a project's own is not known the middle of the others.

    Raises:
        ConfigError: `keep`, `priorities` or `bands` name what is not there.

    Source: capital rationing by integer programming (Weingartner, 1963); solved by HiGHS (Huangfu
    & Hall, 2018) through `scipy.optimize.milp`.
    """
    rows = projects.merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="one_to_one"
    )
    rows = rows.assign(track=rows["track"].fillna("undecided"))
    limits = list_limits(
        rows,
        assignments,
        capacity,
        sorting,
        by=by,
        use_at_most=use_at_most,
        bands=dict(bands or {}),
        named={"keep": set(keep), "priority": set(priorities or {})},
        hours_per_fte_month=hours_per_fte_month,
        smallest_group=smallest_group,
        beside=beside,
    )
    rows = rows[rows["project_id"].isin(limits.project_ids)].reset_index(drop=True)
    if rows.empty:
        return empty_frame(TABLES["pauses"]), empty_frame(TABLES["pause_limits"])
    reason = _keep_reasons(rows, set(keep))
    worth, is_known, basis = _worth(rows, reason.isna(), dict(priorities or {}))
    is_free = reason.isna().to_numpy()
    choice = choose(limits, is_free, worth.to_numpy(), time_limit_s=time_limit_s)
    because, is_binding = _explain(limits, choice)
    months = max(1, assignments["month"].nunique())
    hours = assignments.groupby("project_id")["effort_hours"].sum()
    booked = rows["project_id"].map(hours).fillna(0.0)
    pauses = rows[["project_id", "title", "unit_name", "track"]].assign(
        value_amount=worth,
        value_basis=basis,
        is_value_known=is_known,
        is_pausable=is_free,
        keep_reason=reason,
        is_paused=~choice.runs,
        gap_share=choice.gap,
        demand_fte=booked / hours_per_fte_month / months,
        because=because,
    )
    pauses = pauses.sort_values(
        ["is_paused", "value_amount", "project_id"], ascending=[False, False, True]
    )
    return conform(pauses, TABLES["pauses"]), _tell_limits(limits, choice, is_free, is_binding)


def _keep_reasons(rows: pd.DataFrame, keep: set[str]) -> pd.Series:
    track = pd.Series("maintenance keeps the standard", index=rows.index)
    return (
        pd.Series(pd.NA, index=rows.index, dtype="str")
        .mask(~rows["track"].isin(PAUSABLE), track)
        .mask(~rows["status_type"].isin(_RUNNING) & rows["status_type"].notna(), "not running")
        .mask(rows["project_id"].isin(keep), "must be kept")
    )


def _worth(
    rows: pd.DataFrame, is_free: pd.Series, priorities: dict[str, float]
) -> tuple[pd.Series, pd.Series, str]:
    """Worth of each project, whether it is its own, and what it is."""
    stated = rows["project_id"].map(priorities).astype("float64")
    budget = rows["budget_cost"].where(rows["budget_cost"] > 0)
    for basis, amount, least in (
        ("stated priority", stated, 0.0),
        ("budget", budget, _LEAST_KNOWN),
    ):
        known = amount[is_free].notna()
        if known.any() and known.mean() >= least:
            return amount.fillna(float(amount[is_free].median())), amount.notna(), basis
    return pd.Series(1.0, index=rows.index), pd.Series(True, index=rows.index), "each counts one"


def _explain(limits: Limits, choice: Choice) -> tuple[list[str | None], np.ndarray]:
    """For each paused project the limit it would break most; which limits any would break."""
    because: list[str | None] = [None] * len(choice.runs)
    is_binding = np.zeros(len(limits.high), dtype=bool)
    now = limits.weights @ choice.runs.astype(float)
    for place in np.flatnonzero(~choice.runs):
        over = now + limits.weights[:, place] - choice.high
        broken = over > limits.slack
        is_binding |= broken
        if broken.any():
            worst = int(np.argmax(np.where(broken, over / limits.scale, -np.inf)))
            because[place] = limits.would_break(worst, choice.runs, int(place))
    return because, is_binding


def _tell_limits(
    limits: Limits, choice: Choice, is_free: np.ndarray, is_binding: np.ndarray
) -> pd.DataFrame:
    told = limits.tell(choice.runs, ~is_free)
    is_unmet = choice.high > limits.high + limits.slack
    flags = pd.DataFrame({"row": range(len(is_binding)), "is_binding": is_binding})
    flags = flags.assign(is_unmet=is_unmet, told=limits.told_as)
    by_row = flags.groupby("told")[["is_binding", "is_unmet"]].any()
    told = told.assign(
        is_binding=by_row["is_binding"].to_numpy(), is_unmet=by_row["is_unmet"].to_numpy()
    )
    told = told.assign(words=[limits.word(one) for one in told.to_dict("records")])
    return conform(told, TABLES["pause_limits"])
