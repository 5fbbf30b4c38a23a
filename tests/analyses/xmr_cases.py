"""How the cases of others are put to our functions, and what of each is compared.

A comparison is (what, ours, theirs); the tests say which may differ and why.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from dualtrack.analyses import (
    ControlRules,
    measure_control,
    measure_limits,
    measure_verdicts,
    read_control_rules,
)
from dualtrack.analyses.control_rules import complete_windows, find_signals, spread_back
from tests.conftest import SHARED

VECTORS = SHARED / "reference/xmr_vectors.json"
D2 = 1.128  # NIST, Montgomery, qcc, qicharts2 and PowerBI-SPC write 2.66 as 3 / d2
FIRST = pd.Timestamp("2020-01-01")
DIRECTIONS = {"increase": "higher", "decrease": "lower"}
NOT_OURS = {
    "statprocon_trending": "limits about a sloping centre line are in none of the rule sets",
}


@cache
def read_vectors() -> dict[str, Any]:
    """The file of cases; empty lists where it is not there, so that tests can be collected."""
    if not VECTORS.is_file():
        return {"published": [], "rule_unit_tests": [], "engine_runs": []}
    return json.loads(VECTORS.read_text("utf-8"))


def make_measures(
    values: list[float | None], *, better: str | None = None, target: float | None = None
) -> pd.DataFrame:
    """A measure with a reading a day."""
    return pd.DataFrame(
        {
            "metric_id": "m",
            "measured_date": pd.date_range(FIRST, periods=len(values)).astype("datetime64[us]"),
            "value": np.array(values, dtype=float),
            "better_when": pd.Series([DIRECTIONS.get(better or "")] * len(values), dtype="str"),
            "target_value": pd.Series([target] * len(values), dtype="float64"),
        }
    )


def make_rebase(place: int) -> pd.DataFrame:
    """A rebase before the reading of that place, from 0."""
    day = FIRST + pd.Timedelta(days=place)
    return pd.DataFrame({"metric_id": ["m"], "start_date": [day], "cause": ["as stated"]})


def chart(
    measures: pd.DataFrame,
    rules: ControlRules,
    *,
    rebase_at: int | None = None,
    frozen: int | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Readings and limits of one measure."""
    rebases = None if rebase_at is None else make_rebase(rebase_at)
    base = measures.head(frozen) if frozen else measures
    limits = measure_limits(base, rules, rebases=rebases)
    control = measure_control(measures, rules, rebases=rebases, limits=limits)
    return control, limits


def places(flags: Any) -> list[int]:
    """Places, from 1, where something is flagged."""
    return [number for number, flag in enumerate(flags, 1) if flag not in (False, "none", 0)]


def has_rule(control: pd.DataFrame, rule_id: str) -> list[int]:
    """Places, from 1, of the readings that are part of a rule."""
    return places(rule_id in str(found).split() for found in control["rules"])


def scaled(rules: ControlRules) -> ControlRules:
    """The same rules on limits of 3 / d2, as the engineering handbooks print it."""
    return replace(rules, limit_constant=3 / D2)


Found = list[tuple[str, Any, Any]]


def compare_engine(series: dict[str, Any], engine: str) -> Found:
    """Everything an engine says of a series, beside what we say."""
    theirs = series["engines"][engine]
    if engine.startswith("nhsr"):
        return _nhsr(series["values"], theirs)
    if engine.startswith("statprocon"):
        return _statprocon(series["values"], theirs, engine)
    if engine.startswith("qic"):
        return _qic(series["values"], theirs)
    if engine.startswith("powerbi"):
        return _powerbi(series["values"], theirs, is_screened=engine.endswith("_screened"))
    return _xmrit(series["values"], theirs)


def _nhsr(values: list[float], theirs: dict[str, Any]) -> Found:
    options = theirs["options"]
    rules = replace(read_control_rules("nhs"), is_screened=options["screen_outliers"])
    start = options["rebase_at_index1"]
    measures = make_measures(
        values, better=options["improvement_direction"], target=options["target"]
    )
    control, limits = chart(
        measures,
        rules,
        rebase_at=None if start is None else start - 1,
        frozen=options["fix_after_n_points"],
    )
    verdict = measure_verdicts(control, limits).iloc[0]
    assurance = verdict["assurance_type"]
    trial = control.merge(limits[["phase", "is_trial"]], on="phase", how="left")["is_trial"]
    return [
        ("mean", control["centre_value"].tolist(), theirs["mean"]),
        ("lower", control["lower_limit"].tolist(), theirs["lpl"]),
        ("upper", control["upper_limit"].tolist(), theirs["upl"]),
        (
            "rules",
            control["signal_words"].fillna("Common Cause").tolist(),
            theirs["special_cause_type"],
        ),
        ("point types", control["signal_type"].tolist(), theirs["point_type"]),
        ("variation", verdict["variation_type"], theirs["variation_icon_last_point"]),
        ("assurance", None if pd.isna(assurance) else assurance, theirs["assurance_type"]),
        ("trial", trial.tolist(), theirs["short_group_warning"]),
    ]


