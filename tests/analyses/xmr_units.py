"""The unit cases of others' rules, put to our finders and verdicts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dualtrack.analyses import measure_control, measure_limits, measure_verdicts, read_control_rules
from dualtrack.analyses.control_rules import complete_windows, find_sides, spread_back
from tests.analyses.xmr_cases import find, make_measures, places

ICONS = {
    "commonCause": "common_cause",
    "improvementHigh": "special_cause_improvement",
    "improvementLow": "special_cause_improvement",
    "concernHigh": "special_cause_concern",
    "concernLow": "special_cause_concern",
}
ASSURANCES = {
    "consistentPass": "consistent_pass",
    "consistentFail": "consistent_fail",
    "none": None,
}
NOT_OURS = {
    "qcc/WER3": "4 of 5 beyond one sigma is in none of the three rule sets",
    "qcc/NEL6": "4 of 5 beyond one sigma is in none of the three rule sets",
    "qcc/NEL8": "8 beyond one sigma on both sides is in none of the three rule sets",
}


def compare_unit(case: dict[str, Any]) -> tuple[Any, Any]:
    """Ours and theirs of one case."""
    kind, inputs, theirs = case["function"], case["inputs"], case["expected"]
    if kind in ("assurance", "assurance_vector", "assurance_last_row"):
        return _assurances(kind, inputs, theirs)
    if kind == "variation_icon":
        return _icons(inputs, theirs)
    if kind == "flag_direction":
        return _direction(inputs), theirs
    if kind.startswith("nhsr"):
        return _nhsr(kind, inputs), theirs
    if kind.startswith("qcc"):
        return _qcc(kind.removeprefix("qcc_"), inputs["values"]), theirs
    return _powerbi(kind, inputs), theirs


def _words(found: np.ndarray, *, later: list[float] | None = None) -> list[str]:
    """Per reading upper, lower or none; `later` settles a turning point by the step after it."""
    told = []
    for place, (is_high, is_low) in enumerate(found):
        if is_high and is_low and later is not None:
            is_high = later[place + 1] > later[place]
        told.append("upper" if is_high else "lower" if is_low else "none")
    return told


def _powerbi(kind: str, inputs: dict[str, Any]) -> list[str]:
    values = inputs["val"]
    if kind == "astronomical":
        return _words(find("outside", values, points=1, lower=inputs["ll99"], upper=inputs["ul99"]))
    if kind == "shift":
        return _words(find("run", values, points=inputs["n"], centre=inputs["targets"]))
    if kind == "trend":
        return _words(find("trend", values, points=inputs["n"]), later=values)
    # Their limits are at two sigma, ours at three: the same place under 3/2 the distance.
    lower, upper = np.array(inputs["ll95"], float), np.array(inputs["ul95"], float)
    centre = (lower + upper) / 2
    reach = 1.5 * (upper - lower) / 2
    limits = {"centre": centre, "lower": centre - reach, "upper": centre + reach}
    return _words(find("near", values, points=3, **limits))


def _nhsr(kind: str, inputs: dict[str, Any]) -> list[int]:
    def signed(found: np.ndarray) -> list[int]:
        return [int(high) - int(low) for high, low in found]

    if kind == "nhsr_part_of_seven":
        flags = np.array(inputs["v"], bool)
        return signed(spread_back(np.column_stack([flags, np.zeros_like(flags)]), 7))
    if kind == "nhsr_seven_one_side":
        sides = find_sides(np.array(inputs["relative_to_mean"], float), 0.0)
        return [abs(one) for one in signed(complete_windows(sides, 7, 7))]
    if kind == "nhsr_seven_trend":
        values = np.array(inputs["y"], float)
        steps = find_sides(np.diff(values, prepend=values[:1]), 0.0)
        return signed(complete_windows(steps, 6, 6))
    sides = find_sides(np.array(inputs["rel"], float), 0.0)
    near = sides & np.array(inputs["close"], bool)[:, None]
    completed = complete_windows(near, 2, 3) & complete_windows(sides, 3, 3)
    found = spread_back(completed, 3)
    return [abs(one) for one in signed(found & near if kind.endswith("flagged") else found)]


def _qcc(rule: str, values: list[float]) -> list[int]:
    """qcc flags a reading where a rule completes, so windows are not spread back."""
    readings = np.array(values, float)
    sides = find_sides(readings, 0.0)
    if rule == "WER1":
        return places(find("outside", values, points=1, lower=-3, upper=3).any(axis=1))
    if rule in ("WER4", "NEL2"):
        length = {"WER4": 8, "NEL2": 9}[rule]
        return places(complete_windows(sides, length, length).any(axis=1))
    if rule == "NEL3":
        steps = find_sides(np.diff(readings, prepend=readings[:1]), 0.0)
        return places(complete_windows(steps, 5, 5).any(axis=1))
    near = np.column_stack([readings > 2, readings < -2])
    completed = complete_windows(near, 2, 3) & near
    return places(completed.any(axis=1))


def _verdict(
    better: str, *, values: list[float], target: float | None, limits: tuple[float, float]
) -> pd.Series:
    """Verdict of a chart with limits as given."""
    rules = read_control_rules("mdc")
    measures = make_measures(values, better=better, target=target)
    given = measure_limits(measures, rules).assign(lower_limit=limits[0], upper_limit=limits[1])
    return measure_verdicts(measure_control(measures, rules, limits=given), given).iloc[0]


def _assurances(kind: str, inputs: dict[str, Any], theirs: Any) -> tuple[Any, Any]:
    better, target = inputs["improvement_direction"], inputs["target"]
    if kind == "assurance":
        limits = [(inputs["lower_limit"], inputs["upper_limit"])]
        theirs = [ASSURANCES.get(theirs, theirs)]
    else:
        limits = list(zip(inputs["lpl"], inputs["upl"], strict=True))
        # After a rebase the last phase decides: its limits are the last.
        limits = limits[-1:] if kind == "assurance_last_row" else limits
        theirs = theirs if isinstance(theirs, list) else [theirs]
    ours = [
        _verdict(better, values=[5.0, 6.0], target=target, limits=one)["assurance_type"]
        for one in limits
    ]
    return [None if pd.isna(one) else one for one in ours], theirs


def _icons(inputs: dict[str, Any], theirs: list[str]) -> tuple[str, str]:
    """A chart whose last reading has the flags named; with both, improvement wins (MDC)."""
    flags = inputs["flags_present"]
    better = inputs["improvement_direction"]
    up = {"improvement": better == "increase", "deterioration": better == "decrease"}
    if not flags:
        values = [5.0, 6.0]
    elif len(flags) == 1:
        values = [5.0, 11.0 if up[flags[0]] else -1.0]
    else:  # a rise of seven that is still below the lower limit
        values = [-9.0 + place for place in range(7)]
        values = values if better == "increase" else [10.0 - one for one in values]
    verdict = _verdict(better, values=values, target=None, limits=(0.0, 10.0))
    wanted = [ICONS[one] for one in theirs]
    best = "special_cause_improvement"
    return verdict["variation_type"], best if best in wanted else wanted[0]


def _direction(inputs: dict[str, Any]) -> str:
    value = 11.0 if inputs["side"] == "upper" else -1.0
    better = inputs["improvement_direction"]
    found = _verdict(better, values=[5.0, value], target=None, limits=(0.0, 10.0))
    words = str(found["variation_type"]).removeprefix("special_cause_")
    return {"concern": "deterioration"}.get(words, words)
