"""The published cases: how each is charted, and what of it is compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dualtrack.analyses import ControlRules, measure_control, measure_limits, read_control_rules
from tests.analyses.xmr_cases import chart, has_rule, make_measures, places, scaled

WHEELER = read_control_rules("wheeler")
NHS = read_control_rules("nhs")
# Case: the rules it was computed by, and how many readings its limits rest on (None: all).
PLANS: dict[str, tuple[ControlRules, int | None]] = {
    "Wheeler verification data set": (WHEELER, None),
    "Wheeler median moving range": (read_control_rules("wheeler", moving_range="median"), None),
    "NIST individuals example": (scaled(WHEELER), None),
    "Wheeler smoking run of eight": (WHEELER, None),
    "NHSR snapshot r3": (replace(NHS, is_screened=False), None),
    "statprocon URL": (WHEELER, None),
    "Wheeler accident rates A vs limits of B": (WHEELER, None),
    "Wheeler peak flow rates": (WHEELER, None),
    "NHSR snapshot r1": (NHS, None),
    "NHSR vignette, screened": (NHS, None),
    "statprocon tiny": (WHEELER, None),
    "Wheeler median X and median mR": (read_control_rules("wheeler", centre="median"), None),
    "Wheeler accounts receivable": (WHEELER, None),
    "Montgomery mortgage cost, frozen at 20": (
        replace(scaled(WHEELER), range_constant=3.267),
        20,
    ),
    "Montgomery viscosity": (scaled(WHEELER), None),
}
NOT_OURS = {
    "Wheeler trended limits region B": "limits about a sloping line are in none of the rule sets",
    "Wheeler trended limits region C": "limits about a sloping line are in none of the rule sets",
}
# What a case expects beside: runs rules of Anhoej, which none of the three rule sets has, and what
# engines flag in error (the whole window of a 3 of 4).
NOT_COMPARED = {
    "freeze",
    "longest_run",
    "longest_run_max",
    "n_crossings",
    "n_crossings_min",
    "runs_signal",
    "three_of_four_1based_all_in_window",
    "given_upper",
    "given_lower",
}


def compare_published(case: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Each expected figure of a case: its name, ours, theirs."""
    rules, frozen = PLANS[case["name"]]
    measures = make_measures(case["values"], better="increase")
    expected = {key: one for key, one in case["expected"].items() if key not in NOT_COMPARED}
    if "given_upper" in case["expected"]:
        control, limits = _against_given(measures, rules, case["expected"])
    else:
        control, limits = chart(measures, rules, frozen=frozen)
    ours = _figures(control, limits.iloc[0])
    if "beyond_limits_1based_with_upper_60_7" in expected:
        expected["beyond_1based"] = expected.pop("beyond_limits_1based_with_upper_60_7")
    return [(key, ours[key], theirs) for key, theirs in expected.items()]


def _against_given(
    measures: pd.DataFrame, rules: ControlRules, expected: dict[str, Any]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Readings held against limits of another series."""
    limits = measure_limits(measures, rules).assign(
        lower_limit=expected["given_lower"], upper_limit=expected["given_upper"]
    )
    return measure_control(measures, rules, limits=limits), limits


def _figures(control: pd.DataFrame, row: pd.Series) -> dict[str, Any]:
    outside = places(
        {"outside_limit", "astronomical"} & set(str(found).split()) != set()
        for found in control["rules"]
    )
    ranges = places(control["is_range_outside"].fillna(False))
    middle = row["centre_value"]
    return {
        "mean": middle,
        "median": middle,
        "center": middle,
        "mean_mR": row["moving_range_value"],
        "median_mR": row["moving_range_value"],
        "lnpl": row["lower_limit"],
        "lpl": row["lower_limit"],
        "lcl": row["lower_limit"],
        "unpl": row["upper_limit"],
        "upl": row["upper_limit"],
        "ucl": row["upper_limit"],
        "unpl_mid": (row["upper_limit"] + middle) / 2,
        "lnpl_mid": (row["lower_limit"] + middle) / 2,
        "url": row["range_limit"],
        "mr_ucl_3_267": row["range_limit"],
        "std_dev": (row["upper_limit"] - middle) / 3,
        "moving_ranges": [None if pd.isna(one) else one for one in control["moving_range"]],
        "beyond_limits_1based": outside,
        "beyond_1based": outside,
        "astronomical_1based": outside,
        "n_violations": len(outside),
        "signals": places(control["rules"].notna()),
        "common_cause": int(control["rules"].isna().sum()),
        "mr_beyond_url_1based": ranges,
        "run_of_eight_1based": has_rule(control, "run_of_eight"),
        "three_of_four_only_near": has_rule(control, "three_of_four_near_limit"),
    }