def _statprocon(values: list[float], theirs: dict[str, Any], engine: str) -> Found:
    centre = "median" if engine.endswith("both") else "mean"
    basis = "mean" if engine.endswith("average") else "median"
    rules = read_control_rules("wheeler", centre=centre, moving_range=basis)
    control, limits = chart(make_measures(values), rules)
    row = limits.iloc[0]
    return [
        ("mean", row["centre_value"], theirs["x_cl"]),
        ("moving range", row["moving_range_value"], theirs["mr_cl"]),
        ("lower", row["lower_limit"], theirs["lnpl"]),
        ("upper", row["upper_limit"], theirs["unpl"]),
        ("range limit", row["range_limit"], theirs["url"]),
        ("outside", has_rule(control, "outside_limit"), places(theirs["rule1_x"])),
        ("range", places(control["is_range_outside"].fillna(False)), places(theirs["rule1_mr"])),
        ("run", has_rule(control, "run_of_eight"), places(theirs["rule2"])),
        ("near", has_rule(control, "three_of_four_near_limit"), places(theirs["rule3"])),
        ("near, their way", whole_windows(control, is_netted=True), places(theirs["rule3"])),
    ]


def _xmrit(values: list[float], theirs: dict[str, Any]) -> Found:
    control, limits = chart(make_measures(values), read_control_rules("wheeler"))
    row = limits.iloc[0]
    return [
        ("mean", row["centre_value"], theirs["mean"]),
        ("moving range", row["moving_range_value"], theirs["avg_mr"]),
        ("lower", row["lower_limit"], theirs["lnpl"]),
        ("upper", row["upper_limit"], theirs["unpl"]),
        ("range limit", row["range_limit"], theirs["url"]),
        ("outside", has_rule(control, "outside_limit"), places(theirs["outside_limit"])),
        ("run", has_rule(control, "run_of_eight"), places(theirs["run_of_eight"])),
        (
            "near",
            has_rule(control, "three_of_four_near_limit"),
            places(theirs["three_of_four_near_limit"]),
        ),
        ("near, their way", whole_windows(control), places(theirs["three_of_four_near_limit"])),
    ]


def _qic(values: list[float], theirs: dict[str, Any]) -> Found:
    options = theirs["options"]
    rules = replace(scaled(read_control_rules("wheeler")), is_screened=options["screenedmr"])
    control, _ = chart(
        make_measures(values), rules, rebase_at=options["part"], frozen=options["freeze"]
    )
    return [
        ("mean", control["centre_value"].tolist(), theirs["cl"]),
        ("lower", control["lower_limit"].tolist(), theirs["lcl"]),
        ("upper", control["upper_limit"].tolist(), theirs["ucl"]),
        ("outside", has_rule(control, "outside_limit"), places(theirs["sigma.signal"])),
    ]


def _powerbi(values: list[float], theirs: dict[str, Any], *, is_screened: bool) -> Found:
    rules = replace(scaled(read_control_rules("mdc")), is_screened=is_screened)
    control, limits = chart(make_measures(values), rules)
    shorter, _ = chart(make_measures(values), rules.with_run_points(6))
    eight = read_control_rules("wheeler")
    longer, _ = chart(make_measures(values), replace(scaled(eight), is_screened=is_screened))
    row = limits.iloc[0]
    either = tuple(replace(rule, is_one_sided=False) for rule in rules.rules)
    loose, _ = chart(make_measures(values), replace(rules, rules=either))
    return [
        ("mean", row["centre_value"], theirs["cl"]),
        ("lower", row["lower_limit"], theirs["ll99"]),
        ("upper", row["upper_limit"], theirs["ul99"]),
        ("outside", has_rule(control, "astronomical"), places(theirs["astronomical"])),
        ("run", has_rule(control, "shift"), places(theirs["shift7"])),
        ("run of 8", has_rule(longer, "run_of_eight"), places(theirs["shift8"])),
        ("trend", has_rule(control, "trend"), places(theirs["trend7"])),
        ("trend of 6", has_rule(shorter, "trend"), places(theirs["trend6"])),
        ("near", has_rule(control, "two_in_three"), places(theirs["two_in_three"])),
        ("near, their way", has_rule(loose, "two_in_three"), places(theirs["two_in_three"])),
    ]


def whole_windows(control: pd.DataFrame, *, is_netted: bool = False) -> list[int]:
    """Windows of four with three near one limit, flagged whole; netted, the other side counts off.

    Both are ways of other engines, to show that nothing else parts us from them.
    """
    values, centre = control["value"].to_numpy(), control["centre_value"].to_numpy()
    lower, upper = control["lower_limit"].to_numpy(), control["upper_limit"].to_numpy()
    near = np.column_stack([values > (centre + upper) / 2, values < (centre + lower) / 2])
    completed = complete_windows(near, 3, 4)
    if is_netted:
        completed &= ~complete_windows(near[:, ::-1], 1, 4)
    return places(spread_back(completed, 4).any(axis=1))


def find(kind: str, values: list[float], *, points: int, **limits: Any) -> np.ndarray:
    """A rule of that kind and length, put to bare values; a window may lie on both sides."""
    rules = read_control_rules("mdc").rules
    rule = next(one for one in rules if one.kind == kind)
    rule = replace(rule, points=points, is_one_sided=False)
    centre = np.asarray(limits.get("centre", 0.0), dtype=float)
    lower = np.asarray(limits.get("lower", -np.inf), dtype=float)
    upper = np.asarray(limits.get("upper", np.inf), dtype=float)
    return find_signals(rule, np.asarray(values, dtype=float), centre, (lower, upper))
