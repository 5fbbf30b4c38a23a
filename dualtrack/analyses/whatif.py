"""Before and after a scenario: mix, load, people, the split-attention bill and the targets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.attention import measure_attention, measure_concurrency
from dualtrack.analyses.draws import draw_tracks, middle_and_ends, sum_drawn
from dualtrack.analyses.load import measure_load, sum_capacity_fte
from dualtrack.analyses.mix import ALL_GROUPS, measure_mix
from dualtrack.analyses.straddle import measure_straddle
from dualtrack.analyses.targets import measure_target_readings, measure_target_verdicts
from dualtrack.analyses.whatif_apply import WhatIf
from dualtrack.schema import TABLES, conform

__all__ = ["measure_whatif"]

_KEYS = ["measure_type", "quantity_type", "group_name"]
_RANGE = ["value", "low", "high"]
_SAME = 1e-9


def measure_whatif(
    before: WhatIf,
    after: WhatIf,
    *,
    targets: pd.DataFrame | None = None,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """What a scenario changes, measured as the pack measures it, with the same draws on both sides.

    Load is told of the months booked before: work a pause moves beyond them is not saved, only not
    in these months. Stopped and paused projects are no part of the mix after.

    Args:
        before: The tables as they are.
        after: As `apply_scenario` returns.
        targets: As `read_targets` returns; None leaves verdicts out.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: Groups with fewer people are withheld.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `whatif` table. Ranges are 90 % intervals that include sorting error, but for the
        split-attention bill, whose ends are its lowest and highest curve; shares are 0 to 1, of
        targets in their own unit.
    """
    months = before.assignments["month"].unique()
    options = (hours_per_fte_month, smallest_group, temperature_error, seed)
    rows = _group_months(before, months)
    sides = []
    for side, name in ((before, "before"), (after, "after")):
        shown = side.assignments[side.assignments["month"].isin(months)]
        measured = [
            _mix(side, options),
            _load(side, shown, rows, options),
            _paths(side, shown, len(months), options),
            _people(side, shown, options),
            _attention(side, shown, options),
            _verdicts(side, targets, options),
        ]
        whole = pd.concat([one for one in measured if len(one)], ignore_index=True)
        whole = whole.reindex(columns=[*_KEYS, *_RANGE, "verdict"])
        sides.append(whole.rename(columns={one: f"{name}_{one}" for one in [*_RANGE, "verdict"]}))
    found = sides[0].merge(sides[1], on=_KEYS, how="outer", sort=False, validate="one_to_one")
    moved = (found["before_value"] - found["after_value"]).abs() > _SAME
    is_one_known = found["before_value"].isna() != found["after_value"].isna()
    verdicts = found[["before_verdict", "after_verdict"]].astype("str").fillna("")
    is_turned = verdicts["before_verdict"] != verdicts["after_verdict"]
    found = found.assign(is_changed=moved | is_one_known | is_turned)
    order = found["measure_type"].map(
        {name: place for place, name in enumerate(("mix", "load", "people", "attention", "target"))}
    )
    is_group = found["group_name"] != ALL_GROUPS
    found = found.assign(order=order, is_group=is_group).sort_values(
        ["order", "is_group"], kind="stable"
    )
    return conform(found.drop(columns=["order", "is_group"]), TABLES["whatif"])


_Options = tuple[float, int, float, int]


def _mix(side: WhatIf, options: _Options) -> pd.DataFrame:
    running = side.projects[~side.projects["project_id"].isin(side.resting)]
    mix = measure_mix(running, side.sorting, temperature_error=options[2], seed=options[3])
    own = mix[(mix["track"] == "strategic") & (mix["group_name"] == ALL_GROUPS)]
    return pd.DataFrame(
        {
            "measure_type": "mix",
            "quantity_type": own["quantity_type"],
            "group_name": ALL_GROUPS,
            "value": own["share"],
            "low": own["share_low"],
            "high": own["share_high"],
        }
    )


def _group_months(before: WhatIf, months: np.ndarray) -> pd.MultiIndex:
    """The whole and every unit, in every month booked: a month without work counts as well."""
    booked = before.assignments["project_id"].unique()
    own = before.projects[before.projects["project_id"].isin(booked)]
    groups = [ALL_GROUPS, *sorted(own["unit_name"].dropna().unique())]
    return pd.MultiIndex.from_product([groups, sorted(months)], names=["group_name", "month"])


def _load(
    side: WhatIf, shown: pd.DataFrame, rows: pd.MultiIndex, options: _Options
) -> pd.DataFrame:
    """Booked over available, of all months and of the fullest, for the whole and each unit."""
    load = measure_load(
        shown,
        side.capacity,
        side.projects,
        side.sorting,
        hours_per_fte_month=options[0],
        smallest_group=options[1],
    )
    if rows.empty:
        return pd.DataFrame()
    load = load.set_index(["group_name", "month"]).reindex(rows)
    capacity = sum_capacity_fte(side.capacity, options[0]).reindex(rows)
    load = load.assign(
        demand_fte=load["demand_fte"].fillna(0.0),
        capacity_fte=capacity.mask(load["is_suppressed"].fillna(False).astype(bool)),
    ).reset_index()
    share = load["demand_fte"] / load["capacity_fte"].where(load["capacity_fte"] > 0)
    grouped = load.assign(share=share).groupby("group_name", sort=False)
    # A group withheld in one month is withheld here: a sum with a gap would read as less.
    sums = grouped[["demand_fte", "capacity_fte"]].agg(lambda months: months.sum(skipna=False))
    wide = pd.DataFrame(
        {
            "demand_fte": grouped["demand_fte"].mean(),
            "load_share": sums["demand_fte"] / sums["capacity_fte"],
            "peak_share": grouped["share"].max().where(sums["capacity_fte"].notna()),
        }
    )
    long = wide.reset_index().melt(
        id_vars="group_name", var_name="quantity_type", value_name="value"
    )
    return long.assign(measure_type="load")


def _paths(side: WhatIf, shown: pd.DataFrame, month_count: int, options: _Options) -> pd.DataFrame:
    """Booked FTE of each track in a mean month, with the doubt of the sort."""
    if shown.empty:
        return pd.DataFrame()
    hours = shown.groupby("project_id")["effort_hours"].sum()
    chance = side.sorting.set_index("project_id").reindex(hours.index)
    tracks = draw_tracks(chance, temperature_error=options[2], seed=options[3])
    weights = hours.to_numpy() / options[0] / month_count
    rows = []
    for track in ("strategic", "operational"):
        told = middle_and_ends(sum_drawn(tracks, weights, track))
        rows.append(("load", f"{track}_fte", ALL_GROUPS, *told))
    return pd.DataFrame(rows, columns=[*_KEYS, *_RANGE])


def _people(side: WhatIf, shown: pd.DataFrame, options: _Options) -> pd.DataFrame:
    straddle = measure_straddle(
        shown,
        side.projects,
        side.sorting,
        hours_per_fte_month=options[0],
        smallest_group=options[1],
        temperature_error=options[2],
        seed=options[3],
    )
    whole = straddle[straddle["group_type"] == "whole"]
    held = measure_concurrency(shown, side.projects, side.sorting, smallest_group=options[1])
    alert = held[held["is_alert"] & (held["group_name"] == ALL_GROUPS)]
    rows = [
        ("people", "both_share", ALL_GROUPS, one.both_share, one.both_low, one.both_high)
        for one in whole.itertuples()
    ]
    if len(alert):
        share = float(alert["people_share"].sum(skipna=False))
        rows.append(("people", "four_or_more_share", ALL_GROUPS, share, None, None))
    return pd.DataFrame(rows, columns=[*_KEYS, *_RANGE]).astype(dict.fromkeys(_RANGE, float))


def _attention(side: WhatIf, shown: pd.DataFrame, options: _Options) -> pd.DataFrame:
    bill = measure_attention(
        shown,
        side.projects,
        side.sorting,
        hours_per_fte_month=options[0],
        smallest_group=options[1],
    )
    whole = bill[bill["group_name"] == ALL_GROUPS].set_index("curve_type")["lost_fte"]
    if whole.empty:
        return pd.DataFrame()
    told = [whole["ten_percent"], whole["none"], whole["weinberg"]]
    return pd.DataFrame([("attention", "lost_fte", ALL_GROUPS, *told)], columns=[*_KEYS, *_RANGE])


def _verdicts(side: WhatIf, targets: pd.DataFrame | None, options: _Options) -> pd.DataFrame:
    if targets is None:
        return pd.DataFrame()
    running = side.projects[~side.projects["project_id"].isin(side.resting)]
    readings = measure_target_readings(
        running, side.sorting, temperature_error=options[2], seed=options[3]
    )
    verdicts = measure_target_verdicts(readings, targets)
    return pd.DataFrame(
        {
            "measure_type": "target",
            "quantity_type": verdicts["target_id"],
            "group_name": verdicts["group_name"],
            "value": verdicts["value"],
            "low": verdicts["value_low"],
            "high": verdicts["value_high"],
            "verdict": verdicts["verdict_type"],
        }
    )
